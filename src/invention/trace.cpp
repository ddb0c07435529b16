// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/trace.hpp>

#include <fmt/format.h>

#include "naming.hpp"

namespace crowdrules {

std::vector<TracedDecision> decisions_among(std::span<const InventionEvent> events) {
    std::vector<TracedDecision> decisions;
    for (const InventionEvent& event : events) {
        std::visit(
            [&](const auto& e) {
                if constexpr (requires { e.decided_by; }) {
                    if (e.decided_by.empty()) return;
                    TracedDecision decision{.at = event.at,
                                            .what = name_of(event.what),
                                            .idea = {},
                                            .decided_by = e.decided_by,
                                            .reason = {}};
                    if constexpr (requires { e.idea; }) decision.idea = e.idea;
                    if constexpr (requires { e.product; }) decision.idea = e.product;
                    if constexpr (requires { e.reason; }) decision.reason = e.reason;
                    decisions.push_back(std::move(decision));
                }
            },
            event.what);
    }
    return decisions;
}

std::string to_text(const TracedDecision& decision) {
    std::string text = fmt::format("{} {}", to_text(decision.at), decision.what);
    if (!decision.idea.is_none()) text += " " + idea_text(decision.idea);
    text += " by " + decision.decided_by;
    if (!decision.reason.empty()) text += ": " + decision.reason;
    return text;
}

}  // namespace crowdrules
