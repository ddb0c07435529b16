// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/business_calendar.hpp>

#include <doctest/doctest.h>

#include "shared_vectors.hpp"
#include <algorithm>
#include <limits>
#include <random>
#include <type_traits>

using namespace crowdrules;
using std::chrono::days;
using std::chrono::Friday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::sys_days;

static_assert(!std::is_convertible_v<BusinessDays, Elapsed> && !std::is_convertible_v<Elapsed, BusinessDays>);
static_assert(!std::is_convertible_v<int, BusinessDays> && !std::is_constructible_v<Elapsed, BusinessDays>);

namespace {

/// The United States at the end of 2004: settlement holidays as published by QuantLib.
BusinessCalendar late_2004() {
    return {"United States, late 2004",
            date("2004-11-01"),
            date("2005-01-31"),
            {Saturday, Sunday},
            {date("2004-11-11"), date("2004-11-25"), date("2004-12-24"), date("2004-12-31"), date("2005-01-17")}};
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("five business days are dates of the list, not hours") {
        const auto calendar = late_2004();
        CHECK(calendar.name() == "United States, late 2004");
        CHECK(calendar.add(date("2004-11-24"), {5}) == date("2004-12-02"));  // Thanksgiving and a weekend between
        CHECK(calendar.add(date("2004-12-23"), {5}) == date("2005-01-03"));
        CHECK(calendar.add(date("2004-12-25"), {5}) == date("2005-01-03"));  // notice on a Saturday
        CHECK(calendar.add(date("2004-12-02"), {-5}) == date("2004-11-24"));
    }

    TEST_CASE("zero business days is the day itself, or the next one that is") {
        const auto calendar = late_2004();
        CHECK(calendar.add(date("2004-12-23"), {0}) == date("2004-12-23"));
        CHECK(calendar.add(date("2004-12-24"), {0}) == date("2004-12-27"));
        CHECK(calendar.add(date("2004-11-06"), {0}) == date("2004-11-08"));
    }

    TEST_CASE("a weekend is whatever the list says") {
        const BusinessCalendar calendar("Gulf", date("2024-01-01"), date("2024-01-31"), {Friday, Saturday}, {});
        CHECK(calendar.is_business_day(date("2024-01-05")) == false);
        CHECK(calendar.is_business_day(date("2024-01-07")) == true);
        const BusinessCalendar every_day("every day", date("2024-01-01"), date("2024-01-31"), {}, {});
        CHECK(every_day.add(date("2024-01-01"), {30}) == date("2024-01-31"));
    }

    TEST_CASE("what the list does not cover is refused, not guessed") {
        const auto calendar = late_2004();
        const auto before = calendar.is_business_day(date("2004-10-31"));
        REQUIRE_FALSE(before.has_value());
        CHECK(before.error().found == "2004-10-31");
        CHECK(before.error().expected ==
              "a date from 2004-11-01 to 2005-01-31, which the calendar 'United States, late 2004' covers");
        CHECK_FALSE(calendar.is_business_day(date("2005-02-01")).has_value());
        CHECK(calendar.is_business_day(date("2004-11-01")) == true);
        CHECK(calendar.is_business_day(date("2005-01-31")) == true);
        CHECK_FALSE(calendar.is_business_day(Date{}).has_value());
        CHECK_FALSE(calendar.is_business_day(std::chrono::year{2004} / 11 / 31).has_value());

        CHECK_FALSE(calendar.add(date("2004-10-31"), {1}).has_value());
        CHECK(calendar.add(date("2005-01-28"), {1}) == date("2005-01-31"));
        CHECK(calendar.add(date("2005-01-28"), {2}).error().found == "2005-01-28 +2 business days");
        CHECK(calendar.add(date("2004-11-01"), {-1}).error().found == "2004-11-01 -1 business days");
        CHECK_FALSE(calendar.add(date("2005-01-03"), {std::numeric_limits<int>::max()}).has_value());
        CHECK_FALSE(calendar.add(date("2005-01-03"), {std::numeric_limits<int>::min()}).has_value());
        CHECK_FALSE(
            BusinessCalendar("ends on a holiday", date("2004-12-01"), date("2004-12-24"), {}, {date("2004-12-24")})
                .add(date("2004-12-24"), {0})
                .has_value());
    }

    TEST_CASE("holidays outside the range are ignored") {
        const BusinessCalendar calendar("one day", date("2024-01-02"), date("2024-01-02"), {Saturday, Sunday},
                                        {date("2024-01-01"), date("2024-01-03"), date("1900-01-01")});
        CHECK(calendar.is_business_day(date("2024-01-02")) == true);
    }

    TEST_CASE("a calendar that contradicts itself cannot be built") {
        const auto build = [](Date first, Date last, std::vector<std::chrono::weekday> weekend,
                              std::vector<Date> holidays) {
            return BusinessCalendar("broken", first, last, std::move(weekend), std::move(holidays));
        };
        const Date day = date("2024-01-02");
        CHECK_THROWS_AS(build(date("2024-01-03"), day, {}, {}), ContractViolation);
        CHECK_THROWS_AS(build(std::chrono::year{2024} / 2 / 30, date("2024-03-01"), {}, {}), ContractViolation);
        CHECK_THROWS_AS(build(day, std::chrono::year{2024} / 2 / 30, {}, {}), ContractViolation);
        CHECK_THROWS_AS(build(day, day, {std::chrono::weekday{9}}, {}), ContractViolation);
        CHECK_THROWS_AS(build(day, day, {}, {std::chrono::year{2024} / 2 / 30}), ContractViolation);
        std::vector<std::chrono::weekday> whole_week;
        for (unsigned i = 0; i < 7; ++i) whole_week.emplace_back(i);
        CHECK_THROWS_AS(build(day, day, whole_week, {}), ContractViolation);
    }

    TEST_CASE("business days there and back again") {
        std::mt19937_64 random(6);
        std::vector<Date> holidays;
        for (int i = 0; i < 100; ++i)
            holidays.push_back(Date{sys_days{date("2020-01-01")} + days{static_cast<int>(random() % 3000)}});
        const BusinessCalendar calendar("random", date("2020-01-01"), date("2029-12-31"), {Saturday, Sunday}, holidays);
        for (int i = 0; i < 5000; ++i) {
            const Date start{sys_days{date("2022-01-01")} + days{static_cast<int>(random() % 1500)}};
            const int count = static_cast<int>(random() % 200) + 1;
            const Date first = calendar.add(start, {0}).value();
            const Date there = calendar.add(first, {count}).value();
            REQUIRE(calendar.is_business_day(there) == true);
            REQUIRE(calendar.add(there, {-count}) == first);
            REQUIRE(calendar.add(calendar.add(first, {count - 1}).value(), {1}) == there);
        }
    }

    TEST_CASE("five business days after a notice, as worked out elsewhere") {
        const auto vectors = shared_vectors("calendars/business_day_addition_computed.json");
        if (!vectors) return;
        std::vector<Date> holidays;
        for (const auto& holiday : vectors->at("holidays")) holidays.push_back(date(holiday.get<std::string>()));
        const BusinessCalendar calendar("US settlement", date("2004-01-01"), date("2005-12-31"), {Saturday, Sunday},
                                        holidays);
        REQUIRE_FALSE(vectors->at("cases").empty());
        for (const auto& row : vectors->at("cases")) {
            CAPTURE(row.dump());
            CHECK(calendar.add(date(row.at("notice").get<std::string>()), {row.at("add_business_days").get<int>()}) ==
                  date(row.at("expected").get<std::string>()));
        }
    }

    TEST_CASE("published holiday lists are what the calendar answers") {
        const auto vectors = shared_vectors("calendars/quantlib_calendars.json");
        if (!vectors) return;
        REQUIRE_FALSE(vectors->at("cases").empty());
        for (const auto& list : vectors->at("cases")) {
            CAPTURE(list.at("calendar").get<std::string>());
            const Date first = date(list.at("start").get<std::string>()),
                       last = date(list.at("end").get<std::string>());
            std::vector<Date> holidays;
            for (const auto& holiday : list.at("holidays_excluding_weekends"))
                holidays.push_back(date(holiday.get<std::string>()));
            const BusinessCalendar calendar("published", first, last, {Saturday, Sunday}, holidays);
            for (sys_days day = first; day <= sys_days{last}; day += days{1}) {
                const std::chrono::weekday weekday{day};
                const bool is_holiday = std::find(holidays.begin(), holidays.end(), Date{day}) != holidays.end();
                REQUIRE(calendar.is_business_day(day) == (weekday != Saturday && weekday != Sunday && !is_holiday));
            }
        }
    }
}
