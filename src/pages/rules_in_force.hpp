// SPDX-License-Identifier: BSL-1.0
// Rules in force: what the terms of a campaign say, rule by rule, and where each is written.
#pragma once

#include <crowdrules/campaign/terms.hpp>

#include <string>
#include <vector>

namespace crowdrules::detail {

struct RuleInForce {
    std::string path;   ///< "limits.maximum"
    std::string value;  ///< "10,000.00 USD"; empty where the rule is in its source alone
    Citation citation;
};

/// In the order of the terms; rules that only a source states come last.
[[nodiscard]] std::vector<RuleInForce> rules_in_force(const campaign::Terms& terms);

}  // namespace crowdrules::detail
