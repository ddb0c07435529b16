// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/campaign_table.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <numeric>
#include <sstream>

using namespace crowdrules;

namespace {

constexpr const char* header = "title,project,currency,goal,pledged,backers,tier_minimums,tier_backers\n";

std::vector<TableCampaign> table(const std::string& rows) {
    return parse_campaign_table(header + rows).value();
}
std::string error(const std::string& text) {
    return to_text(parse_campaign_table(text, "t.csv").error());
}

campaign::Terms rules(Currency currency) {
    campaign::Terms terms;
    terms.currency = currency;
    terms.model = campaign::FundingModel::all_or_nothing(Money(1, currency));
    terms.window = {instant("2016-06-01T00:00:00Z"), instant("2016-07-01T00:00:00Z")};
    terms.charges.retry_window = std::chrono::days{7};
    terms.payouts.first_after = std::chrono::days{14};
    terms.fees.platform = {.name = "platform fee", .bands = {{0, rate("5%"), 0}}, .rounding = {RoundingMode::half_up}};
    terms.fees.processing = {.name = "processing fee",
                             .bands = {{0, rate("5%"), 5}, {1'000, rate("3%"), 20}},
                             .rounding = {RoundingMode::half_up}};
    return terms;
}

}  // namespace

TEST_SUITE_BEGIN("tables");

TEST_CASE("campaign table: columns may come in any order, and others are passed over") {
    const auto read = parse_campaign_table(
        "backers,title,note,tier_backers,tier_minimums,currency,goal,pledged,project\n"
        "3,\"A, b\",x,1 1,10.00 20,USD,5.00,40.00,p/q\n");
    REQUIRE(read.has_value());
    CHECK(read->front() == TableCampaign{"A, b", "p/q", usd("5.00"), usd("40.00"), 3, {{1'000, 1}, {2'000, 1}}, 2});
}

TEST_CASE("campaign table: what a platform's own dump leaves out may be missing") {
    const auto read = parse_campaign_table("ID,name,currency,goal,pledged,state,backers\n1,A,GBP,5.00,6.00,failed,2\n");
    REQUIRE(read);
    CHECK(read->front() == TableCampaign{"A", "", Money(500, GBP), Money(600, GBP), 2, {}, 2, "failed"});
}

TEST_CASE("campaign table: a campaign is settled only if its state and its figures agree") {
    const auto doubt = [](const std::string& state, const std::string& pledged) {
        const auto read =
            parse_campaign_table("title,currency,goal,pledged,backers,state\na,USD,10.00," + pledged + ",1," + state);
        const auto found = contradiction_in(read.value().front());
        if (found) CHECK(found->fatal);
        return found ? found->what : "";
    };
    for (const char* sound : {"", "successful", "Successful", "funded"}) CHECK(doubt(sound, "10.00").empty());
    for (const char* sound : {"", "failed", "unsuccessful"}) CHECK(doubt(sound, "9.99").empty());
    CHECK(doubt("successful", "9.99") ==
          "it is said to be successful, but 9.99 USD was pledged of a goal of 10.00 USD");
    CHECK(doubt("failed", "10.00").starts_with("it is said to be failed, but 10.00 USD was pledged"));
    for (const char* state : {"canceled", "Cancelled", "suspended"})
        for (const char* pledged : {"9.99", "50.00"})
            CHECK(doubt(state, pledged) == "it was " + std::string(state) + ", so that nothing was collected");
    for (const char* state : {"live", "undefined", "?"})
        CHECK(doubt(state, "50.00") == "what became of it is not known: its state is '" + std::string(state) + "'");
}

TEST_CASE("campaign table: a row that cannot be read leaves the others, where that is asked for") {
    std::vector<TextError> unreadable;
    const auto read = parse_campaign_table(
        std::string(header) + "a,,JPY,500000.00,1,1,,\nb,,JPY,5,5,1,,\nc,,JPY,5,5,-,,\n", "t.csv", &unreadable);
    REQUIRE(read);
    REQUIRE(read->size() == 1);
    CHECK(read->front().line == 3);
    REQUIRE(unreadable.size() == 2);
    CHECK(to_text(unreadable[0]).starts_with("t.csv:2: goal: "));
    CHECK(to_text(unreadable[1]).starts_with("t.csv:4: backers: not a count"));
}

TEST_CASE("campaign table: nobody settles more backers than a table may have, wherever the number comes from") {
    TableCampaign campaign = table("a,p,USD,1.00,92233720368547758.07,10000000,,\n").front();
    CHECK_FALSE(contradiction_in(campaign));
    campaign.backers = most_table_backers + 1;
    REQUIRE(contradiction_in(campaign));
    CHECK(contradiction_in(campaign)->fatal);
}

TEST_CASE("campaign table: what cannot be read is refused with its line and column name") {
    CHECK(error("").starts_with("t.csv:1:1: an empty table"));
    CHECK(error("title,goal\n")
              .starts_with("t.csv:1:1: no columns 'currency', 'pledged', 'backers'; found \"title,goal\""));
    CHECK(error("title,currency,goal,pledged\n").starts_with("t.csv:1:1: no column 'backers'"));
    const auto row = [](const std::string& text) { return error(header + text + "\n"); };
    CHECK(row("a,b,USX,1.00,1.00,1,,").starts_with("t.csv:2: currency: "));
    CHECK(row("a,b,USD,1.001,1.00,1,,").starts_with("t.csv:2: goal: 3 decimals, but USD has 2"));
    CHECK(row("a,b,USD,1.00,x,1,,").starts_with("t.csv:2: pledged: "));
    CHECK(row("a,b,USD,1.00,1.00,-1,,").starts_with("t.csv:2: backers: not a count; found \"-1\""));
    CHECK(row("a,b,USD,1.00,1.00,1,5.00 6.00,1").starts_with("t.csv:2: tier_backers: not as many as tier_minimums"));
    CHECK(row("a,b,USD,1.00,1.00,1,5.00,1x").starts_with("t.csv:2: tier_backers: not a count"));
    // A pledge for each backer would be made: 35 GB of them.
    CHECK(row("a,p,USD,1000.00,92233720368547758.07,4294967295,,")
              .starts_with("t.csv:2: backers: more backers than a campaign can have here; found \"4294967295\""));
    CHECK(row("a,p,USD,1.00,92233720368547758.07,1,5.00,10000001").starts_with("t.csv:2: tier_backers: more backers"));
    CHECK(table("a,p,USD,1000.00,92233720368547758.07,10000000,,\n").front().backers == most_table_backers);
}

TEST_CASE("campaign table: figures that contradict each other are found") {
    const auto doubt = [](const std::string& row) {
        const auto found = contradiction_in(table(row).front());
        return found ? found->what + (found->fatal ? " (fatal)" : "") : "";
    };
    CHECK(doubt("a,b,USD,1.00,30.00,2,10.00 20.00,1 1") == "");
    CHECK(doubt("a,b,USD,1.00,30.00,1,10.00 20.00,1 1") == "the tiers have 2 backers, the campaign 1");
    CHECK(doubt("a,b,USD,1.00,29.00,2,10.00 20.00,1 1") ==
          "the tier minimums come to 30.00 USD, but 29.00 USD was pledged");
    CHECK(doubt("a,b,USD,1.00,30.02,3,10.00 20.00,1 1") ==
          "1 backers took no tier, but only 0.02 USD was pledged above the tier minimums");
    CHECK(doubt("a,b,USD,1.00,0.01,2,,") == "2 backers, but only 0.01 USD was pledged (fatal)");
    CHECK(doubt("a,b,USD,1.00,5.00,0,,") == "5.00 USD was pledged, but by nobody (fatal)");
    CHECK(doubt("a,b,USD,0.00,5.00,1,,") == "a goal of 0.00 USD (fatal)");
    CHECK(doubt("a,b,USD,1.00,-5.00,1,,") == "a negative amount was pledged: -5.00 USD (fatal)");
    CHECK(doubt("a,b,USD,1.00,92233720368547758.07,10000000,92233720368547758.07,10000000") ==
          "the tier minimums come to more than 64 bits hold, but 92,233,720,368,547,758.07 USD was pledged");
}

TEST_CASE("campaign table: pledges are the minimums with an even part of the rest, and add up") {
    TablePledges pledges;
    make_pledges(table("a,b,USD,1.00,40.01,3,10.00 20.00,1 1").front(), pledges);
    CHECK(pledges.amounts == std::vector<std::int64_t>{1'334, 2'334, 333});
    CHECK(pledges.rewards == std::vector<std::uint16_t>{1, 2, 0});
    make_pledges(table("a,b,USD,1.00,29.00,2,10.00 20.00,1 1").front(), pledges);
    CHECK(pledges.amounts == std::vector<std::int64_t>{1'450, 1'450});
    CHECK(pledges.rewards == std::vector<std::uint16_t>{0, 0});
}

TEST_CASE("campaign table: columns and events settle to the same totals") {
    const auto campaigns = table(
        "made,p,USD,50.00,140.01,7,10.00 25.00 9.99,3 2 1\n"
        "missed,p,USD,500.00,140.01,7,10.00 25.00,3 2\n"
        "doubtful,p,USD,1.00,29.00,2,10.00 20.00,1 1\n"
        "hopeless,p,USD,1.00,0.01,2,,\n"
        "in yen,p,JPY,1000,5005,4,1000 500,2 1\n"
        "nobody,p,USD,1.00,0.00,0,,\n");
    const std::map<Currency, campaign::Terms> terms{{USD, rules(USD)}, {JPY, rules(JPY)}};
    const SettledTable columns = settle(campaigns, terms, TablePath::columns);
    CHECK(columns == settle(campaigns, terms, TablePath::events));
    CHECK(columns.doubtful.size() == 2);
    CHECK(columns.totals.at(USD).campaigns == 4);
    CHECK(columns.totals.at(USD).succeeded == 2);
    CHECK(columns.totals.at(USD).collected == usd("169.01"));
    CHECK(columns.totals.at(JPY).pledged == Money(5'005, JPY));
    CHECK_THROWS_AS((void)settle(campaigns, {{USD, rules(USD)}}, TablePath::columns), ContractViolation);
}

TEST_CASE("campaign table: 1,997 campaigns with 7.1 million pledges, and a part of them through events") {
    const char* const shared = std::getenv("CROWDRULES_SHARED");
    std::ifstream file(std::string(shared ? shared : "") + "/data/kickstarter_campaigns.csv");
    if (!shared || !file) {
        MESSAGE("skipped: CROWDRULES_SHARED names no folder with data/kickstarter_campaigns.csv");
        return;
    }
    std::stringstream text;
    text << file.rdbuf();
    const auto campaigns = parse_campaign_table(text.str()).value();
    CHECK(campaigns.size() == 1'997);
    std::map<Currency, campaign::Terms> terms;
    Int128 pledged = 0;
    for (const TableCampaign& campaign : campaigns) {
        const Currency currency = campaign.pledged.currency();
        terms.try_emplace(currency, rules(currency));
        pledged += campaign.pledged.minor();
    }
    const SettledTable all = settle(campaigns, terms, TablePath::columns);
    std::uint64_t pledges = 0;
    Int128 settled = 0;
    for (const auto& [currency, totals] : all.totals) {
        pledges += totals.pledges;
        settled += totals.pledged.minor();
        CHECK(totals.collected - totals.platform_fee - totals.processing_fee == totals.paid);
    }
    CHECK(pledges == 7'094'275);
    CHECK(settled == pledged);
    CHECK(all.doubtful.size() == 147);

    std::vector<TableCampaign> some;
    for (std::size_t i = 0; i < campaigns.size(); i += 40) some.push_back(campaigns[i]);
    CHECK(settle(some, terms, TablePath::columns) == settle(some, terms, TablePath::events));
}

TEST_CASE("campaign table: each campaign's figures are told by themselves, and add up to the totals") {
    const auto campaigns = table("a,p,USD,5.00,40.00,3,10.00,1\nb,p,USD,5.00,1.00,2,,\nc,p,USD,0.00,1.00,1,,\n");
    const SettledTable settled = settle(campaigns, {{USD, rules(USD)}}, TablePath::columns);
    REQUIRE(settled.campaigns.size() == 3);
    CHECK(settled.campaigns[0]->succeeded == 1);
    CHECK(settled.campaigns[1]->succeeded == 0);
    CHECK_FALSE(settled.campaigns[2].has_value());
    TableTotals sum = *settled.campaigns[0];
    sum.add(*settled.campaigns[1]);
    CHECK(sum == settled.totals.at(USD));
}

TEST_SUITE_END();
