// SPDX-License-Identifier: BSL-1.0
// Convert: how the plain words of the engine look in Python, both ways. Every file of the module includes this one, so
// that a type looks the same wherever it occurs.
//
//   Instant   an aware datetime, out in UTC; in also "2012-05-19T03:00:00Z"    naive ones are refused; `never` is None
//   Elapsed   a timedelta of whole seconds; in also "14 days"
//   Date      a date; in also "2012-05-19"
//   Decimal   a decimal.Decimal; in also an int, "2.9%", or a Fraction with a finite decimal expansion; no float
//   Int128    an int
//   Id<Kind>  an int; None for none
//   Currency  a Currency; in also its ISO code
//   enums     an enum.Enum whose values are the names; in also the name
//   vectors   tuples, so that values stay values; in any iterable
//   sets      tuples in order; maps are dicts
//   Dated     a tuple of rows; in also one value, which then holds from 1900 on
//
// What is refused is refused with advice: TypeError for a kind that is never right, ValueError for a wrong value.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/payee.hpp>
#include <crowdrules/time/dated.hpp>
#include <crowdrules/time/instant.hpp>
#include <crowdrules/time/window.hpp>

#include "bind.hpp"
#include <core/listed.hpp>
#include <campaign/schema/terms.hpp>
#include <concepts>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules {

struct Node;
struct Split;
namespace campaign {
struct Rejection;
}
namespace revenue {
struct Share;
}
}  // namespace crowdrules

namespace crowdrules::python {

// --------------------------------------------------------------------------------------------------------- exceptions

/// Raise the Python exception that carries this reason.
[[noreturn]] void raise(const TextError& reason);
[[noreturn]] void raise(const Findings& reasons);
[[noreturn]] void raise(const Finding& reason);
[[noreturn]] void raise(const campaign::Rejection& reason);
[[noreturn]] void raise(const std::string& reason);
[[noreturn]] void raise_type_error(const std::string& message);
[[noreturn]] void raise_value_error(const std::string& message);
/// The same refusal, with the place of what was refused before it: "fees.tax: expected ...".
[[noreturn]] void raise_for_place(const std::string& place, py::error_already_set& error);

/// The value, or its reason as an exception.
template <class T, class E>
T unwrap(Result<T, E>&& result) {
    if (!result) raise(result.error());
    return *std::move(result);
}
/// Nothing, or the reason as an exception.
template <class E>
void unwrap(Result<void, E>&& result) {
    if (!result) raise(result.error());
}

// --------------------------------------------------------------------------------------------------------- plain words

void read(py::handle given, bool& value);
void read(py::handle given, std::string& value);
void read(py::handle given, Instant& value);
void read(py::handle given, Elapsed& value);
void read(py::handle given, std::chrono::days& value);
void read(py::handle given, Date& value);
void read(py::handle given, Decimal& value);
void read(py::handle given, Int128& value);
void read(py::handle given, Currency& value);
void read(py::handle given, Money& value);
void read(py::handle given, Rounding& value);
void read(py::handle given, Node& value);
/// Also the name of a AllocationMethod.
void read(py::handle given, Split& value);
/// Also a dict of weights by payee.
void read(py::handle given, std::vector<revenue::Share>& value);

py::object write(bool value);
py::object write(const std::string& value);
py::object write(Instant value);
py::object write(Elapsed value);
py::object write(std::chrono::days value);
py::object write(const Date& value);
py::object write(const Decimal& value);
py::object write(Int128 value);
py::object write(const Node& value);

/// A whole number between two bounds; refuses float, bool and decimal.Decimal.
[[nodiscard]] Int128 read_whole(py::handle given, Int128 least, Int128 greatest);

template <class T>
concept Whole = std::integral<T> && !std::same_as<T, bool>;
template <Whole T>
void read(py::handle given, T& value) {
    value = static_cast<T>(read_whole(given, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}
template <Whole T>
py::object write(T value) {
    return py::int_(value);
}

template <class Kind>
void read(py::handle given, Id<Kind>& value) {
    value = {};
    if (!given.is_none()) read(given, value.value);
}
template <class Kind>
py::object write(const Id<Kind>& value) {
    return value.is_none() ? py::object(py::none()) : py::object(py::int_(value.value));
}

// -------------------------------------------------------------------------------------------------------------- enums

/// The Python class of an enumeration, set by bind_enum and never let go: enumerations live as long as the process.
template <class Enum>
struct EnumClass {
    static inline PyObject* object = nullptr;
};

/// Which member of `names` a value of an enumeration is. Refuses what is none, with the names there are.
std::size_t read_name(py::handle given, PyObject* enumeration, std::span<const std::string_view> names);

template <class Enum>
    requires std::is_enum_v<Enum>
void read(py::handle given, Enum& value) {
    value = static_cast<Enum>(read_name(given, EnumClass<Enum>::object, detail::enumerator_names<Enum>()));
}
template <class Enum>
    requires std::is_enum_v<Enum>
py::object write(Enum value) {
    return py::handle(EnumClass<Enum>::object).attr(py::str(std::string(detail::enumerator_name(value))));
}

/// Makes the class crowdrules.<name> whose members are `names`.
py::object make_enum(py::module_& m, const char* name, const char* doc, std::span<const std::string_view> names);
/// So that values of the enumeration are known by their type at run time: see value.hpp.
void register_enumeration(const std::type_info& type, PyObject* object);
template <class Enum>
void bind_enum(py::module_& m, const char* name, const char* doc) {
    EnumClass<Enum>::object = make_enum(m, name, doc, detail::enumerator_names<Enum>()).release().ptr();
    register_enumeration(typeid(Enum), EnumClass<Enum>::object);
}

// ---------------------------------------------------------------------------------------------- containers and structs

template <class T>
void read(py::handle given, std::optional<T>& value);
template <class T>
void read(py::handle given, std::vector<T>& value);
template <class T>
void read(py::handle given, std::set<T>& value);
template <class First, class Second>
void read(py::handle given, std::pair<First, Second>& value);
template <class Key, class T, class Order>
void read(py::handle given, std::map<Key, T, Order>& value);
template <class... Alternatives>
void read(py::handle given, std::variant<Alternatives...>& value);
template <class T>
void read(py::handle given, Dated<T>& value);
template <class T>
struct Given;
template <class T>
void read(py::handle given, Given<T>& value) {
    read(given, value.value);
}
/// Any bound class.
template <class T>
    requires(std::is_class_v<T> && !detail::Variant<T>)
void read(py::handle given, T& value) {
    if (!py::isinstance<T>(given))
        raise_type_error("expected a " + std::string(py::str(py::type::of<T>().attr("__name__"))) + ", got " +
                         std::string(py::repr(given)));
    value = py::cast<const T&>(given);
}

template <class T>
py::object write(const std::optional<T>& value);
template <class T>
py::object write(const std::vector<T>& value);
template <class T>
py::object write(const std::set<T>& value);
template <class First, class Second>
py::object write(const std::pair<First, Second>& value);
template <class Key, class T, class Order>
py::object write(const std::map<Key, T, Order>& value);
template <class... Alternatives>
py::object write(const std::variant<Alternatives...>& value);
template <class T>
py::object write(const Dated<T>& value);
template <class T>
    requires(std::is_class_v<T> && !detail::Variant<T>)
py::object write(const T& value) {
    return py::cast(value);
}

/// A value to be filled by `read`; a Money begins as an amount of nothing. What holds amounts of its own and cannot be
/// made of nothing has a specialization of detail::blank.
template <class T>
T blank() {
    return detail::blank<T>(USD);
}

template <class T>
void read(py::handle given, std::optional<T>& value) {
    if (given.is_none()) {
        value.reset();
        return;
    }
    T item = blank<T>();
    read(given, item);
    value = std::move(item);
}
template <class T>
void read(py::handle given, std::vector<T>& value) {
    if (py::isinstance<py::str>(given) || !py::isinstance<py::iterable>(given))
        raise_type_error("expected a list or tuple, got " + std::string(py::repr(given)));
    value.clear();
    for (const py::handle item : py::iter(given)) {
        T read_item = blank<T>();
        read(item, read_item);
        value.push_back(std::move(read_item));
    }
}
template <class T>
void read(py::handle given, std::set<T>& value) {
    std::vector<T> items;
    read(given, items);
    value = std::set<T>(items.begin(), items.end());
}
template <class First, class Second>
void read(py::handle given, std::pair<First, Second>& value) {
    if (!py::isinstance<py::tuple>(given) || py::len(given) != 2)
        raise_type_error("expected a tuple of two, got " + std::string(py::repr(given)));
    const auto items = py::reinterpret_borrow<py::tuple>(given);
    read(py::object(items[0]), value.first);
    read(py::object(items[1]), value.second);
}
template <class Key, class T, class Order>
void read(py::handle given, std::map<Key, T, Order>& value) {
    if (!py::isinstance<py::dict>(given)) raise_type_error("expected a dict, got " + std::string(py::repr(given)));
    value.clear();
    // A copy: to read an item may run code of Python, which may change the dict.
    for (const auto& [key, item] : py::reinterpret_steal<py::dict>(PyDict_Copy(given.ptr()))) {
        Key read_key = blank<Key>();
        read(key, read_key);
        T read_item = blank<T>();
        try {
            read(item, read_item);
        } catch (py::error_already_set& error) {
            raise_for_place(py::str(key), error);
        }
        value.insert_or_assign(std::move(read_key), std::move(read_item));
    }
}
/// Of several alternatives at most one may be a number, which has no class of its own.
template <class... Alternatives>
void read(py::handle given, std::variant<Alternatives...>& value) {
    const auto is = [&]<class Alternative>(std::type_identity<Alternative>) {
        if constexpr (!std::is_same_v<Alternative, Decimal>) {
            if (!py::isinstance<Alternative>(given)) return false;
            value = py::cast<const Alternative&>(given);
            return true;
        }
        return false;
    };
    if ((is(std::type_identity<Alternatives>{}) || ...)) return;
    if constexpr ((std::is_same_v<Alternatives, Decimal> || ...)) {
        Decimal number;
        read(given, number);
        value = number;
    } else {
        std::string names;
        (detail::add_to_list(names, std::string(py::str(py::type::of<Alternatives>().attr("__name__")))), ...);
        raise_type_error("expected one of " + names + "; got " + std::string(py::repr(given)));
    }
}
template <class T>
void read(py::handle given, Dated<T>& value) {
    std::vector<DatedRow<T>> rows;
    if (py::isinstance<T>(given))
        rows.push_back(
            {Date(std::chrono::year(1900), std::chrono::month(1), std::chrono::day(1)), py::cast<const T&>(given), {}});
    else
        read(given, rows);
    value = Dated<T>(std::move(rows));
}

template <class T>
py::object write(const std::optional<T>& value) {
    return value ? write(*value) : py::object(py::none());
}
template <class T>
py::object write(const std::vector<T>& value) {
    py::tuple items(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        const T& item = value[i];
        items[i] = write(item);
    }
    return items;
}
template <class T>
py::object write(const std::set<T>& value) {
    return write(std::vector<T>(value.begin(), value.end()));
}
template <class First, class Second>
py::object write(const std::pair<First, Second>& value) {
    return py::make_tuple(write(value.first), write(value.second));
}
template <class Key, class T, class Order>
py::object write(const std::map<Key, T, Order>& value) {
    py::dict items;
    for (const auto& [key, item] : value) items[write(key)] = write(item);
    return items;
}
template <class T>
py::object write(const Dated<T>& value) {
    return write(value.rows());
}
template <class... Alternatives>
py::object write(const std::variant<Alternatives...>& value) {
    return std::visit([](const auto& alternative) { return write(alternative); }, value);
}

/// For signatures: an argument that may be given as `read` takes it, such as 'USD' for a Currency.
template <>
struct Given<Currency> {
    Currency value = USD;
    static constexpr auto name = py::detail::const_name("Union[Currency, str]");
    operator Currency() const { return value; }  // NOLINT(google-explicit-constructor): it is one
};
template <>
struct Given<Money> {
    Money value{0, USD};
    static constexpr auto name = py::detail::const_name("Union[Money, str]");
    operator Money() const { return value; }  // NOLINT(google-explicit-constructor): it is one
};
template <>
struct Given<Rounding> {
    Rounding value{};
    static constexpr auto name = py::detail::const_name("Union[Rounding, RoundingMode, str]");
    operator Rounding() const { return value; }  // NOLINT(google-explicit-constructor): it is one
};

// ------------------------------------------------------------------------------------------------- what they are
// called

/// The type as Python's annotations write it, for docstrings and stubs.
template <class T>
std::string annotation(std::type_identity<T>);
template <class Kind>
std::string annotation(std::type_identity<Id<Kind>>);
template <class T>
std::string annotation(std::type_identity<std::optional<T>>);
template <class T>
std::string annotation(std::type_identity<std::vector<T>>);
template <class T>
std::string annotation(std::type_identity<std::set<T>>);
template <class First, class Second>
std::string annotation(std::type_identity<std::pair<First, Second>>);
template <class Key, class T, class Order>
std::string annotation(std::type_identity<std::map<Key, T, Order>>);
template <class T>
std::string annotation(std::type_identity<Dated<T>>);
template <class... Alternatives>
std::string annotation(std::type_identity<std::variant<Alternatives...>>);

template <class T>
std::string annotation(std::type_identity<T>) {
    if constexpr (std::is_same_v<T, bool>)
        return "bool";
    else if constexpr (std::is_integral_v<T> || std::is_same_v<T, Int128>)
        return "int";
    else if constexpr (std::is_same_v<T, std::string>)
        return "str";
    else if constexpr (std::is_same_v<T, Instant>)
        return "datetime.datetime";
    else if constexpr (std::is_same_v<T, Elapsed> || std::is_same_v<T, std::chrono::days>)
        return "datetime.timedelta";
    else if constexpr (std::is_same_v<T, Date>)
        return "datetime.date";
    else if constexpr (std::is_same_v<T, Decimal>)
        return "decimal.Decimal";
    else if constexpr (std::is_same_v<T, Node>)
        return "object";
    else if constexpr (std::is_enum_v<T>)
        return std::string(py::str(py::handle(EnumClass<T>::object).attr("__name__")));
    else
        return std::string(py::str(py::type::of<T>().attr("__name__")));
}
template <class Kind>
std::string annotation(std::type_identity<Id<Kind>>) {
    // A pledge, a backer, an add-on and a payee are somebody or something; a reward or a cause may be none.
    constexpr bool always = std::is_same_v<Id<Kind>, PledgeId> || std::is_same_v<Id<Kind>, BackerId> ||
                            std::is_same_v<Id<Kind>, campaign::AddOnId> || std::is_same_v<Id<Kind>, revenue::PayeeId>;
    return always ? "int" : "Optional[int]";
}
template <class T>
std::string annotation(std::type_identity<std::optional<T>>) {
    return "Optional[" + annotation(std::type_identity<T>{}) + "]";
}
template <class T>
std::string annotation(std::type_identity<std::vector<T>>) {
    return "Tuple[" + annotation(std::type_identity<T>{}) + ", ...]";
}
template <class T>
std::string annotation(std::type_identity<std::set<T>>) {
    return annotation(std::type_identity<std::vector<T>>{});
}
template <class First, class Second>
std::string annotation(std::type_identity<std::pair<First, Second>>) {
    return "Tuple[" + annotation(std::type_identity<First>{}) + ", " + annotation(std::type_identity<Second>{}) + "]";
}
template <class Key, class T, class Order>
std::string annotation(std::type_identity<std::map<Key, T, Order>>) {
    return "Dict[" + annotation(std::type_identity<Key>{}) + ", " + annotation(std::type_identity<T>{}) + "]";
}
template <class T>
std::string annotation(std::type_identity<Dated<T>>) {
    return annotation(std::type_identity<std::vector<DatedRow<T>>>{});
}
template <class... Alternatives>
std::string annotation(std::type_identity<std::variant<Alternatives...>>) {
    std::string names;
    (detail::add_to_list(names, annotation(std::type_identity<Alternatives>{})), ...);
    return "Union[" + names + "]";
}

}  // namespace crowdrules::python

// --------------------------------------------------------------------------------------------- as arguments and
// results

namespace pybind11::detail {

/// A type that crosses the border by `read` and `write`.
template <class T>
struct read_and_written {
    T value = crowdrules::python::blank<T>();
    bool load(handle source, bool) {
        crowdrules::python::read(source, value);
        return true;
    }
    static handle cast(const T& source, return_value_policy, handle) {
        return crowdrules::python::write(source).release();
    }
    template <class U>
    using cast_op_type = movable_cast_op_type<U>;
    operator T*() { return &value; }                // NOLINT(google-explicit-constructor): what pybind11 asks for
    operator T&() { return value; }                 // NOLINT(google-explicit-constructor)
    operator T&&() && { return std::move(value); }  // NOLINT(google-explicit-constructor)
};

#define CROWDRULES_PLAIN_WORD(type, text)               \
    template <>                                         \
    struct type_caster<type> : read_and_written<type> { \
        static constexpr auto name = const_name(text);  \
    }
CROWDRULES_PLAIN_WORD(crowdrules::Instant, "datetime.datetime");
CROWDRULES_PLAIN_WORD(crowdrules::Elapsed, "datetime.timedelta");
CROWDRULES_PLAIN_WORD(crowdrules::Date, "datetime.date");
CROWDRULES_PLAIN_WORD(crowdrules::Decimal, "decimal.Decimal");
CROWDRULES_PLAIN_WORD(crowdrules::Int128, "int");
#undef CROWDRULES_PLAIN_WORD

template <class Kind>
struct type_caster<crowdrules::Id<Kind>> : read_and_written<crowdrules::Id<Kind>> {
    static constexpr auto name = const_name("int");
};
#if PYBIND11_VERSION_MAJOR >= 3
/// pybind11 has a caster of its own for enumerations from version 3 on.
template <class Enum>
struct type_caster_enum_type_enabled<Enum, std::enable_if_t<std::is_enum_v<Enum>>> : std::false_type {};
#endif
template <class Enum>
struct type_caster<Enum, std::enable_if_t<std::is_enum_v<Enum>>> : read_and_written<Enum> {
    static constexpr auto name = const_name("enum.Enum");
};
/// An argument of a bound class that is also accepted in a shorter form.
template <class T>
struct type_caster<crowdrules::python::Given<T>> {
    crowdrules::python::Given<T> value;
    static constexpr auto name = crowdrules::python::Given<T>::name;
    bool load(handle source, bool) {
        crowdrules::python::read(source, value.value);
        return true;
    }
    template <class U>
    using cast_op_type = movable_cast_op_type<U>;
    operator crowdrules::python::Given<T>*() { return &value; }                // NOLINT(google-explicit-constructor)
    operator crowdrules::python::Given<T>&() { return value; }                 // NOLINT(google-explicit-constructor)
    operator crowdrules::python::Given<T>&&() && { return std::move(value); }  // NOLINT(google-explicit-constructor)
};
/// A list or tuple in, a tuple out.
template <class T>
struct type_caster<std::vector<T>> : read_and_written<std::vector<T>> {
    static constexpr auto name = const_name("Tuple[") + make_caster<T>::name + const_name(", ...]");
};
template <class Key, class T, class Order>
struct type_caster<std::map<Key, T, Order>> : read_and_written<std::map<Key, T, Order>> {
    static constexpr auto name =
        const_name("Dict[") + make_caster<Key>::name + const_name(", ") + make_caster<T>::name + const_name("]");
};
/// One value, or rows of them.
template <class T>
struct type_caster<crowdrules::Dated<T>> : read_and_written<crowdrules::Dated<T>> {
    static constexpr auto name = const_name("Union[") + make_caster<T>::name + const_name(", Tuple[") +
                                 make_caster<crowdrules::DatedRow<T>>::name + const_name(", ...]]");
};
template <class T>
struct type_caster<std::optional<T>> : read_and_written<std::optional<T>> {
    static constexpr auto name = const_name("Optional[") + make_caster<T>::name + const_name("]");
};

}  // namespace pybind11::detail
