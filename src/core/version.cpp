// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/version.hpp>

namespace crowdrules {

std::string_view version() noexcept {
    return CROWDRULES_VERSION;
}

}  // namespace crowdrules
