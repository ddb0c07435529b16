// SPDX-License-Identifier: BSL-1.0
// Rounded fee: the one place where an exact fee becomes whole minor units.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/decimal.hpp>

#include "money/narrow.hpp"
#include "money/powers_of_ten.hpp"
#include <algorithm>
#include <limits>
#include <optional>

namespace crowdrules {

/// A fee of exact / scale minor units, brought to the step of `rounding` and then within the bounds.
/// Expects: 0 <= exact < 2^126; 0 < scale <= 10^18; rounding.step >= 1. Throws Overflow.
inline std::int64_t rounded_fee(Int128 exact, Int128 scale, Rounding rounding, std::int64_t minimum,
                                std::optional<std::int64_t> maximum) {
    const Natural128 steps = rounded_quotient(static_cast<Natural128>(exact),
                                              static_cast<Natural128>(scale * rounding.step), rounding.mode, false);
    const Int128 fee = std::max<Int128>(static_cast<Int128>(steps) * rounding.step, minimum);
    if (maximum && fee > *maximum) return *maximum;
    if (fee > std::numeric_limits<std::int64_t>::max()) throw Overflow("a fee needs more than 64 bits");
    return static_cast<std::int64_t>(fee);
}

}  // namespace crowdrules
