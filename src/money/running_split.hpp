// SPDX-License-Identifier: BSL-1.0
// Running split: a payment of a stream, split so that all parts together are the Sainte-Lague split of the running
// total. RunningAllocation keeps such a stream; who keeps one elsewhere asks here.
#pragma once

#include "shares.hpp"
#include <cstddef>

namespace crowdrules {

/// What each part gets when the running total becomes `total`: its part of that, less what it had so far.
/// Expects: total >= 0; `total_weight` is the sum of the weights; `had` and `parts` as long as them.
inline void split_running(std::int64_t total, std::span<const Weight> weights, std::uint64_t total_weight,
                          std::span<const std::int64_t> had, std::span<std::int64_t> parts) {
    if (parts.size() == 1) {  // all of it, as its weight is not zero
        parts[0] = total - had[0];
        return;
    }
    split_by_highest_averages({static_cast<std::uint64_t>(total), weights, total_weight}, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] -= had[i];
}

}  // namespace crowdrules
