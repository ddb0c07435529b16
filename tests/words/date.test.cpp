// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <words/date.hpp>

using namespace crowdrules;
using namespace crowdrules::detail;

TEST_SUITE_BEGIN("words");

TEST_CASE("dates: the day, and the time of day with two digits each") {
    CHECK(day_text(instant("2012-05-18T23:59:59Z")) == "18 May 2012");
    CHECK(moment_text(instant("2012-05-18T07:05:59Z")) == "18 May 2012, 07:05");
    CHECK(moment_text(instant("2016-02-29T00:00:00Z")) == "29 Feb 2016, 00:00");
    CHECK(day_text(instant("1969-12-31T23:00:00Z")) == "31 Dec 1969");
    CHECK(time_of_day(instant("1969-12-31T23:00:00Z")) == "23:00");
}

TEST_SUITE_END();
