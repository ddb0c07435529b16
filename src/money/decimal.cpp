// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/decimal.hpp>

#include "core/number_cursor.hpp"
#include "narrow.hpp"
#include "wide.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules {
namespace {

constexpr unsigned most_digits = 38;
constexpr const char* too_long = "a decimal number needs more than 38 digits";

bool fits_64_bits(Int128 value) noexcept {
    return value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max();
}

/// The coefficient that says the same value with `scale` decimals, at least as many as it has.
/// The coefficient at a larger scale, and whether 128 bits hold it.
bool narrow_coefficient_at(const Decimal& value, unsigned scale, Int128& coefficient) noexcept {
    return scale_up(value.coefficient(), scale - value.scale(), coefficient);
}

/// numerator / denominator, rounded. Expects: denominator > 0.
Int128 divide_narrow(Int128 numerator, Int128 denominator, RoundingMode mode) {
    const bool negative = numerator < 0;
    const Natural128 rounded =
        rounded_quotient(magnitude_of(numerator), static_cast<Natural128>(denominator), mode, negative);
    return static_cast<Int128>(negative ? 0 - rounded : rounded);
}

Wide coefficient_at(const Decimal& value, unsigned scale) {
    return to_wide(value.coefficient()) * wide_power_of_ten(scale - value.scale());
}

/// The decimal coefficient / 10^scale for a result that may have more digits than it needs.
Decimal reduced(Wide coefficient, unsigned scale) {
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    return Decimal::of(to_int128(coefficient, too_long), scale);
}

/// coefficient / 10^scale, written out.
std::string plain_digits(Int128 coefficient, unsigned scale) {
    std::string text;  // built from its end
    Int128 left = coefficient < 0 ? -coefficient : coefficient;
    for (unsigned place = 0; left != 0 || place <= scale; ++place) {
        if (place == scale && place > 0) text += '.';
        text += static_cast<char>('0' + static_cast<int>(left % 10));
        left /= 10;
    }
    if (coefficient < 0) text += '-';
    std::reverse(text.begin(), text.end());
    return text;
}

/// Reads one decimal number, byte by byte, and remembers where it stands.
class Reader : NumberCursor {
  public:
    explicit Reader(std::string_view text) : NumberCursor(text) {}

    Result<Decimal> read() {
        const bool negative = take('-');
        if (!at_digit()) return refuse("a digit is missing");
        while (at_digit())
            if (!take_digit()) return refuse("more than 38 digits");
        if (take('.')) {
            if (!at_digit()) return refuse("a digit is missing after the point");
            while (at_digit()) {
                if (scale_ == most_digits || !take_digit()) return refuse("more than 38 digits");
                ++scale_;
            }
        }
        if (take('%')) scale_ += 2;
        if (!at_end()) return refuse("a character that does not belong to a number");
        while (scale_ > most_digits && coefficient_ % 10 == 0) {
            coefficient_ /= 10;
            --scale_;
        }
        if (scale_ > most_digits) return refuse("more than 38 digits");
        return Decimal::of(negative ? -coefficient_ : coefficient_, scale_);
    }

  private:
    /// Whether there was room for the digit. Leading zeros take none.
    bool take_digit() noexcept {
        if (digits_ == most_digits) return false;
        coefficient_ = coefficient_ * 10 + (text_[at_] - '0');
        if (coefficient_ != 0) ++digits_;
        ++at_;
        return true;
    }

    tl::unexpected<TextError> refuse(const char* what) const {
        return failure(
            text_error_at(at_ + 1, what, text_, "a number of at most 38 digits such as -12.5, 0.029 or 2.9%"));
    }

    Int128 coefficient_ = 0;
    unsigned digits_ = 0;
    unsigned scale_ = 0;
};

}  // namespace

Decimal Decimal::of(Int128 coefficient, unsigned scale) {
    if (scale > most_digits) throw Overflow("a decimal number has at most 38 decimals");
    if (scale > 0 && fits_64_bits(coefficient)) {  // nearly always, and several times faster
        auto narrow = static_cast<std::int64_t>(coefficient);
        for (; scale > 0 && narrow % 10 == 0; --scale) narrow /= 10;
        coefficient = narrow;
    }
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    constexpr Int128 limit = narrow_powers_of_ten[most_digits];
    if (coefficient >= limit || coefficient <= -limit) throw Overflow(too_long);
    Decimal result;
    result.coefficient_ = coefficient;
    result.scale_ = scale;
    return result;
}

Result<Decimal> Decimal::parse(std::string_view text) {
    return Reader(text).read();
}

Decimal Decimal::operator-() const {
    Decimal result = *this;
    result.coefficient_ = -coefficient_;
    return result;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
    const unsigned scale = std::max(a.scale_, b.scale_);
    Int128 left = 0, right = 0, sum = 0;
    if (narrow_coefficient_at(a, scale, left) && narrow_coefficient_at(b, scale, right) &&
        !__builtin_add_overflow(left, right, &sum))
        return Decimal::of(sum, scale);
    return reduced(coefficient_at(a, scale) + coefficient_at(b, scale), scale);
}

Decimal operator-(const Decimal& a, const Decimal& b) {
    return a + -b;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
    const unsigned scale = a.scale_ + b.scale_;
    Int128 product = 0;
    if (scale <= most_digits && !__builtin_mul_overflow(a.coefficient_, b.coefficient_, &product))
        return Decimal::of(product, scale);
    return reduced(to_wide(a.coefficient_) * to_wide(b.coefficient_), scale);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    if (a.scale_ == b.scale_) return a.coefficient_ <=> b.coefficient_;
    if (a.is_negative() != b.is_negative())
        return a.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
    const unsigned scale = std::max(a.scale_, b.scale_);
    Int128 left = 0, right = 0;
    if (narrow_coefficient_at(a, scale, left) && narrow_coefficient_at(b, scale, right)) return left <=> right;
    return coefficient_at(a, scale).compare(coefficient_at(b, scale)) <=> 0;
}

Decimal Decimal::rounded(unsigned digits, RoundingMode mode) const {
    if (digits >= scale_) return *this;
    return of(divide_narrow(coefficient_, narrow_powers_of_ten[scale_ - digits], mode), digits);
}

Decimal Decimal::quotient(const Decimal& divisor, unsigned digits, RoundingMode mode) const {
    expects(!divisor.is_zero(), "Decimal::quotient: the divisor must not be zero");
    if (digits > most_digits) throw Overflow("a decimal number has at most 38 decimals");
    // this / divisor = (coefficient / divisor's coefficient) x 10^(divisor's scale - scale), wanted in 10^-digits.
    const int shift = static_cast<int>(divisor.scale_ + digits) - static_cast<int>(scale_);
    Int128 above = divisor.is_negative() ? -coefficient_ : coefficient_;
    Int128 below = divisor.is_negative() ? -divisor.coefficient_ : divisor.coefficient_;
    Int128& scaled = shift < 0 ? below : above;
    if (scale_up(scaled, static_cast<unsigned>(shift < 0 ? -shift : shift), scaled))
        return of(divide_narrow(above, below, mode), digits);
    Wide numerator = to_wide(divisor.is_negative() ? -coefficient_ : coefficient_);
    Wide denominator = abs(to_wide(divisor.coefficient_));
    (shift < 0 ? denominator : numerator) *= wide_power_of_ten(static_cast<unsigned>(shift < 0 ? -shift : shift));
    return reduced(divide(numerator, denominator, mode), digits);
}

std::string to_text(const Decimal& value) {
    return plain_digits(value.coefficient(), value.scale());
}

std::string to_percent(const Decimal& value) {
    // By moving the point: a hundred times the value may have more digits than a Decimal holds.
    if (value.scale() >= 2) return plain_digits(value.coefficient(), value.scale() - 2) + '%';
    std::string text = plain_digits(value.coefficient(), 0);
    if (!value.is_zero()) text.append(2 - value.scale(), '0');
    return text + '%';
}

}  // namespace crowdrules
