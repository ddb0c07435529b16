// SPDX-License-Identifier: BSL-1.0
// Wide: the integer for what 128 bits cannot hold. It throws instead of wrapping.
#pragma once

#include <crowdrules/money/decimal.hpp>

#include <boost/multiprecision/cpp_int.hpp>

namespace crowdrules {

/// 512 bits hold the longest product that this floor forms, the 10^38 x 10^76 of a quotient.
using Wide = boost::multiprecision::checked_int512_t;

/// Spelled by halves: whether Boost accepts __int128 itself depends on the compiler's dialect flag.
[[nodiscard]] Wide to_wide(Int128 value);
/// `value`, if it has at most 38 digits. Throws Overflow{what} otherwise.
[[nodiscard]] Int128 to_int128(const Wide& value, const char* what);
/// `value`, if it fits. Throws Overflow{what} otherwise.
[[nodiscard]] std::int64_t to_int64(const Wide& value, const char* what);
/// 10^exponent.
[[nodiscard]] Wide wide_power_of_ten(unsigned exponent);
/// numerator / denominator, rounded to a whole number. Expects: denominator > 0.
[[nodiscard]] Wide divide(const Wide& numerator, const Wide& denominator, RoundingMode mode);

/// amount x rate x 10^shift brought to a multiple of rounding.step: the one place where an amount meets a rate.
/// Throws Overflow; ContractViolation for a step below 1.
[[nodiscard]] std::int64_t scaled(std::int64_t amount, const Decimal& rate, int shift, Rounding rounding);

}  // namespace crowdrules
