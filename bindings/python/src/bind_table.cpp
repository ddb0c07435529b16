// SPDX-License-Identifier: BSL-1.0
// Tables of campaigns: one row for each, settled with all its pledges.
#include <crowdrules/scenario/campaign_table.hpp>
#include <crowdrules/scenario/fee_text.hpp>

#include "column.hpp"
#include "convert.hpp"

namespace crowdrules::python {
namespace {

const std::vector<std::string> outcomes{"succeeded", "failed", "not_settled"};

struct Figure {
    const char* name;
    std::int64_t (*of)(const Statement&);
};
constexpr Figure figures[] = {
    {"pledged", [](const Statement& s) { return s.gross.amount.minor(); }},
    {"collected", [](const Statement& s) { return s.collected.amount.minor(); }},
    {"platform_fee", [](const Statement& s) { return s.platform_fee.minor(); }},
    {"processing_fee", [](const Statement& s) { return s.processing_fee.minor(); }},
    {"tax", [](const Statement& s) { return (s.platform_tax + s.processing_tax).minor(); }},
    {"paid", [](const Statement& s) { return s.paid.minor(); }},
};

py::dict dict_of(const TableTotals& sum) {
    py::dict row;
    row["campaigns"] = sum.campaigns;
    row["succeeded"] = sum.succeeded;
    row["pledges"] = sum.pledges;
    row["pledged"] = sum.pledged;
    row["collected"] = sum.collected;
    row["platform_fee"] = sum.platform_fee;
    row["processing_fee"] = sum.processing_fee;
    row["tax"] = sum.tax;
    row["paid"] = sum.paid;
    return row;
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
    }
    return rules;
}

py::tuple settle_rows(const std::string& text, const std::string& source, const py::dict& given,
                      const py::object& progress) {
    const auto table = unwrap(parse_campaign_table(text, source));
    const auto rules = rules_for(table, given);
    const std::size_t rows = table.size();
    std::vector<std::shared_ptr<Memory<std::int64_t>>> values;
    for (std::size_t i = 0; i < std::size(figures); ++i) values.push_back(std::make_shared<Memory<std::int64_t>>(rows));
    const auto outcome = std::make_shared<Memory<std::int8_t>>(rows);
    const auto in = std::make_shared<Memory<std::int8_t>>(rows);
    std::vector<std::string> codes;
    std::map<Currency, std::int8_t> places;
    for (const auto& [currency, terms] : rules) {
        places.emplace(currency, static_cast<std::int8_t>(codes.size()));
        codes.emplace_back(currency.code());
    }
    std::map<Currency, TableTotals> totals;
    py::list doubtful;
    for (std::size_t row = 0; row < rows; ++row) {
        const TableCampaign& campaign = table[row];
        const Currency currency = campaign.pledged.currency();
        in->values[row] = places.at(currency);
        const auto contradiction = contradiction_in(campaign);
        if (contradiction) doubtful.append(py::make_tuple(row, contradiction->what));
        if (contradiction && contradiction->fatal) {
            for (const auto& column : values) column->values[row] = 0;
            outcome->values[row] = 2;
        } else {
            const Statement statement = [&] {
                const py::gil_scoped_release released;
                return settle(campaign, rules.at(currency), TablePath::columns);
            }();
            totals.try_emplace(currency, currency).first->second.add(statement);
            for (std::size_t i = 0; i < std::size(figures); ++i) values[i]->values[row] = figures[i].of(statement);
            outcome->values[row] = statement.phase == Phase::succeeded ? 0 : 1;
        }
        if ((row + 1) % 64 == 0 || row + 1 == rows) {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            if (!progress.is_none()) progress(row + 1, rows);
        }
    }
    Frame frame;
    frame.rows = rows;
    const auto names = [](std::vector<std::string> texts) {
        return std::make_shared<const std::vector<std::string>>(std::move(texts));
    };
    frame.columns.push_back({"currency", OwnedColumn::Names{in, names(codes)}, {}});
    frame.columns.push_back({"outcome", OwnedColumn::Names{outcome, names(outcomes)}, {}});
    for (std::size_t i = 0; i < std::size(figures); ++i)
        frame.columns.push_back({figures[i].name, OwnedColumn::Numbers{values[i]}, {}});
    py::dict sums;
    for (const auto& [currency, sum] : totals) sums[py::str(std::string(currency.code()))] = dict_of(sum);
    return py::make_tuple(std::move(frame), sums, py::tuple(doubtful));
}

}  // namespace

void bind_table(py::module_& m) {
    m.def("_settle_table", &settle_rows, py::arg("text"), py::arg("source"), py::arg("rules"),
          py::arg("progress") = py::none());
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
