// SPDX-License-Identifier: BSL-1.0
// Exchange: an amount of one currency expressed in another, at a rate that the caller gives.
//
//   exchange(eur("100.00"), {EUR, USD, rate("1.0842"), "2026-11-02"}, {RoundingMode::half_even})   108.42 USD
//
// crowdrules never looks a rate up. The side that rounds is the one asked for; the rate itself is never rounded or
// inverted, because 1 / rate is seldom exact.
#pragma once

#include <crowdrules/money/money.hpp>

#include <string>

namespace crowdrules {

/// One unit of `from` is `rate` units of `to`, on `date` (as the caller writes it, kept for the record).
struct ExchangeRate {
    Currency from;
    Currency to;
    Decimal rate;
    std::string date;
};

/// `amount` in the currency `rate.to`.
/// Expects: amount is in `rate.from`; rate.rate > 0. Throws CurrencyMismatch, ContractViolation, Overflow.
[[nodiscard]] Money exchange(Money amount, const ExchangeRate& rate, Rounding rounding);

/// The least amount of `rate.from` that buys at least `wanted` of `rate.to`: rounds on the paying side.
/// Expects: wanted is in `rate.to` and not negative; rate.rate > 0.
[[nodiscard]] Money exchange_to_cover(Money wanted, const ExchangeRate& rate);

}  // namespace crowdrules
