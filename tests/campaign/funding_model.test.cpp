// SPDX-License-Identifier: BSL-1.0
// Every funding model is a setting of one mechanism. Each is worked through to its outcome.
#include <crowdrules/campaign/funding_model.hpp>

#include "sample.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

constexpr Instant before_end(Instant end) {
    return end - Elapsed{1};
}

/// Charged when they are made, so that money can be counted before the end.
Terms charged_at_once(FundingModel model) {
    Terms agreed = terms(std::move(model));
    agreed.charges = {.timing = ChargeTiming::at_pledge};
    return agreed;
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

// -------------------------------------------------------------------------------------------------- all or nothing

TEST_CASE("all or nothing succeeds at exactly the goal and charges fall due") {
    Player play(terms());
    play.pledge(1, cents(400'00));
    play.pledge(2, cents(600'00));
    const Events due = play.pass(closes);

    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state().succeeded_at == closes);
    CHECK(first_of<CampaignSucceeded>(due) == CampaignSucceeded{.counted = 1'000'00, .goal_missed = false});
    CHECK(play.state().totals.ended == Tally{.count = 2, .amount = 1'000'00});
    CHECK(play.refused(RecordCharge{PledgeId{1}}) == std::nullopt);
}

TEST_CASE("all or nothing fails one cent below the goal and every pledge is released") {
    Player play(terms());
    play.pledge(1, cents(400'00));
    play.pledge(2, cents(599'99));
    const Events due = play.pass(closes);

    CHECK(play.state().phase == Phase::failed);
    CHECK(first_of<CampaignFailed>(due).counted == 999'99);
    CHECK(play.state_of(1) == PledgeState::released);
    CHECK(play.state_of(2) == PledgeState::released);
    CHECK(play.state().totals.in(PledgeState::released) == Tally{.count = 2, .amount = 999'99});
    CHECK(play.state().totals.standing == 0);
    CHECK(play.refused(RecordCharge{PledgeId{1}}) == RejectionCode::campaign_ended);
    CHECK(statement(play.campaign()).collected.amount == cents(0));
    CHECK(statement(play.campaign()).gross == StatementCount{2, cents(999'99)});
}

TEST_CASE("a success is latched, whatever is dropped later") {
    Player play(terms());
    play.pledge(1, cents(1'000'00));
    play.pass(closes);
    play.charge(1, false);
    play.pass(closes + days{7} + 1s);
    CHECK(play.state_of(1) == PledgeState::dropped);
    CHECK(play.state().phase == Phase::succeeded);
}

TEST_CASE("overfunding is unlimited and the campaign stays open to its deadline") {
    Player play(terms());
    play.pledge(1, cents(10'000'00));
    play.does(before_end(closes), MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(10'000'00)}});
    play.pass(closes);
    CHECK(play.state().counted == 20'000'00);
    CHECK(percent_funded(play.campaign()) == 2'000);
}

TEST_CASE("the closing instant belongs to the campaign only where the window says so") {
    const MakePledge last{PledgeId{1}, BackerId{1}, {.amount = cents(1'000'00)}};

    SUBCASE("excluded") {
        Player play(terms());
        CHECK(play.refused(before_end(closes), last) == std::nullopt);
        CHECK(play.refused(closes, last) == RejectionCode::campaign_ended);  // nothing was pledged before it
        play.pledge(2, cents(1'000'00));
        CHECK(play.refused(closes, last) == RejectionCode::campaign_closed);
        CHECK(due(play.campaign(), closes).size() == 2);
    }
    SUBCASE("included") {
        Terms agreed = terms();
        agreed.window.closing = ClosingInstant::included;
        Player play(agreed);
        CHECK(due(play.campaign(), closes).empty());
        play.does(closes, last);
        CHECK(play.state().phase == Phase::live);
        play.pass(closes + 1s);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().closed_at == closes + 1s);
        CHECK(play.refused(closes + 1s, MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(1'00)}}) ==
              RejectionCode::campaign_closed);
    }
}

TEST_CASE("shipping counts toward the goal only where the model says so") {
    for (const bool counts : {true, false}) {
        FundingModel model = FundingModel::all_or_nothing(cents(105'00));
        model.shipping_counts = counts;
        Player play(terms(model));
        play.pledge(1, {.reward = kit, .ship_to = "US", .amount = cents(105'00)});
        CHECK(counted_now(play.campaign()) == (counts ? 105'00 : 100'00));
        play.pass(closes);
        CHECK(play.state().phase == (counts ? Phase::succeeded : Phase::failed));
    }
}

// -------------------------------------------------------------------------------------------------- keep what is
// raised

TEST_CASE("keep what is raised pays the creator below the goal, at the fee for a miss") {
    Terms agreed = terms(FundingModel::keep_what_is_raised(cents(1'000'00)));
    agreed.fees.platform_on_miss = FeeSchedule{.name = "platform fee on a miss", .bands = {{.rate = decimal("9%")}}};
    agreed.fees.processing = {};
    const auto fee_when_raised = [&](std::int64_t raised) {
        Player play(agreed);
        play.pledge(1, cents(raised));
        play.pass(closes);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().goal_missed == (raised < 1'000'00));
        play.charge(1);
        return statement(play.campaign()).platform_fee;
    };
    CHECK(fee_when_raised(999'00) == cents(89'91));    // 9%
    CHECK(fee_when_raised(1'000'00) == cents(50'00));  // 5%
}

TEST_CASE("keep what is raised fails when nothing was raised") {
    Player play(terms(FundingModel::keep_what_is_raised(cents(1'000'00))));
    play.pass(closes);
    CHECK(play.state().phase == Phase::failed);
}

// -------------------------------------------------------------------------------------------------- share of the goal

TEST_CASE("a share of the goal is rounded up to what suffices") {
    CHECK(FundingModel::share_of_goal(cents(1'000'00), decimal("80%")).needed() == 800'00);
    CHECK(FundingModel::share_of_goal(cents(1'000'01), decimal("80%")).needed() == 800'01);  // 80,000.8 cents
    CHECK(FundingModel::share_of_goal(cents(1), decimal("0.000000000000000001")).needed() == 1);

    const auto outcome = [](std::int64_t raised) {
        Player play(terms(FundingModel::share_of_goal(cents(1'000'01), decimal("80%"))));
        play.pledge(1, cents(raised));
        play.pass(closes);
        return play.state().phase;
    };
    CHECK(outcome(800'00) == Phase::failed);
    CHECK(outcome(800'01) == Phase::succeeded);
}

// -------------------------------------------------------------------------------------------------- headcount and
// units

TEST_CASE("a headcount counts people, not money or pledges") {
    Terms agreed = terms(FundingModel::headcount(3));
    agreed.limits.one_per_backer = false;
    Player play(agreed);
    play.pledge(1, cents(5'000'00));
    play.pledge(2, cents(1'00));
    play.does(MakePledge{PledgeId{3}, BackerId{2}, {.amount = cents(1'00)}});
    CHECK(counted_now(play.campaign()) == 2);
    play.does(CancelPledge{PledgeId{2}});  // the backer still has another pledge
    CHECK(counted_now(play.campaign()) == 2);

    SUBCASE("two people are not three") {
        play.pass(closes);
        CHECK(play.state().phase == Phase::failed);
    }
    SUBCASE("three are enough") {
        play.pledge(4, cents(1'00));
        play.pass(closes);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().counted == 3);
    }
}

TEST_CASE("a goal in units counts the pieces in rewards and add-ons") {
    Player play(terms(FundingModel::units(7)));
    // A kit is two pieces and each cable one.
    play.pledge(1, {.reward = kit,
                    .add_ons = {{cable, 2}, {sticker, 5}},
                    .ship_to = "US",
                    .amount = cents(100'00 + 16'00 + 15'00 + 5'00 + 10'00)});
    CHECK(counted_now(play.campaign()) == 4);
    play.pledge(2, cents(9'000'00));  // support without a reward is no piece
    CHECK(counted_now(play.campaign()) == 4);
    play.pledge(3, {.reward = kit, .ship_to = "US", .amount = cents(105'00)});
    CHECK(counted_now(play.campaign()) == 6);

    SUBCASE("six of seven pieces are a miss") {
        play.pass(closes);
        CHECK(play.state().phase == Phase::failed);
    }
    SUBCASE("one poster makes seven") {
        play.pledge(4, cents(25'00), poster);
        play.pass(closes);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().counted == 7);
    }
    SUBCASE("add-ons given up do not count") {
        play.does(ChangePledge{PledgeId{1}, {.reward = kit, .ship_to = "US", .amount = cents(105'00)}});
        CHECK(counted_now(play.campaign()) == 4);
        CHECK(play.state().add_on_taken == std::vector<std::uint32_t>{0, 0});
    }
}

// -------------------------------------------------------------------------------------------------- two rounds

TEST_CASE("two rounds: the minimum decides after the first, the second runs for the optimum") {
    const FundingModel model = FundingModel::two_rounds(cents(1'000'00), cents(2'000'00), days{40});
    Player play(terms(model));
    play.pledge(1, cents(1'000'00));
    const Events due = play.pass(closes);

    CHECK(first_of<RoundWon>(due) == RoundWon{.counted = 1'000'00, .closes = closes + days{40}});
    CHECK(play.state().phase == Phase::live);
    CHECK(play.state().in_second_round);
    CHECK(play.refused(RecordCharge{PledgeId{1}}) == std::nullopt);  // the first round's money is charged now
    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::pledge_already_charged);
    play.charge(1);

    play.does(closes + days{39}, MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(300'00)}});
    CHECK(play.refused(RecordCharge{PledgeId{2}}) == RejectionCode::charge_not_due);
    play.pass(closes + days{40});
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state().totals.ended == Tally{.count = 2, .amount = 1'300'00});
    CHECK(percent_funded(play.campaign()) == 130);
    play.charge(2);
    CHECK(check(play.campaign()).empty());
    CHECK(statement(play.campaign()).collected == StatementCount{2, cents(1'300'00)});
}

TEST_CASE("two rounds: below the minimum there is no second round") {
    Player play(terms(FundingModel::two_rounds(cents(1'000'00), cents(2'000'00), days{40})));
    play.pledge(1, cents(999'99));
    const Events due = play.pass(closes);
    CHECK(count_of<RoundWon>(due) == 0);
    CHECK(play.state().phase == Phase::failed);
}

TEST_CASE("two rounds: a round won during a pause leaves the campaign paused") {
    Player play(terms(FundingModel::two_rounds(cents(1'000'00), cents(2'000'00), days{40})));
    play.pledge(1, cents(1'000'00));
    play.does(PauseCampaign{"a claim"});
    play.pass(closes);
    CHECK(play.state().in_second_round);
    CHECK(play.state().phase == Phase::paused);
    play.does(ResumeCampaign{});
    CHECK(play.state().phase == Phase::live);
    CHECK(play.state().window.closes == closes + days{40});
}

// -------------------------------------------------------------------------------------------------- minimum to cap

TEST_CASE("a pledge that would pass the cap is refused whole, and one that reaches it exactly is taken") {
    for (const CapReached when : {CapReached::stays_open, CapReached::closes, CapReached::closes_when_full}) {
        Player play(terms(FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), when)));
        play.pledge(1, cents(600'00));
        const auto refusal = decide(
            play.campaign(), {.at = opens, .what = MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(400'01)}}});
        REQUIRE(!refusal);
        CHECK(refusal.error().code == RejectionCode::cap_exceeded);
        CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(1'000'01)}}) == RejectionCode::cap_exceeded);
        const Events events = play.pledge(2, cents(400'00));
        const bool closed = when != CapReached::stays_open;
        CHECK(play.state().closed == closed);
        CHECK(count_of<CampaignClosed>(events) == (closed ? 1 : 0));
        CHECK(play.state().phase == (closed ? Phase::succeeded : Phase::live));
    }
}

TEST_CASE("a refusal tells what counts in the measure of the goal") {
    const auto refusal = [](const Player& play, Instant at, CommandBody what) {
        const auto decision = decide(play.campaign(), {.at = at, .what = std::move(what)});
        REQUIRE(!decision);
        return decision.error().what + "; " + decision.error().accepted;
    };
    const auto pledge = [](std::uint64_t id, std::int64_t amount) {
        return MakePledge{PledgeId{id}, BackerId{id}, {.amount = cents(amount)}};
    };
    Terms agreed = terms(FundingModel::minimum_to_cap(cents(10'00), cents(1'500'00), CapReached::stays_open));
    agreed.limits.locked_before_end = days{1};
    agreed.may_close_early = true;
    Player play(agreed);
    play.pledge(1, cents(2'00));
    CHECK(refusal(play, opens, CloseEarly{}) ==
          "2.00 USD counted of 10.00 USD needed; a campaign that has what it needs");
    CHECK(refusal(play, opens, pledge(2, 1'499'00)) ==
          "2.00 USD counted, and with this 1,501.00 USD of at most 1,500.00 USD; at most 1,498.00 USD more");
    play.pledge(2, cents(9'00));
    CHECK(refusal(play, before_end(closes), CancelPledge{PledgeId{2}}) ==
          "11.00 USD counted of 10.00 USD needed, and after this 2.00 USD, with less than 1 day to go; "
          "a cut that leaves the campaign at its goal");

    agreed.model = FundingModel::headcount(2);
    agreed.model.cap = Cap{.at = 2};
    Player heads(agreed);
    heads.pledge(1, cents(2'00));
    CHECK(refusal(heads, opens, CloseEarly{}) ==
          "1 backer counted of 2 backers needed; a campaign that has what it needs");
    heads.pledge(2, cents(2'00));
    CHECK(refusal(heads, opens, pledge(3, 2'00)) ==
          "2 backers counted, and with this 3 backers of at most 2 backers; a pledge that adds nothing");
}

TEST_CASE("at a cap that stays open a cancelled pledge makes room") {
    Player play(terms(FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), CapReached::stays_open)));
    play.pledge(1, cents(600'00));
    play.pledge(2, cents(400'00));
    CHECK(play.refused(MakePledge{PledgeId{3}, BackerId{3}, {.amount = cents(1'00)}}) == RejectionCode::cap_exceeded);
    play.does(CancelPledge{PledgeId{2}});
    play.pledge(3, cents(400'00));
    play.pass(closes);
    CHECK(play.state().phase == Phase::succeeded);
}

TEST_CASE("a campaign closes when full as soon as no pledge fits any more") {
    FundingModel model = FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), CapReached::closes);
    Terms agreed = terms(model);
    agreed.limits.minimum = 10'00;

    SUBCASE("not where only the exact cap closes") {
        Player play(agreed);
        play.pledge(1, cents(990'01));
        CHECK_FALSE(play.state().closed);
    }
    SUBCASE("not while the least pledge still fits") {
        agreed.model.cap->when_reached = CapReached::closes_when_full;
        Player play(agreed);
        play.pledge(1, cents(990'00));
        CHECK_FALSE(play.state().closed);
    }
    SUBCASE("as soon as it does not") {
        agreed.model.cap->when_reached = CapReached::closes_when_full;
        Player play(agreed);
        play.pledge(1, cents(990'01));
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().closed_at == opens);
    }
}

TEST_CASE("below the minimum a range releases every pledge") {
    Player play(terms(FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), CapReached::closes)));
    play.pledge(1, cents(499'99));
    play.pass(closes);
    CHECK(play.state_of(1) == PledgeState::released);
}

TEST_CASE("a cap on what is collected counts pledges whose charge is still on its way") {
    FundingModel model = FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), CapReached::stays_open);
    model.counts = GoalBasis::collected;
    Player play(charged_at_once(model));
    play.pledge(1, cents(600'00));
    CHECK(play.refused(MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(400'01)}}) == RejectionCode::cap_exceeded);
    play.charge(1, false);  // a charge at checkout has no second try
    CHECK(play.refused(MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(400'01)}}) == std::nullopt);
}

// -------------------------------------------------------------------------------------------------- open-ended

TEST_CASE("an open-ended campaign charges pledges as they come and ends only when it is closed") {
    Terms agreed = terms(FundingModel::open_ended());
    agreed.window.closes = never;
    agreed.may_close_early = true;
    agreed.payouts.later_every = {.every = days{7}};
    Player play(agreed);
    CHECK(play.state().succeeded_at == opens);
    CHECK(play.state().phase == Phase::live);
    play.pledge(1, cents(10'00));
    play.charge(1);
    CHECK(due(play.campaign(), never).empty());

    const Instant later = opens + days{10'000};
    play.does(later, MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(10'00)}});
    play.charge(2);
    play.does(CloseEarly{});
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.refused(MakePledge{PledgeId{3}, BackerId{3}, {.amount = cents(10'00)}}) ==
          RejectionCode::campaign_closed);
    CHECK(check(play.campaign()).empty());
}

// -------------------------------------------------------------------------------------------------- early success

TEST_CASE("judged when reached, the success comes with the pledge that reaches the goal and is not undone") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::when_reached;
    Terms agreed = terms(model);
    Player play(agreed);
    play.pledge(1, cents(999'99));
    const Instant reached = opens + days{3};
    const Events events = play.does(reached, MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(1'00)}});
    CHECK(first_of<CampaignSucceeded>(events).counted == 1'000'99);
    CHECK(play.state().succeeded_at == reached);
    CHECK(play.state().phase == Phase::live);  // it stays open to its deadline

    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::pledge_already_charged);
    play.does(reached + days{1}, MakePledge{PledgeId{3}, BackerId{3}, {.amount = cents(999'01)}});
    play.charge(3);  // after the success a pledge is charged as it comes
    play.pass(closes);
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state_of(1) == PledgeState::dropped);  // nobody charged it within seven days of the success
    CHECK(play.state().totals.ended == Tally{.count = 1, .amount = 999'01});
    CHECK(check(play.campaign()).empty());
}

TEST_CASE("how much of the goal was reached goes on growing after an early success") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::when_reached;
    Player play(terms(model));
    play.pledge(1, cents(1'000'00));
    play.charge(1);
    play.pledge(2, cents(2'000'00));
    play.charge(2);
    CHECK(percent_funded(play.campaign()) == 300);
    play.pass(closes);
    CHECK(percent_funded(play.campaign()) == 300);
    CHECK(play.state().counted == 1'000'00);  // what the outcome was judged on
}

TEST_CASE("an early success that is never reached fails at the deadline") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::when_reached;
    Player play(terms(model));
    play.pledge(1, cents(999'99));
    play.pass(closes);
    CHECK(play.state().phase == Phase::failed);
}

// -------------------------------------------------------------------------------------------------- what is collected

TEST_CASE("judged after the collection, a success is revoked when too little is collected") {
    // Crowd Supply: the goal must be met by what was really charged.
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    model.counts = GoalBasis::collected;
    Player play(terms(model));
    play.pledge(1, cents(600'00));
    play.pledge(2, cents(400'00));
    play.pass(closes);
    CHECK(play.state().phase == Phase::collecting);
    CHECK_FALSE(play.state().succeeded_at);
    play.charge(1);

    SUBCASE("all of it came in") {
        play.charge(2, false);
        play.does(closes + days{7}, RecordCharge{PledgeId{2}});  // the last instant at which it may
        play.pass(closes + days{7} + 1s);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.state().counted == 1'000'00);
    }
    SUBCASE("a part did not") {
        play.charge(2, false);
        play.pass(closes + days{7} + 1s);
        CHECK(play.state().phase == Phase::failed);
        CHECK(play.state_of(1) == PledgeState::released);
        CHECK(play.refused(PayOut{0}) == RejectionCode::campaign_ended);
        play.does(RefundPledge{PledgeId{1}, cents(600'00)});  // what was charged goes back
        CHECK(statement(play.campaign()).holders[static_cast<std::size_t>(Account::backers)] == cents(0));
    }
    CHECK(check(play.campaign()).empty());
}

TEST_CASE("judged after the collection, too few pledges fail at the deadline already") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    Player play(terms(model));
    play.pledge(1, cents(999'99));
    play.pass(closes);
    CHECK(play.state().phase == Phase::failed);
}

TEST_CASE("judged after the collection, what is still not collected is dropped with the outcome") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    Player play(terms(model));
    play.pledge(1, cents(1'000'00));
    play.pledge(2, cents(300'00));
    play.pass(closes);
    play.charge(1);
    play.charge(2, false);
    play.pass(closes + days{7});
    CHECK(play.state_of(2) == PledgeState::errored);
    // Its window for mending is over with the collection: there is not a second one.
    play.pass(closes + days{7} + 2s);
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state_of(2) == PledgeState::dropped);
    CHECK(statement(play.campaign()).dropped == StatementCount{1, cents(300'00)});
}

TEST_CASE("judged after the collection, closing early starts the collection too") {
    FundingModel model = FundingModel::minimum_to_cap(cents(500'00), cents(1'000'00), CapReached::closes);
    model.judged = OutcomeTiming::after_collection;
    Terms agreed = terms(model);
    agreed.may_close_early = true;
    Player play(agreed);
    play.pledge(1, cents(600'00));
    SUBCASE("by the creator") {
        play.does(CloseEarly{});
    }
    SUBCASE("by the cap") {
        play.pledge(2, cents(400'00));
    }
    CHECK(play.state().phase == Phase::collecting);
    play.pass(opens + days{7});
    CHECK(play.refused(RecordCharge{PledgeId{1}}) == std::nullopt);
    play.pass(opens + days{7} + 1s);
    CHECK(play.state().phase == Phase::failed);  // nothing was collected
}

TEST_CASE("judged after the collection, money kept below the goal still has its time to be collected") {
    FundingModel model = FundingModel::keep_what_is_raised(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    Player play(terms(model));
    play.pledge(1, cents(600'00));
    play.pass(closes + days{6});
    play.charge(1);
    play.pass(closes + days{8});
    CHECK(play.state_of(1) == PledgeState::collected);
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state().goal_missed);
}

TEST_CASE("a goal counted on what is collected ignores pledges that were never charged") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.counts = GoalBasis::collected;
    Player play(charged_at_once(model));
    play.pledge(1, cents(600'00));
    play.pledge(2, cents(400'00));
    play.charge(1);
    CHECK(counted_now(play.campaign()) == 600'00);
    SUBCASE("one is missing") {
        play.pass(closes);
        CHECK(play.state().phase == Phase::failed);
    }
    SUBCASE("both came in") {
        play.charge(2);
        play.pass(closes);
        CHECK(play.state().phase == Phase::succeeded);
    }
}

TEST_CASE("how much of the goal was reached stays what it was at the outcome, whatever is given back since") {
    for (const GoalBasis counts : {GoalBasis::pledged, GoalBasis::collected}) {
        for (FundingModel model :
             {FundingModel::all_or_nothing(cents(1'000'00)), FundingModel::headcount(2), FundingModel::units(2)}) {
            if (model.measure == Measure::units && counts == GoalBasis::collected) continue;
            model.counts = counts;
            for (const std::uint64_t pledges : {1u, 2u}) {
                CAPTURE(model.measure);
                CAPTURE(pledges);
                Player play(charged_at_once(model));
                for (std::uint64_t id = 1; id <= pledges; ++id) {
                    const bool in_units = model.measure == Measure::units;
                    play.pledge(id, cents(500'00), in_units ? poster : no_reward);
                    play.charge(id);
                }
                play.pass(closes);
                CHECK(play.state().phase == (pledges == 2 ? Phase::succeeded : Phase::failed));
                const std::int64_t counted = counted_now(play.campaign());
                CHECK(counted == play.state().counted);
                CHECK(percent_funded(play.campaign()) == (pledges == 2 ? 100 : 50));
                play.does(closes + days{2}, RefundPledge{PledgeId{1}, cents(500'00)});
                CHECK(percent_funded(play.campaign()) == (pledges == 2 ? 100 : 50));
                CHECK(counted_now(play.campaign()) == counted);
            }
        }
    }
}

TEST_CASE("an outcome that waited for the collection was reached with what it brought in") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    model.counts = GoalBasis::collected;
    Player play(terms(model));
    for (const std::uint64_t id : {1u, 2u, 3u}) play.pledge(id, cents(500'00));
    play.pass(closes);
    CHECK(percent_funded(play.campaign()) == 0);
    play.charge(1);
    play.charge(2);
    CHECK(percent_funded(play.campaign()) == 100);
    play.pass(closes + days{8});
    CHECK(play.state().phase == Phase::succeeded);
    play.does(RefundPledge{PledgeId{1}, cents(500'00)});
    CHECK(percent_funded(play.campaign()) == 100);
}

TEST_CASE("a goal counted on what is collected ignores money that a backer has claimed back") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.counts = GoalBasis::collected;
    Terms agreed = charged_at_once(model);
    agreed.refunds.backer_may_claim_while_live = true;
    agreed.limits.locked_before_end = 24h;
    Player play(agreed);
    for (const std::uint64_t id : {1u, 2u}) {
        play.pledge(id, cents(500'00));
        play.charge(id);
    }
    CHECK(play.refused(closes - 24h, CancelPledge{PledgeId{1}}) == RejectionCode::would_fall_below_goal);
    play.does(CancelPledge{PledgeId{1}});
    CHECK(counted_now(play.campaign()) == 500'00);  // the money is still here, and due back
    SUBCASE("while it waits to be given back") {}
    SUBCASE("and when it has been") {
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});
        CHECK(counted_now(play.campaign()) == 500'00);
    }
    play.pass(closes);
    CHECK(play.state().phase == Phase::failed);
    CHECK(check(play.campaign()).empty());
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
