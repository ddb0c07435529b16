// SPDX-License-Identifier: BSL-1.0
// Money: an exact amount of one currency, as a whole number of its minor units.
//
//   Money::parse("115.00 USD") + usd("10.00")   125.00 USD
//   usd("115.00").times(rate("0.05"), {RoundingMode::half_up})    5.75 USD
//   Money::parse("10.505 USD")                  an error, not a rounding
//   usd("1.00") + eur("1.00")                   throws CurrencyMismatch
//
// 64 bits of minor units hold 92 quadrillion dollars. Every operation detects overflow and throws Overflow.
#pragma once

#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/currency.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/rounding.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace crowdrules {

/// An amount. 16 bytes, trivially copyable; may be negative.
class Money {
  public:
    /// `minor` hundredths of a dollar, yen, thousandths of a dinar: whatever the currency counts in.
    constexpr Money(std::int64_t minor, Currency currency) noexcept : minor_(minor), currency_(currency) {}

    template <std::floating_point Number>
    Money(Number minor, Currency currency) = delete;  // a fraction would be cut off silently

    [[nodiscard]] static constexpr Money zero(Currency currency) noexcept { return {0, currency}; }

    /// Reads "115.00 USD", "USD 115.00" or "115 USD" with a code of ISO 4217.
    /// Refuses: what parse(amount, currency) refuses; a missing or unknown code.
    [[nodiscard]] static Result<Money> parse(std::string_view text);

    /// Reads "115.00", "-3", "10,266,845.00" as an amount of `currency`. Commas, where given, must stand at every third
    /// digit of the whole part.
    /// Refuses: empty text; signs other than one leading '-'; any other separator; more decimals than the currency
    /// has; an amount beyond 64 bits. The error has the position of the first offending character.
    [[nodiscard]] static Result<Money> parse(std::string_view amount, Currency currency);

    [[nodiscard]] constexpr std::int64_t minor() const noexcept { return minor_; }
    [[nodiscard]] constexpr Currency currency() const noexcept { return currency_; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return minor_ == 0; }
    [[nodiscard]] constexpr bool is_positive() const noexcept { return minor_ > 0; }
    [[nodiscard]] constexpr bool is_negative() const noexcept { return minor_ < 0; }

    /// Throw CurrencyMismatch between currencies and Overflow beyond 64 bits.
    friend Money operator+(Money a, Money b);
    friend Money operator-(Money a, Money b);
    Money& operator+=(Money other) { return *this = *this + other; }
    Money& operator-=(Money other) { return *this = *this - other; }
    [[nodiscard]] Money operator-() const;
    /// `count` times this amount, exactly.
    friend Money operator*(Money amount, std::int64_t count);
    template <std::floating_point Number>
    friend Money operator*(Money amount, Number count) = delete;  // times() takes a rate and a rounding

    /// Amounts of different currencies are unequal; asking which is greater throws CurrencyMismatch.
    friend constexpr bool operator==(Money a, Money b) noexcept = default;
    friend std::strong_ordering operator<=>(Money a, Money b);

    /// This amount times `rate`, brought to whole minor units (or a cash step) in the named way.
    [[nodiscard]] Money times(const Decimal& rate, Rounding rounding) const;
    /// This amount brought to the step of `rounding`.
    [[nodiscard]] Money rounded(Rounding rounding) const;
    /// The amount in units, exactly: 115.25 for 115.25 USD.
    [[nodiscard]] Decimal units() const;

  private:
    std::int64_t minor_;
    Currency currency_;
};

/// "10266845.00 USD"; Money::parse gives the same amount back.
[[nodiscard]] std::string to_text(Money amount);
/// "10,266,845.00 USD": for people. Money::parse reads it too.
[[nodiscard]] std::string to_grouped_text(Money amount);
/// "10266845.00": the number alone, with all the decimals of its currency.
[[nodiscard]] std::string to_amount_text(Money amount);

/// Literals for programs and tests. Throw ContractViolation on bad text.
[[nodiscard]] Money usd(std::string_view amount);
[[nodiscard]] Money eur(std::string_view amount);
[[nodiscard]] Decimal rate(std::string_view text);

}  // namespace crowdrules
