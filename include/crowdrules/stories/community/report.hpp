// SPDX-License-Identifier: BSL-1.0
// Community report: the statement of a community as a person reads it, and the same for machines.
//
//   Sales                    165,784    2,635,501.14
//   Royalties
//     shared                              293,384.17
//   Influence in Pivot Power     part          USD
//     Jake Zien                   40%   117,353.67
//
// It is made of the community alone, so that one replayed from its journal gives the identical report.
#pragma once

#include <crowdrules/community/community.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/stories/report_style.hpp>

#include <string>
#include <string_view>

namespace crowdrules {

/// The page: ideas, sales, royalties, payments, influence and rights in each product, who holds what.
[[nodiscard]] std::string report(const community::Community& community, ReportStyle style = ReportStyle::plain);

/// The same figures as one JSON object, as report_json of a campaign.
[[nodiscard]] std::string report_json(const community::Community& community, int indent = 2);

/// What people call a member, the company or a holder: their name, or "member 7".
[[nodiscard]] std::string name_of(const community::Community& community, revenue::PayeeId payee);

/// How a figure came about: one of the statement, or influence.PRODUCT, members.NAME, rights.IDEA. Refuses a name that
/// is none, listing those there are.
[[nodiscard]] Result<Derivation, std::string> explain(const community::Community& community, std::string_view figure);

}  // namespace crowdrules
