// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/cadence.hpp>
#include <crowdrules/time/window.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Cadence weekly{.every = days{7}};
const Cadence monthly{.months = 1};
const Cadence monthly_running_over{.months = 1, .month_end = MonthEnd::overflow};

Instant noon(const char* day) {
    return std::chrono::sys_days{date(day)} + 12h;
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("a span comes again after elapsed time") {
        const Instant start = instant("2024-01-18T02:44Z");
        CHECK(occurrence(weekly, start, 0) == start);
        CHECK(occurrence(weekly, start, 2) == instant("2024-02-01T02:44Z"));
        CHECK(occurrence({.every = 48h}, start, 3) == instant("2024-01-24T02:44Z"));
    }

    TEST_CASE("months are counted from the start, so that clamping does not accumulate") {
        const Instant start = noon("2024-01-31");
        const char* clamped[] = {"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"};
        const char* run_over[] = {"2024-01-31", "2024-03-02", "2024-03-31", "2024-05-01", "2024-05-31"};
        for (int n = 0; n < 5; ++n) {
            CHECK(occurrence(monthly, start, n) == noon(clamped[n]));
            CHECK(occurrence(monthly_running_over, start, n) == noon(run_over[n]));
        }
        CHECK(occurrence(monthly, start, 12) == noon("2025-01-31"));
        CHECK(occurrence(monthly, start, 13) == noon("2025-02-28"));
        CHECK(occurrence(monthly_running_over, start, 13) == noon("2025-03-03"));
        CHECK(occurrence({.months = 3}, noon("2024-11-30"), 1) == noon("2025-02-28"));
        CHECK(occurrence({.months = 12}, noon("2024-02-29"), 4) == noon("2028-02-29"));
    }

    TEST_CASE("repetitions before an instant are counted") {
        const Instant start = instant("2024-01-18T02:44Z");
        CHECK(occurrences_before(weekly, start, start - 1s) == 0);
        CHECK(occurrences_before(weekly, start, start) == 0);
        CHECK(occurrences_before(weekly, start, start + 1s) == 1);
        CHECK(occurrences_before(weekly, start, start + days{7}) == 1);
        CHECK(occurrences_before(weekly, start, start + days{7} + 1s) == 2);
        CHECK(occurrences_before(monthly, noon("2024-01-31"), noon("2024-02-29")) == 1);
        CHECK(occurrences_before(monthly, noon("2024-01-31"), noon("2024-02-29") + 1s) == 2);
        CHECK(occurrences_before(monthly_running_over, noon("2024-01-31"), noon("2024-03-01")) == 1);
        CHECK(occurrences_before(monthly_running_over, noon("2024-01-31"), noon("2024-03-03")) == 2);
    }

    TEST_CASE("counting and repeating are each other's inverse") {
        std::mt19937_64 random(5);
        for (int i = 0; i < 20'000; ++i) {
            const Instant start =
                instant("1990-01-01T00:00Z") + Elapsed{static_cast<std::int64_t>(random() % 2'000'000'000)};
            Cadence cadence;
            if (random() % 2 == 0) {
                cadence.every = Elapsed{static_cast<std::int64_t>(1 + random() % 5'000'000)};
            } else {
                cadence.months = static_cast<int>(1 + random() % 30);
                cadence.month_end = random() % 2 == 0 ? MonthEnd::clamp : MonthEnd::overflow;
            }
            const auto n = static_cast<std::int64_t>(random() % 1000);
            const Instant at = occurrence(cadence, start, n);
            REQUIRE(occurrences_before(cadence, start, at) == n);
            REQUIRE(occurrences_before(cadence, start, at + 1s) == n + 1);
            REQUIRE(occurrence(cadence, start, n + 1) > at);
        }
    }

    TEST_CASE("counting seconds over centuries takes no longer than counting years") {
        const Instant start = instant("1900-01-01T00:00:00Z");
        CHECK(occurrences_before({.every = 1s}, start, instant("9999-12-31T23:59:59Z")) == 255'611'289'599);
        CHECK(occurrences_before(monthly, start, instant("9999-12-01T00:00:00Z")) == 97'199);
    }

    TEST_CASE("nothing comes again past the year 9999") {
        const Instant start = instant("2024-01-31T00:00Z"), last = instant("9999-12-31T23:59:59Z");
        CHECK(occurrence({.every = last - start}, start, 1) == last);
        CHECK(occurrence(monthly, instant("9999-11-30T00:00Z"), 1) == instant("9999-12-30T00:00Z"));
        const auto most = std::numeric_limits<std::int64_t>::max();
        for (const std::int64_t n : {most, most / 2, std::int64_t{420'000}}) {
            CHECK_THROWS_AS(static_cast<void>(occurrence(weekly, start, n)), Overflow);
            CHECK_THROWS_AS(static_cast<void>(occurrence(monthly, start, n)), Overflow);
        }
        CHECK_THROWS_AS(static_cast<void>(occurrence(monthly, instant("9999-12-01T00:00Z"), 1)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrence({.every = Elapsed::max()}, start, 1)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrence({.months = std::numeric_limits<int>::max()}, start, 1)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrence(weekly, never, 0)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrence(weekly, Instant::min(), 0)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrences_before(weekly, start, never)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrences_before(monthly, start, last)), Overflow);
        CHECK_THROWS_AS(static_cast<void>(occurrences_before({.every = Elapsed::max()}, start, last)), Overflow);
    }

    TEST_CASE("a cadence is either a span or a number of months") {
        const Instant start = instant("2024-01-31T00:00Z");
        for (const Cadence& broken : {Cadence{}, Cadence{.every = -1s}, Cadence{.months = -1},
                                      Cadence{.every = 1s, .months = 1}, Cadence{.every = -1s, .months = 1}}) {
            CHECK_THROWS_AS(static_cast<void>(occurrence(broken, start, 0)), ContractViolation);
            CHECK_THROWS_AS(static_cast<void>(occurrences_before(broken, start, start)), ContractViolation);
        }
        CHECK_THROWS_AS(static_cast<void>(occurrence(weekly, start, -1)), ContractViolation);
    }

    TEST_CASE("a cadence is read, written and read again") {
        CHECK(parse_cadence("7 days") == weekly);
        CHECK(parse_cadence("1 week") == weekly);
        CHECK(parse_cadence("48 hours") == Cadence{.every = 48h});
        CHECK(parse_cadence("1 month") == monthly);
        CHECK(parse_cadence("3 months") == Cadence{.months = 3});
        CHECK(parse_cadence("1 month, overflow") == monthly_running_over);
        for (const char* text : {"7 days", "36 hours", "90 minutes", "1 month", "3 months", "18 months, overflow"}) {
            CAPTURE(std::string(text));
            CHECK(to_text(parse_cadence(text).value()) == text);
        }
    }

    TEST_CASE("a text that is no cadence is refused with the place of the fault") {
        struct Row {
            const char* text;
            std::size_t column;
            const char* what;
        };
        for (const Row& row : {Row{"", 1, "not a span of time"},
                               {"monthly", 1, "not a span of time"},
                               {"every 7 days", 1, "not a span of time"},
                               {"-1 month", 1, "a span is never negative"},
                               {"0 days", 1, "never comes again"},
                               {"0 months", 1, "never comes again"},
                               {"1 monthly", 8, "more text after the cadence"},
                               {"1 month, clamped", 8, "more text after the cadence"},
                               {"1 month ", 8, "more text after the cadence"},
                               {"1.5 months", 2, "no unit after the number"},
                               {"1 year", 3, "not a unit of elapsed time"},
                               {"99999999999999999999 months", 1, "longer than 10,000 years"},
                               {"120001 months", 8, "not a unit of elapsed time"}}) {
            CAPTURE(std::string(row.text));
            const auto cadence = parse_cadence(row.text);
            REQUIRE_FALSE(cadence.has_value());
            CHECK(cadence.error().where.column == row.column);
            CHECK(cadence.error().what == row.what);
            CHECK(cadence.error().found == row.text);
        }
    }
}
