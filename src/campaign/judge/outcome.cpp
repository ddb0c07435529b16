// SPDX-License-Identifier: BSL-1.0
// What follows when money or backers come or go: stretch goals, success, the close.
#include "campaign/judge/judge.hpp"

namespace crowdrules::campaign {

void Judge::follow_stretch(const Support& after, bool only_collected, std::vector<EventBody>& events) const {
    for (std::size_t i = 0; i < terms().stretch_goals.size(); ++i) {
        const StretchGoal& goal = terms().stretch_goals[i];
        if (only_collected && (goal.measure != Measure::money || goal.basis != StretchBasis::collected)) continue;
        const bool reached = toward(state, goal, after) >= goal.at;
        if (reached && !state.stretch_reached[i])
            events.emplace_back(StretchGoalReached{static_cast<std::uint32_t>(i)});
        if (!reached && state.stretch_reached[i] && !goal.kept)
            events.emplace_back(StretchGoalLost{static_cast<std::uint32_t>(i)});
    }
}

void Judge::follow_collected(const Support& after, std::vector<EventBody>& events) const {
    if (!has_ended_without_success(state.phase)) follow_stretch(after, true, events);
}

void Judge::follow_collected_without(Handle pledge, std::int64_t counted, std::vector<EventBody>& events) const {
    const PledgeRecord& record = state.book.records[pledge];
    if (record.has(PledgeRecord::late) || !is_standing(record.state)) return;
    follow_collected(support_of(state) - Support{.collected = counted}, events);
}

void Judge::follow_up(const Support& after, std::vector<EventBody>& events) const {
    const Terms& agreed = terms();
    follow_stretch(after, false, events);

    const FundingModel& model = agreed.model;
    const std::int64_t counted = toward_goal(state, after);
    const bool succeeds = !state.succeeded_at && model.is_met_by(counted);
    const bool full = model.cap && model.cap->when_reached != CapReached::stays_open &&
                      (counted >= model.cap->at ||
                       (model.cap->when_reached == CapReached::closes_when_full && model.measure == Measure::money &&
                        model.cap->at - counted < std::max<std::int64_t>(agreed.limits.minimum, 1)));
    if (full && (succeeds || state.succeeded_at)) {
        close(counted, events);
    } else if (succeeds && model.judged == OutcomeTiming::when_reached) {
        events.emplace_back(CampaignSucceeded{.counted = counted});
    }
}

void Judge::follow_up_without(Handle pledge, std::vector<EventBody>& events) const {
    const PledgeRecord& record = state.book.records[pledge];
    if (state.closed || !is_standing(record.state)) return;
    follow_up(support_of(state) - support_of(state, pledge), events);
}

void Judge::close(std::int64_t counted, std::vector<EventBody>& events) const {
    events.emplace_back(CampaignClosed{});
    if (state.succeeded_at) return;
    if (terms().model.judged == OutcomeTiming::after_collection) {
        events.emplace_back(CollectionStarted{counted});
    } else {
        events.emplace_back(CampaignSucceeded{.counted = counted});
    }
}

}  // namespace crowdrules::campaign
