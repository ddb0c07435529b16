// SPDX-License-Identifier: BSL-1.0
// Evolve a community: what has happened is applied. Judges nothing.
//
//   Community community = replay(events);    // the same events give the same community, on every machine and for ever
//   evolve(community, event);                // life/evolve.hpp; when that throws, a community is of no use any more
#pragma once

#include <crowdrules/community/community.hpp>
#include <crowdrules/life/evolve.hpp>

#include <span>

namespace crowdrules::community {

/// A community with these terms, founded at `at`, and the event that says so (to be stored first).
/// Throws ContractViolation when defects_of(terms) finds any.
[[nodiscard]] Community found(Terms terms, Instant at);
[[nodiscard]] Event founded(Terms terms, Instant at);

/// The fold of a community's events. Expects: the first is CommunityFounded, and no other is. Throws ContractViolation.
[[nodiscard]] Community replay(std::span<const Event> events);

}  // namespace crowdrules::community
