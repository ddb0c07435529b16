// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/instant.hpp>
#include <crowdrules/time/window.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <type_traits>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

static_assert(!std::is_convertible_v<std::int64_t, Instant> && !std::is_convertible_v<std::int64_t, Elapsed>);
static_assert(!std::is_convertible_v<Date, Instant>, "a date is not an instant until somebody names a zone");
static_assert(sizeof(Instant) == 8 && std::is_trivially_copyable_v<Instant>);

namespace {

std::string two_digits(int number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// A text that cannot be read, the column of the fault, and how the reason begins.
struct Refused {
    const char* text;
    std::size_t column;
    const char* reason;
};

template <class Parse>
void check_refused(Parse parse, const Refused& refused) {
    CAPTURE(std::string(refused.text));
    const auto result = parse(refused.text);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().where.line == 1);
    CHECK(result.error().where.column == refused.column);
    CHECK(result.error().where.source.empty());
    CHECK(result.error().found == refused.text);
    CHECK_FALSE(result.error().expected.empty());
    CHECK_MESSAGE(result.error().what.find(refused.reason) == 0, result.error().what);
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("the same instant is read from UTC and from any offset") {
        const Instant at = sys_days{std::chrono::year{2012} / 5 / 19} + 3h;
        CHECK(parse_instant("2012-05-19T03:00:00Z") == at);
        CHECK(parse_instant("2012-05-19T03:00Z") == at);
        CHECK(parse_instant("2012-05-18T23:00:00-04:00") == at);
        CHECK(parse_instant("2012-05-19T12:00+09:00") == at);
        CHECK(parse_instant("2012-05-19T08:45+05:45") == at);
        CHECK(parse_instant("2012-05-19T03:00+00:00") == at);
        CHECK(parse_instant("2012-05-20T02:59+23:59") == at);
        CHECK(instant("1970-01-01T00:00:00Z").time_since_epoch() == 0s);
        CHECK(instant("1969-12-31T23:59:59Z").time_since_epoch() == -1s);
        CHECK(instant("2000-02-29T00:00:00Z").time_since_epoch() == 951'782'400s);
    }

    TEST_CASE("an instant that cannot be read is refused with the place of the fault") {
        for (const Refused& refused : {
                 Refused{"", 1, "not a date"},
                 {"2012", 5, "not a date"},
                 {"12-05-19T03:00Z", 1, "not a date"},
                 {"2012/05/19T03:00Z", 5, "not a date"},
                 {"2012-5-19T03:00Z", 6, "not a date"},
                 {"+012-05-19T03:00Z", 1, "not a date"},
                 {"1899-12-31T23:59Z", 1, "the year is before 1900"},
                 {"2012-13-19T03:00Z", 6, "there is no such month"},
                 {"2012-00-19T03:00Z", 6, "there is no such month"},
                 {"2011-02-29T03:00Z", 9, "that month has no such day"},
                 {"1900-02-29T03:00Z", 9, "that month has no such day"},
                 {"2012-04-31T03:00Z", 9, "that month has no such day"},
                 {"2012-04-00T03:00Z", 9, "that month has no such day"},
                 {"2012-05-19", 11, "no time of day"},
                 {"2012-05-19 03:00Z", 11, "no time of day"},
                 {"2012-05-19t03:00Z", 11, "no time of day"},
                 {"2012-05-19T3:00Z", 12, "not a time of day"},
                 {"2012-05-19T03Z", 14, "not a time of day"},
                 {"2012-05-19T03:0Z", 15, "not a time of day"},
                 {"2012-05-19T03:00:Z", 18, "not a time of day"},
                 {"2012-05-19T24:00Z", 12, "hours go from 00 to 23"},
                 {"2012-05-19T03:60Z", 15, "minutes go from 00 to 59"},
                 {"2016-12-31T23:59:60Z", 18, "seconds go from 00 to 59"},
                 {"2012-05-19T03:00", 17, "no offset from UTC"},
                 {"2012-05-19T03:00:00", 20, "no offset from UTC"},
                 {"2012-05-19T03:00:00.5Z", 20, "no offset from UTC"},
                 {"2012-05-19T03:00z", 17, "no offset from UTC"},
                 {"2012-05-19T03:00 Z", 17, "no offset from UTC"},
                 {"2012-05-19T03:00-4", 18, "an offset from UTC is written"},
                 {"2012-05-19T03:00-0400", 20, "an offset from UTC is written"},
                 {"2012-05-19T03:00+24:00", 17, "an offset from UTC is at most 23:59"},
                 {"2012-05-19T03:00+09:60", 17, "an offset from UTC is at most 23:59"},
                 {"2012-05-19T03:00Z ", 18, "more text"},
                 {"2012-05-19T03:00Z[UTC]", 18, "more text"},
                 {"1900-01-01T00:00+00:01", 1, "in UTC the year"},
                 {"9999-12-31T23:59:59-00:01", 1, "in UTC the year"},
             })
            check_refused([](const char* text) { return parse_instant(text); }, refused);
    }

    TEST_CASE("an embedded zero byte ends no text") {
        CHECK_FALSE(parse_instant(std::string_view("2012-05-19T03:00Z\0", 18)).has_value());
        CHECK_FALSE(parse_date(std::string_view("2012-05-19\0", 11)).has_value());
    }

    TEST_CASE("every readable instant is written and read back the same") {
        const Instant first = instant("1900-01-01T00:00:00Z"), last = instant("9999-12-31T23:59:59Z");
        CHECK(to_text(first) == "1900-01-01T00:00:00Z");
        CHECK(to_text(last) == "9999-12-31T23:59:59Z");
        const auto range = static_cast<std::uint64_t>((last - first).count()) + 1;
        std::mt19937_64 random(1);
        for (int i = 0; i < 20'000; ++i) {
            const Instant at = first + Elapsed{static_cast<std::int64_t>(random() % range)};
            const std::string text = to_text(at);
            REQUIRE(parse_instant(text) == at);
            // Any wall clock and its offset name the same instant.
            const int ahead = static_cast<int>(random() % (2 * 1439 + 1)) - 1439;
            std::string shown = to_text(at + std::chrono::minutes{ahead});
            if (shown.front() == '@' || shown < to_text(first)) continue;  // carried out of the years that can be read
            shown.pop_back();
            shown += ahead < 0 ? '-' : '+';
            shown += two_digits(std::abs(ahead) / 60);
            shown += ':';
            shown += two_digits(std::abs(ahead) % 60);
            REQUIRE(parse_instant(shown) == at);
        }
    }

    TEST_CASE("any instant at all has a text") {
        CHECK(to_text(never) == "never");
        CHECK(to_text(Instant::min()) == "@-9223372036854775808");
        CHECK(to_text(never - 1s) == "@9223372036854775806");
        CHECK(to_text(sys_days{std::chrono::year{0} / 1 / 1} + 0s) == "0000-01-01T00:00:00Z");
        CHECK(to_text(sys_days{std::chrono::year{0} / 1 / 1} - 1s) == "@-62167219201");
        CHECK(to_text(instant("9999-12-31T23:59:59Z") + 1s) == "@253402300800");
    }

    TEST_CASE("a date is read, written and refused") {
        CHECK(parse_date("2012-05-19") == std::chrono::year{2012} / 5 / 19);
        CHECK(parse_date("2024-02-29").has_value());
        for (const Refused& refused : {
                 Refused{"", 1, "not a date"},
                 {"2012-05", 8, "not a date"},
                 {"19.05.2012", 1, "not a date"},
                 {"0012-05-19", 1, "the year is before 1900"},
                 {"2023-02-29", 9, "that month has no such day"},
                 {"2012-05-19 ", 11, "more text"},
                 {"2012-05-190", 11, "more text"},
             })
            check_refused([](const char* text) { return parse_date(text); }, refused);
        for (sys_days day = date("1999-12-25"); day < sys_days{date("2005-01-05")}; day += days{1})
            REQUIRE(parse_date(to_text(Date{day})) == Date{day});
        CHECK(to_text(std::chrono::year{2023} / 2 / 30) == "2023-02-30");
    }

    TEST_CASE("a span is a number and a unit") {
        CHECK(parse_elapsed("14 days") == 14 * 24h);
        CHECK(parse_elapsed("1 day") == 24h);
        CHECK(parse_elapsed("48 hours") == 48h);
        CHECK(parse_elapsed("90 minutes") == 90min);
        CHECK(parse_elapsed("30 seconds") == 30s);
        CHECK(parse_elapsed("2 weeks") == 14 * 24h);
        CHECK(parse_elapsed("0 days") == 0s);
        CHECK(parse_elapsed("3652425 days") == days{3'652'425});
        for (const Refused& refused : {
                 Refused{"", 1, "not a span"},
                 {"days", 1, "not a span"},
                 {" 1 day", 1, "not a span"},
                 {"+1 day", 1, "not a span"},
                 {"-1 day", 1, "a span is never negative"},
                 {"1", 2, "no unit"},
                 {"1day", 2, "no unit"},
                 {"1.5 days", 2, "no unit"},
                 {"1 ", 3, "not a unit"},
                 {"1  day", 3, "not a unit"},
                 {"1 month", 3, "not a unit"},
                 {"5 business days", 3, "not a unit"},
                 {"1 Day", 3, "not a unit"},
                 {"1 day ", 3, "not a unit"},
                 {"3652426 days", 1, "longer than 10,000 years"},
                 {"521776 weeks", 1, "longer than 10,000 years"},
                 {"99999999999999999999999 seconds", 1, "longer than 10,000 years"},
             })
            check_refused([](const char* text) { return parse_elapsed(text); }, refused);
    }

    TEST_CASE("a span is written in the largest unit that is exact") {
        CHECK(to_text(Elapsed{14 * 24h}) == "14 days");
        CHECK(to_text(Elapsed{24h}) == "1 day");
        CHECK(to_text(Elapsed{36h}) == "36 hours");
        CHECK(to_text(Elapsed{1h}) == "1 hour");
        CHECK(to_text(Elapsed{90min}) == "90 minutes");
        CHECK(to_text(Elapsed{1min}) == "1 minute");
        CHECK(to_text(61s) == "61 seconds");
        CHECK(to_text(0s) == "0 seconds");
        CHECK(to_text(Elapsed{-24h}) == "-1 days");
        CHECK(to_text(Elapsed::min()) == "-9223372036854775808 seconds");
        std::mt19937_64 random(2);
        for (const std::uint64_t scale : {1u, 60u, 3600u, 86'400u})
            for (int i = 0; i < 500; ++i) {
                const Elapsed span{static_cast<std::int64_t>(random() % 3'652'425 * scale)};
                REQUIRE(parse_elapsed(to_text(span)) == span);
            }
    }

    TEST_CASE("literals throw on text that cannot be read") {
        CHECK(date("2012-05-19") == std::chrono::year{2012} / 5 / 19);
        CHECK_THROWS_AS(static_cast<void>(instant("2012-05-19")), ContractViolation);
        CHECK_THROWS_AS(static_cast<void>(date("yesterday")), ContractViolation);
    }

    TEST_CASE("no text makes a reader fail other than by its error") {
        std::mt19937_64 random(3);
        const std::string alphabet = "0129-:TZ+. dayshourwekmint/A_,";
        const std::string start = "2012-05-19T03:00:00-04:00";
        for (int i = 0; i < 50'000; ++i) {
            std::string text = start.substr(0, random() % (start.size() + 1));
            for (auto edits = random() % 4; edits > 0; --edits)
                text.insert(random() % (text.size() + 1), 1, alphabet[random() % alphabet.size()]);
            const auto at = parse_instant(text);
            if (!at) {
                REQUIRE(at.error().where.column >= 1);
                REQUIRE(at.error().where.column <= text.size() + 1);
            } else {
                REQUIRE(parse_instant(to_text(*at)) == *at);
            }
        }
    }
}
