// SPDX-License-Identifier: BSL-1.0
// Invention rules: what the values of a pack come to for the draft of a community.
#pragma once

#include "earning_rules.hpp"

namespace crowdrules::detail {

/// What becomes of influence that nobody claims, as a pack or draft has it: whom it goes to is a party.
struct UnclaimedRule {
    Unclaimed to = Unclaimed::to_payee;
    std::string payee;
};

struct InventionRules : EarningRules {
    SubmissionTerms submission;
    RoundTerms evaluation;
    std::optional<Bounds> rating_bounds;
    UnclaimedRule unclaimed;
    std::optional<InfluenceUnits> units;
    std::map<std::string, Decimal> buckets;  ///< those that are known, by name
    RightsTerms rights;
    Rounding rounding{RoundingMode::half_even};
};

template <>
std::span<const Parameter<InventionRules>> parameters<InventionRules>() noexcept;

}  // namespace crowdrules::detail
