// SPDX-License-Identifier: BSL-1.0
// Date: days and times of day in words, for people; in UTC.
//
//   day_text(instant("2012-05-18T07:00:00Z"))       "18 May 2012"
//   moment_text(instant("2012-05-18T07:00:00Z"))    "18 May 2012, 07:00"
#pragma once

#include <crowdrules/time/instant.hpp>

#include <string>
#include <string_view>

namespace crowdrules::detail {

[[nodiscard]] Date date_of(Instant at);
/// "May".
[[nodiscard]] std::string_view month_text(std::chrono::month month);
/// "2012".
[[nodiscard]] std::string year_text(std::chrono::year year);
/// "18 May".
[[nodiscard]] std::string day_and_month(const Date& date);
/// "07:00".
[[nodiscard]] std::string time_of_day(Instant at);

/// "18 May 2012", and "18 May 2012, 07:00" with the time of day.
[[nodiscard]] std::string day_text(Instant at);
[[nodiscard]] std::string moment_text(Instant at);

}  // namespace crowdrules::detail
