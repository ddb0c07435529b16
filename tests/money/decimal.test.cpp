// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/money.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include "money/narrow.hpp"
#include "random.hpp"
#include <string>
#include <type_traits>

using namespace crowdrules;
using Big = boost::multiprecision::cpp_int;
using Fraction = boost::multiprecision::cpp_rational;

static_assert(std::is_trivially_copyable_v<Decimal>);
static_assert(std::is_convertible_v<std::int64_t, Decimal>);
static_assert(!std::is_convertible_v<std::string, Decimal>);
static_assert(!std::is_constructible_v<Decimal, double>);
static_assert(Decimal(3).coefficient() == 3 && Decimal(3).scale() == 0);

namespace {

Decimal decimal(std::string_view text) {
    return Decimal::parse(text).value();
}

/// The value as an exact fraction, by way of its text.
Fraction fraction(const Decimal& value) {
    std::string digits = to_text(value);
    const std::size_t point = digits.find('.');
    std::size_t scale = 0;
    if (point != std::string::npos) {
        scale = digits.size() - point - 1;
        digits.erase(point, 1);
    }
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const Fraction magnitude(Big(digits), pow(Big(10), static_cast<unsigned>(scale)));
    return negative ? Fraction(-magnitude) : magnitude;
}

Decimal random_decimal(Random& random) {
    const Int128 wide = static_cast<Int128>(random.any()) * static_cast<std::int64_t>(1 + random.below(1'000'000));
    return Decimal::of(wide, static_cast<unsigned>(random.below(13)));
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("a decimal number is read exactly and written in its shortest form") {
        struct Row {
            const char* text;
            const char* shortest;
            const char* percent;
        };
        constexpr Row rows[] = {
            {"0", "0", "0%"},
            {"-0", "0", "0%"},
            {"0.029", "0.029", "2.9%"},
            {"2.9%", "0.029", "2.9%"},
            {"-12.50", "-12.5", "-1250%"},
            {"0.50", "0.5", "50%"},
            {"100%", "1", "100%"},
            {"00012", "12", "1200%"},
            {"0.001%", "0.00001", "0.001%"},
            {"1000", "1000", "100000%"},
            {"0.0", "0", "0%"},
            {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999",
             "9999999999999999999999999999999999999900%"},
            {"-0.00000000000000000000000000000000000001", "-0.00000000000000000000000000000000000001",
             "-0.000000000000000000000000000000000001%"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.text);
            const auto value = Decimal::parse(row.text);
            REQUIRE(value);
            CHECK(to_text(*value) == row.shortest);
            CHECK(to_percent(*value) == row.percent);
            CHECK(Decimal::parse(row.shortest) == *value);
        }
    }

    TEST_CASE("text that is no decimal number is refused at its first offending byte") {
        struct Row {
            const char* text;
            std::size_t column;
            const char* what;
        };
        constexpr Row rows[] = {
            {"", 1, "a digit is missing"},
            {"-", 2, "a digit is missing"},
            {"--1", 2, "a digit is missing"},
            {"+1", 1, "a digit is missing"},
            {" 1", 1, "a digit is missing"},
            {".5", 1, "a digit is missing"},
            {"%", 1, "a digit is missing"},
            {"5.", 3, "a digit is missing after the point"},
            {"5.%", 3, "a digit is missing after the point"},
            {"1e5", 2, "a character that does not belong to a number"},
            {"1,000", 2, "a character that does not belong to a number"},
            {"1.2.3", 4, "a character that does not belong to a number"},
            {"5%%", 3, "a character that does not belong to a number"},
            {"1 ", 2, "a character that does not belong to a number"},
            {"100000000000000000000000000000000000000", 39, "more than 38 digits"},
            {"0.000000000000000000000000000000000000001", 41, "more than 38 digits"},
            {"0.0000000000000000000000000000000000001%", 41, "more than 38 digits"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.text);
            const auto value = Decimal::parse(row.text);
            REQUIRE_FALSE(value);
            CHECK(value.error().where.line == 1);
            CHECK(value.error().where.column == row.column);
            CHECK(value.error().what == row.what);
            CHECK(value.error().found == row.text);
        }
    }

    TEST_CASE("equal values are equal, however they were written") {
        CHECK(decimal("0.50") == decimal("0.5"));
        CHECK(decimal("50%") == decimal("0.5"));
        CHECK(Decimal::of(1'000, 3) == Decimal(1));
        CHECK(Decimal::of(0, 5) == Decimal());
        CHECK(decimal("0.5") != decimal("0.05"));
    }

    TEST_CASE("decimals are ordered by value across scales and signs") {
        const char* ascending[] = {"-100",
                                   "-99.99",
                                   "-0.1",
                                   "-0.01",
                                   "0",
                                   "0.01",
                                   "0.1",
                                   "0.11",
                                   "9.99999",
                                   "10",
                                   "99999999999999999999999999999999999999"};
        for (std::size_t i = 0; i < std::size(ascending); ++i)
            for (std::size_t j = 0; j < std::size(ascending); ++j) {
                CAPTURE(ascending[i]);
                CAPTURE(ascending[j]);
                CHECK((decimal(ascending[i]) <=> decimal(ascending[j])) == (i <=> j));
            }
        CHECK(decimal("99999999999999999999999999999999999999") > decimal("0.00000000000000000000000000000000000001"));
    }

    TEST_CASE("sums, differences and products are those of exact fractions") {
        Random random(1);
        for (int i = 0; i < 5'000; ++i) {
            const Decimal a = random_decimal(random);
            const Decimal b = random_decimal(random);
            CAPTURE(to_text(a));
            CAPTURE(to_text(b));
            REQUIRE(fraction(a + b) == fraction(a) + fraction(b));
            REQUIRE(fraction(a - b) == fraction(a) - fraction(b));
            REQUIRE((a < b) == (fraction(a) < fraction(b)));
            const Decimal c = Decimal::of(random.any(), 9);
            const Decimal d = Decimal::of(random.any(), 9);
            REQUIRE(fraction(c * d) == fraction(c) * fraction(d));
        }
    }

    TEST_CASE("products that need more than 128 bits on the way are exact when the result fits") {
        CHECK(decimal("20000000000000000000000000000000000000") * decimal("0.00000000000000000000000000000000000005") ==
              Decimal(1));
        CHECK(decimal("12345678901234567890123456789012345678") * decimal("0.5") ==
              decimal("6172839450617283945061728394506172839"));
    }

    TEST_CASE("a result of more than 38 digits throws Overflow and is never cut") {
        const Decimal largest = decimal("99999999999999999999999999999999999999");
        const Decimal smallest = decimal("0.00000000000000000000000000000000000001");
        CHECK_THROWS_AS((void)(largest + Decimal(1)), Overflow);
        CHECK_THROWS_AS((void)(-largest - Decimal(1)), Overflow);
        CHECK_THROWS_AS((void)(largest + largest), Overflow);
        CHECK_THROWS_AS((void)(largest + smallest), Overflow);
        CHECK_THROWS_AS((void)(largest * Decimal(2)), Overflow);
        CHECK_THROWS_AS((void)(smallest * decimal("0.1")), Overflow);
        CHECK_THROWS_AS((void)Decimal::of(1, 39), Overflow);
        CHECK(largest - largest == Decimal(0));
        CHECK(-largest + Decimal(1) == decimal("-99999999999999999999999999999999999998"));
    }

    TEST_CASE("rounding to fewer decimals follows the mode, and to more changes nothing") {
        CHECK(decimal("0.125").rounded(2, RoundingMode::half_even) == decimal("0.12"));
        CHECK(decimal("0.135").rounded(2, RoundingMode::half_even) == decimal("0.14"));
        CHECK(decimal("-0.125").rounded(2, RoundingMode::half_up) == decimal("-0.13"));
        CHECK(decimal("2.5").rounded(0, RoundingMode::floor) == Decimal(2));
        CHECK(decimal("0.125").rounded(3, RoundingMode::up) == decimal("0.125"));
        CHECK(decimal("0.125").rounded(40, RoundingMode::up) == decimal("0.125"));
    }

    TEST_CASE("a quotient has the decimals asked for, rounded as asked") {
        CHECK(Decimal(1).quotient(Decimal(3), 4, RoundingMode::half_even) == decimal("0.3333"));
        CHECK(Decimal(-2).quotient(Decimal(3), 4, RoundingMode::half_even) == decimal("-0.6667"));
        CHECK(Decimal(2).quotient(Decimal(-3), 4, RoundingMode::floor) == decimal("-0.6667"));
        CHECK(decimal("0.001").quotient(decimal("8"), 38, RoundingMode::down) == decimal("0.000125"));
        CHECK(decimal("99999999999999999999999999999999999999")
                  .quotient(decimal("99999999999999999999999999999999999999"), 37, RoundingMode::down) == Decimal(1));
        CHECK_THROWS_AS((void)Decimal(1).quotient(Decimal(0), 2, RoundingMode::down), ContractViolation);
        CHECK_THROWS_AS((void)Decimal(1).quotient(Decimal(3), 39, RoundingMode::down), Overflow);
        CHECK_THROWS_AS((void)Decimal(10).quotient(decimal("0.3"), 38, RoundingMode::down), Overflow);
    }

    TEST_CASE("what a decimal number writes it reads back") {
        Random random(2);
        for (int i = 0; i < 5'000; ++i) {
            const Decimal value = random_decimal(random);
            CAPTURE(to_text(value));
            REQUIRE(Decimal::parse(to_text(value)) == value);
            REQUIRE(Decimal::parse(to_percent(value)) == value);
        }
    }

    TEST_CASE("128 bits, where they suffice, give what integers of any size do") {
        // Coefficients around every limit: of 64 bits, of 38 digits, of what a product or a common scale still holds.
        Random random(20261130);
        const Int128 largest = narrow_powers_of_ten[38] - 1;
        const auto any_decimal = [&]() -> Decimal {
            Int128 coefficient = 0;
            switch (random.below(4)) {
                case 0:
                    coefficient = random.any();
                    break;
                case 1:
                    coefficient = largest - static_cast<std::int64_t>(random.below(1'000));
                    break;
                case 2:
                    coefficient = narrow_powers_of_ten[random.below(39)] - static_cast<std::int64_t>(random.below(3));
                    break;
                default:
                    coefficient = static_cast<Int128>(random.any()) * static_cast<std::int64_t>(random.bits() >> 2);
                    coefficient %= largest + 1;
                    break;
            }
            if (random.below(2) == 0) coefficient = -coefficient;
            if (coefficient > largest || coefficient < -largest) coefficient /= 10;
            return Decimal::of(coefficient, static_cast<unsigned>(random.below(39)));
        };
        const auto big = [](const Decimal& value) {
            const std::string text = to_text(Decimal::of(value.coefficient(), 0));
            return Big(text);
        };
        const auto ten_to = [](unsigned exponent) { return Big(pow(Big(10), exponent)); };
        /// The shortest form of coefficient / 10^scale, as text, or "overflow".
        const auto shortest = [&](Big coefficient, unsigned scale) -> std::string {
            while (scale > 0 && coefficient % 10 == 0) {
                coefficient /= 10;
                --scale;
            }
            if (abs(coefficient) >= ten_to(38) || scale > 38) return "overflow";
            return coefficient.str() + "e-" + std::to_string(scale);
        };
        const auto answer = [](auto compute) -> std::string {
            try {
                const Decimal value = compute();
                return to_text(Decimal::of(value.coefficient(), 0)) + "e-" + std::to_string(value.scale());
            } catch (const Overflow&) {
                return "overflow";
            }
        };
        const auto rounded = [](const Big& numerator, const Big& denominator, RoundingMode mode) -> Big {
            const bool negative = (numerator < 0) != (denominator < 0);
            const Big above = abs(numerator), below = abs(denominator), quotient = above / below;
            const Big magnitude =
                quotient + steps_away_from_zero<Big>(quotient, above - quotient * below, below, mode, negative);
            return negative ? Big(-magnitude) : magnitude;
        };
        int overflows = 0;
        for (int i = 0; i < 40'000; ++i) {
            const Decimal a = any_decimal(), b = any_decimal();
            CAPTURE(to_text(a));
            CAPTURE(to_text(b));
            const unsigned scale = std::max(a.scale(), b.scale());
            const Big left = big(a) * ten_to(scale - a.scale()), right = big(b) * ten_to(scale - b.scale());
            const std::string sum = shortest(left + right, scale);
            overflows += sum == "overflow" ? 1 : 0;
            CHECK(answer([&] { return a + b; }) == sum);
            CHECK(answer([&] { return a * b; }) == shortest(big(a) * big(b), a.scale() + b.scale()));
            CHECK((a < b) == (left < right));
            CHECK((a > b) == (left > right));
            const auto mode = static_cast<RoundingMode>(random.below(7));
            const auto digits = static_cast<unsigned>(random.below(39));
            if (digits < a.scale())
                CHECK(answer([&] { return a.rounded(digits, mode); }) ==
                      shortest(rounded(big(a), ten_to(a.scale() - digits), mode), digits));
            if (!b.is_zero())
                CHECK(answer([&] { return a.quotient(b, digits, mode); }) ==
                      shortest(rounded(big(a) * ten_to(b.scale() + digits), big(b) * ten_to(a.scale()), mode), digits));
            const std::int64_t amount = random.any(), step = 1 + static_cast<std::int64_t>(random.below(200));
            const Big exact = rounded(Big(amount) * big(a), ten_to(a.scale()) * step, mode) * step;
            const bool fits = exact >= INT64_MIN && exact <= INT64_MAX;
            try {
                const std::int64_t times = Money(amount, USD).times(a, {mode, step}).minor();
                CHECK(Big(times) == exact);
            } catch (const Overflow&) {
                CHECK_FALSE(fits);
            }
        }
        CHECK(overflows > 100);
    }
}
