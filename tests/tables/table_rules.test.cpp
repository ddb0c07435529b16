// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/tables/table_rules.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

TEST_SUITE_BEGIN("tables");

namespace {

TableRules rules_of(const std::set<Currency>& currencies, const TableRuleChoices& choices = {}) {
    return table_rules(load_pack("kickstarter").value(), currencies, choices).value();
}
bool has_note(const TableRules& rules, std::string_view text) {
    return std::any_of(rules.notes.begin(), rules.notes.end(),
                       [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("table rules: every currency gets the terms of the day, and what is not established is told") {
    const TableRules rules = rules_of({USD, GBP}, {.on = date("2016-06-01")});
    CHECK(rules.on == date("2016-06-01"));
    REQUIRE(rules.terms.size() == 2);
    CHECK(rules.terms.at(USD).fees.platform.bands.front().rate == rate("5%"));
    CHECK(rules.terms.at(USD).fees.processing.bands.size() == 2);
    CHECK(rules.terms.at(GBP).currency == GBP);
    CHECK(rules.terms.at(GBP).fees.processing.bands.empty());
    CHECK(has_note(rules, "GBP: the processing fee is not established for that day: settled WITHOUT it"));
    CHECK(has_note(rules, "GBP: tax on fees is not established"));
}

TEST_CASE(
    "table rules: a given fee serves where the pack has none, and goes before the pack's where it names its currency") {
    const TableRules for_all = rules_of({USD, GBP}, {.on = date("2016-06-01"), .processing = {{"", "1%"}}});
    CHECK(for_all.terms.at(GBP).fees.processing.bands.front().rate == rate("1%"));
    CHECK(for_all.terms.at(USD).fees.processing.bands.front().rate == rate("5%"));
    const TableRules named = rules_of({USD, GBP}, {.on = date("2016-06-01"), .processing = {{"USD", "1% + 0.10"}}});
    CHECK(named.terms.at(USD).fees.processing.bands.front().fixed == 10);
    CHECK(named.terms.at(GBP).fees.processing.bands.empty());
    CHECK(has_note(named, "USD: processing fee as given: 1% + 0.10"));
}

TEST_CASE("table rules: without a day they are those of the latest from which the pack has any") {
    const RulePack pack = load_pack("kickstarter").value();
    Date latest = pack.rows().front().from;
    for (const PackRow& row : pack.rows()) latest = std::max(latest, row.from);
    CHECK(rules_of({USD}).on == latest);
    CHECK(rules_of({}).terms.empty());
}

TEST_CASE("table rules: a fee that cannot be read is refused, with what would be") {
    const auto refused = table_rules(load_pack("kickstarter").value(), {GBP}, {.processing = {{"GBP", "free"}}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(to_text(refused.error()).find("processing fee of GBP") != std::string::npos);
    CHECK(to_text(refused.error()).find("accepted: 3% + 0.20") != std::string::npos);
}

TEST_SUITE_END();
