// SPDX-License-Identifier: BSL-1.0
// Evolve: what has happened is applied. Judges nothing.
//
//   Campaign campaign = replay(events);      // the same events give the same campaign, on every machine and for ever
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <span>

namespace crowdrules {

/// A campaign with these terms, launched at `at`, and the event that says so (to be stored first).
/// Throws ContractViolation when defects_of(terms) finds any.
[[nodiscard]] Campaign launch(Terms terms, Instant at);
[[nodiscard]] Event launched(Terms terms, Instant at);

/// Applies one event in place. Expects: an event that decide or due gave for this very state.
/// Throws ContractViolation for an event that names what does not exist, Overflow when a total leaves 64 bits; the
/// campaign is then as it was before.
void evolve(Campaign& campaign, const Event& event);
void evolve(Campaign& campaign, std::span<const Event> events);

/// Applies a batch of everyday events at one instant: the same state as their Event forms, at the speed of memory.
/// Throws as above; rows before the one at fault stay applied.
void evolve(Campaign& campaign, Instant at, std::span<const PledgeRow> rows);

/// The fold of a campaign's events. Expects: the first is CampaignLaunched, and no other is. Throws ContractViolation.
[[nodiscard]] Campaign replay(std::span<const Event> events);

}  // namespace crowdrules
