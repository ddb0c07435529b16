// SPDX-License-Identifier: BSL-1.0
// Value: how a described value looks in Python, by its type at run time, both ways. convert.hpp says what looks how;
// this is the same for values whose type is known as data only, so that nothing is compiled again for a struct.
#pragma once

#include "convert.hpp"
#include <schema/fields.hpp>
#include <string>
#include <typeindex>

namespace crowdrules::detail {

template <>
inline constexpr bool is_other<Node> = true;

}  // namespace crowdrules::detail

namespace crowdrules::python {

py::object write(detail::Value value);
void read(py::handle given, detail::Value value);
/// The type as Python's annotations write it.
std::string annotation(const detail::Type& type);

/// What is done with values of a type that has a class or a form of its own.
struct ClassOf {
    py::object (*write)(const void* at);
    void (*read)(py::handle given, void* at);
    std::string (*annotation)();
};
void register_class(std::type_index type, const ClassOf& with);
/// Makes known how convert.hpp reads and writes a T, wherever one is a field.
template <class T>
void register_class() {
    register_class(typeid(T), {[](const void* at) { return write(detail::as<T>(at)); },
                               [](py::handle given, void* at) { read(given, detail::as<T>(at)); },
                               [] { return annotation(std::type_identity<T>{}); }});
}

}  // namespace crowdrules::python
