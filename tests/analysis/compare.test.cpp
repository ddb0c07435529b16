// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

namespace {

Scenario pots() {
    const std::string text = R"(timeline = [
    { at = "launch + 1 day", pledge = { reward = "Cup", count = 60, name = "cups" } },
    { at = "launch + 2 days", pledge = { amount = "30.00", by = "Anna" } },
]
[scenario]
title = "Pots"
pack = "kickstarter"
[terms]
country = "US"
currency = "USD"
goal = "500.00"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
given = { "fees.processing.rounding" = "half_up" }
rewards = [{ name = "Cup", minimum = "10.00" }]
[expect]
collected = "1.00"
)";
    const auto scenario = parse_scenario(text, "pots.toml");
    REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : to_text(scenario.error())));
    return *scenario;
}

std::optional<Money> value_of(const CampaignComparison& result, std::string_view figure, std::size_t contender) {
    for (const ComparedFigure& compared : result.figures)
        if (compared.name == figure) return compared.values[contender];
    return std::nullopt;
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("the same backers under other terms, figure by figure, with the rules that differ") {
        const Scenario scenario = pots();
        const std::vector<Change> eight{{"fees.platform.bands[1].rate", Node::of("8%")}};
        const std::vector<Change> higher{{"goal", Node::of("700.00")}};
        const std::vector<Contender> contenders{{"as it was", scenario.terms},
                                                {"8% fee", changed(scenario.terms, eight)},
                                                {"goal of 700", changed(scenario.terms, higher)}};
        std::size_t plays = 0;
        const CampaignComparison result =
            compare(scenario, contenders, [&](std::uint64_t done, std::uint64_t all) { plays += done == all ? 1 : 0; });
        CHECK(plays == 3);  // all of them short, so each tells of its end alone
        REQUIRE(result.campaigns.size() == 3);
        CHECK(value_of(result, "collected", 0) == usd("630.00"));
        CHECK(value_of(result, "platform_fee", 0) == usd("31.50"));
        CHECK(value_of(result, "platform_fee", 1) == usd("50.40"));
        CHECK(value_of(result, "platform_fee", 2) == usd("0.00"));  // 630.00 of 700.00: nobody pays
        CHECK(result.campaigns[2].statement->phase == campaign::Phase::failed);
        CHECK(*value_of(result, "paid", 0) - *value_of(result, "paid", 1) == usd("18.90"));

        const auto differing = result.differing();
        CHECK(std::any_of(differing.begin(), differing.end(), [](const auto& f) { return f.name == "platform_fee"; }));
        CHECK(std::none_of(differing.begin(), differing.end(), [](const auto& f) { return f.name == "refunded"; }));
        REQUIRE(result.rules.size() == 2);
        CHECK(result.rules[0].path == "model.goal");
        CHECK(result.rules[0].values == std::vector<std::string>{"500.00", "500.00", "700.00"});
        CHECK(result.rules[1].path == "fees.platform");
        CHECK(result.rules[1].citations[0] == scenario.terms.fees.platform.citation);
    }
    TEST_CASE("a pack that lacks a value says which one must be given") {
        const Scenario scenario = pots();
        const Date on = *parse_date("2016-06-01");
        const RulePack pack = load_pack("kickstarter").value();
        const auto lacking = under_pack(scenario, pack, {.on = on});
        const auto given =
            under_pack(scenario, pack, {.on = on, .given = {{"fees.processing.rounding", Node::of("half_up")}}});
        const auto nowhere = under_pack(scenario, pack, {.on = on, .country = "AQ"});
        CHECK(given.value().fees.processing == scenario.terms.fees.processing);
        const std::vector<Contender> contenders{
            {"lacking", lacking}, {"given", given}, {"nowhere", nowhere}};
        const CampaignComparison result = compare(scenario, contenders);
        CHECK_FALSE(result.campaigns[0].statement.has_value());
        REQUIRE_FALSE(result.campaigns[0].findings.empty());
        CHECK(result.campaigns[0].findings.front().kind == FindingKind::missing);
        CHECK(result.campaigns[0].findings.front().rule == "fees.processing.rounding");
        CHECK(value_of(result, "collected", 0) == std::nullopt);
        CHECK(value_of(result, "collected", 1) == usd("630.00"));
        CHECK_FALSE(result.campaigns[2].findings.empty());
        CHECK(result.rules.empty());
    }
    TEST_CASE("what cannot be played under terms says why, and refused pledges are counted") {
        const Scenario scenario = pots();
        campaign::Terms in_euro = scenario.terms;
        in_euro.currency = EUR;
        const std::vector<Change> small{{"limits.maximum", Node::of("20.00")}};
        const std::vector<Contender> contenders{{"euro", in_euro}, {"small", changed(scenario.terms, small)}};
        const CampaignComparison result = compare(scenario, contenders);
        REQUIRE_FALSE(result.campaigns[0].findings.empty());
        CHECK(result.campaigns[0].findings.front().rule == "currency");
        REQUIRE(result.campaigns[1].refusals.size() == 1);
        CHECK(result.campaigns[1].refusals.front().why.code == campaign::RejectionCode::amount_above_maximum);
        CHECK(value_of(result, "collected", 1) == usd("600.00"));
        CHECK(compare(scenario, {}).campaigns.empty());
    }
}
