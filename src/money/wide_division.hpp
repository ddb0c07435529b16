// SPDX-License-Identifier: BSL-1.0
// Division of 128 bits by 64 where the quotient is known to fit in 64.
#pragma once

#include <cstdint>

namespace crowdrules {

__extension__ typedef unsigned __int128 Natural128;  ///< holds any product of two 64-bit numbers

struct WideDivision {
    std::uint64_t quotient;
    std::uint64_t remainder;
};

/// Expects: the upper half of `numerator` is below `denominator`, so that the quotient has 64 bits.
inline WideDivision divide_wide(Natural128 numerator, std::uint64_t denominator) noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
    // One instruction. A compiler may not use it for `/`, because it does not know that the quotient fits; it calls a
    // function that takes twice the time.
    WideDivision result;
    __asm__("divq %[denominator]"
            : "=a"(result.quotient), "=d"(result.remainder)
            : [denominator] "r"(denominator), "a"(static_cast<std::uint64_t>(numerator)),
              "d"(static_cast<std::uint64_t>(numerator >> 64))
            : "cc");
    return result;
#else
    const auto quotient = static_cast<std::uint64_t>(numerator / denominator);
    return {quotient, static_cast<std::uint64_t>(numerator) - quotient * denominator};
#endif
}

}  // namespace crowdrules
