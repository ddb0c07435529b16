// SPDX-License-Identifier: BSL-1.0
// Progress: pure questions about where a campaign stands.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <optional>

namespace crowdrules::campaign {

/// What counts toward the goal now: money in minor units, backers or units, as the funding model says. After the
/// outcome what counted then, whatever is refunded since.
[[nodiscard]] std::int64_t counted_now(const Campaign& campaign);

/// How many hundredths of the goal are reached, rounded down as the platforms show it: 10,266 for Pebble. None without
/// a goal.
[[nodiscard]] std::optional<std::int64_t> percent_funded(const Campaign& campaign);

/// How many of a limited reward are left; nothing when it has no limit. Expects: a reward of the campaign.
[[nodiscard]] std::optional<std::uint32_t> remaining(const Campaign& campaign, RewardId reward);
[[nodiscard]] std::optional<std::uint32_t> remaining(const Campaign& campaign, AddOnId add_on);

/// What counts toward a stretch goal now, in its measure and basis.
[[nodiscard]] std::int64_t counted_toward(const Campaign& campaign, const StretchGoal& goal);

/// Where the pledge stands; nothing for an id that is not known.
struct PledgeView {
    PledgeId pledge{};
    BackerId backer{};
    RewardId reward{};
    Money amount;
    PledgeState state;
    bool late;
    bool charged;
    Money refunded;
};
[[nodiscard]] std::optional<PledgeView> find_pledge(const Campaign& campaign, PledgeId pledge);

}  // namespace crowdrules::campaign
