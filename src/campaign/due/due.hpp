// SPDX-License-Identifier: BSL-1.0
// Due: the instant at which time alone changes a campaign.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

namespace crowdrules::campaign {

/// When the outcome is judged next; `never` when nothing is left to judge, or while the clock stands.
[[nodiscard]] Instant next_judgement(const State& state);

inline constexpr Elapsed instant_after{1};  ///< what may still happen at its last instant is over one second later

/// When pledges that are still to be charged are dropped together: [0] made before the success, [1] after it; `never`
/// while that is open. Not those charged at checkout, or in instalments.
[[nodiscard]] Instant dropped_together_at(const State& state, std::size_t group);

}  // namespace crowdrules::campaign
