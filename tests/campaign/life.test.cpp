// SPDX-License-Identifier: BSL-1.0
// How a campaign is paused, moved and ended by people.
#include <crowdrules/campaign/agenda.hpp>

#include "sample.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

MakePledge some_pledge(std::uint64_t id) {
    return {PledgeId{id}, BackerId{id}, {.amount = cents(1'000'00)}};
}

/// When the agenda says that the deadline is judged; nothing when it does not say so.
std::optional<Instant> judged_at(const Campaign& campaign) {
    for (const Due& item : agenda(campaign)) {
        if (item.kind == DueKind::judge) return item.at;
    }
    return std::nullopt;
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

// -------------------------------------------------------------------------------------------------- launch

TEST_CASE("nothing is pledged before the campaign opens") {
    Player play(terms(), opens - days{5});
    CHECK(play.state().phase == Phase::live);
    CHECK(play.refused(opens - 1s, some_pledge(1)) == RejectionCode::campaign_not_open_yet);
    CHECK(play.refused(opens, some_pledge(1)) == std::nullopt);
    CHECK(play.refused(opens - 1s, PauseCampaign{}) == RejectionCode::campaign_not_open_yet);
    play.does(opens - days{1}, CancelCampaign{"not after all"});  // a creator may think better of it
    CHECK(play.refused(opens, some_pledge(1)) == RejectionCode::campaign_ended);
}

TEST_CASE("a campaign launched after its deadline is judged at once") {
    Player play(terms(), closes + days{1});
    CHECK(play.refused(closes + days{1}, some_pledge(1)) == RejectionCode::campaign_ended);
    play.pass(closes + days{1});
    CHECK(play.state().phase == Phase::failed);
    CHECK(play.state().closed_at == closes + days{1});  // events come in order of time
}

// -------------------------------------------------------------------------------------------------- pause

TEST_CASE("while a campaign is paused its pledges rest") {
    Player play(terms());
    play.pledge(1, cents(100'00));
    play.does(opens + days{1}, PauseCampaign{"a claim on the idea"});
    CHECK(play.state().phase == Phase::paused);
    CHECK(play.refused(some_pledge(2)) == RejectionCode::campaign_paused);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(50'00)}}) == RejectionCode::campaign_paused);
    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::campaign_paused);
    CHECK(play.refused(PauseCampaign{}) == RejectionCode::campaign_paused);
    CHECK(play.refused(AddReward{{.name = "Mug"}}) == std::nullopt);

    play.does(opens + days{3}, ResumeCampaign{});
    CHECK(play.state().phase == Phase::live);
    CHECK_FALSE(play.state().paused_at);
    CHECK(play.refused(ResumeCampaign{}) == RejectionCode::campaign_not_paused);
    CHECK(play.refused(some_pledge(2)) == std::nullopt);
}

TEST_CASE("the clock runs on during a pause, or stands, as the terms say") {
    Terms agreed = terms();
    SUBCASE("it runs: the deadline comes, paused or not") {
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.does(closes - days{1}, PauseCampaign{});
        CHECK(judged_at(play.campaign()) == closes);
        play.pass(closes);
        CHECK(play.state().phase == Phase::succeeded);
        CHECK(play.refused(ResumeCampaign{}) == RejectionCode::campaign_not_paused);
    }
    SUBCASE("it runs: a pause moves nothing") {
        Player play(agreed);
        play.does(PauseCampaign{});
        play.does(opens + days{3}, ResumeCampaign{});
        CHECK(play.state().window.closes == closes);
    }
    SUBCASE("it stands: every pause is added to the deadline") {
        agreed.paused_clock = ClockWhilePaused::stops;
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.does(closes - days{1}, PauseCampaign{});
        CHECK(judged_at(play.campaign()) == std::nullopt);  // nobody knows when
        CHECK(due(play.campaign(), closes + days{365}).empty());
        play.does(closes + days{9}, ResumeCampaign{});
        CHECK(play.state().window.closes == closes + days{10});
        CHECK(judged_at(play.campaign()) == closes + days{10});
        play.does(closes + days{9} + 12h, PauseCampaign{});
        play.does(closes + days{9} + 14h, ResumeCampaign{});
        CHECK(play.state().window.closes == closes + days{10} + 2h);
        play.pass(closes + days{10} + 2h);
        CHECK(play.state().phase == Phase::succeeded);
    }
}

TEST_CASE("a campaign that is paused may still be cancelled, suspended and extended") {
    Terms agreed = terms();
    agreed.may_extend = true;
    Player play(agreed);
    play.does(PauseCampaign{});
    CHECK(play.refused(CancelCampaign{}) == std::nullopt);
    CHECK(play.refused(SuspendCampaign{}) == std::nullopt);
    play.does(ExtendDeadline{closes + days{2}});
    play.does(ResumeCampaign{});
    CHECK(play.state().window.closes == closes + days{2});
}

// -------------------------------------------------------------------------------------------------- endings

TEST_CASE("cancelled by its creator or suspended by the platform, a campaign releases every pledge for good") {
    const std::pair<CommandBody, Phase> endings[] = {{CancelCampaign{"no"}, Phase::cancelled},
                                                     {SuspendCampaign{"a copy"}, Phase::suspended}};
    for (const auto& [command, phase] : endings) {
        Player play(terms());
        play.pledge(1, cents(20'00), early_bird);
        play.pledge(2, cents(2'000'00));
        play.does(opens + days{1}, command);
        CHECK(play.state().phase == phase);
        CHECK(play.state_of(1) == PledgeState::released);
        CHECK(play.state_of(2) == PledgeState::released);
        CHECK(play.state().totals.backers == 0);
        CHECK(remaining(play.campaign(), early_bird) == 3);
        CHECK(statement(play.campaign()).gross == StatementCount{2, cents(2'020'00)});
        CHECK(due(play.campaign(), never).empty());

        const CommandBody anything[] = {
            some_pledge(3),     CancelPledge{PledgeId{1}},  ResumeCampaign{},     PauseCampaign{},
            CancelCampaign{},   SuspendCampaign{},          CloseEarly{},         ExtendDeadline{closes + days{1}},
            CloseLatePledges{}, AddReward{{.name = "Mug"}}, RemoveAddOn{sticker}, RecordCharge{PledgeId{1}},
            PayOut{0}};
        for (const CommandBody& what : anything) {
            CAPTURE(name_of(what));
            CHECK(play.refused(what) == RejectionCode::campaign_ended);
        }
    }
}

TEST_CASE("money charged at the pledge goes back when the campaign ends without success") {
    Terms agreed = terms();
    agreed.charges = {.timing = ChargeTiming::at_pledge};
    Player play(agreed);
    play.pledge(1, cents(100'00));
    play.charge(1);
    play.does(CancelCampaign{});
    CHECK(play.state().totals.to_give_back == 100'00);
    const std::vector<Due> items = agenda(play.campaign());
    REQUIRE(items.size() == 1);
    CHECK(items[0].kind == DueKind::refund);
    CHECK(items[0].amount == cents(100'00));
    play.does(RefundPledge{PledgeId{1}, cents(40'00)});
    CHECK(play.state().totals.to_give_back == 60'00);
    play.does(RefundPledge{PledgeId{1}, cents(60'00)});
    CHECK(play.state().totals.to_give_back == 0);
    CHECK(play.state_of(1) == PledgeState::refunded);
    CHECK(agenda(play.campaign()).empty());
}

TEST_CASE("a success is past cancelling and suspending") {
    Player play(terms());
    play.pledge(1, cents(1'000'00));
    play.pass(closes);
    CHECK(play.refused(CancelCampaign{}) == RejectionCode::campaign_closed);
    CHECK(play.refused(SuspendCampaign{}) == RejectionCode::campaign_closed);
}

// -------------------------------------------------------------------------------------------------- deadlines

TEST_CASE("a deadline moves only where the terms let it, and only to a later instant") {
    CHECK(Player(terms()).refused(ExtendDeadline{closes + days{1}}) == RejectionCode::deadline_is_fixed);

    Terms agreed = terms();
    agreed.may_extend = true;
    Player play(agreed);
    CHECK(play.refused(ExtendDeadline{closes}) == RejectionCode::deadline_not_later);
    CHECK(play.refused(ExtendDeadline{closes - 1s}) == RejectionCode::deadline_not_later);
    CHECK(play.refused(ExtendDeadline{never}) == RejectionCode::deadline_not_later);  // it would never be judged
    play.does(closes - 1s, ExtendDeadline{closes + days{1}});
    CHECK(play.refused(closes, some_pledge(1)) == std::nullopt);
    CHECK(play.refused(closes + days{1}, some_pledge(1)) == RejectionCode::campaign_ended);
    play.pledge(1, cents(1'000'00));
    play.pass(closes + days{1});
    CHECK(play.refused(ExtendDeadline{closes + days{2}}) == RejectionCode::campaign_closed);
}

TEST_CASE("no command leads beyond the year 9999, and one that would changes nothing") {
    const Instant last = instant("9999-12-31T23:59:59Z");
    Terms agreed = terms(FundingModel::open_ended());
    agreed.model.goal = 1'000'00;
    agreed.model.judged = OutcomeTiming::when_reached;
    agreed.window.closes = never;
    agreed.charges = {.retry_window = days{7}};
    agreed.payouts = {.first_after = days{14}};
    agreed.instalments = InstalmentPlan{
        .count = 3, .cadence = {.months = 1}, .retry_first = 0s, .retry_later = days{7}};
    const Instant latest = last - days{7 + 14 + 62 + 7} - 2s;
    CHECK_THROWS_AS((void)launch(agreed, latest + 1s), ContractViolation);
    Player play(agreed);
    CHECK(play.refused(latest + 1s, some_pledge(1)) == RejectionCode::command_too_late);
    CHECK(play.refused(last, some_pledge(1)) == RejectionCode::command_too_late);
    play.does(MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(900'00), .in_instalments = true}, {}});
    play.does(latest, MakePledge{PledgeId{2}, BackerId{2}, {.amount = cents(100'00)}, {}});
    REQUIRE(play.state().succeeded_at == latest);
    for (const Due& item : agenda(play.campaign())) CHECK(item.at <= last);
    play.pass(last);
    CHECK(due(play.campaign(), never).empty());  // all that time brings about has come

    Campaign campaign = launch(terms(), opens);
    const Campaign before = campaign;
    Events happened;
    CHECK_THROWS_AS((void)perform(campaign, {.at = last + 1s, .what = PauseCampaign{}}, happened), ContractViolation);
    CHECK(campaign == before);
    CHECK(happened.empty());
}

TEST_CASE("a deadline is not moved so far that what follows it would lie beyond the year 9999") {
    Terms agreed = terms();
    agreed.may_extend = true;
    agreed.paused_clock = ClockWhilePaused::stops;
    agreed.charges = {.retry_window = days{7}};
    const Instant latest = instant("9999-12-31T23:59:58Z") - days{7 + 14};
    agreed.window.closes = latest - days{10};
    Player play(agreed);
    CHECK(play.refused(ExtendDeadline{latest}) == std::nullopt);
    CHECK(play.refused(ExtendDeadline{latest + 1s}) == RejectionCode::deadline_too_late);
    SUBCASE("paused by the platform") {
        play.does(PauseCampaign{});
        CHECK(play.refused(opens + days{10}, ResumeCampaign{}) == std::nullopt);
        CHECK(play.refused(opens + days{10} + 1s, ResumeCampaign{}) == RejectionCode::deadline_too_late);
    }
    SUBCASE("paused by a claim") {
        play.does(RaiseClaim{ClaimId{7}, "Rex", "the hinge", "Ada"});
        const DismissClaim dismissal{ClaimId{7}, "nothing in it", "Ada"};
        CHECK(play.refused(opens + days{10}, dismissal) == std::nullopt);
        CHECK(play.refused(opens + days{10} + 1s, dismissal) == RejectionCode::deadline_too_late);
    }
    CHECK(play.refused(opens + days{100}, CancelCampaign{}) == std::nullopt);
}

TEST_CASE("a second round has its room before the year 9999 too") {
    Terms agreed = terms(FundingModel::two_rounds(cents(400'00), cents(900'00), days{20}));
    agreed.may_extend = true;
    agreed.charges = {.retry_window = days{7}};
    const Instant latest = instant("9999-12-31T23:59:58Z") - days{7 + 14};
    Player play(agreed);
    CHECK(play.refused(ExtendDeadline{latest - days{20}}) == std::nullopt);
    CHECK(play.refused(ExtendDeadline{latest - days{20} + 1s}) == RejectionCode::deadline_too_late);
    play.pledge(1, cents(500'00));
    play.pass(closes);
    REQUIRE(play.state().in_second_round);
    CHECK(play.refused(ExtendDeadline{latest}) == std::nullopt);
    CHECK(play.refused(ExtendDeadline{latest + 1s}) == RejectionCode::deadline_too_late);
}

TEST_CASE("a creator may close early what the terms allow and the goal has reached") {
    Player fixed(terms());
    fixed.pledge(1, cents(1'000'00));
    CHECK(fixed.refused(CloseEarly{}) == RejectionCode::early_close_not_allowed);

    Terms agreed = terms();
    agreed.may_close_early = true;
    Player play(agreed);
    play.pledge(1, cents(999'99));
    CHECK(play.refused(CloseEarly{}) == RejectionCode::early_close_not_allowed);
    play.pledge(2, cents(1'00));
    const Instant early = opens + days{2};
    play.does(early, CloseEarly{});
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state().closed_at == early);
    CHECK(play.state().succeeded_at == early);
    CHECK(play.refused(some_pledge(3)) == RejectionCode::campaign_closed);
    CHECK(play.refused(CloseEarly{}) == RejectionCode::campaign_closed);
    CHECK(play.refused(RecordCharge{PledgeId{1}}) == std::nullopt);
    CHECK(due(play.campaign(), closes - 1s).size() == 2);  // both are dropped a week after the close, not the deadline
}

TEST_CASE("the agenda names the second judgement too, when the outcome waits for the collection") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::after_collection;
    Player play(terms(model));
    play.pledge(1, cents(1'000'00));
    CHECK(judged_at(play.campaign()) == closes);
    play.pass(closes);
    CHECK(judged_at(play.campaign()) == closes + days{7} + 1s);
    CHECK(due(play.campaign(), closes + days{7}).empty());
    CHECK(due(play.campaign(), closes + days{7} + 1s).size() == 1);
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
