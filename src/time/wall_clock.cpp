// SPDX-License-Identifier: BSL-1.0
#include "wall_clock.hpp"

#include <fmt/format.h>

namespace crowdrules {

using std::chrono::hours;
using std::chrono::minutes;

Result<Date> take_date(TextCursor& cursor, const std::string& expected) {
    const auto start = cursor.column();
    const auto year = cursor.take_number(4);
    if (!year || !cursor.take("-")) return failure(cursor.error("not a date", expected));
    const auto month = cursor.take_number(2);
    if (!month || !cursor.take("-")) return failure(cursor.error("not a date", expected));
    const auto day = cursor.take_number(2);
    if (!day) return failure(cursor.error("not a date", expected));

    if (*year < first_year)
        return failure(cursor.error(fmt::format("the year is before {}", first_year), expected, start));
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.month().ok()) return failure(cursor.error("there is no such month", expected, start + 5));
    if (!date.ok()) return failure(cursor.error("that month has no such day", expected, start + 8));
    return date;
}

Result<Elapsed> take_time(TextCursor& cursor, EndOfDay end_of_day, const std::string& expected) {
    const auto start = cursor.column();
    const auto hour = cursor.take_number(2);
    if (!hour || !cursor.take(":")) return failure(cursor.error("not a time of day", expected));
    const auto minute = cursor.take_number(2);
    if (!minute) return failure(cursor.error("not a time of day", expected));
    const bool has_seconds = cursor.take(":");
    const auto second = has_seconds ? cursor.take_number(2) : 0;
    if (!second) return failure(cursor.error("not a time of day", expected));

    const Elapsed time = hours{*hour} + minutes{*minute} + Elapsed{*second};
    if (*hour == 24 && time == hours{24} && end_of_day == EndOfDay::accepted) return time;
    if (*hour > 23) return failure(cursor.error("hours go from 00 to 23", expected, start));
    if (*minute > 59) return failure(cursor.error("minutes go from 00 to 59", expected, start + 3));
    if (*second > 59)
        return failure(cursor.error("seconds go from 00 to 59, leap seconds are not counted", expected, start + 6));
    return time;
}

std::string time_text(Elapsed time_of_day) {
    const std::chrono::hh_mm_ss clock{time_of_day};
    return fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace crowdrules
