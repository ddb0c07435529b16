// SPDX-License-Identifier: BSL-1.0
// Evolve: what has happened is applied. Judges nothing.
//
//   Campaign campaign = replay(events);      // the same events give the same campaign, on every machine and for ever
//   evolve(campaign, event);                 // life/evolve.hpp; a campaign is as it was before when that throws
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/life/evolve.hpp>

#include <span>

namespace crowdrules::campaign {

/// A campaign with these terms, launched at `at`, and the event that says so (to be stored first).
/// Throws ContractViolation when defects_of(terms) finds any.
[[nodiscard]] Campaign launch(Terms terms, Instant at);
[[nodiscard]] Event launched(Terms terms, Instant at);

/// Applies a batch of everyday events at one instant: the same state as their Event forms, at the speed of memory.
/// Throws as for one event; rows before the one at fault stay applied.
void evolve(Campaign& campaign, Instant at, std::span<const PledgeRow> rows);

/// The fold of a campaign's events. Expects: the first is CampaignLaunched, and no other is. Throws ContractViolation.
[[nodiscard]] Campaign replay(std::span<const Event> events);

}  // namespace crowdrules::campaign
