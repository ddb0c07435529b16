// SPDX-License-Identifier: BSL-1.0
// Fee column: one schedule over a column of amounts, at the speed of memory, with the answers of `fee_on`.
//
//   FeeColumn processing(schedule);
//   processing.fees(amounts, fees);            // fees[i] == fee_on(schedule, amounts[i])
//   processing.total(amounts);                 // their exact sum, nothing stored
//
// The schedule is compiled once into integers on one scale; blocks of amounts whose products stay small go through a
// plain loop that the compiler vectorises, any other block through the exact scalar path. Answers are the same.
#pragma once

#include <crowdrules/fees/fee_schedule.hpp>

#include <array>
#include <optional>
#include <span>

namespace crowdrules {

/// A compiled schedule. Cheap to copy.
class FeeColumn {
  public:
    /// Expects: the schedule has no defect. Throws ContractViolation.
    explicit FeeColumn(const FeeSchedule& schedule);

    /// The fee of each amount, in minor units, and their sum. Expects: equal lengths, no overlap, no negative amount.
    /// Throws ContractViolation, Overflow; `fees` is then unspecified.
    Int128 fees(std::span<const std::int64_t> amounts, std::span<std::int64_t> fees) const;
    /// The sum of the fees of all amounts. Expects: no negative amount. Throws ContractViolation, Overflow.
    [[nodiscard]] Int128 total(std::span<const std::int64_t> amounts) const;
    /// One fee, the same answer.
    [[nodiscard]] std::int64_t fee(std::int64_t amount) const;

    /// Blocks of amounts below this go at the speed of memory: 2^k minor units, or 0 when none do (more than four
    /// bands, rates of more than nine decimals). For 3% + 0.20 from 10.00 on: 5,368,709.12; for 2.917%: 5,242.88.
    [[nodiscard]] std::int64_t fast_below() const noexcept { return static_cast<std::int64_t>(lanes_.limit); }

    /// The same rule for amounts below `limit`, in numbers that fit the lanes of a vector register. Of no use to
    /// callers.
    struct Lanes {
        std::array<std::uint64_t, 4> from;  ///< amounts from here on belong to the next line
        std::array<std::uint64_t, 5> line;  ///< rate in the upper half; constant and rounding in the lower
        std::uint64_t reciprocal;           ///< of the divisor, times 2^shift
        std::uint64_t shift;
        std::uint64_t to_even;  ///< what pushes a tie off an odd quotient: the reciprocal, or 0
        std::uint64_t step;
        std::uint64_t minimum;
        std::uint64_t maximum;
        std::uint64_t limit = 0;   ///< a power of two, or 0: no amount goes this way
        std::uint64_t thresholds;  ///< how many of `from` are in use
        bool bounded;              ///< has a step, minimum or maximum
    };

  private:
    friend class SettleColumn;  // goes through a block once for two schedules

    /// From `from` minor units on, the exact fee is amount x rate + constant, in 10^-scale minor units. Both bandings
    /// come down to this: in a marginal one the constant holds what the lower bands add and the rate takes too much.
    struct Line {
        std::int64_t from;
        std::int64_t rate;
        Int128 constant;
    };

    [[nodiscard]] std::uint64_t limit_of_lanes(std::uint64_t divisor, std::uint64_t bias) const;
    void compile_lanes();
    /// The sum of the fees, which are kept where `fees` is not null.
    Int128 for_each_block(std::span<const std::int64_t> amounts, std::int64_t* fees) const;

    std::vector<Line> lines_;  ///< ascending; the first is the free one, from 0
    Int128 scale_ = 1;         ///< 10^(decimals of the longest rate)
    Rounding rounding_;
    std::int64_t minimum_;
    std::optional<std::int64_t> maximum_;
    Lanes lanes_{};
};

}  // namespace crowdrules
