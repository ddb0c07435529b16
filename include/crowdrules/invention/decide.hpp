// SPDX-License-Identifier: BSL-1.0
// Decide about an invention: life/decide.hpp has the contract of decide, due, advance and perform.
//
//   auto decision = decide(invention, {.at = now, .what = RecordSale{...}});
//   if (!decision) show(to_text(decision.error()));     // product_not_made: idea 1 is in development; ...
//   else           store(decision->events), evolve(invention, decision->events);
//
// What happens by itself: rounds close, presales are judged, windows pass, periods end. Refusals come in the order of
// InventionRejectionCode.
#pragma once

#include <crowdrules/invention/command.hpp>
#include <crowdrules/invention/invention.hpp>
#include <crowdrules/invention/rejection.hpp>
#include <crowdrules/life/decide.hpp>

namespace crowdrules {

using InventionDecision = DecisionOf<InventionTypes>;

}  // namespace crowdrules
