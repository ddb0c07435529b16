// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/funding_curve.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/core/contract.hpp>

namespace crowdrules {
namespace {

/// Every instant at which something changed, with what counted after it.
FundingCurve all_points(std::span<const campaign::Event> events) {
    campaign::Campaign campaign = replay(events.first(1));
    FundingCurve curve;
    curve.points.push_back({campaign->launched_at, counted_now(campaign), campaign->totals.backers});
    const std::int64_t needed = campaign.terms().model.needed();
    for (const campaign::Event& event : events.subspan(1)) {
        evolve(campaign, event);
        const bool ended = campaign->closed || has_ended_without_success(campaign->phase);
        // At its end a campaign may let all pledges go: the curve ends with what stood before.
        FundingPoint point{event.at, curve.points.back().counted, curve.points.back().backers};
        if (!ended) {
            point.counted = counted_now(campaign);
            point.backers = campaign->totals.backers;
        }
        if (curve.points.back().at == event.at)
            curve.points.back() = point;
        else if (ended || point.counted != curve.points.back().counted || point.backers != curve.points.back().backers)
            curve.points.push_back(point);
        if (!curve.reached_at && needed > 0 && point.counted >= needed) curve.reached_at = event.at;
        if (!ended) continue;
        curve.closed_at = event.at;
        return curve;
    }
    if (curve.points.back().at != campaign->last)
        curve.points.push_back({campaign->last, curve.points.back().counted, curve.points.back().backers});
    return curve;
}

}  // namespace

FundingCurve funding_curve(std::span<const campaign::Event> events, std::size_t most) {
    expects(!events.empty(), "the first event of a campaign is its launch");
    expects(most >= 2, "a curve has a first and a last point");
    FundingCurve curve = all_points(events);
    if (curve.points.size() <= most) return curve;

    // Equal stretches of time between the first and the last point; of each the last point stays.
    const Instant first = curve.points.front().at;
    const Int128 stretches = static_cast<Int128>(most) - 2;
    const Int128 length = (curve.points.back().at - first).count() + 1;
    const auto stretch_of = [&](Instant at) { return (at - first).count() * stretches / length; };
    std::vector<FundingPoint> kept{curve.points.front()};
    for (std::size_t i = 1; i + 1 < curve.points.size(); ++i) {
        const bool is_last = i + 2 == curve.points.size();
        if (stretches > 0 && (is_last || stretch_of(curve.points[i].at) != stretch_of(curve.points[i + 1].at)))
            kept.push_back(curve.points[i]);
    }
    kept.push_back(curve.points.back());
    curve.points = std::move(kept);
    return curve;
}

}  // namespace crowdrules
