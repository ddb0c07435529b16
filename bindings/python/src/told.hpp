// SPDX-License-Identifier: BSL-1.0
// Told: how a long play tells Python how far it has come.
#pragma once

#include <crowdrules/stories/campaign/play.hpp>

#include "bind.hpp"
#include "interpreter.hpp"

namespace crowdrules::python {

/// Told now and then how far a long play has come: lets Ctrl-C through and calls `progress`, which may raise.
inline PlayProgress told(const py::object& progress) {
    return [&progress](std::uint64_t done, std::uint64_t all) {
        const Held held;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (!progress.is_none()) progress(done, all);
    };
}

}  // namespace crowdrules::python
