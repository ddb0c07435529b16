// SPDX-License-Identifier: BSL-1.0
// Invention: what the files of a community that invents add to the module, in the order in which module.cpp calls them.
#pragma once

#include <pybind11/pybind11.h>

namespace crowdrules::python {

namespace py = pybind11;

void bind_invention_terms(py::module_& m);
void bind_invention_commands(py::module_& m);
void bind_invention_events(py::module_& m);
void bind_influence(py::module_& m);
void bind_invention_statement(py::module_& m);
void bind_invention(py::module_& m);
void bind_invention_story(py::module_& m);

}  // namespace crowdrules::python
