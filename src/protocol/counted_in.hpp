// SPDX-License-Identifier: BSL-1.0
// Counted in: what bare numbers of a campaign's values are counted in.
#pragma once

#include <crowdrules/campaign/terms.hpp>

namespace crowdrules::detail {

struct CountedIn {
    Currency currency;                 ///< of amounts in minor units
    Measure measure = Measure::money;  ///< of goals
    bool has_currency = true;          ///< false: no amount can be read, because its currency is not known
};

[[nodiscard]] inline CountedIn counted_in(const Terms& terms) {
    return {terms.currency, terms.model.measure};
}

}  // namespace crowdrules::detail
