// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/stretch_goal.hpp>

#include "core/enumerators.hpp"

namespace crowdrules::campaign {

std::string_view to_text(StretchBasis basis) noexcept {
    return detail::enumerator_name(basis);
}

}  // namespace crowdrules::campaign
