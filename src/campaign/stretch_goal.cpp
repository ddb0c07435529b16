// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/stretch_goal.hpp>

namespace crowdrules {

std::string_view to_text(StretchBasis basis) noexcept {
    switch (basis) {
        case StretchBasis::gross:
            return "gross";
        case StretchBasis::net:
            return "net";
    }
    return "";
}

}  // namespace crowdrules
