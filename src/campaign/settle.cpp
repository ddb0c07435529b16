// SPDX-License-Identifier: BSL-1.0
// A campaign settled from columns: the running totals that events would have left are filled in, and the statement is
// read off them.
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>

#include "payouts.hpp"
#include "statement_of.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules {

namespace {

std::int64_t narrowed(Int128 sum) {
    if (sum > std::numeric_limits<std::int64_t>::max()) throw Overflow("the pledges together leave 64 bits");
    return static_cast<std::int64_t>(sum);
}

void require_everyday(const Terms& terms) {
    expects(!has_refusal(defects_of(terms)), "the terms are sound");
    if (const auto reason = not_everyday(terms)) throw ContractViolation(*reason);
}

void require_equal_lengths(const PledgeColumns& pledges) {
    const auto fits = [&](std::size_t size) { return size == 0 || size == pledges.amounts.size(); };
    expects(fits(pledges.rewards.size()) && fits(pledges.collected.size()),
            "the columns are of equal length, or empty");
}

/// How many pledges each reward has; the place is the id less one.
std::vector<std::uint32_t> taken_of(std::span<const std::uint16_t> rewards, std::size_t count) {
    std::vector<std::uint32_t> taken(count + 1);  // place 0 is 'no reward'
    for (const std::uint16_t reward : rewards) {
        expects(reward <= count, "the rewards of the column are rewards of the terms");
        ++taken[reward];
    }
    taken.erase(taken.begin());
    return taken;
}

/// The amounts that were charged, without those that were dropped.
struct Charged {
    std::vector<std::int64_t> kept{};  ///< used only when something was dropped
    std::span<const std::int64_t> amounts;
    FateSum dropped{};
};

Charged charged_of(const PledgeColumns& pledges, std::vector<std::uint32_t>& taken) {
    Charged charged{.amounts = pledges.amounts};
    if (pledges.collected.empty()) return charged;
    for (std::size_t i = 0; i < pledges.amounts.size(); ++i) {
        if (pledges.collected[i] != 0) continue;
        ++charged.dropped.count;
        charged.dropped.amount += pledges.amounts[i];
        if (!pledges.rewards.empty() && pledges.rewards[i] != 0) --taken[pledges.rewards[i] - 1u];
    }
    if (charged.dropped.count == 0) return charged;
    charged.kept.reserve(pledges.amounts.size() - charged.dropped.count);
    for (std::size_t i = 0; i < pledges.amounts.size(); ++i) {
        if (pledges.collected[i] != 0) charged.kept.push_back(pledges.amounts[i]);
    }
    charged.amounts = charged.kept;
    return charged;
}

FeeParts fees_of(const Terms& terms, std::span<const std::int64_t> charges) {
    FeeParts sum;
    if (!terms.fees.processing.tax) {
        sum.fee = narrowed(FeeColumn(terms.fees.processing).total(charges));
        return sum;
    }
    for (const std::int64_t amount : charges) {
        const FeeParts one = fee_parts(terms.fees.processing, {amount, terms.currency});
        sum.fee += one.fee;
        sum.tax += one.tax;
    }
    return sum;
}

FateSum operator+(const FateSum& a, const FateSum& b) {
    FateSum sum{.count = a.count + b.count};
    if (__builtin_add_overflow(a.amount, b.amount, &sum.amount) || __builtin_add_overflow(a.fee, b.fee, &sum.fee) ||
        __builtin_add_overflow(a.tax, b.tax, &sum.tax)) {
        throw Overflow("the pledges together leave 64 bits");
    }
    return sum;
}

Tally tally(const FateSum& sum) noexcept {
    return {sum.count, sum.amount};
}

/// A campaign that has closed, and the money that moves from then on.
class Settling {
  public:
    Settling(const Terms& terms, const FateSums& sums) : terms_(terms), sums_(sums) {
        // Borrowed for this call.
        state_.terms = std::shared_ptr<const Terms>(std::shared_ptr<const Terms>(), &terms);
        state_.window = terms.window;
        state_.ledger = Ledger(terms.currency);
        state_.closed = true;
        state_.closed_at = terms.window.ended_at();
        FateSum ended;
        for (const FateSum& sum : sums.by_fate) {
            expects(sum.amount >= 0 && sum.fee >= 0 && sum.tax >= 0, "the sums are not negative");
            if (&sum != &sums[PledgeFate::cancelled]) ended = ended + sum;
        }
        const FateSum& cancelled = sums[PledgeFate::cancelled];
        in(PledgeState::cancelled) = tally(cancelled);
        state_.totals.ended = tally(ended);
        state_.totals.ended_backers = ended.count;
        state_.totals.everything = (ended + cancelled).amount;
        state_.counted =
            terms.model.measure == Measure::money ? ended.amount : static_cast<std::int64_t>(ended.count);
    }

    /// The rewards as they stand at the end, with how many have each.
    void keep_rewards(std::vector<std::uint32_t> taken) {
        state_.rewards = terms_.rewards;
        state_.reward_taken = std::move(taken);
    }

    Statement run() && {
        const bool met = terms_.model.is_met_by(state_.counted);
        if (!met && (terms_.model.miss == Miss::release || state_.counted == 0)) {
            state_.phase = Phase::failed;
            in(PledgeState::released) = state_.totals.ended;
            std::fill(state_.reward_taken.begin(), state_.reward_taken.end(), 0u);
            return statement_of(state_);
        }
        state_.phase = Phase::succeeded;
        state_.goal_missed = !met;
        state_.succeeded_at = state_.closed_at;
        in(PledgeState::dropped) = tally(sums_[PledgeFate::dropped]);
        collect();
        refund(sums_[PledgeFate::refunded]);
        pay_out();
        refund(sums_[PledgeFate::refunded_after_payout]);
        charge_back(sums_[PledgeFate::lost_to_fraud], terms_.disputes.fraud);
        charge_back(sums_[PledgeFate::lost_over_reward], terms_.disputes.reward);
        if (!line().paid_at) pay_out();
        return statement_of(state_);
    }

  private:
    Tally& in(PledgeState which) { return state_.totals.by_state[static_cast<std::size_t>(which)]; }
    PayoutLine& line() { return state_.payouts[0]; }
    /// Who has the money of the campaign now.
    Account holder() { return line().paid_at ? Account::creator : Account::escrow; }

    void collect() {
        FateSum charged;
        for (const PledgeFate fate : {PledgeFate::kept, PledgeFate::refunded, PledgeFate::refunded_after_payout,
                                      PledgeFate::lost_to_fraud, PledgeFate::lost_over_reward})
            charged = charged + sums_[fate];
        in(PledgeState::collected) = tally(charged);
        state_.totals.collected = charged.amount;
        state_.totals.charges = charged.count;
        state_.ledger.transfer(Account::backers, Account::escrow, charged.amount);
        state_.ledger.transfer(Account::escrow, Account::processing_fees, charged.fee);
        state_.ledger.transfer(Account::escrow, Account::tax, charged.tax);
        state_.payouts.push_back({.kind = PayoutLine::Kind::campaign,
                                  .due = *state_.succeeded_at + terms_.payouts.first_after,
                                  .gross = charged.amount,
                                  .processing_fee = charged.fee + charged.tax});
    }

    void move(const FateSum& sum, PledgeState to) {
        in(PledgeState::collected).count -= sum.count;
        in(PledgeState::collected).amount -= sum.amount;
        in(to).count += sum.count;
        in(to).amount += sum.amount;
    }

    void refund(const FateSum& sum) {
        move(sum, PledgeState::refunded);
        state_.totals.refunded += sum.amount;
        state_.ledger.transfer(holder(), Account::backers, sum.amount);
        if (line().paid_at) return;
        line().refunded += sum.amount;
        if (!terms_.refunds.fees_returned_before_payout) return;
        line().processing_fee -= sum.fee + sum.tax;
        state_.ledger.transfer(Account::processing_fees, Account::escrow, sum.fee);
        state_.ledger.transfer(Account::tax, Account::escrow, sum.tax);
    }

    void charge_back(const FateSum& sum, Bearer bearer) {
        move(sum, PledgeState::charged_back);
        state_.totals.charged_back += sum.amount;
        state_.ledger.transfer(holder(), Account::backers, sum.amount);
        if (bearer == Bearer::platform) {
            state_.totals.borne_by_platform += sum.amount;
            state_.ledger.transfer(Account::platform_fees, holder(), sum.amount);
        } else if (!line().paid_at) {
            line().charged_back += sum.amount;
        }
    }

    void pay_out() {
        const PayoutMade made = payout_parts(state_, state_.payouts, 0);
        if (!is_payable(line(), made)) return;
        state_.ledger.transfer(Account::escrow, Account::platform_fees, made.platform_fee);
        state_.ledger.transfer(Account::escrow, Account::tax, made.tax);
        state_.ledger.transfer(Account::escrow, Account::creator, made.net);
        line().platform_fee = made.platform_fee;
        line().tax = made.tax;
        line().net = made.net;
        line().paid_at = line().due;
    }

    const Terms& terms_;
    const FateSums& sums_;
    CampaignState state_;
};

}  // namespace

std::string_view to_text(PledgeFate fate) noexcept {
    switch (fate) {
        case PledgeFate::kept:
            return "kept";
        case PledgeFate::cancelled:
            return "cancelled";
        case PledgeFate::dropped:
            return "dropped";
        case PledgeFate::refunded:
            return "refunded";
        case PledgeFate::refunded_after_payout:
            return "refunded_after_payout";
        case PledgeFate::lost_to_fraud:
            return "lost_to_fraud";
        case PledgeFate::lost_over_reward:
            return "lost_over_reward";
    }
    return "unknown";
}

std::optional<std::string> not_everyday(const Terms& terms) {
    const FundingModel& model = terms.model;
    if (model.measure == Measure::units || model.counts != Counted::pledged || model.judged != Judged::at_deadline ||
        model.cap || model.second_round || !terms.window.has_end())
        return "settle serves goals of money or backers, judged on pledges at the deadline, without cap";
    if (terms.charges.timing != ChargeTiming::at_success || !terms.add_ons.empty() || terms.instalments ||
        terms.reserve)
        return "settle serves pledges charged once at success, without add-ons, instalments or reserve";
    if (!terms.stretch_goals.empty()) return "settle serves campaigns without stretch goals";
    return std::nullopt;
}

Statement settle(const Terms& terms, const PledgeColumns& pledges) {
    require_everyday(terms);
    require_equal_lengths(pledges);
    const bool all_positive =
        std::all_of(pledges.amounts.begin(), pledges.amounts.end(), [](std::int64_t amount) { return amount > 0; });
    expects(all_positive, "every pledge is of at least one minor unit");
    const std::int64_t everything = narrowed(exact_sum(pledges.amounts));
    std::vector<std::uint32_t> taken = taken_of(pledges.rewards, terms.rewards.size());

    // A campaign that fails charges nobody, so its fees are not looked at; but who has which reward is.
    FateSums sums;
    const std::int64_t counted =
        terms.model.measure == Measure::money ? everything : static_cast<std::int64_t>(pledges.amounts.size());
    const bool charges = terms.model.is_met_by(counted) || (terms.model.miss == Miss::keep && counted > 0);
    if (charges) {
        const Charged charged = charged_of(pledges, taken);
        const FeeParts fee = fees_of(terms, charged.amounts);
        sums[PledgeFate::dropped] = charged.dropped;
        sums[PledgeFate::kept] = {.count = charged.amounts.size(),
                                  .amount = everything - charged.dropped.amount,
                                  .fee = fee.fee,
                                  .tax = fee.tax};
    } else {
        sums[PledgeFate::kept] = {.count = pledges.amounts.size(), .amount = everything};
    }
    Settling settling(terms, sums);
    settling.keep_rewards(std::move(taken));
    return std::move(settling).run();
}

Statement settle_sums(const Terms& terms, const FateSums& sums) {
    require_everyday(terms);
    return Settling(terms, sums).run();
}

}  // namespace crowdrules
