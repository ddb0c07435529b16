// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/money.hpp>

#include <doctest/doctest.h>

#include "random.hpp"
#include <limits>
#include <string>
#include <type_traits>

using namespace crowdrules;

static_assert(sizeof(Money) == 16);
static_assert(std::is_trivially_copyable_v<Money>);
static_assert(!std::is_default_constructible_v<Money>);
static_assert(!std::is_convertible_v<std::string_view, Money>);
static_assert(!std::is_convertible_v<std::int64_t, Money>);
static_assert(!std::is_constructible_v<Money, double, Currency>);
static_assert(!std::is_constructible_v<Money, float, Currency>);
static_assert(Money(115'00, USD).minor() == 11'500 && Money::zero(JPY).is_zero());

namespace {

constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("an amount is read with its code on either side and written with all its decimals") {
        struct Row {
            const char* text;
            std::int64_t minor;
            const char* written;
            const char* grouped;
        };
        constexpr Row rows[] = {
            {"115.00 USD", 11'500, "115.00 USD", "115.00 USD"},
            {"USD 115.00", 11'500, "115.00 USD", "115.00 USD"},
            {"115 USD", 11'500, "115.00 USD", "115.00 USD"},
            {"115.5 USD", 11'550, "115.50 USD", "115.50 USD"},
            {"-0.05 USD", -5, "-0.05 USD", "-0.05 USD"},
            {"-0 USD", 0, "0.00 USD", "0.00 USD"},
            {"007 JPY", 7, "7 JPY", "7 JPY"},
            {"1.234 KWD", 1'234, "1.234 KWD", "1.234 KWD"},
            {"1,234.0 KWD", 1'234'000, "1234.000 KWD", "1,234.000 KWD"},
            {"1,234,567 KWD", 1'234'567'000, "1234567.000 KWD", "1,234,567.000 KWD"},
            {"100,500 EUR", 100'500'00, "100500.00 EUR", "100,500.00 EUR"},
            {"10,266,845.00 USD", 1'026'684'500, "10266845.00 USD", "10,266,845.00 USD"},
            {"JPY 999,999", 999'999, "999999 JPY", "999,999 JPY"},
            {"92233720368547758.07 USD", greatest, "92233720368547758.07 USD", "92,233,720,368,547,758.07 USD"},
            {"-92233720368547758.08 USD", least, "-92233720368547758.08 USD", "-92,233,720,368,547,758.08 USD"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.text);
            const auto money = Money::parse(row.text);
            REQUIRE(money);
            CHECK(money->minor() == row.minor);
            CHECK(to_text(*money) == row.written);
            CHECK(to_grouped_text(*money) == row.grouped);
            CHECK(Money::parse(row.written) == *money);
            CHECK(Money::parse(row.grouped) == *money);
        }
    }

    TEST_CASE("text that is no amount is refused at its first offending byte") {
        struct Row {
            const char* text;
            std::size_t column;
            const char* what;
        };
        constexpr Row rows[] = {
            {"", 1, "no amount"},
            {"115.00", 7, "no currency code beside the amount"},
            {"USD", 4, "no currency code beside the amount"},
            {"115.00 ", 8, "not a currency code of ISO 4217"},
            {"115.00  USD", 8, "not a currency code of ISO 4217"},
            {"115.00 usd", 8, "not a currency code of ISO 4217"},
            {"115.00 XAU", 8, "ISO 4217 gives no decimals for XAU (Gold)"},
            {"ZZZ 115.00", 1, "not a currency code of ISO 4217"},
            {"USD ", 5, "no amount"},
            {" USD", 1, "no amount"},
            {"USD x", 5, "a digit is missing"},
            {"10.505 USD", 6, "3 decimals, but USD has 2"},
            {"USD 10.505", 10, "3 decimals, but USD has 2"},
            {"1.0 JPY", 3, "1 decimal, but JPY has 0"},
            {"--1 USD", 2, "a digit is missing"},
            {"+1 USD", 1, "a digit is missing"},
            {"-.5 USD", 2, "a digit is missing"},
            {"5. USD", 3, "a digit is missing after the point"},
            {"1.2.3 USD", 4, "a character that does not belong to an amount"},
            {"1'000 USD", 2, "a character that does not belong to an amount"},
            {"1e3 USD", 2, "a character that does not belong to an amount"},
            {",100 USD", 1, "a digit is missing"},
            {"1234,567 USD", 5, "a comma that is not at every third digit"},
            {"1,23,456 USD", 5, "a comma that is not at every third digit"},
            {"1,,234 USD", 3, "a comma that is not at every third digit"},
            {"1,23 USD", 5, "three digits must follow a comma"},
            {"1,23.45 USD", 5, "three digits must follow a comma"},
            {"1, USD", 3, "three digits must follow a comma"},
            {"1,2345 USD", 6, "a comma is missing before this digit"},
            {"0,500 EUR", 2, "a comma after a number that starts with 0"},
            {"-0,500 EUR", 3, "a comma after a number that starts with 0"},
            {"EUR 0,500.00", 6, "a comma after a number that starts with 0"},
            {"000,001 JPY", 4, "a comma after a number that starts with 0"},
            {"012,345 JPY", 4, "a comma after a number that starts with 0"},
            {"0,500 KWD", 2, "a comma after a number that starts with 0"},
            {"1,234 KWD", 6, "the comma may stand before thousands or before decimals, so write the decimals"},
            {"KWD -12,345", 12, "the comma may stand before thousands or before decimals, so write the decimals"},
            {"1.234,5 USD", 5, "3 decimals, but USD has 2"},
            {"92233720368547758.08 USD", 20, "the amount is beyond 64 bits"},
            {"-92233720368547758.09 USD", 21, "the amount is beyond 64 bits"},
            {"92233720368547759 USD", 18, "the amount is beyond 64 bits"},
            {"99999999999999999999 USD", 19, "the amount is beyond 64 bits"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.text);
            const auto money = Money::parse(row.text);
            REQUIRE_FALSE(money);
            CHECK(money.error().where.line == 1);
            CHECK(money.error().where.column == row.column);
            CHECK(money.error().what == row.what);
            CHECK(money.error().found == row.text);
            CHECK_FALSE(money.error().expected.empty());
        }
    }

    TEST_CASE("an error says what would have been accepted") {
        CHECK(to_text(Money::parse("10.505 USD").error()) ==
              "1:6: 3 decimals, but USD has 2; found \"10.505 USD\", expected an amount of USD with at most 2 decimals "
              "such as 115, -3.5 or 10,266.0");
        CHECK(to_text(Money::parse("0,500 EUR").error()) ==
              "1:2: a comma after a number that starts with 0; found \"0,500 EUR\", expected an amount of EUR with at "
              "most 2 decimals such as 115, -3.5 or 10,266.0");
        CHECK(to_text(Money::parse("1,234 KWD").error()) ==
              "1:6: the comma may stand before thousands or before decimals, so write the decimals; found \"1,234 "
              "KWD\", expected an amount of KWD such as 115, -3.5, 0.500 or 10,266.000");
    }

    TEST_CASE("what an amount writes it reads back") {
        Random random(3);
        for (int i = 0; i < 5'000; ++i) {
            const auto entries = iso_currencies();
            const Money money(random.any(), entries[random.below(entries.size())].currency);
            CAPTURE(to_text(money));
            REQUIRE(Money::parse(to_text(money)) == money);
            REQUIRE(Money::parse(to_grouped_text(money)) == money);
            REQUIRE(Money::parse(to_amount_text(money), money.currency()) == money);
        }
    }

    TEST_CASE("no byte thrown into an amount makes reading fail in any way but a refusal with a position") {
        Random random(4);
        constexpr std::string_view bytes = "0123456789,.-+ USDJPYxe%'\"\\\n\t\xFF";
        int accepted = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string text = "10,266.45 USD";
            for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) {
                const std::size_t at = random.below(text.size() + 1);
                const char byte = bytes[random.below(bytes.size())];
                if (random.below(2) == 0) {
                    text.insert(at, 1, byte);
                } else if (at < text.size()) {
                    text[at] = byte;
                }
            }
            CAPTURE(text);
            const auto money = Money::parse(text);
            if (money) {
                ++accepted;
                REQUIRE(Money::parse(to_text(*money)) == *money);
            } else {
                REQUIRE(money.error().where.column >= 1);
                REQUIRE(money.error().where.column <= text.size() + 1);
            }
        }
        CHECK(accepted > 500);
    }

    TEST_CASE("amounts of one currency add, subtract, negate, multiply and compare exactly") {
        CHECK(usd("115.00") + usd("10.00") == usd("125.00"));
        CHECK(usd("115.00") - usd("115.01") == usd("-0.01"));
        CHECK(-usd("1.00") == usd("-1.00"));
        CHECK(usd("99.00") * 5 == usd("495.00"));
        CHECK(usd("1.00") < usd("1.01"));
        Money sum = Money::zero(USD);
        sum += usd("3.00");
        sum -= usd("1.00");
        CHECK(sum == usd("2.00"));
        CHECK(sum.is_positive());
        CHECK((-sum).is_negative());
    }

    TEST_CASE("two currencies are never mixed, and the refusal names both amounts") {
        CHECK(usd("1.00") != eur("1.00"));
        CHECK_THROWS_WITH_AS((void)(usd("1.00") + eur("2.00")), "cannot add 1.00 USD and 2.00 EUR", CurrencyMismatch);
        CHECK_THROWS_AS((void)(usd("1.00") - eur("1.00")), CurrencyMismatch);
        CHECK_THROWS_AS((void)(usd("1.00") < eur("1.00")), CurrencyMismatch);
        const Money coarse(100, Currency::own("GOLD", 2).value());
        const Money fine(100, Currency::own("GOLD", 4).value());
        CHECK_THROWS_WITH_AS((void)(coarse + fine),
                             "cannot add 1.00 GOLD and 0.0100 GOLD: one GOLD has 2 decimals, the other 4",
                             CurrencyMismatch);
    }

    TEST_CASE("an amount beyond 64 bits throws Overflow") {
        const Money most(greatest, USD);
        const Money debt(least, USD);
        CHECK_THROWS_AS((void)(most + usd("0.01")), Overflow);
        CHECK_THROWS_AS((void)(debt - usd("0.01")), Overflow);
        CHECK_THROWS_AS((void)-debt, Overflow);
        CHECK_THROWS_AS((void)(most * 2), Overflow);
        CHECK_THROWS_AS((void)(debt * -1), Overflow);
        CHECK_THROWS_AS((void)most.times(rate("1.1"), {RoundingMode::down}), Overflow);
        CHECK_THROWS_AS((void)most.rounded({RoundingMode::up, 5}), Overflow);
        CHECK(most + debt == usd("-0.01"));
        CHECK(most.times(rate("1"), {RoundingMode::down}) == most);
    }

    TEST_CASE("a broken contract changes nothing") {
        Money sum = usd("1.00");
        CHECK_THROWS_AS(sum += eur("1.00"), CurrencyMismatch);
        CHECK(sum == usd("1.00"));
        sum = Money(greatest, USD);
        CHECK_THROWS_AS(sum += sum, Overflow);
        CHECK(sum.minor() == greatest);
    }

    TEST_CASE("a fee is the amount times a rate, rounded as named") {
        CHECK(usd("115.00").times(rate("0.05"), {RoundingMode::half_up}) == usd("5.75"));
        CHECK(usd("10266845.00").times(rate("5%"), {RoundingMode::half_even}) == usd("513342.25"));
        CHECK(usd("2.50").times(rate("5%"), {RoundingMode::half_even}) == usd("0.12"));
        CHECK(usd("2.50").times(rate("5%"), {RoundingMode::half_up}) == usd("0.13"));
        CHECK(usd("-2.50").times(rate("5%"), {RoundingMode::half_up}) == usd("-0.13"));
        CHECK(usd("1.00").times(rate("3"), {RoundingMode::down}) == usd("3.00"));
        CHECK(usd("1.03").times(rate("1"), {RoundingMode::half_up, 5}) == usd("1.05"));
    }

    TEST_CASE("a rate of many digits is as exact as a short one") {
        // 100.00 x 0.33333333333333333333333333333333333335, a hair above a third, three times over.
        const Decimal third = rate("0.33333333333333333333333333333333333335");
        CHECK(usd("3.00").times(third, {RoundingMode::floor}) == usd("1.00"));
        CHECK(usd("3.00").times(rate("0.33333333333333333333333333333333333333"), {RoundingMode::floor}) ==
              usd("0.99"));
        CHECK(usd("3.00").times(rate("0.33333333333333333333333333333333333333"), {RoundingMode::ceiling}) ==
              usd("1.00"));
        CHECK(Money(greatest, USD).times(rate("0.0000000000000000000001"), {RoundingMode::up}) == usd("0.01"));
    }

    TEST_CASE("cash is rounded to its step on both sides of zero") {
        struct Row {
            const char* amount;
            RoundingMode mode;
            const char* rounded;
        };
        constexpr Row rows[] = {
            {"1.02", RoundingMode::half_up, "1.00"},   {"1.03", RoundingMode::half_up, "1.05"},
            {"-1.02", RoundingMode::half_up, "-1.00"}, {"-1.03", RoundingMode::half_up, "-1.05"},
            {"1.01", RoundingMode::up, "1.05"},        {"1.04", RoundingMode::down, "1.00"},
            {"-1.01", RoundingMode::floor, "-1.05"},   {"-1.04", RoundingMode::ceiling, "-1.00"},
            {"1.05", RoundingMode::half_even, "1.05"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.amount);
            CHECK(usd(row.amount).rounded({row.mode, 5}) == usd(row.rounded));
        }
        CHECK(usd("1.25").rounded({RoundingMode::half_even, 50}) == usd("1.00"));
        CHECK(usd("1.75").rounded({RoundingMode::half_even, 50}) == usd("2.00"));
        CHECK_THROWS_AS((void)usd("1.00").rounded({RoundingMode::half_up, 0}), ContractViolation);
        CHECK_THROWS_AS((void)usd("1.00").rounded({RoundingMode::half_up, -5}), ContractViolation);
    }

    TEST_CASE("an amount in units is exact") {
        CHECK(usd("115.25").units() == rate("115.25"));
        CHECK(Money(-7, JPY).units() == Decimal(-7));
        CHECK(to_text(Money(least, USD).units()) == "-92233720368547758.08");
    }

    TEST_CASE("a literal with bad text is a bug of the program") {
        CHECK_THROWS_AS((void)usd("1.001"), ContractViolation);
        CHECK_THROWS_AS((void)eur(""), ContractViolation);
        CHECK_THROWS_AS((void)rate("5 %"), ContractViolation);
    }
}
