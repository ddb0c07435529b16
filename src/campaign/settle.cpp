// SPDX-License-Identifier: BSL-1.0
// A campaign settled from columns: the running totals that events would have left are filled in, and the statement is
// read off them.
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>

#include "judge.hpp"
#include "statement_of.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules {

namespace {

std::int64_t narrowed(Int128 sum) {
    if (sum > std::numeric_limits<std::int64_t>::max()) throw Overflow("the pledges together leave 64 bits");
    return static_cast<std::int64_t>(sum);
}

void require_everyday(const Terms& terms, const PledgeColumns& pledges) {
    const FundingModel& model = terms.model;
    expects(!has_refusal(defects_of(terms)), "the terms are sound");
    expects(model.measure != Measure::units && model.counts == Counted::pledged &&
                model.judged == Judged::at_deadline && !model.cap && !model.second_round && terms.window.has_end(),
            "settle serves goals of money or backers, judged on pledges at the deadline, without cap");
    expects(terms.charges.timing == ChargeTiming::at_success && terms.add_ons.empty() && !terms.instalments &&
                !terms.reserve,
            "settle serves pledges charged once at success, without add-ons, instalments or reserve");
    expects(terms.stretch_goals.empty(), "settle serves campaigns without stretch goals");
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
    Tally dropped{};
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

Tally& in(CampaignState& state, PledgeState which) {
    return state.totals.by_state[static_cast<std::size_t>(which)];
}

}  // namespace

Statement settle(const Terms& terms, const PledgeColumns& pledges) {
    require_everyday(terms, pledges);
    const bool all_positive =
        std::all_of(pledges.amounts.begin(), pledges.amounts.end(), [](std::int64_t amount) { return amount > 0; });
    expects(all_positive, "every pledge is of at least one minor unit");
    const Tally everything{.count = pledges.amounts.size(), .amount = narrowed(exact_sum(pledges.amounts))};

    CampaignState state;
    state.terms = std::shared_ptr<const Terms>(std::shared_ptr<const Terms>(), &terms);  // borrowed for this call
    state.window = terms.window;
    state.ledger = Ledger(terms.currency);
    state.rewards = terms.rewards;
    state.reward_taken = taken_of(pledges.rewards, terms.rewards.size());
    state.closed = true;
    state.closed_at = terms.window.ended_at();
    state.totals.ended = everything;
    state.totals.ended_backers = everything.count;
    state.totals.everything = everything.amount;

    state.counted =
        terms.model.measure == Measure::money ? everything.amount : static_cast<std::int64_t>(everything.count);
    const bool met = terms.model.is_met_by(state.counted);
    if (!met && (terms.model.miss == Miss::release || state.counted == 0)) {
        state.phase = Phase::failed;
        in(state, PledgeState::released) = everything;
        std::fill(state.reward_taken.begin(), state.reward_taken.end(), 0u);
        return statement_of(state);
    }

    state.phase = Phase::succeeded;
    state.goal_missed = !met;
    state.succeeded_at = state.closed_at;
    const Charged charged = charged_of(pledges, state.reward_taken);
    in(state, PledgeState::dropped) = charged.dropped;
    in(state, PledgeState::collected) = {everything.count - charged.dropped.count,
                                         everything.amount - charged.dropped.amount};
    state.totals.collected = in(state, PledgeState::collected).amount;
    state.totals.charges = in(state, PledgeState::collected).count;

    const FeeColumn column(terms.fees.processing);
    FeeParts fee{.fee = narrowed(column.total(charged.amounts))};
    if (terms.fees.processing.tax) {
        fee = {};
        for (const std::int64_t amount : charged.amounts) {
            const FeeParts one = fee_parts(terms.fees.processing, {amount, terms.currency});
            fee.fee += one.fee;
            fee.tax += one.tax;
        }
    }
    state.ledger.transfer(Account::backers, Account::escrow, state.totals.collected);
    state.ledger.transfer(Account::escrow, Account::processing_fees, fee.fee);
    state.ledger.transfer(Account::escrow, Account::tax, fee.tax);
    state.payouts.push_back({.kind = PayoutLine::Kind::campaign,
                             .due = *state.succeeded_at + terms.payouts.first_after,
                             .gross = state.totals.collected,
                             .processing_fee = fee.fee + fee.tax});

    const PayoutMade made = payout_parts(state, state.payouts, 0);
    if (is_payable(state.payouts[0], made)) {
        state.ledger.transfer(Account::escrow, Account::platform_fees, made.platform_fee);
        state.ledger.transfer(Account::escrow, Account::tax, made.tax);
        state.ledger.transfer(Account::escrow, Account::creator, made.net);
        PayoutLine& line = state.payouts[0];
        line.platform_fee = made.platform_fee;
        line.tax = made.tax;
        line.net = made.net;
        line.paid_at = line.due;
    }
    return statement_of(state);
}

}  // namespace crowdrules
