// SPDX-License-Identifier: BSL-1.0
#include "support.hpp"

#include "bookkeeping.hpp"
#include <limits>

namespace crowdrules::campaign {

Support support_of(const State& state) {
    const Totals& totals = state.totals;
    const Uncounted& uncounted = totals.uncounted;
    return {.amount = totals.standing - uncounted.amount,
            .shipping = totals.standing_shipping - uncounted.shipping,
            .units = totals.standing_units - uncounted.units,
            .backers = static_cast<std::int64_t>(totals.backers) - uncounted.backers,
            .collected = totals.collected - totals.refunded - totals.charged_back - totals.to_give_back -
                         totals.uncounted_collected,
            .charged = static_cast<std::int64_t>(totals.in(PledgeState::collected).count),
            .fees = totals.standing_fees - uncounted.fees};
}

bool is_counted(const State& state, std::uint64_t backer) {
    return state.guards.uncounted.empty() || !state.guards.uncounted.contains(backer);
}

Support support_of(const State& state, const PledgeMade& pledge) {
    Support support{
        .amount = pledge.amount,
        .shipping = pledge.shipping,
        .units = static_cast<std::int64_t>(
            units_of(state, pledge.reward, pledge.quantity.value_or(1), pledge.add_ons))};
    if (state.keeps_fees)
        support.fees = fee_on(state.terms->fees.processing, {pledge.amount, state.terms->currency}).minor();
    for (const LineAmount& line : pledge.lines) {
        if (state.terms->lines[*find_rule(*state.terms, line.line)].counts) continue;
        support.amount -= line.amount;
        if (line.line == "shipping") support.shipping -= line.amount;
    }
    return support;
}

Support support_of(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    if (!is_counted(state, state.book.backers.id_of(record.backer))) return {};
    const PledgeDetail* detail = state.book.detail_of(pledge);
    const Uncounted worth = bookkeeping::worth_of(state, record, detail);
    const Uncounted uncounted = bookkeeping::uncounted_of(state, record, detail, worth);
    Support support{.amount = worth.amount - uncounted.amount,
                    .shipping = worth.shipping - uncounted.shipping,
                    .units = worth.units,
                    .fees = worth.fees};
    support.backers = state.book.standing_of[record.backer] == 1 ? 1 : 0;
    if (record.has(PledgeRecord::charged)) {
        support.collected =
            record.amount - (detail ? uncaptured_of(detail) + detail->refunded + detail->charged_back : 0) -
            uncounted_collected_of(state, pledge);
        support.charged = record.state == PledgeState::collected ? 1 : 0;
    }
    return support;
}

Int128 units_of(const State& state, RewardId reward, std::uint32_t quantity, const std::vector<AddOnChoice>& add_ons) {
    Int128 units = reward.is_none() ? Int128{0} : Int128{quantity} * state.rewards[reward.value - 1].units;
    for (const AddOnChoice& chosen : add_ons) {
        units += Int128{chosen.count} * state.add_ons[chosen.add_on.value - 1].units;
    }
    return units;
}

bool units_fit(const State& state, RewardId reward, std::uint32_t quantity, const std::vector<AddOnChoice>& add_ons,
               Handle replaced) {
    Int128 own = 0;
    if (replaced != no_handle) {
        static const std::vector<AddOnChoice> none;
        const PledgeDetail* detail = state.book.detail_of(replaced);
        own = units_of(state, RewardId{state.book.records[replaced].reward}, bookkeeping::quantity_of(detail),
                       detail ? detail->add_ons : none);
    }
    const Int128 units = Int128{state.totals.standing_units} - own + units_of(state, reward, quantity, add_ons);
    return units <= std::numeric_limits<std::int64_t>::max();
}

Support operator+(Support a, const Support& b) {
    a.amount += b.amount;
    a.shipping += b.shipping;
    a.units += b.units;
    a.backers += b.backers;
    a.collected += b.collected;
    a.charged += b.charged;
    a.fees += b.fees;
    return a;
}

Support operator-(Support a, const Support& b) {
    a.amount -= b.amount;
    a.shipping -= b.shipping;
    a.units -= b.units;
    a.backers -= b.backers;
    a.collected -= b.collected;
    a.charged -= b.charged;
    a.fees -= b.fees;
    return a;
}

std::int64_t toward_goal(const State& state, const Support& support) {
    const FundingModel& model = state.terms->model;
    // A campaign that is judged after the collection is first judged on what was pledged.
    if (model.counts == GoalBasis::collected &&
        (state.phase == Phase::collecting || model.judged != OutcomeTiming::after_collection)) {
        return model.measure == Measure::money ? support.collected : support.charged;
    }
    return toward_cap(state, support);
}

std::int64_t toward_cap(const State& state, const Support& support) {
    const FundingModel& model = state.terms->model;
    switch (model.measure) {
        case Measure::money:
            return model.shipping_counts ? support.amount : support.amount - support.shipping;
        case Measure::backers:
            return support.backers;
        case Measure::units:
            return support.units;
    }
    return 0;
}

std::int64_t toward(const State& state, const StretchGoal& goal, const Support& support) {
    switch (goal.measure) {
        case Measure::backers:
            return support.backers;
        case Measure::units:
            return support.units;
        case Measure::money:
            break;
    }
    if (goal.basis == StretchBasis::gross) return support.amount;
    if (goal.basis == StretchBasis::collected) return support.collected;
    const Terms& terms = *state.terms;
    const Money platform = fee_on(terms.fees.platform, {support.amount, terms.currency});
    return support.amount - support.shipping - platform.minor() - support.fees;
}

}  // namespace crowdrules::campaign
