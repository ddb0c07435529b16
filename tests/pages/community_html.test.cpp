// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/statement.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <doctest/doctest.h>

#include <pages/community_charts.hpp>

using namespace crowdrules;

namespace {

CommunityPlay played(const std::string& timeline) {
    const std::string text = "timeline = [\n" + timeline + R"(
]
[community]
title = "<script>Whisks</script>"
founded = 2012-01-01T00:00:00Z
decided_by = "the staff"
[terms]
currency = "USD"
submission = { fee = "10.00", refunded_when_infeasible = true }
influence = { unclaimed = { to = "to_payee", payee = "Quirky" } }
rights = { company = "Quirky", assignment = "on_acceptance" }
payouts = { from = 2012-01-01T00:00:00Z, every = "3 months", minimum = "10.00" }
[terms.evaluation]
budget = { per = "unlimited" }
weight = { by = "undiluted" }
tie_break = "earlier_submission"
selection = { by = "top", count = 1 }
[terms.royalty]
rounding = "half_even"
channels = [
    { name = "direct", rates = [{ from = 2009-06-02, rate = { less = ["returns"], tiers = [{ rate = "10%" }] } }] },
]
)";
    const auto story = parse_community(text, "whisks.toml");
    REQUIRE_MESSAGE(story.has_value(), (story ? "" : to_text(story.error())));
    auto play = crowdrules::play(*story);
    REQUIRE(play.has_value());
    return std::move(*play);
}

const std::string until_accepted = R"(
    { at = 2012-01-02T00:00:00Z, join_community = ["<b>Anna</b>", "Ben"] },
    { at = 2012-01-02T00:00:00Z, join_community = { member = "voter", count = 40 } },
    { at = 2012-01-03T00:00:00Z, hand_in_idea = { idea = "Whisk", member = "<b>Anna</b>" } },
    { at = 2012-01-04T00:00:00Z, open_round = { round = "first", ideas = ["Whisk"], closes = 2012-01-11T00:00:00Z } },
    { at = 2012-01-05T00:00:00Z, cast_vote = { round = "first", member = "voter", idea = "Whisk" } },
    { at = 2012-01-12T00:00:00Z, accept_idea = { idea = "Whisk", phases = [
        { name = "evaluation", kind = "evaluation", buckets = [
            { name = "inventor", share = "60%", rule = "winners" },
            { name = "voters", share = "30%", rule = "votes" },
        ] },
        { name = "design", kind = "contributions", buckets = [{ name = "design", share = "10%", rule = "winners" }] },
    ] } },
)";
const std::string until_sold = until_accepted + R"(
    { at = 2012-01-13T00:00:00Z, open_phase = { product = "Whisk", phase = "design" } },
    { at = 2012-01-20T00:00:00Z, pick_winners = { product = "Whisk", phase = "design", winners = [] } },
    { at = 2012-02-01T00:00:00Z, report_product_ready = { product = "Whisk" } },
    { at = 2012-02-02T00:00:00Z, start_sales = { product = "Whisk" } },
    { at = 2012-03-01T00:00:00Z, record_sale = { sale = "spring", product = "Whisk", channel = "direct", )"
                                                R"(sold_on = 2012-03-01, units = 100, gross = "1000.00" } },
    { at = 2012-04-01T00:00:01Z, expect = { royalties = "100.00" } },
    { at = 2012-05-01T00:00:00Z, record_return = { sale = "spring", units = 10, amount = "100.00" } },
    { at = 2012-07-01T00:00:01Z, expect = { royalties = "90.00" } },
)";

std::int64_t out_of(const FlowChart& flow, std::string_view name) {
    std::int64_t sum = 0;
    for (const auto& link : flow.links)
        if (flow.nodes[link.from].name == name) sum += link.value;
    return sum;
}
std::int64_t into(const FlowChart& flow, std::string_view name) {
    std::int64_t sum = 0;
    for (const auto& link : flow.links)
        if (flow.nodes[link.to].name == name) sum += link.value;
    return sum;
}

}  // namespace

TEST_SUITE_BEGIN("pages");

TEST_CASE("page of a community: streams come to what came in, and to what everybody has") {
    const CommunityPlay play = played(until_sold);
    CHECK(play.as_expected());
    const community::Statement s = statement(play.community);
    const FlowChart flow = detail::flow_of(play.community);
    CHECK(out_of(flow, "sales") == 1000'00);
    CHECK(out_of(flow, "submissions") == 10'00);
    CHECK(into(flow, "given back") == 100'00);
    CHECK(into(flow, "royalties") == s.credited.minor());
    CHECK(into(flow, "company") == 1000'00 + 10'00 - 100'00 - s.credited.minor());
    // A return took back more than was left to some: they owe it, and it stands beside what was paid.
    CHECK(out_of(flow, "royalties") + out_of(flow, "owed by members") ==
          into(flow, "to members") + into(flow, "still owed"));
    CHECK(into(flow, "to members") == s.paid.minor());
    CHECK(into(flow, "still owed") == s.carried.minor());
    CHECK(!to_svg(flow).empty());
}

TEST_CASE("page of a community: closings and lines come to what was shared and paid") {
    const CommunityPlay play = played(until_sold);
    const community::Statement s = statement(play.community);
    const BarChart closings = detail::closings_of(play.events, USD);
    REQUIRE(closings.bars.size() == 2);
    CHECK(closings.bars[0].values[0] + closings.bars[0].values[1] == 100'00);
    CHECK(closings.bars[1].values[0] + closings.bars[1].values[1] == -10'00);
    const TimeChart lines = detail::royalties_of(play.community, play.events);
    CHECK(lines.lines[0].points.back().value == s.credited.minor());
    CHECK(lines.lines[1].points.back().value == s.paid.minor());
    CHECK(!to_svg(closings).empty());
    CHECK(!to_svg(lines).empty());
}

TEST_CASE("page of a community: influence names those with most, and counts the others") {
    const CommunityPlay play = played(until_sold);
    const community::ProductRecord& product = play.community->products.front();
    const auto influence = influence_in(product);
    REQUIRE(influence);
    const BarChart chart = detail::influence_of(play.community, product, *influence);
    REQUIRE(chart.bars.size() == 13);
    CHECK(chart.bars.front().name == "<b>Anna</b>");
    CHECK(chart.bars.front().note.starts_with("60%, "));
    CHECK(chart.bars.back().name == "30 others");
    std::int64_t whole = 0;
    for (const auto& bar : chart.bars) whole += bar.values[0];
    CHECK(whole == static_cast<std::int64_t>(influence->whole()));
}

TEST_CASE("page of a community: rights stand in a row for each time they changed hands") {
    const CommunityPlay play = played(until_accepted + R"(
        { at = 2012-02-12T00:00:00Z, abandon_product = { product = "Whisk", reason = "it leaks" } },
        { at = 2012-03-12T00:00:00Z, join_community = "Dora" },
    )");
    const CalendarChart chart = detail::rights_of(play.community);
    REQUIRE(chart.rows.size() == 3);
    CHECK(chart.rows[0].name == "title in Whisk: <b>Anna</b>");
    CHECK(chart.rows[1].name == "title in Whisk: the company");
    CHECK(chart.rows[1].to == chart.rows[2].from);
    CHECK(chart.rows[1].done);
    CHECK(!chart.rows[2].done);
    // On narrow paper names stand above their figures, and the picture is as much higher.
    CHECK(to_svg(chart, {.width = 340}) != to_svg(chart));
}

TEST_CASE("page of a community: the same from its events, and names are text") {
    const CommunityPlay play = played(until_sold);
    const std::string page = html_report(play);
    CHECK(page == html_report(play.events));
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    CHECK(page.find("&lt;b&gt;Anna&lt;/b&gt;") != std::string::npos);
    CHECK(page.find("Royalties at each closing") != std::string::npos);
    CHECK(page.find("how-royalties") != std::string::npos);
}

TEST_CASE("page of a community: one in which nothing has happened has a page too") {
    const CommunityPlay play = played("");
    const std::string page = html_report(play);
    CHECK(page == html_report(play.events));
    CHECK(page.find("Where the money went") == std::string::npos);
    CHECK(detail::flow_of(play.community).links.empty());
    CHECK(detail::closings_of(play.events, USD).bars.empty());
    CHECK(detail::rights_of(play.community).rows.empty());
    CHECK(!to_svg(detail::royalties_of(play.community, play.events)).empty());
}

TEST_SUITE_END();
