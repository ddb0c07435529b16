// SPDX-License-Identifier: BSL-1.0
// Platform decision: who decided what, and when. What time, a backer or a member brought about is none.
//
//   2026-03-02T12:00:00Z claim_raised by Ada: claim 7 of Rex on the hinge
//   2012-03-01T00:00:00Z claim_raised by counsel: Pivot Power, claim 1 of Frida on the hinge
#pragma once

#include <crowdrules/life/life.hpp>
#include <crowdrules/time/instant.hpp>

#include <string>
#include <vector>

namespace crowdrules {

/// Something that people of the platform decided.
struct PlatformDecision {
    Instant at{};
    std::string what{};    ///< name of the event: "campaign_paused", "idea_accepted"
    std::string about{};   ///< "claim 7 of Rex on the hinge", the title of an idea; empty: all that lives
    std::string reason{};
    std::string by{};      ///< who decided; empty: not said

    bool operator==(const PlatformDecision&) const = default;
};

/// What people of the platform decided about it, in order of time.
template <class Types>
[[nodiscard]] const std::vector<PlatformDecision>& decisions(const Life<Types>& life) noexcept {
    return life->decisions;
}

/// "2026-03-02T12:00:00Z claim_raised by Ada: claim 7 of Rex on the hinge".
[[nodiscard]] std::string to_text(const PlatformDecision& decision);

}  // namespace crowdrules
