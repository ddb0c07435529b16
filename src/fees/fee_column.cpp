// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>

#include <fmt/format.h>

#include "core/vector_clones.hpp"
#include "lane_fee.hpp"
#include "rounded_fee.hpp"
#include <functional>

namespace crowdrules {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t lower_half = 0xFFFF'FFFF;

/// Amounts that are judged together: 32 KiB, so that a block that must be done again is still in the cache.
constexpr std::size_t block = 4096;

/// In the lanes every numerator is below this; so its product with the reciprocal stays within 64 bits.
constexpr std::uint64_t lane_numerator_limit = std::uint64_t{1} << 31;

/// So that the fees of a block add up within 64 bits.
constexpr std::int64_t lane_minimum_limit = std::int64_t{1} << 50;

struct BlockSums {
    std::uint64_t fees;
    std::uint64_t bits;  ///< all bits that any amount has: says whether all were small enough
};

template <std::size_t thresholds, bool bounded, bool stored>
[[gnu::always_inline]] inline BlockSums block_of_fees(const FeeColumn::Lanes& compiled, const std::int64_t* amounts,
                                                      std::int64_t* __restrict fees, std::size_t count) {
    const FeeColumn::Lanes lanes = compiled;  // by value: no store below can change it
    BlockSums sums{0, 0};
    for (std::size_t i = 0; i < count; ++i) {
        const auto amount = static_cast<std::uint64_t>(amounts[i]);
        const std::uint64_t fee = lane_fee<thresholds, bounded>(lanes, amount);
        sums.fees += fee;
        sums.bits |= amount;
        if constexpr (stored) fees[i] = static_cast<std::int64_t>(fee);
    }
    return sums;
}

template <std::size_t thresholds, bool bounded>
[[gnu::always_inline]] inline BlockSums block_of_fees(const FeeColumn::Lanes& lanes, const std::int64_t* amounts,
                                                      std::int64_t* fees, std::size_t count) {
    return fees != nullptr ? block_of_fees<thresholds, bounded, true>(lanes, amounts, fees, count)
                           : block_of_fees<thresholds, bounded, false>(lanes, amounts, fees, count);
}

/// Without a place for the fees only their sum. Not a template: a function that is compiled for several processors
/// cannot be one.
CROWDRULES_VECTOR_CLONES
BlockSums fast_block(const FeeColumn::Lanes& lanes, const std::int64_t* amounts, std::int64_t* fees,
                     std::size_t count) {
    if (lanes.bounded)
        return lanes.thresholds <= 2 ? block_of_fees<2, true>(lanes, amounts, fees, count)
                                     : block_of_fees<4, true>(lanes, amounts, fees, count);
    switch (lanes.thresholds) {
        case 0:
            return block_of_fees<0, false>(lanes, amounts, fees, count);
        case 1:
            return block_of_fees<1, false>(lanes, amounts, fees, count);
        case 2:
            return block_of_fees<2, false>(lanes, amounts, fees, count);
        default:
            return block_of_fees<4, false>(lanes, amounts, fees, count);
    }
}

/// What is added to a numerator so that cutting the quotient rounds it in the named way. Half even is half down here.
Int128 bias_of(RoundingMode mode, Int128 divisor) {
    switch (mode) {
        case RoundingMode::half_even:
        case RoundingMode::half_down:
            return (divisor - 1) / 2;
        case RoundingMode::half_up:
            return divisor / 2;
        case RoundingMode::up:
        case RoundingMode::ceiling:
            return divisor - 1;
        case RoundingMode::down:
        case RoundingMode::floor:
            return 0;
    }
    throw ContractViolation("a RoundingMode outside the enumeration");
}

bool overlap(std::span<const std::int64_t> a, std::span<const std::int64_t> b) noexcept {
    const std::less<const std::int64_t*> before;  // pointers into different arrays have this order only
    return before(a.data(), b.data() + b.size()) && before(b.data(), a.data() + a.size());
}

}  // namespace

FeeColumn::FeeColumn(const FeeSchedule& schedule)
    : rounding_(schedule.rounding), minimum_(schedule.minimum.value_or(0)), maximum_(schedule.maximum) {
    if (const auto defect = defect_of(schedule))
        throw ContractViolation(fmt::format("fee schedule '{}': {}", schedule.name, *defect));
    unsigned decimals = 0;
    for (const FeeBand& band : schedule.bands) decimals = std::max(decimals, band.rate.scale());
    scale_ = power_of_ten(decimals);

    lines_.reserve(schedule.bands.size() + 1);
    lines_.push_back({0, 0, 0});
    for (const FeeBand& band : schedule.bands) {
        const auto rate =
            static_cast<std::int64_t>(band.rate.coefficient()) * power_of_ten(decimals - band.rate.scale());
        Int128 constant = band.fixed * scale_;
        if (schedule.banding == Banding::marginal) {
            const Line& below = lines_.back();
            constant += below.constant + static_cast<Int128>(below.rate - rate) * band.from;
        }
        // An amount of zero bears no fee, so that the first band starts at 1 at the earliest.
        lines_.push_back({std::max<std::int64_t>(band.from, 1), rate, constant});
    }
    compile_lanes();
}

/// The greatest power of two below which every amount has a small numerator, or 0.
std::uint64_t FeeColumn::limit_of_lanes(std::uint64_t divisor, std::uint64_t bias) const {
    if (lines_.size() > std::tuple_size_v<decltype(Lanes::line)> || divisor >= lane_numerator_limit) return 0;
    if (minimum_ >= lane_minimum_limit) return 0;
    const auto fits = [&](std::uint64_t limit) {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const Line& line = lines_[i];
            if (static_cast<std::uint64_t>(line.from) >= limit) break;
            const bool is_last = i + 1 == lines_.size();
            const auto end = is_last ? limit : std::min(limit, static_cast<std::uint64_t>(lines_[i + 1].from));
            const Int128 greatest = static_cast<Int128>(end - 1) * line.rate + line.constant + bias;
            // One less than the limit, for the unit that half even may add.
            if (line.rate > static_cast<std::int64_t>(lower_half) || greatest >= lane_numerator_limit - 1) return false;
        }
        return true;
    };
    std::uint64_t limit = std::uint64_t{1} << 32;
    while (limit > 0 && !fits(limit)) limit /= 2;
    return limit;
}

void FeeColumn::compile_lanes() {
    const Int128 wide_divisor = scale_ * rounding_.step;
    if (wide_divisor >= lane_numerator_limit) return;
    const auto divisor = static_cast<std::uint64_t>(wide_divisor);
    const auto bias = static_cast<std::uint64_t>(bias_of(rounding_.mode, wide_divisor));
    lanes_.limit = limit_of_lanes(divisor, bias);
    if (lanes_.limit == 0) return;

    lanes_.shift = 31;
    while (divisor > std::uint64_t{1} << (lanes_.shift - 31)) ++lanes_.shift;
    lanes_.reciprocal = ((std::uint64_t{1} << lanes_.shift) + divisor - 1) / divisor;
    const bool has_ties = divisor % 2 == 0;
    lanes_.to_even = rounding_.mode == RoundingMode::half_even && has_ties ? lanes_.reciprocal : 0;

    lanes_.from.fill(std::numeric_limits<std::uint64_t>::max());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (i > 0) lanes_.from[i - 1] = static_cast<std::uint64_t>(lines_[i].from);
        // A constant may be below zero; the numerator is not, and its lower half comes out right all the same.
        const auto constant = static_cast<std::uint64_t>(lines_[i].constant) + bias;
        lanes_.line[i] = static_cast<std::uint64_t>(lines_[i].rate) << 32 | (constant & lower_half);
    }
    lanes_.step = static_cast<std::uint64_t>(rounding_.step);
    lanes_.minimum = static_cast<std::uint64_t>(minimum_);
    lanes_.maximum = static_cast<std::uint64_t>(maximum_.value_or(largest));
    lanes_.thresholds = lines_.size() - 1;
    lanes_.bounded = rounding_.step != 1 || minimum_ != 0 || maximum_.has_value();
    if (!lanes_.bounded && lines_.size() > 1 && lines_[1].from == 1 && lines_[1].constant == 0) {
        // Such a band gives zero for zero by itself: one comparison less.
        std::copy(lanes_.from.begin() + 1, lanes_.from.end(), lanes_.from.begin());
        std::copy(lanes_.line.begin() + 1, lanes_.line.end(), lanes_.line.begin());
        --lanes_.thresholds;
    }
}

std::int64_t FeeColumn::fee(std::int64_t amount) const {
    expects(amount >= 0, "FeeColumn: an amount below zero bears no fee");
    std::size_t i = lines_.size() - 1;
    while (amount < lines_[i].from) --i;
    if (i == 0) return 0;
    const Int128 exact = static_cast<Int128>(amount) * lines_[i].rate + lines_[i].constant;
    return rounded_fee(exact, scale_, rounding_, minimum_, maximum_);
}

Int128 FeeColumn::fees(std::span<const std::int64_t> amounts, std::span<std::int64_t> fees) const {
    expects(amounts.size() == fees.size(), "FeeColumn::fees: as many places for fees as amounts");
    expects(!overlap(amounts, fees), "FeeColumn::fees: fees may not be written over the amounts");
    return for_each_block(amounts, fees.data());
}

Int128 FeeColumn::total(std::span<const std::int64_t> amounts) const {
    return for_each_block(amounts, nullptr);
}

Int128 FeeColumn::for_each_block(std::span<const std::int64_t> amounts, std::int64_t* fees) const {
    Int128 sum = 0;
    for (std::size_t start = 0; start < amounts.size(); start += block) {
        const auto part = amounts.subspan(start, std::min(block, amounts.size() - start));
        std::int64_t* const places = fees == nullptr ? nullptr : fees + start;
        if (lanes_.limit > 0) {
            const BlockSums sums = fast_block(lanes_, part.data(), places, part.size());
            if (sums.bits < lanes_.limit) {
                sum += sums.fees;
                continue;
            }
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            const std::int64_t exact = fee(part[i]);
            if (places != nullptr) places[i] = exact;
            sum += exact;
        }
    }
    return sum;
}

}  // namespace crowdrules
