// SPDX-License-Identifier: BSL-1.0
// Half even, as one writes it by hand with each of the number types that one would otherwise take.
#pragma once

#include <boost/multiprecision/cpp_dec_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>

namespace contenders {

__extension__ typedef __int128 CompilerInt128;
using CheckedInt128 = boost::multiprecision::checked_int128_t;
using CheckedInt256 = boost::multiprecision::checked_int256_t;
using UnboundedInt = boost::multiprecision::cpp_int;
using DecimalFloat = boost::multiprecision::cpp_dec_float_50;

/// numerator / divisor to the nearest whole number, ties to the even one. Expects: numerator >= 0.
template <class Number>
std::int64_t half_even(const Number& numerator, const Number& divisor) {
    Number quotient = numerator / divisor;
    const Number rest = numerator - quotient * divisor;
    if (rest * 2 > divisor || (rest * 2 == divisor && quotient % 2 == 1)) quotient += 1;
    return static_cast<std::int64_t>(quotient);
}

template <>
inline std::int64_t half_even(const DecimalFloat& numerator, const DecimalFloat& divisor) {
    const DecimalFloat exact = numerator / divisor;
    const DecimalFloat whole = floor(exact);
    const DecimalFloat rest = exact - whole;
    static const DecimalFloat half(0.5);
    auto quotient = static_cast<std::int64_t>(whole);
    if (rest > half || (rest == half && quotient % 2 == 1)) ++quotient;
    return quotient;
}

}  // namespace contenders
