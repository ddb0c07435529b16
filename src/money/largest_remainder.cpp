// SPDX-License-Identifier: BSL-1.0
// Largest remainder over millions of parts, in about a nanosecond a part.
//
// Sorting the remainders is what makes this method slow elsewhere, and it is not needed: to hand out k spare units one
// must only know the remainder of the k-th in line. So the weights are read twice, without anything kept for each part:
//
//   1. a sample of the remainders gives a bracket in which that of the k-th should lie;
//   2. the first reading cuts all shares, counts the remainders above the bracket and collects the few inside;
//      from these follows the k-th exactly (or the bracket missed: then all are collected);
//   3. the second reading cuts all shares again, which is cheaper than to have kept them, and hands out.
#include "cut.hpp"
#include <array>
#include <bit>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace crowdrules {
namespace {

// ------------------------------------------------------------------------------------------------ the k-th in line

/// The line of the `length` largest values. Expects: 1 <= length <= values.size(), all values within the bracket.
/// Uses the values up. Cost: O(n), by a digit of 11 bits at a time; std::nth_element takes five times as long.
Line line_of_largest(std::span<std::int64_t> values, std::size_t length, Bracket bracket) {
    constexpr int digit_bits = 11;
    constexpr std::size_t few = 64;
    std::int64_t low = bracket.low;
    auto range_bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(bracket.high - low)));
    while (values.size() > few) {
        const int shift = std::max(0, range_bits - digit_bits);
        const auto digit = [&](std::int64_t value) { return static_cast<std::size_t>((value - low) >> shift); };

        std::array<std::uint32_t, std::size_t{1} << digit_bits> tally{};
        for (const std::int64_t value : values) ++tally[digit(value)];
        std::size_t wanted = tally.size() - 1;
        for (; length > tally[wanted]; --wanted) length -= tally[wanted];

        std::size_t kept = 0;
#pragma GCC unroll 8
        for (const std::int64_t value : values) {
            values[kept] = value;
            kept += digit(value) == wanted ? 1 : 0;
        }
        values = values.first(kept);
        low += static_cast<std::int64_t>(wanted) << shift;
        if (shift == 0) return {low, static_cast<std::int64_t>(length)};
        range_bits = shift;
    }
    std::ranges::sort(values, std::greater{});
    const std::int64_t last = values[length - 1];
    const auto above = std::ranges::find(values, last) - values.begin();
    return {last, static_cast<std::int64_t>(length) - above};
}

// ------------------------------------------------------------------------------------------- the loops over a block

/// Writes the remainders strictly inside the bracket, and whatever comes last after them; returns how many are inside.
/// `inside` has room for the whole block, so that there is no jump on what no processor can predict.
std::size_t collect_block(const std::int64_t* remainders, std::size_t count, Bracket bracket, std::int64_t* inside) {
    // One comparison for both ends: whatever lies below the first value inside wraps around to far above.
    const auto first = static_cast<std::uint64_t>(bracket.low) + 1;
    const auto width = static_cast<std::uint64_t>(std::max(bracket.high - bracket.low - 1, std::int64_t{0}));
    std::size_t collected = 0;
#pragma GCC unroll 8
    for (std::size_t i = 0; i < count; ++i) {
        inside[collected] = remainders[i];
        collected += static_cast<std::uint64_t>(remainders[i]) - first < width ? 1 : 0;
    }
    return collected;
}

// --------------------------------------------------------------------------------------- a sample and two readings

/// The bracket by a sample.
///
/// As many units are spare as the remainders sum to, in whole totals. The share of parts that are served is therefore
/// the mean remainder, and a sample of s parts finds it with a standard error of at most 1/2 / sqrt(s). Three times
/// that on either side misses in one of four hundred cases at worst, and a miss costs time alone.
Bracket sampled_bracket(const Shares& shares) {
    constexpr std::size_t too_few_to_sample = 4096;
    const std::size_t size = shares.weights.size();
    if (size < too_few_to_sample) return everything(shares);
    // A larger sample costs time, a smaller one a wider bracket: measured, the best is size^(2/3) or so.
    std::size_t root = 1;
    while (2 * root * root * root < size) ++root;
    const std::size_t sample_size = root * root;
    const std::size_t stride = size / sample_size;

    std::vector<Weight> weights(sample_size);
    for (std::size_t i = 0; i < sample_size; ++i) {
        // A different place in each stride, so that weights which repeat with some period do not mislead.
        const std::size_t place = (i * 0x9E3779B97F4A7C15U >> 32) % stride;
        weights[i] = shares.weights[i * stride + place];
    }
    const Shares sample{shares.units, weights, shares.total_weight};
    std::vector<std::int64_t> remainders(sample_size);
    const Bracket all = everything(shares);
    for_each_block(sample_size, [&](std::size_t begin, std::size_t count) {
        count_block(sample, begin, count, all, &remainders[begin]);
    });
    Natural128 sum = 0;
    for (const std::int64_t remainder : remainders) sum += static_cast<std::uint64_t>(remainder);

    const auto length = static_cast<std::size_t>(sum / shares.total_weight);
    const std::size_t margin = root * 3 / 2;
    Bracket bracket = all;
    std::vector<std::int64_t> copy = remainders;
    if (length > margin) bracket.high = line_of_largest(copy, length - margin, all).last;
    if (length + margin < sample_size) bracket.low = line_of_largest(remainders, length + margin, all).last;
    return bracket;
}

/// Who is served, or nothing when the bracket missed.
std::optional<Line> find_line(const Shares& shares, Bracket bracket) {
    Count total;
    // Room for all, without a value: memory that is never written to is never taken from the system.
    const auto inside = std::make_unique_for_overwrite<std::int64_t[]>(shares.weights.size());
    std::size_t collected = 0;
    std::array<std::int64_t, block_size> remainders;
    for_each_block(shares.weights.size(), [&](std::size_t begin, std::size_t count) {
        const Count counted = count_block(shares, begin, count, bracket, remainders.data());
        total.quotients += counted.quotients;
        total.above += counted.above;
        total.at_high += counted.at_high;
        total.at_low += counted.at_low;
        collected += collect_block(remainders.data(), count, bracket, &inside[collected]);
    });

    // The line from its head: above the bracket, at its high end, inside, at its low end.
    std::int64_t spare = static_cast<std::int64_t>(shares.units - total.quotients) - total.above;
    if (spare < 0) return std::nullopt;
    if (spare <= total.at_high) return Line{bracket.high, spare};
    spare -= total.at_high;
    if (spare <= static_cast<std::int64_t>(collected))
        return line_of_largest({inside.get(), collected}, static_cast<std::size_t>(spare), bracket);
    spare -= static_cast<std::int64_t>(collected);
    if (spare <= total.at_low) return Line{bracket.low, spare};
    return std::nullopt;
}

}  // namespace

void split_by_largest_remainder(const Shares& shares, std::span<std::int64_t> parts) {
    std::optional<Line> line = find_line(shares, sampled_bracket(shares));
    if (!line) line = find_line(shares, everything(shares));
    hand_out(shares, *line, parts);
}

}  // namespace crowdrules
