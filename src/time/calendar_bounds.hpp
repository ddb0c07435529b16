// SPDX-License-Identifier: BSL-1.0
// Calendar bounds: the years in which campaigns happen, so that no sum of an instant and a span leaves 64 bits.
//
// What comes as text lies in them already; see parse_instant and parse_elapsed.
#pragma once

#include <crowdrules/time/cadence.hpp>

namespace crowdrules {

inline constexpr Instant earliest_instant{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}};
inline constexpr Instant latest_instant{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} +
                                        std::chrono::days{1} - Elapsed{1}};
inline constexpr Elapsed longest_span = std::chrono::days{3'652'425};  ///< 10,000 years

/// The longest time from one instant of a cadence to the next.
[[nodiscard]] constexpr Elapsed length_of(const Cadence& cadence) noexcept {
    return cadence.every + cadence.months * Elapsed{std::chrono::days{31}};
}

}  // namespace crowdrules
