// SPDX-License-Identifier: BSL-1.0
// Share column: many payments of one income, each shared by the split of its day, with a column for each payee.
//
//   Anna 60, Ben 40; Ben's 0.2 of a cent is carried by the running total
//   payments   Anna   Ben
//      10.01   6.01   4.00
//      10.01   6.00   4.01
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/revenue/share.hpp>

namespace crowdrules {

/// One entry for each payment.
struct PaymentColumns {
    std::span<const std::int64_t> payments{};  ///< minor units; negative for a return
    DayColumn sold_on{};                       ///< empty where the history has one split: sold on its first day
};

/// Where to put the figures of each payment. What is empty is not kept.
struct ShareFigures {
    ColumnSet fees{};                     ///< for each of fee_names(history)
    ColumnSet payees{};                   ///< for each of payees_of(history)
    std::span<std::int64_t> undivided{};  ///< fractions that stay in the pot
};

/// The names of all fees off the top, and everybody who has a share, in the order in which the splits name them.
[[nodiscard]] std::vector<std::string> fee_names(const revenue::SplitHistory& history);
[[nodiscard]] std::vector<revenue::PayeeId> payees_of(const revenue::SplitHistory& history);

/// Expects: a history that Sharing takes, of at least one split, with days where it has several; columns as long as
/// `payments` or empty. Ensures: each row is the next Sharing::share of the income.
/// Refuses: what Sharing::share refuses; a day that is none.
/// Cost: splits on the running total without fees, some 25 ns a payment among two and no allocation; others as
/// Sharing::share.
[[nodiscard]] Result<void, RowError> share_column(const revenue::SplitHistory& history, Currency currency,
                                                  const PaymentColumns& income, const ShareFigures& figures,
                                                  const Pause& pause = {});

}  // namespace crowdrules
