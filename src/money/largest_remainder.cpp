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
#include "core/vector_clones.hpp"
#include "shares.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace crowdrules {
namespace {

constexpr std::size_t block_size = 1024;  // weights, remainders and parts of a block stay in the first cache

struct Share {
    std::uint64_t quotient;
    std::int64_t remainder;  // below 2^63, and signed numbers are compared faster in vectors
};

/// weight x units / total for any of them, one at a time.
struct WideCut {
    std::uint64_t units;
    std::uint64_t total;

    Share operator()(Weight weight) const noexcept {
        const Natural128 product = static_cast<Natural128>(units) * static_cast<std::uint64_t>(weight);
        const auto [quotient, remainder] = divide_wide(product, total);
        return {quotient, static_cast<std::int64_t>(remainder)};
    }
};

/// The same within the limits of fits(), and without a jump or a division, so that loops take eight parts at a time.
///
/// Processors divide no vectors of integers, so the quotient is first estimated in floating point and then put right
/// by its remainder. The estimate is off by less than one, so that it is the quotient or one more:
///   - units < 2^50, weight and total < 2^52 are exact as doubles;
///   - units / total and its product with the weight round twice, each by at most 2^-53 of a share below 2^50:
///     together by less than 1/4 + 2^-50 (contracting to a fused multiply-add leaves out one of them);
///   - adding 2^52 rounds to a whole number, by at most 1/2.
/// weight x units - estimate x total then lies between -total and total. Its true value is thus known from its lowest
/// 64 bits, which is all that is computed; a negative one says that the estimate was one too high.
struct NarrowCut {
    std::uint64_t units;
    std::uint64_t total;
    double ratio = static_cast<double>(units) / static_cast<double>(total);

    static bool fits(const Shares& shares) noexcept {
        return shares.units < (std::uint64_t{1} << 50) && shares.total_weight < (std::uint64_t{1} << 52);
    }

    Share operator()(Weight weight) const noexcept {
        constexpr double offset = 0x1p52;  // a double from 2^52 on holds a whole number in its lowest 52 bits
        constexpr auto offset_bits = std::bit_cast<std::uint64_t>(offset);
        const auto bits = static_cast<std::uint64_t>(weight);
        const double share = (std::bit_cast<double>(bits | offset_bits) - offset) * ratio;
        const std::uint64_t estimate = std::bit_cast<std::uint64_t>(share + offset) - offset_bits;
        const auto rest = static_cast<std::int64_t>(bits * units - estimate * total);
        const std::int64_t one_too_high = rest >> 63;
        return {estimate + static_cast<std::uint64_t>(one_too_high),
                rest + (static_cast<std::int64_t>(total) & one_too_high)};
    }
};

/// Calls visit(begin, count) for all parts, block by block.
template <class Visit>
void for_each_block(std::size_t size, Visit visit) {
    for (std::size_t begin = 0; begin < size; begin += block_size) visit(begin, std::min(block_size, size - begin));
}

// ------------------------------------------------------------------------------------------------ the k-th in line

/// Who is served: everybody with a remainder above `last`, and the first `ties` of those who have exactly that.
struct Line {
    std::int64_t last;
    std::int64_t ties;
};

/// Remainders between which that of the last part served is expected. Both ends belong to it.
struct Bracket {
    std::int64_t low;
    std::int64_t high;
};

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

Bracket everything(const Shares& shares) noexcept {
    return {0, static_cast<std::int64_t>(shares.total_weight)};
}

// ------------------------------------------------------------------------------------------- the loops over a block

/// What the first reading finds beside the remainders.
struct Count {
    std::uint64_t quotients = 0;
    std::int64_t above = 0;  ///< remainders above the bracket
    std::int64_t at_high = 0;
    std::int64_t at_low = 0;
};

template <class Cut>
[[gnu::always_inline]] inline Count count_with(Cut cut, const Weight* weights, std::size_t count, Bracket bracket,
                                               std::int64_t* remainders) {
    std::uint64_t quotients = 0;  // apart from Count, because compilers keep only plain variables in vectors
    std::int64_t above = 0;
    std::int64_t at_high = 0;
    std::int64_t at_low = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Share share = cut(weights[i]);
        remainders[i] = share.remainder;
        quotients += share.quotient;
        above += share.remainder > bracket.high ? 1 : 0;
        at_high += share.remainder == bracket.high ? 1 : 0;
        at_low += share.remainder == bracket.low ? 1 : 0;
    }
    return {quotients, above, at_high, at_low};
}

/// Writes the parts, with a unit more for every remainder above `last`, and with `ties_too` for that remainder itself.
/// Returns how many have exactly that.
template <class Cut>
[[gnu::always_inline]] inline std::int64_t write_with(Cut cut, const Weight* weights, std::size_t count,
                                                      std::int64_t last, bool ties_too, std::int64_t* parts) {
    const std::int64_t unserved = last - (ties_too ? 1 : 0);
    std::int64_t ties = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Share share = cut(weights[i]);
        parts[i] = static_cast<std::int64_t>(share.quotient + (share.remainder > unserved ? 1 : 0));
        ties += share.remainder == last ? 1 : 0;
    }
    return ties;
}

CROWDRULES_VECTOR_CLONES Count count_narrow(NarrowCut cut, const Weight* weights, std::size_t count, Bracket bracket,
                                            std::int64_t* remainders) {
    return count_with(cut, weights, count, bracket, remainders);
}

CROWDRULES_VECTOR_CLONES std::int64_t write_narrow(NarrowCut cut, const Weight* weights, std::size_t count,
                                                   std::int64_t last, bool ties_too, std::int64_t* parts) {
    return write_with(cut, weights, count, last, ties_too, parts);
}

Count count_block(const Shares& shares, std::size_t begin, std::size_t count, Bracket bracket,
                  std::int64_t* remainders) {
    const Weight* weights = &shares.weights[begin];
    if (NarrowCut::fits(shares))
        return count_narrow({shares.units, shares.total_weight}, weights, count, bracket, remainders);
    return count_with(WideCut{shares.units, shares.total_weight}, weights, count, bracket, remainders);
}

std::int64_t write_block(const Shares& shares, std::size_t begin, std::size_t count, std::int64_t last, bool ties_too,
                         std::int64_t* parts) {
    const Weight* weights = &shares.weights[begin];
    if (NarrowCut::fits(shares))
        return write_narrow({shares.units, shares.total_weight}, weights, count, last, ties_too, parts);
    return write_with(WideCut{shares.units, shares.total_weight}, weights, count, last, ties_too, parts);
}

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

void hand_out(const Shares& shares, Line line, std::span<std::int64_t> parts) {
    for_each_block(parts.size(), [&](std::size_t begin, std::size_t count) {
        const bool ties_too = line.ties > 0;
        const std::int64_t ties = write_block(shares, begin, count, line.last, ties_too, &parts[begin]);
        if (!ties_too) return;
        line.ties -= ties;
        // Where the line ends within a block, its last ties were served too much: take their units back.
        for (std::size_t i = begin + count; line.ties < 0; ++line.ties) {
            do --i;
            while (static_cast<std::int64_t>(shares.remainder(i)) != line.last);
            --parts[i];
        }
    });
}

}  // namespace

void split_by_largest_remainder(const Shares& shares, std::span<std::int64_t> parts) {
    std::optional<Line> line = find_line(shares, sampled_bracket(shares));
    if (!line) line = find_line(shares, everything(shares));
    hand_out(shares, *line, parts);
}

}  // namespace crowdrules
