// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/accrual.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

TEST_SUITE("revenue") {
    TEST_CASE("the running total is settled, not each sale") {
        Accrual royalty(USD);
        royalty.add(rate("0.3465"));  // 35% of 0.99
        CHECK(royalty.settle({RoundingMode::half_up}) == usd("0.35"));
        CHECK(royalty.unsettled() == rate("-0.0035"));
        royalty.add(rate("0.3465"));
        CHECK(royalty.settle({RoundingMode::half_up}) == usd("0.34"));
        CHECK(royalty.settled() == usd("0.69"));
        CHECK(royalty.total() == rate("0.693"));
    }

    TEST_CASE("small sales lose nothing") {
        // Roblox cuts 30% off each sale to whole Robux: 5 become 3. Ten thousand such sales are 35,000, not 30,000
        // (devforum 289143).
        const Currency robux = Currency::own("ROBUX", 0).value();
        Accrual sales(robux);
        Money each = Money::zero(robux), together = each;
        for (int sale = 0; sale < 10'000; ++sale) {
            sales.add(rate("3.5"));
            each += Money(5, robux).times(rate("0.7"), {RoundingMode::down});
            together += sales.settle({RoundingMode::down});
        }
        CHECK(each == Money(30'000, robux));
        CHECK(together == Money(35'000, robux));
    }

    TEST_CASE("a currency's own decimals and steps are kept") {
        CHECK(money_of(rate("2.5"), JPY, {RoundingMode::half_even}) == Money(2, JPY));
        CHECK(money_of(rate("1.03"), USD, {RoundingMode::half_up, 5}) == usd("1.05"));
        CHECK(money_of(rate("-1.005"), USD, {RoundingMode::floor}) == usd("-1.01"));
    }

    TEST_CASE("however often it is settled, the settled amounts add up to the rounded total") {
        std::mt19937_64 random(5);
        for (const RoundingMode mode : {RoundingMode::half_even, RoundingMode::down, RoundingMode::ceiling}) {
            Accrual often(USD);
            Money sum = Money::zero(USD);
            for (int sale = 0; sale < 500; ++sale) {
                often.add(Decimal::of(static_cast<std::int64_t>(random() % 2'000'000) - 500'000, 6));
                if (random() % 3 == 0) sum += often.settle({mode});
            }
            sum += often.settle({mode});
            CHECK(sum == money_of(often.total(), USD, {mode}));
        }
    }
}
