// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/instant.hpp>
#include <crowdrules/time/window.hpp>

#include <fmt/format.h>

#include "wall_clock.hpp"
#include <array>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;

const std::string date_expected = "a date such as 2012-05-19";
const std::string instant_expected = "a UTC instant such as 2012-05-19T03:00:00Z, or one with an offset such as -04:00";
const std::string elapsed_expected = "a whole number of weeks, days, hours, minutes or seconds such as 14 days";

constexpr Elapsed longest_elapsed = days{3'652'425};  // 10,000 years: added to any readable instant it stays in range

/// Takes "Z", "+09:00" or "-04:00": how far the wall clock is ahead of UTC.
Result<Elapsed> take_offset(TextCursor& cursor) {
    if (cursor.take("Z")) return Elapsed{0};
    const auto start = cursor.column();
    const bool behind = cursor.take("-");
    if (!behind && !cursor.take("+")) return failure(cursor.error("no offset from UTC", instant_expected));
    const auto hour = cursor.take_number(2);
    const bool colon = hour && cursor.take(":");
    const auto minute = colon ? cursor.take_number(2) : std::nullopt;
    if (!minute) return failure(cursor.error("an offset from UTC is written +hh:mm or -hh:mm", instant_expected));
    if (*hour > 23 || *minute > 59)
        return failure(cursor.error("an offset from UTC is at most 23:59", instant_expected, start));
    const Elapsed ahead = hours{*hour} + minutes{*minute};
    return behind ? -ahead : ahead;
}

struct Unit {
    std::string_view one, many;
    Elapsed length;
};
constexpr std::array<Unit, 5> units{{{"week", "weeks", days{7}},
                                     {"day", "days", days{1}},
                                     {"hour", "hours", hours{1}},
                                     {"minute", "minutes", minutes{1}},
                                     {"second", "seconds", Elapsed{1}}}};

const Unit* unit_named(std::string_view name) {
    for (const Unit& unit : units)
        if (name == unit.one || name == unit.many) return &unit;
    return nullptr;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    TextCursor cursor(text);
    const auto date = take_date(cursor, instant_expected);
    if (!date) return failure(date.error());
    if (!cursor.take("T")) return failure(cursor.error("no time of day after the date", instant_expected));
    const auto time = take_time(cursor, EndOfDay::refused, instant_expected);
    if (!time) return failure(time.error());
    const auto ahead = take_offset(cursor);
    if (!ahead) return failure(ahead.error());
    if (!cursor.at_end()) return failure(cursor.error("more text after the instant", instant_expected));

    // An offset may carry the first or last hours over the edge: what is written back must be readable again.
    const Instant at = sys_days{*date} + *time - *ahead;
    const int year{Date{floor<days>(at)}.year()};
    if (year < first_year || year > last_year)
        return failure(cursor.error(fmt::format("in UTC the year is not within {} to {}", first_year, last_year),
                                    instant_expected, 1));
    return at;
}

Result<Date> parse_date(std::string_view text) {
    TextCursor cursor(text);
    auto date = take_date(cursor, date_expected);
    if (date && !cursor.at_end()) return failure(cursor.error("more text after the date", date_expected));
    return date;
}

Result<Elapsed> parse_elapsed(std::string_view text) {
    TextCursor cursor(text);
    if (cursor.rest().starts_with('-')) return failure(cursor.error("a span is never negative", elapsed_expected));
    const auto start = cursor.column();
    const auto count = cursor.take_count(longest_elapsed.count());
    const bool is_too_long = !count && !text.empty() && text.front() >= '0' && text.front() <= '9';
    if (!count && !is_too_long) return failure(cursor.error("not a span of time", elapsed_expected));
    const Unit* unit = nullptr;
    if (count) {
        if (!cursor.take(" ")) return failure(cursor.error("no unit after the number", elapsed_expected));
        unit = unit_named(cursor.rest());
        if (unit == nullptr) return failure(cursor.error("not a unit of elapsed time", elapsed_expected));
    }
    if (is_too_long || *count > longest_elapsed / unit->length)
        return failure(cursor.error("longer than 10,000 years", elapsed_expected, start));
    return *count * unit->length;
}

std::string to_text(Instant at) {
    if (at == never) return "never";
    constexpr Instant first = sys_days{std::chrono::year{0} / 1 / 1};
    constexpr Instant past = sys_days{std::chrono::year{10'000} / 1 / 1};
    if (at < first || at >= past) return fmt::format("@{}", at.time_since_epoch().count());
    const auto day = floor<days>(at);
    return fmt::format("{}T{}Z", to_text(Date{day}), time_text(at - day));
}

std::string to_text(const Date& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string to_text(Elapsed span) {
    if (span == Elapsed::zero()) return "0 seconds";
    for (const Unit& unit : units) {
        if (unit.length > days{1} || span % unit.length != Elapsed::zero()) continue;
        const auto count = span / unit.length;
        return fmt::format("{} {}", count, count == 1 ? unit.one : unit.many);
    }
    return {};  // unreachable: every span is a whole number of seconds
}

Instant instant(std::string_view text) {
    const auto at = parse_instant(text);
    if (!at) throw ContractViolation(to_text(at.error()));
    return *at;
}

Date date(std::string_view text) {
    const auto day = parse_date(text);
    if (!day) throw ContractViolation(to_text(day.error()));
    return *day;
}

}  // namespace crowdrules
