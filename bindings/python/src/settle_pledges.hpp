// SPDX-License-Identifier: BSL-1.0
// Settle pledges: a column of pledges under terms, each with its fee, its share of the platform's fee, what is left of
// it, what became of it and why. The rows add up to the statement of the campaign.
#pragma once

#include "column.hpp"
#include "live_campaign.hpp"

namespace crowdrules::python {

struct SettledPledges {
    Frame rows;
    ExplainedStatement statement;
};

/// `rewards` and `collected` may be missing. Raises ColumnError for a row that is no pledge at all.
[[nodiscard]] SettledPledges settle_pledges(const Terms& terms, WholeNumbers& amounts, WholeNumbers* rewards,
                                            WholeNumbers* collected);

}  // namespace crowdrules::python
