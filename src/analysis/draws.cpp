// SPDX-License-Identifier: BSL-1.0
#include "draws.hpp"

#include <crowdrules/analysis/philox.hpp>
#include <crowdrules/core/contract.hpp>

#include "core/vector_clones.hpp"
#include <algorithm>

namespace crowdrules::detail {

namespace {

constexpr std::size_t counters = block_of_draws / 8;
constexpr std::uint64_t low_half = 0xFFFF'FFFF;
constexpr std::uint64_t low_digits = 0xFFFF;

std::uint64_t purpose_of(const DrawPlace& place) noexcept {
    return static_cast<std::uint64_t>(place.what) + (std::uint64_t{place.digits} << 8);
}

/// philox() for the counters of a block, in 64-bit lanes, so that compilers keep eight counters in a register.
CROWDRULES_VECTOR_CLONES void philox_block(std::uint64_t seed, std::uint64_t run, std::uint64_t purpose,
                                           std::uint64_t first, std::uint64_t* digits) {
    for (std::size_t i = 0; i < counters; ++i) {
        std::uint64_t c0 = first + i;
        std::uint64_t c1 = purpose;
        std::uint64_t c2 = run & low_half;
        std::uint64_t c3 = run >> 32;
        std::uint64_t k0 = seed & low_half;
        std::uint64_t k1 = seed >> 32;
#pragma GCC unroll 10
        for (int round = 0; round < 10; ++round) {
            const std::uint64_t left = std::uint64_t{0xD2511F53} * c0;
            const std::uint64_t right = std::uint64_t{0xCD9E8D57} * c2;
            c0 = (right >> 32) ^ c1 ^ k0;
            c1 = right & low_half;
            c2 = (left >> 32) ^ c3 ^ k1;
            c3 = left & low_half;
            k0 = (k0 + 0x9E3779B9) & low_half;
            k1 = (k1 + 0xBB67AE85) & low_half;
        }
        digits[i] = c0 & low_digits;
        digits[counters + i] = c0 >> 16;
        digits[2 * counters + i] = c1 & low_digits;
        digits[3 * counters + i] = c1 >> 16;
        digits[4 * counters + i] = c2 & low_digits;
        digits[5 * counters + i] = c2 >> 16;
        digits[6 * counters + i] = c3 & low_digits;
        digits[7 * counters + i] = c3 >> 16;
    }
}

/// What lies surely below, and how many start with the threshold's own digits.
struct BlockSums {
    Below below;
    std::uint64_t undecided;
};

CROWDRULES_VECTOR_CLONES BlockSums count_below(const std::uint64_t* digits, std::size_t count,
                                               std::uint64_t threshold) {
    std::uint64_t below = 0;
    std::uint64_t undecided = 0;
    for (std::size_t i = 0; i < count; ++i) {
        below += digits[i] < threshold ? 1 : 0;
        undecided += digits[i] == threshold ? 1 : 0;
    }
    return {{below, 0, 0, 0}, undecided};
}

CROWDRULES_VECTOR_CLONES BlockSums sum_below(const std::uint64_t* digits, const std::int64_t* amounts,
                                             const std::int64_t* fees, std::size_t count, std::uint64_t threshold) {
    std::uint64_t below = 0;
    std::uint64_t amount = 0;
    std::uint64_t fee = 0;
    std::uint64_t undecided = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t chosen = digits[i] < threshold ? ~std::uint64_t{0} : 0;
        below -= chosen;  // all ones are -1
        amount += static_cast<std::uint64_t>(amounts[i]) & chosen;
        fee += static_cast<std::uint64_t>(fees[i]) & chosen;
        undecided += digits[i] == threshold ? 1 : 0;
    }
    return {{below, amount, fee, 0}, undecided};
}

CROWDRULES_VECTOR_CLONES std::uint64_t sum_column_below(const std::uint64_t* digits, const std::int64_t* column,
                                                        std::size_t count, std::uint64_t threshold) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += digits[i] < threshold ? static_cast<std::uint64_t>(column[i]) : 0;
    return sum;
}

void add(const Below& more, Below& sum) {
    sum.count += more.count;
    sum.amount += more.amount;
    sum.fee += more.fee;
    sum.tax += more.tax;
}

}  // namespace

void draw_block(const DrawPlace& place, std::uint64_t block, DrawBlock& digits) {
    philox_block(place.seed, place.run, purpose_of(place), block * counters, digits.data());
}

std::uint32_t draw_digits(const DrawPlace& place, std::uint64_t index) {
    const std::uint64_t block = index / block_of_draws;
    const std::uint64_t in_block = index % block_of_draws;
    const auto half = static_cast<std::size_t>(in_block / counters);
    const PhiloxCounter words =
        philox({static_cast<std::uint32_t>(block * counters + in_block % counters),
                static_cast<std::uint32_t>(purpose_of(place)), static_cast<std::uint32_t>(place.run),
                static_cast<std::uint32_t>(place.run >> 32)},
               {static_cast<std::uint32_t>(place.seed), static_cast<std::uint32_t>(place.seed >> 32)});
    return (words[half / 2] >> (16 * (half % 2))) & static_cast<std::uint32_t>(low_digits);
}

std::uint64_t draw_below(DrawPlace place, std::uint64_t index, std::uint64_t bound) {
    expects(bound > 0, "there is a number to draw");
    // Of 2^64 numbers those at the end that make no full round are drawn again, or some would be likelier than others.
    const std::uint64_t uneven = (0 - bound) % bound;
    for (;;) {
        std::uint64_t number = 0;
        for (int part = 0; part < 4; ++part, ++place.digits) number = number << 16 | draw_digits(place, index);
        if (number >= uneven) return number % bound;
    }
}

std::int64_t draw_from(const Odds& odds, const DrawPlace& place, std::uint64_t index) {
    std::uint64_t total = 0;
    for (const OddsLine& line : odds) total += static_cast<std::uint64_t>(line.weight);
    std::uint64_t chosen = draw_below(place, 2 * index, total);
    const OddsLine* line = odds.data();
    for (; chosen >= static_cast<std::uint64_t>(line->weight); ++line)
        chosen -= static_cast<std::uint64_t>(line->weight);
    const std::uint64_t width = static_cast<std::uint64_t>(line->to) - static_cast<std::uint64_t>(line->from) + 1;
    return line->from + static_cast<std::int64_t>(draw_below(place, 2 * index + 1, width));
}

Threshold::Threshold(const Decimal& value) {
    for (unsigned i = 0; i < value.scale(); ++i) one_ *= 10;
    rest_ = static_cast<Natural128>(value.coefficient());
    // One binary digit at a time: below 10^38, twice the rest still has 128 bits.
    if (rest_ == one_) {
        first_ = low_digits + 1;
        rest_ = 0;
    }
    for (int digit = 0; digit < 16 && rest_ != 0; ++digit) {
        rest_ *= 2;
        first_ = first_ << 1 | (rest_ >= one_ ? 1 : 0);
        if (rest_ >= one_) rest_ -= one_;
        if (rest_ == 0) first_ <<= 15 - digit;
    }
}

bool Threshold::is_above(DrawPlace place, std::uint64_t index) const {
    const std::uint64_t drawn = draw_digits(place, index);
    if (drawn != first_) return drawn < first_;
    for (Natural128 rest = rest_; rest != 0;) {
        ++place.digits;
        std::uint64_t wanted = 0;
        for (int digit = 0; digit < 16; ++digit) {
            rest *= 2;
            wanted = wanted << 1 | (rest >= one_ ? 1 : 0);
            if (rest >= one_) rest -= one_;
        }
        const std::uint64_t next = draw_digits(place, index);
        if (next != wanted) return next < wanted;
    }
    return false;  // exactly the threshold, or above it from here on
}

void add_below(const DrawPlace& place, std::uint64_t block, std::size_t count, std::span<const Threshold> thresholds,
               const BlockColumns& columns, std::span<Below> sums) {
    DrawBlock digits;
    draw_block(place, block, digits);
    for (std::size_t k = 0; k < thresholds.size(); ++k) {
        const Threshold& threshold = thresholds[k];
        BlockSums found = columns.amounts.empty()
                              ? count_below(digits.data(), count, threshold.first())
                              : sum_below(digits.data(), columns.amounts.data(), columns.fees.data(), count,
                                          threshold.first());
        if (!columns.taxes.empty())
            found.below.tax = sum_column_below(digits.data(), columns.taxes.data(), count, threshold.first());
        if (found.undecided > 0 && threshold.goes_on()) {
            for (std::size_t i = 0; i < count; ++i) {
                if (digits[i] != threshold.first() || !threshold.is_above(place, block * block_of_draws + i)) continue;
                Below one{.count = 1};
                if (!columns.amounts.empty()) one.amount = static_cast<std::uint64_t>(columns.amounts[i]);
                if (!columns.amounts.empty()) one.fee = static_cast<std::uint64_t>(columns.fees[i]);
                if (!columns.taxes.empty()) one.tax = static_cast<std::uint64_t>(columns.taxes[i]);
                add(one, found.below);
            }
        }
        add(found.below, sums[k]);
    }
}

}  // namespace crowdrules::detail
