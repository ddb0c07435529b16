// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/preferred_return.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules::revenue {
namespace {

/// Months between two compoundings, or none.
int months_of(Compounding compounding) noexcept {
    switch (compounding) {
        case Compounding::flat:
        case Compounding::simple:
            return 0;
        case Compounding::monthly:
            return 1;
        case Compounding::quarterly:
            return 3;
        case Compounding::half_yearly:
            return 6;
        case Compounding::yearly:
            return 12;
    }
    return 0;
}

std::string_view name_of(Compounding compounding) noexcept {
    return detail::phrase_of(compounding, {"flat", "simple", "monthly", "quarterly", "half-yearly", "yearly"});
}

}  // namespace

std::string to_text(const PreferredReturn& terms) {
    std::string text = to_percent(terms.rate) + ' ' + std::string(name_of(terms.compounding));
    if (terms.compounding != Compounding::flat) text += ", " + std::string(to_text(terms.day_count));
    return text;
}

ReturnAccount::ReturnAccount(PreferredReturn terms, Currency currency)
    : terms_(terms), capital_(0, currency), contributed_(capital_), compounded_(capital_), paid_(capital_) {
    expects(!terms_.rate.is_negative(), "ReturnAccount: a rate of at least zero");
    expects(terms_.rounding.step >= 1, "ReturnAccount: a rounding step of at least 1 minor unit");
}

Money ReturnAccount::earning() const {
    // A payment covers the oldest return first; what it leaves of the compounded ones earns like capital.
    const Money unpaid = std::max(compounded_ - paid_, Money::zero(capital_.currency()));
    return terms_.compounding == Compounding::simple ? capital_ : capital_ + unpaid;
}

Date ReturnAccount::compounding_day() const {
    const Date day = start_ + std::chrono::months{months_of(terms_.compounding) * (compoundings_ + 1)};
    return day.ok() ? day : Date{day.year() / day.month() / std::chrono::last};
}

void ReturnAccount::run_to(Date to) {
    amount_days_ = amount_days_ + earning().units() * Decimal(year_fraction(terms_.day_count, at_, to).days);
    at_ = to;
}

void ReturnAccount::accrue(Date to) {
    if (at_ == Date{}) at_ = start_ = to;
    expects(to >= at_, "ReturnAccount::accrue: time does not run backwards");
    if (terms_.compounding == Compounding::flat) return;
    if (months_of(terms_.compounding) > 0)
        for (Date day = compounding_day(); day <= to; day = compounding_day()) {
            run_to(day);
            compounded_ = due() + paid_;
            amount_days_ = Decimal(0);
            ++compoundings_;
        }
    run_to(to);
}

Money ReturnAccount::due() const {
    const Currency currency = capital_.currency();
    if (terms_.compounding == Compounding::flat) return contributed_.times(terms_.rate, terms_.rounding) - paid_;
    if (at_ == Date{}) return compounded_ - paid_;
    // Divided once, straight into steps of the rounding: a quotient cut before would round twice.
    const std::int64_t basis = year_fraction(terms_.day_count, at_, at_).basis;
    const Decimal steps = (amount_days_ * terms_.rate * Decimal(currency.minor_per_unit()))
                              .quotient(Decimal(basis) * Decimal(terms_.rounding.step), 0, terms_.rounding.mode);
    return compounded_ + Money(terms_.rounding.step, currency).times(steps, terms_.rounding) - paid_;
}

void ReturnAccount::contribute(Money amount) {
    expects(!amount.is_negative(), "ReturnAccount::contribute: an amount of at least zero");
    const Money capital = capital_ + amount;
    contributed_ += amount;
    capital_ = capital;
}

void ReturnAccount::repay(Money amount) {
    expects(!amount.is_negative() && amount <= capital_, "ReturnAccount::repay: at most the capital that is out");
    capital_ -= amount;
}

void ReturnAccount::pay(Money amount) {
    expects(!amount.is_negative() && amount <= due(), "ReturnAccount::pay: at most the return that is due");
    paid_ += amount;
}

}  // namespace crowdrules::revenue
