// SPDX-License-Identifier: BSL-1.0
// Balance payment: what one payee is paid today of a balance that is free. A Distribution asks this of every payee; who
// keeps balances elsewhere, a million of them in a column, can ask it alone.
//
//   minimum 10.00, a payment costs 0.25
//   12.34 free    12.34 taken from the balance: fee 0.25, paid 12.09
//    9.99 free    nothing paid: below_minimum, and all of it is carried
#pragma once

#include <crowdrules/revenue/distribution.hpp>

namespace crowdrules::revenue {

/// Ensures: gross == withheld + fee + paid; all of them 0 when `reason` says why nothing is paid.
struct BalancePayment {
    Money gross;  ///< taken from the balance
    Money fee;
    Money paid;
    Unpaid reason = Unpaid::paid;

    bool operator==(const BalancePayment&) const = default;
};

/// What is paid of a balance that is `free` (units), of which `withheld` goes to tax authorities, when `minimum` is
/// wanted by `rule`. Expects: terms that Distribution takes; withheld from 0 to the balance. Throws Overflow.
[[nodiscard]] BalancePayment payment_of(const DistributionTerms& terms, const Decimal& free, Money withheld,
                                        Money minimum, MinimumRule rule);

/// The minimum of that payee: that of the terms, or their own where it is higher.
[[nodiscard]] Money minimum_of(const DistributionTerms& terms, PayeeId payee);

}  // namespace crowdrules::revenue
