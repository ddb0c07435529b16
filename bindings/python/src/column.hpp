// SPDX-License-Identifier: BSL-1.0
// Column: many values of one kind, in from any library and out to any library, without a copy where that is possible.
//
//   WholeNumbers amounts = whole_numbers(given, "amount", currency);   NumPy, memoryview, pandas, Arrow
//   for (auto chunk : amounts.chunks) ...
//
// In: 64-bit signed integers, contiguous, without nulls: through the buffer protocol or the Arrow PyCapsule interface;
// decimal128 of Arrow where a currency says how many decimals a whole number has. Anything else is refused with the
// row, where one row is at fault, and with what to do.
#pragma once

#include <crowdrules/money/money.hpp>

#include "arrow.hpp"
#include "bind.hpp"
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace crowdrules::python {

[[noreturn]] void raise_column_error(const std::string& column, std::optional<std::size_t> row,
                                     const std::string& message);

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

/// `money`: the currency of an amount column, which decimal128 needs.
[[nodiscard]] WholeNumbers whole_numbers(py::handle given, const std::string& name, std::optional<Currency> money = {});

/// A column to be filled: writable, contiguous, of `rows` 64-bit integers.
struct Output {
    std::span<std::int64_t> values;
    std::shared_ptr<void> owner;
};
[[nodiscard]] Output output(py::handle given, const std::string& name, std::size_t rows);

/// Memory that is not written before it is used; shared by everybody who looks at it.
template <class T>
struct Memory {
    std::size_t size;
    std::unique_ptr<T[]> values;

    explicit Memory(std::size_t count) : size(count), values(new T[count]) {}
    [[nodiscard]] std::span<T> span() const { return {values.get(), size}; }
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

/// As Arrow sees them. The capsules keep the memory alive.
[[nodiscard]] py::capsule schema_capsule(const OwnedColumn& column);
[[nodiscard]] py::tuple array_capsules(const OwnedColumn& column);
[[nodiscard]] py::capsule schema_capsule(const Frame& frame);
[[nodiscard]] py::tuple array_capsules(const Frame& frame);
[[nodiscard]] py::capsule stream_capsule(const Frame& frame);
[[nodiscard]] py::capsule stream_capsule(const OwnedColumn& column);

/// The chunks of an Arrow object, as whole numbers.
void read_arrow(py::handle given, std::optional<Currency> money, WholeNumbers& column);

}  // namespace crowdrules::python
