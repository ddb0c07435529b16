// SPDX-License-Identifier: BSL-1.0
// Plan figures: what the statement of a plan and its figures by name are made of.
#pragma once

#include <crowdrules/stories/plan/book.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::detail {

/// Every figure of a part, in order of its first appearance: summed up, or as it stands.
[[nodiscard]] std::vector<PlanFigure> totals_of(const PlanBook& book, std::string_view part);
/// The entries of a part on which something was decided.
[[nodiscard]] std::vector<const PlanEntry*> decided_in(const PlanBook& book, std::string_view part);
/// The figure of that name, or null.
[[nodiscard]] const PlanFigure* figure_in(const PlanEntry& entry, std::string_view name);
[[nodiscard]] std::vector<std::string> part_names(const PlanBook& book);

[[nodiscard]] bool is_zero(const PlanValue& value);
/// An amount in whole minor units as Money, any other as it is.
[[nodiscard]] inline PlanValue amount_value(const Decimal& units, Currency currency) {
    const Decimal minor = units * Decimal(currency.minor_per_unit());
    if (minor.scale() == 0 && minor < Decimal(INT64_MAX) && -minor < Decimal(INT64_MAX))
        return Money(static_cast<std::int64_t>(minor.coefficient()), currency);
    return units;
}

/// "there is no figure 'contract.eraned'; did you mean 'contract.earned'?"
[[nodiscard]] std::string no_such_figure(const PlanBook& book, std::string_view name);

}  // namespace crowdrules::detail
