// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/change.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

campaign::Terms kickstarter_terms() {
    CampaignDraft draft;
    draft.title = "Pots";
    draft.country = "US";
    draft.goal = 500'00;
    draft.window = {instant("2016-06-01T12:00:00Z"), instant("2016-07-01T12:00:00Z")};
    draft.rewards = {{.name = "Cup", .minimum = 10'00}, {.name = "Pot", .minimum = 40'00}};
    draft.given = {{"fees.processing.rounding", Node::of("half_up")}};
    const auto pack = load_pack("kickstarter");
    REQUIRE(pack.has_value());
    auto terms = pack->campaign_terms(*parse_date("2016-06-01"), draft);
    REQUIRE_MESSAGE(terms.has_value(), (terms ? "" : to_text(terms.error())));
    return *terms;
}

campaign::Terms good(const campaign::Terms& terms, std::vector<Change> changes) {
    const auto result = changed(terms, changes);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : to_text(result.error())));
    return *result;
}

std::string refused(const campaign::Terms& terms, std::vector<Change> changes) {
    const auto result = changed(terms, changes);
    REQUIRE_FALSE(result.has_value());
    return to_text(result.error());
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("terms are changed by path, and nothing else of them") {
    const campaign::Terms terms = kickstarter_terms();
    CHECK(good(terms, {}) == terms);

    campaign::Terms expected = terms;
    expected.model.goal = 250'000'00;
    const campaign::Terms higher = good(terms, {{"goal", Node::of("250000.00")}});
    CHECK(higher.model == expected.model);
    CHECK(higher.fees == terms.fees);
    CHECK(higher.pack == terms.pack + ", changed: goal");
    CHECK(citation_of(higher, "model.goal").source == "what if");

    const campaign::Terms several = good(terms, {{"rewards[2].minimum", Node::of("45.00")},
                                                 {"limits.maximum", Node::of("none")},
                                                 {"fees.platform.bands[1].rate", Node::of("8%")},
                                                 {"charges.retry_window", Node::of("14 days")},
                                                 {"payouts.first_after", Node::of("30 days")},
                                                 {"disputes.fraud", Node::of("creator")}});
    CHECK(several.rewards[0].minimum == 10'00);
    CHECK(several.rewards[1].minimum == 45'00);
    CHECK_FALSE(several.limits.maximum.has_value());
    CHECK(several.fees.platform.bands[0].rate == rate("0.08"));
    CHECK(several.fees.platform.rounding == terms.fees.platform.rounding);
    CHECK(several.fees.platform.citation.source == "what if");
    CHECK(several.fees.processing == terms.fees.processing);
    CHECK(several.charges.retry_window == std::chrono::days{14});
    CHECK(several.disputes.fraud == Bearer::creator);
}

TEST_CASE("a table changes the fields that it has") {
    const campaign::Terms terms = kickstarter_terms();
    const campaign::Terms cheap =
        good(terms, {{"fees.platform", *parse_value("{ bands = [{ rate = '1%', fixed = '5.00' }] }")}});
    CHECK(cheap.fees.platform.bands == std::vector<FeeBand>{{0, rate("0.01"), 500}});
    CHECK(cheap.fees.platform.name == terms.fees.platform.name);
    CHECK(cheap.fees.platform.rounding == terms.fees.platform.rounding);

    const campaign::Terms taxed = good(terms, {{"fees.tax", *parse_value("{ rate = '19%', rounding = 'half_up' }")}});
    CHECK(taxed.fees.platform.tax->rate == rate("0.19"));
    CHECK(taxed.fees.processing.tax->rate == rate("0.19"));
    CHECK(good(taxed, {{"fees.tax", Node::of("none")}}).fees.platform.tax == std::nullopt);

    const auto reserve = parse_value("{ rate = '5%', held_for = '180 days', rounding = 'up' }");
    const campaign::Terms held = good(terms, {{"reserve", *reserve}});
    REQUIRE(held.reserve.has_value());
    CHECK(held.reserve->rate == rate("0.05"));
}

TEST_CASE("what leads nowhere, or to no campaign, is refused with what would be accepted") {
    const campaign::Terms terms = kickstarter_terms();
    CHECK(holds(refused(terms, {{"limits.maxmum", Node::of("5.00")}}), "no field here"));
    CHECK(holds(refused(terms, {{"rewards[3].minimum", Node::of("5.00")}}), "1 to 2"));
    CHECK(holds(refused(terms, {{"limits[1]", Node::of("5.00")}}), "there is no item 1"));
    CHECK(holds(refused(terms, {{"title.length", Node::of("5.00")}}), "no fields"));
    CHECK(holds(refused(terms, {{"goal", Node::of("5.001")}}), "3 decimals"));
    CHECK(holds(refused(terms, {{"goal", Node::of("0.00")}}), "the goal is zero"));
    CHECK(holds(refused(terms, {{"window", Node::of("none")}}), "window"));
    for (const char* path : {"", ".", "limits.", ".limits", "a..b", "rewards[0].minimum", "rewards[x]", "rewards[1"})
        CHECK(holds(refused(terms, {{path, Node::of("1.00")}}), "this is no path"));
    std::string deep = "a";
    for (int i = 0; i < 50'000; ++i) deep += ".a";
    CHECK(holds(refused(terms, {{deep, Node::of("1.00")}}), "a path of 50001 steps"));
    // Everything at once.
    const std::string both = refused(terms, {{"rewards[9]", Node::of("1.00")}, {"x..y", Node::of("1.00")}});
    CHECK(holds(both, "rewards[9]"));
    CHECK(holds(both, "x..y"));
}

TEST_CASE("terms have one fingerprint, and others have another") {
    const campaign::Terms terms = kickstarter_terms();
    CHECK(fingerprint_of(terms).size() == 64);
    CHECK(fingerprint_of(terms) == fingerprint_of(kickstarter_terms()));
    CHECK(fingerprint_of(terms) != fingerprint_of(good(terms, {{"goal", Node::of("500.01")}})));
}

TEST_CASE("differences name the rule, both values and where each is written") {
    const campaign::Terms terms = kickstarter_terms();
    CHECK(differences(std::vector{terms, terms}).empty());
    const campaign::Terms other = good(terms, {{"fees.platform.bands[1].rate", Node::of("8%")},
                                               {"limits.maximum", Node::of("none")},
                                               {"refunds.fees_returned_before_payout", Node::of(false)}});
    const auto different = differences(std::vector{terms, other});
    REQUIRE(different.size() == 3);
    CHECK(different[0].path == "limits.maximum");
    CHECK(different[0].values == std::vector<std::string>{"10000.00", ""});
    CHECK(different[1].path == "refunds.fees_returned_before_payout");
    CHECK(different[1].citations[0] == citation_of(terms, "refunds.before_payout"));
    CHECK(different[2].path == "fees.platform");
    CHECK(different[2].values[1].substr(0, 2) == "8%");
    CHECK(different[2].citations[0] == terms.fees.platform.citation);
    CHECK(different[2].citations[1].source == "what if");
}

TEST_CASE("a draft of terms gives the terms back from their pack") {
    const campaign::Terms terms = kickstarter_terms();
    CampaignDraft draft = draft_of(terms, "US");
    draft.given = {{"fees.processing.rounding", Node::of("half_up")}};
    CHECK(load_pack("kickstarter")->campaign_terms(*parse_date("2016-06-01"), draft).value() == terms);
}

TEST_SUITE_END();
