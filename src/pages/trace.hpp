// SPDX-License-Identifier: BSL-1.0
// Trace: what happened to a campaign, told in so few lines that a person reads them.
//
//   11 Apr 2012, 08:00    pledge made               200      20,962.00
//   18 May 2012, 07:00    campaign succeeded               10,266,845.00
//   18 May 2012, 07:00    charge collected       68,240   10,167,342.93
//
// What happened to the campaign as a whole has a line each. What happened to pledges is counted by kind and by day, or
// by month or year where that would be too many lines; the counts and the sums are exact.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crowdrules::detail {

struct TraceLine {
    Instant from{};
    Instant to{};  ///< of the last event that was counted
    std::string what{};
    std::uint64_t count = 1;
    std::optional<Int128> amount{};  ///< minor units; none where none belongs to it
};

/// Expects: the events of one campaign, its launch first. Cost: O(events), as replay.
[[nodiscard]] std::vector<TraceLine> trace(std::span<const campaign::Event> events, std::size_t most = 200);

}  // namespace crowdrules::detail
