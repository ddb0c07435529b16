// SPDX-License-Identifier: BSL-1.0
// Fee text: a fee schedule as people write it on one line.
//
//   3% + 0.20                            one rate and a fixed part
//   3% + 0.20; below 10.00: 5% + 0.05    another for small amounts
//   0.25                                 a fixed part alone
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/fees/fee_schedule.hpp>

#include <string_view>

namespace crowdrules {

/// Reads such a line; amounts are in `currency`, and `rounding` is how the fee is rounded.
/// Refuses, with the column: rates that are none or outside 0% to 100%; amounts that are none or negative; anything but
/// one part without 'below'; two parts below the same amount.
[[nodiscard]] Result<FeeSchedule> parse_fee(std::string_view text, Currency currency, Rounding rounding);

}  // namespace crowdrules
