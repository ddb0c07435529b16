// SPDX-License-Identifier: BSL-1.0
// Trace: who decided what in a community, and when.
//
//   2012-01-08T00:00:00Z  idea_accepted     idea 1   by staff
//   2012-03-01T00:00:00Z  product_paused    idea 1   by counsel, "Frida says it is hers"
#pragma once

#include <crowdrules/invention/event.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// One decision of a person. What time or a member brought about is none.
struct TracedDecision {
    Instant at{};
    std::string_view what{};  ///< name of the event
    IdeaId idea{};            ///< that it was about; none for a round
    std::string decided_by{};
    std::string reason{};

    bool operator==(const TracedDecision&) const = default;
};

/// Every decision among `events`, in their order.
[[nodiscard]] std::vector<TracedDecision> decisions_among(std::span<const InventionEvent> events);

/// "2012-03-01T00:00:00Z product_paused idea 1 by counsel: Frida says it is hers".
[[nodiscard]] std::string to_text(const TracedDecision& decision);

}  // namespace crowdrules
