// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/dispute.hpp>

namespace crowdrules {

std::string_view to_text(DisputeReason reason) noexcept {
    switch (reason) {
        case DisputeReason::fraud:
            return "fraud";
        case DisputeReason::reward:
            return "reward";
        case DisputeReason::reversed:
            return "reversed";
    }
    return "";
}

std::string_view to_text(Bearer bearer) noexcept {
    switch (bearer) {
        case Bearer::creator:
            return "creator";
        case Bearer::platform:
            return "platform";
    }
    return "";
}

}  // namespace crowdrules
