// SPDX-License-Identifier: BSL-1.0
// Living: how all that lives is decided about and evolves, once. What is special about one kind are its rules.
//
// A repeat comes before age, and age before content. One source file of each kind (src/campaign/life.cpp) instantiates
// this with its rules; nobody else includes it.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/movements.hpp>
#include <crowdrules/life/decide.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/evolve.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/time/window.hpp>

#include "rules.hpp"
#include "time/calendar_bounds.hpp"
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules {

template <class Types>
struct Living {
    using Event = typename Types::Event;
    using Events = EventsOf<Types>;
    using Command = typename Types::Command;
    using Rejection = typename Types::Rejection;
    using Code = decltype(Rejection::code);
    using State = typename Types::State;

    [[nodiscard]] static State& state_of(Life<Types>& life) noexcept { return life.state_; }
    static void count_event(Life<Types>& life) noexcept { ++life.events_; }

    /// Throws when the event says a number that does not follow `events`.
    static void expects_number(std::uint64_t events, const Event& event) {
        if (event.number == 0 || event.number == events + 1) return;
        const std::string number = "event " + std::to_string(event.number);
        throw ContractViolation(event.number <= events
                                    ? number + " was applied already: the last one is " + std::to_string(events)
                                    : number + " does not follow event " + std::to_string(events));
    }

    /// The event that it begins with. Throws ContractViolation when defects_of(terms) finds any.
    [[nodiscard]] static Event first(typename Types::Terms terms, Instant at) {
        const Findings defects = defects_of(terms);
        if (has_refusal(defects)) throw ContractViolation(Types::Rules::no_terms + (":\n" + to_text(defects)));
        expects(at >= earliest_instant && at <= latest_start(terms),
                "it begins when all that its terms let follow is over by the year 9999");
        using First = typename Types::First;
        return {
            .at = at, .what = First{std::make_shared<const typename Types::Terms>(std::move(terms))}, .number = 1};
    }

    /// The fold of its events.
    [[nodiscard]] static Life<Types> replay(std::span<const Event> events) {
        const auto* first = events.empty() ? nullptr : std::get_if<typename Types::First>(&events.front().what);
        if (first == nullptr || first->terms == nullptr) throw ContractViolation(Types::Rules::no_beginning);
        expects_number(0, events.front());
        Life<Types> life;
        life.events_ = 1;
        State& state = life.state_;
        state.terms = first->terms;
        state.last = events.front().at;
        state.ledger = Ledger(first->terms->currency);
        Types::Rules::begin(state, state.last);
        evolve(life, events.subspan(1));
        return life;
    }

    /// The same command again, or another one under its id.
    [[nodiscard]] static Result<bool, Rejection> is_repeat(const State& state, const Command& command,
                                                           std::uint64_t fingerprint) {
        if (command.id.is_none()) return false;
        const auto known = state.commands.find(command.id.value);
        if (known == state.commands.end()) return false;
        if (known->second == fingerprint) return true;
        return failure(Rejection{
            .code = Code::command_conflicts_with_earlier,
            .what = "command " + std::to_string(command.id.value) + " was carried out before with other content",
            .accepted = "the same content, or a new id"});
    }

    /// Throws before anything has happened.
    static void expect_of_the_calendar(const Command& command) {
        expects(command.at >= earliest_instant && command.at <= latest_instant,
                "a command is of the years 1900 to 9999");
    }

    /// Judges a command on a life to which everything due has happened; adds what it brings about to `events`.
    [[nodiscard]] static Result<void, Rejection> judge(const Life<Types>& life, const Command& command,
                                                       std::uint64_t fingerprint, Events& events) {
        auto verdict = Types::Rules::judge(*life, command);
        if (!verdict) return failure(std::move(verdict.error()));
        events.reserve(events.size() + verdict->size());
        std::uint64_t number = life.events();
        for (auto& body : *verdict)
            events.push_back({.at = command.at,
                              .cause = command.id,
                              .fingerprint = fingerprint,
                              .what = std::move(body),
                              .number = ++number});
        return {};
    }

    static void append(Events& events, Events more) {
        events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
};

template <class Types>
Life<Types>::Life() = default;
template <class Types>
Life<Types>::Life(const Life& other) = default;
template <class Types>
Life<Types>::Life(Life&& other) noexcept = default;
template <class Types>
Life<Types>& Life<Types>::operator=(const Life& other) = default;
template <class Types>
Life<Types>& Life<Types>::operator=(Life&& other) noexcept = default;
template <class Types>
Life<Types>::~Life() = default;
template <class Types>
bool Life<Types>::operator==(const Life& other) const {
    return events_ == other.events_ && state_ == other.state_;
}

template <class Types>
void evolve(Life<Types>& life, const typename Types::Event& event) {
    typename Types::State& state = Living<Types>::state_of(life);
    Living<Types>::expects_number(life.events(), event);
    expects(event.at >= state.last, "events come in order of time");
    const Ledger ledger = after(state.ledger, movements_of(event.what));
    Types::Rules::apply(state, event);
    state.ledger = ledger;
    state.last = event.at;
    Living<Types>::count_event(life);
    if (!event.cause.is_none()) state.commands.emplace(event.cause.value, event.fingerprint);
}

template <class Types>
void evolve(Life<Types>& life, std::span<const typename Types::Event> events) {
    for (const typename Types::Event& event : events) evolve(life, event);
}

template <class Types>
EventsOf<Types> advance(Life<Types>& life, Instant until) {
    EventsOf<Types> happened;
    for (Instant at = Types::Rules::next_due(*life); at <= until && at != never; at = Types::Rules::next_due(*life)) {
        for (auto& body : Types::Rules::fall_due(*life, at)) {
            happened.push_back(
                {.at = std::max(at, life->last), .what = std::move(body), .number = life.events() + 1});
            evolve(life, happened.back());
        }
    }
    return happened;
}

template <class Types>
EventsOf<Types> due(const Life<Types>& life, Instant until) {
    if (Types::Rules::next_due(*life) > until) return {};
    Life<Types> copy = life;
    return advance(copy, until);
}

template <class Types>
Result<DecisionOf<Types>, typename Types::Rejection> decide(const Life<Types>& life,
                                                            const typename Types::Command& command) {
    using L = Living<Types>;
    L::expect_of_the_calendar(command);
    const std::uint64_t fingerprint = command.id.is_none() ? 0 : fingerprint_of(command);
    // A repeat may come long after the first; that is what it is for.
    const auto repeat = L::is_repeat(*life, command, fingerprint);
    if (repeat && *repeat) return DecisionOf<Types>{.already_done = true};
    if (command.at < life->last) {
        return failure(typename L::Rejection{
            .code = L::Code::command_older_than_last,
            .what = "the command is of " + to_text(command.at) + " and the last event of " + to_text(life->last),
            .accepted = "commands in order of time"});
    }
    if (!repeat) return failure(repeat.error());
    if (const Instant latest = latest_start(life.terms()); command.at > latest) {
        return failure(typename L::Rejection{.code = L::Code::command_too_late,
                                             .what = "it is " + to_text(command.at) +
                                                     ", and what the terms let follow would end after " +
                                                     to_text(latest_instant),
                                             .accepted = "commands until " + to_text(latest)});
    }

    DecisionOf<Types> decision;
    const auto judged = [&](const Life<Types>& now) { return L::judge(now, command, fingerprint, decision.events); };
    if (Types::Rules::next_due(*life) > command.at) {
        if (auto done = judged(life); !done) return failure(std::move(done.error()));
        return decision;
    }
    Life<Types> later = life;
    decision.events = advance(later, command.at);
    if (auto done = judged(later); !done) return failure(std::move(done.error()));
    return decision;
}

template <class Types>
Result<Performed, typename Types::Rejection> perform(Life<Types>& life, const typename Types::Command& command,
                                                     EventsOf<Types>& happened) {
    Living<Types>::expect_of_the_calendar(command);
    if (command.at >= life->last) Living<Types>::append(happened, advance(life, command.at));
    auto decision = decide(life, command);
    if (!decision) return failure(std::move(decision.error()));
    evolve(life, decision->events);
    Living<Types>::append(happened, std::move(decision->events));
    return decision->already_done ? Performed::already_done : Performed::done;
}

}  // namespace crowdrules
