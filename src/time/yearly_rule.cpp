// SPDX-License-Identifier: BSL-1.0
#include "yearly_rule.hpp"

#include "text_cursor.hpp"
#include <algorithm>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;

/// Takes "EST" or "<+0530>".
bool take_abbreviation(TextCursor& cursor) {
    const bool quoted = cursor.take("<");
    std::size_t length = 0;
    for (const char c : cursor.rest()) {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool quotable = (c >= '0' && c <= '9') || c == '+' || c == '-';
        if (!letter && !(quoted && quotable)) break;
        ++length;
    }
    cursor.take(cursor.rest().substr(0, length));
    return length >= 3 && (!quoted || cursor.take(">"));
}

/// Takes "5", "-3:30" or "167:00:00".
std::optional<Elapsed> take_clock(TextCursor& cursor) {
    const bool negative = cursor.take("-");
    if (!negative) cursor.take("+");
    const auto hour = cursor.take_count(167);
    if (!hour) return std::nullopt;
    Elapsed clock = hours{*hour};
    if (cursor.take(":")) {
        const auto minute = cursor.take_count(59);
        if (!minute) return std::nullopt;
        clock += minutes{*minute};
        if (cursor.take(":")) {
            const auto second = cursor.take_count(59);
            if (!second) return std::nullopt;
            clock += Elapsed{*second};
        }
    }
    return negative ? -clock : clock;
}

std::optional<int> take_between(TextCursor& cursor, int least, int most) {
    const auto value = cursor.take_count(most);
    if (!value || *value < least) return std::nullopt;
    return static_cast<int>(*value);
}

/// Takes ",M3.2.0", ",J60/0" or ",59/-1".
std::optional<YearlyChange> take_change(TextCursor& cursor) {
    if (!cursor.take(",")) return std::nullopt;
    YearlyChange change;
    if (cursor.take("M")) {
        const auto month = take_between(cursor, 1, 12);
        const auto week = month && cursor.take(".") ? take_between(cursor, 1, 5) : std::nullopt;
        const auto day = week && cursor.take(".") ? take_between(cursor, 0, 6) : std::nullopt;
        if (!day) return std::nullopt;
        change.month = *month;
        change.week = *week;
        change.day = *day;
    } else {
        const bool without_leap = cursor.take("J");
        const auto day = without_leap ? take_between(cursor, 1, 365) : take_between(cursor, 0, 365);
        if (!day) return std::nullopt;
        change.kind = without_leap ? YearlyChange::Kind::day_without_leap : YearlyChange::Kind::day_of_year;
        change.day = *day;
    }
    if (cursor.take("/")) {
        const auto time = take_clock(cursor);
        if (!time) return std::nullopt;
        change.time = *time;
    }
    return change;
}

/// The time on the wall, as if it were UTC, at which `change` happens in the year `y`.
Instant wall_time(const YearlyChange& change, year y) {
    const sys_days new_year = y / 1 / 1;
    switch (change.kind) {
        case YearlyChange::Kind::weekday_of_month: {
            const auto month = y / std::chrono::month{static_cast<unsigned>(change.month)};
            const std::chrono::weekday day{static_cast<unsigned>(change.day)};
            if (change.week == 5) return sys_days{month / day[std::chrono::last]} + change.time;
            return sys_days{month / day[static_cast<unsigned>(change.week)]} + change.time;
        }
        case YearlyChange::Kind::day_without_leap:
            return new_year + days{change.day - 1 + (y.is_leap() && change.day >= 60 ? 1 : 0)} + change.time;
        case YearlyChange::Kind::day_of_year:
            break;
    }
    return new_year + days{change.day} + change.time;
}

}  // namespace

std::optional<YearlyRule> YearlyRule::parse(std::string_view text) {
    TextCursor cursor(text);
    YearlyRule rule;
    if (!take_abbreviation(cursor)) return std::nullopt;
    const auto behind = take_clock(cursor);  // POSIX counts hours west of Greenwich
    if (!behind) return std::nullopt;
    rule.standard = rule.daylight = -*behind;
    if (cursor.at_end()) return rule;

    rule.has_daylight = true;
    if (!take_abbreviation(cursor)) return std::nullopt;
    rule.daylight = rule.standard + hours{1};
    if (!cursor.rest().starts_with(',')) {
        const auto daylight_behind = take_clock(cursor);
        if (!daylight_behind) return std::nullopt;
        rule.daylight = -*daylight_behind;
    }
    const auto start = take_change(cursor);
    const auto end = start ? take_change(cursor) : std::nullopt;
    if (!end || !cursor.at_end()) return std::nullopt;
    rule.start = *start;
    rule.end = *end;
    return rule;
}

Elapsed YearlyRule::offset_at(Instant at) const {
    if (!has_daylight) return standard;
    // The last change up to `at` counts. A change may be written up to a week outside its year, so that the
    // neighbouring years have a say; at a tie the later in this order wins: daylight time that begins again as it ends
    // goes on.
    Instant latest = Instant::min();
    Elapsed offset = standard;
    const auto consider = [&](Instant change, Elapsed offset_after) {
        if (change > at || change < latest) return;
        latest = change;
        offset = offset_after;
    };
    const year this_year = Date{floor<days>(at)}.year();
    for (int shift = -2; shift <= 1; ++shift) {
        const year y = this_year + std::chrono::years{shift};
        consider(wall_time(end, y) - daylight, standard);
        consider(wall_time(start, y) - standard, daylight);
    }
    return offset;
}

ZoneAnswer YearlyRule::look_up(Instant wall) const {
    // Clocks that are further ahead show `wall` earlier.
    const Instant earlier = wall - std::max(standard, daylight);
    const Instant later = wall - std::min(standard, daylight);
    const bool earlier_is_shown = offset_at(earlier) == wall - earlier;
    const bool later_is_shown = offset_at(later) == wall - later;
    if (earlier == later || (earlier_is_shown && !later_is_shown)) return {ZoneAnswer::Kind::unique, earlier, earlier};
    if (later_is_shown && !earlier_is_shown) return {ZoneAnswer::Kind::unique, later, later};
    // In an overlap the clocks go from further ahead to less; in a gap the other way round.
    if (earlier_is_shown) return {ZoneAnswer::Kind::overlap, earlier, later};
    return {ZoneAnswer::Kind::gap, later, earlier};
}

}  // namespace crowdrules
