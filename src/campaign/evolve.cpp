// SPDX-License-Identifier: BSL-1.0
#include "campaign/evolve/application.hpp"
#include "rules.hpp"

namespace crowdrules::campaign {

using namespace bookkeeping;

void Rules::begin(State& state, Instant at) {
    const Terms& terms = *state.terms;
    expects(!has_refusal(defects_of(terms)), "a campaign was launched with terms that it can run with");
    state.launched_at = at;
    state.window = terms.window;
    state.rewards = terms.rewards;
    state.add_ons = terms.add_ons;
    state.reward_removed.resize(state.rewards.size());
    state.add_on_removed.resize(state.add_ons.size());
    state.reward_taken.resize(state.rewards.size());
    state.add_on_taken.resize(state.add_ons.size());
    state.stretch_reached.resize(terms.stretch_goals.size());
    state.lines.resize(terms.lines.size());
    state.milestones.resize(terms.payouts.shares.size());
    for (const StretchGoal& goal : terms.stretch_goals) {
        state.keeps_fees = state.keeps_fees || (goal.measure == Measure::money && goal.basis == StretchBasis::net);
    }
    const auto& guards = terms.guards;
    state.keeps_given = guards && (guards->person || guards->identity.backers_from);
    // The campaign's own payout comes first in the list; it is dated when the campaign succeeds.
    state.payouts.push_back({.kind = PayoutLine::Kind::campaign, .due = never});
    // Without a goal and without an end there is nothing to wait for.
    if (terms.model.goal == 0 && !state.window.has_end()) succeed(state, at, 0);
}

void Rules::apply(State& state, const Event& event) {
    std::visit([&](const auto& what) { Application{state, event.at}.apply(what); }, event.what);
}

}  // namespace crowdrules::campaign
