// SPDX-License-Identifier: BSL-1.0
// Pay-out column: what each of many payees is paid of a balance today, in the column's own order.
//
//   minimum 10.00, a payment costs 0.25
//   earned   carried     gross    fee    paid   carried   reason
//    12.34      0.00     12.34   0.25   12.09      0.00   paid
//     9.00      0.99      0.00   0.00    0.00      9.99   below_minimum
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/revenue/distribution.hpp>

namespace crowdrules {

/// One entry for each payee, in minor units.
struct BalanceColumns {
    std::span<const std::int64_t> earned{};
    std::span<const std::int64_t> carried{};  ///< from earlier payments; empty: nothing
    std::span<const std::int64_t> payees{};   ///< PayeeId of each; empty where the terms have no higher minimums
};

/// Where to put one figure for each payee. A span that is empty is a figure that is not kept.
struct PayOutFigures {
    std::span<std::int64_t> gross{};    ///< taken from the balance
    std::span<std::int64_t> fee{};      ///< of the payment, with its tax
    std::span<std::int64_t> paid{};     ///< gross less fee
    std::span<std::int64_t> carried{};  ///< what is left of the balance
    std::span<revenue::Unpaid> reason{};
};

/// Expects: terms that Distribution takes; columns and figures as long as `earned` or empty.
/// Ensures: each row is the payment_of its balance, without withholding.
/// Refuses: a payee below 1; a balance that leaves 64 bits. Cost: some 15 ns a payee; no allocation.
[[nodiscard]] Result<void, RowError> pay_out_column(const revenue::DistributionTerms& terms,
                                                    const BalanceColumns& balances, const PayOutFigures& figures,
                                                    const Pause& pause = {});

}  // namespace crowdrules
