// SPDX-License-Identifier: BSL-1.0
// Odds: what a number that is drawn may be: ranges of whole numbers, each with a weight.
//
//   {{0, 0, 1}, {1, 10, 3}}     nothing one time in four; otherwise 1 to 10, each as likely
//   {{68'929, 68'929}}          always 68,929
//
// A table of odds says any distribution of whole numbers exactly, without a function that every machine computes a
// little differently. Drawing from it is integer arithmetic.
#pragma once

#include <crowdrules/money/allocate.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

struct OddsLine {
    std::int64_t from = 0;  ///< included
    std::int64_t to = 0;    ///< included
    Weight weight = 1;      ///< of the whole range; relative to the other lines

    bool operator==(const OddsLine&) const = default;
};
using Odds = std::vector<OddsLine>;

/// Always this number.
[[nodiscard]] inline Odds always(std::int64_t number) {
    return {{number, number, 1}};
}

/// Why nothing can be drawn, or nothing: no line; a number below zero; a range that ends before it begins; a weight
/// below zero; weights that total nothing, or more than 2^63 - 1.
[[nodiscard]] std::optional<std::string> defect_of(const Odds& odds);

}  // namespace crowdrules
