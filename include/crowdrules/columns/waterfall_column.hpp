// SPDX-License-Identifier: BSL-1.0
// Waterfall column: receipts of many periods run down the steps of a waterfall, with a column for each step and payee.
//
//   10% off the top to the agent (2), the rest to the band (1)
//   received   agent's step   rest   payee 2   payee 1
//     100.00          10.00  90.00     10.00     90.00
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/revenue/waterfall.hpp>

namespace crowdrules {

/// One entry for each period, in order of time.
struct ReceiptColumns {
    DayColumn on{};
    std::span<const std::int64_t> received{};     ///< minor units
    std::span<const std::int64_t> contributed{};  ///< by the investors, before the receipt; empty: nothing
};

/// Where to put the figures of each period. What is empty is not kept.
struct WaterfallFigures {
    ColumnSet steps{};   ///< for each step of the terms
    ColumnSet payees{};  ///< for each of payees_of(terms)
};

/// Everybody who has a share of a step, in the order in which the steps name them.
[[nodiscard]] std::vector<revenue::PayeeId> payees_of(const revenue::WaterfallTerms& terms);

/// Expects: terms that Waterfall takes; columns as long as `received` or, but for `on`, empty.
/// Ensures: each row is the next contribute and distribute of the waterfall.
/// Refuses: what these refuse; a day that is none.
/// Cost: some 25 ns a step that is off the top, fixed or divides; no allocation.
[[nodiscard]] Result<void, RowError> waterfall_column(const revenue::WaterfallTerms& terms,
                                                      const ReceiptColumns& receipts, const WaterfallFigures& figures,
                                                      const Pause& pause = {});

}  // namespace crowdrules
