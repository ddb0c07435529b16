// SPDX-License-Identifier: BSL-1.0
// Number: counts and amounts in words, for people.
//
//   counted(1, "vote")          "1 vote"
//   grouped(68929, "backer")    "68,929 backers"
//   number_text(-3'50, 2)       "−3.50"
#pragma once

#include <crowdrules/money/decimal.hpp>
#include <crowdrules/money/money.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// "vote" for one, "votes" for any other count. Expects: a noun whose plural adds an s.
[[nodiscard]] std::string plural(std::uint64_t count, std::string_view noun);
/// "1 vote", "68929 backers".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun);

/// "68,929".
[[nodiscard]] std::string grouped(std::uint64_t count);
/// "1 vote", "68,929 backers".
[[nodiscard]] std::string grouped(std::uint64_t count, std::string_view noun);

/// "10,266,845.00", "−3": grouped, with a true minus sign.
[[nodiscard]] std::string number_text(Int128 value, unsigned decimals);
/// "10,266,845.00", "-3.00": an amount as to_grouped_text has it, without its currency.
[[nodiscard]] std::string amount_text(Money amount);

}  // namespace crowdrules::detail
