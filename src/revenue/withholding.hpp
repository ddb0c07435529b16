// SPDX-License-Identifier: BSL-1.0
// Withholding: what goes to tax authorities of one payment, rule by rule.
#pragma once

#include <crowdrules/revenue/distribution.hpp>

namespace crowdrules::revenue {

/// Each rule takes its rate of `gross`, or of what `free` says came from its source, out of what the rules before it
/// left. `free`: the balance that is free, in units, by source. Throws Overflow.
[[nodiscard]] std::vector<Withheld> withheld_of(const std::vector<Withholding>& rules, Money gross,
                                                const std::map<std::string, Decimal>& free);
/// All that they take.
[[nodiscard]] Money total_of(const std::vector<Withheld>& withheld, Currency currency);

}  // namespace crowdrules::revenue
