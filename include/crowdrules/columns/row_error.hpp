// SPDX-License-Identifier: BSL-1.0
// Row error: which row of which column cannot be computed with, and what would be accepted.
//
//   {.column = "rewards", .row = 1, .what = "there is no reward 9", .accepted = "0 for none, or 1 to 3"}
#pragma once

#include <crowdrules/core/result.hpp>

#include <cstddef>
#include <string>

namespace crowdrules {

/// Rows count from 0. What was answered for the rows before it is unspecified.
struct RowError {
    std::string column{};  ///< the name of its span: "amounts"
    std::size_t row = 0;
    std::string what{};
    std::string accepted{};

    bool operator==(const RowError&) const = default;
};

/// "rewards, row 1: there is no reward 9; accepted: 0 for none, or 1 to 3".
[[nodiscard]] std::string to_text(const RowError& error);

}  // namespace crowdrules
