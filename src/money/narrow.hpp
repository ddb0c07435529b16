// SPDX-License-Identifier: BSL-1.0
// Narrow: what 128 bits can hold, checked, in a tenth of the time that Wide takes. Every caller goes on to Wide where
// these say that 128 bits are too few; the answers are the same.
#pragma once

#include <crowdrules/money/decimal.hpp>

#include "round_magnitude.hpp"
#include "wide_division.hpp"
#include <array>

namespace crowdrules {

inline constexpr unsigned most_narrow_digits = 38;  ///< 10^38 is the largest power of ten within 127 bits

inline constexpr std::array<Int128, most_narrow_digits + 1> narrow_powers_of_ten = [] {
    std::array<Int128, most_narrow_digits + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
}();

/// value x 10^digits, and whether it fits.
[[nodiscard]] inline bool scale_up(Int128 value, unsigned digits, Int128& scaled) noexcept {
    return digits <= most_narrow_digits && !__builtin_mul_overflow(value, narrow_powers_of_ten[digits], &scaled);
}

[[nodiscard]] constexpr Natural128 magnitude_of(Int128 value) noexcept {
    const auto bits = static_cast<Natural128>(value);
    return value < 0 ? 0 - bits : bits;
}

/// numerator / divisor, rounded to a whole number. Expects: divisor > 0.
inline Natural128 rounded_quotient(Natural128 numerator, Natural128 divisor, RoundingMode mode, bool negative) {
    if ((numerator | divisor) >> 64 == 0) {  // nearly always, and ten times faster
        const auto magnitude = static_cast<std::uint64_t>(numerator);
        const auto by = static_cast<std::uint64_t>(divisor);
        const std::uint64_t quotient = magnitude / by;
        return quotient + steps_away_from_zero(quotient, magnitude - quotient * by, by, mode, negative);
    }
    const auto by = static_cast<std::uint64_t>(divisor);
    if (divisor >> 64 == 0 && static_cast<std::uint64_t>(numerator >> 64) < by) {
        const auto [quotient, remainder] = divide_wide(numerator, by);
        return static_cast<Natural128>(quotient) + steps_away_from_zero(quotient, remainder, by, mode, negative);
    }
    const Natural128 quotient = numerator / divisor;
    return quotient + steps_away_from_zero(quotient, numerator - quotient * divisor, divisor, mode, negative);
}

}  // namespace crowdrules
