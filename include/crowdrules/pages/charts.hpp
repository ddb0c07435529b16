// SPDX-License-Identifier: BSL-1.0
// Charts: what campaigns, comparisons and simulations look like, as charts.
//
//   to_svg(money_chart(play.campaign))            where the money went
//   to_svg(comparison_chart(compare(pebble, contenders)))
//
// A chart is a value (pictures/chart.hpp): take it as SVG, as a table, or draw it with other means.
#pragma once

#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/campaign/event.hpp>
#include <crowdrules/pictures/chart.hpp>

#include <span>

namespace crowdrules {

/// How what counts toward the goal grew, with goal, cap, stretch goals, launch and end. Expects: the events of one
/// campaign, its launch first.
[[nodiscard]] TimeChart funding_chart(std::span<const campaign::Event> events);
/// Where the money went: from everything pledged to who has it now.
[[nodiscard]] FlowChart money_chart(const campaign::Campaign& campaign);
/// What became of the pledges.
[[nodiscard]] BarChart outcome_chart(const campaign::Campaign& campaign);
/// When the creator was and will be paid. Of more than 24 payouts, one row for each year.
[[nodiscard]] CalendarChart payout_chart(const campaign::Campaign& campaign, std::span<const campaign::Event> events);
/// How often each reward was taken. Of more than 30 rewards, those taken most, and the others together.
[[nodiscard]] BarChart reward_chart(const campaign::Campaign& campaign);

/// What becomes of the money under each contender's terms. One that has no figures says why.
[[nodiscard]] BarChart comparison_chart(const CampaignComparison& comparison);
/// Between which figures most runs lie: the smallest figures that 5, 25, 50, 75 and 95 in a hundred runs do not exceed.
[[nodiscard]] RangeChart simulation_chart(const SimulationSummary& summary, Currency currency);

}  // namespace crowdrules
