// SPDX-License-Identifier: BSL-1.0
#include "convert.hpp"

#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/revenue/share.hpp>

#include <algorithm>
#include <core/listed.hpp>
#include <datetime.h>
#include <protocol/document.hpp>

namespace crowdrules::python {
namespace {

/// "float 10.5": what was given, for a refusal.
std::string given_text(py::handle given) {
    std::string text = py::repr(given);
    if (text.size() > 80) text = text.substr(0, 77) + "...";
    return std::string(py::str(py::type::of(given).attr("__name__"))) + " " + text;
}

void need_datetime() {
    if (PyDateTimeAPI == nullptr) {
        PyDateTime_IMPORT;
        if (PyDateTimeAPI == nullptr) throw py::error_already_set();
    }
}

bool is_instance_of(py::handle given, const char* module, const char* name) {
    return py::isinstance(given, py::module_::import(module).attr(name));
}
bool is_decimal(py::handle given) {
    static PyObject* type = nullptr;  // found once, and kept as modules are
    if (type == nullptr) type = py::object(py::module_::import("decimal").attr("Decimal")).release().ptr();
    return PyObject_IsInstance(given.ptr(), type) == 1;
}

template <class T>
T read_text(py::handle given, Result<T> (*parse)(std::string_view)) {
    return unwrap(parse(std::string(py::reinterpret_borrow<py::str>(given))));
}

constexpr Int128 wide_max = ~(Int128{1} << 127);

Decimal decimal_of(py::handle coefficient, unsigned scale) {
    return Decimal::of(read_whole(coefficient, -wide_max, wide_max), scale);
}

/// A decimal.Decimal, exactly.
Decimal from_decimal(py::handle given) {
    // As a rule it is written without an exponent, which is how we read it.
    const std::string text = py::str(given);
    if (text.find_first_not_of("-.0123456789") == std::string::npos)
        if (const auto read = Decimal::parse(text)) return *read;
    if (!py::cast<bool>(given.attr("is_finite")()))
        raise_value_error("expected a finite number, got " + given_text(given));
    const py::tuple parts = given.attr("as_tuple")();
    const auto exponent = py::cast<long>(parts[2]);
    // Digits that an exponent above zero brings, or that fall away below the 38th decimal.
    if (exponent >= 0) {
        if (exponent > 38) raise_value_error("expected at most 38 digits, got " + given_text(given));
        return decimal_of(py::module_::import("builtins").attr("int")(given), 0);
    }
    const py::object scaled = given.attr("scaleb")(
        -exponent, py::module_::import("decimal").attr("Context")(py::arg("prec") = 1000, py::arg("Emax") = 99999));
    if (exponent < -38) {
        const py::object shorter =
            given.attr("normalize")(py::module_::import("decimal").attr("Context")(py::arg("prec") = 1000));
        const py::tuple normal = shorter.attr("as_tuple")();
        if (py::cast<long>(normal[2]) < -38)
            raise_value_error("expected at most 38 decimals, got " + given_text(given));
        return from_decimal(shorter);
    }
    return decimal_of(py::module_::import("builtins").attr("int")(scaled), static_cast<unsigned>(-exponent));
}

/// A fraction whose denominator divides a power of ten.
Decimal from_fraction(py::handle given) {
    py::object power = py::int_(1);
    for (unsigned scale = 0; scale <= 38; ++scale) {
        const py::tuple divided = py::module_::import("builtins").attr("divmod")(power, given.attr("denominator"));
        if (py::int_(0).equal(divided[1]))
            return decimal_of(given.attr("numerator").attr("__mul__")(divided[0]), scale);
        power = power.attr("__mul__")(10);
    }
    raise_value_error(std::string(py::repr(given)) +
                      " has no finite decimal form of up to 38 decimals; round it first, in a way you name, or split "
                      "an amount with allocate");
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- plain words

Int128 read_whole(py::handle given, Int128 least, Int128 greatest) {
    if (py::isinstance<py::bool_>(given) || !PyIndex_Check(given.ptr()))
        raise_type_error("expected a whole number (int), got " + given_text(given) +
                         (py::isinstance<py::float_>(given)
                              ? "; binary floating point holds no exact amounts: give an int of minor units, or "
                                "decimal.Decimal or text where a rate or an amount in units is wanted"
                              : ""));
    // Nearly always an int of 64 bits, which is read ten times faster.
    if (PyLong_CheckExact(given.ptr()) != 0) {
        int overflow = 0;
        const long long value = PyLong_AsLongLongAndOverflow(given.ptr(), &overflow);
        if (overflow == 0 && value >= least && value <= greatest) return value;
    }
    const py::int_ number = py::reinterpret_steal<py::int_>(PyNumber_Index(given.ptr()));
    if (!number) throw py::error_already_set();
    const py::object upper = number.attr("__rshift__")(64);
    int overflow = 0;
    const long long high = PyLong_AsLongLongAndOverflow(upper.ptr(), &overflow);
    if (overflow == 0) {
        const py::object lower = number.attr("__and__")(py::int_(0xFFFF'FFFF'FFFF'FFFFull));
        const unsigned long long low = PyLong_AsUnsignedLongLong(lower.ptr());
        const Int128 value = Int128{high} * (Int128{1} << 64) + Int128{low};
        if (value >= least && value <= greatest) return value;
    }
    raise_value_error(std::string(py::repr(number)) + " is outside the range from " +
                      std::string(py::repr(write(least))) + " to " + std::string(py::repr(write(greatest))));
}

void read(py::handle given, bool& value) {
    if (!py::isinstance<py::bool_>(given)) raise_type_error("expected True or False, got " + given_text(given));
    value = given.ptr() == Py_True;
}

void read(py::handle given, std::string& value) {
    if (!py::isinstance<py::str>(given)) raise_type_error("expected a str, got " + given_text(given));
    value = py::cast<std::string>(given);
}

void read(py::handle given, Instant& value) {
    need_datetime();
    if (py::isinstance<py::str>(given)) {
        value = read_text<Instant>(given, parse_instant);
        return;
    }
    if (PyDateTime_Check(given.ptr()) == 0)
        raise_type_error("expected a datetime with a zone, or text such as '2012-05-19T03:00:00Z'; got " +
                         given_text(given));
    const py::object offset = given.attr("utcoffset")();
    if (offset.is_none())
        raise_value_error(std::string(py::repr(given)) +
                          " has no zone, so it is no point on the time line; give it one: "
                          "datetime(..., tzinfo=timezone.utc), or tzinfo=zoneinfo.ZoneInfo('America/New_York')");
    const py::object times = py::module_::import("datetime");
    const py::object epoch = times.attr("datetime")(1970, 1, 1, py::arg("tzinfo") = times.attr("timezone").attr("utc"));
    Elapsed since{};
    read(given - epoch, since);
    value = Instant(since);
}

void read(py::handle given, Elapsed& value) {
    need_datetime();
    if (py::isinstance<py::str>(given)) {
        value = read_text<Elapsed>(given, parse_elapsed);
        return;
    }
    if (PyDelta_Check(given.ptr()) == 0)
        raise_type_error("expected a timedelta, or text such as '14 days'; got " + given_text(given));
    if (PyDateTime_DELTA_GET_MICROSECONDS(given.ptr()) != 0)
        raise_value_error("expected whole seconds, got " + given_text(given) + "; time counts in seconds here");
    value = Elapsed(std::int64_t{PyDateTime_DELTA_GET_DAYS(given.ptr())} * 86'400 +
                    PyDateTime_DELTA_GET_SECONDS(given.ptr()));
}

void read(py::handle given, std::chrono::days& value) {
    Elapsed span{};
    read(given, span);
    value = std::chrono::floor<std::chrono::days>(span);
    if (value != span) raise_value_error("expected whole days, got " + given_text(given));
}

void read(py::handle given, Date& value) {
    need_datetime();
    if (py::isinstance<py::str>(given)) {
        value = read_text<Date>(given, parse_date);
        return;
    }
    if (PyDate_Check(given.ptr()) == 0 || PyDateTime_Check(given.ptr()) != 0)
        raise_type_error("expected a date, or text such as '2012-05-19'; got " + given_text(given));
    value = Date(std::chrono::year(PyDateTime_GET_YEAR(given.ptr())),
                 std::chrono::month(static_cast<unsigned>(PyDateTime_GET_MONTH(given.ptr()))),
                 std::chrono::day(static_cast<unsigned>(PyDateTime_GET_DAY(given.ptr()))));
}

void read(py::handle given, Decimal& value) {
    if (py::isinstance<py::str>(given))
        value = read_text<Decimal>(given, Decimal::parse);
    else if (py::isinstance<py::float_>(given))
        raise_type_error("binary floating point holds no exact rate: got " + given_text(given) +
                         "; write it as text ('0.1', '10%') or decimal.Decimal('0.1')");
    else if (is_decimal(given))
        value = from_decimal(given);
    else if (!py::isinstance<py::bool_>(given) && is_instance_of(given, "numbers", "Rational"))
        value = from_fraction(given);
    else
        raise_type_error("expected decimal.Decimal, int, fractions.Fraction or text such as '2.9%'; got " +
                         given_text(given));
}

void read(py::handle given, Int128& value) {
    value = read_whole(given, -wide_max - 1, wide_max);
}

void read(py::handle given, Currency& value) {
    if (py::isinstance<py::str>(given))
        value = read_text<Currency>(given, Currency::iso);
    else if (py::isinstance<Currency>(given))
        value = py::cast<const Currency&>(given);
    else
        raise_type_error("expected a Currency or the ISO code of one, such as 'USD'; got " + given_text(given));
}

void read(py::handle given, Money& value) {
    if (py::isinstance<py::str>(given))
        value = unwrap(Money::parse(py::cast<std::string>(given)));
    else if (py::isinstance<Money>(given))
        value = py::cast<const Money&>(given);
    else
        raise_type_error("expected Money, such as Money('10.50', 'USD'); got " + given_text(given));
}

void read(py::handle given, Rounding& value) {
    if (py::isinstance<Rounding>(given)) {
        value = py::cast<const Rounding&>(given);
    } else {
        value.step = 1;
        read(given, value.mode);
    }
}

void read(py::handle given, Split& value) {
    if (py::isinstance<Split>(given)) {
        value = py::cast<const Split&>(given);
    } else {
        value = {};
        read(given, value.spare);
    }
}

void read(py::handle given, std::vector<revenue::Share>& value) {
    if (!py::isinstance<py::dict>(given)) {
        read<revenue::Share>(given, value);
        return;
    }
    value.clear();
    for (const auto& [payee, weight] : py::reinterpret_steal<py::dict>(PyDict_Copy(given.ptr()))) {
        revenue::Share& share = value.emplace_back();
        read(payee, share.payee);
        read(weight, share.weight);
    }
}

namespace {

/// Reads a value as files have them, which may hold others: no deeper than a file may, and not itself.
class NodeReader {
  public:
    void read_into(Node& value, py::handle given) {
        if (py::isinstance<py::bool_>(given)) {
            value = Node::of(given.ptr() == Py_True);
        } else if (py::isinstance<py::str>(given)) {
            value = Node::of(py::cast<std::string>(given));
        } else if (py::isinstance<py::float_>(given)) {
            raise_type_error("rules hold no binary floating point: got " + given_text(given) +
                             "; write the number as text: '2.9%', '10000.00'");
        } else if (is_decimal(given) || is_instance_of(given, "fractions", "Fraction")) {
            value = Node::of(text_of<Decimal>(given));
        } else if (py::isinstance<Money>(given)) {
            value = Node::of(to_amount_text(py::cast<const Money&>(given)));
        } else if (is_instance_of(given, "datetime", "datetime")) {
            value = Node::of(text_of<Instant>(given));
        } else if (is_instance_of(given, "datetime", "date")) {
            value = Node::of(text_of<Date>(given));
        } else if (is_instance_of(given, "datetime", "timedelta")) {
            value = Node::of(text_of<Elapsed>(given));
        } else if (is_instance_of(given, "enum", "Enum")) {
            const Opened opened(*this, given);
            read_into(value, given.attr("value"));
        } else if (py::isinstance<py::dict>(given)) {
            read_table(value, given);
        } else if (py::isinstance<py::list>(given) || py::isinstance<py::tuple>(given)) {
            read_list(value, given);
        } else if (py::isinstance<py::int_>(given)) {
            std::int64_t number = 0;
            read(given, number);
            value = Node::of(number);
        } else {
            raise_type_error(
                "expected a value as files have it: text, int, bool, Decimal, Money, date, datetime, "
                "timedelta, a list or a dict of such; got " +
                given_text(given));
        }
    }

    /// "rewards[2].minimum": the place at which it reads, or failed to.
    [[nodiscard]] std::string place() const {
        std::string text;
        for (const std::string& step : path_)
            text += (text.empty() || step.starts_with('[') ? "" : ".") + (step.size() <= 40 ? step : "...");
        return text;
    }

  private:
    /// Something that is being read, with all that it holds, until the end of the block.
    class Opened {
      public:
        Opened(NodeReader& reader, py::handle given) : reader_(reader) {
            const auto same = std::ranges::find(reader.open_, given.ptr());
            if (same != reader.open_.end())
                raise_value_error("contains itself: it is the same " +
                                  std::string(py::str(py::type::of(given).attr("__name__"))) +
                                  " as one that it is in; expected a value that ends");
            if (reader.open_.size() >= detail::deepest_nesting)
                raise_value_error("nested too deeply; expected at most " + std::to_string(detail::deepest_nesting) +
                                  " levels, as in files");
            reader.open_.push_back(given.ptr());
        }
        ~Opened() { reader_.open_.pop_back(); }
        Opened(const Opened&) = delete;
        Opened& operator=(const Opened&) = delete;

      private:
        NodeReader& reader_;
    };

    template <class T>
    std::string text_of(py::handle given) {
        T read_value{};
        read(given, read_value);
        return to_text(read_value);
    }

    // Both read a copy of what is given: to read an item may run code of Python, which may change what it is in.
    void read_table(Node& value, py::handle given) {
        const Opened opened(*this, given);
        value = Node{};
        for (const auto& [key, item] : py::reinterpret_steal<py::dict>(PyDict_Copy(given.ptr()))) {
            std::string name;
            read(key, name);
            path_.push_back(name);
            value.keys.push_back({std::move(name), {}});
            read_into(value.items.emplace_back(), item);
            path_.pop_back();
        }
    }
    void read_list(Node& value, py::handle given) {
        const Opened opened(*this, given);
        value = Node{};
        value.kind = Node::Kind::list;
        for (const py::handle item : py::reinterpret_steal<py::tuple>(PySequence_Tuple(given.ptr()))) {
            path_.push_back("[" + std::to_string(value.items.size()) + "]");
            read_into(value.items.emplace_back(), item);
            path_.pop_back();
        }
    }

    std::vector<PyObject*> open_;
    std::vector<std::string> path_;
};

}  // namespace

void read(py::handle given, Node& value) {
    NodeReader reader;
    try {
        reader.read_into(value, given);
    } catch (py::error_already_set& error) {
        const std::string place = reader.place();
        if (place.empty()) throw;
        raise_for_place(place, error);
    }
}

py::object write(bool value) {
    return py::bool_(value);
}
py::object write(const std::string& value) {
    return py::str(value);
}
py::object write(Instant value) {
    if (value == never) return py::none();
    const py::object times = py::module_::import("datetime");
    const py::object epoch = times.attr("datetime")(1970, 1, 1, py::arg("tzinfo") = times.attr("timezone").attr("utc"));
    return epoch + write(value.time_since_epoch());
}
py::object write(Elapsed value) {
    need_datetime();
    const auto days = std::chrono::floor<std::chrono::days>(value);
    if (days.count() > 999'999'999 || days.count() < -999'999'999)
        throw Overflow(to_text(value) + " is longer than a timedelta of Python can be");
    return py::reinterpret_steal<py::object>(
        PyDelta_FromDSU(static_cast<int>(days.count()), static_cast<int>((value - days).count()), 0));
}
py::object write(std::chrono::days value) {
    return write(Elapsed(value));
}
py::object write(const Date& value) {
    if (!value.ok()) return py::none();  // no date, where there may be none
    need_datetime();
    return py::reinterpret_steal<py::object>(PyDate_FromDate(static_cast<int>(value.year()),
                                                             static_cast<int>(static_cast<unsigned>(value.month())),
                                                             static_cast<int>(static_cast<unsigned>(value.day()))));
}
py::object write(const Decimal& value) {
    return py::module_::import("decimal").attr("Decimal")(to_text(value));
}
py::object write(Int128 value) {
    if (const auto narrow = static_cast<std::int64_t>(value); narrow == value) return py::int_(narrow);
    const py::object high = py::int_(static_cast<std::int64_t>(value >> 64));
    return high.attr("__lshift__")(64).attr("__or__")(py::int_(static_cast<std::uint64_t>(value)));
}
py::object write(const Node& value) {
    switch (value.kind) {
        case Node::Kind::boolean:
            return py::bool_(value.boolean);
        case Node::Kind::integer:
            return write(value.integer);
        case Node::Kind::text:
        case Node::Kind::date:
            return py::str(value.text);
        case Node::Kind::list: {
            py::list items;
            for (const Node& item : value.items) items.append(write(item));
            return items;
        }
        case Node::Kind::table: {
            py::dict items;
            for (std::size_t i = 0; i < value.items.size(); ++i)
                items[py::str(value.keys[i].name)] = write(value.items[i]);
            return items;
        }
    }
    return py::none();
}

void raise_for_place(const std::string& place, py::error_already_set& error) {
    // Only plain refusals get a place; a TextError and its like are what they are.
    const bool is_plain = error.type().is(py::handle(PyExc_TypeError)) || error.type().is(py::handle(PyExc_ValueError));
    if (!is_plain) throw error;
    const std::string message = place + ": " + std::string(py::str(error.value()));
    PyErr_SetString(error.type().ptr(), message.c_str());
    throw py::error_already_set();
}

// -------------------------------------------------------------------------------------------------------------- enums

std::size_t read_name(py::handle given, PyObject* enumeration, std::span<const std::string_view> names) {
    const auto class_name = [&] { return std::string(py::str(py::handle(enumeration).attr("__name__"))); };
    const auto list = [&] {
        const std::string all = detail::listed(names);
        return all;
    };
    py::object name;
    if (py::isinstance(given, py::handle(enumeration)))
        name = given.attr("value");
    else if (py::isinstance<py::str>(given))
        name = py::reinterpret_borrow<py::object>(given);
    else
        raise_type_error("expected a " + class_name() + " (" + list() + "); got " + given_text(given));
    const auto text = py::cast<std::string_view>(name);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text) return i;
    raise_value_error("there is no " + class_name() + " '" + std::string(text) + "'; there are: " + list());
}

py::object make_enum(py::module_& m, const char* name, const char* doc, std::span<const std::string_view> names) {
    py::list members;
    for (const std::string_view member : names)
        members.append(py::make_tuple(std::string(member), std::string(member)));
    const py::object base = py::module_::import("crowdrules._named").attr("Named");
    py::object cls = base(name, members, py::arg("module") = "crowdrules", py::arg("qualname") = name);
    cls.attr("__doc__") = doc;
    m.attr(name) = cls;
    return cls;
}

}  // namespace crowdrules::python
