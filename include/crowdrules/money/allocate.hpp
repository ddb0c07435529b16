// SPDX-License-Identifier: BSL-1.0
// Allocation: split an amount into parts that add up to it, to the last cent.
//
// Ten dollars in three parts leave a cent over. Every part is first cut toward zero to whole minor units (or steps);
// then a named method hands the spare units out. None is lost and none is made up, and the answer depends on the
// arguments alone.
//
//   allocate(10.00 USD, {1, 1, 1}, largest_remainder)   ->  3.34  3.33  3.33
//   allocate( 0.05 USD, {7, 3},    largest_remainder)   ->  0.04  0.01       (and negated for -0.05 USD)
//   allocate( 0.05 USD, {7, 3},    last)                ->  0.03  0.02
//
// A stream of payments (royalties, a note paid back month by month) is split by RunningAllocation, which allocates
// the running total: nobody's cumulative share ever falls, and however the stream is cut the shares end the same.
#pragma once

#include <crowdrules/money/money.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crowdrules {

/// Who gets the spare units. Mirrored for negative amounts. A weight of zero gets nothing, whatever the method.
enum class AllocationMethod : std::uint8_t {
    largest_remainder,  ///< one each to the largest cut-off fractions, ties to the earlier (Hamilton, Hare)
    largest_weight,     ///< one each to the largest weights, ties to the earlier
    first,              ///< one each from the first part on
    last,               ///< one each from the last part back
    rotating,           ///< one each from part `turn` on, wrapping around: nobody is always the lucky one
    sainte_lague,       ///< by highest averages w/(2s+1), ties to the earlier: house-monotone, fair to small parts
    sequential,         ///< each part from the last takes its cut share of what is left; the first takes the rest
};

[[nodiscard]] std::string_view to_text(AllocationMethod method) noexcept;
[[nodiscard]] std::optional<AllocationMethod> allocation_method(std::string_view name) noexcept;

/// How to split.
struct Split {
    AllocationMethod spare;
    std::int64_t step = 1;  ///< parts are multiples of this many minor units, as far as the whole is
    std::size_t turn = 0;   ///< for `rotating`: the index of the first part to be given a spare unit

    constexpr bool operator==(const Split&) const = default;
};

/// A share in a split: a whole number, at least 0. Shares are relative; they need not total anything.
using Weight = std::int64_t;

/// Whole-number weights in exactly the proportion of `shares` (percentages, fractions of 1).
/// Refuses: a negative share; shares whose common scale leaves 64 bits.
[[nodiscard]] Result<std::vector<Weight>> weights_of(std::span<const Decimal> shares);

/// Splits `whole` in proportion to `weights`.
/// Expects: some weight is positive, none negative, and they total at most 2^63 - 1; split.step >= 1; for `rotating`,
///   split.turn < weights.size().
/// Ensures: one part for each weight, in order; the parts sum to `whole`; a zero weight gets zero; the parts of the
///   negative are the negative parts. Only whole steps are split: what a whole leaves beside its steps goes to the part
///   that the method serves first. In steps, largest_remainder keeps each part less than one from its exact share, and
///   largest_weight, first, last and rotating at most one.
/// Cost: O(n), about 1 to 2 ns a part for largest_remainder; O(n log n) for sainte_lague.
[[nodiscard]] std::vector<Money> allocate(Money whole, std::span<const Weight> weights, Split split);

/// The same on bare minor units, into `parts` (of the same length as `weights`): for columns of millions.
void allocate_into(std::int64_t whole, std::span<const Weight> weights, Split split, std::span<std::int64_t> parts);

/// What is cut toward zero, and what that leaves over: for those who keep the remainder in a pot of its own.
struct Apportioned {
    std::vector<Money> parts;
    Money remainder;  ///< whole minus the parts
};
/// Cuts every part toward zero to a multiple of `step` and hands nothing out.
/// With `whole_blocks` the parts stay in exact proportion: each is weight x one common number (weights reduced to
/// lowest terms first).
[[nodiscard]] Apportioned apportion(Money whole, std::span<const Weight> weights, std::int64_t step, bool whole_blocks);

/// Splits a stream so that after each payment the cumulative parts are the Sainte-Lague split of the running total.
///   RunningAllocation royalty({2, 1});   royalty.add(0.01) -> 0.01 0.00;  royalty.add(0.01) -> 0.00 0.01;  ...
/// Ensures: no cumulative part falls while the total rises; the parts of each payment sum to it; adding a stream in
///   other portions ends at the same cumulative parts. A negative payment (a return) retraces the same path.
class RunningAllocation {
  public:
    /// Expects: as allocate().
    RunningAllocation(std::vector<Weight> weights, Currency currency);

    /// The parts of this payment. Expects: the running total stays at or above zero. Throws CurrencyMismatch,
    /// ContractViolation or Overflow, and changes nothing.
    std::vector<Money> add(Money payment);

    [[nodiscard]] Money total() const noexcept { return {total_, currency_}; }
    /// What each part has had so far, in minor units.
    [[nodiscard]] std::span<const std::int64_t> cumulative() const noexcept { return cumulative_; }

  private:
    std::vector<Weight> weights_;
    std::vector<std::int64_t> cumulative_;
    std::int64_t total_ = 0;
    Currency currency_;
};

}  // namespace crowdrules
