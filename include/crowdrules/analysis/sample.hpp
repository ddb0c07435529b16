// SPDX-License-Identifier: BSL-1.0
// Sample: every value that a figure took in a simulation, so that its sum and quantiles are exact.
//
//   1.00 2.00 4.00 8.00       sum 15.00   quantile 0% 1.00   25% 1.00   50% 2.00   51% 4.00   100% 8.00
//
// Samples of parts of a simulation are merged into that of the whole, in any order, with the identical result. Nothing
// is approximated, so a sample takes 8 bytes a run: a million runs of a dozen figures are 100 MB.
#pragma once

#include <crowdrules/money/decimal.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace crowdrules {

class Sample {
  public:
    Sample() = default;
    explicit Sample(std::vector<std::int64_t> values);

    /// Takes in the values of another sample. Cost: O(both).
    void merge(const Sample& other);

    [[nodiscard]] std::uint64_t count() const noexcept { return values_.size(); }
    [[nodiscard]] Int128 sum() const noexcept { return sum_; }
    /// The smallest value that at least `share` of all values do not exceed: a value that occurred, never one between
    /// two. Expects: a sample with values; a share of 0 to 1. Throws ContractViolation.
    [[nodiscard]] std::int64_t quantile(const Decimal& share) const;
    /// All values, ascending.
    [[nodiscard]] std::span<const std::int64_t> values() const noexcept { return values_; }

    bool operator==(const Sample&) const = default;

  private:
    std::vector<std::int64_t> values_;
    Int128 sum_ = 0;
};

}  // namespace crowdrules
