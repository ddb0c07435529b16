// SPDX-License-Identifier: BSL-1.0
// Decide about an invention: may this happen, and what happens then. Changes nothing.
//
//   auto decision = decide(invention, {.at = now, .what = RecordSale{...}});
//   if (!decision) show(to_text(decision.error()));     // product_not_made: idea 1 is in development; ...
//   else           store(decision->events), evolve(invention, decision->events);
//
// Whatever fell due up to the command's instant happens first, in order of time: rounds close, presales are judged,
// windows pass, periods end. Refusals come in the order of InventionRejectionCode.
#pragma once

#include <crowdrules/invention/command.hpp>
#include <crowdrules/invention/invention.hpp>
#include <crowdrules/invention/rejection.hpp>

namespace crowdrules {

struct InventionDecision {
    InventionEvents events{};   ///< in order: first what fell due, then what the command brings about
    bool already_done = false;  ///< the command was carried out before; there are no events
};

/// Judges `command`. Expects: it is of the years 1900 to 9999. A rejection leaves what fell due undecided too: ask
/// `due` for it. Cost: but for what fell due, that of what the command touches.
[[nodiscard]] Result<InventionDecision, InventionRejection> decide(const Invention& invention,
                                                                   const InventionCommand& command);

/// What happens by itself up to and including `until`.
[[nodiscard]] InventionEvents due(const Invention& invention, Instant until);

/// Applies what is due by `until` and returns it, to be stored.
InventionEvents advance(Invention& invention, Instant until);

/// advance, decide and evolve in one. On a rejection only the advance has happened; its events are in `happened` all
/// the same.
Result<bool, InventionRejection> perform(Invention& invention, const InventionCommand& command,
                                         InventionEvents& happened);

}  // namespace crowdrules
