// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/dispute.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(DisputeReason reason) noexcept {
    return detail::enumerator_name(reason);
}

std::string_view to_text(Bearer bearer) noexcept {
    return detail::enumerator_name(bearer);
}

}  // namespace crowdrules
