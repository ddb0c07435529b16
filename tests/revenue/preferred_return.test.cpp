// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/preferred_return.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

Money due_after(PreferredReturn terms, const char* from, const char* to, std::string_view capital = "1000000.00") {
    ReturnAccount account(terms, USD);
    account.accrue(date(from));
    account.contribute(usd(capital));
    account.accrue(date(to));
    return account.due();
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("an unpaid return earns from the next anniversary on, unless it is simple or flat") {
        const auto eight = [](Compounding compounding) { return PreferredReturn{rate("8%"), compounding}; };
        CHECK(due_after(eight(Compounding::yearly), "2021-01-01", "2022-01-01") == usd("80000.00"));
        CHECK(due_after(eight(Compounding::yearly), "2021-01-01", "2023-01-01") == usd("166400.00"));
        CHECK(due_after(eight(Compounding::simple), "2021-01-01", "2023-01-01") == usd("160000.00"));
        CHECK(due_after(eight(Compounding::flat), "2021-01-01", "2031-01-01") == usd("80000.00"));
        const PreferredReturn monthly{rate("12%"), Compounding::monthly, DayCount::thirty_360};
        CHECK(due_after(monthly, "2021-01-01", "2021-03-01") == usd("20100.00"));  // 1% and 1% on 1%
    }

    TEST_CASE("anniversaries of the 31st fall on the last day of a short month") {
        const PreferredReturn monthly{rate("36.5%"), Compounding::monthly};  // 0.1% a day
        // 31 Jan to 28 Feb: 28 days; to 31 March: 31 days on 1,028.00
        CHECK(due_after(monthly, "2021-01-31", "2021-03-31", "1000.00") == usd("28.00") + usd("31.87"));
    }

    TEST_CASE("a payment covers the oldest return first, and capital stops earning when it is back") {
        ReturnAccount account({rate("10%"), Compounding::yearly}, USD);
        account.accrue(date("2021-01-01"));
        account.contribute(usd("1000.00"));
        account.accrue(date("2022-01-01"));
        account.pay(usd("60.00"));  // of 100.00
        account.accrue(date("2023-01-01"));
        CHECK(account.due() == usd("144.00"));  // 40.00 left, and 10% of 1,040.00
        account.pay(usd("144.00"));
        account.repay(usd("1000.00"));
        account.accrue(date("2030-01-01"));
        CHECK(account.due().is_zero());
        CHECK(account.capital().is_zero());
        CHECK_THROWS_AS(account.pay(usd("0.01")), ContractViolation);
        CHECK_THROWS_AS(account.repay(usd("0.01")), ContractViolation);
        CHECK_THROWS_AS(account.pay(usd("-0.01")), ContractViolation);
        CHECK_THROWS_AS(account.repay(usd("-0.01")), ContractViolation);
        CHECK_THROWS_AS(account.accrue(date("2029-12-31")), ContractViolation);
    }

    TEST_CASE("looking more often changes nothing") {
        std::mt19937_64 random(8);
        for (const Compounding compounding :
             {Compounding::simple, Compounding::monthly, Compounding::quarterly, Compounding::yearly})
            for (const DayCount day_count : {DayCount::actual_365, DayCount::actual_360, DayCount::actual_actual}) {
                const PreferredReturn terms{rate("7.25%"), compounding, day_count};
                ReturnAccount often(terms, USD), once(terms, USD);
                std::chrono::sys_days day = date("2019-08-31");
                for (ReturnAccount* account : {&often, &once}) {
                    account->accrue(date("2019-08-31"));
                    account->contribute(usd("12345.67"));
                }
                for (int look = 0; look < 50; ++look) {
                    day += std::chrono::days(random() % 60);
                    often.accrue(Date{day});
                    static_cast<void>(often.due());
                }
                once.accrue(Date{day});
                CHECK(often.due() == once.due());
            }
    }
}
