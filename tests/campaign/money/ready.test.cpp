// SPDX-License-Identifier: BSL-1.0
// Charging when ready to ship: cards are only authorised until the creator can deliver, and backers may step back.
#include "../books.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

/// A presale of four units by the deadline.
Terms presale(OutcomeTiming judged = OutcomeTiming::at_deadline) {
    Terms agreed = terms(FundingModel::units(4));
    agreed.model.judged = judged;
    agreed.charges = {.timing = ChargeTiming::when_ready, .retry_window = days{7}, .remind_every = 48h};
    agreed.late_pledges = LatePledges{};
    agreed.payouts = {
        .first_after = days{14}, .later_first_after = days{17}, .later_every = {.every = days{7}}, .later_cut_off = {}};
    return agreed;
}

PledgeChoice one_kit() {
    return {.reward = kit, .ship_to = "US", .amount = cents(105'00)};
}

/// Three backers of two units each, at the success.
Player presold() {
    Player play(presale());
    for (const std::uint64_t id : {1u, 2u, 3u}) play.pledge(id, one_kit());
    play.pass(closes);
    return play;
}

const Instant ready = closes + days{200};

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("nothing is charged, dropped or paid out until the creator is ready to ship, however long that takes") {
    Player play = presold();
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.refused(ready, RecordCharge{PledgeId{1}}) == RejectionCode::charge_not_due);
    CHECK(play.refused(ready, PayOut{0}) == RejectionCode::payout_not_due);
    CHECK(agenda(play.campaign()).empty());
    CHECK(due(play.campaign(), never).empty());
    balances(play);
}

TEST_CASE("charges fall due together when the creator is ready, with a window to mend them from then on") {
    Player play = presold();
    const Events events = play.does(ready, ReportReadyToShip{});
    CHECK(events.size() == 1);
    CHECK(play.state().ready_at == ready);
    const std::vector<Due> items = agenda(play.campaign());
    REQUIRE(items.size() == 6);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Due& item = items[i];
        CHECK(item.kind == (i < 3 ? DueKind::charge : DueKind::drop));
        CHECK(item.at == (i < 3 ? ready : ready + days{7} + 1s));
        CHECK(item.amount == cents(105'00));
    }
    play.charge(1);
    play.charge(2, false);
    CHECK(play.state_of(2) == PledgeState::errored);
    CHECK(play.refused(ready + days{7}, RecordCharge{PledgeId{2}}) == std::nullopt);
    CHECK(count_of<PledgeDropped>(play.pass(ready + days{7})) == 0);
    CHECK(count_of<PledgeDropped>(play.pass(ready + days{7} + 1s)) == 2);  // one failed, one was never reported

    CHECK(play.refused(ready + days{14} - 1s, PayOut{0}) == RejectionCode::payout_not_due);
    play.does(ready + days{14}, PayOut{0});
    CHECK(statement(play.campaign()).collected == StatementCount{1, cents(105'00)});
    CHECK(statement(play.campaign()).gross.count == 3);
    balances(play);
}

TEST_CASE("a backer may step back at any time before the creator is ready, and not from then on") {
    Player play = presold();
    play.does(ready - 1s, CancelPledge{PledgeId{1}});
    CHECK(play.state_of(1) == PledgeState::cancelled);
    CHECK(play.state().phase == Phase::succeeded);  // latched
    CHECK(statement(play.campaign()).gross.count == 3);
    CHECK(statement(play.campaign()).open == StatementCount{2, cents(210'00)});
    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::pledge_not_standing);
    CHECK(play.refused(ChangePledge{PledgeId{2}, one_kit()}) == RejectionCode::campaign_closed);
    CHECK(play.refused(CancelPledge{PledgeId{9}}) == RejectionCode::pledge_unknown);

    play.does(ready, ReportReadyToShip{});
    CHECK(play.refused(CancelPledge{PledgeId{2}}) == RejectionCode::campaign_closed);
    play.charge(2);
    play.charge(3);
    balances(play);
}

TEST_CASE("in a campaign that charges at success nobody steps back after it") {
    Terms agreed = presale();
    agreed.charges.timing = ChargeTiming::at_success;
    Player play(agreed);
    play.pledge(1, one_kit());
    play.pledge(2, one_kit());
    play.pass(closes);
    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::campaign_closed);
    CHECK(play.refused(ReportReadyToShip{}) == RejectionCode::readiness_not_awaited);
}

TEST_CASE("being ready is reported once, after the success, and not while a claim is looked into") {
    Player play(presale(OutcomeTiming::when_reached));
    play.pledge(2, one_kit());
    play.does(PauseCampaign{});
    CHECK(play.refused(ReportReadyToShip{}) == RejectionCode::campaign_paused);
    play.does(ResumeCampaign{});
    CHECK(play.refused(ReportReadyToShip{}) == RejectionCode::campaign_not_succeeded);
    play.pledge(3, one_kit());  // four units
    CHECK(play.refused(ReportReadyToShip{}) == std::nullopt);
    play.does(ReportReadyToShip{});
    CHECK(play.refused(ReportReadyToShip{}) == RejectionCode::readiness_already_reported);

    Player missed(presale());
    missed.pass(closes);
    CHECK(missed.refused(ReportReadyToShip{}) == RejectionCode::campaign_ended);
}

TEST_CASE("a presale that is still open closes when the creator is ready, and everybody is charged together") {
    Terms agreed = presale(OutcomeTiming::when_reached);
    agreed.window.closes = never;
    Player play(agreed);
    for (const std::uint64_t id : {1u, 2u, 3u, 4u}) play.pledge(id, one_kit());  // the last two after the success
    CHECK(play.state().succeeded_at == opens);
    play.does(opens + days{3}, CancelPledge{PledgeId{4}});
    const Events events = play.does(opens + days{90}, ReportReadyToShip{});
    REQUIRE(events.size() == 2);
    CHECK(std::holds_alternative<CampaignClosed>(events[0].what));
    CHECK(std::holds_alternative<ReadyToShip>(events[1].what));
    for (const std::uint64_t id : {1u, 2u, 3u}) play.charge(id);
    const Statement now = statement(play.campaign());
    REQUIRE(now.payouts.size() == 1);  // one payout, whenever the pledges came
    CHECK(now.payouts[0].gross == 315'00);
    CHECK(now.payouts[0].due == opens + days{104});
    play.does(opens + days{104}, PayOut{0});
    balances(play);
}

TEST_CASE("late pledges wait for the product too, and are charged at checkout once it is ready") {
    Player play = presold();
    const PledgeChoice late_kit{.reward = kit, .ship_to = "US", .amount = cents(125'00)};
    play.does(closes + days{5}, MakePledge{PledgeId{4}, BackerId{4}, late_kit});
    play.does(MakePledge{PledgeId{5}, BackerId{5}, late_kit});
    CHECK(play.refused(RecordCharge{PledgeId{4}}) == RejectionCode::charge_not_due);
    play.does(closes + days{6}, CancelPledge{PledgeId{5}});

    play.does(ready, ReportReadyToShip{});
    play.does(ready + 1h, MakePledge{PledgeId{6}, BackerId{6}, late_kit});
    play.charge(4, false);
    CHECK(play.state_of(4) == PledgeState::errored);  // it waited as the others did, and may be mended as theirs
    play.charge(6, false);
    CHECK(play.state_of(6) == PledgeState::dropped);
    play.does(ready + 1h, MakePledge{PledgeId{7}, BackerId{7}, late_kit});
    play.charge(7);
    play.charge(4);
    CHECK(count_of<PledgeDropped>(play.pass(ready + days{8})) == 3);
    const Statement now = statement(play.campaign());
    REQUIRE(now.payouts.size() == 1);
    CHECK(now.payouts[0].kind == PayoutLine::Kind::later);
    CHECK(now.payouts[0].due == ready + days{17});
    CHECK(now.payouts[0].gross == 250'00);
    balances(play);
}

TEST_CASE("a product that is never ready can still be given up: every card is let go, and nothing was charged") {
    for (const bool suspended : {false, true}) {
        Player play = presold();
        play.does(closes + days{400}, suspended ? CommandBody(SuspendCampaign{"a copy"}) : CancelCampaign{"not made"});
        CHECK(play.state().phase == (suspended ? Phase::suspended : Phase::cancelled));
        CHECK(play.state().released_at == closes + days{400});
        CHECK(play.state_of(1) == PledgeState::released);
        CHECK(statement(play.campaign()).released == StatementCount{3, cents(315'00)});
        CHECK(agenda(play.campaign()).empty());
        CHECK(due(play.campaign(), never).empty());
        for (const CommandBody& what :
             {CommandBody(ReportReadyToShip{}), CommandBody(RecordCharge{PledgeId{1}}), CommandBody(PayOut{0}),
              CommandBody(CancelPledge{PledgeId{1}}), CommandBody(MakePledge{PledgeId{9}, BackerId{9}, one_kit()})}) {
            CAPTURE(name_of(what));
            CHECK(play.refused(what) == RejectionCode::campaign_ended);
        }
        balances(play);
    }
    Player play = presold();
    play.does(ready, ReportReadyToShip{});
    CHECK(play.refused(CancelCampaign{}) == RejectionCode::campaign_closed);
}

TEST_CASE("no terms let charges wait for a success that waits for them") {
    const auto forbids = [](auto change) {
        Terms agreed = presale();
        change(agreed);
        return has_refusal(defects_of(agreed));
    };
    CHECK_FALSE(forbids([](Terms&) {}));
    CHECK(forbids([](Terms& t) { t.model.judged = OutcomeTiming::after_collection; }));
    CHECK(forbids([](Terms& t) {
        t.model.measure = Measure::money;
        t.model.counts = GoalBasis::collected;
    }));
    CHECK(forbids([](Terms& t) { t.instalments = InstalmentPlan{}; }));
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
