// SPDX-License-Identifier: BSL-1.0
// Progress callback: how a long play reports to Python how far it has come.
#pragma once

#include <crowdrules/stories/campaign/play.hpp>

#include "bind.hpp"
#include "interpreter.hpp"

namespace crowdrules::python {

/// For a long play to call now and then: lets Ctrl-C through and calls `progress`, which may raise.
inline PlayProgress progress_callback(const py::object& progress) {
    return [&progress](std::uint64_t done, std::uint64_t all) {
        const Held held;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (!progress.is_none()) progress(done, all);
    };
}

}  // namespace crowdrules::python
