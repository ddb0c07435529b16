// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/rounding.hpp>

#include "powers_of_ten.hpp"
#include "round_magnitude.hpp"
#include <array>
#include <limits>

namespace crowdrules {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::array<std::string_view, 7> mode_names = {"half_even", "half_up", "half_down", "up",
                                                        "down",      "ceiling", "floor"};

constexpr std::uint64_t magnitude_of(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

constexpr std::int64_t with_sign(std::uint64_t magnitude, bool negative) noexcept {
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

/// The whole answer when the product has 64 bits. No overflow: without a remainder the quotient is no larger than the
/// product, and with one the divisor is at least 2.
inline std::int64_t divide_narrow(std::int64_t numerator, std::uint64_t denominator, RoundingMode mode) noexcept {
    const bool negative = numerator < 0;
    const std::uint64_t magnitude = magnitude_of(numerator);
    const std::uint64_t quotient = magnitude / denominator;
    const std::uint64_t remainder = magnitude - quotient * denominator;
    return with_sign(quotient + steps_away_from_zero(quotient, remainder, denominator, mode, negative), negative);
}

[[noreturn]] void throw_overflow(std::int64_t amount, std::int64_t coefficient, unsigned scale) {
    throw Overflow("the amount " + std::to_string(amount) + " times " + std::to_string(coefficient) + "e-" +
                   std::to_string(scale) + " needs more than 64 bits");
}

/// The same over the whole range of both factors.
std::int64_t multiply_wide(std::int64_t amount, std::int64_t coefficient, unsigned scale, RoundingMode mode) {
    const bool negative = (amount < 0) != (coefficient < 0);
    const Wide product = static_cast<Wide>(magnitude_of(amount)) * magnitude_of(coefficient);
    const auto denominator = static_cast<std::uint64_t>(power_of_ten(scale));
    if (static_cast<std::uint64_t>(product >> 64) >= denominator) throw_overflow(amount, coefficient, scale);
    const auto quotient = static_cast<std::uint64_t>(product / denominator);  // below 2^64 by the line above
    const auto remainder = static_cast<std::uint64_t>(product) - quotient * denominator;
    const std::uint64_t away = steps_away_from_zero(quotient, remainder, denominator, mode, negative);
    const std::uint64_t limit = magnitude_of(std::numeric_limits<std::int64_t>::min()) - (negative ? 0 : 1);
    if (quotient > limit - away) throw_overflow(amount, coefficient, scale);
    return with_sign(quotient + away, negative);
}

}  // namespace

std::string_view to_text(RoundingMode mode) noexcept {
    const auto index = static_cast<std::size_t>(mode);
    return index < mode_names.size() ? mode_names[index] : "unknown";
}

std::optional<RoundingMode> rounding_mode(std::string_view name) noexcept {
    for (std::size_t i = 0; i < mode_names.size(); ++i)
        if (mode_names[i] == name) return static_cast<RoundingMode>(i);
    return std::nullopt;
}

std::int64_t divide(std::int64_t numerator, std::int64_t denominator, RoundingMode mode) {
    expects(denominator > 0, "divide: the denominator must be positive");
    return divide_narrow(numerator, static_cast<std::uint64_t>(denominator), mode);
}

std::int64_t multiply_rate(std::int64_t amount, std::int64_t coefficient, unsigned scale, RoundingMode mode) {
    expects(scale <= 18, "multiply_rate: a scale of at most 18 decimals");
    std::int64_t product = 0;
    if (__builtin_mul_overflow(amount, coefficient, &product)) [[unlikely]]
        return multiply_wide(amount, coefficient, scale, mode);
    return divide_narrow(product, static_cast<std::uint64_t>(power_of_ten(scale)), mode);
}

}  // namespace crowdrules
