// SPDX-License-Identifier: BSL-1.0
// Preferred return: what capital earns before anybody shares a profit, from the day it is paid in to the day it is
// back.
//
//   8% yearly, actual_365, on 1,000,000.00 paid in on 2021-01-01
//   2022-01-01    80,000.00 due
//   2023-01-01   166,400.00 due: the first year's return was not paid, so it earned 6,400.00 itself
//
// Between two events nothing is rounded: amount x days is kept as it is and brought to cents only when a return is
// added to what earns, paid or asked for. Sources: ILPA Principles (a return compounded yearly, from each draw to each
// payment); large_exit and half_catch_up in the tests of waterfall for the flat reading.
#pragma once

#include <crowdrules/money/money.hpp>
#include <crowdrules/revenue/day_count.hpp>

#include <cstdint>

namespace crowdrules::revenue {

/// Whether an unpaid return itself earns, and from when.
enum class Compounding : std::uint8_t {
    flat,         ///< the rate is due once, on everything paid in, however long it takes
    simple,       ///< by time, on capital only
    monthly,      ///< by time; unpaid returns earn from the next month of the first contribution on
    quarterly,    ///< ... the next third month
    half_yearly,  ///< ... the next sixth month
    yearly,       ///< ... the next anniversary
};

struct PreferredReturn {
    Decimal rate;  ///< a year; 0.08 for 8%
    Compounding compounding = Compounding::yearly;
    DayCount day_count = DayCount::actual_365;
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const PreferredReturn&) const = default;
};

/// "8% yearly, actual_365".
[[nodiscard]] std::string to_text(const PreferredReturn& terms);

/// Capital that is out, and the return that it has earned and not been paid.
class ReturnAccount {
  public:
    /// Expects: a rate that is not negative; a rounding step of at least 1.
    ReturnAccount(PreferredReturn terms, Currency currency);

    /// Lets time pass. Expects: `to` is not before an earlier day. Throws Overflow.
    void accrue(Date to);
    /// Expects: accrue() for the day; an amount that is not negative.
    void contribute(Money amount);
    /// Expects: accrue() for the day; from 0 to capital().
    void repay(Money amount);
    /// Expects: accrue() for the day; from 0 to due().
    void pay(Money amount);

    [[nodiscard]] Money capital() const noexcept { return capital_; }
    /// The return earned so far and not paid.
    [[nodiscard]] Money due() const;
    [[nodiscard]] const PreferredReturn& terms() const noexcept { return terms_; }

  private:
    [[nodiscard]] Money earning() const;
    [[nodiscard]] Date compounding_day() const;
    void run_to(Date to);

    PreferredReturn terms_;
    Money capital_;
    Money contributed_;
    Money compounded_;  ///< returns brought to cents so far
    Money paid_;
    Decimal amount_days_;  ///< since then: units x days of the convention
    Date start_{};         ///< of the first accrual: what anniversaries are counted from
    Date at_{};
    int compoundings_ = 0;
};

}  // namespace crowdrules::revenue
