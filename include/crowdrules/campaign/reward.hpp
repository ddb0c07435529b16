// SPDX-License-Identifier: BSL-1.0
// Reward and add-on: what a pledge is for.
//
//   "Jet black Pebble"  115.00 USD, ships anywhere: US 0.00, elsewhere 15.00;  "Early bird"  99.00 USD, 200 of them
//   add-on "Second strap"  12.00 USD, at most 10 a backer
//
// Whoever pledges without a reward takes RewardId{}, the reward that is none.
// Source of the shapes: Kickstarter's help centre 14048704843035 and its published Android client.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/time/window.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// The place of a reward in its campaign's list, from 1; at most 65,535. 0 is 'no reward'.
using RewardId = Id<struct RewardKind>;
/// The place of an add-on in its campaign's list, from 1.
using AddOnId = Id<struct AddOnKind>;

/// Where an item can be sent.
enum class Ships : std::uint8_t {
    not_shipped,  ///< digital, or handed over on the spot: no destination is needed
    listed,       ///< only to destinations with a rate of their own
    anywhere,     ///< everywhere: the destination's rate, else the rate of `everywhere`, else free
};

[[nodiscard]] std::string_view to_text(Ships ships) noexcept;

/// The destination whose rate is the fallback for all others.
inline constexpr std::string_view everywhere = "everywhere";

struct ShippingRate {
    std::string destination{};  ///< a country or region as the platform names it: "US", "EU"
    std::int64_t cost = 0;      ///< minor units, for one item

    bool operator==(const ShippingRate&) const = default;
};

struct Shipping {
    Ships ships = Ships::not_shipped;
    std::vector<ShippingRate> rates{};

    /// What sending one item to `destination` costs: its own rate, else `everywhere`'s, else 0; nothing when the item
    /// cannot be sent there.
    [[nodiscard]] std::optional<std::int64_t> cost_to(std::string_view destination) const;
    bool operator==(const Shipping&) const = default;
};

struct Reward {
    std::string name{};
    std::int64_t minimum = 0;                  ///< least pledge for it, without shipping, in minor units
    std::optional<std::int64_t> late_price{};  ///< price after the deadline; none: the minimum (and 0 means the same)
    std::optional<std::uint32_t> quantity{};   ///< how many there are; none: no limit
    std::optional<Window> available{};         ///< when it may be chosen, within the campaign's own times
    Shipping shipping{};
    std::uint32_t units = 1;  ///< pieces of the product in it, for goals in units
    bool hidden = false;      ///< only for who holds its link: the pledge must say so
    bool late = true;         ///< offered to late pledges

    bool operator==(const Reward&) const = default;
};

struct AddOn {
    std::string name{};
    std::int64_t price = 0;                    ///< for one, without shipping, in minor units; free add-ons exist
    std::optional<std::int64_t> late_price{};  ///< price after the deadline; none: the price (and 0 means the same)
    std::uint32_t per_backer = 10;             ///< at most so many in one pledge
    std::optional<std::uint32_t> quantity{};   ///< how many there are for all backers together
    std::optional<Window> available{};
    Shipping shipping{};
    std::uint32_t units = 0;
    std::vector<RewardId> only_with{};  ///< rewards it combines with; empty: every reward
    bool locked = false;                ///< closed until a stretch goal opens it
    bool late = true;

    bool operator==(const AddOn&) const = default;
};

}  // namespace crowdrules::campaign
