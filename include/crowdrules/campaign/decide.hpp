// SPDX-License-Identifier: BSL-1.0
// Decide: may this happen, and what happens then. Changes nothing.
//
//   auto decision = decide(campaign, {.at = now, .what = MakePledge{...}});
//   if (!decision) show(to_text(decision.error()));      // reward_sold_out: 200 of 200 'Early bird' are taken; ...
//   else           store(decision->events), evolve(campaign, decision->events);
//
// Whatever fell due up to the command's instant happens first, in order of time, so the answer does not depend on how
// often the platform asks. Refusals come in the order of RejectionCode.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/rejection.hpp>

namespace crowdrules {

struct Decision {
    Events events{};            ///< in order: first what fell due, then what the command brings about
    bool already_done = false;  ///< the command was carried out before; there are no events
};

/// Judges `command`. Expects: it is of the years 1900 to 9999. The rejection, if any, leaves what fell due undecided
/// too: ask `due` for it. Cost: O(1), but for a copy of the campaign when something fell due since its last event (call
/// `advance` first to avoid it).
[[nodiscard]] Result<Decision, Rejection> decide(const Campaign& campaign, const Command& command);

/// What happens by itself up to and including `until`: deadlines are judged, open charges dropped, reserves released.
[[nodiscard]] Events due(const Campaign& campaign, Instant until);

/// Applies what is due by `until` and returns it, to be stored.
Events advance(Campaign& campaign, Instant until);

/// advance, decide and evolve in one. On a rejection only the advance has happened; its events are in `happened` all
/// the same.
Result<bool, Rejection> perform(Campaign& campaign, const Command& command, Events& happened);

}  // namespace crowdrules
