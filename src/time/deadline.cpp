// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/time/deadline.hpp>

#include <fmt/format.h>

#include "wall_clock.hpp"

namespace crowdrules {
namespace {

const std::string local_expected = "a local time such as 2012-05-18 23:00 America/Los_Angeles";

TextError refusal(const LocalTime& local, std::string what, std::string expected) {
    return {{}, std::move(what), to_text(local), std::move(expected)};
}

}  // namespace

Result<Instant> resolve(const LocalTime& local, ClockChange change, const ZoneDatabase& zones) {
    if (!local.date.ok()) return failure(refusal(local, "there is no such date", local_expected));
    if (local.time_of_day < Elapsed::zero() || local.time_of_day > std::chrono::hours{24})
        return failure(refusal(local, "the time of day is not within 00:00 to 24:00", local_expected));

    const auto answer = zones.look_up(local);
    if (!answer) return failure(answer.error());
    switch (answer->kind) {
        case ZoneAnswer::Kind::unique:
            return answer->first;
        case ZoneAnswer::Kind::gap:
            if (change.gap == Gap::later) return answer->first;
            if (change.gap == Gap::earlier) return answer->second;
            return failure(refusal(local, "the clocks skip this time",
                                   fmt::format("a time that exists, or a named reading: later ({}) or earlier ({})",
                                               to_text(answer->first), to_text(answer->second))));
        case ZoneAnswer::Kind::overlap:
            if (change.overlap == Overlap::first) return answer->first;
            if (change.overlap == Overlap::second) return answer->second;
            return failure(
                refusal(local, "the clocks show this time twice",
                        fmt::format("a time that happens once, or a named reading: first ({}) or second ({})",
                                    to_text(answer->first), to_text(answer->second))));
    }
    return failure(refusal(local, "the zone database gave no answer", local_expected));
}

Result<LocalTime> parse_local_time(std::string_view text) {
    TextCursor cursor(text);
    const auto date = take_date(cursor, local_expected);
    if (!date) return failure(date.error());
    if (!cursor.take(" ")) return failure(cursor.error("no time of day after the date", local_expected));
    const auto time = take_time(cursor, EndOfDay::accepted, local_expected);
    if (!time) return failure(time.error());
    if (!cursor.take(" ") || cursor.at_end()) return failure(cursor.error("no zone after the time", local_expected));
    const auto end_of_name =
        cursor.rest().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
    if (end_of_name != std::string_view::npos)
        return failure(
            cursor.error("no name of a zone has this character", local_expected, cursor.column() + end_of_name));
    return LocalTime{*date, *time, std::string(cursor.rest())};
}

std::string to_text(const LocalTime& local) {
    const auto time = local.time_of_day;
    // Whoever built an impossible time gets to see it, not what it would wrap to.
    const bool is_time = time >= Elapsed::zero() && time <= std::chrono::hours{24};
    return fmt::format("{} {} {}", to_text(local.date), is_time ? time_text(time) : fmt::format("{}s", time.count()),
                       local.zone);
}

}  // namespace crowdrules
