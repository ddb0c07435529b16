// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/time/deadline.hpp>

#include <doctest/doctest.h>

#include "shared_vectors.hpp"
#include <random>
#include <string>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

LocalTime local(std::string_view text) {
    return parse_local_time(text).value();
}

/// A place two hours ahead of UTC where clocks change at noon: forward on 1 March 2024, back on 1 October.
class Noonland final : public ZoneDatabase {
  public:
    Result<ZoneAnswer> look_up(const LocalTime& wall) const override {
        if (wall.zone != "Made/Up") return failure(TextError{{}, "unknown time zone", wall.zone, "Made/Up"});
        const Instant shown = sys_days{wall.date} + wall.time_of_day;
        const Instant spring = instant("2024-03-01T12:00Z"), autumn = instant("2024-10-01T12:00Z");
        if (shown >= spring && shown < spring + 1h) return ZoneAnswer{ZoneAnswer::Kind::gap, shown - 2h, shown - 3h};
        if (shown >= autumn && shown < autumn + 1h)
            return ZoneAnswer{ZoneAnswer::Kind::overlap, shown - 3h, shown - 2h};
        const Instant at = shown - (shown >= spring + 1h && shown < autumn ? 3h : 2h);
        return ZoneAnswer{ZoneAnswer::Kind::unique, at, at};
    }
    Result<LocalTime> local_time(Instant, const std::string& zone) const override {
        return failure(TextError{{}, "unknown time zone", zone, ""});
    }
    std::string version() const override { return "made up"; }
};

/// Whether this machine has zone files at all; containers may lack them.
bool has_zones() {
    static const bool found = system_zones().look_up({date("2024-01-01"), 0s, "UTC"}).has_value();
    if (!found) MESSAGE("skipped: this system has no time zone database");
    return found;
}

Result<Instant> resolve_here(std::string_view text, ClockChange change = {}) {
    return resolve(local(text), change, system_zones());
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("a time that happens once needs no choice") {
        CHECK(resolve(local("2024-02-29 12:00 Made/Up"), {}, Noonland{}) == instant("2024-02-29T10:00Z"));
        CHECK(resolve(local("2024-07-01 12:00 Made/Up"), {}, Noonland{}) == instant("2024-07-01T09:00Z"));
    }

    TEST_CASE("the end of a day is the beginning of the next") {
        CHECK(resolve(local("2024-02-29 24:00 Made/Up"), {}, Noonland{}) ==
              resolve(local("2024-03-01 00:00 Made/Up"), {}, Noonland{}));
    }

    TEST_CASE("a skipped time is refused unless a reading is named") {
        const auto skipped = local("2024-03-01 12:30 Made/Up");
        const auto refused = resolve(skipped, {.overlap = Overlap::first}, Noonland{});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().what == "the clocks skip this time");
        CHECK(refused.error().found == "2024-03-01 12:30:00 Made/Up");
        CHECK(refused.error().expected ==
              "a time that exists, or a named reading: later (2024-03-01T10:30:00Z) or earlier (2024-03-01T09:30:00Z)");
        CHECK(resolve(skipped, {.gap = Gap::later}, Noonland{}) == instant("2024-03-01T10:30Z"));
        CHECK(resolve(skipped, {.gap = Gap::earlier}, Noonland{}) == instant("2024-03-01T09:30Z"));
    }

    TEST_CASE("a repeated time is refused unless a reading is named") {
        const auto repeated = local("2024-10-01 12:30 Made/Up");
        const auto refused = resolve(repeated, {.gap = Gap::later}, Noonland{});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().what == "the clocks show this time twice");
        CHECK(refused.error().expected ==
              "a time that happens once, or a named reading: first (2024-10-01T09:30:00Z) or second "
              "(2024-10-01T10:30:00Z)");
        CHECK(resolve(repeated, {.overlap = Overlap::first}, Noonland{}) == instant("2024-10-01T09:30Z"));
        CHECK(resolve(repeated, {.overlap = Overlap::second}, Noonland{}) == instant("2024-10-01T10:30Z"));
    }

    TEST_CASE("faults are refused in order: date, time of day, zone") {
        LocalTime wrong{std::chrono::year{2024} / 2 / 30, 25h, "No/Where"};
        CHECK(resolve(wrong, {}, Noonland{}).error().what == "there is no such date");
        CHECK(resolve(wrong, {}, Noonland{}).error().found == "2024-02-30 90000s No/Where");
        wrong.date = date("2024-03-01");
        CHECK(resolve(wrong, {}, Noonland{}).error().what == "the time of day is not within 00:00 to 24:00");
        wrong.time_of_day = -1s;
        CHECK(resolve(wrong, {}, Noonland{}).error().what == "the time of day is not within 00:00 to 24:00");
        wrong.time_of_day = 12h + 30min;
        CHECK(resolve(wrong, {}, Noonland{}).error().what == "unknown time zone");
        wrong.zone = "Made/Up";
        CHECK(resolve(wrong, {}, Noonland{}).error().what == "the clocks skip this time");
    }

    TEST_CASE("a local time is read, written and read again") {
        CHECK(local("2012-05-18 23:00 America/Los_Angeles") ==
              LocalTime{date("2012-05-18"), 23h, "America/Los_Angeles"});
        CHECK(local("2012-05-18 23:00:01 UTC").time_of_day == 23h + 1s);
        CHECK(local("2012-05-18 24:00 Etc/GMT+9").time_of_day == 24h);
        std::mt19937_64 random(7);
        for (int i = 0; i < 2000; ++i) {
            const LocalTime any{Date{sys_days{date("1900-01-01")} + days{static_cast<int>(random() % 2'958'000)}},
                                Elapsed{static_cast<std::int64_t>(random() % 86'401)},
                                "America/Argentina/Buenos_Aires"};
            REQUIRE(parse_local_time(to_text(any)) == any);
        }
    }

    TEST_CASE("a local time that cannot be read is refused with the place of the fault") {
        struct Row {
            const char* text;
            std::size_t column;
            const char* what;
        };
        for (const Row& row : {Row{"", 1, "not a date"},
                               {"2023-02-29 12:00 UTC", 9, "that month has no such day"},
                               {"2012-05-18", 11, "no time of day after the date"},
                               {"2012-05-18T23:00 UTC", 11, "no time of day after the date"},
                               {"2012-05-18 9:00 UTC", 12, "not a time of day"},
                               {"2012-05-18 24:01 UTC", 12, "hours go from 00 to 23"},
                               {"2012-05-18 24:00:01 UTC", 12, "hours go from 00 to 23"},
                               {"2012-05-18 25:00 UTC", 12, "hours go from 00 to 23"},
                               {"2012-05-18 23:60 UTC", 15, "minutes go from 00 to 59"},
                               {"2012-05-18 23:00", 17, "no zone after the time"},
                               {"2012-05-18 23:00 ", 18, "no zone after the time"},
                               {"2012-05-18 23:00Z", 17, "no zone after the time"},
                               {"2012-05-18 23:00 America/Los Angeles", 29, "no name of a zone has this character"},
                               {"2012-05-18 23:00 ../../etc/passwd", 18, "no name of a zone has this character"}}) {
            CAPTURE(std::string(row.text));
            const auto read = parse_local_time(row.text);
            REQUIRE_FALSE(read.has_value());
            CHECK(read.error().where.line == 1);
            CHECK(read.error().where.column == row.column);
            CHECK(read.error().found == row.text);
            CHECK_MESSAGE(read.error().what.find(row.what) == 0, read.error().what);
        }
    }

    TEST_CASE("the system knows the zones of the world") {
        if (!has_zones()) return;
        CHECK(resolve_here("2012-05-18 23:00 America/New_York") == instant("2012-05-19T03:00Z"));
        CHECK(resolve_here("2024-06-30 23:59 Asia/Seoul") == instant("2024-06-30T14:59Z"));
        CHECK(resolve_here("2024-06-30 24:00 Asia/Seoul") == instant("2024-06-30T15:00Z"));
        CHECK(resolve_here("2024-06-30 12:00 Asia/Kathmandu") == instant("2024-06-30T06:15Z"));
        CHECK(resolve_here("2024-06-30 12:00 UTC") == instant("2024-06-30T12:00Z"));
        CHECK(resolve_here("2024-03-10 02:30 America/New_York", {.gap = Gap::later}) == instant("2024-03-10T07:30Z"));
        CHECK(resolve_here("2024-03-10 02:30 America/New_York", {.gap = Gap::earlier}) == instant("2024-03-10T06:30Z"));
        CHECK(resolve_here("2024-11-03 01:30 America/New_York", {.overlap = Overlap::first}) ==
              instant("2024-11-03T05:30Z"));
        CHECK(resolve_here("2024-11-03 01:30 America/New_York", {.overlap = Overlap::second}) ==
              instant("2024-11-03T06:30Z"));
        CHECK_FALSE(resolve_here("2024-03-10 02:30 America/New_York").has_value());
        CHECK_FALSE(resolve_here("2024-11-03 01:30 America/New_York").has_value());
    }

    TEST_CASE("the system is right beyond 2037") {
        if (!has_zones()) return;
        // Summer is still summer: the files end in 2037, their last line goes on.
        CHECK(resolve_here("2037-07-15 12:00 America/New_York") == instant("2037-07-15T16:00Z"));
        CHECK(resolve_here("2038-07-15 12:00 America/New_York") == instant("2038-07-15T16:00Z"));
        CHECK(resolve_here("2050-07-15 12:00 America/New_York") == instant("2050-07-15T16:00Z"));
        CHECK(resolve_here("2050-01-15 12:00 America/New_York") == instant("2050-01-15T17:00Z"));
        CHECK(resolve_here("2050-07-15 12:00 Europe/Berlin") == instant("2050-07-15T10:00Z"));
        CHECK(resolve_here("2050-01-15 12:00 Australia/Sydney") == instant("2050-01-15T01:00Z"));
        CHECK(resolve_here("2050-07-15 12:00 Asia/Seoul") == instant("2050-07-15T03:00Z"));
        CHECK(resolve_here("9999-12-31 12:00 America/New_York") == instant("9999-12-31T17:00Z"));
        CHECK_FALSE(resolve_here("2050-03-13 02:30 America/New_York").has_value());
        CHECK(resolve_here("2050-03-13 02:30 America/New_York", {.gap = Gap::later}) == instant("2050-03-13T07:30Z"));
        CHECK(resolve_here("2050-11-06 01:30 America/New_York", {.overlap = Overlap::second}) ==
              instant("2050-11-06T06:30Z"));
        CHECK(to_text(system_zones().local_time(instant("2050-07-15T16:00Z"), "America/New_York").value()) ==
              "2050-07-15 12:00:00 America/New_York");
        CHECK(to_text(system_zones().local_time(instant("2050-01-15T17:00Z"), "America/New_York").value()) ==
              "2050-01-15 12:00:00 America/New_York");
    }

    TEST_CASE("what a place shows at an instant means that instant") {
        if (!has_zones()) return;
        std::mt19937_64 random(8);
        const Instant first = instant("1900-01-02T00:00Z"), last = instant("2200-01-01T00:00Z");
        const auto range = static_cast<std::uint64_t>((last - first).count());
        for (const char* zone :
             {"America/New_York", "Europe/Berlin", "Europe/Dublin", "Asia/Seoul", "Australia/Lord_Howe",
              "America/Los_Angeles", "Africa/Casablanca", "Pacific/Auckland", "UTC"})
            for (int i = 0; i < 300; ++i) {
                const Instant at = first + Elapsed{static_cast<std::int64_t>(random() % range)};
                const auto shown = system_zones().local_time(at, zone).value();
                CAPTURE(to_text(shown));
                const auto earlier = resolve(shown, {.overlap = Overlap::first}, system_zones());
                const auto later = resolve(shown, {.overlap = Overlap::second}, system_zones());
                REQUIRE((earlier == at || later == at));
            }
    }

    TEST_CASE("names that are not places are refused") {
        if (!has_zones()) return;
        for (const char* zone :
             {"", "/", ".", "..", "../../etc/passwd", "/etc/passwd", "/usr/share/zoneinfo/UTC", "America/../UTC",
              "America", "America/", "america/new_york", "America/Nowhere", "localtime", "EST5EDT", "tzdata.zi",
              "posix/UTC", "right/UTC", "UTC ", "Asia/Seoul\n"}) {
            CAPTURE(std::string(zone));
            const auto answer = system_zones().look_up({date("2024-06-30"), 12h, zone});
            REQUIRE_FALSE(answer.has_value());
            CHECK(answer.error().what == "unknown time zone");
            CHECK(answer.error().found == zone);
            CHECK_FALSE(system_zones().local_time(instant("2024-06-30T12:00Z"), zone).has_value());
        }
        CHECK_FALSE(system_zones().look_up({date("2024-06-30"), 12h, std::string("Asia/Seoul\0", 11)}).has_value());
    }

    TEST_CASE("the system refuses what it cannot know") {
        if (!has_zones()) return;
        CHECK_FALSE(system_zones().look_up({Date{}, 0s, "UTC"}).has_value());
        CHECK_FALSE(system_zones().look_up({std::chrono::year{2024} / 2 / 30, 0s, "UTC"}).has_value());
        CHECK_FALSE(system_zones().look_up({std::chrono::year{30'000} / 1 / 1, 0s, "UTC"}).has_value());
        CHECK_FALSE(system_zones().look_up({date("2024-06-30"), 25h, "UTC"}).has_value());
        CHECK_FALSE(system_zones().local_time(Instant::max(), "UTC").has_value());
        CHECK_FALSE(system_zones().local_time(Instant::min(), "UTC").has_value());
    }

    TEST_CASE("the version of the database is a year and a letter, or said to be unknown") {
        const std::string version = system_zones().version();
        CAPTURE(version);
        const bool looks_right =
            version.size() >= 5 && version.starts_with("20") && version[4] >= 'a' && version[4] <= 'z';
        CHECK((looks_right || version == "unknown"));
    }

    TEST_CASE("48 hours before a deadline are elapsed hours, whatever the clocks did") {
        const auto vectors = shared_vectors("timezone/deadlines.json");
        if (!vectors || !has_zones()) return;
        REQUIRE_FALSE(vectors->at("deadline_minus_48h").empty());
        for (const auto& row : vectors->at("deadline_minus_48h")) {
            CAPTURE(row.dump());
            const Instant deadline = instant(row.at("deadline").get<std::string>());
            CHECK(deadline - 48h == instant(row.at("elapsed_48h").get<std::string>()));
            // Two days earlier on the wall is another instant when a clock change lies between.
            auto wall = system_zones().local_time(deadline, row.at("zone").get<std::string>()).value();
            wall.date = Date{sys_days{wall.date} - days{2}};
            const Instant two_days = resolve(wall, {}, system_zones()).value();
            CHECK(two_days == instant(row.at("same_wall_clock_2_days").get<std::string>()));
            CHECK((two_days != deadline - 48h) == row.at("differs").get<bool>());
        }
    }

    TEST_CASE("gaps and overlaps resolve as RFC 5545 and PEP 495 have it") {
        const auto vectors = shared_vectors("timezone/deadlines.json");
        if (!vectors || !has_zones()) return;
        REQUIRE_FALSE(vectors->at("local_time_resolution").empty());
        const ClockChange before{Gap::later, Overlap::first}, after{Gap::earlier, Overlap::second};
        for (const auto& row : vectors->at("local_time_resolution")) {
            CAPTURE(row.dump());
            std::string text = row.at("local").get<std::string>() + " " + row.at("zone").get<std::string>();
            text[10] = ' ';
            CHECK(resolve_here(text).has_value() == (row.at("kind").get<std::string>() == "none"));
            if (row.contains("rfc5545_result"))
                CHECK(resolve_here(text, before) == instant(row.at("rfc5545_result").get<std::string>()));
            if (row.contains("earlier_offset_first"))
                CHECK(resolve_here(text, before) == instant(row.at("earlier_offset_first").get<std::string>()));
            if (row.contains("later_offset"))
                CHECK(resolve_here(text, after) == instant(row.at("later_offset").get<std::string>()));
        }
    }
}
