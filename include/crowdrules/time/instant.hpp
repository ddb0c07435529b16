// SPDX-License-Identifier: BSL-1.0
// Instant: a point on the time line, in whole seconds, the same everywhere in the world.
//
//   instant("2012-05-19T03:00:00Z")       parse_instant("2012-05-18T23:00:00-04:00") is the same instant
//
// crowdrules never asks a clock: whoever sends a command says when it happened. Instants and spans are those of
// std::chrono, so that `closes - 24h`, `on + days{7}` and comparisons are what every C++ reader knows.
#pragma once

#include <crowdrules/core/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace crowdrules {

using Instant = std::chrono::sys_seconds;  ///< seconds since 1970-01-01T00:00:00Z, without leap seconds
using Elapsed = std::chrono::seconds;      ///< a length of time: 48h is 48 elapsed hours, whatever the clocks do
using Date = std::chrono::year_month_day;  ///< a date on a calendar, without time or zone

/// Reads "2012-05-19T03:00:00Z", "2012-05-19T03:00Z" or the same with an offset such as -04:00.
/// Refuses: a missing offset (local times are resolved by time/deadline.hpp), impossible dates and times, years
/// outside 1900 to 9999.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);
/// Reads "2012-05-19". Refuses other shapes, impossible dates, years outside 1900 to 9999.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
/// Reads "14 days", "48 hours", "90 minutes", "30 seconds", "2 weeks". Refuses anything else, negatives, and spans
/// beyond 10,000 years.
[[nodiscard]] Result<Elapsed> parse_elapsed(std::string_view text);

/// "2012-05-19T03:00:00Z"; parse_instant gives it back. The end of a window without end is "never"; instants outside
/// the years 0 to 9999 are their seconds since 1970: "@-99999999999".
[[nodiscard]] std::string to_text(Instant at);
/// "2012-05-19".
[[nodiscard]] std::string to_text(const Date& date);
/// "14 days", "36 hours", "90 minutes", "61 seconds": the largest unit up to days that is exact; parse_elapsed
/// gives it back.
[[nodiscard]] std::string to_text(Elapsed span);

/// Literals for programs and tests. Throw ContractViolation on bad text.
[[nodiscard]] Instant instant(std::string_view text);
/// The second that a clock shows, rounded down: instant(std::chrono::system_clock::now()). A clock that counts finer is
/// no Instant by itself, since something would be lost.
template <class Duration>
[[nodiscard]] constexpr Instant instant(std::chrono::sys_time<Duration> reading) {
    return std::chrono::floor<std::chrono::seconds>(reading);
}
[[nodiscard]] Date date(std::string_view text);

}  // namespace crowdrules
