// SPDX-License-Identifier: BSL-1.0
// Decide about a campaign: life/decide.hpp has the contract of decide, due, advance and perform.
//
//   auto decision = decide(campaign, {.at = now, .what = MakePledge{...}});
//   if (!decision) show(to_text(decision.error()));      // reward_sold_out: 200 of 200 'Early bird' are taken; ...
//   else           store(decision->events), evolve(campaign, decision->events);
//
// What happens by itself: deadlines are judged, open charges dropped, reserves released. Refusals come in the order of
// RejectionCode. Cost of `decide`: O(1), but for the copy when something fell due since the last event.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/life/decide.hpp>

namespace crowdrules::campaign {

using Decision = DecisionOf<Types>;

}  // namespace crowdrules::campaign
