// SPDX-License-Identifier: BSL-1.0
// Decimal: an exact decimal number, for rates, ratios and accruals below the cent.
//
//   Decimal::parse("0.029")            2.9%
//   Decimal::parse("2.9%")             the same
//   Decimal(3) * Decimal::parse("0.001").value()    0.003, exactly
//
// A Decimal is a whole number of up to 38 digits and a scale of 0 to 38. Sums, differences and products are exact
// or throw Overflow; only `rounded` and `quotient` may lose digits, and both take a RoundingMode. Intermediate
// results are computed with Boost.Multiprecision's checked integers, so that nothing wraps or rounds on the way.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/rounding.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace crowdrules {

__extension__ typedef __int128 Int128;  ///< the one wide integer of the public headers

/// value = coefficient / 10^scale, kept in lowest terms (no trailing zeros after the point).
class Decimal {
  public:
    constexpr Decimal() = default;
    constexpr Decimal(std::int64_t whole)
        : coefficient_(whole) {}  // NOLINT(google-explicit-constructor): loses nothing
    template <std::floating_point Number>
    Decimal(Number value) = delete;  // 0.1 is no decimal number any more

    /// coefficient / 10^scale. Throws Overflow when scale > 38.
    [[nodiscard]] static Decimal of(Int128 coefficient, unsigned scale);

    /// Reads "-12.5", "0.029", "2.9%" (a percent sign divides by 100).
    /// Refuses: empty text, exponents, separators other than one '.', stray signs or spaces, more than 38 digits.
    [[nodiscard]] static Result<Decimal> parse(std::string_view text);

    [[nodiscard]] constexpr Int128 coefficient() const noexcept { return coefficient_; }
    [[nodiscard]] constexpr unsigned scale() const noexcept { return scale_; }
    [[nodiscard]] constexpr bool is_zero() const noexcept { return coefficient_ == 0; }
    [[nodiscard]] constexpr bool is_negative() const noexcept { return coefficient_ < 0; }

    [[nodiscard]] Decimal operator-() const;
    friend Decimal operator+(const Decimal& a, const Decimal& b);
    friend Decimal operator-(const Decimal& a, const Decimal& b);
    friend Decimal operator*(const Decimal& a, const Decimal& b);
    /// Equal values are equal, however they were written: 0.50 == 0.5.
    friend bool operator==(const Decimal& a, const Decimal& b) noexcept = default;
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

    /// The nearest value with at most `digits` decimals.
    [[nodiscard]] Decimal rounded(unsigned digits, RoundingMode mode) const;
    /// this / divisor with `digits` decimals. Expects: divisor is not zero.
    [[nodiscard]] Decimal quotient(const Decimal& divisor, unsigned digits, RoundingMode mode) const;

  private:
    Int128 coefficient_ = 0;
    unsigned scale_ = 0;
};

/// "0.029": plain digits, shortest form; Decimal::parse gives the same value back.
[[nodiscard]] std::string to_text(const Decimal& value);
/// "2.9%".
[[nodiscard]] std::string to_percent(const Decimal& value);

}  // namespace crowdrules
