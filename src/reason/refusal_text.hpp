// SPDX-License-Identifier: BSL-1.0
// Refusal text: a refused command on one line, the same for whatever can refuse.
//
//   reward_sold_out: 2 of 2 'Early bird' are taken; accepted: another reward, or none [rewards.quantity; agreed]
#pragma once

#include <crowdrules/core/citation.hpp>

#include <string>
#include <string_view>

namespace crowdrules::detail {

/// "code: what; accepted: accepted [rule; citation]"; what is empty is left out.
[[nodiscard]] std::string refusal_text(std::string_view code, std::string_view what, std::string_view accepted,
                                       std::string_view rule, const Citation& citation);

}  // namespace crowdrules::detail
