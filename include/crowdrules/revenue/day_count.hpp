// SPDX-License-Identifier: BSL-1.0
// Day count: how much of a year lies between two dates, as an exact fraction.
//
//   2007-02-28 to 2007-08-31    thirty_360 183/360    thirty_e_360 182/360    actual_365 184/365
//
// The conventions are those of the 2006 ISDA Definitions, section 4.16: (b) Actual/Actual, (d) Actual/365 (Fixed),
// (e) Actual/360, (f) 30/360 or Bond Basis, (g) 30E/360 or Eurobond Basis.
#pragma once

#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <string_view>

namespace crowdrules::revenue {

enum class DayCount : std::uint8_t {
    actual_365,     ///< days / 365, leap years too
    actual_360,     ///< days / 360
    actual_actual,  ///< days of leap years / 366 + other days / 365
    thirty_360,     ///< months of 30 days; a 31st is a 30th, the later one only after a 30th or 31st (Bond Basis)
    thirty_e_360,   ///< months of 30 days; a 31st is a 30th (Eurobond Basis)
};

[[nodiscard]] std::string_view to_text(DayCount convention) noexcept;

/// `days` / `basis` of a year. The basis of a convention never varies: 133,590 = 365 x 366 for actual_actual.
struct YearFraction {
    std::int64_t days = 0;
    std::int64_t basis = 1;

    bool operator==(const YearFraction&) const = default;
};

/// From `from`, included, to `to`, excluded. Expects: valid dates; from <= to. Cost: O(years) for actual_actual.
[[nodiscard]] YearFraction year_fraction(DayCount convention, Date from, Date to);

}  // namespace crowdrules::revenue
