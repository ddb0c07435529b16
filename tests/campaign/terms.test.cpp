// SPDX-License-Identifier: BSL-1.0
// What no campaign can run with: a row for each defect.
#include <crowdrules/campaign/terms.hpp>

#include "sample.hpp"
#include <functional>

namespace crowdrules::campaign {

using namespace sample;

namespace {

struct Defect {
    std::string_view rule;  ///< the path of the rule that is broken
    std::string_view word;  ///< in what is said about it
    std::function<void(Terms&)> make;
};

const Instant late = closes + days{1};

const Defect defects[] = {
    {"model.goal", "negative", [](Terms& t) { t.model.goal = -1; }},
    {"model.goal", "zero", [](Terms& t) { t.model.goal = 0; }},
    {"model.share", "0%", [](Terms& t) { t.model.share = Decimal(0); }},
    {"model.share", "-10%", [](Terms& t) { t.model.share = decimal("-10%"); }},
    {"model.share", "64 bits",
     [](Terms& t) {
         t.model.goal = INT64_MAX;
         t.model.share = Decimal(2);
     }},
    {"model.counts", "units",
     [](Terms& t) {
         t.model = FundingModel::units(3);
         t.model.counts = GoalBasis::collected;
         t.charges.timing = ChargeTiming::at_pledge;
     }},
    {"model.counts", "units",
     [](Terms& t) {
         t.model = FundingModel::units(3);
         t.model.judged = OutcomeTiming::after_collection;
     }},
    {"model.counts", "nothing is collected", [](Terms& t) { t.model.counts = GoalBasis::collected; }},
    {"model.counts", "several",
     [](Terms& t) {
         t.model = FundingModel::headcount(3);
         t.model.judged = OutcomeTiming::after_collection;
         t.limits.one_per_backer = false;
     }},
    {"model.shipping_counts", "shipping",
     [](Terms& t) {
         t.model.judged = OutcomeTiming::after_collection;
         t.model.shipping_counts = false;
     }},
    {"instalments", "after the success",
     [](Terms& t) {
         t.model.judged = OutcomeTiming::after_collection;
         t.instalments = InstalmentPlan{.retry_first = 0s, .retry_later = 0s};
     }},
    {"model.cap", "cap is 0",
     [](Terms& t) {
         t.model = FundingModel::open_ended();
         t.limits.minimum = 0;
         t.model.cap = Cap{.at = 0};
     }},
    {"model.cap", "the cap 999.99 USD is below the 1,000.00 USD that are needed",
     [](Terms& t) { t.model.cap = Cap{.at = 999'99}; }},
    {"model.cap", "fits",
     [](Terms& t) {
         t.model.cap = Cap{.at = 1'000'00};
         t.limits.minimum = 1'000'01;
     }},
    {"model.second_round", "not above", [](Terms& t) { t.model.second_round = SecondRound{1'000'00, days{1}}; }},
    {"model.second_round.lasts", "it is 0 seconds", [](Terms& t) { t.model.second_round = SecondRound{2'000'00, 0s}; }},
    {"model.second_round", "judged when it ends",
     [](Terms& t) {
         t.model.second_round = SecondRound{2'000'00, days{1}};
         t.model.judged = OutcomeTiming::when_reached;
     }},
    {"model.second_round", "deadlines",
     [](Terms& t) {
         t.model.second_round = SecondRound{2'000'00, days{1}};
         t.model.judged = OutcomeTiming::after_collection;
     }},
    {"window.days", "closes", [](Terms& t) { t.window.closes = opens; }},
    {"window.days", "decides nothing", [](Terms& t) { t.window.closes = never; }},
    {"window.days", "nothing is ever charged",
     [](Terms& t) {
         t.model.miss = OnMiss::keep;
         t.window.closes = never;
     }},
    {"window.days", "two rounds",
     [](Terms& t) {
         t.model.miss = OnMiss::keep;
         t.may_close_early = true;
         t.model.second_round = SecondRound{2'000'00, days{1}};
         t.window.closes = never;
     }},
    {"limits.minimum", "-0.01 USD", [](Terms& t) { t.limits.minimum = -1; }},
    {"limits.maximum", "below the least",
     [](Terms& t) {
         t.limits.minimum = 500'00;
         t.limits.maximum = 499'99;
     }},
    {"limits.maximum", "0.00 USD",
     [](Terms& t) {
         t.limits = {.minimum = 0, .maximum = 0};
         t.rewards.clear();
         t.add_ons.clear();
     }},
    {"limits.locked_before_end", "-1 second", [](Terms& t) { t.limits.locked_before_end = -1s; }},
    {"charges.retry_window", "315569520001 seconds", [](Terms& t) { t.charges.retry_window = days{3'652'425} + 1s; }},
    {"window.days", "opens", [](Terms& t) { t.window.opens = instant("1900-01-01T00:00:00Z") - 1s; }},
    {"window.days", "closes", [](Terms& t) { t.window.closes = instant("9999-12-31T23:59:59Z") + 1s; }},
    {"limits.reward_required", "none",
     [](Terms& t) {
         t.limits.reward_required = true;
         t.rewards.clear();
         t.add_ons.clear();
     }},
    {"rewards", "no name", [](Terms& t) { t.rewards[0].name.clear(); }},
    {"rewards[1].minimum", "-0.01 USD", [](Terms& t) { t.rewards[0].minimum = -1; }},
    {"rewards[1].late_price", "-0.01 USD", [](Terms& t) { t.rewards[0].late_price = -1; }},
    {"limits.maximum", "above the largest", [](Terms& t) { t.rewards[0].minimum = 10'000'01; }},
    {"rewards[3].shipping.rates[1].cost", "-0.01 USD", [](Terms& t) { t.rewards[2].shipping.rates[0].cost = -1; }},
    {"rewards.time", "until", [](Terms& t) { t.rewards[0].available = Window{.opens = late, .closes = late}; }},
    {"rewards", "65536", [](Terms& t) { t.rewards.resize(65'536, t.rewards[0]); }},
    {"rewards", "no name", [](Terms& t) { t.add_ons[0].name.clear(); }},
    {"add_ons[1].price", "-0.01 USD", [](Terms& t) { t.add_ons[0].price = -1; }},
    {"limits.maximum", "above the largest", [](Terms& t) { t.add_ons[0].price = 10'000'01; }},
    {"add_ons[1].per_backer", "it is 0", [](Terms& t) { t.add_ons[0].per_backer = 0; }},
    {"add_ons.per_backer", "goes with reward 4", [](Terms& t) { t.add_ons[0].only_with = {RewardId{4}}; }},
    {"add_ons.per_backer", "goes with reward 0", [](Terms& t) { t.add_ons[0].only_with = {RewardId{}}; }},
    {"stretch_goals", "is at 0", [](Terms& t) { t.stretch_goals = {{.name = "S"}}; }},
    {"stretch_goals", "reward 4",
     [](Terms& t) { t.stretch_goals = {{.name = "S", .at = 1, .effect = UpgradeRewards{.rewards = {RewardId{4}}}}}; }},
    {"stretch_goals", "add-on 3",
     [](Terms& t) { t.stretch_goals = {{.name = "S", .at = 1, .effect = OpenAddOn{AddOnId{3}}}}; }},
    {"stretch_goals", "add-on 0", [](Terms& t) { t.stretch_goals = {{.name = "S", .at = 1, .effect = OpenAddOn{}}}; }},
    {"stretch_goals", "reward 4",
     [](Terms& t) { t.stretch_goals = {{.name = "S", .at = 1, .effect = AddStock{RewardId{4}, 1}}}; }},
    {"charges.retry_window", "-1 second", [](Terms& t) { t.charges.retry_window = -1s; }},
    {"charges.remind_every", "-1 second", [](Terms& t) { t.charges.remind_every = -1s; }},
    {"late_pledges.open_for", "-1 second", [](Terms& t) { t.late_pledges = LatePledges{.open_for = -1s}; }},
    {"payouts.first_after", "-1 second", [](Terms& t) { t.payouts.first_after = -1s; }},
    {"payouts.later_cut_off", "-1 second", [](Terms& t) { t.payouts.later_cut_off = -1s; }},
    {"payouts.later", "either", [](Terms& t) { t.payouts.later_every = {.every = days{7}, .months = 1}; }},
    {"instalments.count", "it is 1", [](Terms& t) { t.instalments = InstalmentPlan{.count = 1}; }},
    {"instalments.count", "it is 61", [](Terms& t) { t.instalments = InstalmentPlan{.count = 61}; }},
    {"instalments", "either",
     [](Terms& t) { t.instalments = InstalmentPlan{.cadence = {}, .retry_first = 0s, .retry_later = 0s}; }},
    {"instalments.minimum", "-0.01 USD", [](Terms& t) { t.instalments = InstalmentPlan{.minimum = -1}; }},
    {"instalments.first_after", "-1 second", [](Terms& t) { t.instalments = InstalmentPlan{.first_after = -1s}; }},
    {"reserve.rate", "101%", [](Terms& t) { t.reserve = ReservePlan{.rate = decimal("101%")}; }},
    {"reserve.held_for", "-1 second", [](Terms& t) { t.reserve = ReservePlan{.held_for = -1s}; }},
    {"charges.retry_window", "do not say", [](Terms& t) { t.charges = {}; }},
    {"charges.retry_window", "do not say", [](Terms& t) { t.charges = {.timing = ChargeTiming::when_ready}; }},
    {"instalments.retry", "do not say", [](Terms& t) { t.instalments = InstalmentPlan{.retry_later = days{7}}; }},
    {"instalments.retry", "do not say", [](Terms& t) { t.instalments = InstalmentPlan{.retry_first = days{7}}; }},
    {"reserve", "holds nothing back", [](Terms& t) { t.reserve = ReservePlan{.held_for = days{7}}; }},
    {"reserve", "holds nothing back", [](Terms& t) { t.reserve = ReservePlan{.rate = decimal("5%")}; }},
    {"charges.remind_every", "604800 reminders", [](Terms& t) { t.charges.remind_every = 1s; }},
    {"charges.remind_every", "101 reminders", [](Terms& t) { t.charges = {.retry_window = 101h, .remind_every = 1h}; }},
    {"instalments", "102 reminders",
     [](Terms& t) {
         t.charges.remind_every = 48h;
         t.instalments = InstalmentPlan{.retry_first = 0s, .retry_later = days{204}};
     }},
    {"instalments.cadence.months", "it is 2000000000",
     [](Terms& t) { t.instalments = InstalmentPlan{.cadence = {.months = 2'000'000'000}}; }},
    {"instalments", "beyond the year 9999",
     [](Terms& t) {
         t.instalments = InstalmentPlan{.first_after = days{3'650'000}, .retry_first = 0s, .retry_later = 0s};
     }},
    {"charges.retry_window", "beyond the year 9999", [](Terms& t) { t.charges = {.retry_window = days{3'650'000}}; }},
    {"payouts.first_after", "beyond the year 9999", [](Terms& t) { t.payouts.first_after = days{3'650'000}; }},
    {"payouts.later", "beyond the year 9999", [](Terms& t) { t.payouts.later_every.months = 100'000; }},
    {"late_pledges", "beyond the year 9999",
     [](Terms& t) { t.late_pledges = LatePledges{.open_for = days{3'650'000}}; }},
    {"reserve", "beyond the year 9999",
     [](Terms& t) { t.reserve = ReservePlan{.rate = decimal("5%"), .held_for = days{3'650'000}}; }},
    {"model.second_round", "beyond the year 9999",
     [](Terms& t) { t.model = FundingModel::two_rounds(cents(4'00), cents(9'00), days{3'650'000}); }},
    {"model.second_round.lasts", "315569520001 seconds",
     [](Terms& t) { t.model = FundingModel::two_rounds(cents(4'00), cents(9'00), days{3'652'425} + 1s); }},
    {"fees.processing", "a fixed part", [](Terms& t) { t.fees.processing.bands[0].fixed = 1'000'000'000'000'001; }},
    {"fees.platform", "a fixed part", [](Terms& t) { t.fees.platform.minimum = 1'000'000'000'000'001; }},
    {"fees.platform.bands[1].rate", "101%", [](Terms& t) { t.fees.platform.bands[0].rate = decimal("101%"); }},
    {"fees.processing.bands[1].fixed", "-0.01 USD", [](Terms& t) { t.fees.processing.bands[0].fixed = -1; }},
    {"fees.platform_on_miss.bands[1].rate", "-1%",
     [](Terms& t) { t.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("-1%")}}}; }},
};

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("sound terms have no defects") {
    CHECK(defects_of(terms()).empty());
    for (const FundingModel& model :
         {FundingModel::keep_what_is_raised(cents(1)), FundingModel::share_of_goal(cents(1), decimal("80%")),
          FundingModel::headcount(1), FundingModel::units(1),
          FundingModel::two_rounds(cents(1'00), cents(2'00), days{1}),
          FundingModel::minimum_to_cap(cents(1'00), cents(1'00), CapReached::closes), FundingModel::open_ended()}) {
        CHECK(defects_of(terms(model)).empty());
    }
}

TEST_CASE("whoever means no time at all to collect a charge says so") {
    Terms agreed = terms();
    agreed.charges = {.retry_window = 0s};
    CHECK(defects_of(agreed).empty());
    agreed.charges = {.timing = ChargeTiming::at_pledge};  // there is no second try
    CHECK(defects_of(agreed).empty());
}

TEST_CASE("a reward or add-on may cost exactly the largest pledge") {
    Terms agreed = terms();
    agreed.rewards[0].minimum = *agreed.limits.maximum;
    agreed.add_ons[0].price = *agreed.limits.maximum;
    CHECK(defects_of(agreed).empty());
    const Player play(agreed);
    CHECK(play.refused(AddReward{{.name = "All of it", .minimum = *agreed.limits.maximum}}) == std::nullopt);
}

TEST_CASE("terms may lead to the last second of the year 9999, and no further") {
    Terms agreed = terms();
    agreed.charges = {.retry_window = days{7}};
    agreed.payouts = {.first_after = days{14}};
    agreed.reserve = ReservePlan{.rate = decimal("5%"), .held_for = days{100}};
    agreed.window.closes = instant("9999-12-31T23:59:58Z") - days{121};
    CHECK(defects_of(agreed).empty());
    agreed.window.closes += 1s;
    CHECK(has_refusal(defects_of(agreed)));
}

TEST_CASE("each defect of terms is found alone, says what it is and what would be accepted, and stops the launch") {
    for (const Defect& defect : defects) {
        CAPTURE(defect.rule);
        CAPTURE(defect.word);
        Terms agreed = terms();
        defect.make(agreed);
        const Findings found = defects_of(agreed);
        REQUIRE_FALSE(found.empty());
        for (const Finding& finding : found) {
            CHECK(finding.rule == defect.rule);
            CHECK(finding.what.find(defect.word) != std::string::npos);
            CHECK_FALSE(finding.accepted.empty());
        }
        CHECK(has_refusal(found));
        CHECK_THROWS_AS((void)launch(agreed, opens), ContractViolation);
    }
}

TEST_CASE("every defect is named when there are several") {
    Terms agreed = terms();
    agreed.model.goal = 0;
    agreed.window.closes = opens;
    agreed.add_ons[0].only_with = {RewardId{4}};
    CHECK(defects_of(agreed).size() == 3);
    // Of numbers out of range all are named, and nothing else: no rule can be held against them.
    agreed.add_ons[0].per_backer = 0;
    agreed.limits.minimum = -1;
    CHECK(defects_of(agreed).size() == 2);
}

TEST_CASE("a rule of the campaign's own terms says so, and one of a pack cites its source") {
    Terms agreed = terms();
    CHECK(citation_of(agreed, "limits.maximum").evidence == Evidence::agreed);
    agreed.sources["limits.maximum"] = {.source = "help.example/limits", .read = {}, .evidence = Evidence::official};
    CHECK(citation_of(agreed, "limits.maximum").source == "help.example/limits");
    const Player play(agreed);
    const auto refusal = decide(
        play.campaign(), {.at = opens, .what = MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(10'000'01)}}});
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().rule == "limits.maximum");
    CHECK(refusal.error().citation.source == "help.example/limits");
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
