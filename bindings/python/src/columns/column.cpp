// SPDX-License-Identifier: BSL-1.0
// Columns in, through the buffer protocol; what has none is asked for Arrow, or brought to a buffer by Python.
#include "column.hpp"

#include "convert.hpp"
#include "interpreter.hpp"
#include <algorithm>
#include <cstring>
#include <map>

namespace crowdrules::python {
namespace {

std::shared_ptr<Py_buffer> buffer_of(py::handle given, int flags) {
    auto view = std::make_unique<Py_buffer>();
    if (PyObject_GetBuffer(given.ptr(), view.get(), flags) != 0) return nullptr;
    return {view.release(), [](Py_buffer* held) {
                const Held locked;
                PyBuffer_Release(held);
                delete held;
            }};
}

/// Whether a format of the buffer protocol is a native 64-bit signed integer.
bool is_int64(const Py_buffer& view) {
    const char* format = view.format;
    if (format == nullptr || view.itemsize != 8) return false;
    if (*format == '@' || *format == '=' || *format == '<') ++format;
    return std::strcmp(format, "l") == 0 || std::strcmp(format, "q") == 0;
}

std::string advice_for(const char* format) {
    const char kind = format == nullptr || *format == '\0' ? 'B' : format[std::strlen(format) - 1];
    if (kind == 'd' || kind == 'f' || kind == 'g' || kind == 'e')
        return "holds binary floating point, which holds no exact amounts; make whole minor units of it in a way that "
               "you choose, such as (column * 100).round().astype('int64') for cents, or read the file as text";
    if (kind == 'O') return "holds Python objects; convert it: column.astype('int64') of minor units";
    return "holds other numbers than 64-bit signed integers; convert it: column.astype('int64')";
}

void check(const Py_buffer& view, const std::string& name) {
    if (view.ndim != 1)
        raise_column_error(name, {}, "has " + std::to_string(view.ndim) + " dimensions, but a column has one");
    if (!is_int64(view)) raise_type_error("column '" + name + "' " + advice_for(view.format));
    if (view.shape[0] == 0) return;
    const bool is_contiguous = view.strides == nullptr || view.shape[0] == 1 || view.strides[0] == 8;
    if (!is_contiguous || reinterpret_cast<std::uintptr_t>(view.buf) % alignof(std::int64_t) != 0)
        raise_column_error(name, {}, "is not contiguous and aligned; copy it first: numpy.array(column)");
}

/// Truth values, a byte each, as 1 and 0.
WholeNumbers ones_of(const Py_buffer& view, const std::string& name) {
    WholeNumbers column;
    column.name = name;
    column.rows = static_cast<std::size_t>(view.shape[0]);
    const auto ones = std::make_shared<std::vector<std::int64_t>>(column.rows);
    const std::ptrdiff_t stride = view.strides == nullptr ? 1 : view.strides[0];
    const auto* bytes = static_cast<const char*>(view.buf);
    for (std::size_t row = 0; row < column.rows; ++row)
        (*ones)[row] = bytes[static_cast<std::ptrdiff_t>(row) * stride] != 0 ? 1 : 0;
    column.chunks.emplace_back(*ones);
    column.owners.push_back(ones);
    return column;
}

/// Whether to ask it for Arrow. pandas has that too, but only where pyarrow is installed.
bool is_arrow(py::handle given) {
    if (!py::hasattr(given, "__arrow_c_array__") && !py::hasattr(given, "__arrow_c_stream__")) return false;
    return std::string(py::str(py::type::of(given).attr("__module__"))).rfind("pandas", 0) != 0;
}

const py::object& python_part(const char* name) {
    // Kept for as long as the process lives, as modules are.
    static auto* const parts = new std::map<std::string, py::object>;
    py::object& part = (*parts)[name];
    if (!part) part = py::module_::import("crowdrules._column_in").attr(name);
    return part;
}

[[noreturn]] void raise_made(const py::object& error) {
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
    throw py::error_already_set();
}

/// Refuses a column of which some values are masked, whose memory says nothing of that.
void check_mask(py::handle given, const std::string& name) {
    // Nearly always one of NumPy's plain arrays, which have no mask.
    if (std::strcmp(Py_TYPE(given.ptr())->tp_name, "numpy.ndarray") == 0 || !py::hasattr(given, "mask")) return;
    const py::object error = python_part("masked")(given, name);
    if (!error.is_none()) raise_made(error);
}

}  // namespace

void raise_column_error(const std::string& column, std::optional<std::size_t> row, const std::string& message) {
    const std::string where = "column '" + column + "'" + (row ? ", row " + std::to_string(*row) : "") + ": ";
    const py::object error =
        py::module_::import("crowdrules._errors").attr("ColumnError")(where + message, column, write(row));
    raise_made(error);
}

void raise_no_column(const std::string& column, const std::vector<std::string>& names) {
    raise_made(python_part("no_column")(column, write(names)));
}

std::span<const std::int64_t> WholeNumbers::whole() {
    if (chunks.empty()) return {};
    if (chunks.size() > 1) {
        joined.reserve(rows);
        for (const auto chunk : chunks) joined.insert(joined.end(), chunk.begin(), chunk.end());
        chunks.assign(1, joined);
    }
    return chunks.front();
}

std::int64_t WholeNumbers::operator[](std::size_t row) const {
    for (const auto chunk : chunks) {
        if (row < chunk.size()) return chunk[row];
        row -= chunk.size();
    }
    return 0;
}

WholeNumbers whole_numbers(py::handle given, const Wanted& wanted) {
    // Looked up once: by its C++ type it takes longer than everything else here.
    static auto* const own_type = reinterpret_cast<PyTypeObject*>(py::type::of<OwnedColumn>().release().ptr());
    const auto* own = PyObject_TypeCheck(given.ptr(), own_type) != 0 ? &py::cast<const OwnedColumn&>(given) : nullptr;
    if (own != nullptr && own->currency) check_currency(wanted, own->currency->code());
    const bool is_decimal = own != nullptr && std::holds_alternative<OwnedColumn::Decimals>(own->values);
    if (PyObject_CheckBuffer(given.ptr()) != 0 && !is_decimal && wanted.kind != Wanted::Kind::currencies) {
        check_mask(given, wanted.name);
        const auto view = buffer_of(given, PyBUF_FORMAT | PyBUF_STRIDES);
        if (!view) throw py::error_already_set();
        if (wanted.kind == Wanted::Kind::truths && view->ndim == 1 && view->format != nullptr &&
            std::strcmp(view->format, "?") == 0)
            return ones_of(*view, wanted.name);
        check(*view, wanted.name);
        WholeNumbers column;
        column.name = wanted.name;
        column.rows = static_cast<std::size_t>(view->shape[0]);
        if (column.rows > 0) column.chunks.emplace_back(static_cast<const std::int64_t*>(view->buf), column.rows);
        column.owners.push_back(view);
        return column;
    }
    if (is_arrow(given)) return std::move(*read_arrow(given, {&wanted, 1}).front());
    if (wanted.kind == Wanted::Kind::currencies) {
        WholeNumbers column;
        column.name = wanted.name;
        for (const py::handle text : python_part("texts")(given, wanted.name))
            check_currency(wanted, py::cast<std::string>(text), column.rows++);
        return column;
    }
    // What pandas keeps in Arrow comes back as Arrow, which `plain` leaves as it is.
    WholeNumbers column =
        whole_numbers(python_part("plain")(given, wanted.name, wanted.kind == Wanted::Kind::truths), wanted);
    column.is_arrow = false;
    return column;
}

std::vector<std::optional<WholeNumbers>> columns_of(py::handle frame, std::span<const Wanted> wanted) {
    if (is_arrow(frame)) return read_arrow(frame, wanted);
    std::vector<std::optional<WholeNumbers>> columns(wanted.size());
    const py::object names = python_part("names_of")(frame);
    if (names.is_none()) {
        columns[0] = whole_numbers(frame, wanted[0]);
        for (const Wanted& other : wanted.subspan(1))
            if (other.required) raise_no_column(other.name, {});
        return columns;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Wanted& one = wanted[i];
        if (names.contains(one.name))
            columns[i] = whole_numbers(frame[one.name.c_str()], one);
        else if (one.required)
            raise_no_column(one.name, py::cast<std::vector<std::string>>(names));
    }
    return columns;
}

Output output(py::handle given, const std::string& name, std::size_t rows) {
    const auto view = PyObject_CheckBuffer(given.ptr()) == 0
                          ? nullptr
                          : buffer_of(given, PyBUF_FORMAT | PyBUF_STRIDES | PyBUF_WRITABLE);
    if (!view) {
        PyErr_Clear();
        raise_column_error(name, {}, "cannot be written to; give a writable NumPy array of int64, or leave `out` away");
    }
    check(*view, name);
    check_mask(given, name);
    if (static_cast<std::size_t>(view->shape[0]) != rows)
        raise_column_error(
            name, {},
            "has " + std::to_string(view->shape[0]) + " rows, but " + std::to_string(rows) + " are to be written");
    return {{static_cast<std::int64_t*>(view->buf), rows}, view};
}

}  // namespace crowdrules::python
