// SPDX-License-Identifier: BSL-1.0
// Direct: functions of the module that take their arguments by position, past the dispatcher of pybind11, which spends
// some tenths of a microsecond on every call. For what crowdrules.columns calls, under keywords of its own.
//
//   py::object doubled(py::handle amounts, py::handle out);
//   def_direct<&doubled>(m, "_doubled", "_doubled(amounts: object, out: object) -> object");
#pragma once

#include "bind.hpp"
#include <utility>

namespace crowdrules::python {

/// What is being thrown becomes the exception of Python that pybind11 would make of it. Expects: within a catch.
void raise_thrown() noexcept;

template <auto function>
struct Direct;
template <class... Given, py::object (*function)(Given...)>
struct Direct<function> {
    static PyObject* call(PyObject*, PyObject* const* given, Py_ssize_t count) {
        constexpr std::size_t wanted = sizeof...(Given);
        if (static_cast<std::size_t>(count) != wanted) {
            PyErr_Format(PyExc_TypeError, "expected %zu arguments, got %zd", wanted, count);
            return nullptr;
        }
        try {
            return [&]<std::size_t... place>(std::index_sequence<place...>) {
                return function(py::handle(given[place])...).release().ptr();
            }(std::index_sequence_for<Given...>());
        } catch (...) {
            raise_thrown();
            return nullptr;
        }
    }
};

/// Adds `function` to the module. `signature` is what pybind11 would say of it.
template <auto function>
void def_direct(py::module_& m, const char* name, const char* signature) {
    // PyCFunction stands for functions of several shapes, which the flags tell apart.
    const auto shapeless = reinterpret_cast<void (*)()>(&Direct<function>::call);
    static PyMethodDef method[2] = {{name, reinterpret_cast<PyCFunction>(shapeless), METH_FASTCALL, signature}, {}};
    if (PyModule_AddFunctions(m.ptr(), method) != 0) throw py::error_already_set();
}

}  // namespace crowdrules::python
