// SPDX-License-Identifier: BSL-1.0
// Pickling: copy, comparison and pickle of classes that have no list of fields.
#pragma once

#include "bind.hpp"

namespace crowdrules::python {

/// How something is pickled: by what makes it again, a name in the compiled part, and what that is given.
inline py::tuple pickled_by(const std::string& maker, const py::tuple& given) {
    const py::tuple named = py::make_tuple(maker);
    return py::make_tuple(py::module_::import("crowdrules._files").attr("made_by"), named + given);
}

/// What never changes is its own copy, and is compared by what it holds.
template <class T>
void def_immutable(py::class_<T>& cls) {
    cls.def("__copy__", [](py::object self) { return self; })
        .def("__deepcopy__", [](py::object self, const py::object&) { return self; })
        .def("__eq__",
             [](const T& a, const py::object& b) { return py::isinstance<T>(b) && a == py::cast<const T&>(b); });
}

}  // namespace crowdrules::python
