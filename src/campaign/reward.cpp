// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/reward.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules::campaign {

std::string_view to_text(Ships ships) noexcept {
    return detail::enumerator_name(ships);
}

std::optional<std::int64_t> Shipping::cost_to(std::string_view destination) const {
    if (ships == Ships::not_shipped) return 0;
    const auto rate_of = [&](std::string_view name) {
        return std::find_if(rates.begin(), rates.end(),
                            [&](const ShippingRate& rate) { return rate.destination == name; });
    };
    if (const auto exact = rate_of(destination); exact != rates.end()) return exact->cost;
    if (ships == Ships::listed) return std::nullopt;
    const auto fallback = rate_of(everywhere);
    return fallback != rates.end() ? fallback->cost : 0;
}

}  // namespace crowdrules::campaign
