// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/refund.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(PartialRefundFee rule) noexcept {
    return detail::enumerator_name(rule);
}

std::string_view to_text(RefundItem item) noexcept {
    return detail::enumerator_name(item);
}

}  // namespace crowdrules
