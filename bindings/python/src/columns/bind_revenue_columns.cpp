// SPDX-License-Identifier: BSL-1.0
// Columns of income: what is done per payee, payment or period, many at once. The engine's columns do the work;
// crowdrules.columns has them under their names.
#include <crowdrules/columns/note_column.hpp>
#include <crowdrules/columns/pay_out_column.hpp>
#include <crowdrules/columns/royalty_column.hpp>
#include <crowdrules/columns/share_column.hpp>
#include <crowdrules/columns/waterfall_column.hpp>

#include "column.hpp"
#include "interpreter.hpp"
#include "revenue/revenue.hpp"
#include <algorithm>
#include <iterator>
#include <set>

namespace crowdrules::python {
namespace {

using Names = std::map<std::uint64_t, std::string>;

/// The columns of an answer, filled row by row and handed out when every row is there.
class Answers {
  public:
    Answers(std::size_t rows, std::optional<Currency> currency) : rows_(rows), currency_(currency) {}

    /// A column of amounts, or of other numbers; all 0 at first.
    std::span<std::int64_t> numbers(const std::string& name, bool is_money = true) {
        const auto values = std::make_shared<Memory<std::int64_t>>(rows_);
        std::ranges::fill(values->span(), 0);
        frame_.columns.push_back(
            {name, OwnedColumn::Numbers{values}, is_money ? currency_ : std::optional<Currency>{}});
        return values->span();
    }
    /// A column of names, by the codes of an enumeration.
    template <class Enum>
    void names(const std::string& name, const std::vector<Enum>& values) {
        const auto codes = std::make_shared<Memory<std::int8_t>>(rows_);
        std::ranges::transform(values, codes->span().begin(), [](Enum one) { return static_cast<std::int8_t>(one); });
        std::vector<std::string> categories;
        for (const std::string_view category : detail::enumerator_names<Enum>()) categories.emplace_back(category);
        frame_.columns.push_back(names_column(name, codes, std::move(categories)));
    }
    /// One column for each payee.
    std::vector<std::span<std::int64_t>> payees(const std::vector<revenue::PayeeId>& payees, const Names& names) {
        std::vector<std::span<std::int64_t>> columns;
        std::set<std::string> taken;
        for (const revenue::PayeeId payee : payees) {
            const auto known = names.find(payee.value);
            const std::string name = "payees." + (known == names.end() ? std::to_string(payee.value) : known->second);
            if (!taken.insert(name).second)
                raise_value_error("two payees would have the column '" + name + "'; give each a name of its own");
            columns.push_back(numbers(name));
        }
        return columns;
    }
    /// One column of amounts for each name.
    std::vector<std::span<std::int64_t>> all(const std::string& prefix, const std::vector<std::string>& names) {
        std::vector<std::span<std::int64_t>> columns;
        for (const std::string& name : names) columns.push_back(numbers(prefix + name));
        return columns;
    }
    Frame frame() && {
        frame_.rows = rows_;
        return std::move(frame_);
    }
    /// These columns, and then those.
    Frame frame_with(Answers more) && {
        Frame whole = std::move(*this).frame();
        std::ranges::move(more.frame_.columns, std::back_inserter(whole.columns));
        return whole;
    }

  private:
    std::size_t rows_;
    std::optional<Currency> currency_;
    Frame frame_;
};

/// Does the work of the engine without the interpreter. Its columns have the names of ours, or those that `names` says.
template <class Work>
void without_interpreter(Work work, const std::map<std::string, std::string>& names = {}) {
    const Result<void, RowError> done = [&] {
        const Released released;
        return work([] { let_signals_through(); });
    }();
    if (done) return;
    const RowError& error = done.error();
    const auto name = names.find(error.column);
    raise_column_error(name == names.end() ? error.column : name->second, error.row,
                       error.accepted.empty() ? error.what : error.what + "; accepted: " + error.accepted);
}

/// A column in one piece, as long as the first where that is given.
WholeNumbers column_of(const py::object& given, const char* name, std::optional<Currency> money,
                       const WholeNumbers* first = nullptr) {
    WholeNumbers column = whole_numbers(given, {.name = name, .money = money});
    static_cast<void>(column.whole());
    if (first != nullptr) check_rows(column.name, column.rows, first->name, first->rows);
    return column;
}
std::optional<WholeNumbers> column_if(const py::object& given, const char* name, std::optional<Currency> money,
                                      const WholeNumbers& first) {
    if (given.is_none()) return std::nullopt;
    return column_of(given, name, money, &first);
}

std::span<const std::int64_t> values_of(std::optional<WholeNumbers>& column) {
    return column ? column->whole() : std::span<const std::int64_t>{};
}

/// The columns of a frame, each in one piece and all as long as the first.
std::vector<std::optional<WholeNumbers>> frame_columns(const py::object& frame, const std::vector<Wanted>& wanted) {
    auto columns = columns_of(frame, wanted);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i] && wanted[i].required)
            raise_column_error(wanted[i].name, {}, "is missing: give a frame, or a dict of columns");
        if (!columns[i]) continue;
        static_cast<void>(columns[i]->whole());
        check_rows(columns[i]->name, columns[i]->rows, columns.front()->name, columns.front()->rows);
    }
    return columns;
}

// -------------------------------------------------------------------------------------------------------- per payment

Frame share(const py::object& given, const revenue::SplitHistory& history, Given<Currency> currency,
            const py::object& days, const Names& names) {
    WholeNumbers payments = column_of(given, "payments", currency);
    auto sold_on = column_if(days, "sold_on", {}, payments);
    if (history.rows().empty()) raise_value_error("there is no split: terms=SplitTerms({1: 60, 2: 40}), or dated ones");
    if (!sold_on && history.rows().size() > 1)
        raise_value_error("there are several splits: say on which day each payment was sold, sold_on=...");
    static_cast<void>(unwrap(revenue::Sharing::of(history, currency)));

    Answers answers(payments.rows, currency);
    const auto fees = answers.all("fees.", fee_names(history));
    const auto payees = answers.payees(payees_of(history), names);
    const auto undivided = answers.numbers("undivided");
    without_interpreter([&](const Pause& pause) {
        return share_column(history, currency, {payments.whole(), values_of(sold_on)}, {fees, payees, undivided},
                            pause);
    });
    return std::move(answers).frame();
}

// ----------------------------------------------------------------------------------------------------------- per sale

Frame royalty(const py::object& given, const RoyaltyRule& rule, const py::object& given_units,
              const std::map<revenue::Deduction, py::object>& given_deductions) {
    WholeNumbers gross = column_of(given, "gross", rule.currency);
    auto units = column_if(given_units, "units", {}, gross);
    SaleColumns sales{.gross = gross.whole(), .units = values_of(units), .deductions = {}};
    std::vector<WholeNumbers> deductions;
    deductions.reserve(given_deductions.size());
    for (const auto& [deduction, column] : given_deductions) {
        deductions.push_back(column_of(column, std::string(to_text(deduction)).c_str(), rule.currency, &gross));
        sales.deductions.emplace(deduction, deductions.back().whole());
    }
    if (!units && counts_units(rule.rates))
        raise_value_error("these rates count units: say how many each row sold, units=...");
    if (rule.before.units < 0 || rule.before.base < 0) raise_value_error("what was sold before is at least 0");
    refuse_defects({Date(std::chrono::year(1900), std::chrono::January, std::chrono::day(1)), rule.rates, {}},
                   rule.currency);

    Answers answers(gross.rows, rule.currency);
    const auto base = answers.numbers("base"), earned = answers.numbers("royalty");
    without_interpreter([&](const Pause& pause) { return royalty_column(rule, sales, {base, earned}, pause); });
    return std::move(answers).frame();
}

// --------------------------------------------------------------------------------------------------------- per period

Frame waterfall(const revenue::WaterfallTerms& terms, const py::object& days, const py::object& given,
                const py::object& given_contributed, const Names& names) {
    WholeNumbers received = column_of(given, "received", terms.currency);
    auto on = column_if(days, "on", {}, received);
    if (!on) raise_value_error("a waterfall needs the day of each receipt: on=[...]");
    auto contributed = column_if(given_contributed, "contributed", terms.currency, received);
    static_cast<void>(unwrap(revenue::Waterfall::of(terms)));

    Answers answers(received.rows, terms.currency);
    std::vector<std::string> step_names;
    for (const revenue::WaterfallStep& step : terms.steps) step_names.push_back(step.name);
    const auto steps = answers.all("steps.", step_names);
    const auto payees = answers.payees(payees_of(terms), names);
    without_interpreter([&](const Pause& pause) {
        return waterfall_column(terms, {on->whole(), received.whole(), values_of(contributed)}, {steps, payees}, pause);
    });
    return std::move(answers).frame();
}

Frame note(const revenue::NoteTerms& terms, const py::object& given, const py::object& given_paid, const Names& names) {
    const Currency currency = unwrap(revenue::RevenueNote::of(terms)).cap().currency();
    WholeNumbers revenue = column_of(given, "revenue", currency);
    auto paid_in = column_if(given_paid, "paid", currency, revenue);

    Answers answers(revenue.rows, currency);
    const auto due = answers.numbers("due"), paid = answers.numbers("paid"), missed = answers.numbers("missed"),
               outstanding = answers.numbers("outstanding");
    std::vector<revenue::NoteState> states(revenue.rows);
    std::vector<revenue::PayeeId> holders;
    for (const revenue::NoteHolder& holder : terms.holders) holders.push_back(holder.payee);
    Answers of_holders(revenue.rows, currency);
    const auto parts = of_holders.payees(holders, names);
    without_interpreter([&](const Pause& pause) {
        return note_column(terms, {revenue.whole(), values_of(paid_in)},
                           {due, paid, missed, outstanding, states, parts}, pause);
    });
    answers.names("state", states);
    return std::move(answers).frame_with(std::move(of_holders));
}

// ---------------------------------------------------------------------------------------------------------- per payee

Frame pay_out(const revenue::DistributionTerms& terms, const py::object& frame, const std::string& earned_name,
              const std::string& carried_name, const std::string& payee_name, const std::vector<std::string>& stated) {
    static_cast<void>(unwrap(revenue::Distribution::of(terms)));
    const auto is_stated = [&](const std::string& name) { return std::ranges::find(stated, name) != stated.end(); };
    auto columns =
        frame_columns(frame, {{.name = earned_name, .money = terms.currency},
                              {.name = carried_name, .money = terms.currency, .required = is_stated(carried_name)},
                              {.name = payee_name, .required = is_stated(payee_name)}});
    WholeNumbers& earned = *columns[0];
    if (!columns[2] && !terms.higher_minimums.empty())
        raise_value_error("the terms have higher minimums for some payees: the frame needs a column '" + payee_name +
                          "'");

    Answers answers(earned.rows, terms.currency);
    const auto gross = answers.numbers("gross"), fee = answers.numbers("fee"), paid = answers.numbers("paid"),
               carried = answers.numbers("carried");
    std::vector<revenue::Unpaid> reasons(earned.rows);
    without_interpreter(
        [&](const Pause& pause) {
            return pay_out_column(terms, {earned.whole(), values_of(columns[1]), values_of(columns[2])},
                                  {gross, fee, paid, carried, reasons}, pause);
        },
        {{"earned", earned_name}, {"payees", payee_name}});
    answers.names("reason", reasons);
    return std::move(answers).frame();
}

// ---------------------------------------------------------------------------------------------------------- per gift

std::uint64_t somebody(const WholeNumbers& column, std::size_t row) {
    return static_cast<std::uint64_t>(column[row]);
}

py::tuple quadratic_column(const revenue::QuadraticTerms& terms, const py::object& gifts,
                           const std::string& project_name, const std::string& backer_name,
                           const std::string& amount_name) {
    const Currency currency = terms.pool.currency();
    const auto columns =
        frame_columns(gifts, {{.name = project_name}, {.name = backer_name}, {.name = amount_name, .money = currency}});
    const WholeNumbers &projects = *columns[0], &backers = *columns[1], &amounts = *columns[2];
    for (const auto* column : {&projects, &backers, &amounts})
        for (std::size_t row = 0; row < amounts.rows; ++row)
            if ((*column)[row] <= 0)
                raise_column_error(column->name, row,
                                   std::to_string((*column)[row]) +
                                       " is not above 0; a gift is an amount above 0 from somebody to a project, both "
                                       "with numbers from 1");
    std::vector<revenue::QuadraticContribution> contributions;
    Result<revenue::QuadraticOutcome, Finding> outcome = [&] {
        const Released released;
        contributions.reserve(amounts.rows);
        for (std::size_t row = 0; row < amounts.rows; ++row)
            contributions.push_back({revenue::PayeeId{somebody(projects, row)}, BackerId{somebody(backers, row)},
                                     Money(amounts[row], currency)});
        return match_quadratic(terms, contributions);
    }();
    const revenue::QuadraticOutcome divided = unwrap(std::move(outcome));

    Answers answers(divided.projects.size(), currency);
    const auto project = answers.numbers("project", false);
    const auto backer = answers.numbers("backers", false);
    const auto contributed = answers.numbers("contributed");
    const auto matched = answers.numbers("matched");
    const auto is_capped = answers.numbers("is_capped", false);
    const auto weights = std::make_shared<Memory<Int128>>(divided.projects.size());
    const unsigned scale = currency.digits() + terms.weight_digits;
    for (std::size_t row = 0; row < divided.projects.size(); ++row) {
        const revenue::ProjectMatch& match = divided.projects[row];
        project[row] = static_cast<std::int64_t>(match.project.value);
        backer[row] = static_cast<std::int64_t>(match.backers);
        contributed[row] = match.contributed.minor();
        matched[row] = match.matched.minor();
        is_capped[row] = match.is_capped ? 1 : 0;
        weights->values[row] = match.weight.coefficient();
        for (unsigned digits = match.weight.scale(); digits < scale; ++digits) weights->values[row] *= 10;
    }
    Frame frame = std::move(answers).frame();
    frame.columns.insert(frame.columns.begin() + 3, {"weight", OwnedColumn::Decimals{weights, scale}, {}});
    return py::make_tuple(std::move(frame), divided.distributed, divided.left);
}

}  // namespace

void bind_revenue_columns(py::module_& m) {
    m.def("_share_column", &share, py::arg("payments"), py::arg("terms"), py::arg("currency"), py::arg("sold_on"),
          py::arg("names"));
    m.def(
        "_royalty_column",
        [](const py::object& gross, const revenue::RateTerms& rates, Given<Rounding> rounding, Given<Currency> currency,
           const py::object& units, const py::object& deductions, revenue::RoyaltyRounding rounded,
           std::int64_t units_before, std::int64_t base_before) {
            std::map<revenue::Deduction, py::object> by_deduction;
            for (const auto& [key, column] : py::dict(deductions)) {
                revenue::Deduction deduction{};
                read(key, deduction);
                by_deduction.insert_or_assign(deduction, py::reinterpret_borrow<py::object>(column));
            }
            return royalty(gross, {rates, currency, rounding, rounded, {units_before, base_before}}, units,
                           by_deduction);
        },
        py::arg("gross"), py::arg("rates"), py::arg("rounding"), py::arg("currency"), py::arg("units"),
        py::arg("deductions"), py::arg("rounded"), py::arg("units_before"), py::arg("base_before"));
    m.def("_waterfall_column", &waterfall, py::arg("terms"), py::arg("on"), py::arg("received"), py::arg("contributed"),
          py::arg("names"));
    m.def("_note_column", &note, py::arg("terms"), py::arg("revenue"), py::arg("paid"), py::arg("names"));
    m.def("_pay_out_column", &pay_out, py::arg("terms"), py::arg("payees"), py::arg("earned"), py::arg("carried"),
          py::arg("payee"), py::arg("stated") = py::tuple());
    m.def("_quadratic_column", &quadratic_column, py::arg("terms"), py::arg("gifts"), py::arg("project"),
          py::arg("backer"), py::arg("amount"));
}

}  // namespace crowdrules::python
