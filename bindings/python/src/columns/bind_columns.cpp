// SPDX-License-Identifier: BSL-1.0
// Columns: everything that is done per pledge or payee, many at once. crowdrules.columns has them under their names.
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/fees/settle_column.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/money/allocate.hpp>

#include "column.hpp"
#include "convert.hpp"
#include "core/vector_clones.hpp"
#include "direct.hpp"
#include "interpreter.hpp"
#include "campaign/settle_pledges.hpp"
#include <algorithm>
#include <array>
#include <functional>

namespace crowdrules::python {
namespace {

// -------------------------------------------------------------------------------------------------- memory for answers

using Numbers = std::shared_ptr<Memory<std::int64_t>>;

/// Something of NumPy, found once; nothing where NumPy is not installed. Not a static of the guarded kind: importing
/// may let another thread in, which would wait for it.
PyObject* of_numpy(const char* name) {
    try {
        return py::object(py::module_::import("numpy").attr(name)).release().ptr();
    } catch (const py::error_already_set& error) {
        if (!error.matches(PyExc_ImportError)) throw;
        return nullptr;
    }
}

/// An array of NumPy that nobody has written to; nothing where NumPy is not installed. A long one is over memory of
/// ours, which is at hand where NumPy's would be new.
py::object empty_array(std::size_t rows) {
    static PyObject* kind = nullptr;
    static PyObject* empty = nullptr;
    static PyObject* over = nullptr;
    if (kind == nullptr) {
        empty = of_numpy("empty");
        over = of_numpy("frombuffer");
        kind = of_numpy("int64");
        if (kind == nullptr) return {};
    }
    const bool is_long = rows * sizeof(std::int64_t) >= PooledBuffer::pooled_from;
    const py::object of = is_long ? py::cast(std::make_shared<Memory<std::int64_t>>(rows)) : py::object(py::int_(rows));
    PyObject* const given[] = {of.ptr(), kind};
    PyObject* array = PyObject_Vectorcall(is_long ? over : empty, given, 2, nullptr);
    if (array == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(array);
}

bool overlap(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
    const std::less<const std::int64_t*> before;  // pointers into different arrays have this order only
    return before(a.data(), b.data() + b.size()) && before(b.data(), a.data() + a.size());
}

/// A column of the caller's to be written to: as long as what comes in, and in memory of its own.
Output output_beside(py::handle given, const std::string& name, const WholeNumbers& from) {
    Output out = output(given, name, from.rows);
    for (const auto chunk : from.chunks)
        if (overlap(out.values, chunk))
            raise_column_error(
                name, {}, "lies in the memory of '" + from.name + "', which is still to be read; give another array");
    return out;
}

/// Where answers go: into the caller's memory; or, as what came in did, into an array of NumPy or a column of our own.
class Answer {
  public:
    std::span<std::int64_t> values;

    Answer(py::handle out, const WholeNumbers& from) {
        if (!out.is_none())
            array_ = py::reinterpret_borrow<py::object>(out);
        else if (!from.is_arrow)
            array_ = empty_array(from.rows);
        if (array_) {
            Output given = out.is_none() ? output(array_, "out", from.rows) : output_beside(array_, "out", from);
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

// --------------------------------------------------------------------------------------------------- what is given

std::optional<Currency> plain(const std::optional<Given<Currency>>& given) {
    return given ? std::optional(given->value) : std::nullopt;
}
std::optional<Currency> currency_of(py::handle given) {
    std::optional<Currency> currency;
    read(given, currency);
    return currency;
}

/// Whether no fee on an amount below 2^60 leaves 64 bits, nor two of them what they leave of it.
bool stays_small(const FeeSchedule& schedule) {
    Int128 most = Int128{schedule.rounding.step} + schedule.minimum.value_or(0);
    for (const FeeBand& band : schedule.bands) most += band.fixed;
    return most < Int128{1} << 61;
}

/// A compiled schedule, and the schedule.
struct KeptFeeColumn {
    FeeSchedule schedule;
    FeeColumn column;
    bool is_small;

    explicit KeptFeeColumn(const FeeSchedule& given) : schedule(given), column(given), is_small(stays_small(given)) {}
};
struct KeptSettleColumn {
    FeeSchedule processing, platform;
    SettleColumn column;
    bool is_small;

    KeptSettleColumn(const FeeSchedule& of_processor, const FeeSchedule& of_platform)
        : processing(of_processor),
          platform(of_platform),
          column(of_processor, of_platform),
          is_small(stays_small(of_processor) && stays_small(of_platform)) {}
};

/// The last few things that were compiled, so that calls with the same schedule compile it once. Expects: the lock of
/// the interpreter.
template <class Compiled>
class Recent {
  public:
    template <class Is, class Compile>
    std::shared_ptr<const Compiled> find(Is is, Compile compile) {
        auto found = std::ranges::find_if(kept_, [&](const auto& one) { return is(*one); });
        if (found == kept_.end()) {
            kept_.push_back(compile());
            found = kept_.end() - 1;
        }
        std::rotate(kept_.begin(), found, found + 1);
        const auto latest = kept_.front();
        if (kept_.size() > most) kept_.pop_back();
        return latest;
    }

  private:
    static constexpr std::size_t most = 8;
    std::vector<std::shared_ptr<const Compiled>> kept_;
};

std::shared_ptr<const KeptFeeColumn> compiled(const FeeSchedule& schedule) {
    static auto& recent = *new Recent<KeptFeeColumn>;  // as long as the process: threads may compute until its end
    return recent.find([&](const KeptFeeColumn& one) { return one.schedule == schedule; },
                       [&] { return std::make_shared<const KeptFeeColumn>(schedule); });
}

std::shared_ptr<const KeptSettleColumn> compiled(const FeeSchedule& processing, const FeeSchedule& platform) {
    static auto& recent = *new Recent<KeptSettleColumn>;
    return recent.find(
        [&](const KeptSettleColumn& one) { return one.processing == processing && one.platform == platform; },
        [&] { return std::make_shared<const KeptSettleColumn>(processing, platform); });
}

const FeeSchedule& schedule_of(py::handle given) {
    // Looked up once: by its C++ type it takes longer than to settle a charge.
    static auto* const type = reinterpret_cast<PyTypeObject*>(py::type::of<FeeSchedule>().release().ptr());
    if (PyObject_TypeCheck(given.ptr(), type) == 0)
        raise_type_error("expected a FeeSchedule, got " + std::string(py::repr(given)));
    return py::cast<const FeeSchedule&>(given);
}

// --------------------------------------------------------------------------------------------------- rows and refusals

/// From so many rows on, other threads of Python run meanwhile.
constexpr std::size_t long_work = 1'000;

template <class Compute>
void compute_rows(std::size_t rows, Compute compute) {
    if (rows < long_work) return compute();
    const Released released;
    compute();
}

/// Rows between two moments at which Ctrl-C is heard: about a millisecond.
constexpr std::size_t longest_part = std::size_t{1} << 20;

/// Calls compute(part, first row) for parts of the column, in order.
template <class Compute>
void for_each_part(const WholeNumbers& column, Compute compute) {
    Listener listener;
    std::size_t at = 0;
    for (auto chunk : column.chunks)
        while (!chunk.empty()) {
            const auto part = chunk.first(std::min(longest_part, chunk.size()));
            compute(part, at);
            at += part.size();
            chunk = chunk.subspan(part.size());
            if (at < column.rows) listener.listen();
        }
}

/// Every bit that is set in any value: a negative one sets the highest, a huge one those below it.
CROWDRULES_VECTOR_CLONES
std::int64_t bits_of(const std::int64_t* values, std::size_t count) {
    std::int64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) bits |= values[i];
    return bits;
}
std::int64_t bits_of(const WholeNumbers& column) {
    std::int64_t bits = 0;
    for (const auto chunk : column.chunks) bits |= bits_of(chunk.data(), chunk.size());
    return bits;
}

[[noreturn]] void raise_negative(const std::string& column, std::size_t row, std::int64_t value, const char* expected) {
    raise_column_error(column, row, std::to_string(value) + " is negative; " + expected);
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
    for (std::size_t row = 0; row < column.rows; ++row) {
        if (!may_be_negative && column[row] < 0) raise_negative(column.name, row, column[row], fee_is_on);
        try {
            one(column[row]);
        } catch (const ContractViolation& error) {
            raise_column_error(column.name, row, error.what());
        }
    }
    throw Overflow(problem);
}

/// Throws where a row cannot be computed, before anything is written to memory of the caller's. `compute`, which writes
/// nothing there, is called only where a row might be at fault that is not negative: no fee `is_small` that is on 2^60
/// or more.
template <class Compute>
void check_first(const WholeNumbers& amounts, bool is_small, Compute compute) {
    std::int64_t bits = 0;
    for_each_part(amounts, [&](auto part, std::size_t) { bits |= bits_of(part.data(), part.size()); });
    if (bits < 0) throw ContractViolation(fee_is_on);
    if (bits >> 60 != 0 || !is_small) for_each_part(amounts, compute);
}

// --------------------------------------------------------------------------------------------------- the functions

/// The fees of a column. Nothing is written to `out` unless every row has one.
py::object fees_of(const KeptFeeColumn& kept, py::handle given, py::handle out, std::optional<Currency> currency) {
    const FeeColumn& fees = kept.column;
    const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = currency});
    const Answer answer(out, amounts);
    for_rows(
        amounts,
        [&] {
            if (!out.is_none())
                check_first(amounts, kept.is_small,
                            [&](auto part, std::size_t) { static_cast<void>(fees.total(part)); });
            for_each_part(amounts,
                          [&](auto part, std::size_t at) { fees.fees(part, answer.values.subspan(at, part.size())); });
        },
        [&](std::int64_t amount) { static_cast<void>(fees.fee(amount)); });
    return answer.as("fee", currency);
}

py::object fees_by(py::handle amounts, py::handle schedule, py::handle out, py::handle currency) {
    return fees_of(*compiled(schedule_of(schedule)), amounts, out, currency_of(currency));
}

Int128 total_of(const FeeColumn& fees, py::handle given, std::optional<Currency> currency) {
    const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = currency});
    Int128 sum = 0;
    for_rows(
        amounts, [&] { for_each_part(amounts, [&](auto part, std::size_t) { sum += fees.total(part); }); },
        [&](std::int64_t amount) { static_cast<void>(fees.fee(amount)); });
    return sum;
}

/// Amounts times a rate that is compiled once. What is no rate of a fee goes one by one.
class Multiplier {
  public:
    Multiplier(const WholeNumbers& amounts, const Decimal& rate, const Rounding& how)
        : rate_(rate),
          how_(how),
          is_simple_(how.step == 1 && rate.scale() <= 18 &&
                     rate.coefficient() >= std::numeric_limits<std::int64_t>::min() &&
                     rate.coefficient() <= std::numeric_limits<std::int64_t>::max()) {
        if (amounts.rows < long_work || bits_of(amounts) < 0) return;
        // The same arithmetic, many rows at once, for what no fee is: neither a negative rate nor a negative amount.
        const FeeSchedule plain{.name = "product", .bands = {{0, rate, 0}}, .rounding = how, .citation = {}};
        if (!defect_of(plain)) column_.emplace(plain);
    }

    void operator()(std::span<const std::int64_t> amounts, std::span<std::int64_t> products) const {
        if (column_) {
            column_->fees(amounts, products);
        } else if (is_simple_) {
            const auto coefficient = static_cast<std::int64_t>(rate_.coefficient());
            for (std::size_t i = 0; i < amounts.size(); ++i)
                products[i] = multiply_rate(amounts[i], coefficient, rate_.scale(), how_.mode);
        } else {
            for (std::size_t i = 0; i < amounts.size(); ++i)
                products[i] = Money(amounts[i], USD).times(rate_, how_).minor();
        }
    }

  private:
    Decimal rate_;
    Rounding how_;
    bool is_simple_;
    std::optional<FeeColumn> column_;
};

py::object times(py::handle given, py::handle given_rate, py::handle rounding, py::handle out,
                 py::handle given_currency) {
    const auto currency = currency_of(given_currency);
    Decimal rate;
    read(given_rate, rate);
    Rounding how;
    read(rounding, how);
    const WholeNumbers amounts = whole_numbers(given, {.name = "amounts", .money = currency});
    const Answer answer(out, amounts);
    // A product of a rate up to 1 always fits; a larger one may not, and then nothing may be half written.
    const bool always_fits = rate <= Decimal(1) && Decimal(-1) <= rate && how.step == 1;
    const bool is_direct = out.is_none() || always_fits;
    const Memory<std::int64_t> first(is_direct ? 0 : amounts.rows);
    const auto into = is_direct ? answer.values : first.span();
    for_rows(
        amounts,
        [&] {
            const Multiplier multiply(amounts, rate, how);
            for_each_part(amounts, [&](auto part, std::size_t at) { multiply(part, into.subspan(at, part.size())); });
            if (!is_direct) std::ranges::copy(into, answer.values.begin());
        },
        [&](std::int64_t amount) { static_cast<void>(Money(amount, USD).times(rate, how)); }, true);
    return answer.as("product", currency);
}

py::object sum_of(py::handle given, py::handle currency) {
    const WholeNumbers values = whole_numbers(given, {.name = "values", .money = currency_of(currency)});
    Int128 sum = 0;
    compute_rows(values.rows, [&] { for_each_part(values, [&](auto part, std::size_t) { sum += exact_sum(part); }); });
    return write(sum);
}

py::object allocate_column(py::handle whole, py::handle given, py::handle spare, py::handle step, py::handle turn,
                           py::handle out) {
    std::optional<Currency> currency;
    std::int64_t minor = 0;
    if (py::isinstance<Money>(whole)) {
        currency = py::cast<const Money&>(whole).currency();
        minor = py::cast<const Money&>(whole).minor();
    } else {
        read(whole, minor);
    }
    Split split;
    read(spare, split.spare);
    read(step, split.step);
    read(turn, split.turn);
    const WholeNumbers weights =
        whole_numbers(given, {.name = "weights", .money = currency, .kind = Wanted::Kind::weights});
    const Answer answer(out, weights);
    // A copy: a split reads its weights more than once, and whoever writes to them meanwhile may not mislead it.
    const Memory<std::int64_t> kept(weights.rows);
    const auto all = kept.span();
    try {
        // Looks at all weights before it writes.
        compute_rows(weights.rows, [&] {
            for_each_part(weights, [&](auto part, std::size_t at) { std::ranges::copy(part, &all[at]); });
            allocate_into(minor, all, split, answer.values);
        });
    } catch (const ContractViolation&) {
        for (std::size_t row = 0; row < all.size(); ++row)
            if (all[row] < 0) raise_negative(weights.name, row, all[row], "a weight is at least 0");
        const Int128 total = exact_sum(all);
        if (total == 0) raise_column_error("weights", {}, "are all 0: nobody would get anything");
        if (total > std::numeric_limits<std::int64_t>::max())
            raise_column_error("weights", {}, "total more than 2^63 - 1; scale them down");
        throw;
    }
    return answer.as("part", currency);
}

// --------------------------------------------------------------------------------------------- fee, share and net

/// What there are totals of; all but the first are columns too.
constexpr std::array<const char*, 4> settled_names{"gross", "processing_fee", "platform_fee", "net"};
constexpr std::size_t first_column = 1;

/// The same as texts of Python, made once.
py::handle settled_key(std::size_t place) {
    static const auto keys = [] {
        std::array<PyObject*, settled_names.size()> made{};
        std::ranges::transform(settled_names, made.begin(), PyUnicode_InternFromString);
        return made;
    }();
    return keys[place];
}

void settle(const SettleColumn& terms, const WholeNumbers& charges, const std::array<std::span<std::int64_t>, 3>& rows,
            SettledTotals& totals) {
    for_each_part(charges, [&](std::span<const std::int64_t> part, std::size_t at) {
        const auto of = [&](std::size_t place) { return rows[place].subspan(at, part.size()); };
        const SettledTotals more = terms.settle(part, {of(0), of(1), of(2)});
        totals.gross += more.gross;
        totals.processing += more.processing;
        totals.platform += more.platform;
        totals.net += more.net;
    });
}

/// The caller's columns, by name, that are to be written to.
std::array<Output, 3> outputs_of(py::handle out, const WholeNumbers& charges) {
    std::array<Output, 3> outputs;
    if (PyDict_Check(out.ptr()) == 0 || PyDict_Size(out.ptr()) != static_cast<Py_ssize_t>(outputs.size()))
        raise_type_error(
            "expected out={'processing_fee': ..., 'platform_fee': ..., 'net': ...}: three arrays of int64");
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::string name = settled_names[first_column + i];
        const py::handle given = PyDict_GetItemWithError(out.ptr(), settled_key(first_column + i).ptr());
        if (!given)
            raise_column_error(name, {}, "is not in `out`, which has a place for each of the three or is left away");
        outputs[i] = output_beside(given, name, charges);
        for (std::size_t other = 0; other < i; ++other)
            if (overlap(outputs[i].values, outputs[other].values))
                raise_column_error(name, {},
                                   "lies in the memory of '" + std::string(settled_names[first_column + other]) +
                                       "'; give each an array of its own");
    }
    return outputs;
}

/// Rows, and totals by name. With `out` the rows are written there, unless a charge cannot be settled.
py::object settle_charges(py::handle given, py::handle processing, py::handle platform, py::handle out,
                          py::handle given_currency) {
    const auto terms = compiled(schedule_of(processing), schedule_of(platform));
    const auto currency = currency_of(given_currency);
    const WholeNumbers charges = whole_numbers(given, {.name = "charges", .money = currency});
    const std::array<Output, 3> outputs = out.is_none() ? std::array<Output, 3>{} : outputs_of(out, charges);
    std::array<Numbers, 3> own;
    std::array<std::span<std::int64_t>, 3> rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (out.is_none()) own[i] = std::make_shared<Memory<std::int64_t>>(charges.rows);
        rows[i] = out.is_none() ? own[i]->span() : outputs[i].values;
    }
    SettledTotals totals;
    for_rows(
        charges,
        [&] {
            if (!out.is_none()) {
                const Memory<std::int64_t> unkept(std::min(charges.rows, longest_part));
                check_first(charges, terms->is_small, [&](auto part, std::size_t) {
                    static_cast<void>(terms->column.settle(part, {.net = unkept.span().first(part.size())}));
                });
            }
            settle(terms->column, charges, rows, totals);
        },
        [&](std::int64_t charge) {
            std::int64_t net = 0;
            static_cast<void>(terms->column.settle(std::span(&charge, 1), {.net = std::span(&net, 1)}));
        });
    py::dict sums;
    const std::array<Int128, settled_names.size()> figures{totals.gross, totals.processing, totals.platform,
                                                           totals.net};
    for (std::size_t i = 0; i < figures.size(); ++i) sums[settled_key(i)] = write(figures[i]);
    if (!out.is_none()) return py::make_tuple(out, sums);
    Frame frame{{}, charges.rows};
    frame.columns.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        frame.columns.push_back({settled_names[first_column + i], OwnedColumn::Numbers{std::move(own[i])}, currency});
    return py::make_tuple(std::move(frame), sums);
}

}  // namespace

void bind_columns(py::module_& m) {
    py::class_<Memory<std::int64_t>, Numbers>(m, "_Memory", py::buffer_protocol(),
                                              "What a long answer of NumPy lies in.")
        .def_buffer([](Memory<std::int64_t>& self) {
            return py::buffer_info(self.values, static_cast<py::ssize_t>(self.size));
        });

    py::class_<KeptFeeColumn>(m, "FeeColumn", R"(A fee schedule, compiled once and applied to columns of amounts.

>>> card = FeeColumn(FeeSchedule('card fee', [FeeBand(rate='2.9%', fixed=30)], rounding='half_up'))
>>> list(card([11500, 999]))
[364, 59]
)")
        .def(py::init<const FeeSchedule&>(), py::arg("schedule"))
        .def(
            "__call__",
            [](const KeptFeeColumn& self, const py::object& amounts, const py::object& out,
               std::optional<Given<Currency>> currency) { return fees_of(self, amounts, out, plain(currency)); },
            py::arg("amounts"), py::arg("out") = py::none(), py::arg("currency") = py::none(),
            "The fee of each amount, in minor units, without tax. Raises ColumnError with the row for a negative "
            "amount; `out` is then as it was.")
        .def(
            "total",
            [](const KeptFeeColumn& self, const py::object& amounts, std::optional<Given<Currency>> currency) {
                return total_of(self.column, amounts, plain(currency));
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

    def_direct<&fees_by>(m, "_fees",
                         "_fees(amounts: object, schedule: object, out: object, currency: object) -> object");
    def_direct<&times>(
        m, "_times",
        "_times(amounts: object, rate: object, rounding: object, out: object, currency: object) -> object");
    def_direct<&sum_of>(m, "_exact_sum", "_exact_sum(values: object, currency: object) -> int");
    def_direct<&allocate_column>(
        m, "_allocate_column",
        "_allocate_column(whole: object, weights: object, spare: object, step: object, turn: object, out: object)"
        " -> object");
    def_direct<&settle_charges>(
        m, "_settle_charges",
        "_settle_charges(charges: object, processing: object, platform: object, out: object, currency: object)"
        " -> tuple");
    m.def(
        "_settle_pledges",
        [](const campaign::Terms& terms, const py::object& pledges, const std::string& amount,
           const std::optional<std::string>& reward, const std::optional<std::string>& collected,
           const std::optional<std::string>& currency, const std::vector<std::string>& stated) {
            SettledPledges settled = settle_pledges(terms, pledges, {amount, reward, collected, currency, stated});
            return py::make_tuple(std::move(settled.rows), std::move(settled.statement));
        },
        py::arg("terms"), py::arg("pledges"), py::arg("amount"), py::arg("reward") = py::none(),
        py::arg("collected") = py::none(), py::arg("currency") = py::none(), py::arg("stated") = py::tuple());
}

}  // namespace crowdrules::python
