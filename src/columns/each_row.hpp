// SPDX-License-Identifier: BSL-1.0
// Each row: a step for every row of a column, and what is wrong with the first that cannot be taken.
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/time/deadline.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace crowdrules {

/// What is wrong with a row, or nothing.
using RowProblem = std::optional<RowError>;

[[nodiscard]] inline RowError row_error(const char* column, std::size_t row, const Finding& finding) {
    return {column, row, finding.what, finding.accepted};
}

/// Takes step(row) for each row. What it says, or a broken contract that it throws, ends the work; contracts are put
/// down to `column`.
template <class Step>
Result<void, RowError> for_each_row(const char* column, std::size_t rows, const Pause& pause, Step step) {
    constexpr std::size_t between_pauses = 4'096;
    for (std::size_t start = 0; start < rows; start += between_pauses) {
        if (start > 0 && pause) pause();
        const std::size_t end = std::min(rows, start + between_pauses);
        std::size_t row = start;
        try {
            for (; row < end; ++row)
                if (RowProblem problem = step(row)) return failure(std::move(*problem));
        } catch (const ContractViolation& error) {
            return failure(RowError{column, row, error.what(), {}});
        }
    }
    return {};
}

[[nodiscard]] inline Date day_of(std::int64_t days) {
    return Date(std::chrono::sys_days(std::chrono::days(days)));
}

inline constexpr std::int64_t earliest_day = -719'162;  // 0001-01-01
inline constexpr std::int64_t latest_day = 2'932'896;   // 9999-12-31

/// The first day of the column that is none.
[[nodiscard]] inline RowProblem no_day(const char* column, DayColumn days) {
    const auto found =
        std::find_if(days.begin(), days.end(), [](auto day) { return day < earliest_day || day > latest_day; });
    if (found == days.end()) return std::nullopt;
    return RowError{column, static_cast<std::size_t>(found - days.begin()), "is no day of the years 1 to 9999", {}};
}

template <class Column>
[[nodiscard]] bool fits(const Column& column, std::size_t rows) noexcept {
    return column.empty() || column.size() == rows;
}

/// Whether there are no columns, or `count` of so many rows.
[[nodiscard]] inline bool fit(ColumnSet columns, std::size_t count, std::size_t rows) noexcept {
    return columns.empty() || (columns.size() == count && std::all_of(columns.begin(), columns.end(), [&](auto column) {
                                   return column.size() == rows;
                               }));
}

/// Writes a figure, or adds it, where it is kept.
template <class Figure>
void put(std::span<Figure> column, std::size_t row, Figure figure) {
    if (!column.empty()) column[row] = figure;
}
inline void add(ColumnSet columns, std::size_t column, std::size_t row, std::int64_t figure) {
    if (!columns.empty()) columns[column][row] += figure;
}
inline void clear(ColumnSet columns) {
    for (const auto column : columns) std::fill(column.begin(), column.end(), std::int64_t{0});
}

/// Values in the order in which they were first seen.
template <class Value>
class Places {
  public:
    /// The place of a value, which is the next one if it is new.
    std::size_t operator[](const Value& value) {
        const auto [found, is_new] = places_.try_emplace(value, all_.size());
        if (is_new) all_.push_back(value);
        return found->second;
    }
    [[nodiscard]] std::vector<Value> all() && { return std::move(all_); }

  private:
    std::map<Value, std::size_t> places_;
    std::vector<Value> all_;
};

}  // namespace crowdrules
