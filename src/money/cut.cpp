// SPDX-License-Identifier: BSL-1.0
#include "cut.hpp"

#include "core/vector_clones.hpp"
#include <bit>

namespace crowdrules {
namespace {

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

/// Writes the parts, with a unit more for every remainder above `last`, and with `ties_too` for that remainder itself.
/// Returns how many have exactly that.
std::int64_t write_block(const Shares& shares, std::size_t begin, std::size_t count, std::int64_t last, bool ties_too,
                         std::int64_t* parts) {
    const Weight* weights = &shares.weights[begin];
    if (NarrowCut::fits(shares))
        return write_narrow({shares.units, shares.total_weight}, weights, count, last, ties_too, parts);
    return write_with(WideCut{shares.units, shares.total_weight}, weights, count, last, ties_too, parts);
}

}  // namespace

Count count_block(const Shares& shares, std::size_t begin, std::size_t count, Bracket bracket,
                  std::int64_t* remainders) {
    const Weight* weights = &shares.weights[begin];
    if (NarrowCut::fits(shares))
        return count_narrow({shares.units, shares.total_weight}, weights, count, bracket, remainders);
    return count_with(WideCut{shares.units, shares.total_weight}, weights, count, bracket, remainders);
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

}  // namespace crowdrules
