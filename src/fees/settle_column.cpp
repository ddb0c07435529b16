// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/settle_column.hpp>
#include <crowdrules/ledger/ledger.hpp>

#include "core/vector_clones.hpp"
#include "lane_fee.hpp"
#include <algorithm>
#include <array>

namespace crowdrules {
namespace {

/// The charges, fees and net of a block take 8 KiB together. They stay in the nearest cache from one loop to the next,
/// and the three columns are written in turns short enough that the loops need not wait for memory.
constexpr std::size_t block = 256;

struct BlockSums {
    std::uint64_t gross;
    std::uint64_t processing;
    std::uint64_t platform;
    std::uint64_t bits;  ///< all bits that any charge has: says whether all were small enough
};

/// Both fees and the net of each charge in one go.
template <std::size_t processing_thresholds, std::size_t platform_thresholds>
[[gnu::always_inline]] inline BlockSums settle_block(const FeeColumn::Lanes& processing_lanes,
                                                     const FeeColumn::Lanes& platform_lanes,
                                                     const std::int64_t* charges, std::int64_t* __restrict processing,
                                                     std::int64_t* __restrict platform, std::int64_t* __restrict net,
                                                     std::size_t count) {
    const FeeColumn::Lanes of_processor = processing_lanes;  // by value: no store below can change them
    const FeeColumn::Lanes of_platform = platform_lanes;
    std::uint64_t gross = 0;  // apart from BlockSums, because compilers keep only plain variables in vectors
    std::uint64_t fees = 0;
    std::uint64_t shares = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto charge = static_cast<std::uint64_t>(charges[i]);
        const std::uint64_t fee = lane_fee<processing_thresholds, false>(of_processor, charge);
        const std::uint64_t share = lane_fee<platform_thresholds, false>(of_platform, charge);
        processing[i] = static_cast<std::int64_t>(fee);
        platform[i] = static_cast<std::int64_t>(share);
        net[i] = static_cast<std::int64_t>(charge - fee - share);
        gross += charge;
        fees += fee;
        shares += share;
        bits |= charge;
    }
    return {gross, fees, shares, bits};
}

CROWDRULES_VECTOR_CLONES
BlockSums fast_block(const FeeColumn::Lanes& of_processor, const FeeColumn::Lanes& of_platform,
                     const std::int64_t* charges, std::int64_t* processing, std::int64_t* platform, std::int64_t* net,
                     std::size_t count) {
    if (of_platform.thresholds > 1)
        return settle_block<4, 4>(of_processor, of_platform, charges, processing, platform, net, count);
    if (of_processor.thresholds > 2)
        return settle_block<4, 1>(of_processor, of_platform, charges, processing, platform, net, count);
    return settle_block<2, 1>(of_processor, of_platform, charges, processing, platform, net, count);
}

/// net = charge - processing - platform; whether all of them fit in 64 bits. None of the three is below zero, so that
/// only the second difference can leave them, and it then comes out positive where the first was negative.
CROWDRULES_VECTOR_CLONES
bool net_of(const std::int64_t* charges, const std::int64_t* processing, const std::int64_t* platform,
            std::int64_t* __restrict net, std::size_t count) noexcept {
    std::uint64_t wrapped = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t first = static_cast<std::uint64_t>(charges[i]) - static_cast<std::uint64_t>(processing[i]);
        const std::uint64_t second = first - static_cast<std::uint64_t>(platform[i]);
        wrapped |= first & ~second;
        net[i] = static_cast<std::int64_t>(second);
    }
    return wrapped >> 63 == 0;
}

void expect_length(std::span<const std::int64_t> column, std::size_t length) {
    expects(column.empty() || column.size() == length, "SettleColumn: a column of rows is empty or as long as charges");
}

}  // namespace

SettleColumn::SettleColumn(const FeeSchedule& processing, const FeeSchedule& platform)
    : processing_(processing), platform_(platform) {}

SettledTotals SettleColumn::settle(std::span<const std::int64_t> charges, SettledRows rows) const {
    expect_length(rows.processing, charges.size());
    expect_length(rows.platform, charges.size());
    expect_length(rows.net, charges.size());
    // Charges below this are settled at the speed of memory; bounds and steps go schedule by schedule.
    const auto &processing_lanes = processing_.lanes_, &platform_lanes = platform_.lanes_;
    const bool is_plain = !processing_lanes.bounded && !platform_lanes.bounded;
    const std::uint64_t fast_below = is_plain ? std::min(processing_lanes.limit, platform_lanes.limit) : 0;
    SettledTotals totals;
    std::array<std::array<std::int64_t, block>, 3> unkept;
    for (std::size_t start = 0; start < charges.size(); start += block) {
        const std::size_t count = std::min(block, charges.size() - start);
        const auto part = charges.subspan(start, count);
        const auto rows_or = [&](std::span<std::int64_t> column, std::span<std::int64_t> instead) {
            return column.empty() ? instead.first(count) : column.subspan(start, count);
        };
        const auto processing = rows_or(rows.processing, unkept[0]);
        const auto platform = rows_or(rows.platform, unkept[1]);
        const auto net = rows_or(rows.net, unkept[2]);
        if (fast_below > 0) {
            const BlockSums sums = fast_block(processing_lanes, platform_lanes, part.data(), processing.data(),
                                              platform.data(), net.data(), count);
            if (sums.bits < fast_below) {
                totals.gross += sums.gross;
                totals.processing += sums.processing;
                totals.platform += sums.platform;
                continue;
            }
        }
        totals.gross += exact_sum(part);
        totals.processing += processing_.fees(part, processing);
        totals.platform += platform_.fees(part, platform);
        if (!net_of(part.data(), processing.data(), platform.data(), net.data(), count) && !rows.net.empty())
            throw Overflow("SettleColumn: the fees of a charge exceed it by more than 64 bits hold");
    }
    totals.net = totals.gross - totals.processing - totals.platform;
    return totals;
}

}  // namespace crowdrules
