// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/money.hpp>

#include "core/number_cursor.hpp"
#include "powers_of_ten.hpp"
#include "wide.hpp"
#include <limits>

namespace crowdrules {
namespace {

void expects_same_currency(const char* operation, Money a, Money b) {
    if (a.currency() == b.currency()) return;
    std::string what = std::string("cannot ") + operation + ' ' + to_text(a) + " and " + to_text(b);
    if (a.currency().code() == b.currency().code())
        what += ": one " + std::string(a.currency().code()) + " has " + std::to_string(a.currency().digits()) +
                " decimals, the other " + std::to_string(b.currency().digits());
    throw CurrencyMismatch(what);
}

/// Reads one amount, byte by byte, and remembers where it stands.
class AmountReader : NumberCursor {
  public:
    AmountReader(std::string_view text, Currency currency) : NumberCursor(text), currency_(currency) {}

    Result<Money> read() {
        if (text_.empty()) return refuse("no amount");
        negative_ = take('-');
        if (auto whole = read_whole(); !whole) return failure(whole.error());
        if (auto decimals = read_decimals(); !decimals) return failure(decimals.error());
        if (!at_end()) return refuse("a character that does not belong to an amount");
        return Money(minor_, currency_);
    }

  private:
    using Step = tl::expected<void, TextError>;

    /// "115", or "10,266,845": with a first comma every later group is of three digits.
    Step read_whole() {
        if (!at_digit()) return refuse("a digit is missing");
        const bool starts_with_zero = text_[at_] == '0';
        std::size_t group = 0, commas = 0;
        while (true) {
            if (at_digit()) {
                if (commas > 0 && group == 3) return refuse("a comma is missing before this digit");
                if (!take_digit()) return refuse("the amount is beyond 64 bits");
                ++group;
            } else if (!at_end() && text_[at_] == ',') {
                if (commas > 0 ? group != 3 : group > 3) return refuse("a comma that is not at every third digit");
                // "0,500" means a half where the comma is the decimal mark: thousands never start with a zero.
                if (starts_with_zero) return refuse("a comma after a number that starts with 0");
                ++at_;
                ++commas;
                group = 0;
            } else {
                break;
            }
        }
        if (commas > 0 && group != 3) return refuse("three digits must follow a comma");
        // "1,234" of three decimals may mean 1.234 as well.
        if (commas == 1 && currency_.digits() == 3 && at_end())
            return refuse("the comma may stand before thousands or before decimals, so write the decimals");
        return {};
    }

    /// ".25", or nothing; then makes up the decimals that were not written.
    Step read_decimals() {
        unsigned written = 0;
        if (take('.')) {
            if (!at_digit()) return refuse("a digit is missing after the point");
            for (; at_digit(); ++written) {
                if (written == currency_.digits()) return refuse(too_many_decimals());
                if (!take_digit()) return refuse("the amount is beyond 64 bits");
            }
        }
        for (; written < currency_.digits(); ++written)
            if (__builtin_mul_overflow(minor_, 10, &minor_)) return refuse("the amount is beyond 64 bits");
        return {};
    }

    /// Whether there was room for the digit. Counts downward below zero, where the range is wider by one.
    bool take_digit() noexcept {
        const int digit = text_[at_] - '0';
        std::int64_t grown = 0;
        if (__builtin_mul_overflow(minor_, 10, &grown)) return false;
        if (__builtin_add_overflow(grown, negative_ ? -digit : digit, &grown)) return false;
        minor_ = grown;
        ++at_;
        return true;
    }

    std::string too_many_decimals() const {
        const std::size_t given = currency_.digits() + count_digits(text_.substr(at_));
        return std::to_string(given) + (given == 1 ? " decimal, but " : " decimals, but ") +
               std::string(currency_.code()) + " has " + std::to_string(currency_.digits());
    }

    std::string expected() const {
        const std::string code(currency_.code());
        if (currency_.digits() == 0) return "a whole amount of " + code + " such as 115 or 10,266";
        if (currency_.digits() == 3) return "an amount of " + code + " such as 115, -3.5, 0.500 or 10,266.000";
        return "an amount of " + code + " with at most " + std::to_string(currency_.digits()) +
               (currency_.digits() == 1 ? " decimal" : " decimals") + " such as 115, -3.5 or 10,266.0";
    }

    tl::unexpected<TextError> refuse(std::string what) const {
        return failure(text_error_at(at_ + 1, std::move(what), text_, expected()));
    }

    Currency currency_;
    bool negative_ = false;
    std::int64_t minor_ = 0;
};

/// An error about a part of `text` that starts at `offset`, as an error about the whole of it.
TextError within(std::string_view text, std::size_t offset, TextError error) {
    error.where.column += offset;
    error.found = text;
    return error;
}

std::string amount_text(Money amount, bool grouped) {
    const bool negative = amount.is_negative();
    const auto bits = static_cast<std::uint64_t>(amount.minor());
    std::string digits = std::to_string(negative ? 0 - bits : bits);
    const std::size_t decimals = amount.currency().digits();
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    const std::size_t whole = digits.size() - decimals;
    std::string text = negative ? "-" : "";
    for (std::size_t i = 0; i < whole; ++i) {
        if (grouped && i > 0 && (whole - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    if (decimals > 0) text.append(".").append(digits, whole);
    return text;
}

Money money_literal(std::string_view amount, Currency currency) {
    const auto money = Money::parse(amount, currency);
    if (!money) throw ContractViolation(to_text(money.error()));
    return *money;
}

}  // namespace

Result<Money> Money::parse(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos)
        return failure(text_error_at(text.size() + 1, text.empty() ? "no amount" : "no currency code beside the amount",
                                     text, "an amount and a code of ISO 4217 such as 115.00 USD"));
    const std::string_view left = text.substr(0, space);
    const std::string_view right = text.substr(space + 1);
    const bool code_first = !left.empty() && left[0] >= 'A' && left[0] <= 'Z';
    const auto currency = Currency::iso(code_first ? left : right);
    if (!currency) return failure(within(text, code_first ? 0 : space + 1, currency.error()));
    auto amount = parse(code_first ? right : left, *currency);
    if (!amount) return failure(within(text, code_first ? space + 1 : 0, amount.error()));
    return amount;
}

Result<Money> Money::parse(std::string_view amount, Currency currency) {
    return AmountReader(amount, currency).read();
}

Money operator+(Money a, Money b) {
    expects_same_currency("add", a, b);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.minor_, b.minor_, &sum))
        throw Overflow(to_text(a) + " plus " + to_text(b) + " needs more than 64 bits");
    return {sum, a.currency_};
}

Money operator-(Money a, Money b) {
    expects_same_currency("subtract", a, b);
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.minor_, b.minor_, &difference))
        throw Overflow(to_text(a) + " minus " + to_text(b) + " needs more than 64 bits");
    return {difference, a.currency_};
}

Money Money::operator-() const {
    return zero(currency_) - *this;
}

Money operator*(Money amount, std::int64_t count) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(amount.minor_, count, &product))
        throw Overflow(to_text(amount) + " times " + std::to_string(count) + " needs more than 64 bits");
    return {product, amount.currency_};
}

std::strong_ordering operator<=>(Money a, Money b) {
    expects_same_currency("compare", a, b);
    return a.minor_ <=> b.minor_;
}

Money Money::times(const Decimal& rate, Rounding rounding) const {
    return {scaled(minor_, rate, 0, rounding), currency_};
}

Money Money::rounded(Rounding rounding) const {
    return times(Decimal(1), rounding);
}

Decimal Money::units() const {
    return Decimal::of(minor_, currency_.digits());
}

std::string to_text(Money amount) {
    return to_amount_text(amount) + ' ' + std::string(amount.currency().code());
}

std::string to_grouped_text(Money amount) {
    return amount_text(amount, true) + ' ' + std::string(amount.currency().code());
}

std::string to_amount_text(Money amount) {
    return amount_text(amount, false);
}

Money usd(std::string_view amount) {
    return money_literal(amount, USD);
}
Money eur(std::string_view amount) {
    return money_literal(amount, EUR);
}

Decimal rate(std::string_view text) {
    const auto value = Decimal::parse(text);
    if (!value) throw ContractViolation(to_text(value.error()));
    return *value;
}

}  // namespace crowdrules
