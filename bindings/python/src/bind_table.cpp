// SPDX-License-Identifier: BSL-1.0
// Tables of campaigns: one row for each, settled with all its pledges.
#include <crowdrules/scenario/campaign_table.hpp>
#include <crowdrules/scenario/fee_text.hpp>
#include <crowdrules/scenario/table_rules.hpp>

#include "column.hpp"
#include "convert.hpp"
#include "told.hpp"

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
        const py::gil_scoped_release released;
        return parse_campaign_table(text, source);
    }());
}

std::map<Currency, Terms> rules_for(const std::vector<TableCampaign>& table, const py::dict& given) {
    std::map<Currency, Terms> rules;
    for (const TableCampaign& campaign : table) {
        const Currency currency = campaign.pledged.currency();
        if (rules.contains(currency)) continue;
        const std::string code(currency.code());
        if (!given.contains(code))
            raise_value_error("row " + std::to_string(campaign.line) + ": '" + campaign.title + "' is in " + code +
                              ", for which there are no rules; give terms for it: rules={'" + code + "': ...}");
        rules.emplace(currency, py::cast<const Terms&>(given[code.c_str()]));
        if (rules.at(currency).currency != currency)
            raise_value_error("the rules for " + code + " are terms in " +
                              std::string(rules.at(currency).currency.code()) + "; give terms in " + code);
    }
    return rules;
}

OwnedColumn names_column(const char* name, std::shared_ptr<const Memory<std::int8_t>> codes,
                         std::vector<std::string> names) {
    return {name,
            OwnedColumn::Names{std::move(codes), std::make_shared<const std::vector<std::string>>(std::move(names))},
            {}};
}

/// One row for each campaign, as it was settled.
Frame frame_of(const std::vector<TableCampaign>& table, const SettledTable& settled) {
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
    return frame;
}

py::tuple settle_rows(const std::string& text, const std::string& source, const py::dict& given,
                      const py::object& progress) {
    const auto table = read_table(text, source);
    const auto rules = rules_for(table, given);
    const SettledTable settled = [&] {
        const py::gil_scoped_release released;
        return settle(table, rules, TablePath::columns, told(progress));
    }();
    py::dict sums;
    for (const auto& [currency, sum] : settled.totals) sums[py::str(std::string(currency.code()))] = dict_of(sum);
    py::list doubtful;
    for (const DoubtfulCampaign& doubt : settled.doubtful)
        doubtful.append(py::make_tuple(doubt.campaign, doubt.why.what));
    return py::make_tuple(frame_of(table, settled), sums, py::tuple(doubtful));
}

/// Terms by currency, the day, and what they rest on.
py::tuple rules_of(const std::string& text, const std::string& source, const RulePack& pack,
                   const std::optional<Date>& on, const py::dict& processing, RoundingMode rounding) {
    TableRuleChoices choices{.on = on, .rounding = rounding};
    for (const auto& [code, fee] : processing)
        choices.processing[py::cast<std::string>(code)] = py::cast<std::string>(fee);
    const TableRules rules = unwrap(table_rules(pack, currencies_of(read_table(text, source)), choices));
    py::dict terms;
    for (const auto& [currency, one] : rules.terms) terms[py::str(std::string(currency.code()))] = one;
    return py::make_tuple(terms, rules.on, rules.notes);
}

}  // namespace

void bind_table(py::module_& m) {
    m.def("_settle_table", &settle_rows, py::arg("text"), py::arg("source"), py::arg("rules"),
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
