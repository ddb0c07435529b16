// SPDX-License-Identifier: BSL-1.0
#include "../../src/time/yearly_rule.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crowdrules;
using namespace std::chrono_literals;

namespace {

YearlyRule rule(std::string_view text) {
    const auto read = YearlyRule::parse(text);
    REQUIRE_MESSAGE(read.has_value(), text);
    return *read;
}

/// The first instant of the year at which the offset is `offset`, to the second.
Instant first_at(const YearlyRule& rule, Elapsed offset, Instant from) {
    while (rule.offset_at(from) != offset) from += 1h;
    while (rule.offset_at(from - 1s) == offset) from -= 1s;
    return from;
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("a zone without daylight time has one offset for ever") {
        CHECK(rule("KST-9").offset_at(instant("2500-07-01T00:00Z")) == 9h);
        CHECK(rule("<+0545>-5:45").offset_at(instant("2500-07-01T00:00Z")) == 5h + 45min);
        CHECK(rule("<-0930>9:30").offset_at(instant("2500-07-01T00:00Z")) == -(9h + 30min));
        CHECK(rule("UTC0").offset_at(Instant{}) == 0s);
        CHECK(rule("LMT-0:53:28").offset_at(Instant{}) == 53min + 28s);
    }

    TEST_CASE("New York changes on the second Sunday in March and the first in November") {
        const auto new_york = rule("EST5EDT,M3.2.0,M11.1.0");
        CHECK(first_at(new_york, -4h, instant("2050-02-01T00:00Z")) == instant("2050-03-13T07:00Z"));
        CHECK(first_at(new_york, -5h, instant("2050-08-01T00:00Z")) == instant("2050-11-06T06:00Z"));
    }

    TEST_CASE("the last Sunday, whatever its number, and changes at other hours") {
        const auto berlin = rule("CET-1CEST,M3.5.0,M10.5.0/3");
        CHECK(first_at(berlin, 2h, instant("2050-02-01T00:00Z")) == instant("2050-03-27T01:00Z"));
        CHECK(first_at(berlin, 1h, instant("2050-08-01T00:00Z")) == instant("2050-10-30T01:00Z"));
    }

    TEST_CASE("in the south daylight time spans the new year") {
        const auto sydney = rule("AEST-10AEDT,M10.1.0,M4.1.0/3");
        CHECK(sydney.offset_at(instant("2050-01-01T00:00Z")) == 11h);
        CHECK(first_at(sydney, 10h, instant("2050-01-01T00:00Z")) == instant("2050-04-02T16:00Z"));
        CHECK(first_at(sydney, 11h, instant("2050-07-01T00:00Z")) == instant("2050-10-01T16:00Z"));
    }

    TEST_CASE("in Ireland summer is standard and winter an hour less") {
        const auto dublin = rule("IST-1GMT0,M10.5.0,M3.5.0/1");
        CHECK(dublin.offset_at(instant("2050-07-01T00:00Z")) == 1h);
        CHECK(dublin.offset_at(instant("2050-01-01T00:00Z")) == 0h);
        CHECK(dublin.look_up(instant("2050-03-27T01:30Z")).kind == ZoneAnswer::Kind::gap);
        CHECK(dublin.look_up(instant("2050-10-30T01:30Z")).kind == ZoneAnswer::Kind::overlap);
    }

    TEST_CASE("a change may be written beyond its day") {
        const auto nuuk = rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");  // 23:00 on the Saturday before
        CHECK(first_at(nuuk, -1h, instant("2050-02-01T00:00Z")) == instant("2050-03-27T01:00Z"));
        const auto gaza = rule("EET-2EEST,M3.4.4/50,M10.4.4/50");  // 02:00 on the Saturday after
        CHECK(first_at(gaza, 3h, instant("2050-02-01T00:00Z")) == instant("2050-03-26T00:00Z"));
        const auto new_year = rule("AAA0BBB,J365/25,J60");  // 01:00 on 1 January
        CHECK(first_at(new_year, 1h, instant("2050-12-01T00:00Z")) == instant("2051-01-01T01:00Z"));
        CHECK(new_year.offset_at(instant("2051-01-01T00:59:59Z")) == 0h);
    }

    TEST_CASE("days are numbered with and without the leap day") {
        const auto without = rule("AAA0BBB,J60/0,J300");
        CHECK(first_at(without, 1h, instant("2051-01-01T00:00Z")) == instant("2051-03-01T00:00Z"));
        CHECK(first_at(without, 1h, instant("2052-01-01T00:00Z")) == instant("2052-03-01T00:00Z"));
        const auto with = rule("AAA0BBB,59/0,300");
        CHECK(first_at(with, 1h, instant("2051-01-01T00:00Z")) == instant("2051-03-01T00:00Z"));
        CHECK(first_at(with, 1h, instant("2052-01-01T00:00Z")) == instant("2052-02-29T00:00Z"));
    }

    TEST_CASE("daylight time may last all year") {
        const auto permanent = rule("XXX3EDT4,0/0,J365/23");
        for (Instant at = instant("2049-12-25T00:00Z"); at < instant("2052-01-10T00:00Z"); at += 30min)
            REQUIRE(permanent.offset_at(at) == -4h);
        CHECK(permanent.look_up(instant("2050-01-01T00:00Z")).kind == ZoneAnswer::Kind::unique);
    }

    TEST_CASE("every instant shows a time that means it") {
        for (const char* text :
             {"EST5EDT,M3.2.0,M11.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
              "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "XXX3EDT4,0/0,J365/23", "KST-9"}) {
            CAPTURE(std::string(text));
            const auto read = rule(text);
            for (Instant at = instant("2099-12-25T00:00Z"); at < instant("2101-01-05T00:00Z"); at += 15min) {
                const auto answer = read.look_up(at + read.offset_at(at));
                REQUIRE(answer.kind != ZoneAnswer::Kind::gap);
                REQUIRE((answer.first == at || answer.second == at));
                REQUIRE(answer.first <= answer.second);
            }
        }
    }

    TEST_CASE("a line that says something else is not a rule") {
        for (const char* text : {"",
                                 "EST",
                                 "5",
                                 "ES5",
                                 "<EST5",
                                 "<>5",
                                 "E$T5",
                                 "EST5EDT",
                                 "EST5EDT,M3.2.0",
                                 "EST5EDT,M3.2.0,M11.1.0,",
                                 "EST5EDT,M3.2.0,M11.1.0 ",
                                 "EST5EDT,M13.2.0,M11.1.0",
                                 "EST5EDT,M3.0.0,M11.1.0",
                                 "EST5EDT,M3.6.0,M11.1.0",
                                 "EST5EDT,M3.2.7,M11.1.0",
                                 "EST5EDT,M3.2,M11.1.0",
                                 "EST5EDT,J0,J365",
                                 "EST5EDT,J1,J366",
                                 "EST5EDT,1,366",
                                 "EST5EDT,M3.2.0/168,M11.1.0",
                                 "EST5EDT,M3.2.0/2:60,M11.1.0",
                                 "EST99999999999999999999",
                                 "EST5:",
                                 "EST5EDT;M3.2.0;M11.1.0"}) {
            CAPTURE(std::string(text));
            CHECK_FALSE(YearlyRule::parse(text).has_value());
        }
    }
}
