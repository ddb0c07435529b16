// SPDX-License-Identifier: BSL-1.0
// What becomes of the campaign, its rewards and its stretch goals.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

void date_payouts(State& state, Instant at) {
    for (PayoutLine& line : state.payouts) {
        if (line.due == never && !is_held(line)) line.due = first_payout_due(state.terms->payouts, at);
    }
}

namespace {

void close(State& state, Instant at) {
    if (state.closed) return;
    state.closed = true;
    state.closed_at = at;
    std::uint64_t count = 0;
    for (const PledgeState standing :
         {PledgeState::pledged, PledgeState::errored, PledgeState::collected, PledgeState::disputed}) {
        count += state.totals.in(standing).count;
    }
    state.totals.ended = {.count = count, .amount = state.totals.standing};
    state.totals.ended_backers = state.totals.backers;
    state.totals.ended_units = state.totals.standing_units;
    state.totals.ended_counted = toward_goal(state, support_of(state));
    if (state.succeeded_at) {
        state.phase = Phase::succeeded;
        if (payouts_from(state)) date_payouts(state, at);
    }
}

/// An outcome that waited for the collection was reached with what it brought in.
void close_collection(State& state) {
    if (state.phase == Phase::collecting && state.terms->model.counts == GoalBasis::collected)
        state.totals.ended_counted = toward_goal(state, support_of(state));
}

struct StretchChange {
    State& state;
    bool reached;

    void operator()(const UpgradeRewards&) const {}  // the upgrade is the promise itself
    void operator()(const OpenAddOn& effect) const { state.add_ons[effect.add_on.value - 1].locked = !reached; }
    void operator()(const AddStock& effect) const {
        std::optional<std::uint32_t>& quantity = state.rewards[effect.reward.value - 1].quantity;
        if (!quantity) return;  // there was no limit
        const std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
        // Lost again, the same goes away: who has one keeps it, and no place is free until fewer have than there are.
        *quantity = reached ? *quantity + std::min(effect.count, most - *quantity)
                            : *quantity - std::min(effect.count, *quantity);
    }
};

}  // namespace

void give_up_open_parts(State& state, Handle handle) {
    const PledgeRecord& record = state.book.records[handle];
    if (!record.has(PledgeRecord::in_instalments) || !record.has(PledgeRecord::charged)) return;
    for (Instalment& part : detail_of(state, handle).instalments) {
        if (part.state == InstalmentState::collected || part.state == InstalmentState::cancelled) continue;
        part.state = InstalmentState::cancelled;
        state.totals.instalments_given_up += part.amount;
    }
}

void release_all(State& state, Instant at, Phase phase) {
    close(state, at);
    close_collection(state);
    state.phase = phase;
    state.released_at = at;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        if (!is_standing(state.book.records[handle].state)) continue;
        give_up_open_parts(state, handle);
        move_to(state, handle, PledgeState::released);
    }
    state.instalment_limits.clear();
}

void succeed(State& state, Instant at, std::int64_t counted) {
    close_collection(state);
    state.succeeded_at = at;
    state.counted = counted;
    if (state.payouts.empty()) state.payouts.push_back({.kind = PayoutLine::Kind::campaign});
    const bool waits = waits_for_end(state) || !payouts_from(state);
    state.payouts[0].due = waits ? never : first_payout_due(state.terms->payouts, at);
    schedule_instalments(state, at);
}

void Application::apply(const CampaignLaunched&) const {
    throw ContractViolation("a campaign is launched once, by its first event");
}

void Application::apply(const CampaignPaused& e) const {
    state.phase = Phase::paused;
    state.paused_at = at;
    // The pause that a claim brings is decided with the claim.
    if (!state.guards.paused_by_claim) note(e, {}, e.reason, e.decided_by);
}

void Application::apply(const CampaignResumed& e) const {
    state.phase = Phase::live;
    state.paused_at.reset();
    state.window.closes = e.closes;
    if (!state.guards.paused_by_claim) note(e, {}, e.reason, e.decided_by);
    state.guards.paused_by_claim = false;
}

void Application::apply(const CampaignCancelled&) const {
    release_all(state, at, Phase::cancelled);
}

void Application::apply(const CampaignSuspended& e) const {
    release_all(state, at, Phase::suspended);
    note(e, {}, e.reason, e.decided_by);
}

void Application::apply(const DeadlineExtended& e) const {
    state.window.closes = e.closes;
}

void Application::apply(const RoundWon& e) const {
    expect_years_for_instalments();
    state.in_second_round = true;
    succeed(state, at, e.counted);
    state.window.closes = e.closes;
}

void Application::apply(const CollectionStarted& e) const {
    state.phase = Phase::collecting;
    state.counted = e.counted;
}

void Application::expect_years_for_instalments() const {
    if (const auto& plan = state.terms->instalments)
        (void)occurrence(plan->cadence, at + plan->first_after, plan->count - 1);
}

void Application::apply(const CampaignSucceeded& e) const {
    expect_years_for_instalments();
    succeed(state, at, e.counted);
    state.goal_missed = e.goal_missed;
    state.phase = state.closed ? Phase::succeeded : state.phase;
}

void Application::apply(const CampaignClosed&) const {
    close(state, at);
}

void Application::apply(const CampaignFailed& e) const {
    release_all(state, at, Phase::failed);
    state.counted = e.counted;
}

void Application::apply(const LatePledgesClosed&) const {
    state.late_closed = true;
}

void Application::apply(const ReadyToShip&) const {
    state.ready_at = at;
    date_payouts(state, at);
}

void Application::apply(const RewardAdded& e) const {
    state.rewards.push_back(e.reward);
    state.reward_removed.push_back(false);
    state.reward_taken.push_back(0);
}

void Application::apply(const RewardChanged& e) const {
    at_place(state.rewards, e.reward.value, "no such reward") = e.becomes;
}

void Application::apply(const RewardRemoved& e) const {
    (void)at_place(state.rewards, e.reward.value, "no such reward");
    state.reward_removed[e.reward.value - 1] = true;
}

void Application::apply(const AddOnAdded& e) const {
    state.add_ons.push_back(e.add_on);
    state.add_on_removed.push_back(false);
    state.add_on_taken.push_back(0);
}

void Application::apply(const AddOnChanged& e) const {
    at_place(state.add_ons, e.add_on.value, "no such add-on") = e.becomes;
}

void Application::apply(const AddOnRemoved& e) const {
    (void)at_place(state.add_ons, e.add_on.value, "no such add-on");
    state.add_on_removed[e.add_on.value - 1] = true;
}

void Application::apply(const StretchGoalReached& e) const {
    change_stretch(e.goal, true);
}

void Application::apply(const StretchGoalLost& e) const {
    change_stretch(e.goal, false);
}

void Application::change_stretch(std::uint32_t goal, bool reached) const {
    if (goal >= state.stretch_reached.size()) throw ContractViolation("no such stretch goal");
    state.stretch_reached[goal] = reached;
    std::visit(StretchChange{state, reached}, state.terms->stretch_goals[goal].effect);
}

}  // namespace crowdrules::campaign
