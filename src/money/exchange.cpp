// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/exchange.hpp>

#include "wide.hpp"

namespace crowdrules {
namespace {

void expects_currency(Money amount, Currency wanted) {
    if (amount.currency() == wanted) return;
    throw CurrencyMismatch(to_text(amount) + " met an exchange rate for " + std::string(wanted.code()));
}

void expects_positive(const ExchangeRate& rate) {
    if (rate.rate.is_zero() || rate.rate.is_negative())
        throw ContractViolation("an exchange rate must be above zero, found " + to_text(rate.rate));
}

/// By how many decimals `to` is finer than `from`.
int finer_by(Currency to, Currency from) noexcept {
    return static_cast<int>(to.digits()) - static_cast<int>(from.digits());
}

}  // namespace

Money exchange(Money amount, const ExchangeRate& rate, Rounding rounding) {
    expects_currency(amount, rate.from);
    expects_positive(rate);
    return {scaled(amount.minor(), rate.rate, finer_by(rate.to, rate.from), rounding), rate.to};
}

Money exchange_to_cover(Money wanted, const ExchangeRate& rate) {
    expects_currency(wanted, rate.to);
    expects_positive(rate);
    expects(!wanted.is_negative(), "exchange_to_cover: the wanted amount must not be negative");
    // paid x coefficient x 10^(to - from) / 10^scale >= wanted, solved for the least whole `paid`.
    const int shift = static_cast<int>(rate.rate.scale()) + finer_by(rate.from, rate.to);
    Wide numerator = wanted.minor();
    Wide denominator = to_wide(rate.rate.coefficient());
    (shift < 0 ? denominator : numerator) *= wide_power_of_ten(static_cast<unsigned>(shift < 0 ? -shift : shift));
    const Wide paid = divide(numerator, denominator, RoundingMode::ceiling);
    return {to_int64(paid, "the amount to pay needs more than 64 bits"), rate.from};
}

}  // namespace crowdrules
