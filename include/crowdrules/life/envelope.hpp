// SPDX-License-Identifier: BSL-1.0
// Envelope: what every command and every event carries, whatever it says.
//
//   using Command = CommandOf<CommandBody>;      {.id = CommandId{42}, .at = now, .what = PayOut{0}}
//   using Event = EventOf<EventBody>;            {.at = now, .cause = CommandId{42}, .what = PayoutMade{...}}
//
// Every command says when it happens; commands come in order of time. A command with an id may be sent twice: the
// second time it is answered as already done, whatever instant it says then: a redelivery has another time of arrival.
// Without an id a repeat is judged as a new command.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>

namespace crowdrules {

/// What somebody wants to happen. `Body` is one of the commands that a kind of life knows.
template <class Body>
struct CommandOf {
    CommandId id{};  ///< none: this command cannot be repeated safely
    Instant at{};
    Body what{};
};

/// What has happened. `Body` is one of the events that a kind of life knows.
template <class Body>
struct EventOf {
    Instant at{};
    CommandId cause{};              ///< the command that brought it about; none when time did, or the command had no id
    std::uint64_t fingerprint = 0;  ///< of that command's content, so that a repeat is told from a conflict
    Body what{};
    std::uint64_t number = 0;  ///< its place among the events of one life, from 1; 0: not said, and not looked at

    bool operator==(const EventOf&) const = default;
};

}  // namespace crowdrules
