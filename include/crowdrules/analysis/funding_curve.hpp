// SPDX-License-Identifier: BSL-1.0
// Funding curve: how what counts toward the goal grew, from launch to the end of the campaign.
//
//   2012-04-11T07:00:00Z          0
//   2012-04-11T08:00:00Z   20,962.00
//   ...
//   2012-05-18T07:00:00Z   10,266,845.00
//
// However many pledges there were, there are only so many points. Each of them is exact: what counted at that instant,
// taken backs and changes included. Between two points nothing is averaged; what happened there is left out.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crowdrules {

struct FundingPoint {
    Instant at{};
    std::int64_t counted = 0;   ///< in the goal's measure
    std::uint64_t backers = 0;  ///< with a standing pledge

    bool operator==(const FundingPoint&) const = default;
};

struct FundingCurve {
    std::vector<FundingPoint> points{};   ///< the launch first, the end or the latest event last
    std::optional<Instant> reached_at{};  ///< when as much as the success needs was first counted
    std::optional<Instant> closed_at{};   ///< when the campaign took no more pledges, or was given up

    bool operator==(const FundingCurve&) const = default;
};

/// The curve of a campaign's events. Expects: the events of one campaign, its launch first; most >= 2.
/// Cost: O(events), as replay.
[[nodiscard]] FundingCurve funding_curve(std::span<const campaign::Event> events, std::size_t most = 400);

}  // namespace crowdrules
