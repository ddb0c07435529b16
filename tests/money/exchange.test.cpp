// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/exchange.hpp>

#include <doctest/doctest.h>

#include "random.hpp"

using namespace crowdrules;

namespace {

const ExchangeRate euro_in_dollars{EUR, USD, rate("1.0842"), "2026-11-02"};
const ExchangeRate dollar_in_yen{USD, JPY, rate("154.37"), "2026-11-02"};
const ExchangeRate yen_in_dollars{JPY, USD, rate("0.006478"), "2026-11-02"};

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("an amount is exchanged at the rate given, and the side asked for rounds") {
        CHECK(exchange(eur("100.00"), euro_in_dollars, {RoundingMode::half_even}) == usd("108.42"));
        CHECK(exchange(eur("0.33"), euro_in_dollars, {RoundingMode::down}) == usd("0.35"));
        CHECK(exchange(eur("-0.33"), euro_in_dollars, {RoundingMode::floor}) == usd("-0.36"));
        CHECK(exchange(eur("0.33"), euro_in_dollars, {RoundingMode::half_up, 5}) == usd("0.35"));
    }

    TEST_CASE("currencies of different decimals meet at their units") {
        CHECK(exchange(usd("10.00"), dollar_in_yen, {RoundingMode::half_even}) == Money(1'544, JPY));
        CHECK(exchange(Money(10'000, JPY), yen_in_dollars, {RoundingMode::half_even}) == usd("64.78"));
        const Currency fine = Currency::own("TOKEN", 18).value();
        CHECK(exchange(Money(7, JPY), {JPY, fine, Decimal(1), ""}, {RoundingMode::down}).minor() ==
              7'000'000'000'000'000'000);
        CHECK(exchange(Money(7'999'999'999'999'999'999, fine), {fine, JPY, Decimal(1), ""}, {RoundingMode::down}) ==
              Money(7, JPY));
    }

    TEST_CASE("to cover an amount one pays the least that buys it") {
        CHECK(exchange_to_cover(usd("108.42"), euro_in_dollars) == eur("100.00"));
        CHECK(exchange_to_cover(usd("108.43"), euro_in_dollars) == eur("100.01"));
        CHECK(exchange_to_cover(usd("0.00"), euro_in_dollars) == eur("0.00"));
        CHECK(exchange_to_cover(Money(1'544, JPY), dollar_in_yen) == usd("10.01"));
        CHECK(exchange_to_cover(usd("64.78"), yen_in_dollars) == Money(10'000, JPY));
    }

    TEST_CASE("what covers an amount does, and a minor unit less does not") {
        Random random(5);
        for (int i = 0; i < 2'000; ++i) {
            const ExchangeRate exchange_rate{
                EUR, USD, Decimal::of(static_cast<std::int64_t>(1 + random.below(1'000'000)), 4), ""};
            const Money wanted(static_cast<std::int64_t>(1 + random.below(1'000'000)), USD);
            const Money paid = exchange_to_cover(wanted, exchange_rate);
            CAPTURE(to_text(wanted));
            CAPTURE(to_text(exchange_rate.rate));
            REQUIRE(exchange(paid, exchange_rate, {RoundingMode::floor}) >= wanted);
            REQUIRE(exchange(paid - eur("0.01"), exchange_rate, {RoundingMode::floor}) < wanted);
        }
    }

    TEST_CASE("an exchange is refused for another currency, a rate that is not positive, and overflow") {
        CHECK_THROWS_WITH_AS((void)exchange(usd("1.00"), euro_in_dollars, {RoundingMode::down}),
                             "1.00 USD met an exchange rate for EUR", CurrencyMismatch);
        CHECK_THROWS_AS((void)exchange_to_cover(eur("1.00"), euro_in_dollars), CurrencyMismatch);
        CHECK_THROWS_AS((void)exchange(eur("1.00"), {EUR, USD, Decimal(0), ""}, {RoundingMode::down}),
                        ContractViolation);
        CHECK_THROWS_AS((void)exchange(eur("1.00"), {EUR, USD, rate("-1"), ""}, {RoundingMode::down}),
                        ContractViolation);
        CHECK_THROWS_AS((void)exchange_to_cover(usd("-1.00"), euro_in_dollars), ContractViolation);
        CHECK_THROWS_AS((void)exchange_to_cover(usd("1.00"), {EUR, USD, Decimal(0), ""}), ContractViolation);
        const Money most(INT64_MAX, EUR);
        CHECK_THROWS_AS((void)exchange(most, euro_in_dollars, {RoundingMode::down}), Overflow);
        CHECK_THROWS_AS((void)exchange_to_cover(Money(INT64_MAX, USD), {EUR, USD, rate("0.5"), ""}), Overflow);
        CHECK_THROWS_AS((void)exchange(eur("1.00"), euro_in_dollars, {RoundingMode::down, 0}), ContractViolation);
    }
}
