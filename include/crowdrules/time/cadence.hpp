// SPDX-License-Identifier: BSL-1.0
// Cadence: something that comes again: every 48 hours, every 7 days, every month.
//
//   occurrence({every 7 days}, from 2024-01-18T02:44Z, 2)    2024-02-01T02:44Z
//   occurrence({1 month, clamp}, from 2024-01-31, 1)         2024-02-29; the next is 2024-03-31: counted from the start
//
// Spans count elapsed time. Months count on the calendar in UTC, and the day that a short month lacks is a named
// choice.
#pragma once

#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crowdrules {

/// What "one month after 31 January" means.
enum class MonthEnd : std::uint8_t {
    clamp,     ///< the last day of the month: 29 February
    overflow,  ///< run over into the next month: 2 March
};

/// Either an elapsed span or a number of months; exactly one of the two is positive.
struct Cadence {
    Elapsed every{};
    int months = 0;
    MonthEnd month_end = MonthEnd::clamp;

    /// Whether anything comes again: false for a cadence that was never set.
    [[nodiscard]] constexpr bool repeats() const noexcept { return every > Elapsed::zero() || months > 0; }
    bool operator==(const Cadence&) const = default;
};

/// The n-th repetition after `start`: n = 0 is `start` itself. Always counted from `start`, so that clamping does not
/// accumulate. Expects: n >= 0; a valid cadence. Throws Overflow outside the years 0 to 9999.
[[nodiscard]] Instant occurrence(const Cadence& cadence, Instant start, std::int64_t n);

/// The first n for which occurrence(cadence, start, n) >= at; 0 when at <= start. Throws Overflow when there is none
/// up to the year 9999. Cost: O(1).
[[nodiscard]] std::int64_t occurrences_before(const Cadence& cadence, Instant start, Instant at);

/// Reads any positive span ("7 days", "48 hours") and any positive number of months ("1 month", "3 months, overflow";
/// months clamp unless they say overflow). Refuses anything else.
[[nodiscard]] Result<Cadence> parse_cadence(std::string_view text);
/// parse_cadence gives it back.
[[nodiscard]] std::string to_text(const Cadence& cadence);

}  // namespace crowdrules
