// SPDX-License-Identifier: BSL-1.0
// Evolve an invention: what has happened is applied. Judges nothing.
//
//   Invention invention = replay(events);    // the same events give the same community, on every machine and for ever
//   evolve(invention, event);                // life/evolve.hpp; when that throws, a community is of no use any more
#pragma once

#include <crowdrules/invention/invention.hpp>
#include <crowdrules/life/evolve.hpp>

#include <span>

namespace crowdrules {

/// A community with these terms, founded at `at`, and the event that says so (to be stored first).
/// Throws ContractViolation when defects_of(terms) finds any.
[[nodiscard]] Invention found(InventionTerms terms, Instant at);
[[nodiscard]] InventionEvent founded(InventionTerms terms, Instant at);

/// The fold of a community's events. Expects: the first is CommunityFounded, and no other is. Throws ContractViolation.
[[nodiscard]] Invention replay(std::span<const InventionEvent> events);

}  // namespace crowdrules
