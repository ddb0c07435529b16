// SPDX-License-Identifier: BSL-1.0
// Described: a class of Python from the list of fields that a struct of the engine has once for the whole project.
//
//   bind_described<FeeBand>(m, "FeeBand", "From `from_` minor units on: `rate` of the amount plus `fixed`.");
//
//   >>> band = FeeBand(rate="3%", fixed=20)
//   >>> band
//   FeeBand(rate='0.03', fixed=20)
//   >>> band.with_(fixed=30) == FeeBand(rate="3%", fixed=30)
//   True
//
// Such a value is built from keywords (or in the order of its fields), is never changed, compares and hashes by what it
// holds, prints as what makes it again, and can be pickled. A field that is added to a description is there at once.
#pragma once

#include "convert.hpp"
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::detail {

/// For visitors to which a number is a number, whatever it is counted in.
template <class Visitor>
struct NumbersAsTheyAre {
    void amount(std::string_view name, auto& minor, Presence presence = {}) { self()(name, minor, presence); }
    void measured(std::string_view name, auto& count, Presence presence = {}) { self()(name, count, presence); }
    void measure(std::string_view name, auto& what, Presence presence = {}) { self()(name, what, presence); }
    void currency(std::string_view name, auto& what, Presence presence = {}) { self()(name, what, presence); }
    void counted_in(Measure) {}
    void digest(std::string_view name, auto& bits) { self()(name, bits); }
    void one_of(std::string_view name, auto& variant) { self()(name, variant, required); }

  private:
    Visitor& self() { return static_cast<Visitor&>(*this); }
};

}  // namespace crowdrules::detail

namespace crowdrules::python {

/// One field as Python sees it.
struct Field {
    std::string name;        ///< with an underscore behind it where it is a word of Python: from_
    std::string annotation;  ///< "Optional[int]"
    bool required = false;
};

/// What the field `name` is called in Python.
std::string python_name_of(std::string_view name);

/// The arguments of one call of a constructor, handed out field by field.
class Arguments {
  public:
    Arguments(const py::args& positional, const py::kwargs& named) : positional_(positional), named_(named) {}

    /// The argument for the next field, or a null handle. Refuses a field that is given twice.
    py::handle take(const Field& field, const char* owner);
    /// Refuses whatever no field took.
    void finish(const char* owner, const std::vector<Field>& fields) const;

  private:
    py::args positional_;
    py::kwargs named_;
    std::size_t next_ = 0;
    std::size_t taken_ = 0;
};

/// Makes what went wrong with an argument say which one it was.
[[noreturn]] void raise_for_field(const char* owner, const std::string& field, py::error_already_set& error);

// The visitors.

struct FieldList : detail::NumbersAsTheyAre<FieldList> {
    std::vector<Field> fields;

    template <class T>
    void operator()(std::string_view name, const T&, detail::Presence presence = {}) {
        const bool is_required = presence == detail::Presence::required;
        const bool may_be_nobody = std::is_same_v<T, PayeeId> && !is_required;
        fields.push_back(
            {python_name_of(name), may_be_nobody ? "Optional[int]" : annotation(std::type_identity<T>{}), is_required});
    }
};

struct FieldReader : detail::NumbersAsTheyAre<FieldReader> {
    Arguments& arguments;
    const char* owner;

    FieldReader(Arguments& given, const char* struct_name) : arguments(given), owner(struct_name) {}

    template <class T>
    void operator()(std::string_view name, T& field, detail::Presence presence = {}) {
        const Field described{python_name_of(name), {}, presence == detail::Presence::required};
        const py::handle given = arguments.take(described, owner);
        if (!given) return;
        try {
            if constexpr (std::is_same_v<T, Instant>) {
                if (given.is_none()) {
                    field = never;
                    return;
                }
            }
            read(given, field);
        } catch (py::error_already_set& error) {
            raise_for_field(owner, described.name, error);
        }
    }
};

/// Finds one field and writes it.
struct FieldFinder : detail::NumbersAsTheyAre<FieldFinder> {
    std::string_view wanted;
    py::object found;

    explicit FieldFinder(std::string_view name) : wanted(name) {}

    template <class T>
    void operator()(std::string_view name, const T& field, detail::Presence = {}) {
        if (!found && python_name_of(name) == wanted) found = write(field);
    }
};

/// All fields under their names, in order.
struct FieldWriter : detail::NumbersAsTheyAre<FieldWriter> {
    py::dict fields;

    template <class T>
    void operator()(std::string_view name, const T& field, detail::Presence = {}) {
        fields[py::str(python_name_of(name))] = write(field);
    }
    template <class Event>
    void operator()(std::string_view name, const std::shared_ptr<const Event>& field, detail::Presence = {}) {
        fields[py::str(python_name_of(name))] = write(*field);
    }
};

/// The parts that do not depend on the struct: see described.cpp.
using GetField = std::function<py::object(py::handle self, const std::string& name)>;
using GetFields = std::function<py::dict(py::handle self)>;
void finish_described(py::object& cls, const char* doc, const std::vector<Field>& fields, const py::dict& defaults,
                      const GetField& get_field, const GetFields& get_fields);

/// `sample` stands for a value that was built from nothing: what differs from it is printed.
template <class T>
py::class_<T> bind_described(py::module_& m, const char* name, const char* doc) {
    const T empty = blank<T>();
    py::class_<T> cls(m, name);
    FieldList list;
    describe(list, empty);
    FieldWriter defaults;
    describe(defaults, empty);

    cls.def(py::init([name, fields = list.fields](const py::args& positional, const py::kwargs& named) {
        T value = blank<T>();
        Arguments arguments(positional, named);
        FieldReader reader(arguments, name);
        describe(reader, value);
        arguments.finish(name, fields);
        return value;
    }));
    cls.def("__eq__", [](const T& self, const py::object& other) -> py::object {
        if (!py::isinstance<T>(other)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        if constexpr (requires(const T& a) {
                          { a == a } -> std::same_as<bool>;
                      }) {
            return py::bool_(self == py::cast<const T&>(other));
        } else {
            FieldWriter own, others;
            describe(own, self);
            describe(others, py::cast<const T&>(other));
            return py::bool_(own.fields.equal(others.fields));
        }
    });
    finish_described(
        cls, doc, list.fields, defaults.fields,
        [](py::handle self, const std::string& field) {
            FieldFinder finder(field);
            describe(finder, py::cast<const T&>(self));
            return finder.found;
        },
        [](py::handle self) {
            FieldWriter writer;
            describe(writer, py::cast<const T&>(self));
            return writer.fields;
        });
    return cls;
}

}  // namespace crowdrules::python
