// SPDX-License-Identifier: BSL-1.0
// A share of an amount is rounded, so the rounding is named.
#include <crowdrules/money/money.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Money half(crowdrules::Money price) { return price * 0.5; }
#else
crowdrules::Money half(crowdrules::Money price) {
    return price.times(crowdrules::rate("0.5"), {crowdrules::RoundingMode::half_even});
}
#endif
