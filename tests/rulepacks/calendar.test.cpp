// SPDX-License-Identifier: BSL-1.0
// The business calendars that come along: each is whole from its first day to its last, and says where it is from.
#include <crowdrules/rulepacks/load.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

namespace {

std::string working_day_after(const char* calendar, const char* day, int count) {
    const auto reached = BusinessCalendar(load_calendar(calendar).value()).add(date(day), {count});
    return reached ? to_text(*reached) : to_text(reached.error());
}

}  // namespace

TEST_SUITE("rulepacks") {
    TEST_CASE("every calendar has days in order, within its range, and a source") {
        REQUIRE(calendar_names().size() == 6);
        for (const std::string& name : calendar_names()) {
            CAPTURE(name);
            const auto list = load_calendar(name);
            REQUIRE(list);
            CHECK(list->name == name);
            CHECK(list->first < list->last);
            CHECK(std::adjacent_find(list->holidays.begin(), list->holidays.end(),
                                     [](const Date& a, const Date& b) { return a >= b; }) == list->holidays.end());
            CHECK(list->first <= list->holidays.front());
            CHECK(list->holidays.back() <= list->last);
            CHECK_FALSE(list->source.source.empty());
            CHECK(list->source.evidence != Evidence::agreed);
        }
    }

    TEST_CASE("working days are those of the places that published them") {
        CHECK(working_day_after("us_federal_reserve", "2026-07-02", 1) == "2026-07-03");  // the 4th is a Saturday
        CHECK(working_day_after("us_federal_reserve", "2027-07-02", 1) == "2027-07-06");  // kept on the Monday
        CHECK(working_day_after("target", "2026-04-02", 1) == "2026-04-07");  // Good Friday to Easter Monday
        CHECK(working_day_after("target", "2026-05-22", 1) == "2026-05-25");  // Whit Monday is none
        CHECK(working_day_after("france", "2026-05-22", 1) == "2026-05-26");
        CHECK(working_day_after("england", "2026-12-24", 1) == "2026-12-29");  // Boxing Day moves to the Monday
        CHECK(working_day_after("japan", "2026-05-01", 1) == "2026-05-07");    // Constitution Day moves behind two more
        CHECK(working_day_after("korea", "2025-10-02", 1) == "2025-10-10");
    }

    TEST_CASE("a calendar ends before what is not certain, and says so with values") {
        CHECK(working_day_after("korea", "2025-12-30", 5) ==
              "the business days counted leave the calendar; found \"2025-12-30 +5 business days\", "
              "expected a date from 2024-01-01 to 2025-12-31, which the calendar 'korea' covers");
        const auto unknown = load_calendar("moon");
        REQUIRE_FALSE(unknown);
        CHECK(unknown.error()[0].what == "there is no calendar 'moon'");
    }
}
