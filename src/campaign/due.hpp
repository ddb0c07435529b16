// SPDX-License-Identifier: BSL-1.0
// Due: the instant at which time alone changes a campaign.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

namespace crowdrules::campaign {

/// When the outcome is judged next; `never` when nothing is left to judge, or while the clock stands.
[[nodiscard]] Instant next_judgement(const State& state);

}  // namespace crowdrules::campaign
