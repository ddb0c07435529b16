// SPDX-License-Identifier: BSL-1.0
// Columns in, through the buffer protocol; what has none is asked for Arrow, or brought to a buffer by Python.
#include "column.hpp"

#include "convert.hpp"
#include <algorithm>
#include <cstring>

namespace crowdrules::python {
namespace {

std::shared_ptr<Py_buffer> buffer_of(py::handle given, int flags) {
    auto view = std::make_unique<Py_buffer>();
    if (PyObject_GetBuffer(given.ptr(), view.get(), flags) != 0) return nullptr;
    return {view.release(), [](Py_buffer* held) {
                const py::gil_scoped_acquire locked;
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
    if (view.strides != nullptr && view.shape[0] > 1 && view.strides[0] != 8)
        raise_column_error(name, {}, "is not contiguous; copy it first: numpy.ascontiguousarray(column)");
}

}  // namespace

void raise_column_error(const std::string& column, std::optional<std::size_t> row, const std::string& message) {
    const std::string where = "column '" + column + "'" + (row ? ", row " + std::to_string(*row) : "") + ": ";
    const py::object error =
        py::module_::import("crowdrules._errors").attr("ColumnError")(where + message, column, write(row));
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
    throw py::error_already_set();
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

WholeNumbers whole_numbers(py::handle given, const std::string& name, std::optional<Currency> money) {
    WholeNumbers column;
    column.name = name;
    const bool is_decimal = py::isinstance<OwnedColumn>(given) &&
                            std::holds_alternative<OwnedColumn::Decimals>(py::cast<const OwnedColumn&>(given).values);
    if (PyObject_CheckBuffer(given.ptr()) != 0 && !is_decimal) {
        const auto view = buffer_of(given, PyBUF_FORMAT | PyBUF_STRIDES);
        if (!view) throw py::error_already_set();
        check(*view, name);
        column.rows = static_cast<std::size_t>(view->shape[0]);
        if (column.rows > 0) column.chunks.emplace_back(static_cast<const std::int64_t*>(view->buf), column.rows);
        column.owners.push_back(view);
        return column;
    }
    const bool is_pandas = std::string(py::str(py::type::of(given).attr("__module__"))).rfind("pandas", 0) == 0;
    if (!is_pandas && (py::hasattr(given, "__arrow_c_array__") || py::hasattr(given, "__arrow_c_stream__"))) {
        column.is_arrow = true;
        read_arrow(given, money, column);
        return column;
    }
    const py::object plain = py::module_::import("crowdrules._column_in").attr("plain")(given, name);
    return whole_numbers(plain, name, money);
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
    if (static_cast<std::size_t>(view->shape[0]) != rows)
        raise_column_error(
            name, {},
            "has " + std::to_string(view->shape[0]) + " rows, but " + std::to_string(rows) + " are to be written");
    return {{static_cast<std::int64_t*>(view->buf), rows}, view};
}

std::size_t OwnedColumn::size() const {
    return std::visit(
        [](const auto& kept) {
            if constexpr (requires { kept.codes; })
                return kept.codes->size;
            else
                return kept.values->size;
        },
        values);
}

}  // namespace crowdrules::python
