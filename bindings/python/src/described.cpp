// SPDX-License-Identifier: BSL-1.0
#include "described.hpp"

#include <algorithm>
#include <array>
#include <core/listed.hpp>
#include <protocol/documentation.hpp>

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
            detail::add_to_list(items, given_as(item));
        return "[" + items + "]";
    }
    if (py::isinstance<py::dict>(value)) {
        std::string items;
        for (const auto& [key, item] : py::reinterpret_borrow<py::dict>(value))
            detail::add_to_list(items, std::string(py::repr(key)) + ": " + given_as(item));
        return "{" + items + "}";
    }
    return py::repr(value);
}

std::string shown(py::handle self, const RecordClass& cls) {
    const py::dict values = fields_of(cls.self(self));
    std::string text;
    for (const PythonField& field : cls.fields) {
        const py::str name(field.name);
        const py::object value = values[name];
        if (!field.required && value.equal(cls.defaults[name])) continue;
        detail::add_to_list(text, field.name + "=" + given_as(value));
    }
    return cls.name + ("(" + text + ")");
}

/// "FeeBand(*, from_: int = 0, rate: decimal.Decimal = '0', fixed: int = 0)"
std::string signature(const std::string& name, const std::vector<PythonField>& fields, const py::dict& defaults) {
    std::string text;
    for (const PythonField& field : fields) {
        detail::add_to_list(text, field.name + ": " + field.annotation);
        if (!field.required) text += " = " + given_as(defaults[py::str(field.name)]);
    }
    return name + "(" + text + ")";
}

std::string names_of_fields(const std::vector<PythonField>& fields) {
    const std::string names = detail::listed(fields, &PythonField::name);
    return names.empty() ? "none" : names;
}

}  // namespace

std::string python_name_of(std::string_view name) {
    return std::string(name) + (name == "from" || name == "class" ? "_" : "");
}

py::handle Arguments::take(const PythonField& field, const char* owner) {
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

void Arguments::finish(const char* owner, const std::vector<PythonField>& fields) const {
    if (positional_.size() > fields.size())
        raise_type_error(std::string(owner) + " takes at most " + std::to_string(fields.size()) +
                         " values: " + names_of_fields(fields));
    if (taken_ == named_.size()) return;
    for (const auto& [key, value] : named_) {
        const std::string name = py::str(key);
        const auto is_it = [&](const PythonField& field) { return field.name == name; };
        if (std::none_of(fields.begin(), fields.end(), is_it))
            raise_type_error(std::string(owner) + " has no field '" + name +
                             "'; there are: " + names_of_fields(fields));
    }
}

void raise_for_field(const char* owner, const std::string& field, py::error_already_set& error) {
    raise_for_place(std::string(owner) + "." + field, error);
}

void FieldList::on_field(const detail::Field& field, detail::Value value) {
    if (field.role == detail::Role::counted_in) return;
    const bool is_required = field.presence == detail::Presence::required;
    const bool may_be_nobody = value.type.is<revenue::PayeeId>() && !is_required;
    fields.push_back({python_name_of(field.name), may_be_nobody ? "Optional[int]" : annotation(value.type), is_required,
                      detail::documentation_of(field, value.type, "minor units")});
}

void FieldReader::on_field(const detail::Field& field, detail::Value value) {
    if (field.role == detail::Role::counted_in) return;
    const PythonField described{python_name_of(field.name), {}, field.presence == detail::Presence::required, {}};
    const py::handle given = arguments.take(described, owner);
    if (!given) return;
    try {
        if (value.type.kind == detail::Kind::instant && given.is_none())
            detail::as<Instant>(value.at) = never;
        else
            read(given, value);
    } catch (py::error_already_set& error) {
        raise_for_field(owner, described.name, error);
    }
}

void FieldWriter::on_field(const detail::Field& field, detail::Value value) {
    if (field.role != detail::Role::counted_in) fields[py::str(python_name_of(field.name))] = write(value);
}

namespace {

class FieldFinder : public detail::Fields {
  public:
    py::object find(detail::Value record, std::string_view name) {
        wanted_ = name;
        go_over(record);
        return found_;
    }

  private:
    void on_field(const detail::Field& field, detail::Value value) override {
        if (field.role != detail::Role::counted_in && !found_ && python_name_of(field.name) == wanted_)
            found_ = write(value);
    }
    std::string_view wanted_;
    py::object found_;
};

void go_over(detail::Value record, detail::Fields& fields) {
    static_cast<const detail::RecordType&>(record.type).describe(fields, record.at);
}

}  // namespace

py::object field_of(detail::Value record, std::string_view name) {
    return FieldFinder().find(record, name);
}

py::dict fields_of(detail::Value record) {
    FieldWriter writer;
    go_over(record, writer);
    return writer.fields;
}

void read_arguments(detail::Value record, const RecordClass& cls, const py::args& positional, const py::kwargs& named) {
    Arguments arguments(positional, named);
    FieldReader reader(arguments, cls.name);
    go_over(record, reader);
    arguments.finish(cls.name, cls.fields);
}

void finish_described(py::object& cls, const RecordClass& record) {
    const auto& fields = record.fields;
    const py::object property = py::module_::import("builtins").attr("property");
    py::dict annotations;
    std::string doc = signature(record.name, fields, record.defaults) + "\n\n" + record.doc;
    if (!fields.empty()) doc += doc.ends_with('\n') ? "\n" : "\n\n";
    for (const PythonField& field : fields) {
        annotations[py::str(field.name)] = py::make_tuple(field.annotation, field.required);
        cls.attr(field.name.c_str()) =
            property(py::cpp_function([self_of = record.self, wanted = field.name](py::handle self) {
                         return field_of(self_of(self), wanted);
                     }),
                     py::none(), py::none(), field.doc);
        doc += "- " + field.name + ": " + field.doc + "\n";
    }
    // For the writer of the stubs.
    cls.attr("_fields") = annotations;
    cls.attr("__doc__") = doc;

    const auto method = [&](const char* method_name, auto&& body, auto&&... extra) {
        cls.attr(method_name) = py::cpp_function(std::forward<decltype(body)>(body), py::name(method_name),
                                                 py::is_method(cls), std::forward<decltype(extra)>(extra)...);
    };
    method("__repr__", [record](py::handle self) { return shown(self, record); });
    method("__hash__", [record](py::handle self) { return py::hash(py::str(shown(self, record))); });
    method("__copy__", [](py::object self) { return self; });
    method("__deepcopy__", [](py::object self, const py::object&) { return self; });
    method("__reduce__", [self_of = record.self](py::handle self) {
        // A partial call by keywords: cls(**fields).
        const py::object call = py::module_::import("functools").attr("partial");
        return py::make_tuple(call(py::type::of(self), **fields_of(self_of(self))), py::tuple());
    });
    method(
        "with_",
        [self_of = record.self](py::handle self, const py::kwargs& changes) {
            py::dict values = fields_of(self_of(self));
            for (const auto& [key, value] : changes) values[key] = value;
            return py::type::of(self)(**values);
        },
        py::doc("The same value with these fields changed."));
    cls.attr("__match_args__") = py::tuple(annotations.attr("keys")());
}

}  // namespace crowdrules::python
