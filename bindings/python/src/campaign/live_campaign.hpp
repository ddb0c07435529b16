// SPDX-License-Identifier: BSL-1.0
// Live campaign: what Python calls a Campaign: the campaign, and the events that made it.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/statement.hpp>

#include "bind.hpp"
#include <utility>

namespace crowdrules::python {

struct LiveCampaign {
    campaign::Campaign campaign;
    campaign::Events events;
};

/// A statement, and the terms that explain it.
struct ExplainedStatement {
    campaign::Statement figures;
    std::shared_ptr<const campaign::Terms> terms;
};

/// Rows of a table for a notebook: the first is the heading; what is a figure stands on the right.
[[nodiscard]] std::string html_table(const std::string& caption, const std::vector<std::vector<std::string>>& rows);

}  // namespace crowdrules::python
