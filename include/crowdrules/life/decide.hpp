// SPDX-License-Identifier: BSL-1.0
// Decide: may this happen, and what happens then. The same for all that lives; what may happen are rules of its own.
//
//   auto decision = decide(campaign, {.at = now, .what = MakePledge{...}});
//   if (!decision) show(to_text(decision.error()));      // reward_sold_out: 200 of 200 'Early bird' are taken; ...
//   else           store(decision->events), evolve(campaign, decision->events);
//
// Whatever fell due up to the command's instant happens first, in order of time, so the answer does not depend on how
// often the platform asks. Refusals come in the order of the rejection codes: a command that was carried out before
// is answered first, however old it is; then its age is looked at, then its content.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/life/life.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>

namespace crowdrules {

/// What a command brings about.
template <class Types>
struct DecisionOf {
    EventsOf<Types> events{};   ///< in order: first what fell due, then what the command brings about
    bool already_done = false;  ///< the command was carried out before; there are no events
};

/// Judges `command` and changes nothing. Expects: it is of the years 1900 to 9999. The rejection, if any, leaves what
/// fell due undecided too: ask `due` for it. Cost: that of what the command touches, but for a copy of all that is
/// known when something fell due since the last event (call `advance` first to avoid it).
template <class Types>
[[nodiscard]] Result<DecisionOf<Types>, typename Types::Rejection> decide(const Life<Types>& life,
                                                                          const typename Types::Command& command);

/// What happens by itself up to and including `until`.
template <class Types>
[[nodiscard]] EventsOf<Types> due(const Life<Types>& life, Instant until);

/// Applies what is due by `until` and returns it, to be stored.
template <class Types>
EventsOf<Types> advance(Life<Types>& life, Instant until);

/// What became of a command that was not refused.
enum class Performed : std::uint8_t {
    done,
    already_done,  ///< it was carried out before; nothing happened now but what fell due
};

/// advance, decide and evolve in one: adds to `happened` what is to be stored. On a rejection only the advance has
/// happened; its events are in `happened` all the same.
template <class Types>
Result<Performed, typename Types::Rejection> perform(Life<Types>& life, const typename Types::Command& command,
                                                     EventsOf<Types>& happened);

}  // namespace crowdrules
