// SPDX-License-Identifier: BSL-1.0
// Yearly rule: what a zone does every year for ever, as the last line of its file says it (RFC 8536, POSIX TZ).
//
//   EST5EDT,M3.2.0,M11.1.0    five hours behind UTC; one hour less from the second Sunday in March at 02:00
//                             to the first Sunday in November at 02:00
#pragma once

#include <crowdrules/time/deadline.hpp>

#include <optional>
#include <string_view>

namespace crowdrules {

/// One day of every year and the time on the wall at which the clocks change.
struct YearlyChange {
    enum class Kind : std::uint8_t {
        weekday_of_month,  ///< M3.2.0: the second Sunday in March; week 5 is the last
        day_without_leap,  ///< J60: 1 March in every year
        day_of_year,       ///< 59: the sixtieth day, counting 29 February
    } kind = Kind::weekday_of_month;
    int month = 0, week = 0;
    int day = 0;                           ///< of the week (0 is Sunday) or of the year
    Elapsed time = std::chrono::hours{2};  ///< -167 to 167 hours
};

struct YearlyRule {
    Elapsed standard{};  ///< ahead of UTC
    Elapsed daylight{};  ///< ahead of UTC; equal to `standard` where clocks do not change
    bool has_daylight = false;
    YearlyChange start, end;  ///< of daylight time; without meaning unless has_daylight

    /// Reads the last line of a zone's file, or nothing when it says something else.
    [[nodiscard]] static std::optional<YearlyRule> parse(std::string_view text);

    /// How far the clocks are ahead of UTC at `at`.
    [[nodiscard]] Elapsed offset_at(Instant at) const;
    /// What `wall`, the time shown as if it were UTC, means.
    [[nodiscard]] ZoneAnswer look_up(Instant wall) const;
};

}  // namespace crowdrules
