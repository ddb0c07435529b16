// SPDX-License-Identifier: BSL-1.0
// Table rules: the terms by which the campaigns of a table are settled, for each of its currencies, from one pack.
//
//   TableRules rules = table_rules(pack, currencies_of(table), {.processing = {{"GBP", "3% + 0.20"}}}).value();
//   SettledTable settled = settle(table, rules.terms, TablePath::columns);
//
// A table says nothing of countries, dates and windows, and no pack establishes everything. What is made up for that,
// and what had to be left out, stands in the notes, so that whoever reads the totals knows what they rest on.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/tables/campaign_table.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crowdrules {

struct TableRuleChoices {
    std::optional<Date> on = {};  ///< nothing: the latest day from which the pack has any rule
    /// Processing fees as parse_fee reads them, by currency code; "" is for every currency whose fee the pack does not
    /// establish. One given by its code goes before the pack's.
    std::map<std::string, std::string> processing = {};
    RoundingMode rounding = RoundingMode::half_up;  ///< of processing fees, which no source establishes
};

struct TableRules {
    std::map<Currency, campaign::Terms> terms;
    Date on;
    /// "processing_fee", "tax": figures that nothing establishes, and that are 0 in what is settled by these terms.
    std::map<Currency, std::vector<std::string>> unknown = {};
    std::vector<std::string> notes;  ///< "GBP, SEK: the processing fee is not established for that day: ..."
};

[[nodiscard]] std::set<Currency> currencies_of(const std::vector<TableCampaign>& table);

/// Refuses: a processing fee that cannot be read; whatever the pack says against such terms.
[[nodiscard]] Result<TableRules, Findings> table_rules(const RulePack& pack, const std::set<Currency>& currencies,
                                                       const TableRuleChoices& choices);

}  // namespace crowdrules
