// SPDX-License-Identifier: BSL-1.0
// Any schedule: sound schedules and amounts of every size from a seed, and the fee by the long way, in Decimal.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_schedule.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <random>

namespace any_schedule {

using namespace crowdrules;

using Random = std::mt19937_64;

inline std::uint64_t below(Random& random, std::uint64_t limit) {
    return random() % limit;
}

/// From 0 to 2^63 - 1, each number of binary digits as likely as the next.
inline std::int64_t any_amount(Random& random, unsigned most_bits = 63) {
    const std::uint64_t bits = below(random, most_bits + 1);
    return bits == 0 ? 0 : static_cast<std::int64_t>(random() >> (64 - bits));
}

inline Decimal any_rate(Random& random, unsigned most_decimals) {
    const auto scale = static_cast<unsigned>(below(random, most_decimals + 1));
    std::int64_t one = 1;
    for (unsigned i = 0; i < scale; ++i) one *= 10;
    const std::int64_t top = below(random, 2) == 0 ? one : std::max<std::int64_t>(one / 10, 1);
    return Decimal::of(static_cast<std::int64_t>(below(random, static_cast<std::uint64_t>(top) + 1)), scale);
}

/// `size` is the number of binary digits of its thresholds and fixed parts.
inline FeeSchedule any_schedule(Random& random, unsigned size, unsigned most_decimals, std::size_t most_bands) {
    FeeSchedule schedule{.name = "any", .bands = {}, .citation = {}};
    const std::size_t bands = 1 + below(random, most_bands);
    std::int64_t from = below(random, 2) == 0 ? 0 : any_amount(random, size);
    for (std::size_t i = 0; i < bands; ++i) {
        const std::int64_t fixed = below(random, 2) == 0 ? 0 : any_amount(random, size);
        schedule.bands.push_back({from, any_rate(random, most_decimals), fixed});
        from += 1 + any_amount(random, size) / 8;
    }
    schedule.banding = below(random, 2) == 0 ? Banding::whole : Banding::marginal;
    constexpr std::int64_t steps[] = {1, 1, 1, 5, 10, 1000};
    schedule.rounding = {static_cast<RoundingMode>(below(random, 7)), steps[below(random, 6)]};
    if (below(random, 3) == 0) schedule.minimum = any_amount(random, size / 2);
    if (below(random, 3) == 0) schedule.maximum = schedule.minimum.value_or(0) + any_amount(random, size);
    return schedule;
}

/// The fee of one amount as a person would work it out, or nothing when it needs more than 64 bits.
inline std::optional<std::int64_t> fee_by_hand(const FeeSchedule& schedule, std::int64_t amount) {
    if (amount == 0 || schedule.bands.empty() || amount < schedule.bands.front().from) return 0;
    Decimal exact;
    for (std::size_t i = 0; i < schedule.bands.size(); ++i) {
        const FeeBand& band = schedule.bands[i];
        const bool is_last = i + 1 == schedule.bands.size();
        const std::int64_t end = is_last ? amount : std::min(amount, schedule.bands[i + 1].from);
        if (amount < band.from) break;
        if (schedule.banding == Banding::marginal)
            exact = exact + Decimal(end - band.from) * band.rate + Decimal(band.fixed);
        else if (is_last || amount < schedule.bands[i + 1].from)
            exact = Decimal(amount) * band.rate + Decimal(band.fixed);
    }
    const Decimal steps = exact.quotient(Decimal(schedule.rounding.step), 0, schedule.rounding.mode);
    Decimal fee = steps * Decimal(schedule.rounding.step);
    if (schedule.minimum && fee < Decimal(*schedule.minimum)) fee = Decimal(*schedule.minimum);
    if (schedule.maximum && fee > Decimal(*schedule.maximum)) fee = Decimal(*schedule.maximum);
    if (fee > Decimal(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(fee.coefficient());
}

}  // namespace any_schedule
