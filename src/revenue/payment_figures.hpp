// SPDX-License-Identifier: BSL-1.0
// Payment figures: what is paid of a balance, in minor units, and why nothing is. Distribution, payment_of and the
// columns of payouts all ask here.
#pragma once

#include <crowdrules/revenue/distribution.hpp>

namespace crowdrules::revenue {

struct PaymentFigures {
    std::int64_t gross = 0;
    std::int64_t fee = 0;
    std::int64_t paid = 0;
    Unpaid reason = Unpaid::paid;
};

/// What is paid of `gross`, of which `withheld` goes to tax authorities. `owes`: the balance is below zero, if by less
/// than a minor unit. `fee_on` says what paying an amount above zero costs, tax included. Throws Overflow.
template <class FeeOn>
PaymentFigures payment_figures(std::int64_t gross, bool owes, std::int64_t withheld, std::int64_t minimum,
                               MinimumRule rule, FeeBearer bearer, FeeOn fee_on) {
    const bool enough = rule == MinimumRule::at_least ? gross >= minimum : gross > minimum;
    if (owes) return {.reason = Unpaid::negative};
    if (gross <= 0) return {.reason = Unpaid::nothing_due};
    if (!enough) return {.reason = Unpaid::below_minimum};
    const std::int64_t left = gross - withheld;
    const std::int64_t fee = left > 0 ? fee_on(left) : 0;
    if (left > 0 && bearer == FeeBearer::payer) return {gross, fee, left, Unpaid::paid};
    if (left <= fee) return {.reason = Unpaid::fee_exceeds};
    return {gross, fee, left - fee, Unpaid::paid};
}

}  // namespace crowdrules::revenue
