// SPDX-License-Identifier: BSL-1.0
// The module crowdrules._core: every part in the order of the floors. A part may use the types of those before it in
// its signatures and default values.
#include "bind.hpp"

PYBIND11_MODULE(_core, m) {
    using namespace crowdrules::python;

    m.doc() = "The compiled part of crowdrules; import crowdrules instead.";
    m.attr("__version__") = CROWDRULES_VERSION;
}
