// SPDX-License-Identifier: BSL-1.0
// Every pack of campaigns: plays a minimal campaign by its rules and what is usual, and stands in a comparison.
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

namespace {

/// A place where a pack is on offer, and a length that it allows.
struct Home {
    std::string country = "US", currency = "USD";
    int days = 30;
};

Home home_of(const RulePack& pack) {
    Home home;
    for (const PackRow& row : pack.rows()) {
        if (row.parameter == "currencies") {
            home.country = row.scope.country;
            home.currency = row.value.items.front().text;
            break;
        }
    }
    if (pack.name() == "goteo") home.days = 40;
    return home;
}

std::string minimal(const RulePack& pack, std::string_view day, std::string_view more = "assume = \"usual\"\n") {
    const Home home = home_of(pack);
    const bool has_cents = Currency::iso(home.currency)->digits() == 2;
    const Instant opens = parse_instant(std::string(day) + "T12:00:00Z").value();
    return R"(timeline = [{ at = "launch + 1 day", pledge = { reward = "Thing", count = 100 } }]
[scenario]
title = "A minimal campaign"
pack = ")" + pack.name() +
           "\"\n[terms]\n" + std::string(more) + "country = \"" + home.country + "\"\ncurrency = \"" + home.currency +
           "\"\ngoal = \"" + (has_cents ? "1000.00" : "1000000") + "\"\nwindow = { opens = " + to_text(opens) +
           ", closes = " + to_text(opens + std::chrono::days(home.days)) +
           " }\nrewards = [{ name = \"Thing\", minimum = \"" + (has_cents ? "50.00" : "50000") + "\" }]\n";
}

Scenario kettles(std::string_view currency, std::string_view goal, std::string_view price, std::string_view pack) {
    const auto scenario = parse_scenario(
        "timeline = [{ at = \"launch + 1 day\", pledge = { reward = \"Kettle\", count = 125 } }]\n"
        "[scenario]\ntitle = \"Kettles\"\npack = \"" +
        std::string(pack) + "\"\n[terms]\nassume = \"usual\"\ncountry = \"" +
        (currency == "EUR" ? "DE" : currency == "JPY" ? "JP" : "KR") + "\"\ncurrency = \"" + std::string(currency) +
        "\"\ngoal = \"" + std::string(goal) +
        "\"\nwindow = { opens = 2026-11-02T00:00:00Z, closes = 2026-12-02T00:00:00Z }\nrewards = [{ name = "
        "\"Kettle\", minimum = \"" +
        std::string(price) + "\" }]\n");
    REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : to_text(scenario.error())));
    return *scenario;
}

CampaignComparison all_of(const Scenario& scenario, const UnderPack& how) {
    std::vector<Contender> contenders;
    for (const std::string& name : campaign_packs())
        contenders.push_back({name, under_pack(scenario, load_pack(name).value(), how)});
    return compare(scenario, contenders);
}

}  // namespace

TEST_SUITE_BEGIN("analysis");

TEST_CASE("each pack of campaigns plays a minimal campaign with nothing given, or says why the day has no rules") {
    for (const std::string& name : campaign_packs()) {
        const RulePack pack = load_pack(name).value();
        for (const char* day : {"2019-06-01", "2023-06-01", "2025-06-01", "2026-11-02"}) {
            CAPTURE(name);
            CAPTURE(day);
            const auto scenario = parse_scenario(minimal(pack, day));
            if (!scenario) {
                const std::string said = to_text(scenario.error());
                CAPTURE(said);
                CHECK((said.find("no rule of " + name + " is known for " + day) != said.npos ||
                       said.find("not on offer") != said.npos));
                continue;
            }
            const Play played = play(*scenario).value();
            CHECK(played.campaign->succeeded_at);
            CHECK(statement(played.campaign).paid.minor() > 0);
            CHECK(scenario->terms.pack.ends_with("assumed (usual)"));
            CHECK(assumed_in(scenario->terms).size() == counts_of(scenario->terms).assumed);
        }
    }
}

TEST_CASE("a campaign without an end is played where no source wants one") {
    std::string text = minimal(load_pack("gofundme").value(), "2026-11-02");
    const std::size_t closes = text.find(", closes = ");
    text.erase(closes, text.find(" }", closes) - closes);
    const auto scenario = parse_scenario(text);
    REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : to_text(scenario.error())));
    const Play played = play(*scenario).value();
    CHECK(statement(played.campaign).collected.count == 100);
}

TEST_CASE("a campaign stands beside itself under every pack, at stated rates where the pack has another currency") {
    const UnderPack how{.assume = "usual",
                        .rates = {{Currency::iso("KRW").value(), EUR, Decimal::parse("0.00062").value(), {}},
                                  {JPY, EUR, Decimal::parse("0.0061").value(), {}},
                                  {USD, EUR, Decimal::parse("0.90").value(), {}},
                                  {Currency::iso("TWD").value(), EUR, Decimal::parse("0.028").value(), {}},
                                  {Currency::iso("BRL").value(), EUR, Decimal::parse("0.16").value(), {}}}};
    const CampaignComparison result = all_of(kettles("EUR", "5000.00", "40.00", "kickstarter"), how);
    CHECK(result.campaigns.size() == campaign_packs().size());
    for (const ComparedCampaign& campaign : result.campaigns) {
        CAPTURE(campaign.name);
        CAPTURE(to_text(campaign.findings));
        if (campaign.name == "goteo") {  // a round lasts 40 days, and this campaign 30
            REQUIRE(campaign.findings.size() == 1);
            CHECK(campaign.findings[0].rule == "window.days");
            continue;
        }
        REQUIRE(campaign.statement);
        // Everything that backers pay is somebody's.
        CHECK(campaign.statement->collected.amount.minor() == 500'000);
        CHECK(campaign.terms->currency == EUR);
    }
}

TEST_CASE("rules in another currency than the campaign's are not compared without a rate") {
    for (const auto& [currency, goal, price, pack] :
         {std::tuple{"JPY", "500000", "4000", "campfire"}, {"KRW", "5000000", "40000", "wadiz"}}) {
        const CampaignComparison result = all_of(kettles(currency, goal, price, pack), {.assume = "usual"});
        std::size_t with_figures = 0;
        for (const ComparedCampaign& campaign : result.campaigns) {
            CAPTURE(campaign.name);
            if (campaign.statement) {
                ++with_figures;
                continue;
            }
            REQUIRE_FALSE(campaign.findings.empty());
            CHECK(to_text(campaign.findings).find("a rate: how much " + std::string(currency)) != std::string::npos);
        }
        CHECK(with_figures >= 4);
    }
}

TEST_CASE("amounts of a pack in another currency are put into the campaign's at the stated rate") {
    const Scenario scenario = kettles("EUR", "5000.00", "40.00", "kickstarter");
    const auto terms = under_pack(scenario, load_pack("gofundme").value(),
                                  {.assume = "usual", .rates = {{USD, EUR, Decimal::parse("0.90").value(), {}}}});
    REQUIRE_MESSAGE(terms.has_value(), (terms ? "" : to_text(terms.error())));
    CHECK(terms->fees.processing.bands[0].fixed == 27);  // 0.30 USD
    CHECK(terms->model.goal == 500'000);
    CHECK(terms->rewards == scenario.terms.rewards);
    CHECK(terms->pack.ends_with(", for a creator in US, 1 USD at 0.9 EUR"));
}

TEST_SUITE_END();
