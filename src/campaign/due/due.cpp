// SPDX-License-Identifier: BSL-1.0
// What happens by itself: deadlines are judged, open charges dropped, reserves released.
#include "due.hpp"

#include <crowdrules/money/allocate.hpp>

#include "charges.hpp"
#include "payouts.hpp"
#include "campaign/rules.hpp"
#include "campaign/state/support.hpp"
#include <algorithm>
#include <optional>

namespace crowdrules::campaign {

namespace {

bool waits_for_deadline(const State& state) {
    const bool clock_stands = state.phase == Phase::paused && state.terms->paused_clock == ClockWhilePaused::stops;
    return (state.phase == Phase::live || state.phase == Phase::paused) && !state.closed && state.window.has_end() &&
           !clock_stands;
}

Instant collection_ends(const State& state) {
    return dropped_at(state.terms->charges, *state.closed_at) + instant_after;
}

/// Where the cap is shared among all: every pledge is cut to its part, and one of which nothing is left is dropped.
/// Returns what they come to.
std::int64_t share_cap(const State& state, std::int64_t counted, std::vector<EventBody>& events) {
    const auto& cap = state.terms->model.cap;
    if (!cap || cap->above != AboveCap::shared || counted <= cap->at) return counted;
    std::vector<Handle> handles;
    std::vector<Weight> weights;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        if (!is_standing(record.state) || record.amount == 0) continue;
        handles.push_back(handle);
        weights.push_back(static_cast<Weight>(record.amount));
    }
    std::vector<std::int64_t> parts(weights.size());
    allocate_into(cap->at, weights, Split{}, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const PledgeId pledge{state.book.pledges.id_of(handles[i])};
        const std::int64_t offered = state.book.records[handles[i]].amount;
        if (parts[i] == 0) {
            events.emplace_back(PledgeDropped{pledge});
        } else if (parts[i] < offered) {
            events.emplace_back(PledgeCut{.pledge = pledge, .amount = parts[i], .declined = offered - parts[i]});
        }
    }
    return cap->at;
}

void judge_deadline(const State& state, std::vector<EventBody>& events) {
    const FundingModel& model = state.terms->model;
    if (state.succeeded_at) {  // an early success, or the second round
        events.emplace_back(CampaignClosed{});
        return;
    }
    const std::int64_t counted = share_cap(state, toward_goal(state, support_of(state)), events);
    if (model.is_met_by(counted) && model.judged == OutcomeTiming::after_collection) {
        events.emplace_back(CampaignClosed{});
        events.emplace_back(CollectionStarted{counted});
    } else if (model.is_met_by(counted) && model.second_round) {
        events.emplace_back(RoundWon{.counted = counted, .closes = state.window.closes + model.second_round->lasts});
    } else if (model.is_met_by(counted) || (model.miss == OnMiss::keep && counted > 0)) {
        events.emplace_back(CampaignClosed{});
        events.emplace_back(CampaignSucceeded{.counted = counted, .goal_missed = !model.is_met_by(counted)});
    } else {
        events.emplace_back(CampaignFailed{counted});
    }
}

void judge_collection(const State& state, std::vector<EventBody>& events) {
    const FundingModel& model = state.terms->model;
    const Support support = support_of(state);
    const std::int64_t collected = model.measure == Measure::money ? support.collected : support.charged;
    if (model.is_met_by(collected) || (model.miss == OnMiss::keep && collected > 0)) {
        events.emplace_back(CampaignSucceeded{.counted = collected, .goal_missed = !model.is_met_by(collected)});
    } else {
        events.emplace_back(CampaignFailed{collected});
    }
}

void sweep(const State& state, std::size_t group, std::vector<EventBody>& events) {
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        const bool is_of_group = record.has(PledgeRecord::after_success) == (group == 1);
        if (!is_open(record.state) || !is_of_group || comes_after_charges(state, record) ||
            record.has(PledgeRecord::in_instalments))
            continue;
        events.emplace_back(PledgeDropped{PledgeId{state.book.pledges.id_of(handle)}});
    }
}

}  // namespace

std::vector<EventBody> Rules::fall_due(const State& state, Instant at) {
    std::vector<EventBody> events;
    if (waits_for_deadline(state) && state.window.ended_at() <= at) {
        judge_deadline(state, events);
        return events;
    }
    if (state.phase == Phase::collecting && collection_ends(state) <= at) {
        judge_collection(state, events);
        return events;
    }
    for (const std::size_t group : {0u, 1u}) {
        if (dropped_together_at(state, group) <= at) sweep(state, group, events);
    }
    for (const InstalmentLimit& limit : state.instalment_limits) {
        if (limit.at + instant_after > at) break;
        const PledgeId pledge{state.book.pledges.id_of(limit.pledge)};
        const auto* last = events.empty() ? nullptr : std::get_if<PledgeDropped>(&events.back());
        if (last == nullptr || last->pledge != pledge) events.emplace_back(PledgeDropped{pledge});
    }
    std::vector<std::int64_t> reserves;
    std::optional<std::int64_t> owed;
    for (std::size_t i = 0; i < state.payouts.size(); ++i) {
        if (release_at(state, state.payouts[i]) > at) continue;
        if (reserves.empty()) reserves = reserves_left(state);
        const std::int64_t amount = reserves[i];
        if (!owed) owed = owed_by_creator(state);
        const std::int64_t recouped = std::min(amount, *owed);
        *owed -= recouped;
        events.emplace_back(
            ReserveReleased{.payout = static_cast<std::uint32_t>(i), .amount = amount, .recouped = recouped});
    }
    return events;
}

Instant dropped_together_at(const State& state, std::size_t group) {
    if (state.totals.unpaid[group] == 0 || !state.succeeded_at) return never;
    if (state.terms->charges.timing == ChargeTiming::when_ready)
        return state.ready_at ? dropped_at(state.terms->charges, *state.ready_at) + instant_after : never;
    if (group == 1 && !state.closed) return never;
    const Instant due = group == 0 ? *state.succeeded_at : *state.closed_at;
    // When the outcome waited for the collection, the window for mending is over with it.
    const bool collected_before = state.closed_at && *state.closed_at < *state.succeeded_at;
    return (collected_before ? due : dropped_at(state.terms->charges, due)) + instant_after;
}

Instant release_at(const State& state, const PayoutLine& line) {
    if (!line.paid_at || line.reserve == 0 || line.reserve_released) return never;
    if (state.guards.claims.any_open()) return never;  // nothing goes to the creator until it is decided
    return *line.paid_at + state.terms->reserve->held_for;
}

Instant next_judgement(const State& state) {
    if (state.phase == Phase::collecting) return collection_ends(state);
    return waits_for_deadline(state) ? state.window.ended_at() : never;
}

Instant Rules::next_due(const State& state) {
    Instant next = next_judgement(state);
    next = std::min({next, dropped_together_at(state, 0), dropped_together_at(state, 1)});
    if (!state.instalment_limits.empty()) next = std::min(next, state.instalment_limits.begin()->at + instant_after);
    if (state.terms->reserve) {
        for (const PayoutLine& line : state.payouts) next = std::min(next, release_at(state, line));
    }
    return next;
}

}  // namespace crowdrules::campaign
