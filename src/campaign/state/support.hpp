// SPDX-License-Identifier: BSL-1.0
// Support: what stands behind a campaign, in every measure that a goal may be counted in, and how a command would
// change it.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

namespace crowdrules::campaign {

struct Support {
    std::int64_t amount = 0;
    std::int64_t shipping = 0;
    std::int64_t units = 0;
    std::int64_t backers = 0;
    std::int64_t collected = 0;  ///< charged, less what went back or will
    std::int64_t charged = 0;    ///< pledges charged
    std::int64_t fees = 0;       ///< processing fees on the amount; 0 unless a net stretch goal needs them
};

/// Whether pledges of this backer count toward goals and caps.
[[nodiscard]] bool is_counted(const State& state, std::uint64_t backer);
/// Standing support now, as far as it counts.
[[nodiscard]] Support support_of(const State& state);
/// What one pledge adds while it stands.
[[nodiscard]] Support support_of(const State& state, const PledgeMade& pledge);
/// What a standing pledge adds; nothing where it does not count.
[[nodiscard]] Support support_of(const State& state, Handle pledge);
/// The units in a choice, however many. Expects: its reward and add-ons are the campaign's.
[[nodiscard]] Int128 units_of(const State& state, RewardId reward, std::uint32_t quantity,
                              const std::vector<AddOnChoice>& add_ons);
/// Whether all units together stay within 64 bits with those of a choice, in place of those of `replaced` (if any).
[[nodiscard]] bool units_fit(const State& state, RewardId reward, std::uint32_t quantity,
                             const std::vector<AddOnChoice>& add_ons, Handle replaced);
[[nodiscard]] Support operator+(Support a, const Support& b);
[[nodiscard]] Support operator-(Support a, const Support& b);

/// Support as the goal counts it.
[[nodiscard]] std::int64_t toward_goal(const State& state, const Support& support);
/// Support as the cap counts it: in the goal's measure, with what was promised and is not collected yet.
[[nodiscard]] std::int64_t toward_cap(const State& state, const Support& support);
/// Support as one stretch goal counts it.
[[nodiscard]] std::int64_t toward(const State& state, const StretchGoal& goal, const Support& support);

/// Whether `part` can be taken of unmatched money: some of it, in its direction.
[[nodiscard]] constexpr bool is_part_of(std::int64_t part, std::int64_t whole) noexcept {
    return whole > 0 ? part > 0 && part <= whole : part < 0 && part >= whole;
}

}  // namespace crowdrules::campaign
