// SPDX-License-Identifier: BSL-1.0
// Columns: everything that is done per pledge or payee, many at once. crowdrules.columns has them under their names.
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/fees/settle_column.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/money/allocate.hpp>

#include "column.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
#include "settle_pledges.hpp"
#include <algorithm>

namespace crowdrules::python {
namespace {

using Numbers = std::shared_ptr<Memory<std::int64_t>>;

/// An array of NumPy that nobody has written to; nothing where NumPy is not installed.
py::object empty_array(std::size_t rows) {
    // Found once. Not a static of the guarded kind: importing may let another thread in, which would wait for it.
    static PyObject* empty = nullptr;
    static PyObject* kind = nullptr;
    if (empty == nullptr) {
        try {
            const py::module_ numpy = py::module_::import("numpy");
            kind = py::object(numpy.attr("dtype")("int64")).release().ptr();
            empty = py::object(numpy.attr("empty")).release().ptr();
        } catch (const py::error_already_set& error) {
            if (!error.matches(PyExc_ImportError)) throw;
            return {};
        }
    }
    const py::int_ size(rows);
    PyObject* const given[] = {size.ptr(), kind};
    PyObject* array = PyObject_Vectorcall(empty, given, 2, nullptr);
    if (array == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(array);
}

/// Where answers go: into the caller's memory; or, as what came in did, into an array of NumPy or a column of our own.
class Answer {
  public:
    std::span<std::int64_t> values;

    Answer(const py::object& out, const WholeNumbers& from) {
        if (!out.is_none())
            array_ = out;
        else if (!from.is_arrow)
            array_ = empty_array(from.rows);
        if (array_) {
            Output given = output(array_, "out", from.rows);
            values = given.values;
            owner_ = std::move(given.owner);
        } else {
            own_ = std::make_shared<Memory<std::int64_t>>(from.rows);
            values = own_->span();
        }
    }
    [[nodiscard]] py::object as(const char* name, std::optional<Currency> currency = {}) const {
        return array_ ? array_ : py::cast(OwnedColumn{name, OwnedColumn::Numbers{own_}, currency});
    }

  private:
    py::object array_;
    Numbers own_;
    std::shared_ptr<void> owner_;
};

using GivenCurrency = std::optional<Given<Currency>>;

std::optional<Currency> plain(const GivenCurrency& given) {
    return given ? std::optional(given->value) : std::nullopt;
}

/// From so many rows on, other threads of Python run meanwhile.
constexpr std::size_t long_work = 1'000;

template <class Compute>
void compute_rows(std::size_t rows, Compute compute) {
    if (rows < long_work) return compute();
    const Released released;
    compute();
}

/// Every bit that is set in any value: a negative one sets the highest, a huge one those below it.
std::int64_t bits_of(const WholeNumbers& column) {
    std::int64_t bits = 0;
    for (const auto chunk : column.chunks)
        for (const std::int64_t value : chunk) bits |= value;
    return bits;
}

[[noreturn]] void raise_negative(const WholeNumbers& column, const char* expected) {
    std::size_t row = 0;
    while (column[row] >= 0) ++row;
    raise_column_error(column.name, row, std::to_string(column[row]) + " is negative; " + expected);
}

constexpr const char* fee_is_on = "a fee is on an amount of at least 0";

/// Calls `compute`; what it throws is laid to the first row at fault.
template <class Compute, class One>
void for_rows(const WholeNumbers& column, Compute compute, One one, bool may_be_negative = false) {
    std::string problem;
    try {
        return compute_rows(column.rows, compute);
    } catch (const ContractViolation& error) {
        problem = error.what();
    }
    if (!may_be_negative && bits_of(column) < 0) raise_negative(column, fee_is_on);
    for (std::size_t row = 0; row < column.rows; ++row) {
        try {
            one(column[row]);
        } catch (const ContractViolation& error) {
            raise_column_error(column.name, row, error.what());
        }
    }
    throw Overflow(problem);
}

/// The fees of a column. Nothing is written to `out` unless every row has one.
py::object fees_of(const FeeColumn& fees, const py::object& given, const py::object& out,
                   const GivenCurrency& currency) {
    const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = plain(currency)});
    const Answer answer(out, amounts);
    const auto compute = [&] {
        std::size_t at = 0;
        for (const auto chunk : amounts.chunks) {
            fees.fees(chunk, answer.values.subspan(at, chunk.size()));
            at += chunk.size();
        }
    };
    const auto one = [&](std::int64_t amount) { static_cast<void>(fees.fee(amount)); };
    // Below an eighth of 64 bits no fee can leave them, unless its fixed parts are as large: what they are is looked
    // at by the total, which writes nothing.
    bool is_safe = out.is_none();
    if (!is_safe) {
        const std::int64_t bits = bits_of(amounts);
        if (bits < 0) raise_negative(amounts, fee_is_on);
        is_safe = bits >> 60 == 0 && fees.fast_below() > 0;
    }
    for_rows(
        amounts,
        [&] {
            if (!is_safe)
                for (const auto chunk : amounts.chunks) static_cast<void>(fees.total(chunk));
            compute();
        },
        one);
    return answer.as("fee", plain(currency));
}

/// Products of a column; the rate is compiled once. What is no rate of a fee goes one by one.
void multiply(const WholeNumbers& amounts, const Decimal& rate, const Rounding& how, std::span<std::int64_t> into) {
    const FeeSchedule plain{.name = "product", .bands = {{0, rate, 0}}, .rounding = how, .citation = {}};
    // The same arithmetic, many rows at once, for what no fee is: neither a negative rate nor a negative amount.
    const bool is_fee = amounts.rows >= long_work && !defect_of(plain) && bits_of(amounts) >= 0;
    const std::optional<FeeColumn> column = is_fee ? std::optional<FeeColumn>(plain) : std::nullopt;
    const bool is_simple = how.step == 1 && rate.scale() <= 18 &&
                           rate.coefficient() >= std::numeric_limits<std::int64_t>::min() &&
                           rate.coefficient() <= std::numeric_limits<std::int64_t>::max();
    std::size_t at = 0;
    for (const auto chunk : amounts.chunks) {
        const auto products = into.subspan(at, chunk.size());
        at += chunk.size();
        if (column) {
            column->fees(chunk, products);
        } else if (is_simple) {
            const auto coefficient = static_cast<std::int64_t>(rate.coefficient());
            for (std::size_t i = 0; i < chunk.size(); ++i)
                products[i] = multiply_rate(chunk[i], coefficient, rate.scale(), how.mode);
        } else {
            for (std::size_t i = 0; i < chunk.size(); ++i) products[i] = Money(chunk[i], USD).times(rate, how).minor();
        }
    }
}

py::object times(const py::object& given, const Decimal& rate, Given<Rounding> rounding, const py::object& out,
                 const GivenCurrency& currency) {
    const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = plain(currency)});
    const Answer answer(out, amounts);
    const Rounding how = rounding;
    // A product of a rate up to 1 always fits; a larger one may not, and then nothing may be half written.
    const bool always_fits = rate <= Decimal(1) && Decimal(-1) <= rate && how.step == 1;
    for_rows(
        amounts,
        [&] {
            if (out.is_none() || always_fits) {
                multiply(amounts, rate, how, answer.values);
            } else {
                std::vector<std::int64_t> first(amounts.rows);
                multiply(amounts, rate, how, first);
                std::copy(first.begin(), first.end(), answer.values.begin());
            }
        },
        [&](std::int64_t amount) { static_cast<void>(Money(amount, USD).times(rate, how)); }, true);
    return answer.as("product", plain(currency));
}

Int128 sum_of(const py::object& given, const GivenCurrency& currency) {
    const WholeNumbers values = whole_numbers(given, {.name = "values", .money = plain(currency)});
    Int128 sum = 0;
    compute_rows(values.rows, [&] {
        for (const auto chunk : values.chunks) sum += exact_sum(chunk);
    });
    return sum;
}

py::object allocate_column(const py::object& whole, const py::object& given, Spare spare, std::int64_t step,
                           std::size_t turn, const py::object& out) {
    std::optional<Currency> currency;
    std::int64_t minor = 0;
    if (py::isinstance<Money>(whole)) {
        currency = py::cast<const Money&>(whole).currency();
        minor = py::cast<const Money&>(whole).minor();
    } else {
        read(whole, minor);
    }
    WholeNumbers weights = whole_numbers(given, {.name = "weights", .money = currency, .kind = Wanted::Kind::weights});
    const Answer answer(out, weights);
    if (bits_of(weights) < 0) raise_negative(weights, "a weight is at least 0");
    const auto all = weights.whole();
    if (exact_sum(all) == 0) raise_column_error("weights", {}, "are all 0: nobody would get anything");
    if (exact_sum(all) > std::numeric_limits<std::int64_t>::max())
        raise_column_error("weights", {}, "total more than 2^63 - 1; scale them down");
    compute_rows(weights.rows,
                 [&] { allocate_into(minor, all, {.spare = spare, .step = step, .turn = turn}, answer.values); });
    return answer.as("part", currency);
}

py::tuple settle_charges(const py::object& given, const FeeSchedule& processing, const FeeSchedule& platform,
                         const GivenCurrency& currency) {
    WholeNumbers charges = whole_numbers(given, {.name = "charges", .money = plain(currency)});
    const SettleColumn terms(processing, platform);
    const auto fees = std::make_shared<Memory<std::int64_t>>(charges.rows);
    const auto shares = std::make_shared<Memory<std::int64_t>>(charges.rows);
    const auto net = std::make_shared<Memory<std::int64_t>>(charges.rows);
    const auto all = charges.whole();
    SettledTotals totals;
    for_rows(
        charges, [&] { totals = terms.settle(all, {fees->span(), shares->span(), net->span()}); },
        [&](std::int64_t charge) {
            static_cast<void>(SettleColumn(processing, platform).settle(std::span(&charge, 1)));
        });
    Frame frame;
    frame.rows = charges.rows;
    frame.columns = {{"processing_fee", OwnedColumn::Numbers{fees}, plain(currency)},
                     {"platform_fee", OwnedColumn::Numbers{shares}, plain(currency)},
                     {"net", OwnedColumn::Numbers{net}, plain(currency)}};
    py::dict sums;
    sums["gross"] = write(totals.gross);
    sums["processing_fee"] = write(totals.processing);
    sums["platform_fee"] = write(totals.platform);
    sums["net"] = write(totals.net);
    return py::make_tuple(std::move(frame), sums);
}

/// A compiled schedule, and the schedule.
struct KeptFeeColumn {
    FeeSchedule schedule;
    FeeColumn column;

    explicit KeptFeeColumn(const FeeSchedule& given) : schedule(given), column(given) {}
};

}  // namespace

void bind_columns(py::module_& m) {
    py::class_<KeptFeeColumn>(m, "FeeColumn", R"(A fee schedule, compiled once and applied to columns of amounts.

>>> card = FeeColumn(FeeSchedule('card fee', [FeeBand(rate='2.9%', fixed=30)], rounding='half_up'))
>>> list(card([11500, 999]))
[364, 59]
)")
        .def(py::init<const FeeSchedule&>(), py::arg("schedule"))
        .def(
            "__call__",
            [](const KeptFeeColumn& self, const py::object& amounts, const py::object& out,
               const GivenCurrency& currency) { return fees_of(self.column, amounts, out, currency); },
            py::arg("amounts"), py::arg("out") = py::none(), py::arg("currency") = py::none(),
            "The fee of each amount, in minor units, without tax. Raises ColumnError with the row for a negative "
            "amount; `out` is then as it was.")
        .def(
            "total",
            [](const KeptFeeColumn& self, const py::object& given, const GivenCurrency& currency) {
                const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = plain(currency)});
                Int128 sum = 0;
                for_rows(
                    amounts,
                    [&] {
                        for (const auto chunk : amounts.chunks) sum += self.column.total(chunk);
                    },
                    [&](std::int64_t amount) { static_cast<void>(self.column.fee(amount)); });
                return sum;
            },
            py::arg("amounts"), py::arg("currency") = py::none(), "The exact sum of the fees of all amounts.")
        .def_readonly("schedule", &KeptFeeColumn::schedule, "What it was compiled from.")
        .def("__eq__",
             [](const KeptFeeColumn& self, const py::object& other) {
                 return py::isinstance<KeptFeeColumn>(other) &&
                        self.schedule == py::cast<const KeptFeeColumn&>(other).schedule;
             })
        .def("__hash__", [](const KeptFeeColumn& self) { return py::hash(py::cast(self.schedule)); })
        .def("__copy__", [](const py::object& self) { return self; })
        .def("__deepcopy__", [](const py::object& self, const py::object&) { return self; })
        .def(py::pickle([](const KeptFeeColumn& self) { return py::make_tuple(self.schedule); },
                        [](const py::tuple& kept) { return KeptFeeColumn(py::cast<const FeeSchedule&>(kept[0])); }))
        .def("__repr__", [](const KeptFeeColumn& self) {
            return "FeeColumn(" + std::string(py::repr(py::cast(self.schedule))) + ")";
        });

    m.def("_times", &times, py::arg("amounts"), py::arg("rate"), py::arg("rounding"), py::arg("out") = py::none(),
          py::arg("currency") = py::none());
    m.def("_exact_sum", &sum_of, py::arg("values"), py::arg("currency") = py::none());
    m.def("_allocate_column", &allocate_column, py::arg("whole"), py::arg("weights"), py::arg("spare"),
          py::arg("step") = 1, py::arg("turn") = 0, py::arg("out") = py::none());
    m.def("_settle_charges", &settle_charges, py::arg("charges"), py::arg("processing"), py::arg("platform"),
          py::arg("currency") = py::none());
    m.def(
        "_settle_pledges",
        [](const Terms& terms, const py::object& pledges, const std::string& amount,
           const std::optional<std::string>& reward, const std::optional<std::string>& collected,
           const std::optional<std::string>& currency) {
            SettledPledges settled = settle_pledges(terms, pledges, {amount, reward, collected, currency});
            return py::make_tuple(std::move(settled.rows), std::move(settled.statement));
        },
        py::arg("terms"), py::arg("pledges"), py::arg("amount"), py::arg("reward") = py::none(),
        py::arg("collected") = py::none(), py::arg("currency") = py::none());
}

}  // namespace crowdrules::python
