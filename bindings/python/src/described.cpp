// SPDX-License-Identifier: BSL-1.0
#include "described.hpp"

#include <algorithm>
#include <array>

namespace crowdrules::python {
namespace {

/// One value as it is given to a constructor: times and rates as the text that is read again.
std::string given_as(py::handle value) {
    const auto quoted = [](const std::string& text) { return "'" + text + "'"; };
    if (py::isinstance(value, py::module_::import("decimal").attr("Decimal"))) {
        Decimal number;
        read(value, number);
        return quoted(to_text(number));
    }
    const py::object times = py::module_::import("datetime");
    if (py::isinstance(value, times.attr("datetime"))) {
        Instant at{};
        read(value, at);
        return quoted(to_text(at));
    }
    if (py::isinstance(value, times.attr("timedelta"))) {
        Elapsed span{};
        read(value, span);
        return quoted(to_text(span));
    }
    if (py::isinstance(value, times.attr("date"))) return quoted(py::str(value));
    if (py::isinstance<py::tuple>(value)) {
        std::string items;
        for (const py::handle item : py::reinterpret_borrow<py::tuple>(value))
            items += (items.empty() ? "" : ", ") + given_as(item);
        return "[" + items + "]";
    }
    if (py::isinstance<py::dict>(value)) {
        std::string items;
        for (const auto& [key, item] : py::reinterpret_borrow<py::dict>(value))
            items += (items.empty() ? "" : ", ") + std::string(py::repr(key)) + ": " + given_as(item);
        return "{" + items + "}";
    }
    return py::repr(value);
}

std::string shown(py::handle self, const std::vector<Field>& fields, const py::dict& defaults, const py::dict& values) {
    std::string text;
    for (const Field& field : fields) {
        const py::str name(field.name);
        const py::object value = values[name];
        if (!field.required && value.equal(defaults[name])) continue;
        text += (text.empty() ? "" : ", ") + field.name + "=" + given_as(value);
    }
    return std::string(py::str(py::type::of(self).attr("__name__"))) + "(" + text + ")";
}

/// "FeeBand(*, from_: int = 0, rate: decimal.Decimal = '0', fixed: int = 0)"
std::string signature(const std::string& name, const std::vector<Field>& fields, const py::dict& defaults) {
    std::string text;
    for (const Field& field : fields) {
        text += (text.empty() ? "" : ", ") + field.name + ": " + field.annotation;
        if (!field.required) text += " = " + given_as(defaults[py::str(field.name)]);
    }
    return name + "(" + text + ")";
}

std::string names_of_fields(const std::vector<Field>& fields) {
    std::string names;
    for (const Field& field : fields) names += (names.empty() ? "" : ", ") + field.name;
    return names.empty() ? "none" : names;
}

}  // namespace

std::string python_name_of(std::string_view name) {
    return std::string(name) + (name == "from" || name == "class" ? "_" : "");
}

py::handle Arguments::take(const Field& field, const char* owner) {
    const bool by_name = named_.contains(field.name);
    if (next_ < positional_.size()) {
        if (by_name) raise_type_error(std::string(owner) + ": " + field.name + " is given twice");
        return positional_[next_++].ptr();
    }
    ++next_;
    if (by_name) {
        ++taken_;
        return named_[field.name.c_str()].ptr();
    }
    if (field.required) raise_type_error(std::string(owner) + " needs " + field.name);
    return {};
}

void Arguments::finish(const char* owner, const std::vector<Field>& fields) const {
    if (positional_.size() > fields.size())
        raise_type_error(std::string(owner) + " takes at most " + std::to_string(fields.size()) +
                         " values: " + names_of_fields(fields));
    if (taken_ == named_.size()) return;
    for (const auto& [key, value] : named_) {
        const std::string name = py::str(key);
        const auto is_it = [&](const Field& field) { return field.name == name; };
        if (std::none_of(fields.begin(), fields.end(), is_it))
            raise_type_error(std::string(owner) + " has no field '" + name +
                             "'; there are: " + names_of_fields(fields));
    }
}

void raise_for_field(const char* owner, const std::string& field, py::error_already_set& error) {
    raise_for_place(std::string(owner) + "." + field, error);
}

void finish_described(py::object& cls, const char* doc, const std::vector<Field>& fields, const py::dict& defaults,
                      const GetField& get_field, const GetFields& get_fields) {
    const std::string name = py::str(cls.attr("__name__"));
    const py::object property = py::module_::import("builtins").attr("property");
    py::dict annotations;
    for (const Field& field : fields) {
        annotations[py::str(field.name)] = py::make_tuple(field.annotation, field.required);
        cls.attr(field.name.c_str()) = property(
            py::cpp_function([get_field, wanted = field.name](py::handle self) { return get_field(self, wanted); }));
    }
    // For the writer of the stubs.
    cls.attr("_fields") = annotations;
    cls.attr("__doc__") = signature(name, fields, defaults) + "\n\n" + doc;

    const auto method = [&](const char* method_name, auto&& body, auto&&... extra) {
        cls.attr(method_name) = py::cpp_function(std::forward<decltype(body)>(body), py::name(method_name),
                                                 py::is_method(cls), std::forward<decltype(extra)>(extra)...);
    };
    method("__repr__", [=](py::handle self) { return shown(self, fields, defaults, get_fields(self)); });
    method("__hash__",
           [=](py::handle self) { return py::hash(py::str(shown(self, fields, defaults, get_fields(self)))); });
    method("__copy__", [](py::object self) { return self; });
    method("__deepcopy__", [](py::object self, const py::object&) { return self; });
    method("__reduce__", [=](py::handle self) {
        // A partial call by keywords: cls(**fields).
        const py::object call = py::module_::import("functools").attr("partial");
        return py::make_tuple(call(py::type::of(self), **get_fields(self)), py::tuple());
    });
    method(
        "with_",
        [=](py::handle self, const py::kwargs& changes) {
            py::dict values = get_fields(self);
            for (const auto& [key, value] : changes) values[key] = value;
            return py::type::of(self)(**values);
        },
        py::doc("The same value with these fields changed."));
    cls.attr("__match_args__") = py::tuple(annotations.attr("keys")());
}

}  // namespace crowdrules::python
