// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/stretch_goal.hpp>

#include "sample.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

Terms with_goal(StretchGoal goal) {
    Terms agreed = terms();
    agreed.stretch_goals = {std::move(goal)};
    return agreed;
}

bool reached(const Player& play) {
    return play.state().stretch_reached[0];
}

ChangePledge change_to(std::uint64_t id, std::int64_t amount) {
    return {PledgeId{id}, {.amount = cents(amount)}};
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("a stretch goal of money is reached at its threshold to the cent") {
    Player play(with_goal({.name = "Patch", .at = 850'00, .effect = UpgradeRewards{.rewards = {}, .what = "a patch"}}));
    play.pledge(1, cents(849'99));
    CHECK_FALSE(reached(play));
    const Events events = play.does(change_to(1, 850'00));
    CHECK(first_of<StretchGoalReached>(events).goal == 0);
    CHECK(reached(play));
    CHECK(count_of<StretchGoalReached>(play.does(change_to(1, 900'00))) == 0);  // once
}

TEST_CASE("a stretch goal counts backers or pieces where it says so") {
    Player backers(with_goal({.name = "Coins", .measure = Measure::backers, .at = 2}));
    backers.pledge(1, cents(9'000'00));
    CHECK_FALSE(reached(backers));
    backers.pledge(2, cents(1'00));
    CHECK(reached(backers));

    Player pieces(with_goal({.name = "Mould", .measure = Measure::units, .at = 4}));
    pieces.pledge(1, {.reward = kit, .add_ons = {{cable}}, .ship_to = "US", .amount = cents(118'00)});
    CHECK(counted_toward(pieces.campaign(), pieces.campaign().terms().stretch_goals[0]) == 3);
    CHECK_FALSE(reached(pieces));
    pieces.pledge(2, cents(25'00), poster);
    CHECK(reached(pieces));
}

TEST_CASE("a net stretch goal leaves shipping and fees out") {
    // 105.00 with 5.00 shipping: 5.25 platform fee (5%) and 3.35 processing fee (3% + 0.20) leave 91.40.
    const PledgeChoice choice{.reward = kit, .ship_to = "US", .amount = cents(105'00)};
    Player at(with_goal({.name = "Net", .at = 91'40, .basis = StretchBasis::net}));
    at.pledge(1, choice);
    CHECK(counted_toward(at.campaign(), at.campaign().terms().stretch_goals[0]) == 91'40);
    CHECK(reached(at));
    Player above(with_goal({.name = "Net", .at = 91'41, .basis = StretchBasis::net}));
    above.pledge(1, choice);
    CHECK_FALSE(reached(above));
    Player gross(with_goal({.name = "Gross", .at = 105'00}));
    gross.pledge(1, choice);
    CHECK(reached(gross));
}

TEST_CASE("a stretch goal stays reached, or is lost when support falls") {
    for (const bool kept : {true, false}) {
        Player play(with_goal({.name = "Patch", .at = 500'00, .kept = kept}));
        play.pledge(1, cents(500'00));
        const Events events = play.does(change_to(1, 499'99));
        CHECK(reached(play) == kept);
        CHECK(count_of<StretchGoalLost>(events) == (kept ? 0 : 1));
        play.does(change_to(1, 500'00));
        CHECK(reached(play));
        play.does(CancelPledge{PledgeId{1}});
        CHECK(reached(play) == kept);
    }
}

TEST_CASE("a stretch goal is lost too when a charge at checkout fails or is given back") {
    Terms agreed = with_goal({.name = "Patch", .at = 500'00, .kept = false});
    agreed.charges = {.timing = ChargeTiming::at_pledge};
    Player play(agreed);
    play.pledge(1, cents(500'00));
    CHECK(reached(play));
    SUBCASE("failed") {
        play.charge(1, false);
    }
    SUBCASE("given back") {
        play.charge(1);
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});
    }
    SUBCASE("given back by a bank") {
        play.charge(1);
        play.does(OpenDispute{PledgeId{1}});
        CHECK(reached(play));
        play.does(CloseDispute{PledgeId{1}, false});
    }
    CHECK_FALSE(reached(play));
}

TEST_CASE("after the deadline a stretch goal is not lost any more") {
    Player play(with_goal({.name = "Patch", .at = 1'000'00, .kept = false}));
    play.pledge(1, cents(1'000'00));
    play.pass(closes);
    play.charge(1, false);
    play.pass(closes + days{8});
    CHECK(play.state_of(1) == PledgeState::dropped);
    CHECK(reached(play));
}

TEST_CASE("a stretch goal opens a locked add-on, and closes it again when it is lost") {
    Terms agreed = with_goal({.name = "Coins", .at = 500'00, .kept = false, .effect = OpenAddOn{sticker}});
    agreed.add_ons[0].locked = true;
    Player play(agreed);
    const PledgeChoice with_sticker{.reward = poster, .add_ons = {{sticker}}, .amount = cents(28'00)};
    const MakePledge wish{PledgeId{2}, BackerId{2}, with_sticker};
    CHECK(play.refused(wish) == RejectionCode::add_on_locked);
    play.pledge(1, cents(500'00));
    play.does(wish);
    play.does(CancelPledge{PledgeId{1}});
    CHECK_FALSE(reached(play));
    CHECK(play.refused(MakePledge{PledgeId{3}, BackerId{3}, with_sticker}) == RejectionCode::add_on_locked);
    CHECK(play.refused(ChangePledge{PledgeId{2}, with_sticker}) == std::nullopt);  // whoever has it keeps it
}

TEST_CASE("a stretch goal adds stock, which goes again when it is lost, but for what is taken") {
    Player play(with_goal({.name = "More", .at = 500'00, .kept = false, .effect = AddStock{early_bird, 2}}));
    for (const std::uint64_t id : {1u, 2u, 3u}) play.pledge(id, cents(20'00), early_bird);
    CHECK(play.refused(MakePledge{PledgeId{4}, BackerId{4}, {.reward = early_bird, .amount = cents(20'00)}}) ==
          RejectionCode::reward_sold_out);
    play.pledge(9, cents(440'00));
    CHECK(remaining(play.campaign(), early_bird) == 2);
    play.pledge(4, cents(20'00), early_bird);

    for (int round = 0; round < 3; ++round) {  // flickering gains nobody anything
        play.does(CancelPledge{PledgeId{static_cast<std::uint64_t>(9 + round)}});
        CHECK_FALSE(reached(play));
        CHECK(play.state().reward_taken[1] == 4);  // the fourth keeps it
        CHECK(remaining(play.campaign(), early_bird) == 0);
        play.pledge(static_cast<std::uint64_t>(10 + round), cents(440'00));
        CHECK(reached(play));
        CHECK(remaining(play.campaign(), early_bird) == 1);
    }
    play.does(CancelPledge{PledgeId{12}});
    play.does(CancelPledge{PledgeId{1}});
    CHECK(remaining(play.campaign(), early_bird) == 0);  // three of three
    play.does(CancelPledge{PledgeId{2}});
    CHECK(remaining(play.campaign(), early_bird) == 1);
}

TEST_CASE("stock cannot grow beyond what can be counted") {
    Player play(with_goal({.name = "More", .at = 1'00, .effect = AddStock{early_bird, UINT32_MAX}}));
    play.pledge(1, cents(1'00));
    CHECK(remaining(play.campaign(), early_bird) == UINT32_MAX);
}

TEST_CASE("several stretch goals are reached by one pledge, in their order") {
    Terms agreed = terms();
    agreed.stretch_goals = {
        {.name = "Far", .at = 900'00}, {.name = "Near", .at = 100'00}, {.name = "Never", .at = 901'00}};
    Player play(agreed);
    const Events events = play.pledge(1, cents(900'00));
    REQUIRE(events.size() == 3);
    CHECK(std::get<StretchGoalReached>(events[1].what).goal == 0);
    CHECK(std::get<StretchGoalReached>(events[2].what).goal == 1);
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
