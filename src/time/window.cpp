// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/time/window.hpp>

namespace crowdrules {

std::string to_text(const Window& window) {
    if (!window.has_end()) return "from " + to_text(window.opens) + ", without end";
    const char* closing = window.closing == ClosingInstant::included ? "included" : "excluded";
    return to_text(window.opens) + " to " + to_text(window.closes) + ", closing instant " + closing;
}

}  // namespace crowdrules
