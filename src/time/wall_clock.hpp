// SPDX-License-Identifier: BSL-1.0
// Wall clock: the parts that the texts of dates and times share, read at a cursor.
#pragma once

#include <crowdrules/time/instant.hpp>

#include "text_cursor.hpp"

namespace crowdrules {

inline constexpr int first_year = 1900;  ///< years that people mean; 0012-05-19 is a slip of the pen
inline constexpr int last_year = 9999;

/// Takes "2012-05-19". `expected` describes the whole text for the error.
[[nodiscard]] Result<Date> take_date(TextCursor& cursor, const std::string& expected);

enum class EndOfDay { refused, accepted };
/// Takes "03:00" or "03:00:00", and "24:00" where the end of the day is accepted.
[[nodiscard]] Result<Elapsed> take_time(TextCursor& cursor, EndOfDay end_of_day, const std::string& expected);

/// "03:00:00".
[[nodiscard]] std::string time_text(Elapsed time_of_day);

}  // namespace crowdrules
