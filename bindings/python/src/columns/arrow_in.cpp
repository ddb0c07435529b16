// SPDX-License-Identifier: BSL-1.0
// Columns in, through Arrow: one array, a stream of chunks, or one column of a table.
#include "column.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
#include <charconv>
#include <cstring>
#include <limits>

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
        const Held held;
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

/// Whether a bit is set, counted from the first of a byte as Arrow does.
bool bit(const void* bits, std::size_t place) {
    return ((static_cast<const std::uint8_t*>(bits)[place / 8] >> (place % 8)) & 1) != 0;
}

/// What a structure says of itself cannot be. How long its buffers are, nobody says: that is believed.
[[noreturn]] void raise_malformed(const std::string& column, const std::string& what) {
    raise_column_error(column, {}, "came in a structure of Arrow that cannot be: " + what);
}

/// Value by key from the metadata of a field: pairs of texts, each with its length before it.
std::string metadata_value(const std::string& column, const char* metadata, std::string_view key) {
    if (metadata == nullptr) return {};
    const auto number = [&] {
        std::int32_t value = 0;
        std::memcpy(&value, metadata, sizeof value);
        metadata += sizeof value;
        if (value < 0) raise_malformed(column, "its metadata has a length of " + std::to_string(value));
        return static_cast<std::size_t>(value);
    };
    const auto text = [&] {
        const std::size_t length = number();
        metadata += length;
        return std::string_view(metadata - length, length);
    };
    for (std::size_t pairs = number(); pairs > 0; --pairs) {
        const std::string_view name = text();
        const std::string_view value = text();
        if (name == key) return std::string(value);
    }
    return {};
}

/// A number of an index or offset buffer; one below 0 comes out as a huge one.
template <class Number>
std::size_t number_at(const void* buffer, std::size_t place) {
    Number value{};
    std::memcpy(&value, static_cast<const char*>(buffer) + place * sizeof value, sizeof value);
    return static_cast<std::size_t>(value);
}

/// How many buffers an array of this format has, at least for "vu"; nothing for a format that no column has.
std::optional<std::int64_t> buffers_of(std::string_view format, bool is_encoded) {
    if (format == "+s") return 1;
    if (is_encoded || format == "l" || format == "b" || format.starts_with("d:")) return 2;
    if (format == "u" || format == "U" || format == "vu") return 3;
    return std::nullopt;
}

void check_schema(const std::string& column, const ArrowSchema& schema) {
    if (schema.format == nullptr) raise_malformed(column, "a schema without a format");
    if (schema.n_children < 0) raise_malformed(column, std::to_string(schema.n_children) + " children");
    if (schema.n_children > 0 && schema.children == nullptr) raise_malformed(column, "children that are missing");
    for (std::int64_t i = 0; i < schema.n_children; ++i)
        if (schema.children[i] == nullptr || schema.children[i]->format == nullptr)
            raise_malformed(column, "child " + std::to_string(i) + " is missing, or has no format");
    if (schema.dictionary != nullptr && schema.dictionary->format == nullptr)
        raise_malformed(column, "a dictionary without a format");
}

/// Whether an array can be what its schema says, as far as that can be known. Expects: a schema that was checked.
void check_array(const std::string& column, const ArrowSchema& schema, const ArrowArray& array) {
    constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 64;  // so that no place overflows
    const auto number = [](std::int64_t value) { return std::to_string(value); };
    if (array.length < 0 || array.length > longest) raise_malformed(column, "a length of " + number(array.length));
    if (array.offset < 0 || array.offset > longest) raise_malformed(column, "an offset of " + number(array.offset));
    if (array.null_count < -1 || array.null_count > array.length)
        raise_malformed(column, number(array.null_count) + " nulls in " + number(array.length) + " rows");
    if (array.n_children != schema.n_children)
        raise_malformed(
            column, number(array.n_children) + " children where its schema has " + number(schema.n_children));
    if (array.n_children > 0 && array.children == nullptr) raise_malformed(column, "children that are missing");
    if ((array.dictionary == nullptr) != (schema.dictionary == nullptr))
        raise_malformed(column, "a dictionary in one of array and schema, but not in the other");
    const std::string_view format = schema.format;
    const auto wanted = buffers_of(format, schema.dictionary != nullptr);
    if (!wanted) return;  // refused elsewhere, with advice
    if (array.n_buffers < *wanted || (array.n_buffers > *wanted && format != "vu"))
        raise_malformed(column, number(array.n_buffers) + " buffers where format '" + std::string(format) + "' has " +
                                    number(*wanted));
    if (array.buffers == nullptr) raise_malformed(column, "buffers that are missing");
    if (array.null_count > 0 && array.buffers[0] == nullptr)
        raise_malformed(column, number(array.null_count) + " nulls, but nothing that says where");
    if (array.length > 0 && *wanted > 1 && array.buffers[1] == nullptr)
        raise_malformed(column, number(array.length) + " rows without any values");
}

/// The first row that is null; nothing where none is. Producers may not know how many there are, or be mistaken.
std::optional<std::size_t> first_null(const ArrowArray& array, std::size_t offset, std::size_t length) {
    const void* const bits = array.buffers == nullptr || array.n_buffers < 1 ? nullptr : array.buffers[0];
    if (bits == nullptr) return std::nullopt;
    for (std::size_t row = 0; row < length;) {
        const std::size_t at = offset + row;
        if (at % 64 == 0 && length - row >= 64 && number_at<std::uint64_t>(bits, at / 64) == ~std::uint64_t{0}) {
            row += 64;
        } else if (!bit(bits, at)) {
            return row;
        } else {
            ++row;
        }
    }
    return std::nullopt;
}

/// A text of an array of texts, whichever of the three layouts it has; nothing for what holds no texts.
/// Expects: an array that was checked, and a place in it.
std::optional<std::string_view> text_at(const std::string& column, std::string_view format, const ArrowArray& array,
                                        std::size_t place) {
    if (format != "u" && format != "U" && format != "vu") return std::nullopt;
    const auto refuse = [&] { raise_malformed(column, "text " + std::to_string(place) + " lies outside its buffer"); };
    const auto between = [&](std::size_t from, std::size_t to, std::size_t most) {
        if (from > to || to > most || (to > from && array.buffers[2] == nullptr)) refuse();
        return to == from ? std::string_view()
                          : std::string_view(static_cast<const char*>(array.buffers[2]) + from, to - from);
    };
    const void* const places = array.buffers[1];
    if (format == "u")
        return between(number_at<std::int32_t>(places, place), number_at<std::int32_t>(places, place + 1),
                       std::numeric_limits<std::int32_t>::max());
    if (format == "U")
        return between(number_at<std::int64_t>(places, place), number_at<std::int64_t>(places, place + 1),
                       std::numeric_limits<std::int64_t>::max());
    // A view: length, then up to twelve letters, or four of them, the buffer and the place in it. The last buffer has
    // the lengths of those between.
    const char* view = static_cast<const char*>(places) + place * 16;
    const std::size_t length = number_at<std::int32_t>(view, 0);
    if (length <= 12) return std::string_view(view + 4, length);
    const std::size_t buffer = number_at<std::int32_t>(view, 2), from = number_at<std::int32_t>(view, 3);
    const auto last = static_cast<std::size_t>(array.n_buffers - 1);
    if (buffer >= last - 2 || array.buffers[2 + buffer] == nullptr || array.buffers[last] == nullptr) refuse();
    const std::size_t size = number_at<std::int64_t>(array.buffers[last], buffer);
    if (length > size || from > size - length) refuse();
    return std::string_view(static_cast<const char*>(array.buffers[2 + buffer]) + from, length);
}

std::optional<std::size_t> index_at(std::string_view format, const void* buffer, std::size_t place) {
    if (format == "c") return number_at<std::int8_t>(buffer, place);
    if (format == "C") return number_at<std::uint8_t>(buffer, place);
    if (format == "s") return number_at<std::int16_t>(buffer, place);
    if (format == "S") return number_at<std::uint16_t>(buffer, place);
    if (format == "i") return number_at<std::int32_t>(buffer, place);
    if (format == "I") return number_at<std::uint32_t>(buffer, place);
    if (format == "l" || format == "L") return number_at<std::uint64_t>(buffer, place);
    return std::nullopt;
}

/// An array of Arrow, or a column of a table: the part of it that counts.
struct Part {
    const ArrowSchema& schema;
    const ArrowArray& array;
    std::size_t offset;
    std::size_t length;
    const std::shared_ptr<void>& owner;
};

/// Reads one column, chunk by chunk.
struct Reader {
    const Wanted& wanted;
    WholeNumbers column{};

    explicit Reader(const Wanted& what) : wanted(what) {
        column.name = what.name;
        column.is_arrow = true;
    }

    void begin(const ArrowSchema& schema) const {
        const std::string currency = metadata_value(column.name, schema.metadata, "currency");
        if (!currency.empty()) check_currency(wanted, currency);
    }

    void add(const Part& part) {
        const std::string_view format = part.schema.format;
        const bool is_decimal = format.starts_with("d:");
        const bool is_truth = format == "b" && wanted.kind == Wanted::Kind::truths;
        const bool is_encoded = part.schema.dictionary != nullptr;
        const bool is_text = wanted.kind == Wanted::Kind::currencies;
        if (!is_text && (is_encoded || (format != "l" && !is_decimal && !is_truth))) refuse_format(part.schema);
        check_array(column.name, part.schema, part.array);
        refuse_null(part);
        if (part.length == 0) return;
        if (is_text) {
            check_texts(part);
        } else if (is_decimal) {
            add_decimals(format, part);
        } else if (is_truth) {
            const auto ones = std::make_shared<std::vector<std::int64_t>>(part.length);
            for (std::size_t i = 0; i < part.length; ++i)
                (*ones)[i] = bit(part.array.buffers[1], part.offset + i) ? 1 : 0;
            keep(ones);
        } else {
            const auto* values = static_cast<const std::int64_t*>(part.array.buffers[1]) + part.offset;
            if (reinterpret_cast<std::uintptr_t>(values) % alignof(std::int64_t) != 0) {
                const auto copied = std::make_shared<std::vector<std::int64_t>>(part.length);
                std::memcpy(copied->data(), values, part.length * sizeof *values);
                keep(copied);
            } else {
                column.chunks.emplace_back(values, part.length);
                column.owners.push_back(part.owner);
            }
        }
        column.rows += part.length;
    }

    void keep(const std::shared_ptr<std::vector<std::int64_t>>& values) {
        column.chunks.emplace_back(*values);
        column.owners.push_back(values);
    }

    void check_texts(const Part& part) const {
        const ArrowSchema* names = part.schema.dictionary;
        if (names != nullptr) check_array(column.name, *names, *part.array.dictionary);
        for (std::size_t i = 0; i < part.length; ++i) {
            const auto text = names == nullptr
                                  ? text_at(column.name, part.schema.format, part.array, part.offset + i)
                                  : named_at(part, i);
            if (!text)
                raise_type_error("column '" + wanted.name +
                                 "' holds no texts; expected the code of a currency, such as " +
                                 std::string(wanted.money->code()) + ", in every row");
            if (*text != wanted.money->code()) check_currency(wanted, *text, column.rows + i);
        }
    }

    /// The text of a dictionary that a row has the place of.
    [[nodiscard]] std::optional<std::string_view> named_at(const Part& part, std::size_t row) const {
        const ArrowArray& names = *part.array.dictionary;
        const auto index = index_at(part.schema.format, part.array.buffers[1], part.offset + row);
        if (!index) return std::nullopt;
        if (*index >= static_cast<std::size_t>(names.length))
            raise_malformed(column.name, "row " + std::to_string(column.rows + row) + " has a place beyond the " +
                                             std::to_string(names.length) + " of its dictionary");
        const std::size_t place = static_cast<std::size_t>(names.offset) + *index;
        if (const auto text = text_at(column.name, part.schema.dictionary->format, names, place);
            !text || !first_null(names, place, 1))
            return text;
        refuse_row(column.rows + row);
    }

    [[noreturn]] void refuse_format(const ArrowSchema& schema) const {
        const std::string_view format = schema.format;
        const std::string holds = "column '" + wanted.name + "' holds ";
        if (schema.dictionary != nullptr)
            raise_type_error(holds + "dictionary-encoded values; decode it and cast it to int64 of minor units");
        if (format == "f" || format == "g" || format == "e")
            raise_type_error(holds +
                             "binary floating point, which holds no exact amounts; cast it to int64 of minor "
                             "units in a way that you choose, or to decimal128");
        if (format.starts_with("d:") && !wanted.money)
            raise_type_error(holds +
                             "decimals; say of which currency: currency='USD', or cast it to int64 of minor "
                             "units");
        raise_type_error(holds + "other values (Arrow format '" + std::string(format) +
                         "') than 64-bit signed integers; cast it to int64 of minor units");
    }

    void refuse_null(const Part& part) const {
        if (const auto row = first_null(part.array, part.offset, part.length)) refuse_row(column.rows + *row);
    }
    [[noreturn]] void refuse_row(std::size_t row) const {
        raise_column_error(wanted.name, row,
                           "is null; every row needs a value: fill nulls or leave those rows out");
    }

    void add_decimals(std::string_view format, const Part& part) {
        // "d:19,2" or "d:19,2,128"
        const auto comma = format.find(',');
        int scale = 0;
        if (comma == std::string_view::npos ||
            std::from_chars(format.data() + comma + 1, format.data() + format.size(), scale).ec != std::errc() ||
            scale < -38 || scale > 38)
            raise_malformed(column.name, "format '" + std::string(format) + "'");
        const bool is_wide = format.find(',', comma + 1) != std::string_view::npos && !format.ends_with(",128");
        if (!wanted.money || is_wide) refuse_format(part.schema);
        const auto digits = static_cast<int>(wanted.money->digits());
        if (scale > digits)
            raise_column_error(wanted.name, {},
                               "has " + std::to_string(scale) + " decimals, but " + std::string(wanted.money->code()) +
                                   " has " + std::to_string(digits) + "; cast it to decimal128 with " +
                                   std::to_string(digits));
        constexpr Int128 most = std::numeric_limits<std::int64_t>::max();
        Int128 factor = 1;
        for (int i = scale; i < digits && factor <= most; ++i) factor *= 10;
        const auto converted = std::make_shared<std::vector<std::int64_t>>(part.length);
        const auto* values = static_cast<const char*>(part.array.buffers[1]) + part.offset * sizeof(Int128);
        for (std::size_t i = 0; i < part.length; ++i) {
            Int128 value = 0;
            std::memcpy(&value, values + i * sizeof value, sizeof value);
            if (value > most / factor || value < -most / factor)
                raise_column_error(wanted.name, column.rows + i, "is beyond 64 bits of minor units");
            (*converted)[i] = static_cast<std::int64_t>(value * factor);
        }
        keep(converted);
    }
};

/// Reads the wanted columns of a table, or the first of them from what is no table.
class TableReader {
  public:
    TableReader(std::span<const Wanted> wanted, const ArrowSchema& schema) : schema_(schema) {
        check_schema(wanted[0].name, schema);
        is_table_ = std::strcmp(schema.format, "+s") == 0;
        if (!is_table_) {
            readers_.emplace_back(0, 0, Reader(wanted[0])).reader.begin(schema);
            for (const Wanted& other : wanted.subspan(1))
                if (other.required) raise_no_column(other.name, {});
            return;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto place = find(wanted[i], wanted.size() == 1);
            if (!place) continue;
            const ArrowSchema& child = *schema.children[*place];
            check_schema(wanted[i].name, child);
            readers_.emplace_back(i, *place, Reader(wanted[i])).reader.begin(child);
        }
    }

    void add(const ArrowArray& array, const std::shared_ptr<void>& owner) {
        for (auto& [wanted, place, reader] : readers_) {
            const std::string& name = reader.column.name;
            const auto whole = Part{schema_, array, static_cast<std::size_t>(array.offset),
                                    static_cast<std::size_t>(array.length), owner};
            if (!is_table_) {
                reader.add(whole);
                continue;
            }
            check_array(name, schema_, array);
            reader.refuse_null(whole);
            if (array.children[place] == nullptr) raise_malformed(name, "a child that is missing");
            const ArrowArray& child = *array.children[place];
            if (child.length < array.offset + array.length)
                raise_malformed(name, std::to_string(child.length) + " rows in a table of " +
                                          std::to_string(array.offset + array.length));
            reader.add({*schema_.children[place], child, whole.offset + static_cast<std::size_t>(child.offset),
                        whole.length, owner});
        }
    }

    /// Chunks may look at what `owner` holds.
    std::vector<std::optional<WholeNumbers>> columns(std::size_t count, const std::shared_ptr<void>& owner) {
        std::vector<std::optional<WholeNumbers>> read(count);
        for (auto& [wanted, place, reader] : readers_) {
            if (owner) reader.column.owners.push_back(owner);
            read[wanted] = std::move(reader.column);
        }
        return read;
    }

  private:
    /// The only column serves whatever its name is, where only one is wanted.
    [[nodiscard]] std::optional<std::size_t> find(const Wanted& wanted, bool is_single) const {
        if (is_single && schema_.n_children == 1) return 0;
        std::vector<std::string> names;
        std::optional<std::size_t> place;
        for (std::int64_t i = 0; i < schema_.n_children; ++i) {
            const char* given = schema_.children[i]->name;
            names.emplace_back(given != nullptr ? given : "");
            if (names.back() != wanted.name) continue;
            if (place) raise_column_error(wanted.name, {}, "is in the frame twice; leave one of them out");
            place = static_cast<std::size_t>(i);
        }
        if (!place && wanted.required) raise_no_column(wanted.name, names);
        return place;
    }

    struct Read {
        std::size_t wanted;
        std::size_t place;  ///< in the table
        Reader reader;
        Read(std::size_t what, std::size_t where, Reader by) : wanted(what), place(where), reader(std::move(by)) {}
    };
    const ArrowSchema& schema_;
    bool is_table_ = false;
    std::vector<Read> readers_;
};

}  // namespace

void check_currency(const Wanted& wanted, std::string_view found, std::optional<std::size_t> row) {
    if (!wanted.money || wanted.kind == Wanted::Kind::weights || found == wanted.money->code()) return;
    raise_column_error(wanted.name, row,
                       "is in " + std::string(found) + ", but everything here is in " +
                           std::string(wanted.money->code()) + "; settle each currency by itself");
}

std::vector<std::optional<WholeNumbers>> read_arrow(py::handle given, std::span<const Wanted> wanted) {
    if (py::hasattr(given, "__arrow_c_array__")) {
        const py::tuple capsules = given.attr("__arrow_c_array__")();
        const auto schema = take<ArrowSchema>(capsules[0], "arrow_schema");
        const auto array = take<ArrowArray>(capsules[1], "arrow_array");
        TableReader reader(wanted, schema->value);
        reader.add(array->value, array);
        return reader.columns(wanted.size(), nullptr);
    }
    const py::object capsule = given.attr("__arrow_c_stream__")();
    const auto stream = take<ArrowArrayStream>(capsule, "arrow_array_stream");
    ArrowArrayStream& source = stream->value;
    const std::string& name = wanted[0].name;
    if (source.get_schema == nullptr || source.get_next == nullptr) raise_malformed(name, "a stream without functions");
    const auto checked = [&](int status) {
        if (status == 0) return;
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
        const char* why = source.get_last_error != nullptr ? source.get_last_error(&source) : nullptr;
        raise_column_error(
            name, {},
            std::string("its stream ended with an error: ") + (why != nullptr ? why : std::strerror(status)));
    };
    Taken<ArrowSchema> schema;
    checked(source.get_schema(&source, &schema.value));
    if (schema.value.release == nullptr) raise_malformed(name, "a stream without a schema");
    TableReader reader(wanted, schema.value);
    for (;;) {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        const auto array = std::make_shared<Taken<ArrowArray>>();
        // A query may need other threads, and they the interpreter.
        checked([&] {
            const Released released;
            return source.get_next(&source, &array->value);
        }());
        if (array->value.release == nullptr) break;
        reader.add(array->value, array);
    }
    return reader.columns(wanted.size(), stream);
}

}  // namespace crowdrules::python
