// SPDX-License-Identifier: BSL-1.0
// A campaign settled from sums: the running totals that events would have left are filled in, and the statement is
// read off them.
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/core/contract.hpp>

#include "core/enumerators.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/state/statement_of.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign {

namespace {

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
        state_.counted = terms.model.measure == Measure::money ? ended.amount : static_cast<std::int64_t>(ended.count);
    }

    /// The rewards as they stand at the end, with how many have each.
    void keep_rewards(std::span<const std::uint32_t> taken) {
        expects(taken.size() == terms_.rewards.size(), "how many have each reward is said for every reward");
        state_.rewards = terms_.rewards;
        state_.reward_taken.assign(taken.begin(), taken.end());
    }

    Statement run() && {
        const bool met = terms_.model.is_met_by(state_.counted);
        if (!met && (terms_.model.miss == OnMiss::release || state_.counted == 0)) {
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
        charge_dispute_fees(sums_[PledgeFate::lost_to_fraud], DisputeReason::fraud);
        charge_dispute_fees(sums_[PledgeFate::lost_over_reward], DisputeReason::reward);
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
                                  .due = first_payout_due(terms_.payouts, *state_.succeeded_at),
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
    /// What the banks' decisions cost, out of the money of whoever has it; the platform gives back what it bears.
    void charge_dispute_fees(const FateSum& sum, DisputeReason reason) {
        const Int128 all = Int128{terms_.disputes.fee} * sum.count;
        if (all > std::numeric_limits<std::int64_t>::max()) throw Overflow("the fees of all disputes leave 64 bits");
        const auto fees = static_cast<std::int64_t>(all);
        const Bearer bearer = terms_.disputes.bearer_of_fee(reason);
        state_.totals.dispute_fees += fees;
        state_.ledger.transfer(bearer == Bearer::platform ? Account::platform_fees : holder(), Account::processing_fees,
                               fees);
        if (bearer == Bearer::platform) return;
        (line().paid_at ? state_.totals.fees_of_creator : line().processing_fee) += fees;
    }

    void pay_out() {
        const PayoutMade made = payout_parts(state_, state_.payouts, 0, owed_by_creator(state_));
        if (!is_payable(line(), made)) return;
        state_.ledger.transfer(Account::escrow, Account::platform_fees, made.platform_fee);
        state_.ledger.transfer(Account::escrow, Account::tax, made.tax);
        state_.ledger.transfer(Account::escrow, Account::creator, made.net + made.recouped);
        line().recouped = made.recouped;
        line().platform_fee = made.platform_fee;
        line().tax = made.tax;
        line().net = made.net;
        line().paid_at = line().due;
    }

    const Terms& terms_;
    const FateSums& sums_;
    State state_;
};

}  // namespace

std::string_view to_text(PledgeFate fate) noexcept {
    return detail::enumerator_name(fate);
}

std::optional<std::string> why_not_settled_by_columns(const Terms& terms) {
    const FundingModel& model = terms.model;
    if (model.measure == Measure::units || model.counts != GoalBasis::pledged ||
        model.judged != OutcomeTiming::at_deadline || model.cap || model.second_round || !terms.window.has_end())
        return "settle serves goals of money or backers, judged on pledges at the deadline, without cap";
    if (terms.charges.timing != ChargeTiming::at_success || !terms.add_ons.empty() || terms.instalments ||
        terms.reserve)
        return "settle serves pledges charged once at success, without add-ons, instalments or reserve";
    if (!terms.lines.empty())
        return "settle serves charges without lines of their own: it does not know what a pledge is made of";
    if (!terms.fees.methods.empty())
        return "settle serves one processing fee for all charges: it does not know how a pledge was paid";
    if (!terms.stretch_goals.empty()) return "settle serves campaigns without stretch goals";
    const auto costs_shipping = [](const Reward& reward) {
        const auto& rates = reward.shipping.rates;
        return std::any_of(rates.begin(), rates.end(), [](const ShippingRate& rate) { return rate.cost > 0; });
    };
    if (!model.shipping_counts && std::any_of(terms.rewards.begin(), terms.rewards.end(), costs_shipping))
        return "settle serves goals toward which shipping counts: it does not know how much of a pledge is shipping";
    if (!terms.guards) return std::nullopt;
    // Accounts that belong together, claims and decisions are reported by commands: without one they change nothing.
    const IdentityGuard& identity = terms.guards->identity;
    if (identity.creator_before_pledges || identity.creator_before_payout)
        return "settle serves campaigns whose creator need not be verified: it does not know whether the creator is";
    if (identity.backers_from || !identity.rewards.empty())
        return "settle serves campaigns whose backers need not be verified: it does not know which of them are";
    if (terms.guards->person) return "settle serves campaigns without limits by person: it does not know who gives";
    return std::nullopt;
}

Statement settle_sums(const Terms& terms, const FateSums& sums, std::span<const std::uint32_t> taken) {
    expects(!has_refusal(defects_of(terms)), "the terms are sound");
    if (const auto reason = why_not_settled_by_columns(terms)) throw ContractViolation(*reason);
    Settling settling(terms, sums);
    if (!taken.empty()) settling.keep_rewards(taken);
    return std::move(settling).run();
}

}  // namespace crowdrules::campaign
