// SPDX-License-Identifier: BSL-1.0
// Evolve an invention: what has happened is applied. Judges nothing.
//
//   Invention invention = replay(events);    // the same events give the same community, on every machine and for ever
#pragma once

#include <crowdrules/invention/invention.hpp>

#include <span>

namespace crowdrules {

/// A community with these terms, founded at `at`, and the event that says so (to be stored first).
/// Throws ContractViolation when defects_of(terms) finds any.
[[nodiscard]] Invention found(InventionTerms terms, Instant at);
[[nodiscard]] InventionEvent founded(InventionTerms terms, Instant at);

/// Applies one event in place. Expects: an event that decide or due gave for this very state.
/// Throws ContractViolation for an event that names what does not exist or tells what cannot have happened, Overflow
/// when a total leaves 64 bits; the community is then not to be used any more.
void evolve(Invention& invention, const InventionEvent& event);
void evolve(Invention& invention, std::span<const InventionEvent> events);

/// The fold of a community's events. Expects: the first is CommunityFounded, and no other is. Throws ContractViolation.
[[nodiscard]] Invention replay(std::span<const InventionEvent> events);

}  // namespace crowdrules
