// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/unmatched.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(UnmatchedEnd end) noexcept {
    return detail::enumerator_name(end);
}

}  // namespace crowdrules
