// SPDX-License-Identifier: BSL-1.0
// Stretch goal: a promise that more support unlocks something.
//
//   at 850,000.00 USD every reward gains a patch;  at 300 backers the metal coins become an add-on;
//   at 1,000,000.00 USD net of shipping and fees 500 more of the signed edition
//
// No platform has an object for it: it is the creator's own promise, so every part is a term of the campaign.
// Thresholds on money, backers or units; gross or net; kept once reached, or lost again when support falls before the
// deadline.
#pragma once

#include <crowdrules/campaign/funding_model.hpp>
#include <crowdrules/campaign/reward.hpp>

#include <string>
#include <variant>
#include <vector>

namespace crowdrules::campaign {

/// What money counts toward a stretch goal of money.
enum class StretchBasis : std::uint8_t {
    gross,  ///< everything pledged
    net,    ///< less shipping, and less the platform's and processor's fees on what is pledged
    collected,  ///< charged for pledges of the campaign, less what went back; reached and lost by charges and refunds,
                ///< also after the end
};

/// Rewards gain something: `what` in words.
struct UpgradeRewards {
    std::vector<RewardId> rewards{};  ///< empty: every reward
    std::string what{};
    bool operator==(const UpgradeRewards&) const = default;
};
/// A locked add-on may be chosen from now on.
struct OpenAddOn {
    AddOnId add_on{};
    bool operator==(const OpenAddOn&) const = default;
};
/// A limited reward has so many more.
struct AddStock {
    RewardId reward{};
    std::uint32_t count = 0;
    bool operator==(const AddStock&) const = default;
};

using StretchEffect = std::variant<UpgradeRewards, OpenAddOn, AddStock>;

struct StretchGoal {
    std::string name{};
    Measure measure = Measure::money;
    std::int64_t at = 0;  ///< in the measure
    StretchBasis basis = StretchBasis::gross;
    bool kept = true;  ///< false: lost again when support falls below it before the deadline
    StretchEffect effect{};

    bool operator==(const StretchGoal&) const = default;
};

[[nodiscard]] std::string_view to_text(StretchBasis basis) noexcept;

}  // namespace crowdrules::campaign
