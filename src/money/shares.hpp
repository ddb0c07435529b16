// SPDX-License-Identifier: BSL-1.0
// Shares: the exact arithmetic under every method of allocation, on magnitudes. Signs and steps stay with allocate.cpp.
#pragma once

#include <crowdrules/money/allocate.hpp>

#include "wide_division.hpp"
#include <cstdint>
#include <span>

namespace crowdrules {

/// A whole number of units, at most 2^63, to be split in proportion to weights of which some is positive and none
/// negative. `total_weight` is their sum, at most 2^63 - 1.
struct Shares {
    std::uint64_t units;
    std::span<const Weight> weights;
    std::uint64_t total_weight;

    /// The exact share of part i: whole units, and the rest in units of 1 / total_weight.
    [[nodiscard]] WideDivision share(std::size_t i) const noexcept {
        // No share is larger than the whole, so the quotient has 64 bits.
        return divide_wide(static_cast<Natural128>(units) * static_cast<std::uint64_t>(weights[i]), total_weight);
    }
    [[nodiscard]] std::uint64_t cut(std::size_t i) const noexcept { return share(i).quotient; }
    [[nodiscard]] std::uint64_t remainder(std::size_t i) const noexcept { return share(i).remainder; }
};

/// The sum of weights. Throws ContractViolation for a negative one, Overflow beyond 2^63 - 1.
[[nodiscard]] std::uint64_t weight_sum(std::span<const Weight> weights);

/// AllocationMethod::largest_remainder. Expects: parts.size() == weights.size(). Cost: O(n).
void split_by_largest_remainder(const Shares& shares, std::span<std::int64_t> parts);

/// AllocationMethod::sainte_lague. Expects: as above. Cost: O(n log n).
void split_by_highest_averages(const Shares& shares, std::span<std::int64_t> parts);

}  // namespace crowdrules
