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
#include <optional>
#include <utility>
#include <vector>

namespace crowdrules {
namespace {

constexpr std::size_t block_size = 1024;  // its quotients and remainders stay in the first cache

/// The exact shares of some consecutive parts.
struct Block {
    std::array<std::int64_t, block_size> quotients;
    std::array<std::int64_t, block_size> remainders;
};

/// The limits within which the shares of a block may be found with the help of floating point, see cut_narrow().
bool is_narrow(const Shares& shares) noexcept {
    return shares.units < (std::uint64_t{1} << 50) && shares.total_weight < (std::uint64_t{1} << 52);
}

/// quotient and remainder of weight x units / total, exactly, eight at a time where the processor can.
///
/// Processors divide no vectors of integers, so the quotient is first estimated in floating point and then put right
/// by its remainder. Within is_narrow() the estimate q is off by less than one, so that it is the quotient or one more:
///   - units < 2^50, weight and total < 2^52 are exact as doubles;
///   - units / total and its product with the weight round twice, each by at most 2^-53 of a share below 2^50:
///     together less than 1/4 (contracting to a fused multiply-add leaves out one of them);
///   - adding 2^52 rounds to a whole number, by at most 1/2.
/// weight x units - q x total then lies between -total and total. Its true value is thus known from its lowest 64
/// bits, which is all that is computed; a negative one says that q was one too high.
CROWDRULES_VECTOR_CLONES void cut_narrow(const Weight* weights, std::size_t count, std::uint64_t units,
                                         std::uint64_t total, Block& block) {
    constexpr double offset = 0x1p52;  // a double from 2^52 on holds a whole number in its lowest 52 bits
    constexpr auto offset_bits = std::bit_cast<std::uint64_t>(offset);
    const double ratio = static_cast<double>(units) / static_cast<double>(total);
    for (std::size_t i = 0; i < count; ++i) {
        const auto weight = static_cast<std::uint64_t>(weights[i]);
        const double share = (std::bit_cast<double>(weight | offset_bits) - offset) * ratio;
        const std::uint64_t estimate = std::bit_cast<std::uint64_t>(share + offset) - offset_bits;
        const auto rest = static_cast<std::int64_t>(weight * units - estimate * total);
        const std::int64_t one_too_high = rest >> 63;
        block.quotients[i] = static_cast<std::int64_t>(estimate) + one_too_high;
        block.remainders[i] = rest + (static_cast<std::int64_t>(total) & one_too_high);
    }
}

void cut_block(const Shares& shares, std::size_t begin, std::size_t count, Block& block) {
    if (is_narrow(shares)) return cut_narrow(&shares.weights[begin], count, shares.units, shares.total_weight, block);
    for (std::size_t i = 0; i < count; ++i) {
        const auto [quotient, remainder] = shares.share(begin + i);
        block.quotients[i] = static_cast<std::int64_t>(quotient);
        block.remainders[i] = static_cast<std::int64_t>(remainder);
    }
}

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

/// The line of the `length` largest values. Expects: 1 <= length <= values.size(), no value negative.
/// Cost: O(n), by a digit of 11 bits at a time; std::nth_element takes five times as long.
Line line_of_largest(std::vector<std::int64_t> values, std::size_t length) {
    constexpr int digit_bits = 11;
    constexpr std::size_t few = 64;
    while (values.size() > few) {
        const auto range = std::ranges::minmax(values);
        const auto range_bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(range.max - range.min)));
        const int shift = std::max(0, range_bits - digit_bits);
        const auto digit = [&](std::int64_t value) { return static_cast<std::size_t>((value - range.min) >> shift); };

        std::array<std::size_t, std::size_t{1} << digit_bits> tally{};
        for (const std::int64_t value : values) ++tally[digit(value)];
        std::size_t wanted = tally.size() - 1;
        for (; length > tally[wanted]; --wanted) length -= tally[wanted];
        if (shift == 0) return {range.min + static_cast<std::int64_t>(wanted), static_cast<std::int64_t>(length)};

        std::size_t kept = 0;
        for (const std::int64_t value : values) {
            values[kept] = value;
            kept += digit(value) == wanted ? 1 : 0;
        }
        values.resize(kept);
    }
    std::ranges::sort(values, std::greater{});
    const std::int64_t last = values[length - 1];
    const auto above = std::ranges::find(values, last) - values.begin();
    return {last, static_cast<std::int64_t>(length) - above};
}

/// Remainders between which that of the last part served is expected. Both ends belong to it.
struct Bracket {
    std::int64_t low;
    std::int64_t high;
};

Bracket everything(const Shares& shares) noexcept {
    return {0, static_cast<std::int64_t>(shares.total_weight)};
}

/// The bracket by a sample of some parts.
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
    Natural128 sum = 0;
    for_each_block(sample_size, [&](std::size_t begin, std::size_t count) {
        Block block;
        cut_block(sample, begin, count, block);
        for (std::size_t i = 0; i < count; ++i) {
            remainders[begin + i] = block.remainders[i];
            sum += static_cast<std::uint64_t>(block.remainders[i]);
        }
    });

    const auto length = static_cast<std::size_t>(sum / shares.total_weight);
    const std::size_t margin = root * 3 / 2;
    Bracket bracket = everything(shares);
    if (length > margin) bracket.high = line_of_largest(remainders, length - margin).last;
    if (length + margin < sample_size) bracket.low = line_of_largest(remainders, length + margin).last;
    return bracket;
}

// --------------------------------------------------------------------------------------------------- two readings

/// What the first reading finds.
struct Count {
    std::int64_t quotients = 0;
    std::int64_t above = 0;  ///< remainders above the bracket
    std::int64_t at_high = 0;
    std::int64_t at_low = 0;
};

CROWDRULES_VECTOR_CLONES void count_block(const Block& block, std::size_t count, Bracket bracket, Count& total) {
    Count sums;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t remainder = block.remainders[i];
        sums.quotients += block.quotients[i];
        sums.above += remainder > bracket.high ? 1 : 0;
        sums.at_high += remainder == bracket.high ? 1 : 0;
        sums.at_low += remainder == bracket.low ? 1 : 0;
    }
    total.quotients += sums.quotients;
    total.above += sums.above;
    total.at_high += sums.at_high;
    total.at_low += sums.at_low;
}

/// Writes the remainders strictly inside the bracket, and whatever comes last after them; returns how many are inside.
/// `inside` has room for the whole block, so that there is no branch on what no processor can predict.
std::size_t collect_block(const Block& block, std::size_t count, Bracket bracket, std::int64_t* inside) {
    // One comparison for both ends: whatever lies below the first value inside wraps around to far above.
    const auto first = static_cast<std::uint64_t>(bracket.low) + 1;
    const auto width = static_cast<std::uint64_t>(std::max(bracket.high - bracket.low - 1, std::int64_t{0}));
    std::size_t collected = 0;
    for (std::size_t i = 0; i < count; ++i) {
        inside[collected] = block.remainders[i];
        collected += static_cast<std::uint64_t>(block.remainders[i]) - first < width ? 1 : 0;
    }
    return collected;
}

/// Who is served, or nothing when the bracket missed.
std::optional<Line> find_line(const Shares& shares, Bracket bracket) {
    Count total;
    std::vector<std::int64_t> inside;
    std::size_t collected = 0;
    for_each_block(shares.weights.size(), [&](std::size_t begin, std::size_t count) {
        Block block;
        cut_block(shares, begin, count, block);
        count_block(block, count, bracket, total);
        if (inside.size() < collected + count) inside.resize(2 * (collected + count));
        collected += collect_block(block, count, bracket, &inside[collected]);
    });

    // The line from its head: above the bracket, at its high end, inside, at its low end.
    std::int64_t spare = static_cast<std::int64_t>(shares.units) - total.quotients - total.above;
    if (spare < 0) return std::nullopt;
    if (spare <= total.at_high) return Line{bracket.high, spare};
    spare -= total.at_high;
    if (spare <= static_cast<std::int64_t>(collected)) {
        inside.resize(collected);
        return line_of_largest(std::move(inside), static_cast<std::size_t>(spare));
    }
    spare -= static_cast<std::int64_t>(collected);
    if (spare <= total.at_low) return Line{bracket.low, spare};
    return std::nullopt;
}

CROWDRULES_VECTOR_CLONES std::int64_t ties_in(const Block& block, std::size_t count, std::int64_t last) {
    std::int64_t ties = 0;
    for (std::size_t i = 0; i < count; ++i) ties += block.remainders[i] == last ? 1 : 0;
    return ties;
}

/// Writes the parts of a block, with a unit more for every remainder above `unserved`.
CROWDRULES_VECTOR_CLONES void write_block(const Block& block, std::size_t count, std::int64_t unserved,
                                          std::int64_t* parts) {
    for (std::size_t i = 0; i < count; ++i) parts[i] = block.quotients[i] + (block.remainders[i] > unserved ? 1 : 0);
}

void hand_out(const Shares& shares, Line line, std::span<std::int64_t> parts) {
    for_each_block(parts.size(), [&](std::size_t begin, std::size_t count) {
        Block block;
        cut_block(shares, begin, count, block);
        const std::int64_t ties = line.ties > 0 ? ties_in(block, count, line.last) : 0;
        const bool serve_ties = ties > 0 && ties <= line.ties;
        write_block(block, count, serve_ties ? line.last - 1 : line.last, &parts[begin]);
        if (serve_ties) {
            line.ties -= ties;
        } else if (ties > 0) {
            // The line ends in the middle of this block.
            for (std::size_t i = 0; line.ties > 0; ++i) {
                if (block.remainders[i] != line.last) continue;
                ++parts[begin + i];
                --line.ties;
            }
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
