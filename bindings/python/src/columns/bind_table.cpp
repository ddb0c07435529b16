// SPDX-License-Identifier: BSL-1.0
// Tables of campaigns: one row for each, settled with all its pledges.
#include <crowdrules/tables/campaign_table.hpp>
#include <crowdrules/tables/fee_text.hpp>
#include <crowdrules/tables/table_rules.hpp>

#include "column.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
#include "stories/progress_callback.hpp"
#include <algorithm>

namespace crowdrules::python {
namespace {

const std::vector<std::string> outcomes{"succeeded", "failed", "not_settled"};

/// The figures of a campaign, and of all campaigns in one currency.
struct Figure {
    const char* name;
    Money TableTotals::* of;
};
constexpr Figure figures[] = {
    {"pledged", &TableTotals::pledged},
    {"collected", &TableTotals::collected},
    {"platform_fee", &TableTotals::platform_fee},
    {"processing_fee", &TableTotals::processing_fee},
    {"tax", &TableTotals::tax},
    {"paid", &TableTotals::paid},
};

py::dict dict_of(const TableTotals& sum) {
    py::dict row;
    row["campaigns"] = sum.campaigns;
    row["succeeded"] = sum.succeeded;
    row["pledges"] = sum.pledges;
    for (const auto& [name, of] : figures) row[name] = sum.*of;
    return row;
}

std::vector<TableCampaign> read_table(const std::string& text, const std::string& source) {
    return unwrap([&] {
        const Released released;
        return parse_campaign_table(text, source);
    }());
}

std::map<Currency, campaign::Terms> rules_for(const std::vector<TableCampaign>& table, const py::dict& given) {
    std::map<Currency, campaign::Terms> rules;
    for (const TableCampaign& campaign : table) {
        const Currency currency = campaign.pledged.currency();
        if (rules.contains(currency)) continue;
        const std::string code(currency.code());
        if (!given.contains(code))
            raise_value_error("row " + std::to_string(campaign.line) + ": '" + campaign.title + "' is in " + code +
                              ", for which there are no rules; give terms for it: rules={'" + code + "': ...}");
        rules.emplace(currency, py::cast<const campaign::Terms&>(given[code.c_str()]));
        if (rules.at(currency).currency != currency)
            raise_value_error("the rules for " + code + " are terms in " +
                              std::string(rules.at(currency).currency.code()) + "; give terms in " + code);
    }
    return rules;
}

/// Figures, by currency, that are 0 because nothing says what they are.
using Unknown = std::map<Currency, std::vector<std::string>>;

/// What the caller knows to be unknown, and fees that the rules do not state: a fee that is known to be 0 has a band.
Unknown unknown_in(const std::map<Currency, campaign::Terms>& rules, const py::dict& given) {
    Unknown unknown;
    for (const auto& [currency, terms] : rules) {
        std::vector<std::string> figures;
        const std::string code(currency.code());
        if (given.contains(code)) read(given[code.c_str()], figures);
        const char* const fee = "processing_fee";
        if (terms.fees.processing.bands.empty() && std::ranges::find(figures, fee) == figures.end())
            figures.emplace_back(fee);
        if (!figures.empty()) unknown.emplace(currency, std::move(figures));
    }
    return unknown;
}

/// The figures that are unknown in each row, with blanks between.
OwnedColumn unknown_column(const std::vector<TableCampaign>& table, const Unknown& unknown) {
    std::vector<std::string> names{""};
    std::map<Currency, std::int8_t> places;
    for (const auto& [currency, figures] : unknown) {
        std::string joined;
        for (const std::string& figure : figures) joined += (joined.empty() ? "" : " ") + figure;
        const auto known = std::ranges::find(names, joined);
        places.emplace(currency, static_cast<std::int8_t>(known - names.begin()));
        if (known == names.end()) names.push_back(std::move(joined));
    }
    const auto codes = std::make_shared<Memory<std::int8_t>>(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto place = places.find(table[row].pledged.currency());
        codes->values[row] = place == places.end() ? std::int8_t{0} : place->second;
    }
    return names_column("unknown", codes, std::move(names));
}

/// One row for each campaign, as it was settled.
Frame frame_of(const std::vector<TableCampaign>& table, const SettledTable& settled, const Unknown& unknown) {
    std::vector<std::string> codes;
    std::map<Currency, std::int8_t> places;
    for (const Currency currency : currencies_of(table)) {
        places.emplace(currency, static_cast<std::int8_t>(codes.size()));
        codes.emplace_back(currency.code());
    }
    const std::size_t rows = table.size();
    const auto in = std::make_shared<Memory<std::int8_t>>(rows);
    const auto outcome = std::make_shared<Memory<std::int8_t>>(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const auto& campaign = settled.campaigns[row];
        in->values[row] = places.at(table[row].pledged.currency());
        outcome->values[row] = !campaign ? std::int8_t{2} : campaign->succeeded > 0 ? std::int8_t{0} : std::int8_t{1};
    }
    Frame frame;
    frame.rows = rows;
    frame.columns = {names_column("currency", in, codes), names_column("outcome", outcome, outcomes)};
    for (const auto& [name, of] : figures) {
        const auto values = std::make_shared<Memory<std::int64_t>>(rows);
        for (std::size_t row = 0; row < rows; ++row)
            values->values[row] = settled.campaigns[row] ? ((*settled.campaigns[row]).*of).minor() : 0;
        frame.columns.push_back({name, OwnedColumn::Numbers{values}, {}});
    }
    frame.columns.push_back(unknown_column(table, unknown));
    return frame;
}

py::tuple settle_rows(const std::string& text, const std::string& source, const py::dict& given,
                      const py::dict& not_established, const py::object& progress) {
    const auto table = read_table(text, source);
    const auto rules = rules_for(table, given);
    const SettledTable settled = [&] {
        const Released released;
        return settle(table, rules, TablePath::columns, progress_callback(progress));
    }();
    const Unknown unknown = unknown_in(rules, not_established);
    py::dict sums, unknown_by_code;
    for (const auto& [currency, figures] : unknown)
        unknown_by_code[py::str(std::string(currency.code()))] = write(figures);
    for (const auto& [currency, sum] : settled.totals) sums[py::str(std::string(currency.code()))] = dict_of(sum);
    py::list doubtful;
    for (const DoubtfulCampaign& doubt : settled.doubtful)
        doubtful.append(py::make_tuple(doubt.campaign, doubt.why.what));
    return py::make_tuple(frame_of(table, settled, unknown), sums, py::tuple(doubtful), unknown_by_code);
}

/// Terms by currency, the day, what they rest on, and what they do not establish.
py::tuple rules_of(const std::string& text, const std::string& source, const RulePack& pack,
                   const std::optional<Date>& on, const py::dict& processing, RoundingMode rounding) {
    TableRuleChoices choices{.on = on, .rounding = rounding};
    for (const auto& [code, fee] : processing)
        choices.processing[py::cast<std::string>(code)] = py::cast<std::string>(fee);
    const TableRules rules = unwrap(table_rules(pack, currencies_of(read_table(text, source)), choices));
    py::dict terms;
    for (const auto& [currency, one] : rules.terms) terms[py::str(std::string(currency.code()))] = one;
    py::dict unknown;
    for (const auto& [currency, figures] : rules.unknown)
        unknown[py::str(std::string(currency.code()))] = write(figures);
    return py::make_tuple(terms, rules.on, rules.notes, unknown);
}

/// The pledges that a row of a table stands for.
Frame made_pledges(const TableCampaign& campaign) {
    if (const auto contradiction = contradiction_in(campaign); contradiction && contradiction->fatal)
        raise_value_error("'" + campaign.title + "' has no pledges that could be made up: " + contradiction->what);
    TablePledges made;
    make_pledges(campaign, made);
    const auto amounts = std::make_shared<Memory<std::int64_t>>(made.amounts.size());
    const auto rewards = std::make_shared<Memory<std::int64_t>>(made.rewards.size());
    std::ranges::copy(made.amounts, amounts->values);
    std::ranges::copy(made.rewards, rewards->values);
    return {{{"amount", OwnedColumn::Numbers{amounts}, campaign.pledged.currency()},
             {"reward", OwnedColumn::Numbers{rewards}, {}}},
            made.amounts.size()};
}

void bind_table_campaign(py::module_& m) {
    py::class_<TableCampaign>(m, "TableCampaign", R"(A campaign of a table, of which only totals are known.

`columns.campaign_table` reads them. What one needs to play with it is made by one rule: see `pledges`.
)")
        .def_readonly("title", &TableCampaign::title, "What it is called.")
        .def_readonly("project", &TableCampaign::project, "Where it was.")
        .def_property_readonly(
            "goal", [](const TableCampaign& self) { return self.goal; }, "What it asked for.")
        .def_property_readonly(
            "pledged", [](const TableCampaign& self) { return self.pledged; }, "What it was pledged.")
        .def_readonly("backers", &TableCampaign::backers, "How many pledged.")
        .def_readonly("line", &TableCampaign::line, "Of the file.")
        .def_property_readonly(
            "doubt",
            [](const TableCampaign& self) -> std::optional<std::string> {
                const auto contradiction = contradiction_in(self);
                return contradiction ? std::optional(contradiction->what) : std::nullopt;
            },
            "Two of its figures that cannot both be right, or None.")
        .def_property_readonly(
            "can_be_settled",
            [](const TableCampaign& self) {
                const auto contradiction = contradiction_in(self);
                return !contradiction || !contradiction->fatal;
            },
            "Whether its pledges can be made up, in spite of its doubt.")
        .def("pledges", &made_pledges,
             R"(Its pledges: `amount` in minor units and `reward` by place in the terms from 1.

Who took a tier pledged its minimum; what was pledged above the minimums is spread evenly, odd cents to the first.
Raises ValueError where its figures leave no way to make them up.
)")
        .def(
            "terms", [](const TableCampaign& self, const campaign::Terms& rules) { return terms_of(self, rules); },
            py::arg("rules"), "The rules with its own title, goal and tiers.")
        .def("__repr__", [](const TableCampaign& self) {
            return "<TableCampaign " + std::string(py::repr(py::str(self.title))) + ": " + to_text(self.pledged) +
                   " of " + std::to_string(self.backers) + " backers>";
        });
    m.def(
        "_campaign_table",
        [](const std::string& text, const std::string& source) { return unwrap(parse_campaign_table(text, source)); },
        py::arg("text"), py::arg("source"));
}

}  // namespace

void bind_table(py::module_& m) {
    bind_table_campaign(m);
    m.def("_settle_table", &settle_rows, py::arg("text"), py::arg("source"), py::arg("rules"), py::arg("unknown"),
          py::arg("progress") = py::none());
    m.def("_table_rules", &rules_of, py::arg("text"), py::arg("source"), py::arg("pack"), py::arg("on"),
          py::arg("processing"), py::arg("rounding"));
    m.def(
        "parse_fee",
        [](const std::string& text, Given<Currency> currency, Given<Rounding> rounding) {
            return unwrap(parse_fee(text, currency, rounding));
        },
        py::arg("text"), py::arg("currency"), py::arg("rounding"),
        "A fee schedule from one line. Raises TextError with the column at fault.\n\n"
        ">>> parse_fee('3% + 0.20; below 10.00: 5% + 0.05', 'USD', 'half_up').fee_on(Money('9.99', 'USD'))\n"
        "Money('0.55', 'USD')\n");
}

}  // namespace crowdrules::python
