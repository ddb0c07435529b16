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

#include "value.hpp"
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::python {

/// One field as Python sees it.
struct PythonField {
    std::string name;        ///< with an underscore behind it where it is a word of Python: from_
    std::string annotation;  ///< "Optional[int]"
    bool required = false;
    std::string doc;  ///< what it means, with its unit and range
};

/// What the field `name` is called in Python.
std::string python_name_of(std::string_view name);

/// The arguments of one call of a constructor, handed out field by field.
class Arguments {
  public:
    Arguments(const py::args& positional, const py::kwargs& named) : positional_(positional), named_(named) {}

    /// The argument for the next field, or a null handle. Refuses a field that is given twice.
    py::handle take(const PythonField& field, const char* owner);
    /// Refuses whatever no field took.
    void finish(const char* owner, const std::vector<PythonField>& fields) const;

  private:
    py::args positional_;
    py::kwargs named_;
    std::size_t next_ = 0;
    std::size_t taken_ = 0;
};

/// Makes what went wrong with an argument say which one it was.
[[noreturn]] void raise_for_field(const char* owner, const std::string& field, py::error_already_set& error);

/// The fields that a description has, as Python sees them.
class FieldList : public detail::Fields {
  public:
    std::vector<PythonField> fields;

  private:
    void on_field(const detail::Field& field, detail::Value value) override;
};

/// Fills each field from the arguments of a call.
class FieldReader : public detail::Fields {
  public:
    FieldReader(Arguments& given, const char* struct_name) : arguments(given), owner(struct_name) {}

  protected:
    void on_field(const detail::Field& field, detail::Value value) override;

    Arguments& arguments;
    const char* owner;
};

/// All fields under their names, in order.
class FieldWriter : public detail::Fields {
  public:
    py::dict fields;

  protected:
    void on_field(const detail::Field& field, detail::Value value) override;
};

/// One field of a record, by its name in Python; a null object where there is none.
py::object field_of(detail::Value record, std::string_view name);
/// All fields of a record.
py::dict fields_of(detail::Value record);

/// A class of Python whose values are records. `self` makes a value known from its handle.
struct RecordClass {
    const char* name;
    const char* doc;
    std::vector<PythonField> fields;
    py::dict defaults;  ///< of the value that is made of nothing: what differs from it is printed
    detail::Value (*self)(py::handle self);
};
/// All that does not depend on the struct.
void finish_described(py::object& cls, const RecordClass& record);
/// Fills a value of nothing from the arguments of its constructor.
void read_arguments(detail::Value record, const RecordClass& cls, const py::args& positional, const py::kwargs& named);

template <class T>
py::class_<T> bind_described(py::module_& m, const char* name, const char* doc) {
    T empty = blank<T>();
    py::class_<T> cls(m, name);
    register_class<T>();
    FieldList list;
    list(empty);
    const RecordClass record{name, doc, list.fields, fields_of(detail::value_of(empty)),
                             [](py::handle self) { return detail::value_of(py::cast<T&>(self)); }};
    cls.def(py::init([record](const py::args& positional, const py::kwargs& named) {
        T value = blank<T>();
        read_arguments(detail::value_of(value), record, positional, named);
        return value;
    }));
    cls.def("__eq__", [](const T& self, const py::object& other) -> py::object {
        if (!py::isinstance<T>(other)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        const T& with = py::cast<const T&>(other);
        if constexpr (requires {
                          { self == with } -> std::same_as<bool>;
                      })
            return py::bool_(self == with);
        else
            return py::bool_(fields_of(detail::value_of(self)).equal(fields_of(detail::value_of(with))));
    });
    finish_described(cls, record);
    return cls;
}

}  // namespace crowdrules::python
