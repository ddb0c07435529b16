// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/settle_column.hpp>
#include <crowdrules/ledger/ledger.hpp>

#include "core/vector_clones.hpp"
#include <algorithm>
#include <array>

namespace crowdrules {
namespace {

/// The charges, fees and net of a block take 8 KiB together. They stay in the nearest cache from one loop to the next,
/// and the three columns are written in turns short enough that the loops need not wait for memory.
constexpr std::size_t block = 256;

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
    SettledTotals totals;
    std::array<std::int64_t, block> processing_unkept;
    std::array<std::int64_t, block> platform_unkept;
    for (std::size_t start = 0; start < charges.size(); start += block) {
        const std::size_t count = std::min(block, charges.size() - start);
        const auto part = charges.subspan(start, count);
        const auto rows_or = [&](std::span<std::int64_t> column, std::span<std::int64_t> unkept) {
            return column.empty() ? unkept.first(count) : column.subspan(start, count);
        };
        const auto processing = rows_or(rows.processing, processing_unkept);
        const auto platform = rows_or(rows.platform, platform_unkept);
        totals.gross += exact_sum(part);
        totals.processing += processing_.fees(part, processing);
        totals.platform += platform_.fees(part, platform);
        if (!rows.net.empty() &&
            !net_of(part.data(), processing.data(), platform.data(), rows.net.data() + start, count))
            throw Overflow("SettleColumn: the fees of a charge exceed it by more than 64 bits hold");
    }
    totals.net = totals.gross - totals.processing - totals.platform;
    return totals;
}

}  // namespace crowdrules
