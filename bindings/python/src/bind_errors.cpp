// SPDX-License-Identifier: BSL-1.0
// What the engine refuses, and what it throws, as exceptions of crowdrules._errors.
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/core/contract.hpp>

#include "convert.hpp"
#include "direct.hpp"
#include "interpreter.hpp"

namespace crowdrules::python {
namespace {

py::object error_class(const char* name) {
    return py::module_::import("crowdrules._errors").attr(name);
}

[[noreturn]] void raise_object(const py::object& error) {
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
    throw py::error_already_set();
}

void set(const char* name, const std::exception& error) {
    PyErr_SetString(error_class(name).ptr(), error.what());
}

}  // namespace

void raise(const TextError& reason) {
    raise_object(error_class("TextError")(to_text(reason), reason.where.source, reason.where.line, reason.where.column,
                                          reason.what, reason.found, reason.expected));
}

void raise(const Findings& reasons) {
    std::string text = to_text(reasons);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    raise_object(error_class("FindingsError")(text, write(reasons)));
}

void raise(const Finding& reason) {
    raise(Findings{reason});
}

void raise(const campaign::Rejection& reason) {
    raise_object(error_class("Rejected")(to_text(reason), write(reason.code), reason.what, reason.accepted, reason.rule,
                                         reason.citation));
}

void raise(const std::string& reason) {
    raise_value_error(reason);
}

void raise_type_error(const std::string& message) {
    PyErr_SetString(PyExc_TypeError, message.c_str());
    throw py::error_already_set();
}

void raise_value_error(const std::string& message) {
    PyErr_SetString(PyExc_ValueError, message.c_str());
    throw py::error_already_set();
}

void let_signals_through() {
    const Held held;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
}

void raise_thrown() noexcept {
    try {
        throw;
    } catch (py::error_already_set& error) {
        error.restore();
    } catch (...) {
        // pybind11 translates what a function of its own throws.
        const std::exception_ptr thrown = std::current_exception();
        try {
            py::cpp_function([thrown] { std::rethrow_exception(thrown); })();
        } catch (py::error_already_set& error) {
            error.restore();
        }
    }
}

void bind_errors(py::module_&) {
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const CurrencyMismatch& error) {
            set("CurrencyMismatch", error);
        } catch (const Overflow& error) {
            set("Overflow", error);
        } catch (const ContractViolation& error) {
            set("ContractViolation", error);
        }
    });
}

}  // namespace crowdrules::python
