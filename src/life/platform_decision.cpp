// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/life/platform_decision.hpp>

namespace crowdrules {

std::string to_text(const PlatformDecision& decision) {
    std::string text = to_text(decision.at) + " " + decision.what;
    if (!decision.by.empty()) text += " by " + decision.by;
    for (const std::string& part : {decision.about, decision.reason}) {
        if (!part.empty()) text += ": " + part;
    }
    return text;
}

}  // namespace crowdrules
