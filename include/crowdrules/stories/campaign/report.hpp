// SPDX-License-Identifier: BSL-1.0
// Report: a campaign's statement as a person reads it, and the same for machines.
//
//   Pledges
//     pledged                68,929   10,266,845.00
//   Collection
//     dropped                   689      101,284.65
//     collected              68,240   10,165,560.35
//   Fees
//     platform fee                       508,278.02   5% of 10,165,560.35
//
// It is made of the campaign alone, so that a campaign replayed from its journal gives the identical report.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/stories/report_style.hpp>

#include <string>

namespace crowdrules {

/// The statement in sections with aligned columns: pledges, collection, fees, payouts, who holds what, rewards, stretch
/// goals. What is zero and cannot surprise is left out.
[[nodiscard]] std::string report(const campaign::Campaign& campaign, ReportStyle style = ReportStyle::plain);

/// The same figures as one JSON object: amounts as strings with all their decimals, counts as numbers, instants as
/// "2012-05-18T07:00:00Z". Indented by `indent` blanks; negative: all on one line.
[[nodiscard]] std::string report_json(const campaign::Campaign& campaign, int indent = 2);

}  // namespace crowdrules
