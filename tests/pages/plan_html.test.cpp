// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <pages/plan_charts.hpp>

using namespace crowdrules;

namespace {

PlanPlay played(const std::string& text) {
    const auto plan = parse_plan(text, "plan.toml");
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : to_text(plan.error())));
    auto result = play(*plan);
    REQUIRE(result.has_value());
    return std::move(*result);
}

const std::string band = R"(
timeline = [
    { on = 2012-03-31, sale = { units = 100, gross = "1000.00" } },
    { on = 2012-03-31, period_end = "contract" },
    { on = 2012-06-30, sale = { units = 50, gross = "500.00" } },
    { on = 2012-06-30, period_end = "contract" },
]
[plan]
title = "<script>A book</script>"
currency = "USD"
[royalty.contract]
rate = "10%"
rounding = "half_even"
to = "authors"
[split.authors]
shares = { "<b>Anna</b>" = 60, Ben = 40 }
)";

}  // namespace

TEST_SUITE_BEGIN("pages");

TEST_CASE("page of a plan: streams and holders come to what came in, and names are text") {
    const PlanPlay play = played(band);
    const detail::PlanScale scale(play.book);
    const BarChart holders = detail::holders_of(play.book, scale);
    std::int64_t had = 0;
    for (const auto& bar : holders.bars) had += bar.values[0];
    CHECK(had == 150'00);
    const FlowChart flow = detail::flow_of(play.book, scale);
    REQUIRE(flow.nodes.size() == 5);
    CHECK(flow.nodes[0].name == "income");
    CHECK(flow.links.front().value == 150'00);
    CHECK(!to_svg(flow).empty());

    const auto given = detail::charts_of(play.book, {"authors", "split"}).lines;
    REQUIRE(given.size() == 1);
    CHECK(given[0].lines[0].points.back().value == 90'00);
    CHECK(given[0].lines[1].points.front().value == 40'00);

    const std::string page = html_report(play);
    CHECK(page == html_report(play.book));
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    CHECK(page.find("&lt;b&gt;Anna&lt;/b&gt;") != std::string::npos);
}

TEST_CASE("page of a plan: of very many payees, the smallest are told together") {
    std::string shares;
    for (int i = 1; i <= 40; ++i)
        shares += (i == 1 ? "" : ", ") + ("P" + std::to_string(i)) + (i <= 20 ? " = 4" : " = 1");
    std::string text = band;
    const std::string two = "\"<b>Anna</b>\" = 60, Ben = 40";
    text.replace(text.find(two), two.size(), shares);
    const PlanPlay play = played(text);
    const detail::PlanScale scale(play.book);
    const FlowChart flow = detail::flow_of(play.book, scale);
    CHECK(flow.links.size() < 20);
    std::int64_t out = 0;
    for (const auto& link : flow.links)
        if (flow.nodes[link.to].column == 3) out += link.value;
    CHECK(out == 150'00);
    CHECK(detail::holders_of(play.book, scale).bars.size() == 25);
    CHECK(html_report(play).size() < 250'000);
}

TEST_SUITE_END();
