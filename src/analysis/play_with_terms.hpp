// SPDX-License-Identifier: BSL-1.0
// Play with terms: a scenario played under other terms than its own.
#pragma once

#include <crowdrules/stories/campaign/play.hpp>

namespace crowdrules::detail {

/// What the scenario expects is left out. Refuses: terms in another currency; what play refuses.
[[nodiscard]] Result<Play, Findings> play_with_terms(Scenario scenario, const campaign::Terms& terms,
                                                     const PlayProgress& progress = {});

}  // namespace crowdrules::detail
