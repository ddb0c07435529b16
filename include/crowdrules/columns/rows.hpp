// SPDX-License-Identifier: BSL-1.0
// Rows: what columns of income have in common: days, columns by payee, and a pause in long work.
//
//   const std::vector<PayeeId> who = payees_of(history);                 Anna, Ben
//   share_column(history, USD, {.payments = sales}, {.payees = columns}) one column for each of them, in that order
#pragma once

#include <crowdrules/columns/row_error.hpp>

#include <cstdint>
#include <functional>
#include <span>

namespace crowdrules {

/// Days are counted from 1970-01-01; those of the years 1 to 9999 are accepted.
using DayColumn = std::span<const std::int64_t>;

/// Columns that belong together, such as one for each payee.
using ColumnSet = std::span<const std::span<std::int64_t>>;

/// Called every 4,096 rows, so that somebody may stop long work: by throwing.
using Pause = std::function<void()>;

}  // namespace crowdrules
