// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/waterfall_column.hpp>

#include "columns/each_row.hpp"

namespace crowdrules {

std::vector<revenue::PayeeId> payees_of(const revenue::WaterfallTerms& terms) {
    Places<revenue::PayeeId> payees;
    for (const revenue::WaterfallStep& step : terms.steps)
        for (const revenue::Share& share : step.to) payees[share.payee];
    return std::move(payees).all();
}

Result<void, RowError> waterfall_column(const revenue::WaterfallTerms& terms, const ReceiptColumns& receipts,
                                        const WaterfallFigures& figures, const Pause& pause) {
    const std::size_t rows = receipts.received.size();
    auto waterfall = revenue::Waterfall::of(terms);
    expects(waterfall.has_value(), "waterfall_column: terms that Waterfall takes");
    expects(receipts.on.size() == rows && fits(receipts.contributed, rows) &&
                fit(figures.steps, terms.steps.size(), rows) && fit(figures.payees, payees_of(terms).size(), rows),
            "waterfall_column: a day for each receipt, and a column for each step and payee, or none");
    if (auto problem = no_day("on", receipts.on)) return failure(std::move(*problem));
    clear(figures.payees);

    Places<revenue::PayeeId> payees;
    std::vector<std::size_t> columns;  // of each share of each step, the place of its payee
    for (const revenue::WaterfallStep& step : terms.steps)
        for (const revenue::Share& share : step.to) columns.push_back(payees[share.payee]);
    std::vector<std::int64_t> paid(terms.steps.size()), parts(columns.size());
    return for_each_row("received", rows, pause, [&](std::size_t row) -> RowProblem {
        const Date day = day_of(receipts.on[row]);
        if (!receipts.contributed.empty() && receipts.contributed[row] != 0) {
            const auto paid_in = waterfall->contribute(day, Money(receipts.contributed[row], terms.currency));
            if (!paid_in) return row_error("received", row, paid_in.error());
        }
        const auto ran = waterfall->distribute_into(day, Money(receipts.received[row], terms.currency), paid, parts);
        if (!ran) return row_error("received", row, ran.error());
        for (std::size_t i = 0; i < paid.size() && !figures.steps.empty(); ++i) figures.steps[i][row] = paid[i];
        for (std::size_t i = 0; i < parts.size(); ++i) add(figures.payees, columns[i], row, parts[i]);
        return std::nullopt;
    });
}

}  // namespace crowdrules
