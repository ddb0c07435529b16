// SPDX-License-Identifier: BSL-1.0
// Columns in, through Arrow: one array, a stream of chunks, or one column of a table.
#include "column.hpp"
#include "convert.hpp"
#include <cstring>

namespace crowdrules::python {
namespace {

/// An Arrow struct that is ours to release: moved out of its capsule, which then holds a released one.
template <class T>
struct Taken {
    T value{};
    Taken() = default;
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    ~Taken() {
        if (value.release == nullptr) return;
        // The producer may be written in Python.
        const py::gil_scoped_acquire held;
        value.release(&value);
    }
};
template <class T>
std::shared_ptr<Taken<T>> take(py::handle capsule, const char* name) {
    auto* inside = static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
    if (inside == nullptr) throw py::error_already_set();
    if (inside->release == nullptr) raise_value_error(std::string("this ") + name + " was used before; it serves once");
    auto taken = std::make_shared<Taken<T>>();
    taken->value = *inside;
    inside->release = nullptr;
    return taken;
}

struct Reader {
    WholeNumbers& column;
    std::optional<Currency> money;

    /// The array of the column itself: of a table, the child with its name.
    const ArrowSchema& find(const ArrowSchema& schema, std::size_t& child, bool& is_table) const {
        is_table = std::strcmp(schema.format, "+s") == 0;
        if (!is_table) return schema;
        for (std::int64_t i = 0; i < schema.n_children; ++i) {
            if (schema.n_children > 1 && column.name != schema.children[i]->name) continue;
            child = static_cast<std::size_t>(i);
            return *schema.children[i];
        }
        raise_column_error(column.name, {}, "is not in the table");
    }

    void add(const ArrowSchema& whole_schema, const ArrowArray& whole, const std::shared_ptr<void>& owner) {
        std::size_t child = 0;
        bool is_table = false;
        const ArrowSchema& schema = find(whole_schema, child, is_table);
        if (is_table && whole.null_count != 0) refuse_null(whole, 0);
        const ArrowArray& array = is_table ? *whole.children[child] : whole;
        const auto offset = static_cast<std::size_t>(array.offset + (is_table ? whole.offset : 0));
        const auto length = static_cast<std::size_t>(is_table ? whole.length : array.length);
        const std::string_view format = schema.format;
        const bool is_decimal = format.starts_with("d:");
        if (format != "l" && !is_decimal) refuse_format(format);
        if (array.null_count != 0 && array.buffers[0] != nullptr) refuse_null(array, offset);
        if (length == 0) return;
        if (is_decimal) {
            add_decimals(format, array, offset, length);
        } else {
            column.chunks.emplace_back(static_cast<const std::int64_t*>(array.buffers[1]) + offset, length);
            column.owners.push_back(owner);
        }
        column.rows += length;
    }

    [[noreturn]] void refuse_format(std::string_view format) const {
        const bool is_binary = format == "f" || format == "g" || format == "e";
        raise_type_error("column '" + column.name + "' " +
                         (is_binary ? "holds binary floating point, which holds no exact amounts; cast it to int64 of "
                                      "minor units in a way that you choose, or to decimal128"
                                    : "holds other values (Arrow format '" + std::string(format) +
                                          "') than 64-bit signed integers; cast it to int64 of minor units"));
    }

    /// Looks for the null: a count of -1 means that nobody has counted.
    void refuse_null(const ArrowArray& array, std::size_t offset) const {
        const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
        if (bits == nullptr) return;
        for (std::size_t i = 0; i < static_cast<std::size_t>(array.length); ++i)
            if (((bits[(offset + i) / 8] >> ((offset + i) % 8)) & 1) == 0)
                raise_column_error(column.name, column.rows + i,
                                   "is null; every row needs a value: fill nulls or leave those rows out");
    }

    void add_decimals(std::string_view format, const ArrowArray& array, std::size_t offset, std::size_t length) {
        // "d:19,2" or "d:19,2,128"
        const auto comma = format.find(',');
        const int scale = std::atoi(std::string(format.substr(comma + 1)).c_str());
        const bool is_wide = format.find(',', comma + 1) != std::string_view::npos && !format.ends_with(",128");
        if (!money || is_wide) refuse_format(format);
        const auto digits = static_cast<int>(money->digits());
        if (scale > digits)
            raise_column_error(column.name, {},
                               "has " + std::to_string(scale) + " decimals, but " + std::string(money->code()) +
                                   " has " + std::to_string(digits) + "; cast it to decimal128 with " +
                                   std::to_string(digits));
        Int128 factor = 1;
        for (int i = scale; i < digits; ++i) factor *= 10;
        const auto converted = std::make_shared<std::vector<std::int64_t>>(length);
        const auto* values = static_cast<const char*>(array.buffers[1]) + offset * sizeof(Int128);
        constexpr Int128 most = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i < length; ++i) {
            Int128 value = 0;
            std::memcpy(&value, values + i * sizeof value, sizeof value);
            if (value > most / factor || value < -most / factor)
                raise_column_error(column.name, column.rows + i, "is beyond 64 bits of minor units");
            (*converted)[i] = static_cast<std::int64_t>(value * factor);
        }
        column.chunks.emplace_back(*converted);
        column.owners.push_back(converted);
    }
};

}  // namespace

void read_arrow(py::handle given, std::optional<Currency> money, WholeNumbers& column) {
    Reader reader{column, money};
    if (py::hasattr(given, "__arrow_c_array__")) {
        const py::tuple capsules = given.attr("__arrow_c_array__")();
        const auto schema = take<ArrowSchema>(capsules[0], "arrow_schema");
        const auto array = take<ArrowArray>(capsules[1], "arrow_array");
        reader.add(schema->value, array->value, array);
        return;
    }
    const py::object capsule = given.attr("__arrow_c_stream__")();
    const auto stream = take<ArrowArrayStream>(capsule, "arrow_array_stream");
    ArrowArrayStream& source = stream->value;
    const auto checked = [&](int status) {
        if (status == 0) return;
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
        const char* why = source.get_last_error(&source);
        raise_column_error(
            column.name, {},
            std::string("its stream ended with an error: ") + (why != nullptr ? why : std::strerror(status)));
    };
    Taken<ArrowSchema> schema;
    checked(source.get_schema(&source, &schema.value));
    for (;;) {
        const auto array = std::make_shared<Taken<ArrowArray>>();
        checked(source.get_next(&source, &array->value));
        if (array->value.release == nullptr) break;
        reader.add(schema.value, array->value, array);
    }
    // Chunks may look at what their stream holds.
    column.owners.push_back(stream);
}

}  // namespace crowdrules::python
