// SPDX-License-Identifier: BSL-1.0
// Bind: what each file of the module adds to it. module.cpp calls these in the order of the floors.
#pragma once

#include <pybind11/pybind11.h>

namespace crowdrules::python {

namespace py = pybind11;

}  // namespace crowdrules::python
