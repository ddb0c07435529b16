// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/odds.hpp>

#include <limits>

namespace crowdrules {

std::optional<std::string> defect_of(const Odds& odds) {
    if (odds.empty()) return "there is no number to draw";
    Int128 total = 0;
    for (const OddsLine& line : odds) {
        const std::string range = std::to_string(line.from) + " to " + std::to_string(line.to);
        if (line.from < 0) return "the range " + range + " begins below zero";
        if (line.to < line.from) return "the range " + range + " ends before it begins";
        if (line.weight < 0) return "the range " + range + " has a weight below zero";
        total += line.weight;
    }
    if (total == 0) return "no range has a weight";
    if (total > std::numeric_limits<std::int64_t>::max()) return "the weights total more than 2^63 - 1";
    return std::nullopt;
}

}  // namespace crowdrules
