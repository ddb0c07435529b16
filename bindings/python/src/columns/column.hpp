// SPDX-License-Identifier: BSL-1.0
// Column: many values of one kind, in from any library and out to any library, without a copy where that is possible.
//
//   WholeNumbers amounts = whole_numbers(given, {.name = "amount", .money = USD});   NumPy, memoryview, pandas, Arrow
//   for (auto chunk : amounts.chunks) ...
//
// In: 64-bit signed integers, contiguous, without nulls: through the buffer protocol or the Arrow PyCapsule interface;
// decimal128 of Arrow where a currency says how many decimals a whole number has; truth values where a column has
// them. A table of Arrow is read once, however many of its columns are wanted: it may be a query that runs anew each
// time, or a stream that runs once. Anything else is refused with the row, where one row is at fault, and with what to
// do.
#pragma once

#include <crowdrules/money/money.hpp>

#include "arrow.hpp"
#include "bind.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::python {

[[noreturn]] void raise_column_error(const std::string& column, std::optional<std::size_t> row,
                                     const std::string& message);
/// For a frame that has only the columns `names`: says which there are, and which of them is nearest.
[[noreturn]] void raise_no_column(const std::string& column, const std::vector<std::string>& names);

/// A column of 64-bit integers that somebody else holds.
struct WholeNumbers {
    std::string name;
    std::vector<std::span<const std::int64_t>> chunks;
    std::size_t rows = 0;
    bool is_arrow = false;  ///< came through Arrow, so answers go back that way

    /// All of it in one piece; put together here when it came in several.
    [[nodiscard]] std::span<const std::int64_t> whole();
    /// The value of a row, for messages.
    [[nodiscard]] std::int64_t operator[](std::size_t row) const;

    std::vector<std::shared_ptr<void>> owners;  ///< whatever keeps the chunks alive
    std::vector<std::int64_t> joined;
};

/// What a column is read as.
struct Wanted {
    enum class Kind : std::uint8_t {
        numbers,
        weights,     ///< of whatever currency; `money` says how many decimals decimal128 has at most
        truths,      ///< truth values are taken too, as 1 and 0
        currencies,  ///< texts, each of which must be `money`; what is read has rows, but no values
    };
    std::string name;
    std::optional<Currency> money = {};  ///< of amounts: decimal128 needs it, and no other is taken
    Kind kind = Kind::numbers;
    bool required = true;  ///< of a frame
};

[[nodiscard]] WholeNumbers whole_numbers(py::handle given, const Wanted& wanted);

/// The wanted columns of a frame of any library, or of a dict, in their order; nothing for one that the frame need not
/// have. What is a single column is the first of them.
[[nodiscard]] std::vector<std::optional<WholeNumbers>> columns_of(py::handle frame, std::span<const Wanted> wanted);

/// A column to be filled: writable, contiguous, of `rows` 64-bit integers.
struct Output {
    std::span<std::int64_t> values;
    std::shared_ptr<void> owner;
};
[[nodiscard]] Output output(py::handle given, const std::string& name, std::size_t rows);

/// Memory of at least so many bytes. What was given back is lent again before the system is asked: it takes longer to
/// hand out fresh pages than it takes to fill them. Keeps 64 MiB at most. Lock: none, any thread may call.
class PooledBuffer {
  public:
    /// From here on memory is kept; what is smaller, the allocator keeps itself.
    static constexpr std::size_t pooled_from = std::size_t{1} << 17;

    explicit PooledBuffer(std::size_t bytes);
    ~PooledBuffer();
    PooledBuffer(const PooledBuffer&) = delete;
    PooledBuffer& operator=(const PooledBuffer&) = delete;
    [[nodiscard]] void* get() const { return memory_; }

  private:
    void* memory_;
    std::size_t bytes_;
};

/// Memory that is not written before it is used; shared by everybody who looks at it.
template <class T>
struct Memory {
    std::size_t size;
    T* values;

    explicit Memory(std::size_t count) : size(count), values(nullptr), buffer_(count * sizeof(T)) {
        values = static_cast<T*>(buffer_.get());
    }
    [[nodiscard]] std::span<T> span() const { return {values, size}; }

  private:
    PooledBuffer buffer_;
};

/// A column of our own: whole numbers, decimals of 16 bytes with a scale, or names.
struct OwnedColumn {
    struct Numbers {
        std::shared_ptr<const Memory<std::int64_t>> values;
    };
    struct Decimals {
        std::shared_ptr<const Memory<Int128>> values;
        unsigned scale = 0;
    };
    struct Names {
        std::shared_ptr<const Memory<std::int8_t>> codes;
        std::shared_ptr<const std::vector<std::string>> names;
    };
    std::string name;
    std::variant<Numbers, Decimals, Names> values;
    std::optional<Currency> currency;  ///< of amounts

    [[nodiscard]] std::size_t size() const;
};

/// Columns of equal length.
struct Frame {
    std::vector<OwnedColumn> columns;
    std::size_t rows = 0;
};

/// A column of what `whole_numbers` takes, of texts, or of a column.
[[nodiscard]] OwnedColumn column_of(const std::string& name, py::handle given, std::optional<Currency> currency = {});

/// A column of names: each code is the place of one.
[[nodiscard]] OwnedColumn names_column(std::string name, std::shared_ptr<const Memory<std::int8_t>> codes,
                                       std::vector<std::string> names);

/// Columns of equal length, which are made sure of.
[[nodiscard]] Frame frame_of(const std::vector<OwnedColumn>& columns);
/// Refuses a column that is not as long as the one named `as`.
void check_rows(const std::string& name, std::size_t rows, const std::string& as, std::size_t wanted);
/// The column of that name, or nullptr.
[[nodiscard]] const OwnedColumn* find(const Frame& frame, const std::string& name);

/// Equal in every name, currency and value.
[[nodiscard]] bool same(const OwnedColumn& a, const OwnedColumn& b);
[[nodiscard]] bool same(const Frame& a, const Frame& b);
/// All rows of all frames in ascending order of the column `by`, whose values must differ. A column of numbers that a
/// frame has none of is 0 in its rows.
[[nodiscard]] Frame joined(const std::vector<Frame>& frames, const std::string& by);
/// For pickle.
[[nodiscard]] py::tuple state_of(const OwnedColumn& column);
[[nodiscard]] OwnedColumn column_of_state(const py::tuple& state);

/// As Arrow sees them. The capsules keep the memory alive.
[[nodiscard]] py::capsule schema_capsule(const OwnedColumn& column);
[[nodiscard]] py::tuple array_capsules(const OwnedColumn& column);
[[nodiscard]] py::capsule schema_capsule(const Frame& frame);
[[nodiscard]] py::tuple array_capsules(const Frame& frame);
[[nodiscard]] py::capsule stream_capsule(const Frame& frame);
[[nodiscard]] py::capsule stream_capsule(const OwnedColumn& column);

/// The same for an object of Arrow.
[[nodiscard]] std::vector<std::optional<WholeNumbers>> read_arrow(py::handle given, std::span<const Wanted> wanted);
/// Refuses a column of another currency than the wanted one.
void check_currency(const Wanted& wanted, std::string_view found, std::optional<std::size_t> row = {});

}  // namespace crowdrules::python
