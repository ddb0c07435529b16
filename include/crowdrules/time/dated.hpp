// SPDX-License-Identifier: BSL-1.0
// Dated: a value that changed over the years, each row with the day it came into force and where that is written.
//
//   60 days, from 2011-06-15 [blog, "Shortening the maximum project length"];  90 days, from 2009-04-28 [same]
//
// Rows are never edited, only followed: old campaigns keep their rules.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/time/instant.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace crowdrules {

template <class T>
struct DatedRow {
    Date from;  ///< the first day on which the value holds
    T value;
    Citation citation;

    bool operator==(const DatedRow&) const = default;
};

/// Rows in order of `from`, each until the next. Of two rows for the same day the one given later holds.
template <class T>
class Dated {
  public:
    Dated() = default;
    explicit Dated(std::vector<DatedRow<T>> rows) : rows_(std::move(rows)) {
        // An insertion sort: rows of the same day keep their order, and rows come in order most of the time.
        const auto later = [](const Date& day, const DatedRow<T>& row) { return day < row.from; };
        for (auto row = rows_.begin(); row != rows_.end(); ++row)
            std::rotate(std::upper_bound(rows_.begin(), row, row->from, later), row, row + 1);
    }

    /// The row in force on `day`, or null before the first.
    [[nodiscard]] const DatedRow<T>* on(Date day) const noexcept {
        const DatedRow<T>* row = nullptr;
        for (const auto& candidate : rows_)
            if (candidate.from <= day) row = &candidate;
        return row;
    }
    [[nodiscard]] const std::vector<DatedRow<T>>& rows() const noexcept { return rows_; }
    bool operator==(const Dated&) const = default;

  private:
    std::vector<DatedRow<T>> rows_;
};

}  // namespace crowdrules
