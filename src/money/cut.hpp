// SPDX-License-Identifier: BSL-1.0
// Cut: the exact share of each part of a block, cut to whole units, in half a nanosecond a part. Every reading that
// largest_remainder makes of its weights is one of these two.
#pragma once

#include "shares.hpp"
#include <algorithm>

namespace crowdrules {

inline constexpr std::size_t block_size = 1024;  ///< weights, remainders and parts of a block stay in the first cache

/// Calls visit(begin, count) for all parts, block by block.
template <class Visit>
void for_each_block(std::size_t size, Visit visit) {
    for (std::size_t begin = 0; begin < size; begin += block_size) visit(begin, std::min(block_size, size - begin));
}

/// Remainders between which that of the last part served is expected. Both ends belong to it.
struct Bracket {
    std::int64_t low;
    std::int64_t high;
};

[[nodiscard]] inline Bracket everything(const Shares& shares) noexcept {
    return {0, static_cast<std::int64_t>(shares.total_weight)};
}

/// What the first reading finds beside the remainders.
struct Count {
    std::uint64_t quotients = 0;
    std::int64_t above = 0;  ///< remainders above the bracket
    std::int64_t at_high = 0;
    std::int64_t at_low = 0;
};

/// Writes the remainders of parts `begin` to `begin + count`.
Count count_block(const Shares& shares, std::size_t begin, std::size_t count, Bracket bracket,
                  std::int64_t* remainders);

/// Who is served: everybody with a remainder above `last`, and the first `ties` of those who have exactly that.
struct Line {
    std::int64_t last;
    std::int64_t ties;
};

/// Writes all parts: the cut shares, with a unit more for everybody who is served.
void hand_out(const Shares& shares, Line line, std::span<std::int64_t> parts);

}  // namespace crowdrules
