// SPDX-License-Identifier: BSL-1.0
// Draws: random numbers by place, and decisions of exactly the probability that was stated.
//
// A number U between 0 and 1 is drawn digit by digit, 16 binary digits at a time, and compared with a decimal, whose
// binary digits mostly never end. The first digits decide all but one of 65,536 draws; where they equal those of the
// decimal, the next digits decide, and so on. So 3% happens with the probability 3%, not with that of the nearest
// binary fraction, and on every machine in the same runs.
#pragma once

#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/money/decimal.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace crowdrules::detail {

/// What a word is drawn for. The number is a part of its place: never renumber.
enum class DrawFor : std::uint32_t { fate = 0, pledges = 1, units = 2, returns = 3 };

/// Where a number lies: of which seed and run, what it is drawn for, and which 16 binary digits of it.
struct DrawPlace {
    std::uint64_t seed;
    std::uint64_t run;
    DrawFor what;
    std::uint32_t digits = 0;  ///< 0 for the first 16, 1 for the next
};

/// Things of one run that are drawn for together. In block b, thing number i takes half i / 128 (of the eight halves of
/// the four words, the lower of each first) of philox({b * 128 + i % 128, what + 2^8 * digits, run}, seed).
inline constexpr std::size_t block_of_draws = 1024;
using DrawBlock = std::array<std::uint64_t, block_of_draws>;  ///< each below 2^16
/// So many things of one run can be drawn for.
inline constexpr std::uint64_t most_draws = std::uint64_t{1} << 35;

void draw_block(const DrawPlace& place, std::uint64_t block, DrawBlock& digits);
/// 16 binary digits of thing number `index`.
[[nodiscard]] std::uint32_t draw_digits(const DrawPlace& place, std::uint64_t index);

/// A whole number of 0 to bound - 1, each exactly as likely, for thing number `index`. Expects: bound > 0.
[[nodiscard]] std::uint64_t draw_below(DrawPlace place, std::uint64_t index, std::uint64_t bound);
/// A whole number by the odds: number `index` of those drawn for this. Expects: odds without defect.
[[nodiscard]] std::int64_t draw_from(const Odds& odds, const DrawPlace& place, std::uint64_t index);

/// A decimal of 0 to 1 to be compared with numbers that are drawn.
class Threshold {
  public:
    explicit Threshold(const Decimal& value);

    /// Its first 16 binary digits; 2^16 for one.
    [[nodiscard]] std::uint64_t first() const noexcept { return first_; }
    /// Whether a number that starts with first() is not decided yet.
    [[nodiscard]] bool goes_on() const noexcept { return rest_ != 0; }
    /// Whether number `index` at this place lies below the threshold.
    [[nodiscard]] bool is_above(DrawPlace place, std::uint64_t index) const;

  private:
    __extension__ typedef unsigned __int128 Natural128;
    std::uint64_t first_ = 0;
    Natural128 rest_ = 0;  ///< what the first digits leave, in units of 1 / one_ / 2^16
    Natural128 one_ = 1;
};

/// What the things of a block that lie below each threshold come to.
struct Below {
    std::uint64_t count = 0;
    std::uint64_t amount = 0;
    std::uint64_t fee = 0;
    std::uint64_t tax = 0;
};

/// Columns of a block. Empty spans are not summed up; `amounts` empty means that only counts are wanted.
struct BlockColumns {
    std::span<const std::int64_t> amounts;
    std::span<const std::int64_t> fees;
    std::span<const std::int64_t> taxes;
};

/// Adds to `sums[k]` what lies below `thresholds[k]`, for the first `count` things of a block.
/// Expects: thresholds ascending; columns of `count` or empty; fees where there are amounts.
void add_below(const DrawPlace& place, std::uint64_t block, std::size_t count, std::span<const Threshold> thresholds,
               const BlockColumns& columns, std::span<Below> sums);

}  // namespace crowdrules::detail
