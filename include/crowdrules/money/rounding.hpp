// SPDX-License-Identifier: BSL-1.0
// Rounding: the named ways to bring an exact result back to whole minor units or to a cash step.
//
//   half_even to 0.01:  0.125 -> 0.12   0.135 -> 0.14        half_up to 0.05 (step 5):  1.02 -> 1.00   1.03 -> 1.05
//
// Nothing in crowdrules rounds unless a Rounding was named; there is no default.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crowdrules {

/// What happens to the part below the unit. Each mode treats an amount and its negative alike, except
/// `ceiling` and `floor`, which look at the number line.
enum class RoundingMode : std::uint8_t {
    half_even,  ///< nearest; a tie goes to the even neighbour (bankers' rounding)
    half_up,    ///< nearest; a tie goes away from zero (commercial rounding)
    half_down,  ///< nearest; a tie goes toward zero
    up,         ///< away from zero
    down,       ///< toward zero
    ceiling,    ///< toward plus infinity
    floor,      ///< toward minus infinity
};

/// A mode and the step to which amounts are brought.
struct Rounding {
    RoundingMode mode;
    std::int64_t step = 1;  ///< in minor units, at least 1: 1 is one cent, 5 the Swiss five Rappen

    constexpr bool operator==(const Rounding&) const = default;
};

/// "half_even", ..., as rule packs write it.
[[nodiscard]] std::string_view to_text(RoundingMode mode) noexcept;
/// The mode of that name, or nothing.
[[nodiscard]] std::optional<RoundingMode> rounding_mode(std::string_view name) noexcept;

/// numerator / denominator, rounded to a whole number.
/// Expects: denominator > 0. Ensures: never overflows for any 64-bit numerator.
[[nodiscard]] std::int64_t divide(std::int64_t numerator, std::int64_t denominator, RoundingMode mode);

/// amount x coefficient / 10^scale, rounded to a whole number: the inner step of every rate.
/// Expects: scale <= 18. Ensures: exact over the whole 64-bit range of both factors (128 bits between).
/// Throws Overflow when the rounded result needs more than 64 bits. Cost: about 2 ns.
[[nodiscard]] std::int64_t multiply_rate(std::int64_t amount, std::int64_t coefficient, unsigned scale,
                                         RoundingMode mode);

}  // namespace crowdrules
