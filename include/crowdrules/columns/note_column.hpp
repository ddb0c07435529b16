// SPDX-License-Identifier: BSL-1.0
// Note column: a revenue note over many periods, with a column for each holder. Periods after its end are all 0.
//
//   5% of revenue until 1,500.00 of 1,000.00 are back
//    revenue      due     paid   missed   outstanding   state
//   20,000.00  1,000.00  1,000.00   0.00        500.00   running
//   20,000.00    500.00    500.00   0.00          0.00   repaid
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/revenue/note.hpp>

namespace crowdrules {

/// One entry for each period, in minor units.
struct PeriodColumns {
    std::span<const std::int64_t> revenue{};
    std::span<const std::int64_t> paid{};  ///< by the issuer; empty: all that is due
};

/// Where to put the figures of each period. What is empty is not kept.
struct NoteFigures {
    std::span<std::int64_t> due{};
    std::span<std::int64_t> paid{};
    std::span<std::int64_t> missed{};
    std::span<std::int64_t> outstanding{};
    std::span<revenue::NoteState> state{};
    ColumnSet holders{};  ///< for each holder of the terms
};

/// Expects: terms that RevenueNote takes; columns as long as `revenue` or empty.
/// Ensures: each row is the next end_period of the note.
/// Refuses: what that refuses; after the end of the note, a revenue below 0 and any payment.
[[nodiscard]] Result<void, RowError> note_column(const revenue::NoteTerms& terms, const PeriodColumns& periods,
                                                 const NoteFigures& figures, const Pause& pause = {});

}  // namespace crowdrules
