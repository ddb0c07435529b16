// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/rounding.hpp>

#include "core/enumerators.hpp"
#include "powers_of_ten.hpp"
#include "round_magnitude.hpp"
#include "wide_division.hpp"
#include <limits>

namespace crowdrules {
namespace {

/// |value|, and the way back, without branches: signs of amounts come in no order that a processor could predict.
constexpr std::uint64_t magnitude_of(std::int64_t value) noexcept {
    const auto mask = static_cast<std::uint64_t>(value >> 63);
    return (static_cast<std::uint64_t>(value) ^ mask) - mask;
}

constexpr std::int64_t with_sign(std::uint64_t magnitude, bool negative) noexcept {
    const std::uint64_t mask = 0 - static_cast<std::uint64_t>(negative);
    return static_cast<std::int64_t>((magnitude ^ mask) - mask);
}

/// numerator / denominator where the numerator has 64 bits. Cannot overflow: without a remainder the quotient is no
/// larger than the numerator, and with one the denominator is at least 2.
inline std::int64_t divide_narrow(std::int64_t numerator, std::uint64_t denominator, RoundingMode mode) {
    const bool negative = numerator < 0;
    const std::uint64_t magnitude = magnitude_of(numerator);
    const std::uint64_t quotient = magnitude / denominator;
    const std::uint64_t remainder = magnitude - quotient * denominator;
    return with_sign(quotient + steps_away_from_zero(quotient, remainder, denominator, mode, negative), negative);
}

[[noreturn, gnu::cold, gnu::noinline]] void throw_overflow(std::int64_t amount, std::int64_t coefficient,
                                                           unsigned scale) {
    throw Overflow("the amount " + std::to_string(amount) + " times " + std::to_string(coefficient) + "e-" +
                   std::to_string(scale) + " needs more than 64 bits");
}

[[noreturn, gnu::cold, gnu::noinline]] void throw_scale(unsigned scale) {
    throw ContractViolation("multiply_rate: a scale of at most 18 decimals, found " + std::to_string(scale));
}

/// The same over the whole range of both factors.
[[gnu::noinline]] std::int64_t multiply_wide(std::int64_t amount, std::int64_t coefficient, unsigned scale,
                                             RoundingMode mode) {
    const bool negative = (amount < 0) != (coefficient < 0);
    const Natural128 product = static_cast<Natural128>(magnitude_of(amount)) * magnitude_of(coefficient);
    const auto denominator = static_cast<std::uint64_t>(power_of_ten(scale));
    if (static_cast<std::uint64_t>(product >> 64) >= denominator) throw_overflow(amount, coefficient, scale);
    const auto [quotient, remainder] = divide_wide(product, denominator);
    const std::uint64_t away = steps_away_from_zero(quotient, remainder, denominator, mode, negative);
    const std::uint64_t limit = (std::uint64_t{1} << 63) - (negative ? 0 : 1);
    if (quotient > limit - away) throw_overflow(amount, coefficient, scale);
    return with_sign(quotient + away, negative);
}

}  // namespace

std::string_view to_text(RoundingMode mode) noexcept {
    return detail::enumerator_name(mode);
}

std::optional<RoundingMode> rounding_mode(std::string_view name) noexcept {
    return detail::enumerator_called<RoundingMode>(name);
}

std::int64_t divide(std::int64_t numerator, std::int64_t denominator, RoundingMode mode) {
    expects(denominator > 0, "divide: the denominator must be positive");
    return divide_narrow(numerator, static_cast<std::uint64_t>(denominator), mode);
}

std::int64_t multiply_rate(std::int64_t amount, std::int64_t coefficient, unsigned scale, RoundingMode mode) {
    if (scale > 18) [[unlikely]]
        throw_scale(scale);
    std::int64_t product = 0;
    if (__builtin_mul_overflow(amount, coefficient, &product)) [[unlikely]]
        return multiply_wide(amount, coefficient, scale, mode);
    return divide_narrow(product, static_cast<std::uint64_t>(power_of_ten(scale)), mode);
}

}  // namespace crowdrules
