// SPDX-License-Identifier: BSL-1.0
// Columns in, through Arrow: one array, a stream of chunks, or one column of a table.
#include "column.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
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

/// Value by key from the metadata of a field: pairs of texts, each with its length before it.
std::string metadata_value(const char* metadata, std::string_view key) {
    if (metadata == nullptr) return {};
    const auto number = [&] {
        std::int32_t value = 0;
        std::memcpy(&value, metadata, sizeof value);
        metadata += sizeof value;
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

/// A number of an index or offset buffer.
template <class Number>
std::size_t number_at(const void* buffer, std::size_t place) {
    Number value{};
    std::memcpy(&value, static_cast<const char*>(buffer) + place * sizeof value, sizeof value);
    return static_cast<std::size_t>(value);
}

/// A text of an array of texts, whichever of the three layouts it has; nothing for what holds no texts.
std::optional<std::string_view> text_at(std::string_view format, const ArrowArray& array, std::size_t place) {
    const auto between = [&](std::size_t from, std::size_t to) {
        return std::string_view(static_cast<const char*>(array.buffers[2]) + from, to - from);
    };
    if (format == "u")
        return between(number_at<std::int32_t>(array.buffers[1], place),
                       number_at<std::int32_t>(array.buffers[1], place + 1));
    if (format == "U")
        return between(number_at<std::int64_t>(array.buffers[1], place),
                       number_at<std::int64_t>(array.buffers[1], place + 1));
    if (format != "vu") return std::nullopt;
    // A view: length, then up to twelve letters, or four of them, the buffer and the place in it.
    const char* view = static_cast<const char*>(array.buffers[1]) + place * 16;
    const std::size_t length = number_at<std::int32_t>(view, 0);
    if (length <= 12) return std::string_view(view + 4, length);
    const std::size_t buffer = number_at<std::int32_t>(view, 2);
    return std::string_view(static_cast<const char*>(array.buffers[2 + buffer]) + number_at<std::int32_t>(view, 3),
                            length);
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
        const std::string currency = metadata_value(schema.metadata, "currency");
        if (!currency.empty()) check_currency(wanted, currency);
    }

    void add(const Part& part) {
        const std::string_view format = part.schema.format;
        const bool is_decimal = format.starts_with("d:");
        const bool is_truth = format == "b" && wanted.kind == Wanted::Kind::truths;
        const bool is_encoded = part.schema.dictionary != nullptr;
        const bool is_text = wanted.kind == Wanted::Kind::currencies;
        if (!is_text && (is_encoded || (format != "l" && !is_decimal && !is_truth))) refuse_format(part.schema);
        if (part.array.null_count != 0 && part.array.buffers[0] != nullptr) refuse_null(part);
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
        const std::string_view format = part.schema.format;
        const ArrowSchema* names = part.schema.dictionary;
        for (std::size_t i = 0; i < part.length; ++i) {
            std::optional<std::string_view> text;
            if (names == nullptr)
                text = text_at(format, part.array, part.offset + i);
            else if (const auto index = index_at(format, part.array.buffers[1], part.offset + i))
                text = text_at(names->format, *part.array.dictionary,
                               static_cast<std::size_t>(part.array.dictionary->offset) + *index);
            if (!text)
                raise_type_error("column '" + wanted.name +
                                 "' holds no texts; expected the code of a currency, such as " +
                                 std::string(wanted.money->code()) + ", in every row");
            if (*text != wanted.money->code()) check_currency(wanted, *text, column.rows + i);
        }
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

    /// Looks for the null: a count of -1 means that nobody has counted.
    void refuse_null(const Part& part) const {
        for (std::size_t i = 0; i < part.length; ++i)
            if (!bit(part.array.buffers[0], part.offset + i))
                raise_column_error(wanted.name, column.rows + i,
                                   "is null; every row needs a value: fill nulls or leave those rows out");
    }

    void add_decimals(std::string_view format, const Part& part) {
        // "d:19,2" or "d:19,2,128"
        const auto comma = format.find(',');
        const int scale = std::atoi(std::string(format.substr(comma + 1)).c_str());
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
    TableReader(std::span<const Wanted> wanted, const ArrowSchema& schema)
        : schema_(schema), is_table_(std::strcmp(schema.format, "+s") == 0) {
        if (!is_table_) {
            readers_.emplace_back(0, 0, Reader(wanted[0])).reader.begin(schema);
            for (const Wanted& other : wanted.subspan(1))
                if (other.required) raise_no_column(other.name, {});
            return;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto place = find(wanted[i], wanted.size() == 1);
            if (!place) continue;
            readers_.emplace_back(i, *place, Reader(wanted[i])).reader.begin(*schema.children[*place]);
        }
    }

    void add(const ArrowArray& array, const std::shared_ptr<void>& owner) {
        const auto whole =
            Part{schema_, array, static_cast<std::size_t>(array.offset), static_cast<std::size_t>(array.length), owner};
        const bool may_have_null = is_table_ && array.null_count != 0 && array.buffers[0] != nullptr;
        for (auto& [wanted, place, reader] : readers_) {
            if (may_have_null) reader.refuse_null(whole);
            if (!is_table_) {
                reader.add(whole);
                continue;
            }
            const ArrowArray& child = *array.children[place];
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
    bool is_table_;
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
    const auto checked = [&](int status) {
        if (status == 0) return;
        if (PyErr_Occurred() != nullptr) throw py::error_already_set();
        const char* why = source.get_last_error(&source);
        raise_column_error(
            wanted[0].name, {},
            std::string("its stream ended with an error: ") + (why != nullptr ? why : std::strerror(status)));
    };
    Taken<ArrowSchema> schema;
    checked(source.get_schema(&source, &schema.value));
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
