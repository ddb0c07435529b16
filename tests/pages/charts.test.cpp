// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pages/charts.hpp>

#include <doctest/doctest.h>

#include "../stories/campaign/sample_play.hpp"
#include <numeric>

using namespace crowdrules;
using crowdrules::test::played;
using crowdrules::test::small_campaign;

TEST_SUITE_BEGIN("pages");

TEST_CASE("pictures: a comparison's bars are what was collected, and who has no figures says why") {
    const auto scenario = parse_scenario(small_campaign(R"({ at = "launch", pledge = { amount = "130.00" } })"));
    REQUIRE(scenario.has_value());
    campaign::Terms dearer = scenario->terms;
    dearer.fees.platform.bands[0].rate = rate("8%");
    const Findings missing{{.kind = FindingKind::missing, .rule = "fees.processing", .what = "", .accepted = ""}};
    const std::vector<Contender> contenders{
        {"as it was", scenario->terms}, {"8%", dearer}, {"elsewhere", failure(missing)}};
    const BarChart chart = comparison_chart(compare(*scenario, contenders));
    REQUIRE(chart.bars.size() == 3);
    for (std::size_t i = 0; i < 2; ++i)
        CHECK(std::accumulate(chart.bars[i].values.begin(), chart.bars[i].values.end(), std::int64_t{0}) == 130'00);
    CHECK(chart.bars[0].values == std::vector<std::int64_t>{119'40, 6'50, 4'10, 0, 0});
    CHECK(chart.bars[1].values[1] == 10'40);
    CHECK(chart.bars[2].note == "no figures: missing, fees.processing");
    CHECK(chart.says.find("as it was 119.40 USD") != std::string::npos);
}

TEST_CASE("pictures: the fan of a simulation has what happened in it") {
    const auto scenario =
        parse_scenario(small_campaign(R"({ at = "launch", pledge = { amount = "10.00", count = 40 } })"));
    REQUIRE(scenario.has_value());
    auto plan = plan_of(*scenario);
    REQUIRE(plan.has_value());
    plan->chances.card_failure = rate("20%");
    const auto simulation = CampaignSimulation::of(*plan);
    REQUIRE(simulation.has_value());
    const RangeChart chart = simulation_chart(summarise(simulation->runs(7, 0, 200)), USD);
    CHECK(chart.says.starts_with("200 runs, 200 of them a success."));
    bool has_refunds = false;
    for (const auto& range : chart.ranges) {
        CHECK(range.low <= range.high);
        has_refunds = has_refunds || range.name == "refunded";
    }
    CHECK(!has_refunds);
    CHECK(chart.ranges.front().name == "pledged");
    CHECK(!to_svg(chart).empty());
    CHECK(simulation_chart({}, USD).ranges.empty());
}

TEST_CASE("pictures: of many payouts and rewards, few rows with the same sums") {
    const Play play = played(R"({ at = "launch", pledge = { amount = "130.00" } })");
    const CalendarChart payouts = payout_chart(play.campaign, play.events);
    REQUIRE(payouts.rows.size() == 1);
    CHECK(payouts.rows[0].value == 119'40);
    CHECK(payouts.rows[0].from == instant("2016-07-15T12:00:00Z"));

    std::string rewards, timeline;
    for (int i = 1; i <= 40; ++i) {
        rewards += "{ name = \"R" + std::to_string(i) + "\", minimum = \"1.00\" },";
        timeline += "{ at = \"launch\", pledge = { count = " + std::to_string(i) + ", reward = \"R" +
                    std::to_string(i) + "\" } },";
    }
    std::string text = small_campaign(timeline);
    const std::string one = "{ name = \"Mug\", minimum = \"10.00\" }";
    text.replace(text.find(one), one.size(), rewards);
    const BarChart chart = reward_chart(test::played_text(text).campaign);
    CHECK(chart.bars.size() == 31);
    std::int64_t taken = 0;
    for (const auto& bar : chart.bars) taken += bar.values[0];
    CHECK(taken == 820);
    CHECK(chart.bars.back().name == "10 other rewards");
    CHECK(chart.bars.back().values[0] == 55);
}

TEST_SUITE_END();
