// SPDX-License-Identifier: BSL-1.0
#include "shares.hpp"
#include <algorithm>
#include <numeric>
#include <vector>

namespace crowdrules {

void split_by_largest_remainder(const Shares& shares, std::span<std::int64_t> parts) {
    std::uint64_t spare = shares.units;
    std::vector<std::uint64_t> remainders(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::uint64_t cut = shares.cut(i);
        parts[i] = static_cast<std::int64_t>(cut);
        remainders[i] = shares.remainder(i);
        spare -= cut;
    }
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto first_unserved = order.begin() + static_cast<std::ptrdiff_t>(spare);
    std::nth_element(order.begin(), first_unserved, order.end(), [&remainders](std::size_t a, std::size_t b) {
        return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
    });
    std::for_each(order.begin(), first_unserved, [&parts](std::size_t i) { ++parts[i]; });
}

}  // namespace crowdrules
