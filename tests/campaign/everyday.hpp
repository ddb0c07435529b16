// SPDX-License-Identifier: BSL-1.0
// Terms of campaigns that columns and sums can settle.
#pragma once

#include "books.hpp"

namespace crowdrules::campaign::sample {

inline Terms any_everyday_terms(std::mt19937_64& random) {
    Terms agreed = terms(FundingModel::all_or_nothing(cents(static_cast<std::int64_t>(1 + any(random, 1'500'00)))));
    agreed.limits.minimum = 0;
    agreed.rewards = {{.name = "Thanks", .minimum = 1}, {.name = "Limited", .minimum = 5, .quantity = 100}};
    agreed.add_ons.clear();
    if (any(random, 3) == 0) agreed.model.miss = OnMiss::keep;
    if (any(random, 4) == 0) agreed.model = FundingModel::headcount(static_cast<std::int64_t>(1 + any(random, 40)));
    if (any(random, 2) == 0) {
        agreed.fees.processing.bands = {{.rate = decimal("5%"), .fixed = 5},
                                        {.from = 10'00, .rate = decimal("3%"), .fixed = 20}};
    }
    if (any(random, 2) == 0) agreed.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("9%")}}};
    if (any(random, 2) == 0) {
        const FeeTax tax{.rate = decimal("19%"), .rounding = {RoundingMode::half_up}, .included = any(random, 2) == 0};
        agreed.fees.processing.tax = tax;
        if (any(random, 2) == 0) agreed.fees.platform.tax = tax;
    }
    if (any(random, 3) == 0) agreed.window.closing = ClosingInstant::included;
    return agreed;
}

}  // namespace crowdrules::campaign::sample
