// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/cadence.hpp>

#include <fmt/format.h>

#include "text_cursor.hpp"
#include <algorithm>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;

constexpr Instant first_instant = sys_days{std::chrono::year{0} / 1 / 1};
constexpr Instant last_instant = sys_days{std::chrono::year{10'000} / 1 / 1} - Elapsed{1};
constexpr std::int64_t most_months = 12 * 10'000;

const std::string cadence_expected =
    "a span such as 7 days or 48 hours, or a number of months such as 1 month or 3 months, overflow";

void expect_valid(const Cadence& cadence, Instant start) {
    const bool is_span = cadence.every > Elapsed::zero() && cadence.months == 0;
    const bool is_months = cadence.every == Elapsed::zero() && cadence.months > 0;
    expects(is_span || is_months, "a cadence is either a positive span or a positive number of months");
    if (start < first_instant || start > last_instant)
        throw Overflow(fmt::format("a cadence starts within the years 0 to 9999, not at {}", to_text(start)));
}

[[noreturn]] void throw_past_the_end(const Cadence& cadence, Instant start) {
    throw Overflow(fmt::format("{} from {} runs past the year 9999", to_text(cadence), to_text(start)));
}

std::int64_t months_since_year_0(const Date& date) {
    return std::int64_t{12} * static_cast<int>(date.year()) + static_cast<unsigned>(date.month()) - 1;
}

/// The day of `start`, `months` later, by the calendar. Expects: the month lies within the years 0 to 9999.
sys_days months_after(const Date& start, std::int64_t months, MonthEnd month_end) {
    const std::int64_t month_index = months_since_year_0(start) + months;
    const std::chrono::year_month month{std::chrono::year{static_cast<int>(month_index / 12)},
                                        std::chrono::month{static_cast<unsigned>(month_index % 12) + 1}};
    const Date same_day = month / start.day();
    if (same_day.ok()) return same_day;
    if (month_end == MonthEnd::clamp) return month / std::chrono::last;
    return sys_days{month / 1} + (start.day() - std::chrono::day{1});
}

}  // namespace

Instant occurrence(const Cadence& cadence, Instant start, std::int64_t n) {
    expect_valid(cadence, start);
    expects(n >= 0, "a cadence is counted forward from its start");
    if (cadence.months == 0) {
        if (n > (last_instant - start) / cadence.every) throw_past_the_end(cadence, start);
        return start + n * cadence.every;
    }
    const auto day = floor<days>(start);
    if (n > (most_months - 1 - months_since_year_0(Date{day})) / cadence.months) throw_past_the_end(cadence, start);
    const Instant at = months_after(Date{day}, n * cadence.months, cadence.month_end) + (start - day);
    if (at > last_instant) throw_past_the_end(cadence, start);  // 31 December never runs over, but be told if it does
    return at;
}

std::int64_t occurrences_before(const Cadence& cadence, Instant start, Instant at) {
    expect_valid(cadence, start);
    if (at <= start) return 0;
    if (at > last_instant) throw_past_the_end(cadence, start);
    if (cadence.months == 0) {
        const std::int64_t whole = (at - start) / cadence.every;
        const std::int64_t n = (at - start) % cadence.every == Elapsed::zero() ? whole : whole + 1;
        static_cast<void>(occurrence(cadence, start, n));  // throws when the next one is past the year 9999
        return n;
    }
    // Months differ in length, so count them on the calendar; running over can shift an occurrence by one month at
    // most.
    const std::int64_t apart =
        months_since_year_0(Date{floor<days>(at)}) - months_since_year_0(Date{floor<days>(start)});
    std::int64_t n = std::max<std::int64_t>(0, apart / cadence.months - 1);
    while (occurrence(cadence, start, n) < at) ++n;
    return n;
}

Result<Cadence> parse_cadence(std::string_view text) {
    TextCursor cursor(text);
    const auto months = cursor.take_count(most_months);
    if (!months || !(cursor.take(" months") || cursor.take(" month"))) {
        auto span = parse_elapsed(text);
        if (!span) return failure(cursor.error(span.error().what, cadence_expected, span.error().where.column));
        if (*span == Elapsed::zero()) return failure(cursor.error("never comes again", cadence_expected, 1));
        return Cadence{.every = *span};
    }
    if (*months == 0) return failure(cursor.error("never comes again", cadence_expected, 1));
    Cadence cadence{.months = static_cast<int>(*months)};
    if (cursor.take(", overflow")) cadence.month_end = MonthEnd::overflow;
    if (!cursor.at_end()) return failure(cursor.error("more text after the cadence", cadence_expected));
    return cadence;
}

std::string to_text(const Cadence& cadence) {
    if (cadence.months == 0) return to_text(cadence.every);
    return fmt::format("{} {}{}", cadence.months, cadence.months == 1 ? "month" : "months",
                       cadence.month_end == MonthEnd::overflow ? ", overflow" : "");
}

}  // namespace crowdrules
