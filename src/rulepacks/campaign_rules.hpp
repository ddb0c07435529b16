// SPDX-License-Identifier: BSL-1.0
// Campaign rules: what the values of a pack come to for the draft of a campaign.
#pragma once

#include "parameter.hpp"

namespace crowdrules::detail {

struct CampaignRules {
    campaign::Terms terms;
    std::vector<std::string> currencies;
    bool goal_decides = true;
    Elapsed shortest{}, longest{};
    ClosingInstant reward_closing{};
    Rounding platform_rounding{RoundingMode::half_even};
    Rounding processing_rounding{RoundingMode::half_even};
    std::optional<FeeTax> fee_tax;
    InstalmentPlan instalments;
    campaign::LatePledges late_pledges;
};

/// Where a rule comes from that decides nothing in a campaign.
inline const Citation not_asked_for{"not asked for: nothing in this campaign depends on it", {}, Evidence::agreed};

template <>
std::span<const Parameter<CampaignRules>> parameters<CampaignRules>() noexcept;

}  // namespace crowdrules::detail
