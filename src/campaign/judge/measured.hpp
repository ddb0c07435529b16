// SPDX-License-Identifier: BSL-1.0
// Measured: a count toward a goal, a cap or a stretch goal, as people read it.
//
//   measured(13'00, Measure::money, USD)      "13.00 USD"
//   measured(1, Measure::backers, USD)        "1 backer"
#pragma once

#include <crowdrules/campaign/terms.hpp>

#include <string>

namespace crowdrules::campaign {

[[nodiscard]] std::string measured(std::int64_t count, Measure measure, Currency currency);
/// In the measure of the goal.
[[nodiscard]] inline std::string measured(std::int64_t count, const Terms& terms) {
    return measured(count, terms.model.measure, terms.currency);
}

}  // namespace crowdrules::campaign
