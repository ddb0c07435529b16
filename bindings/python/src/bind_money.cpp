// SPDX-License-Identifier: BSL-1.0
// Currency, Money, and the one way to split an amount.
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/money/currency.hpp>
#include <crowdrules/money/exchange.hpp>
#include <crowdrules/money/money.hpp>

#include <pybind11/operators.h>

#include "convert.hpp"

namespace crowdrules::python {
namespace {

bool is_iso(Currency currency) {
    const auto known = Currency::iso(currency.code());
    return known && *known == currency;
}

py::object shown(Currency currency) {
    const std::string code(currency.code());
    return py::str(is_iso(currency) ? "Currency('" + code + "')"
                                    : "Currency('" + code + "', " + std::to_string(currency.digits()) + ")");
}

py::object shown(Money amount) {
    const Currency currency = amount.currency();
    const std::string code(currency.code());
    const std::string in = is_iso(currency) ? "'" + code + "'" : std::string(py::str(shown(currency)));
    return py::str("Money('" + to_amount_text(amount) + "', " + in + ")");
}

/// An amount in units, exactly, in minor units.
Money in_units(py::handle amount, Currency currency) {
    if (py::isinstance<py::str>(amount)) return unwrap(Money::parse(py::cast<std::string>(amount), currency));
    if (py::isinstance<py::float_>(amount))
        raise_type_error("binary floating point holds no exact amount: got " + std::string(py::str(amount)) +
                         "; write it as text, Money('10.50', 'USD'), or as decimal.Decimal('10.50')");
    if (py::isinstance<py::bool_>(amount)) raise_type_error("a truth value is no amount");
    if (py::isinstance<py::int_>(amount))
        raise_type_error("Money(" + std::string(py::repr(amount)) +
                         ", ...) could be units or minor units: write Money('" + std::string(py::str(amount)) +
                         "', ...) for units, Money(minor=" + std::string(py::repr(amount)) + ", ...) for minor units");
    Decimal units;
    read(amount, units);
    return unwrap(Money::parse(to_text(units), currency));
}

Money make_money(const py::object& amount, const py::object& currency, const py::object& minor) {
    if (amount.is_none() == minor.is_none())
        raise_type_error(
            "Money takes an amount in units, Money('10.50', 'USD'), or in minor units, "
            "Money(minor=1050, currency='USD')");
    if (currency.is_none()) {
        if (!minor.is_none() || !py::isinstance<py::str>(amount))
            raise_type_error("Money needs a currency: Money('10.50', 'USD')");
        return unwrap(Money::parse(py::cast<std::string>(amount)));
    }
    Currency in = USD;
    read(currency, in);
    if (amount.is_none()) {
        std::int64_t count = 0;
        read(minor, count);
        return {count, in};
    }
    return in_units(amount, in);
}

[[noreturn]] void refuse_factor(const char* operation, py::handle factor) {
    raise_type_error(operation + std::string(py::repr(factor)) +
                     " could need rounding: use money.times(rate, rounding), or allocate to split; "
                     "only a whole number of times is exact");
}

Money multiplied(Money amount, const py::object& factor) {
    if (!py::isinstance<py::int_>(factor) || py::isinstance<py::bool_>(factor)) refuse_factor("Money times ", factor);
    std::int64_t count = 0;
    read(factor, count);
    return amount * count;
}

std::vector<Weight> weights_from(const py::object& given) {
    std::vector<Decimal> shares;
    read(given, shares);
    return unwrap(weights_of(shares));
}

std::vector<Money> split(Money whole, const py::object& weights, AllocationMethod spare, std::int64_t step,
                         std::size_t turn) {
    return allocate(whole, weights_from(weights), {.spare = spare, .step = step, .turn = turn});
}

py::object not_implemented() {
    return py::reinterpret_borrow<py::object>(Py_NotImplemented);
}

/// A comparison of amounts; amounts of different currencies have no order.
template <class Compare>
auto ordered(Compare compare) {
    return [compare](Money a, const py::object& other) -> py::object {
        if (!py::isinstance<Money>(other)) return not_implemented();
        return py::bool_(compare(a <=> py::cast<const Money&>(other)));
    };
}

constexpr const char* split_doc = R"(Splits `whole` in proportion to `weights` into parts that add up to it.

`weights` are ints, decimals or texts such as '12.5%'; `spare` names who gets the odd units; parts are multiples of
`step` minor units; `turn` is the place of the first to be given one when they rotate.

>>> allocate(Money('10.00', 'USD'), [1, 1, 1], 'largest_remainder')
(Money('3.34', 'USD'), Money('3.33', 'USD'), Money('3.33', 'USD'))
)";

}  // namespace

void bind_currency(py::module_& m) {
    py::class_<Currency>(m, "Currency", R"(A code and the number of decimals in which its amounts are counted.

Currency('USD') is ISO 4217's, Currency('POINTS', 18) one of your own. Raises TextError for a code that ISO 4217 never
gave, or for one of your own that is not 1 to 7 capitals and digits.

>>> Currency('JPY').digits
0
)")
        .def(py::init([](const std::string& code, std::optional<unsigned> digits) {
                 return unwrap(digits ? Currency::own(code, *digits) : Currency::iso(code));
             }),
             py::arg("code"), py::arg("digits") = py::none())
        .def_property_readonly("code", &Currency::code, "The code: 'USD'.")
        .def_property_readonly("digits", &Currency::digits, "How many decimals an amount has: 2 for USD.")
        .def_property_readonly("minor_per_unit", &Currency::minor_per_unit, "Minor units in one unit: 100 for USD.")
        .def("__eq__",
             [](Currency a, const py::object& b) -> py::object {
                 if (!py::isinstance<Currency>(b)) return not_implemented();
                 return py::bool_(a == py::cast<const Currency&>(b));
             })
        .def("__hash__", [](Currency a) { return py::hash(py::make_tuple(a.code(), a.digits())); })
        .def("__repr__", [](Currency a) { return shown(a); })
        .def("__str__", [](Currency a) { return std::string(a.code()); })
        .def("__reduce__", [](const py::object& self) {
            const auto currency = py::cast<Currency>(self);
            return py::make_tuple(py::type::of(self), py::make_tuple(currency.code(), currency.digits()));
        });
}

void bind_money(py::module_& m) {
    py::class_<Money> money(m, "Money", R"(An exact amount of one currency, as a whole number of its minor units.

Money('10.50', 'USD'), Money('10.50 USD'), Money(Decimal('10.5'), 'USD') and Money(minor=1050, currency='USD') are the
same. Nothing rounds: '10.505' is refused with a TextError, and a float with a TypeError. Amounts of different
currencies do not mix (CurrencyMismatch), and what needs more than 64 bits of minor units raises Overflow.

One amount at a time is slower than decimal.Decimal would be, for crossing from Python to the engine and back: for many
amounts use crowdrules.columns.

>>> Money('115.00', 'USD') + Money('10.00', 'USD')
Money('125.00', 'USD')
>>> Money('115.00', 'USD').times('5%', 'half_up')
Money('5.75', 'USD')
)");
    money
        .def(py::init(&make_money), py::arg("amount") = py::none(), py::arg("currency") = py::none(), py::kw_only(),
             py::arg("minor") = py::none())
        .def_property_readonly("minor", &Money::minor, "The amount in minor units (cents of a dollar, yen).")
        .def_property_readonly("currency", &Money::currency, "The currency.")
        .def_property_readonly("amount", &Money::units, "The amount in units, as a decimal.Decimal.")
        .def(
            "times",
            [](Money self, const Decimal& rate, Given<Rounding> rounding) { return self.times(rate, rounding); },
            py::arg("rate"), py::arg("rounding"),
            "This amount times `rate` (a decimal, fraction or text such as '2.9%'), brought to minor units, or to the "
            "step of a Rounding, in the named way.\n\n"
            ">>> Money('9.99', 'USD').times('5%', 'half_even')\nMoney('0.50', 'USD')\n")
        .def(
            "rounded", [](Money self, Given<Rounding> rounding) { return self.rounded(rounding); }, py::arg("rounding"),
            "This amount brought to the step of `rounding`.\n\n"
            ">>> Money('1.03', 'CHF').rounded(Rounding('half_up', step=5))\nMoney('1.05', 'CHF')\n")
        .def("allocate", &split, py::arg("weights"), py::arg("spare"), py::kw_only(), py::arg("step") = 1,
             py::arg("turn") = 0, split_doc)
        .def("__add__",
             [](Money a, const py::object& b) -> py::object {
                 return py::isinstance<Money>(b) ? py::cast(a + py::cast<const Money&>(b)) : not_implemented();
             })
        .def("__radd__",
             [](Money a, const py::object& b) -> py::object {
                 // So that sum() works, which begins with 0.
                 return py::isinstance<py::int_>(b) && b.equal(py::int_(0)) ? py::cast(a) : not_implemented();
             })
        .def("__sub__",
             [](Money a, const py::object& b) -> py::object {
                 return py::isinstance<Money>(b) ? py::cast(a - py::cast<const Money&>(b)) : not_implemented();
             })
        .def("__mul__", &multiplied)
        .def("__rmul__", &multiplied)
        .def("__truediv__", [](Money, const py::object& b) -> py::object { refuse_factor("Money divided by ", b); })
        .def("__neg__", [](Money a) { return -a; })
        .def("__pos__", [](Money a) { return a; })
        .def("__abs__", [](Money a) { return a.is_negative() ? -a : a; })
        .def("__bool__", [](Money a) { return !a.is_zero(); })
        .def("__eq__",
             [](Money a, const py::object& b) -> py::object {
                 if (!py::isinstance<Money>(b)) return not_implemented();
                 return py::bool_(a == py::cast<const Money&>(b));
             })
        .def("__lt__", ordered([](auto order) { return order < 0; }))
        .def("__le__", ordered([](auto order) { return order <= 0; }))
        .def("__gt__", ordered([](auto order) { return order > 0; }))
        .def("__ge__", ordered([](auto order) { return order >= 0; }))
        .def("__hash__", [](Money a) { return py::hash(py::make_tuple(a.minor(), a.currency().code())); })
        .def("__repr__", [](Money a) { return shown(a); })
        .def("__str__", [](Money a) { return to_grouped_text(a); })
        .def("__format__",
             [](Money a, const std::string& format) { return py::str(to_grouped_text(a)).attr("__format__")(format); })
        .def("__reduce__", [](const py::object& self) {
            const auto amount = py::cast<Money>(self);
            const py::object call = py::module_::import("functools").attr("partial");
            return py::make_tuple(
                call(py::type::of(self), py::arg("minor") = amount.minor(), py::arg("currency") = amount.currency()),
                py::tuple());
        });

    m.def("allocate", &split, py::arg("whole"), py::arg("weights"), py::arg("spare"), py::kw_only(),
          py::arg("step") = 1, py::arg("turn") = 0, split_doc);
    m.def(
        "exchange",
        [](Money amount, const Decimal& rate, Given<Currency> to, Given<Rounding> rounding) {
            return exchange(amount, {amount.currency(), to, rate, {}}, rounding);
        },
        py::arg("amount"), py::kw_only(), py::arg("rate"), py::arg("to"), py::arg("rounding"),
        "`amount` in the currency `to`, of which one unit of its own is worth `rate`; rounded in the named way.\n\n"
        ">>> exchange(Money('100.00', 'EUR'), rate='1.0842', to='USD', rounding='half_even')\nMoney('108.42', "
        "'USD')\n");
    m.def(
        "exchange_to_cover",
        [](Money wanted, const Decimal& rate, Given<Currency> from) {
            return exchange_to_cover(wanted, {from, wanted.currency(), rate, {}});
        },
        py::arg("wanted"), py::kw_only(), py::arg("rate"), py::arg("from_"),
        "The least amount of `from_`, of which one unit is worth `rate`, that buys at least `wanted`.");

    py::class_<RunningAllocation>(m, "RunningAllocation",
                                  R"(Splits a stream of payments so that nobody's share ever falls.

After each payment the parts so far are the Sainte-Lague split of the running total; however the stream is cut, the
parts end the same. A negative payment (a return) goes the same way back.

>>> royalty = RunningAllocation([2, 1], 'USD')
>>> royalty.add(Money('0.01', 'USD'))
(Money('0.01', 'USD'), Money('0.00', 'USD'))
)")
        .def(py::init([](const py::object& weights, Given<Currency> currency) {
                 return RunningAllocation(weights_from(weights), currency);
             }),
             py::arg("weights"), py::arg("currency"))
        .def("add", &RunningAllocation::add, py::arg("payment"), "The parts of this payment, which sum to it.")
        .def_property_readonly("total", &RunningAllocation::total, "What was paid so far.")
        .def_property_readonly(
            "cumulative",
            [](const RunningAllocation& self) {
                std::vector<Money> parts;
                for (const std::int64_t part : self.cumulative()) parts.emplace_back(part, self.total().currency());
                return parts;
            },
            "What each part has had so far.");
}

}  // namespace crowdrules::python
