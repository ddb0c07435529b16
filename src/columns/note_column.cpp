// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/note_column.hpp>

#include "columns/each_row.hpp"

namespace crowdrules {

Result<void, RowError> note_column(const revenue::NoteTerms& terms, const PeriodColumns& periods,
                                   const NoteFigures& figures, const Pause& pause) {
    const std::size_t rows = periods.revenue.size();
    auto note = revenue::RevenueNote::of(terms);
    expects(note.has_value(), "note_column: terms that RevenueNote takes");
    expects(fits(periods.paid, rows) && fits(figures.due, rows) && fits(figures.paid, rows) &&
                fits(figures.missed, rows) && fits(figures.outstanding, rows) && fits(figures.state, rows) &&
                fit(figures.holders, terms.holders.size(), rows),
            "note_column: the columns are of equal length, or empty");
    clear(figures.holders);
    const Currency currency = note->cap().currency();
    const auto put_amounts = [&](std::size_t row, std::int64_t due, std::int64_t paid, std::int64_t missed,
                                 std::int64_t outstanding) {
        put(figures.due, row, due);
        put(figures.paid, row, paid);
        put(figures.missed, row, missed);
        put(figures.outstanding, row, outstanding);
        put(figures.state, row, note->state());
    };
    return for_each_row("revenue", rows, pause, [&](std::size_t row) -> RowProblem {
        const std::int64_t revenue = periods.revenue[row];
        if (note->state() == revenue::NoteState::repaid) {
            if (revenue < 0) return RowError{"revenue", row, "a revenue below zero", "amounts from zero up"};
            if (!periods.paid.empty() && periods.paid[row] != 0)
                return RowError{"revenue", row, "the note is repaid", "a payment of 0"};
            put_amounts(row, 0, 0, 0, 0);
            return std::nullopt;
        }
        const auto period =
            note->end_period(Money(revenue, currency),
                             periods.paid.empty() ? std::nullopt : std::optional(Money(periods.paid[row], currency)));
        if (!period) return row_error("revenue", row, period.error());
        put_amounts(row, period->due.minor(), period->paid.minor(), period->missed.minor(),
                    period->outstanding.minor());
        // Parts are in the order of the holders.
        for (std::size_t i = 0; i < period->parts.size(); ++i)
            add(figures.holders, i, row, period->parts[i].amount.minor());
        return std::nullopt;
    });
}

}  // namespace crowdrules
