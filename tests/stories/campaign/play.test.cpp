// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/check.hpp>
#include <crowdrules/time/deadline.hpp>

#include <doctest/doctest.h>

#include "sample_play.hpp"
#include <algorithm>
#include <random>

using namespace crowdrules;

namespace {

std::string text(const std::string& timeline, const std::string& more = "") {
    return test::small_campaign(timeline, more);
}

Play played(const std::string& scenario) {
    return test::played_text(scenario);
}

std::string first_error(const std::string& scenario) {
    const auto parsed = parse_scenario(scenario, "small.toml");
    return parsed ? "no error" : to_text(parsed.error().front());
}

std::size_t count_of(const Play& play, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(play.events.begin(), play.events.end(),
                      [&](const campaign::Event& event) { return name_of(event.what) == name; }));
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("moment: an instant, or a time before or after the launch, the deadline or the success") {
    CHECK(parse_moment("launch").value() == Moment{Moment::From::launch, {}});
    CHECK(parse_moment("deadline - 24 hours").value() == Moment{Moment::From::deadline, -std::chrono::hours{24}});
    CHECK(parse_moment("success + 7 days").value() == Moment{Moment::From::success, std::chrono::days{7}});
    CHECK(parse_moment("2016-06-01T12:00:00Z").value().from == Moment::From::epoch);
    for (const char* moment : {"launch", "deadline - 1 day", "success + 90 minutes", "2016-06-01T12:00:00Z"})
        CHECK(to_text(parse_moment(moment).value()) == moment);
    for (const char* bad : {"", "lunch", "launch+1 day", "launch + ", "launch + 1", "launch * 2 days", "launched",
                            "deadline -1 day", "2016-06-01"})
        CHECK_FALSE(parse_moment(bad).has_value());
}

TEST_CASE("portion: so many are spread evenly over all, and just so many") {
    for (const std::uint64_t all : {1u, 7u, 100u, 1'000u})
        for (std::uint64_t chosen = 0; chosen <= all; chosen += 1 + all / 13) {
            std::uint64_t count = 0;
            for (std::uint64_t i = 0; i < all; ++i) count += is_chosen(i, chosen, all) ? 1 : 0;
            CHECK(count == chosen);
        }
    CHECK(Portion{rate("4%")}.of(68'929) == 2'757);
    CHECK(Portion{rate("50%")}.of(5) == 2);  // half_even
    CHECK(Portion{std::uint32_t{9}}.of(5) == 5);
}

TEST_CASE("play: pledges, charges and the payout happen by themselves, and the events replay to the same campaign") {
    const Play play = played(text(R"({ at = "launch", pledge = { reward = "Mug", count = 20 } })"));
    CHECK(play.as_expected());
    CHECK(play.campaign->phase == campaign::Phase::succeeded);
    CHECK(count_of(play, "pledge_made") == 20);
    CHECK(count_of(play, "charge_collected") == 20);
    CHECK(count_of(play, "payout_made") == 1);
    CHECK(replay(play.events) == play.campaign);
    const campaign::Statement now = statement(play.campaign);
    CHECK(now.collected.amount == usd("200.00"));
    CHECK(now.platform_fee == usd("10.00"));
    CHECK(now.processing_fee == usd("10.00"));
    CHECK(now.paid == usd("180.00"));
}

TEST_CASE("play: cards fail as the settlement says, some are mended, the others are dropped") {
    const Play play = played(text(R"({ at = "launch", pledge = { reward = "Mug", count = 50 } })", R"(
[settlement]
failing = "20%"
mended = 7
mended_after = "3 days"
)"));
    CHECK(count_of(play, "charge_failed") == 10);
    CHECK(count_of(play, "charge_collected") == 47);
    CHECK(count_of(play, "pledge_dropped") == 3);
    CHECK(statement(play.campaign).dropped.count == 3);
}

TEST_CASE("play: a line may say which of its cards fail") {
    const Play play =
        played(text(R"({ at = "launch", pledge = { reward = "Mug", count = 20, failing = 3, mended = 1 } },
        { at = "launch", pledge = { amount = "500.00" } })",
                    "[settlement]\nmended_after = \"1 day\"\n"));
    CHECK(count_of(play, "charge_failed") == 3);
    CHECK(statement(play.campaign).dropped.amount == usd("20.00"));
}

TEST_CASE("play: when everything fails the last drops happen too") {
    const Play play =
        played(text(R"({ at = "launch", pledge = { amount = "100.00" } })", "[settlement]\nfailing = 1\n"));
    CHECK(count_of(play, "pledge_dropped") == 1);
    CHECK(statement(play.campaign).open.count == 0);
}

TEST_CASE("play: money that was charged goes back when the campaign fails") {
    const Play play = played(text(R"({ at = "launch", pledge = { amount = "60.00", by = "Anna" } },
        { at = "launch", charge = "Anna" })") +
                             "[terms.limits]\n");
    // Charged at success only: there was nothing to charge, and the refusal was not expected.
    CHECK_FALSE(play.as_expected());
    REQUIRE(play.refusals.size() == 1);
    CHECK(play.refusals.front().why.code == campaign::RejectionCode::charge_not_due);
    CHECK(play.surprises().size() == 1);

    std::string at_pledge = text(R"({ at = "launch", pledge = { amount = "60.00" } })");
    at_pledge.replace(at_pledge.find("retry_window"), 0, "timing = \"at_pledge\", ");
    const Play returned = played(at_pledge);
    CHECK(returned.as_expected());
    CHECK(returned.campaign->phase == campaign::Phase::failed);
    CHECK(count_of(returned, "charge_collected") == 1);
    CHECK(count_of(returned, "pledge_refunded") == 1);
    CHECK(returned.campaign->ledger.balance(Account::backers).is_zero());
}

TEST_CASE("play: a spread adds a sum to the pledges, to the last cent and only to those that are made") {
    const std::string timeline = R"({ at = "launch", pledge = { reward = "Mug", count = 3 } },
        { at = "launch", pledge = { reward = "Mug", amount = "1.00" }, refused = "amount_below_minimum" },
        { at = "launch", pledge = { amount = "90.00", by = "Anna" } })";
    const Play evenly = played(text(timeline, "[[spread]]\namount = \"10.01\"\n"));
    CHECK(evenly.as_expected());
    CHECK(statement(evenly.campaign).gross.amount == usd("130.01"));
    CHECK(evenly.campaign->book.records.front().amount == 1'251);
    CHECK(evenly.campaign->book.records.back().amount == 9'250);

    const Play in_proportion = played(text(timeline, "[[spread]]\namount = \"12.00\"\nby = \"proportion\"\n"));
    CHECK(in_proportion.campaign->book.records.front().amount == 1'100);
    CHECK(in_proportion.campaign->book.records.back().amount == 9'900);

    const Play but_mugs = played(text(timeline, "[[spread]]\namount = \"10.01\"\nexcept = [\"Mug\"]\n"));
    CHECK(but_mugs.campaign->book.records.front().amount == 1'000);
    CHECK(but_mugs.campaign->book.records.back().amount == 10'001);

    const auto none = play(parse_scenario(text("", "[[spread]]\namount = \"10.01\"\n")).value());
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().what == "there is no pledge to spread this sum over");
}

TEST_CASE("play: a refusal that does not come, or comes otherwise, is a surprise") {
    const Play accepted =
        played(text(R"({ at = "launch", pledge = { reward = "Mug" }, refused = "reward_sold_out" })"));
    CHECK_FALSE(accepted.as_expected());
    CHECK(accepted.surprises() ==
          std::vector<std::string>{"small.toml:1: refused: expected reward_sold_out, but it is accepted"});
    const Play other =
        played(text(R"({ at = "launch", pledge = { reward = "Mug", amount = "1.00" }, refused = "reward_sold_out" })"));
    CHECK(other.surprises().size() == 2);
    const Play too_early = played(text(R"({ at = "launch", accepted = 2, refused = "amount_below_minimum", )"
                                       R"(pledge = { reward = "Mug", count = 3, amount = "1.00" } })"));
    CHECK(too_early.surprises().front() ==
          "small.toml:1: refused: expected amount_below_minimum after 2, but it is amount_below_minimum after 0");
}

TEST_CASE("play: figures can be expected at any line and at the end") {
    const Play play = played(text(R"({ at = "launch", pledge = { reward = "Mug", count = 12, name = "mugs" } },
        { at = "launch", expect = { gross = "120.00", phase = "live", pledges.mugs.count = 12 } },
        { at = "deadline - 2 days", cancel = { of = "mugs", last = 2 } })",
                                  R"([expect]
gross = "100.00"
cancelled = "20.00"
platform_fee = { about = "5.00", within = "0.01" }
processing_fee = { about = "4.00", within = "0.99" }
rewards.Mug = 10
holders.escrow = "0.00"
payouts = [{ kind = "campaign", due = 2016-07-15T12:00:00Z, net = "90.00" }]
)"));
    std::vector<std::string> wrong;
    for (const Comparison& comparison : play.comparisons)
        if (!comparison.agrees) wrong.push_back(comparison.figure + " " + comparison.actual);
    CHECK(wrong == std::vector<std::string>{"processing_fee 5.00 USD"});
    CHECK(play.comparisons.size() == 12);
}

TEST_CASE("play: lines whose moment never comes, or that name nobody, are refused with their place") {
    const auto never_succeeds =
        play(parse_scenario(text(R"({ at = "success + 1 day", pledge = { amount = "5.00" } })")).value());
    REQUIRE_FALSE(never_succeeds.has_value());
    CHECK(never_succeeds.error().what == "the campaign has not succeeded, so there is nothing to count from");
    CHECK(never_succeeds.error().where.line == 1);
    const auto nobody = play(parse_scenario(text(R"({ at = "launch", cancel = "Anna" })")).value());
    REQUIRE_FALSE(nobody.has_value());
    CHECK(nobody.error().what == "nobody of this name has pledged");
    const auto far = play(parse_scenario(text(R"({ at = "launch + 500000 weeks", cancel_campaign = {} })")).value());
    REQUIRE_FALSE(far.has_value());
    CHECK(far.error().what == "the years from 1900 to 9999 are known, and this is outside of them");
}

TEST_CASE("play: amounts that fit singly but not together are refused by name") {
    const Play play = played(text(R"({ at = "launch", accepted = 1, refused = "amount_too_large", )"
                                  R"(pledge = { amount = "92233720368547758.07", count = 2 } })",
                                  "[settlement]\ncharges = \"by hand\"\n"));
    CHECK(play.surprises().empty());
}

TEST_CASE("parse: every mistake is told at once, each with its place") {
    const auto parsed = parse_scenario(
        text(R"({ at = "launch", pledge = { reward = "Mag" } }, { at = "soon", cancel = "Anna" }, { at = "launch" })"),
        "small.toml");
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().size() == 3);
    for (const Finding& finding : parsed.error()) {
        CHECK(finding.where.source == "small.toml");
        CHECK(finding.where.line == 1);
        CHECK(finding.where.column > 0);
    }
    CHECK(first_error(text(R"({ at = "launch", pledge = { count = 0 } })")).find("a count of 0") != std::string::npos);
    CHECK(first_error(text(R"({ at = "launch", pledge = { count = 1000001, amount = "1.00" } })"))
              .find("more than 1,000,000") != std::string::npos);
    CHECK(first_error(text(R"({ at = "launch", pledge = { amount = "1.00", failing = 2 } })"))
              .find("more failing cards") != std::string::npos);
    std::string twins = text("");
    twins.replace(twins.find("rewards = ["), 11, "rewards = [{ name = \"Mug\" }, ");
    CHECK(first_error(twins).find("two are called 'Mug'") != std::string::npos);
    CHECK(first_error(text("", "[settlement]\nmended = 1\n")).find("but not when") != std::string::npos);
    CHECK(first_error(text("", "[settlement]\nfailing = \"120%\"\n")).find("outside 0% to 100%") != std::string::npos);
}

TEST_CASE("parse: a window may be written as times on the wall of a place, resolved once") {
    const auto with = [](std::string_view opens, std::string_view closes) {
        std::string scenario = text("");
        const std::string plain = "opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z";
        return scenario.replace(scenario.find(plain), plain.size(),
                                "opens = \"" + std::string(opens) + "\", closes = \"" + std::string(closes) + "\"");
    };
    const auto parsed =
        parse_scenario(with("2024-03-01 09:00 America/New_York", "2024-03-31 09:00 America/New_York"), "zone.toml");
    REQUIRE(parsed.has_value());
    CHECK(parsed->terms.window.opens == instant("2024-03-01T14:00:00Z"));   // winter
    CHECK(parsed->terms.window.closes == instant("2024-03-31T13:00:00Z"));  // summer
    CHECK(parsed->terms.zone_database == system_zones().version());
    CHECK(parse_scenario(text("")).value().terms.zone_database.empty());

    const std::string skipped = first_error(with("2024-03-10 02:30 America/New_York", "2024-04-01 00:00 UTC"));
    CHECK_MESSAGE(skipped.find("small.toml:") == 0, skipped);
    CHECK_MESSAGE(skipped.find("opens") != std::string::npos, skipped);
    CHECK(first_error(with("2024-03-10 02:30 America/Gotham", "2024-04-01 00:00 UTC")).find("Gotham") !=
          std::string::npos);
    CHECK(first_error(with("2024-03-10 UTC", "2024-04-01 00:00 UTC")) != "no error");
}

TEST_CASE("parse: a damaged text is read or refused with a place, and what can be read can be played or refused") {
    const std::string whole = text(R"({ at = "launch", pledge = { reward = "Mug", count = 12, name = "mugs" } },
        { at = "deadline - 2 days", cancel = { of = "mugs", last = 2 } }, { at = "success + 1 day", refund = "mugs" })",
                                   R"([settlement]
failing = "20%"
mended = 1
mended_after = "3 days"
[[spread]]
amount = "10.01"
[expect]
gross = "100.00"
)");
    std::mt19937_64 dice(2012);
    int played_some = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string damaged = whole;
        for (std::uint64_t cuts = 1 + dice() % 3; cuts > 0; --cuts) {
            const std::size_t at = dice() % damaged.size();
            switch (dice() % 4) {
                case 0:
                    damaged[at] = static_cast<char>(dice() % 256);
                    break;
                case 1:
                    damaged.erase(at, 1 + dice() % 4);
                    break;
                case 2:
                    damaged.insert(at, damaged.substr(dice() % damaged.size(), dice() % 12));
                    break;
                default:
                    damaged.insert(at, 1, "0123456789-.\"{}[]=,"[dice() % 19]);
            }
        }
        CAPTURE(damaged);
        const auto parsed = parse_scenario(damaged, "damaged.toml");
        if (!parsed) {
            REQUIRE(has_refusal(parsed.error()));
            continue;
        }
        if (parsed->pledges() > 1'000) continue;
        const auto result = play(*parsed);
        if (!result) continue;
        ++played_some;
        REQUIRE(check(result->campaign).empty());
        REQUIRE(replay(result->events) == result->campaign);
    }
    CHECK(played_some > 50);
}

TEST_CASE("check: a scenario whose error is foretold passes when just that error comes") {
    const std::string broken = "[scenario\n";
    CHECK(check_story(broken, "x.toml").unusable);
    CHECK(check_story("# must be refused: 2:\n" + broken, "x.toml").passed);
    CHECK_FALSE(check_story("# must be refused: 7:\n" + broken, "x.toml").passed);
    const CheckedCase readable = check_story("# must be refused: 1:\n" + text(""), "x.toml");
    CHECK_FALSE(readable.passed);
    CHECK_FALSE(readable.unusable);
}

TEST_CASE("report: columns are aligned, amounts grouped, and colour only where it is asked for") {
    const Play play = played(text(R"({ at = "launch", pledge = { reward = "Mug", amount = "1234.56" } })"));
    CHECK(report(play.campaign) == R"(A small campaign
succeeded on 2016-07-01T12:00:00Z

Pledges                             USD
  goal                           100.00
  pledged                  1   1,234.56  1 backer, 1,234% of the goal

Collection
  collected                1   1,234.56

Fees
  platform fee                    61.73  5%, half_up, on 1,234.56
  processing fee                  37.24  3% + 0.20 USD, half_up, on each charge

Payouts
  campaign                     1,135.59  paid 2016-07-15T12:00:00Z
  paid to the creator          1,135.59

Who holds what now
  backers                     -1,234.56
  creator                      1,135.59
  platform fees                   61.73
  processing fees                 37.24
  together                         0.00

Rewards                taken    minimum
  Mug                      1      10.00
)");
    CHECK(report(play.campaign).find('\x1b') == std::string::npos);
    CHECK(report(play.campaign, ReportStyle::coloured).find("\x1b[1mFees\x1b[0m\n") != std::string::npos);
    CHECK(report_json(play.campaign, -1).find(R"("platform_fee":"61.73")") != std::string::npos);
}

TEST_SUITE_END();
