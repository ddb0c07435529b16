// SPDX-License-Identifier: BSL-1.0
// Guards: verified identities, accounts that are not a backer of their own, limits by person, claims, who decided.
#include "books.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

Terms guarded(Guards guards) {
    Terms agreed = terms();
    agreed.limits.one_per_backer = false;
    agreed.guards = std::move(guards);
    return agreed;
}

MakePledge pledge_of(std::uint64_t id, std::uint64_t backer, std::int64_t amount, RewardId reward = no_reward) {
    return {.pledge = PledgeId{id}, .backer = BackerId{backer}, .choice = {.reward = reward, .amount = cents(amount)}};
}
MakePledge pledge_of(std::uint64_t id, std::uint64_t backer, std::int64_t amount, Giver giver) {
    MakePledge pledge = pledge_of(id, backer, amount);
    pledge.giver = std::move(giver);
    return pledge;
}
RecordVerification verified(std::uint64_t backer, std::optional<Instant> until = {}) {
    return {.backer = BackerId{backer}, .what = "identity card", .until = until, .decided_by = "Ada"};
}
RelateAccounts related(std::uint64_t account, std::uint64_t to) {
    return {.account = BackerId{account}, .to = BackerId{to}, .reason = "the same card", .decided_by = "Ada"};
}
RaiseClaim claim(std::uint64_t id) {
    return {.claim = ClaimId{id}, .claimant = "Rex", .on = "the hinge", .decided_by = "Ada"};
}
constexpr std::uint64_t creator = 0;

}  // namespace

TEST_SUITE_BEGIN("campaign");

// -------------------------------------------------------------------------------------------------- identity

TEST_CASE("a creator who must be verified takes no pledge and no money before, nor after it ran out") {
    Player play(guarded({.identity = {.creator_before_pledges = true, .creator_before_payout = true}}));
    CHECK(play.refused(pledge_of(1, 1, 1'000'00)) == RejectionCode::creator_not_verified);
    play.does(verified(creator, closes));
    play.does(pledge_of(1, 1, 1'000'00));
    play.pass(closes);
    play.charge(1);
    CHECK(play.refused(closes + days{14}, PayOut{0}) == RejectionCode::creator_not_verified);
    CHECK(agenda(play.campaign()).empty());  // nothing is asked for that would be refused
    play.does(closes + days{20}, verified(creator));
    CHECK(agenda(play.campaign()).size() == 1);
    play.does(PayOut{0});
    balances(play);
}

TEST_CASE("a payout is listed until the verification of the creator lapses, and again once there is a new one") {
    Player play(guarded({.identity = {.creator_before_payout = true}}));
    play.does(pledge_of(1, 1, 1'000'00));
    play.pass(closes);
    play.charge(1);
    play.does(verified(creator, closes + days{20}));
    CHECK(agenda(play.campaign(), closes + days{15}).size() == 1);
    CHECK(play.refused(closes + days{21}, PayOut{0}) == RejectionCode::creator_not_verified);
    CHECK(agenda(play.campaign(), closes + days{21}).empty());
    play.does(closes + days{30}, verified(creator));
    CHECK(agenda(play.campaign(), closes + days{40}).size() == 1);
}

TEST_CASE("a backer must be verified for so much in all, or for a reward, to the cent") {
    Player play(guarded({.identity = {.backers_from = 100'00, .rewards = {poster}}}));
    CHECK(play.refused(pledge_of(1, 1, 99'99)) == std::nullopt);
    CHECK(play.refused(pledge_of(1, 1, 100'00)) == RejectionCode::backer_not_verified);
    CHECK(play.refused(pledge_of(1, 1, 25'00, poster)) == RejectionCode::backer_not_verified);
    play.does(pledge_of(1, 1, 60'00));
    CHECK(play.refused(pledge_of(2, 1, 40'00)) == RejectionCode::backer_not_verified);  // together
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(99'99)}, {}}) == std::nullopt);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(100'00)}, {}}) == RejectionCode::backer_not_verified);
    play.does(verified(1, opens + 1h));
    CHECK(play.refused(pledge_of(2, 1, 40'00)) == std::nullopt);
    CHECK(play.refused(opens + 1h, pledge_of(2, 1, 40'00)) == RejectionCode::backer_not_verified);
    play.does(CancelPledge{PledgeId{1}});
    CHECK(play.refused(opens + 1h, pledge_of(2, 1, 40'00)) == std::nullopt);
}

TEST_CASE("a verification says what was verified, and ends later than now") {
    Player play(terms());
    CHECK(play.refused(RecordVerification{}) == RejectionCode::verification_malformed);
    CHECK(play.refused(verified(1, opens)) == RejectionCode::verification_malformed);
    CHECK(play.refused(verified(1, opens + 1s)) == std::nullopt);
}

// -------------------------------------------------------------------------------------------------- accounts

TEST_CASE("the creator's own accounts are refused from when they are known, directly or through another") {
    Player play(guarded({.creators_own = AccountRule::refused}));
    play.does(pledge_of(1, 1, 10'00));
    play.does(related(2, 1));
    CHECK(play.refused(pledge_of(2, 2, 10'00)) == std::nullopt);  // only the creator's are refused
    play.does(related(1, creator));
    CHECK(play.refused(pledge_of(2, 1, 10'00)) == RejectionCode::backer_is_creator);
    CHECK(play.refused(pledge_of(2, 2, 10'00)) == RejectionCode::backer_is_creator);
    CHECK(play.refused(pledge_of(2, 3, 10'00)) == std::nullopt);
    CHECK(play.state_of(1) == PledgeState::pledged);  // what stands is the platform's to take back
}

TEST_CASE("accounts of another backer are refused where the terms say so, the backer's own is not") {
    Player play(guarded({.related = AccountRule::refused}));
    play.does(related(2, 1));
    CHECK(play.refused(pledge_of(1, 2, 10'00)) == RejectionCode::backer_is_related);
    CHECK(play.refused(pledge_of(1, 1, 10'00)) == std::nullopt);
}

TEST_CASE("an account gets one owner, and none that belongs to it") {
    Player play(terms());
    CHECK(play.refused(related(0, 1)) == RejectionCode::account_is_its_own);
    CHECK(play.refused(related(1, 1)) == RejectionCode::account_is_its_own);
    play.does(related(2, 1));
    CHECK(play.refused(related(2, 3)) == RejectionCode::account_related_already);
    CHECK(play.refused(related(1, 2)) == RejectionCode::account_is_its_own);
    CHECK(play.refused(related(1, 3)) == std::nullopt);
}

TEST_CASE("what is not counted is charged like the rest, and brings no goal nearer") {
    Player play(guarded({.creators_own = AccountRule::not_counted}));
    play.does(pledge_of(1, 1, 600'00));
    play.does(pledge_of(2, 2, 500'00));
    CHECK(counted_now(play.campaign()) == 1'100'00);
    play.does(related(2, creator));
    CHECK(counted_now(play.campaign()) == 600'00);
    CHECK(statement(play.campaign()).gross.amount == cents(1'100'00));
    play.does(pledge_of(3, 2, 900'00));  // made when it was known already
    CHECK(counted_now(play.campaign()) == 600'00);
    play.does(ChangePledge{PledgeId{3}, {.amount = cents(950'00)}, {}});
    play.does(CancelPledge{PledgeId{2}});
    CHECK(counted_now(play.campaign()) == 600'00);
    Player failed = play;
    failed.pass(closes);
    CHECK(failed.state().phase == Phase::failed);

    play.does(pledge_of(4, 3, 400'00));
    play.pass(closes);
    CHECK(play.state().phase == Phase::succeeded);
    CHECK(play.state().counted == 1'000'00);
    for (const std::uint64_t id : {1u, 3u, 4u}) play.charge(id);
    CHECK(statement(play.campaign()).collected.amount == cents(1'950'00));
    balances(play);
    CHECK(replay(play.happened()) == play.campaign());
}

TEST_CASE("a stretch goal that only uncounted pledges reached is lost with them, heads and units likewise") {
    Terms agreed = guarded({.related = AccountRule::not_counted});
    agreed.stretch_goals = {{.name = "Three", .measure = Measure::backers, .at = 3, .kept = false, .effect = {}},
                            {.name = "Four", .measure = Measure::units, .at = 3, .kept = false, .effect = {}}};
    Player play(agreed);
    const PledgeChoice one{.reward = kit, .ship_to = "US", .amount = cents(105'00)};
    for (const std::uint64_t id : {1u, 2u, 3u}) play.pledge(id, one);
    CHECK(play.state().stretch_reached == std::vector<bool>{true, true});
    const Events events = play.does(related(3, 1));
    CHECK(count_of<StretchGoalLost>(events) == 1);
    CHECK(play.state().stretch_reached == std::vector<bool>{false, true});
    CHECK(count_of<StretchGoalLost>(play.does(related(2, 1))) == 1);
    CHECK(play.state().totals.uncounted.backers == 2);
    play.does(CancelPledge{PledgeId{2}});
    CHECK(play.state().totals.uncounted.backers == 1);
    CHECK(counted_now(play.campaign()) == 105'00);
}

// -------------------------------------------------------------------------------------------------- limits by person

TEST_CASE("a person gives up to the limit, in this campaign, elsewhere and by all accounts together") {
    Player play(
        guarded({.person = PersonLimits{.classes = {{.name = "retail", .per_issuer = 100'00}, {.name = "other"}}}}));
    const Giver giver{.of_class = "retail", .given_to_issuer = 30'00, .given_in_all = 30'00};
    CHECK(play.refused(pledge_of(1, 1, 10'00)) == RejectionCode::giver_unknown);
    CHECK(play.refused(pledge_of(1, 1, 10'00, Giver{.of_class = "bank"})) == RejectionCode::giver_unknown);
    CHECK(play.refused(pledge_of(1, 1, 70'01, giver)) == RejectionCode::person_limit_exceeded);
    play.does(pledge_of(1, 1, 60'00, giver));
    CHECK(play.refused(pledge_of(2, 1, 10'01, giver)) == RejectionCode::person_limit_exceeded);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(70'00)}, giver}) == std::nullopt);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(70'01)}, giver}) ==
          RejectionCode::person_limit_exceeded);
    CHECK(play.refused(pledge_of(2, 2, 70'00, giver)) == std::nullopt);
    play.does(related(2, 1));
    CHECK(play.refused(pledge_of(2, 2, 10'01, giver)) == RejectionCode::person_limit_exceeded);
    CHECK(play.refused(pledge_of(2, 2, 10'00, giver)) == std::nullopt);
    CHECK(play.refused(pledge_of(2, 3, 5'000'00, Giver{.of_class = "other"})) == std::nullopt);
    play.does(CancelPledge{PledgeId{1}});
    CHECK(play.refused(pledge_of(2, 1, 70'00, giver)) == std::nullopt);
}

// -------------------------------------------------------------------------------------------------- claims

TEST_CASE("a claim pauses the campaign, and its dismissal lets it go on") {
    Terms agreed = terms();
    agreed.paused_clock = ClockWhilePaused::stops;
    Player play(agreed);
    play.pledge(1, cents(1'000'00));
    play.does(opens + days{1}, claim(7));
    CHECK(play.state().phase == Phase::paused);
    CHECK(play.refused(CancelPledge{PledgeId{1}}) == RejectionCode::campaign_paused);
    CHECK(play.refused(ResumeCampaign{}) == RejectionCode::claim_open);
    play.does(claim(8));
    play.does(opens + days{2}, DismissClaim{ClaimId{7}, "an older drawing", "Ben"});
    CHECK(play.state().phase == Phase::paused);  // another one is open
    play.does(opens + days{4}, DismissClaim{ClaimId{8}, "withdrawn", "Ben"});
    CHECK(play.state().phase == Phase::live);
    CHECK(play.state().window.closes == closes + days{3});
    CHECK(play.refused(DismissClaim{ClaimId{8}, {}, {}}) == RejectionCode::claim_decided);
    CHECK(play.refused(UpholdClaim{ClaimId{9}, {}, {}}) == RejectionCode::claim_unknown);
    CHECK(play.refused(claim(7)) == RejectionCode::claim_id_taken);
    CHECK(play.refused(RaiseClaim{}) == RejectionCode::claim_malformed);
    CHECK(replay(play.happened()) == play.campaign());
}

TEST_CASE("a pause of the platform's own outlives a claim that is dismissed") {
    Player play(terms());
    play.does(PauseCampaign{"a look at the prototype", "Ada"});
    play.does(claim(7));
    play.does(DismissClaim{ClaimId{7}, {}, "Ben"});
    CHECK(play.state().phase == Phase::paused);
    play.does(ResumeCampaign{"it works", "Ada"});
    CHECK(play.state().phase == Phase::live);
}

TEST_CASE(
    "a claim that is upheld takes the campaign down: every pledge is let go, and what was charged is given back") {
    for (const bool at_pledge : {false, true}) {
        Terms agreed = terms();
        if (at_pledge) agreed.charges = {.timing = ChargeTiming::at_pledge};
        Player play(agreed);
        play.pledge(1, cents(600'00));
        play.pledge(2, cents(400'00));
        if (!at_pledge) play.pass(closes);  // a success, not paid out yet
        play.charge(1);
        play.does(claim(7));
        CHECK(play.refused(closes + days{14}, PayOut{0}) == RejectionCode::claim_open);
        play.does(UpholdClaim{ClaimId{7}, "the patent of 2009", "Ben"});
        CHECK(play.state().phase == Phase::suspended);
        CHECK(play.state_of(1) == PledgeState::released);
        CHECK(play.state_of(2) == PledgeState::released);
        const std::vector<Due> items = agenda(play.campaign());
        REQUIRE(items.size() == 1);
        CHECK(items[0].kind == DueKind::refund);
        CHECK(items[0].amount == cents(600'00));
        play.does(RefundPledge{PledgeId{1}, cents(600'00)});
        CHECK(agenda(play.campaign()).empty());
        CHECK(held_by(play.campaign(), Account::creator) == 0);
        CHECK(play.refused(claim(8)) == RejectionCode::campaign_ended);
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }
}

TEST_CASE("a takedown gives back the instalments that came in, and gives up the others") {
    Terms agreed = terms();
    agreed.instalments = InstalmentPlan{.minimum = 1'00, .retry_first = days{7}, .retry_later = days{14}};
    Player play(agreed);
    play.pledge(1, {.amount = cents(1'200'00), .in_instalments = true});
    play.pass(closes);
    play.charge(1);
    play.does(claim(7));
    play.does(UpholdClaim{ClaimId{7}, {}, "Ben"});
    const std::vector<Due> items = agenda(play.campaign());
    REQUIRE(items.size() == 1);
    CHECK(items[0].amount == cents(400'00));
    CHECK(statement(play.campaign()).given_up == cents(800'00));
    CHECK(play.state().totals.to_give_back == 400'00);
    play.does(RefundPledge{PledgeId{1}, cents(400'00)});
    CHECK(play.state_of(1) == PledgeState::refunded);
    balances(play);
}

TEST_CASE("once money went to the creator there is nothing left to take down, only to refund") {
    Player play(terms());
    play.pledge(1, cents(1'000'00));
    play.pass(closes);
    play.charge(1);
    play.does(closes + days{14}, PayOut{0});
    play.does(claim(7));
    CHECK(play.refused(UpholdClaim{ClaimId{7}, {}, {}}) == RejectionCode::payout_already_made);
    play.does(DismissClaim{ClaimId{7}, {}, {}});
    CHECK(play.state().phase == Phase::succeeded);
}

TEST_CASE("a reserve is not released to the creator while a claim is open") {
    Terms agreed = terms();
    agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{30}};
    Player play(agreed);
    play.pledge(1, cents(1'000'00));
    play.pass(closes);
    play.charge(1);
    play.does(closes + days{14}, PayOut{0});
    play.does(claim(7));
    CHECK(agenda(play.campaign()).empty());
    CHECK(play.pass(closes + days{100}).empty());
    CHECK(agenda(play.campaign(), play.now()).empty());  // it does not stand there in the past
    play.does(DismissClaim{ClaimId{7}, {}, {}});
    CHECK(count_of<ReserveReleased>(play.pass(closes + days{100})) == 1);
    balances(play);
}

// -------------------------------------------------------------------------------------------------- who decided

TEST_CASE("who decided what stands in order, with the reason") {
    Player play(guarded({.named_deciders = true}));
    CHECK(play.refused(PauseCampaign{"why", {}}) == RejectionCode::decider_missing);
    CHECK(play.refused(RaiseClaim{}) == RejectionCode::decider_missing);  // before what it says is looked at
    play.does(PauseCampaign{"a look at the prototype", "Ada"});
    play.does(opens + 1h, ResumeCampaign{"it works", "Ben"});
    play.does(verified(creator));
    play.does(related(2, 1));
    play.does(opens + 2h, claim(7));
    play.does(opens + 3h, UpholdClaim{ClaimId{7}, "a patent", "Cleo"});
    std::vector<std::string> lines;
    for (const PlatformDecision& decision : decisions(play.campaign())) lines.push_back(to_text(decision));
    CHECK(lines == std::vector<std::string>{
                       "2026-03-01T12:00:00Z campaign_paused by Ada: a look at the prototype",
                       "2026-03-01T13:00:00Z campaign_resumed by Ben: it works",
                       "2026-03-01T13:00:00Z identity_verified by Ada: the creator: identity card",
                       "2026-03-01T13:00:00Z accounts_related by Ada: backer 2 is backer 1: the same card",
                       "2026-03-01T14:00:00Z claim_raised by Ada: claim 7 of Rex on the hinge",
                       "2026-03-01T15:00:00Z claim_upheld by Cleo: claim 7 of Rex on the hinge: a patent",
                   });
}

TEST_CASE("guards that no campaign can run with are told, and a campaign without guards is guarded by none") {
    const auto forbids = [](Guards guards) { return has_refusal(defects_of(guarded(std::move(guards)))); };
    CHECK_FALSE(forbids({}));
    CHECK(forbids({.identity = {.backers_from = -1}}));
    CHECK(forbids({.identity = {.rewards = {RewardId{9}}}}));
    CHECK(forbids({.person = PersonLimits{}}));
    CHECK(forbids({.person = PersonLimits{.classes = {{.name = "a"}, {.name = "a"}}}}));
    CHECK(forbids({.person = PersonLimits{.classes = {{.name = ""}}}}));
    CHECK(forbids({.person = PersonLimits{.classes = {{.name = "a", .in_all = -1}}}}));
    CHECK(forbids({.person = PersonLimits{.window = {}, .classes = {{.name = "a"}}}}));
    CHECK(forbids(
        {.person = PersonLimits{.classes = {{.name = "a", .by_means = MeansTest{.share_below = decimal("101%")}}}}}));
    Terms collected = guarded({.related = AccountRule::not_counted});
    collected.charges.timing = ChargeTiming::at_pledge;
    collected.model.counts = GoalBasis::collected;
    CHECK(has_refusal(defects_of(collected)));
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
