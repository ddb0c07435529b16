// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/core/contract.hpp>

#include <fmt/format.h>

#include "calendar_bounds.hpp"
#include "describe_command.hpp"
#include "describe_event.hpp"
#include "judge.hpp"

namespace crowdrules {

tl::unexpected<Rejection> Judge::reject(RejectionCode code, std::string what, std::string accepted,
                                        std::string_view rule) const {
    return failure(Rejection{.code = code,
                             .what = std::move(what),
                             .accepted = std::move(accepted),
                             .rule = std::string(rule),
                             .citation = rule.empty() ? Citation{} : citation_of(terms(), rule)});
}

std::optional<Rejection> Judge::ended() const {
    if (!has_ended_without_success(state.phase)) return std::nullopt;
    return reject(RejectionCode::campaign_ended, fmt::format("the campaign is {}", to_text(state.phase)),
                  "nothing but refunds of what was charged", "outcome.latched")
        .value();
}

std::optional<Rejection> Judge::paused() const {
    if (state.phase != Phase::paused) return std::nullopt;
    return reject(RejectionCode::campaign_paused,
                  fmt::format("the campaign is paused since {}", to_text(*state.paused_at)),
                  "the same once it is resumed", "campaign.pause")
        .value();
}

std::optional<Rejection> Judge::not_taking_pledges() const {
    if (auto rejection = ended()) return rejection;
    if (at < state.window.opens) {
        return reject(RejectionCode::campaign_not_open_yet,
                      fmt::format("it is {} and the campaign opens {}", to_text(at), to_text(state.window.opens)),
                      "a pledge from then on", "window.days")
            .value();
    }
    if (auto rejection = paused()) return rejection;
    if (state.closed) {
        return reject(RejectionCode::campaign_closed, fmt::format("the campaign closed {}", to_text(*state.closed_at)),
                      "a command before that", "window.days")
            .value();
    }
    return std::nullopt;
}

Result<Handle, Rejection> Judge::find(PledgeId pledge) const {
    const Handle handle = state.book.pledges.find(pledge.value);
    if (handle != no_handle) return handle;
    return reject(RejectionCode::pledge_unknown, fmt::format("there is no pledge {}", pledge.value),
                  fmt::format("the id of one of the {} pledges made", state.book.records.size()));
}

namespace {

/// The same command again, or another one under its id.
Result<bool, Rejection> is_repeat(const Judge& judge, const Command& command, std::uint64_t fingerprint) {
    if (command.id.is_none()) return false;
    const auto known = judge.state.commands.find(command.id.value);
    if (known == judge.state.commands.end()) return false;
    if (known->second == fingerprint) return true;
    return judge.reject(RejectionCode::command_conflicts_with_earlier,
                        fmt::format("command {} was carried out before with other content", command.id.value),
                        "the same content, or a new id");
}

/// Judges a command on a campaign to which everything due has happened. Has a name of its own: see the note in
/// evolve.cpp.
Result<Events, Rejection> judge_command(const CampaignState& state, const Command& command, std::uint64_t fingerprint) {
    const Judge judge{state, command.at};
    Verdict verdict = std::visit([&](const auto& what) { return judge.judge(what); }, command.what);
    if (!verdict) return failure(std::move(verdict.error()));
    Events events;
    events.reserve(verdict->size());
    for (EventBody& body : *verdict) {
        events.push_back({.at = command.at, .cause = command.id, .fingerprint = fingerprint, .what = std::move(body)});
    }
    return events;
}

/// Throws before anything has happened.
void expect_of_the_calendar(const Command& command) {
    expects(command.at >= earliest_instant && command.at <= latest_instant, "a command is of the years 1900 to 9999");
}

}  // namespace

Result<Decision, Rejection> decide(const Campaign& campaign, const Command& command) {
    expect_of_the_calendar(command);
    const std::uint64_t fingerprint = command.id.is_none() ? 0 : fingerprint_of(command);
    const Judge now{*campaign, command.at};
    // A repeat may come long after the first; that is what it is for.
    const auto repeat = is_repeat(now, command, fingerprint);
    if (repeat && *repeat) return Decision{.already_done = true};
    if (command.at < campaign->last) {
        return now.reject(
            RejectionCode::command_older_than_last,
            fmt::format("the command is of {} and the last event of {}", to_text(command.at), to_text(campaign->last)),
            "commands in order of time");
    }
    if (!repeat) return failure(repeat.error());
    if (const Instant latest = latest_start(campaign.terms()); command.at > latest) {
        return now.reject(RejectionCode::command_too_late,
                          fmt::format("it is {}, and what the terms let follow would end after {}", to_text(command.at),
                                      to_text(latest_instant)),
                          fmt::format("commands until {}", to_text(latest)));
    }

    if (next_due(*campaign) > command.at) {
        auto events = judge_command(*campaign, command, fingerprint);
        if (!events) return failure(std::move(events.error()));
        return Decision{.events = std::move(*events)};
    }
    Campaign later = campaign;
    Decision decision{.events = advance(later, command.at)};
    auto events = judge_command(*later, command, fingerprint);
    if (!events) return failure(std::move(events.error()));
    decision.events.insert(decision.events.end(), std::make_move_iterator(events->begin()),
                           std::make_move_iterator(events->end()));
    return decision;
}

Result<bool, Rejection> perform(Campaign& campaign, const Command& command, Events& happened) {
    expect_of_the_calendar(command);
    if (command.at >= campaign->last) {
        Events fallen_due = advance(campaign, command.at);
        happened.insert(happened.end(), std::make_move_iterator(fallen_due.begin()),
                        std::make_move_iterator(fallen_due.end()));
    }
    auto decision = decide(campaign, command);
    if (!decision) return failure(std::move(decision.error()));
    evolve(campaign, decision->events);
    happened.insert(happened.end(), std::make_move_iterator(decision->events.begin()),
                    std::make_move_iterator(decision->events.end()));
    return !decision->already_done;
}

}  // namespace crowdrules
