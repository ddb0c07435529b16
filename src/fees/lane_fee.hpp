// SPDX-License-Identifier: BSL-1.0
// Lane fee: the fee of one amount in numbers that fit the lanes of a vector register. The loops over columns call it,
// and must stay plain: no branch, no division, no type but std::uint64_t, or compilers do not vectorise them.
//
// The line of an amount is chosen first; with its rounding added in the constant, the fee is numerator / divisor, cut.
// numerator x reciprocal / 2^shift is that quotient exactly for every numerator up to 2^31: the reciprocal is
// ceil(2^shift / divisor) with 2^shift >= 2^31 x divisor, so its error adds less than 1 / divisor.
//
// Half even is 'half down', and one unit more in the numerator where the quotient came out odd: that carries a tie, and
// nothing but a tie, to the next number.
#pragma once

#include <crowdrules/fees/fee_column.hpp>

namespace crowdrules {

/// Amounts from `lanes.limit` on have another fee: whoever calls this looks at all amounts of a block, and does the
/// block in another way where one is as large.
template <std::size_t thresholds, bool bounded>
[[gnu::always_inline]] inline std::uint64_t lane_fee(const FeeColumn::Lanes& lanes, std::uint64_t amount) {
    constexpr std::uint64_t lower_half = 0xFFFF'FFFF;
    std::uint64_t line = lanes.line[0];
    for (std::size_t k = 0; k < thresholds; ++k) line = amount < lanes.from[k] ? line : lanes.line[k + 1];
    const std::uint64_t numerator = (amount & lower_half) * (line >> 32) + (line & lower_half);
    std::uint64_t product = (numerator & lower_half) * lanes.reciprocal;
    product += (product & std::uint64_t{1} << lanes.shift) == 0 ? 0 : lanes.to_even;
    std::uint64_t fee = product >> lanes.shift;
    if constexpr (bounded) {
        fee *= lanes.step;
        const std::uint64_t least = amount < lanes.from[0] ? 0 : lanes.minimum;
        fee = fee < least ? least : fee;
        fee = fee > lanes.maximum ? lanes.maximum : fee;
    }
    return fee;
}

}  // namespace crowdrules
