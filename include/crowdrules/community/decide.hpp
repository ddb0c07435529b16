// SPDX-License-Identifier: BSL-1.0
// Decide about a community: life/decide.hpp has the contract of decide, due, advance and perform.
//
//   auto decision = decide(community, {.at = now, .what = RecordSale{...}});
//   if (!decision) show(to_text(decision.error()));     // product_not_made: idea 1 is in development; ...
//   else           store(decision->events), evolve(community, decision->events);
//
// What happens by itself: rounds close, presales are judged, windows pass, periods end. Refusals come in the order of
// RejectionCode.
#pragma once

#include <crowdrules/community/command.hpp>
#include <crowdrules/community/community.hpp>
#include <crowdrules/community/rejection.hpp>
#include <crowdrules/life/decide.hpp>

namespace crowdrules::community {

using Decision = DecisionOf<Types>;

}  // namespace crowdrules::community
