// SPDX-License-Identifier: BSL-1.0
// Rate: a part of an amount, from nothing to all of it.
#pragma once

#include <crowdrules/money/decimal.hpp>

#include "powers_of_ten.hpp"

namespace crowdrules {

[[nodiscard]] inline bool is_rate(const Decimal& rate) {
    if (rate.is_negative()) return false;
    if (rate.scale() <= 18) return rate.coefficient() <= power_of_ten(rate.scale());  // each fee asks, so it is quick
    return rate <= Decimal(1);
}

}  // namespace crowdrules
