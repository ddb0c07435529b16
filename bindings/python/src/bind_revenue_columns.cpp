// SPDX-License-Identifier: BSL-1.0
// Columns of the revenue floor: what is done per payee, payment or period, many at once. Each row is one step of the
// engine's own Sharing, Waterfall, RevenueNote, ...; crowdrules.columns has them under their names.
#include <crowdrules/revenue/balance_payment.hpp>

#include "column.hpp"
#include "interpreter.hpp"
#include "revenue.hpp"
#include <algorithm>
#include <set>

namespace crowdrules::python {
namespace {

using Names = std::map<std::uint64_t, std::string>;

/// The columns of an answer, filled row by row and handed out when every row is there.
class Answers {
  public:
    Answers(std::size_t rows, std::optional<Currency> currency) : rows_(rows), currency_(currency) {}

    /// A column of amounts, or of other numbers; all 0 at first.
    std::int64_t* numbers(const std::string& name, bool is_money = true) {
        const auto values = std::make_shared<Memory<std::int64_t>>(rows_);
        std::ranges::fill(values->span(), 0);
        frame_.columns.push_back(
            {name, OwnedColumn::Numbers{values}, is_money ? currency_ : std::optional<Currency>{}});
        return values->span().data();
    }
    std::int8_t* names(const std::string& name, std::vector<std::string> categories) {
        const auto codes = std::make_shared<Memory<std::int8_t>>(rows_);
        std::ranges::fill(codes->span(), std::int8_t{0});
        frame_.columns.push_back(names_column(name, codes, std::move(categories)));
        return codes->span().data();
    }
    /// One column for each payee, in the order in which they are met.
    std::map<PayeeId, std::int64_t*> payees(const std::vector<PayeeId>& payees, const Names& names) {
        std::map<PayeeId, std::int64_t*> columns;
        std::set<std::string> taken;
        for (const PayeeId payee : payees) {
            if (columns.contains(payee)) continue;
            const auto known = names.find(payee.value);
            const std::string name = "payees." + (known == names.end() ? std::to_string(payee.value) : known->second);
            if (!taken.insert(name).second)
                raise_value_error("two payees would have the column '" + name + "'; give each a name of its own");
            columns.emplace(payee, numbers(name));
        }
        return columns;
    }
    Frame frame() && {
        frame_.rows = rows_;
        return std::move(frame_);
    }

  private:
    std::size_t rows_;
    std::optional<Currency> currency_;
    Frame frame_;
};

/// Does `row` for each row without the interpreter; what it says, or throws, is what is wrong with that row.
template <class Row>
void for_each_row(const std::string& column, std::size_t rows, Row row) {
    std::size_t at = 0;
    std::string problem;
    {
        const Released released;
        for (; at < rows; ++at) {
            if (at % 4096 == 4095) let_signals_through();
            try {
                problem = row(at);
            } catch (const ContractViolation& error) {
                problem = error.what();
            }
            if (!problem.empty()) break;
        }
    }
    if (!problem.empty()) raise_column_error(column, at, problem);
}

std::string said(const Finding& finding) {
    return finding.what + "; accepted: " + finding.accepted;
}

Date day_of(std::int64_t days) {
    return Date(std::chrono::sys_days(std::chrono::days(days)));
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

/// A column of days since 1970, as crowdrules._revenue makes it of dates.
std::optional<WholeNumbers> days_if(const py::object& given, const char* name, const WholeNumbers& first_column) {
    auto days = column_if(given, name, {}, first_column);
    if (!days) return days;
    constexpr std::int64_t first = -719'162, last = 2'932'896;  // 0001-01-01 and 9999-12-31
    for (std::size_t row = 0; row < days->rows; ++row)
        if ((*days)[row] < first || (*days)[row] > last)
            raise_column_error(name, row, "is no day of the years 1 to 9999");
    return days;
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

Frame share_column(const py::object& given, const SplitHistory& history, Given<Currency> currency,
                   const py::object& days, const Names& names) {
    const WholeNumbers payments = column_of(given, "payments", currency);
    const auto sold_on = days_if(days, "sold_on", payments);
    if (history.rows().empty()) raise_value_error("there is no split: terms=SplitTerms({1: 60, 2: 40}), or dated ones");
    if (!sold_on && history.rows().size() > 1)
        raise_value_error("there are several splits: say on which day each payment was sold, sold_on=...");
    Sharing sharing = unwrap(Sharing::of(history, currency));

    Answers answers(payments.rows, currency);
    std::map<std::string, std::int64_t*> fees;
    std::vector<PayeeId> sharers;
    for (const auto& row : history.rows()) {
        for (const TopFee& fee : row.value.fees)
            if (!fees.contains(fee.schedule.name))
                fees.emplace(fee.schedule.name, answers.numbers("fees." + fee.schedule.name));
        for (const Share& share : row.value.shares) sharers.push_back(share.payee);
        if (row.value.totalling == Totalling::rest_to) sharers.push_back(row.value.rest);
    }
    const auto payees = answers.payees(sharers, names);
    std::int64_t* const undivided = answers.numbers("undivided");
    const Date first = history.rows().front().from;
    for_each_row("payments", payments.rows, [&](std::size_t row) -> std::string {
        const auto shared =
            sharing.share({}, sold_on ? day_of((*sold_on)[row]) : first, Money(payments[row], currency));
        if (!shared) return said(shared.error());
        for (const FeeTaken& fee : shared->fees) fees.at(fee.name)[row] += fee.paid.minor();
        for (const SharePart& part : shared->parts) payees.at(part.payee)[row] += part.amount.minor();
        undivided[row] = shared->undivided.minor();
        return {};
    });
    return std::move(answers).frame();
}

// ----------------------------------------------------------------------------------------------------------- per sale

Frame royalty_column(const py::object& given, const RateTerms& rates, Given<Rounding> rounding,
                     Given<Currency> currency, const py::object& given_units,
                     const std::map<Deduction, py::object>& given_deductions, RoyaltyRounding rounded,
                     SoldBefore sold) {
    const WholeNumbers gross = column_of(given, "gross", currency);
    const auto units = column_if(given_units, "units", {}, gross);
    std::vector<std::pair<Deduction, WholeNumbers>> deductions;
    for (const auto& [deduction, column] : given_deductions)
        deductions.emplace_back(deduction,
                                column_of(column, std::string(to_text(deduction)).c_str(), currency, &gross));
    const DatedRow<RateTerms> row_in_force{{}, rates, {}};
    if (!units && (rates.basis == TierBasis::units || rates.per_unit || rates.floor_per_unit))
        raise_value_error("these rates count units: say how many each row sold, units=...");
    if (sold.units < 0 || sold.base < 0) raise_value_error("what was sold before is at least 0");
    refuse_defects({Date(std::chrono::year(1900), std::chrono::January, std::chrono::day(1)), rates, {}}, currency);

    Answers answers(gross.rows, currency);
    std::int64_t* const base = answers.numbers("base");
    std::int64_t* const royalty = answers.numbers("royalty");
    Accrual accrual(currency);
    SalesLine sale = blank<SalesLine>();
    for_each_row("gross", gross.rows, [&](std::size_t row) -> std::string {
        sale.units = units ? (*units)[row] : 0;
        sale.gross = Money(gross[row], currency);
        for (const auto& [deduction, column] : deductions)
            sale.deductions.insert_or_assign(deduction, Money(column[row], currency));
        SoldBefore after = sold;
        if (__builtin_add_overflow(sold.units, sale.units, &after.units)) return "the units sold leave 64 bits";
        if (after.units < 0) return "more units are returned than were sold before";
        const RoyaltyLine line = royalty_on(sale, row_in_force, sold);
        if (__builtin_add_overflow(sold.base, line.base.minor(), &after.base)) return "the sales leave 64 bits";
        if (after.base < 0) return "more is returned than was sold before";
        sold = after;
        base[row] = line.base.minor();
        if (rounded == RoyaltyRounding::each_line) {
            royalty[row] = money_of(line.earned, currency, rounding).minor();
        } else {
            accrual.add(line.earned);
            royalty[row] = accrual.settle(rounding).minor();
        }
        return {};
    });
    return std::move(answers).frame();
}

// --------------------------------------------------------------------------------------------------------- per period

Frame waterfall_column(const WaterfallTerms& terms, const py::object& days, const py::object& given,
                       const py::object& given_contributed, const Names& names) {
    const WholeNumbers received = column_of(given, "received", terms.currency);
    const auto on = days_if(days, "on", received);
    if (!on) raise_value_error("a waterfall needs the day of each receipt: on=[...]");
    const auto contributed = column_if(given_contributed, "contributed", terms.currency, received);
    Waterfall waterfall = unwrap(Waterfall::of(terms));

    Answers answers(received.rows, terms.currency);
    std::vector<std::int64_t*> steps;
    std::vector<PayeeId> holders;
    for (const WaterfallStep& step : terms.steps) {
        steps.push_back(answers.numbers("steps." + step.name));
        for (const Share& share : step.to) holders.push_back(share.payee);
    }
    const auto payees = answers.payees(holders, names);
    for_each_row("received", received.rows, [&](std::size_t row) -> std::string {
        const Date day = day_of((*on)[row]);
        if (contributed && (*contributed)[row] != 0) {
            const auto paid_in = waterfall.contribute(day, Money((*contributed)[row], terms.currency));
            if (!paid_in) return said(paid_in.error());
        }
        const auto payment = waterfall.distribute(day, Money(received[row], terms.currency));
        if (!payment) return said(payment.error());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            steps[i][row] = payment->steps[i].paid.minor();
            for (const SharePart& part : payment->steps[i].parts) payees.at(part.payee)[row] += part.amount.minor();
        }
        return {};
    });
    return std::move(answers).frame();
}

Frame note_column(const NoteTerms& terms, const py::object& given, const py::object& given_paid, const Names& names) {
    RevenueNote note = unwrap(RevenueNote::of(terms));
    const Currency currency = note.cap().currency();
    const WholeNumbers revenue = column_of(given, "revenue", currency);
    const auto paid_in = column_if(given_paid, "paid", currency, revenue);

    Answers answers(revenue.rows, currency);
    std::int64_t* const due = answers.numbers("due");
    std::int64_t* const paid = answers.numbers("paid");
    std::int64_t* const missed = answers.numbers("missed");
    std::int64_t* const outstanding = answers.numbers("outstanding");
    std::vector<std::string> states;
    for (const std::string_view state : detail::enumerator_names<NoteState>()) states.emplace_back(state);
    std::int8_t* const state = answers.names("state", std::move(states));
    std::vector<PayeeId> holders;
    for (const NoteHolder& holder : terms.holders) holders.push_back(holder.payee);
    const auto payees = answers.payees(holders, names);
    for_each_row("revenue", revenue.rows, [&](std::size_t row) -> std::string {
        state[row] = static_cast<std::int8_t>(note.state());
        if (note.state() == NoteState::repaid) {
            if (revenue[row] < 0) return "a revenue below zero; accepted: amounts from zero up";
            if (paid_in && (*paid_in)[row] != 0) return "the note is repaid; accepted: a payment of 0";
            return {};
        }
        const auto period = note.end_period(Money(revenue[row], currency),
                                            paid_in ? std::optional(Money((*paid_in)[row], currency)) : std::nullopt);
        if (!period) return said(period.error());
        due[row] = period->due.minor();
        paid[row] = period->paid.minor();
        missed[row] = period->missed.minor();
        outstanding[row] = period->outstanding.minor();
        state[row] = static_cast<std::int8_t>(period->state);
        for (const SharePart& part : period->parts) payees.at(part.payee)[row] += part.amount.minor();
        return {};
    });
    return std::move(answers).frame();
}

// ---------------------------------------------------------------------------------------------------------- per payee

Frame pay_out_column(const DistributionTerms& terms, const py::object& frame, const std::string& earned_name,
                     const std::string& carried_name, const std::string& payee_name,
                     const std::vector<std::string>& stated) {
    static_cast<void>(unwrap(Distribution::of(terms)));
    const auto is_stated = [&](const std::string& name) { return std::ranges::find(stated, name) != stated.end(); };
    const auto columns = frame_columns(frame, {{.name = earned_name, .money = terms.currency},
                                               {.name = carried_name,
                                                .money = terms.currency,
                                                .required = is_stated(carried_name)},
                                               {.name = payee_name, .required = is_stated(payee_name)}});
    const WholeNumbers& earned = *columns[0];
    const auto &carried_in = columns[1], &payees = columns[2];
    if (!payees && !terms.higher_minimums.empty())
        raise_value_error("the terms have higher minimums for some payees: the frame needs a column '" + payee_name +
                          "'");

    Answers answers(earned.rows, terms.currency);
    std::int64_t* const gross = answers.numbers("gross");
    std::int64_t* const fee = answers.numbers("fee");
    std::int64_t* const paid = answers.numbers("paid");
    std::int64_t* const carried = answers.numbers("carried");
    std::vector<std::string> reasons;
    for (const std::string_view reason : detail::enumerator_names<Unpaid>()) reasons.emplace_back(reason);
    std::int8_t* const reason = answers.names("reason", std::move(reasons));
    const Money none = Money::zero(terms.currency);
    for_each_row(earned.name, earned.rows, [&](std::size_t row) -> std::string {
        if (payees && (*payees)[row] <= 0) return "payee " + std::to_string((*payees)[row]) + " is nobody";
        const PayeeId payee{payees ? static_cast<std::uint64_t>((*payees)[row]) : 0};
        const Money balance =
            Money(earned[row], terms.currency) + Money(carried_in ? (*carried_in)[row] : 0, terms.currency);
        const BalancePayment payment = payment_of(terms, balance.units(), none, minimum_of(terms, payee), terms.rule);
        gross[row] = payment.gross.minor();
        fee[row] = payment.fee.minor();
        paid[row] = payment.paid.minor();
        carried[row] = (balance - payment.gross).minor();
        reason[row] = static_cast<std::int8_t>(payment.reason);
        return {};
    });
    return std::move(answers).frame();
}

// ---------------------------------------------------------------------------------------------------------- per gift

std::uint64_t somebody(const WholeNumbers& column, std::size_t row) {
    return static_cast<std::uint64_t>(column[row]);
}

py::tuple quadratic_column(const QuadraticTerms& terms, const py::object& gifts, const std::string& project_name,
                           const std::string& backer_name, const std::string& amount_name) {
    const Currency currency = terms.pool.currency();
    const auto columns =
        frame_columns(gifts, {{.name = project_name}, {.name = backer_name}, {.name = amount_name, .money = currency}});
    const WholeNumbers &projects = *columns[0], &backers = *columns[1], &amounts = *columns[2];
    for (const auto* column : {&projects, &backers, &amounts})
        for_each_row(column->name, amounts.rows, [&](std::size_t row) -> std::string {
            return (*column)[row] > 0 ? ""
                                      : std::to_string((*column)[row]) +
                                            " is not above 0; a gift is an amount above 0 "
                                            "from somebody to a project, both with numbers "
                                            "from 1";
        });
    std::vector<QuadraticContribution> contributions;
    Result<QuadraticOutcome, Finding> outcome = [&] {
        const Released released;
        contributions.reserve(amounts.rows);
        for (std::size_t row = 0; row < amounts.rows; ++row)
            contributions.push_back(
                {PayeeId{somebody(projects, row)}, BackerId{somebody(backers, row)}, Money(amounts[row], currency)});
        return match_quadratic(terms, contributions);
    }();
    const QuadraticOutcome divided = unwrap(std::move(outcome));

    Answers answers(divided.projects.size(), currency);
    std::int64_t* const project = answers.numbers("project", false);
    std::int64_t* const backer = answers.numbers("backers", false);
    std::int64_t* const contributed = answers.numbers("contributed");
    std::int64_t* const matched = answers.numbers("matched");
    std::int64_t* const is_capped = answers.numbers("is_capped", false);
    const auto weights = std::make_shared<Memory<Int128>>(divided.projects.size());
    const unsigned scale = currency.digits() + terms.weight_digits;
    for (std::size_t row = 0; row < divided.projects.size(); ++row) {
        const ProjectMatch& match = divided.projects[row];
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
    m.def("_share_column", &share_column, py::arg("payments"), py::arg("terms"), py::arg("currency"),
          py::arg("sold_on"), py::arg("names"));
    m.def(
        "_royalty_column",
        [](const py::object& gross, const RateTerms& rates, Given<Rounding> rounding, Given<Currency> currency,
           const py::object& units, const py::object& deductions, RoyaltyRounding rounded, std::int64_t units_before,
           std::int64_t base_before) {
            std::map<Deduction, py::object> by_deduction;
            for (const auto& [key, column] : py::dict(deductions)) {
                Deduction deduction{};
                read(key, deduction);
                by_deduction.insert_or_assign(deduction, py::reinterpret_borrow<py::object>(column));
            }
            return royalty_column(gross, rates, rounding, currency, units, by_deduction, rounded,
                                  {units_before, base_before});
        },
        py::arg("gross"), py::arg("rates"), py::arg("rounding"), py::arg("currency"), py::arg("units"),
        py::arg("deductions"), py::arg("rounded"), py::arg("units_before"), py::arg("base_before"));
    m.def("_waterfall_column", &waterfall_column, py::arg("terms"), py::arg("on"), py::arg("received"),
          py::arg("contributed"), py::arg("names"));
    m.def("_note_column", &note_column, py::arg("terms"), py::arg("revenue"), py::arg("paid"), py::arg("names"));
    m.def("_pay_out_column", &pay_out_column, py::arg("terms"), py::arg("payees"), py::arg("earned"),
          py::arg("carried"), py::arg("payee"), py::arg("stated") = py::tuple());
    m.def("_quadratic_column", &quadratic_column, py::arg("terms"), py::arg("gifts"), py::arg("project"),
          py::arg("backer"), py::arg("amount"));
}

}  // namespace crowdrules::python
