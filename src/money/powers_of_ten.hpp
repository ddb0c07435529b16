// SPDX-License-Identifier: BSL-1.0
// Powers of ten that fit in 64 bits.
#pragma once

#include <array>
#include <cstdint>

namespace crowdrules {

inline constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
    std::array<std::int64_t, 19> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();

/// 10^exponent, for exponents up to 18.
constexpr std::int64_t power_of_ten(unsigned exponent) noexcept {
    return powers_of_ten[exponent];
}

}  // namespace crowdrules
