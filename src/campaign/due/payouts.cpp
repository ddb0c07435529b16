// SPDX-License-Identifier: BSL-1.0
#include "payouts.hpp"

#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/allocate.hpp>

#include "money/round_magnitude.hpp"
#include <algorithm>

namespace crowdrules::campaign {

FeeParts fee_parts(const FeeSchedule& schedule, Money amount) {
    const Money fee = fee_on(schedule, amount);
    if (!schedule.tax) return {.fee = fee.minor()};
    const std::int64_t tax = tax_on(schedule, fee).minor();
    return {.fee = schedule.tax->included ? fee.minor() - tax : fee.minor(), .tax = tax};
}

bool bears_own_fee(const Terms& terms, const PayoutLine& line) noexcept {
    return line.kind == PayoutLine::Kind::supplements && terms.supplements && terms.supplements->platform;
}

const FeeSchedule& processing_schedule(const State& state, Handle pledge, std::string_view method) {
    const Terms& terms = *state.terms;
    const bool is_supplement = state.book.records[pledge].has(PledgeRecord::supplement);
    if (is_supplement && terms.supplements && terms.supplements->processing) return *terms.supplements->processing;
    const auto own = terms.fees.methods.find(method);
    return own != terms.fees.methods.end() ? own->second : terms.fees.processing;
}

const FeeSchedule& platform_schedule(const State& state, bool of_supplements) {
    if (of_supplements) return *state.terms->supplements->platform;
    const Fees& fees = state.terms->fees;
    return state.goal_missed && fees.platform_on_miss ? *fees.platform_on_miss : fees.platform;
}

std::int64_t kept_of(const PayoutLine& line) noexcept {
    return line.gross - line.refunded - line.charged_back - line.disputed;
}

std::int64_t in_proportion(std::int64_t amount, std::int64_t part, std::int64_t whole, Rounding rounding) {
    expects(whole > 0 && part >= 0 && part <= whole, "a part is at most the whole");
    if (part == whole) return amount;  // whatever the step, nothing is left over in the end
    const bool is_negative = amount < 0;
    const Int128 exact = Int128{is_negative ? -amount : amount} * part;
    const Int128 step = Int128{whole} * rounding.step;
    const Int128 down = exact / step;
    const Int128 steps = down + steps_away_from_zero(down, exact % step, step, rounding.mode, is_negative);
    const Int128 rounded = std::min(steps * rounding.step, Int128{is_negative ? -amount : amount});
    return static_cast<std::int64_t>(is_negative ? -rounded : rounded);
}

std::int64_t FeeBase::amount(const RefundPolicy& policy) const noexcept {
    const bool follows = policy.platform.value_or(PartialRefundFee::recomputed) == PartialRefundFee::recomputed;
    return follows ? kept : kept + refunded;
}

FeeParts platform_fee_on(const State& state, const FeeBase& base) {
    const RefundPolicy& policy = state.terms->refunds;
    const FeeSchedule& schedule = platform_schedule(state, base.of_supplements);
    const std::int64_t amount = std::max<std::int64_t>(base.amount(policy), 0);
    FeeParts fee = fee_parts(schedule, {amount, state.terms->currency});
    if (policy.platform == PartialRefundFee::proportional && amount > 0 && base.refunded > 0) {
        const std::int64_t gone = std::min(base.refunded, amount);
        fee.fee -= in_proportion(fee.fee, gone, amount, schedule.rounding);
        fee.tax -= in_proportion(fee.tax, gone, amount, schedule.tax ? schedule.tax->rounding : schedule.rounding);
    }
    return fee;
}

FeeParts fee_still_due(const State& state, const FeeBase& paid, const FeeBase& base, FeeParts taken) {
    const FeeParts now = platform_fee_on(state, base);
    FeeParts due{.fee = now.fee - taken.fee, .tax = now.tax - taken.tax};
    if (due.fee >= 0 && due.tax >= 0) return due;
    const RefundPolicy& policy = state.terms->refunds;
    const FeeParts before = base.amount(policy) > paid.amount(policy) ? platform_fee_on(state, paid) : now;
    const auto given_back = [](std::int64_t difference, std::int64_t fallen) {
        return std::max(difference, std::min<std::int64_t>(fallen, 0));
    };
    if (due.fee < 0) due.fee = given_back(due.fee, now.fee - before.fee);
    if (due.tax < 0) due.tax = given_back(due.tax, now.tax - before.tax);
    return due;
}

std::vector<std::int64_t> reserves_left(const State& state) {
    std::vector<std::int64_t> left(state.payouts.size());
    std::vector<std::size_t> held;
    std::int64_t used = -state.ledger.balance(Account::reserve).minor();
    for (std::size_t i = 0; i < left.size(); ++i) {
        const PayoutLine& line = state.payouts[i];
        if (!line.paid_at || line.reserve_released) continue;
        left[i] = line.reserve;
        used += line.reserve;
        held.push_back(i);
    }
    std::stable_sort(held.begin(), held.end(), [&](std::size_t a, std::size_t b) {
        return *state.payouts[a].paid_at < *state.payouts[b].paid_at;
    });
    for (const std::size_t i : held) {
        const std::int64_t of_it = std::min(left[i], used);
        left[i] -= of_it;
        used -= of_it;
    }
    return left;
}

std::int64_t paid_to_creator(const State& state) noexcept {
    std::int64_t paid = state.totals.reserve_released;
    for (const PayoutLine& line : state.payouts) paid += std::max<std::int64_t>(line.net, 0) - line.fee - line.returned;
    return paid;
}

std::int64_t owed_by_creator(const State& state) noexcept {
    return paid_to_creator(state) - state.ledger.balance(Account::creator).minor();
}

namespace {

/// Splits what would be paid into the plan's shares: those that wait stay in escrow.
void hold_shares(const State& state, PayoutMade& made) {
    const std::vector<PayoutShare>& shares = state.terms->payouts.shares;
    if (shares.empty()) return;
    std::vector<Decimal> rates;
    for (const PayoutShare& share : shares) rates.push_back(share.share);
    const auto weights = weights_of(rates);
    expects(weights.has_value(), "the shares of a payout plan are weights");
    std::vector<std::int64_t> parts(shares.size());
    allocate_into(made.net, *weights, Split{}, parts);
    for (std::uint32_t i = 0; i < shares.size(); ++i) {
        if (shares[i].is_at_once() || parts[i] == 0) continue;
        made.held.push_back({.share = i, .amount = parts[i]});
        made.net -= parts[i];
    }
}

}  // namespace

PayoutMade payout_parts(const State& state, const std::vector<PayoutLine>& lines, std::uint32_t payout,
                        std::int64_t owed) {
    const Currency currency = state.terms->currency;
    FeeBase paid{.of_supplements = bears_own_fee(*state.terms, lines[payout])};
    FeeParts taken;
    std::int64_t kept = kept_of(lines[payout]) - lines[payout].to_others;
    std::int64_t reserve_taken = 0;
    for (const PayoutLine& line : lines) {
        if (!line.paid_at) continue;
        kept += kept_of(line) - line.to_others;
        reserve_taken += line.reserve;
        if (bears_own_fee(*state.terms, line) != paid.of_supplements) continue;
        paid.add(line);
        taken.fee += line.platform_fee;
        taken.tax += line.tax;
    }
    // Fee and reserve are those of the running total less what earlier payouts bore; the reserve never falls.
    FeeBase base = paid;
    base.add(lines[payout]);
    const FeeParts fee = fee_still_due(state, paid, base, taken);
    PayoutMade made{.payout = payout, .platform_fee = fee.fee, .tax = fee.tax};
    const std::int64_t after_fees = lines[payout].in_escrow() - made.platform_fee - made.tax;
    made.recouped = std::clamp<std::int64_t>(owed, 0, std::max<std::int64_t>(after_fees, 0));
    const std::int64_t after_debts = after_fees - made.recouped;
    if (state.terms->reserve) {
        const std::int64_t wanted = reserve_on(*state.terms->reserve, {kept, currency}).minor() - reserve_taken;
        made.reserve = std::clamp<std::int64_t>(wanted, 0, std::max<std::int64_t>(after_debts, 0));
    }
    made.net = after_debts - made.reserve;
    if (lines[payout].gross > 0 && made.net > 0) hold_shares(state, made);
    return made;
}

bool is_payable(const PayoutLine& line, const PayoutMade& made) noexcept {
    // A shortage may still be covered by what a bank decides on.
    if (made.net < 0) return line.disputed == 0;
    return made.net > 0 || made.platform_fee > 0 || made.tax > 0 || made.reserve > 0 || made.recouped > 0 ||
           !made.held.empty();
}

}  // namespace crowdrules::campaign
