// SPDX-License-Identifier: BSL-1.0
#include "wide.hpp"

#include <crowdrules/core/contract.hpp>

#include "narrow.hpp"
#include <limits>

namespace crowdrules {
namespace {

bool fits_64_bits(Int128 value) noexcept {
    return value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max();
}

}  // namespace

Wide to_wide(Int128 value) {
    const bool negative = value < 0;
    __extension__ const auto magnitude = static_cast<unsigned __int128>(negative ? -value : value);
    Wide wide = static_cast<std::uint64_t>(magnitude >> 64);
    wide <<= 64;
    wide += static_cast<std::uint64_t>(magnitude);
    return negative ? Wide(-wide) : wide;
}

Int128 to_int128(const Wide& value, const char* what) {
    static const Wide limit = wide_power_of_ten(38);
    const Wide magnitude = abs(value);
    if (magnitude >= limit) throw Overflow(what);
    static const Wide half = Wide(1) << 64;
    const auto high = static_cast<std::uint64_t>(magnitude / half);
    const auto low = static_cast<std::uint64_t>(magnitude % half);
    const Int128 result = (static_cast<Int128>(high) << 64) | static_cast<Int128>(low);
    return value < 0 ? -result : result;
}

std::int64_t to_int64(const Wide& value, const char* what) {
    const Int128 narrow = to_int128(value, what);
    if (!fits_64_bits(narrow)) throw Overflow(what);
    return static_cast<std::int64_t>(narrow);
}

Wide wide_power_of_ten(unsigned exponent) {
    return pow(Wide(10), exponent);
}

Wide divide(const Wide& numerator, const Wide& denominator, RoundingMode mode) {
    const bool negative = numerator < 0;
    const Wide magnitude = abs(numerator);
    const Wide quotient = magnitude / denominator;
    const Wide remainder = magnitude - quotient * denominator;
    const Wide rounded = quotient + steps_away_from_zero(quotient, remainder, denominator, mode, negative);
    return negative ? Wide(-rounded) : rounded;
}

std::int64_t scaled(std::int64_t amount, const Decimal& rate, int shift, Rounding rounding) {
    expects(rounding.step >= 1, "a rounding step of at least 1 minor unit");
    const int scale = static_cast<int>(rate.scale()) - shift;
    if (rounding.step == 1 && scale >= 0 && scale <= 18 && fits_64_bits(rate.coefficient()))
        return multiply_rate(amount, static_cast<std::int64_t>(rate.coefficient()), static_cast<unsigned>(scale),
                             rounding.mode);

    constexpr const char* too_large = "an amount times a rate needs more than 64 bits";
    Int128 above = 0, below = rounding.step;
    if (!__builtin_mul_overflow(static_cast<Int128>(amount), rate.coefficient(), &above)) {
        Int128& shifted = scale < 0 ? above : below;
        if (scale_up(shifted, static_cast<unsigned>(scale < 0 ? -scale : scale), shifted)) {
            const bool negative = above < 0;
            const Natural128 steps =
                rounded_quotient(magnitude_of(above), static_cast<Natural128>(below), rounding.mode, negative);
            Int128 result = 0;
            if (__builtin_mul_overflow(static_cast<Int128>(negative ? 0 - steps : steps),
                                       static_cast<Int128>(rounding.step), &result) ||
                !fits_64_bits(result))
                throw Overflow(too_large);
            return static_cast<std::int64_t>(result);
        }
    }
    Wide numerator = Wide(amount) * to_wide(rate.coefficient());
    Wide denominator = rounding.step;
    (scale < 0 ? numerator : denominator) *= wide_power_of_ten(static_cast<unsigned>(scale < 0 ? -scale : scale));
    const Wide steps = divide(numerator, denominator, rounding.mode);
    return to_int64(steps * rounding.step, too_large);
}

}  // namespace crowdrules
