// SPDX-License-Identifier: BSL-1.0
// Settle pledges: a column of pledges under terms, each with its fee, its share of the platform's fee, what is left of
// it, what became of it and why. The rows add up to the statement of the campaign.
#pragma once

#include "columns/column.hpp"
#include "live_campaign.hpp"

namespace crowdrules::python {

struct SettledPledges {
    Frame rows;
    ExplainedStatement statement;
};

/// The names of the columns of a frame of pledges. Of those that are optional, a frame has those that were `stated`.
struct PledgeNames {
    std::string amount;
    std::optional<std::string> reward, collected, currency;
    std::vector<std::string> stated = {};
};

/// Raises ColumnError for a frame without amounts or a stated column, for columns of unequal length, and for a row that
/// is no pledge at all or in another currency than the terms.
[[nodiscard]] SettledPledges settle_pledges(const campaign::Terms& terms, py::handle pledges, const PledgeNames& names);

}  // namespace crowdrules::python
