// SPDX-License-Identifier: BSL-1.0
// Plan lines: the time line of a plan file, and what the file expects.
//
//   timeline = [ { on = 2012-03-31, sale = { units = 3, gross = "60.00" }, expect = { royalty.Anna = "6.00" } } ]
#pragma once

#include <crowdrules/stories/plan/plan.hpp>

#include "reader.hpp"
#include <initializer_list>
#include <string_view>
#include <vector>

namespace crowdrules::detail {

/// What happens to the parts and payees that `plan` has, in order. What is wrong is a finding of the reader of
/// `values`.
[[nodiscard]] std::vector<PlanLine> read_plan_lines(const Node& timeline, const RevenuePlan& plan, PlanReader& values);

/// Figures by name; tables and lists within are parts of the name: contract.2.payable.
[[nodiscard]] std::vector<PlanExpected> read_plan_expectations(const Node& node, const Path& path, PlanReader& values);

/// The table without some of its fields.
[[nodiscard]] Node without(const Node& table, std::initializer_list<std::string_view> names);

}  // namespace crowdrules::detail
