// SPDX-License-Identifier: BSL-1.0
// Rate: a part of an amount, from nothing to all of it.
#pragma once

#include <crowdrules/money/decimal.hpp>

namespace crowdrules {

[[nodiscard]] inline bool is_rate(const Decimal& rate) {
    return !rate.is_negative() && rate <= Decimal(1);
}

}  // namespace crowdrules
