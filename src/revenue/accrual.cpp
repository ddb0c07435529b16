// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/accrual.hpp>

namespace crowdrules::revenue {

void Accrual::add(const Decimal& units) {
    total_ = total_ + units;
}

Money Accrual::settle(Rounding rounding) {
    const Money due = money_of(total_, settled_.currency(), rounding);
    const Money difference = due - settled_;
    settled_ = due;
    return difference;
}

Money money_of(const Decimal& units, Currency currency, Rounding rounding) {
    return Money(currency.minor_per_unit(), currency).times(units, rounding);
}

}  // namespace crowdrules::revenue
