// SPDX-License-Identifier: BSL-1.0
// Community rules: what the values of a pack come to for the draft of a community.
#pragma once

#include "earning_rules.hpp"

namespace crowdrules::detail {

/// What becomes of influence that nobody claims, as a pack or draft has it: whom it goes to is a party.
struct UnclaimedRule {
    community::Unclaimed to = community::Unclaimed::to_payee;
    std::string payee;
};

struct CommunityRules : EarningRules {
    community::SubmissionTerms submission;
    community::RoundTerms evaluation;
    std::optional<Bounds> rating_bounds;
    UnclaimedRule unclaimed;
    std::optional<community::InfluenceUnits> units;
    std::map<std::string, Decimal> buckets;  ///< those that are known, by name
    community::RightsTerms rights;
    Rounding rounding{RoundingMode::half_even};
};

template <>
std::span<const Parameter<CommunityRules>> parameters<CommunityRules>() noexcept;

}  // namespace crowdrules::detail
