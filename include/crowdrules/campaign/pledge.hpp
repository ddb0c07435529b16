// SPDX-License-Identifier: BSL-1.0
// Pledge: a backer's promise: for which reward, with which add-ons, sent where, for how much in all.
//
// What a pledge must at least come to is the published formula
//
//   rewards   = reward x quantity + sum(add-on x quantity)
//   shipping  = reward's shipping x quantity + sum(add-on's shipping x quantity), by destination
//   total     = rewards + bonus + shipping                                 2.00 + 9.00 + 4.00 + 4.00 = 19.00
//
// and whatever the backer gives above it is bonus support. After the deadline late prices take the place of prices.
// Source: Kickstarter's Android client, PledgeDataExt.kt (code).
#pragma once

#include <crowdrules/campaign/line.hpp>
#include <crowdrules/campaign/reward.hpp>
#include <crowdrules/core/id.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

struct AddOnChoice {
    AddOnId add_on{};
    std::uint32_t count = 1;

    bool operator==(const AddOnChoice&) const = default;
};

/// What a backer asks for.
struct PledgeChoice {
    RewardId reward{};  ///< none: support without a reward
    std::vector<AddOnChoice> add_ons{};
    std::string ship_to{};  ///< destination; empty when nothing is shipped
    Money amount{0, USD};   ///< rewards, add-ons, shipping and bonus together, without lines on top; in the currency of
                            ///< the campaign
    bool by_link = false;   ///< the backer holds the link of a hidden reward
    bool in_instalments = false;  ///< to be charged in parts
    std::uint32_t quantity = 1;   ///< how many of the reward
    std::vector<LineChoice> lines{};  ///< paid on top of the amount, or contained in it

    bool operator==(const PledgeChoice&) const = default;
};

/// What a choice comes to. All in minor units; total = reward + add_ons + bonus + shipping.
struct Composition {
    std::int64_t reward = 0;
    std::int64_t add_ons = 0;
    std::int64_t bonus = 0;
    std::int64_t shipping = 0;
    std::int64_t total = 0;

    bool operator==(const Composition&) const = default;
};

/// Prices during the campaign, or after it.
enum class PricePhase : std::uint8_t { live, late };

/// What `choice` comes to with `bonus` on top; the choice's own amount is not looked at.
/// Refuses with words for a reward or add-on that there is none of, or that cannot be sent to the destination.
[[nodiscard]] Result<Composition, std::string> compose(const std::vector<Reward>& rewards,
                                                       const std::vector<AddOn>& add_ons, const PledgeChoice& choice,
                                                       std::int64_t bonus, PricePhase phase);

/// Where a pledge stands.
enum class PledgeState : std::uint8_t {
    pledged,       ///< promised; not charged yet
    errored,       ///< a charge failed and may still be mended
    collected,     ///< charged (in full, or the instalments so far)
    dropped,       ///< never collected: the retry window ended
    cancelled,     ///< taken back by the backer
    released,      ///< let go because the campaign failed, was cancelled or suspended
    refunded,      ///< collected, then given back in full
    disputed,      ///< collected; a bank is deciding
    charged_back,  ///< collected; the bank gave it back
};
inline constexpr std::size_t pledge_state_count = 9;

[[nodiscard]] std::string_view to_text(PledgeState state) noexcept;

/// Whether a pledge of this state counts as standing: it holds its reward's place and counts toward the goal.
[[nodiscard]] constexpr bool is_standing(PledgeState state) noexcept {
    return state == PledgeState::pledged || state == PledgeState::errored || state == PledgeState::collected ||
           state == PledgeState::disputed;
}

/// Whether a pledge of this state has not been charged yet.
[[nodiscard]] constexpr bool is_open(PledgeState state) noexcept {
    return state == PledgeState::pledged || state == PledgeState::errored;
}

}  // namespace crowdrules::campaign
