// SPDX-License-Identifier: BSL-1.0
// Choice rules: what forbids a reward or an amount, without words. judge_pledge.cpp tells them to one backer, columns/
// asks them of a million pledges.
#pragma once

#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/campaign/terms.hpp>

#include <algorithm>

namespace crowdrules::campaign {

[[nodiscard]] inline bool lacks_reward(const PledgeLimits& limits, bool has_reward) noexcept {
    return limits.reward_required && !has_reward;
}

/// Whether fewer than `wanted` are left when `taken` are gone.
[[nodiscard]] inline bool is_sold_out(const Reward& reward, std::uint64_t taken, std::uint32_t wanted = 1) noexcept {
    return reward.quantity && taken + wanted > *reward.quantity;
}

/// The least pledge for a choice that comes to so much.
[[nodiscard]] inline std::int64_t least_pledge(const PledgeLimits& limits, std::int64_t choice) noexcept {
    return std::max(choice, limits.minimum);
}

/// Why an amount is no pledge where at least `least` is wanted.
[[nodiscard]] inline std::optional<RejectionCode> amount_refusal(const PledgeLimits& limits, std::int64_t least,
                                                                 std::int64_t amount) noexcept {
    if (amount <= 0) return RejectionCode::amount_not_positive;
    if (amount < least) return RejectionCode::amount_below_minimum;
    if (limits.maximum && amount > *limits.maximum) return RejectionCode::amount_above_maximum;
    return std::nullopt;
}

}  // namespace crowdrules::campaign
