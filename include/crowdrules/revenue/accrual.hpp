// SPDX-License-Identifier: BSL-1.0
// Accrual: an exact amount that may lie between two cents, and the whole cents that were settled of it.
//
//   Accrual royalty(USD);
//   royalty.add(rate("0.3465"));   royalty.settle({half_up})    0.35 USD
//   royalty.add(rate("0.3465"));   royalty.settle({half_up})    0.34 USD    (0.693 in all is 0.69)
//
// Rounding the running total instead of each sale is what keeps a million small royalties right: the settled amounts
// always add up to the rounded total, however the stream is cut into periods.
#pragma once

#include <crowdrules/money/money.hpp>

namespace crowdrules::revenue {

class Accrual {
  public:
    explicit Accrual(Currency currency) noexcept : settled_(0, currency) {}

    /// Adds `units` (dollars, not cents), exactly; negative for a return. Throws Overflow and changes nothing.
    void add(const Decimal& units);
    /// The running total in whole minor units (or steps), less what earlier calls gave.
    /// Throws Overflow and changes nothing.
    Money settle(Rounding rounding);

    /// Everything that was added, in units.
    [[nodiscard]] const Decimal& total() const noexcept { return total_; }
    [[nodiscard]] Money settled() const noexcept { return settled_; }
    /// The total less what was settled: what is still below the cent.
    [[nodiscard]] Decimal unsettled() const { return total_ - settled_.units(); }
    [[nodiscard]] Currency currency() const noexcept { return settled_.currency(); }
    bool operator==(const Accrual&) const = default;

  private:
    Decimal total_{};
    Money settled_;
};

/// `units` (dollars, not cents) as an amount of `currency`, brought to whole minor units in the named way.
/// Throws Overflow.
[[nodiscard]] Money money_of(const Decimal& units, Currency currency, Rounding rounding);

}  // namespace crowdrules::revenue
