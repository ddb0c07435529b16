// SPDX-License-Identifier: BSL-1.0
// What the pictures of a campaign are made of.
#include <crowdrules/analysis/funding_curve.hpp>
#include <crowdrules/analysis/money_flow.hpp>
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/pages/charts.hpp>

#include "core/listed.hpp"
#include <algorithm>
#include <map>
#include <pictures/axis.hpp>
#include <words/date.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::day_text;
using detail::figure_text;
using detail::grouped;
using detail::moment_text;
using detail::words;

ChartUnit unit_of(const campaign::Terms& terms) {
    if (terms.model.measure == campaign::Measure::money) return ChartUnit::of(terms.currency);
    return {.name = std::string(to_text(terms.model.measure))};
}

std::string money_text(Money amount) {
    return figure_text(amount.minor(), ChartUnit::of(amount.currency()));
}

/// Payouts of one year, as one row.
std::vector<CalendarChart::Row> by_year(const std::vector<CalendarChart::Row>& rows) {
    std::map<std::pair<int, bool>, std::vector<CalendarChart::Row>> years;
    for (const auto& row : rows) {
        const Date date{std::chrono::floor<std::chrono::days>(row.from)};
        years[{static_cast<int>(date.year()), !row.done}].push_back(row);
    }
    std::vector<CalendarChart::Row> sums;
    for (const auto& [key, of_year] : years) {
        CalendarChart::Row sum = of_year.front();
        sum.name = grouped(of_year.size(), "payout") + " in " + std::to_string(key.first);
        sum.value = 0;
        for (const auto& row : of_year) *sum.value += *row.value;
        if (of_year.size() > 1) sum.to = of_year.back().from;
        sums.push_back(std::move(sum));
    }
    return sums;
}

}  // namespace

TimeChart funding_chart(std::span<const campaign::Event> events) {
    const FundingCurve curve = funding_curve(events);
    const campaign::Terms& terms = *std::get<campaign::CampaignLaunched>(events.front().what).terms;
    TimeChart chart{.title = "How the support grew", .unit = unit_of(terms)};
    TimeLine line{.name = std::string(to_text(terms.model.counts))};
    for (const FundingPoint& point : curve.points) line.points.push_back({point.at, point.counted});
    chart.lines.push_back(std::move(line));

    if (terms.model.goal > 0) chart.levels.push_back({"goal", terms.model.goal});
    if (terms.model.cap) chart.levels.push_back({"cap", terms.model.cap->at});
    for (const campaign::StretchGoal& goal : terms.stretch_goals)
        if (goal.measure == terms.model.measure && goal.basis == campaign::StretchBasis::gross)
            chart.levels.push_back({goal.name, goal.at});

    chart.moments.push_back({"launch", curve.points.front().at});
    if (curve.reached_at && curve.reached_at != curve.closed_at)
        chart.moments.push_back({"goal reached", *curve.reached_at});
    if (curve.closed_at)
        chart.moments.push_back({"end", *curve.closed_at});
    else if (terms.window.has_end())
        chart.moments.push_back({"deadline", terms.window.closes});

    const FundingPoint& last = curve.points.back();
    chart.says = "From " + day_text(curve.points.front().at) + " to " + day_text(last.at) + " it came to " +
                 figure_text(last.counted, chart.unit) + " of " + grouped(last.backers, "backer") + ".";
    if (terms.model.goal > 0) {
        chart.says +=
            " The goal of " + figure_text(terms.model.goal, chart.unit) +
            (curve.reached_at ? " was reached on " + moment_text(*curve.reached_at) + " UTC." : " was not reached.");
    }
    return chart;
}

FlowChart money_chart(const campaign::Campaign& campaign) {
    const MoneyFlow flow = money_flow(campaign);
    FlowChart chart{.title = "Where the money went", .unit = ChartUnit::of(campaign.terms().currency)};
    chart.nodes.push_back({"pledged", 0, ChartFill::dashes});
    chart.nodes.push_back({"collected", 1, ChartFill::solid});
    chart.links.push_back({0, 1, flow.collected.minor()});
    for (const FlowPart& part : flow.not_collected) {
        chart.links.push_back({0, chart.nodes.size(), part.amount.minor()});
        chart.nodes.push_back({part.name, 1, ChartFill::hollow});
    }
    // Streams into the last column leave the collected money, and then what others put in, from top to bottom.
    std::vector<std::pair<std::size_t, std::int64_t>> sources{{1, flow.collected.minor()}};
    for (const FlowPart& part : flow.put_in) {
        sources.emplace_back(chart.nodes.size(), part.amount.minor());
        chart.nodes.push_back({part.name, 1, ChartFill::grid});
    }
    const auto fill_of = [](std::string_view name) {
        if (name == "creator") return ChartFill::solid;
        if (name == "platform fee" || name == "processing fee" || name == "tax on fees") return ChartFill::stripes;
        return name == "refunded" || name == "charged back" ? ChartFill::grid : ChartFill::dots;
    };
    std::size_t source = 0;
    for (const FlowPart& part : flow.went_to) {
        const std::size_t to = chart.nodes.size();
        chart.nodes.push_back({part.name, 2, fill_of(part.name)});
        for (std::int64_t rest = part.amount.minor(); rest > 0;) {
            while (sources[source].second == 0) ++source;
            const std::int64_t piece = std::min(rest, sources[source].second);
            chart.links.push_back({sources[source].first, to, piece});
            sources[source].second -= piece;
            rest -= piece;
        }
    }
    chart.says = "Of " + money_text(flow.pledged) + " pledged, " + money_text(flow.collected) + " was collected.";
    for (std::size_t i = 0; i < flow.went_to.size(); ++i)
        chart.says += (i == 0 ? " Of that: " : ", ") + flow.went_to[i].name + " " + money_text(flow.went_to[i].amount);
    if (!flow.went_to.empty()) chart.says += ".";
    return chart;
}

BarChart outcome_chart(const campaign::Campaign& campaign) {
    BarChart chart{.title = "What became of the pledges",
                   .of_what = "outcome",
                   .unit = ChartUnit::of(campaign.terms().currency),
                   .parts = {"amount"}};
    for (const PledgeOutcome& outcome : pledge_outcomes(campaign)) {
        const std::string count = grouped(outcome.tally.count, "pledge");
        chart.bars.push_back({.name = words(to_text(outcome.state)),
                              .values = {outcome.tally.amount},
                              .note = count + ", " + figure_text(outcome.tally.amount, chart.unit)});
        detail::add_to_list(chart.says, count + " " + words(to_text(outcome.state)));
    }
    chart.says += chart.says.empty() ? "Nobody has pledged." : ".";
    return chart;
}

CalendarChart payout_chart(const campaign::Campaign& campaign, std::span<const campaign::Event> events) {
    const campaign::Statement now = statement(campaign);
    CalendarChart chart{.title = "When the creator is paid", .unit = ChartUnit::of(campaign.terms().currency)};
    for (const campaign::PayoutLine& payout : now.payouts) {
        if (has_nothing(payout)) continue;
        chart.rows.push_back({.name = words(to_text(payout.kind)),
                              .from = payout.paid_at.value_or(payout.due),
                              .value = payout.paid_at ? payout.net : payout.in_escrow(),
                              .note = payout.paid_at ? "paid" : "due",
                              .done = payout.paid_at.has_value()});
    }
    for (const campaign::Event& event : events)
        if (const auto* released = std::get_if<campaign::ReserveReleased>(&event.what))
            chart.rows.push_back({.name = "reserve", .from = event.at, .value = released->amount, .note = "released"});
    for (const campaign::Due& due : agenda(campaign))
        if (due.kind == campaign::DueKind::release_reserve)
            chart.rows.push_back(
                {.name = "reserve", .from = due.at, .value = due.amount.minor(), .note = "due", .done = false});
    std::erase_if(chart.rows, [](const auto& row) { return row.from == never; });
    std::stable_sort(chart.rows.begin(), chart.rows.end(),
                     [](const auto& a, const auto& b) { return a.from < b.from; });
    constexpr std::size_t most = 24;
    if (chart.rows.size() > most) chart.rows = by_year(chart.rows);
    chart.moments.push_back({"launch", campaign->launched_at});
    if (campaign->succeeded_at) chart.moments.push_back({"success", *campaign->succeeded_at});
    chart.says =
        money_text(now.paid) + " has been paid to the creator" +
        (now.to_pay.is_zero() ? "." : ", and " + money_text(now.to_pay) + " is still to be paid as things stand.") +
        (std::any_of(chart.rows.begin(), chart.rows.end(), [](const auto& row) { return !row.done; })
             ? " What is due is shown before the platform's fee."
             : "");
    return chart;
}

BarChart reward_chart(const campaign::Campaign& campaign) {
    const campaign::Statement now = statement(campaign);
    BarChart chart{.title = "Rewards taken", .of_what = "reward", .unit = {.name = "backers"}, .parts = {"taken"}};
    constexpr std::size_t most = 30;
    std::vector<campaign::Statement::RewardLine> rewards = now.rewards;
    std::int64_t others = 0;
    std::size_t other_rewards = 0;
    if (rewards.size() > most) {
        std::stable_sort(rewards.begin(), rewards.end(),
                         [](const auto& a, const auto& b) { return a.taken > b.taken; });
        other_rewards = rewards.size() - most;
        for (std::size_t i = most; i < rewards.size(); ++i) others += rewards[i].taken;
        rewards.resize(most);
    }
    std::int64_t taken = others, largest = others;
    for (const auto& reward : rewards) largest = std::max<std::int64_t>(largest, reward.taken);
    for (const auto& reward : rewards) {
        taken += reward.taken;
        BarChart::Bar bar{.name = reward.name, .values = {reward.taken}};
        bar.note = grouped(reward.taken) + (reward.quantity ? " of " + grouped(*reward.quantity) : "") + ", from " +
                   figure_text(reward.minimum, ChartUnit::of(campaign.terms().currency));
        // A limit far beyond what was taken would press all bars to the edge.
        if (reward.quantity && *reward.quantity <= 2 * largest) bar.limit = *reward.quantity;
        chart.bars.push_back(std::move(bar));
    }
    if (other_rewards > 0)
        chart.bars.push_back({.name = grouped(other_rewards) + " other rewards", .values = {others}});
    chart.says = grouped(static_cast<std::uint64_t>(taken), "reward") + (taken == 1 ? " was taken" : " were taken") +
                 "; a dashed mark is where a limit lies.";
    return chart;
}

}  // namespace crowdrules
