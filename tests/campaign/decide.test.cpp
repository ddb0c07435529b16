// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/decide.hpp>

#include "../money/random.hpp"
#include "sample.hpp"
#include <functional>
#include <set>

namespace crowdrules::campaign {

using namespace sample;

namespace {

constexpr auto last_code = static_cast<int>(RejectionCode::nothing_to_pay_out);

/// Everything there is to refuse: hidden, timed, limited and locked items, late pledges and instalments, a cap.
Terms strict_terms() {
    Terms agreed = terms();
    agreed.limits.reward_required = true;
    agreed.limits.locked_before_end = 24h;
    agreed.rewards.push_back({.name = "Secret", .minimum = 5'00, .hidden = true});
    agreed.rewards.push_back({.name = "Soon", .minimum = 5'00, .available = Window{.opens = opens + days{9}}});
    agreed.rewards.push_back(
        {.name = "Gone", .minimum = 5'00, .available = Window{.opens = opens, .closes = opens + 1h}});
    agreed.rewards.push_back({.name = "Now or never", .minimum = 5'00, .late = false});
    agreed.rewards.push_back({.name = "One", .minimum = 5'00, .quantity = 1});
    agreed.rewards.push_back(
        {.name = "Box", .minimum = 5'00, .shipping = {.ships = Ships::listed, .rates = {{"US", 1'00}}}});
    agreed.add_ons.push_back({.name = "Locked", .locked = true});
    agreed.add_ons.push_back({.name = "Soon", .available = Window{.opens = opens + days{9}}});
    agreed.add_ons.push_back({.name = "Gone", .available = Window{.opens = opens, .closes = opens + 1h}});
    agreed.add_ons.push_back({.name = "Now or never", .late = false});
    agreed.add_ons.push_back({.name = "Pair", .per_backer = 2});
    agreed.late_pledges = LatePledges{};
    agreed.instalments = InstalmentPlan{.minimum = 50'00, .retry_first = days{7}, .retry_later = days{7}};
    agreed.model.cap = Cap{.at = 5'000'00};
    return agreed;
}
constexpr RewardId secret{4}, soon{5}, gone{6}, now_or_never{7}, only_one{8}, box{9};
constexpr AddOnId locked{3}, soon_too{4}, gone_too{5}, now_or_never_too{6}, pair{7};

/// A pledge with every fault that a pledge can have at once; each step below takes the fault away that is named first.
MakePledge hopeless() {
    return {PledgeId{},
            BackerId{1},
            {.reward = RewardId{99}, .add_ons = {{AddOnId{99}}}, .amount = Money{0, EUR}, .in_instalments = true}};
}

struct Step {
    RejectionCode code;                       ///< what is refused before the repair
    std::function<void(MakePledge&)> repair;  ///< takes away this fault, and no other
};

bool has_code(const std::set<RejectionCode>& codes, int code) {
    return codes.contains(static_cast<RejectionCode>(code));
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("a command outside the years 1900 to 9999 breaks the contract, and changes nothing") {
    const Player play(strict_terms());
    const Campaign before = play.campaign();
    for (const Instant at :
         {instant("1900-01-01T00:00:00Z") - 1s, instant("9999-12-31T23:59:59Z") + 1s, Instant::min(), Instant::max()}) {
        CHECK_THROWS_AS((void)decide(play.campaign(), {.at = at, .what = CloseEarly{}}), ContractViolation);
    }
    CHECK(play.campaign() == before);
}

// -------------------------------------------------------------------------------------------------- precedence

TEST_CASE("the faults of a pledge are named in order of precedence, each once the one before is mended") {
    Player play(strict_terms());
    play.does(MakePledge{PledgeId{1}, BackerId{1}, {.reward = only_one, .amount = cents(4'900'00)}});
    play.pass(opens + 2h);
    const auto reward = [](RewardId id) { return [id](MakePledge& p) { p.choice.reward = id; }; };
    const auto add_on = [](AddOnId id, std::uint32_t count = 1) {
        return [id, count](MakePledge& p) { p.choice.add_ons = {{id, count}}; };
    };
    const auto amount = [](Money money) { return [money](MakePledge& p) { p.choice.amount = money; }; };
    using enum RejectionCode;
    const Step steps[] = {
        {reward_unknown, reward(no_reward)},
        {add_on_unknown, add_on(locked)},
        {id_missing, [](MakePledge& p) { p.pledge = PledgeId{1}; }},
        {pledge_id_taken, [](MakePledge& p) { p.pledge = PledgeId{2}; }},
        {backer_has_pledged, [](MakePledge& p) { p.backer = BackerId{2}; }},
        {reward_required, reward(secret)},
        {reward_hidden, reward(soon)},
        {reward_not_started, reward(gone)},
        {reward_expired, reward(only_one)},
        {reward_sold_out,
         [](MakePledge& p) {
             p.choice.reward = box;
             p.choice.add_ons = {{cable}};
         }},
        {add_on_not_with_reward, add_on(locked)},
        {add_on_locked, add_on(soon_too)},
        {add_on_not_started, add_on(gone_too)},
        {add_on_expired, add_on(pair, 3)},
        {add_on_over_limit, add_on(pair, 2)},
        {not_shipped_there, [](MakePledge& p) { p.choice.ship_to = "US"; }},
        {currency_differs, amount(cents(0))},
        {amount_not_positive, amount(cents(5'99))},
        {amount_below_minimum, amount(cents(10'000'01))},
        {amount_above_maximum, amount(cents(49'99))},
        {amount_below_instalment_minimum, amount(cents(100'01))},
        {cap_exceeded, amount(cents(100'00))},
    };
    MakePledge wish = hopeless();
    std::optional<RejectionCode> before;
    for (const Step& step : steps) {
        CHECK(play.refused(wish) == step.code);
        if (before) CHECK(*before < step.code);
        before = step.code;
        step.repair(wish);
    }
    CHECK(play.refused(wish) == std::nullopt);
}

TEST_CASE("every refusal there is can happen, changes nothing, and says why and what would be accepted") {
    std::set<RejectionCode> seen;
    const auto refuse = [&](const Player& play, RejectionCode code, Command command) {
        CAPTURE(to_text(code));
        const State before = play.state();
        const auto decision = decide(play.campaign(), command);
        REQUIRE_FALSE(decision);
        CHECK(decision.error().code == code);
        CHECK_FALSE(decision.error().what.empty());
        CHECK_FALSE(decision.error().accepted.empty());
        CHECK(to_text(decision.error()).find(to_text(code)) == 0);
        CHECK(play.state() == before);
        seen.insert(decision.error().code);
    };
    const auto refuse_now = [&](const Player& play, RejectionCode code, CommandBody what) {
        refuse(play, code, {.at = play.now(), .what = std::move(what)});
    };
    const auto make = [](PledgeChoice choice) { return MakePledge{PledgeId{2}, BackerId{2}, std::move(choice)}; };
    using enum RejectionCode;

    Player fresh(strict_terms(), opens - 1h);
    refuse_now(fresh, campaign_not_open_yet, make({.reward = poster, .amount = cents(25'00)}));
    fresh.does(opens - 1s, AddReward{{.name = "Mug", .minimum = 1'00}}, CommandId{7});
    refuse(fresh, command_older_than_last, {.at = opens - 2s, .what = CloseEarly{}});
    refuse(fresh, command_conflicts_with_earlier, {.id = CommandId{7}, .at = opens, .what = CloseEarly{}});

    Player play(strict_terms());
    refuse_now(play, campaign_not_paused, ResumeCampaign{});
    refuse_now(play, campaign_not_succeeded, PayOut{0});
    refuse_now(play, deadline_is_fixed, ExtendDeadline{closes + 1s});
    refuse_now(play, early_close_not_allowed, CloseEarly{});
    refuse_now(play, reward_unknown, RemoveReward{RewardId{99}});
    refuse_now(play, add_on_unknown, RemoveAddOn{AddOnId{99}});
    refuse_now(play, pledge_unknown, CancelPledge{PledgeId{99}});
    refuse_now(play, item_malformed, AddReward{});
    refuse_now(play, id_missing, MakePledge{{}, {}, {.reward = poster, .amount = cents(25'00)}});
    play.does(MakePledge{PledgeId{1}, BackerId{1}, {.reward = only_one, .amount = cents(1'000'00)}});
    refuse_now(play, item_has_backers, RemoveReward{only_one});
    refuse_now(play, quantity_may_not_fall, [&] {
        Reward fewer = play.state().rewards[1];
        fewer.quantity = 2;
        return ChangeReward{early_bird, fewer};
    }());
    refuse_now(play, pledge_id_taken, MakePledge{PledgeId{1}, BackerId{2}, {.reward = poster, .amount = cents(25'00)}});
    refuse_now(play, backer_has_pledged,
               MakePledge{PledgeId{2}, BackerId{1}, {.reward = poster, .amount = cents(25'00)}});
    refuse_now(play, reward_required, make({.amount = cents(25'00)}));
    refuse_now(play, reward_hidden, make({.reward = secret, .amount = cents(25'00)}));
    refuse_now(play, reward_not_started, make({.reward = soon, .amount = cents(25'00)}));
    refuse_now(play, reward_sold_out, make({.reward = only_one, .amount = cents(25'00)}));
    refuse_now(play, add_on_not_with_reward, make({.reward = poster, .add_ons = {{cable}}, .amount = cents(99'00)}));
    refuse_now(play, add_on_locked, make({.reward = poster, .add_ons = {{locked}}, .amount = cents(99'00)}));
    refuse_now(play, add_on_not_started, make({.reward = poster, .add_ons = {{soon_too}}, .amount = cents(99'00)}));
    refuse_now(play, add_on_over_limit, make({.reward = poster, .add_ons = {{pair, 3}}, .amount = cents(99'00)}));
    refuse_now(play, add_on_sold_out,
               make({.reward = kit, .add_ons = {{cable, 6}}, .ship_to = "US", .amount = cents(999'00)}));
    refuse_now(play, not_shipped_there, make({.reward = box, .ship_to = "JP", .amount = cents(99'00)}));
    refuse_now(play, currency_differs, make({.reward = poster, .amount = Money{25'00, EUR}}));
    refuse_now(play, amount_not_positive, make({.reward = poster, .amount = cents(0)}));
    refuse_now(play, amount_below_minimum, make({.reward = poster, .amount = cents(24'99)}));
    refuse_now(play, amount_above_maximum, make({.reward = poster, .amount = cents(10'000'01)}));
    refuse_now(play, amount_below_instalment_minimum,
               make({.reward = poster, .amount = cents(49'99), .in_instalments = true}));
    refuse_now(play, cap_exceeded, make({.reward = poster, .amount = cents(4'000'01)}));
    refuse_now(play, charge_not_due, RecordCharge{PledgeId{1}});
    refuse_now(play, instalment_unknown, RecordCharge{PledgeId{1}, true, 2});
    refuse_now(play, nothing_collected, RefundPledge{PledgeId{1}, cents(1)});
    refuse_now(play, dispute_not_open, CloseDispute{PledgeId{1}});
    play.pass(opens + 2h);
    refuse_now(play, reward_expired, make({.reward = gone, .amount = cents(25'00)}));
    refuse_now(play, add_on_expired, make({.reward = poster, .add_ons = {{gone_too}}, .amount = cents(99'00)}));
    play.pledge(3, {.reward = poster, .amount = cents(25'00)});
    play.does(CancelPledge{PledgeId{3}});
    refuse_now(play, pledge_not_standing, CancelPledge{PledgeId{3}});
    play.pass(closes - 24h);
    refuse_now(play, would_fall_below_goal, CancelPledge{PledgeId{1}});
    play.does(PauseCampaign{});
    refuse_now(play, campaign_paused, CancelPledge{PledgeId{1}});
    play.pass(closes);
    refuse_now(play, campaign_closed, CancelPledge{PledgeId{1}});
    refuse_now(play, instalments_not_offered,
               make({.reward = poster, .amount = cents(100'00), .in_instalments = true}));
    refuse_now(play, reward_not_late, make({.reward = now_or_never, .amount = cents(25'00)}));
    refuse_now(play, add_on_not_late,
               make({.reward = poster, .add_ons = {{now_or_never_too}}, .amount = cents(99'00)}));
    play.does(CloseLatePledges{});
    refuse_now(play, late_pledges_not_offered, make({.reward = poster, .amount = cents(25'00)}));
    refuse_now(play, payout_unknown, PayOut{9});
    refuse_now(play, payout_not_due, PayOut{0});
    refuse_now(play, capture_above_charge, RecordCharge{.pledge = PledgeId{1}, .amount = cents(1'000'01)});
    refuse_now(play, fee_above_amount, RecordCharge{.pledge = PledgeId{1}, .fee = cents(1'000'01)});
    play.does(RecordCharge{.pledge = PledgeId{1}, .reference = "ch_1"});
    refuse_now(play, reference_already_reported, RecordCharge{.pledge = PledgeId{1}, .reference = "ch_1"});
    refuse_now(play, reference_used_for_other_money, RecordCharge{.pledge = PledgeId{2}, .reference = "ch_1"});
    refuse_now(play, charge_already_collected, RecordCharge{PledgeId{1}});
    refuse_now(play, fee_returned_above_fee,
               RefundPledge{.pledge = PledgeId{1}, .amount = cents(1'00), .fee_returned = cents(999'00)});
    refuse_now(play, dispute_above_charge, OpenDispute{.pledge = PledgeId{1}, .amount = cents(1'000'01)});
    refuse_now(play, payout_not_made, ReturnPayout{0});
    refuse_now(play, refund_not_positive, RefundPledge{PledgeId{1}, cents(0)});
    refuse_now(play, refund_above_collected, RefundPledge{PledgeId{1}, cents(1'000'01)});
    refuse_now(play, refund_above_item, RefundPledge{PledgeId{1}, cents(1'00), RefundItem::shipping});
    play.does(OpenDispute{PledgeId{1}});
    refuse_now(play, dispute_already_open, OpenDispute{PledgeId{1}});
    play.does(CloseDispute{PledgeId{1}, true});
    play.does(closes + days{14}, PayOut{0});
    refuse_now(play, payout_already_made, PayOut{0});
    play.does(ReturnPayout{0});
    refuse_now(play, payout_already_returned, ReturnPayout{0});
    refuse_now(play, unmatched_unknown, ResolveUnmatched{.unmatched = "tr_1"});
    play.does(RecordUnmatched{"tr_1", cents(5'00), "", ""});
    refuse_now(play, unmatched_above_held, ResolveUnmatched{.unmatched = "tr_1", .amount = cents(5'01)});

    Player ended(strict_terms());
    ended.does(CancelCampaign{});
    refuse_now(ended, campaign_ended, CancelCampaign{});

    Terms agreed = terms(FundingModel::open_ended());
    agreed.may_extend = true;
    agreed.refunds.partial.reset();
    agreed.limits.maximum.reset();
    agreed.late_pledges = LatePledges{};
    Player open(agreed);
    refuse_now(open, deadline_not_later, ExtendDeadline{closes});
    refuse_now(open, add_on_without_reward, make({.add_ons = {{sticker}}, .amount = cents(25'00)}));
    open.pledge(1, cents(INT64_MAX - 1'000'00));
    refuse_now(open, amount_too_large, make({.amount = cents(1'000'01)}));
    open.pass(closes);
    open.charge(1);
    refuse_now(open, partial_refund_rule_missing, RefundPledge{PledgeId{1}, cents(1)});
    open.does(RefundPledge{PledgeId{1}, cents(INT64_MAX - 1'000'00)});
    open.pass(closes + days{14});
    refuse_now(open, nothing_to_pay_out, PayOut{0});

    Terms charged = terms(FundingModel::open_ended());
    charged.charges = {.timing = ChargeTiming::at_pledge};
    Player at_once(charged);
    at_once.pledge(1, cents(25'00));
    at_once.charge(1);
    refuse_now(at_once, pledge_already_charged, CancelPledge{PledgeId{1}});

    Terms presale = terms();
    presale.charges = {.timing = ChargeTiming::when_ready, .retry_window = days{7}};
    refuse_now(play, readiness_not_awaited, ReportReadyToShip{});
    Player waiting(presale);
    waiting.pledge(1, cents(1'000'00));
    waiting.does(closes, ReportReadyToShip{});
    refuse_now(waiting, readiness_already_reported, ReportReadyToShip{});

    Terms guarded = terms();
    guarded.limits.one_per_backer = false;
    guarded.guards = Guards{.identity = {.creator_before_pledges = true, .backers_from = 500'00},
                            .creators_own = AccountRule::refused,
                            .related = AccountRule::refused,
                            .person = PersonLimits{.classes = {{.name = "retail", .in_all = 700'00}}},
                            .named_deciders = true};
    Player guard(guarded);
    const auto wish = [](std::uint64_t backer, std::int64_t amount) {
        return MakePledge{PledgeId{1}, BackerId{backer}, {.amount = cents(amount)}, {}};
    };
    refuse_now(guard, decider_missing, SuspendCampaign{});
    refuse_now(guard, creator_not_verified, wish(1, 1'00));
    refuse_now(guard, verification_malformed, RecordVerification{.decided_by = "Ada"});
    guard.does(RecordVerification{.what = "passport", .decided_by = "Ada"});
    refuse_now(guard, account_is_its_own, RelateAccounts{BackerId{1}, BackerId{1}, {}, "Ada"});
    guard.does(RelateAccounts{BackerId{2}, BackerId{}, {}, "Ada"});
    guard.does(RelateAccounts{BackerId{3}, BackerId{1}, {}, "Ada"});
    refuse_now(guard, account_related_already, RelateAccounts{BackerId{2}, BackerId{1}, {}, "Ada"});
    refuse_now(guard, backer_is_creator, wish(2, 1'00));
    refuse_now(guard, backer_is_related, wish(3, 1'00));
    refuse_now(guard, backer_not_verified, wish(1, 500'00));
    guard.does(RecordVerification{BackerId{1}, "passport", {}, "Ada"});
    refuse_now(guard, giver_unknown, wish(1, 500'00));
    MakePledge too_much = wish(1, 700'01);
    too_much.giver = Giver{.of_class = "retail"};
    refuse_now(guard, person_limit_exceeded, too_much);
    refuse_now(guard, claim_malformed, RaiseClaim{.decided_by = "Ada"});
    refuse_now(guard, claim_unknown, DismissClaim{ClaimId{7}, {}, "Ada"});
    guard.does(RaiseClaim{ClaimId{7}, "Rex", "the hinge", "Ada"});
    refuse_now(guard, claim_open, ResumeCampaign{{}, "Ada"});
    refuse_now(guard, claim_id_taken, RaiseClaim{ClaimId{7}, "Rex", "the hinge", "Ada"});
    guard.does(DismissClaim{ClaimId{7}, {}, "Ada"});
    refuse_now(guard, claim_decided, UpholdClaim{ClaimId{7}, {}, "Ada"});

    Terms lined = terms(FundingModel::all_or_nothing(cents(10'00)));
    lined.lines = {{.name = "tip", .payee = "platform"}, {.name = "vat"}};
    lined.fees.methods["card"] = FeeSchedule{.bands = {{.rate = decimal("100%")}}};
    Player lines(lined);
    const auto with = [](LineChoice line) {
        return MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(10'00), .lines = {std::move(line)}}, {}};
    };
    refuse_now(lines, line_unknown, with({.line = "gift wrap"}));
    refuse_now(lines, line_malformed, with({.line = "vat", .rate = decimal("101%")}));
    refuse_now(lines, line_below_zero, with({.line = "tip", .amount = cents(-1)}));
    refuse_now(lines, line_above_amount, with({.line = "vat", .amount = cents(10'01), .included = true}));
    refuse_now(lines, quantity_without_reward,
               MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(10'00), .quantity = 2}, {}});
    lines.pledge(1, cents(10'00));
    lines.pass(closes);
    refuse_now(lines, method_unknown, RecordCharge{.pledge = PledgeId{1}, .method = "cash"});
    refuse_now(lines, supplements_not_offered, MakeSupplement{PledgeId{2}, PledgeId{1}});
    lined.fees.processing.bands = {{.rate = decimal("100%")}};
    refuse_now(Player(lined), line_incalculable, with({.line = "tip"}));

    Terms shared = terms();
    shared.payouts.calendar =
        HolidayList{.name = "short", .first = date("2026-01-01"), .last = date("2026-06-30"), .holidays = {}};
    shared.payouts.shares = {{.share = decimal("0.5")},
                             {.name = "prototype", .share = decimal("0.5"), .after = PayoutAfter::approval}};
    shared.payouts.shares[1].business_days = 5;
    Player slow(shared);
    slow.pledge(1, cents(1'000'00));
    slow.pass(closes);
    slow.charge(1);
    slow.does(ReportDelivered{});
    refuse_now(slow, delivery_already_reported, ReportDelivered{});
    refuse_now(slow, milestone_unknown, ApproveMilestone{.milestone = "moon"});
    refuse_now(slow, refund_not_made, ReturnRefund{.pledge = PledgeId{1}});
    slow.pass(closes + days{14});
    refuse_now(slow, arrived_above_payout, PayOut{.payout = 0, .arrived = cents(1'000'00)});
    slow.pass(instant("2026-06-29T00:00:00Z"));
    refuse_now(slow, calendar_ends_before, ApproveMilestone{.milestone = "prototype"});
    slow.does(RejectMilestone{.milestone = "prototype"});
    refuse_now(slow, milestone_decided, RejectMilestone{.milestone = "prototype"});

    const Instant end_of_time = instant("9999-12-31T00:00:00Z");
    agreed = terms();
    agreed.may_extend = true;
    const Player for_ever(agreed);
    refuse_now(for_ever, deadline_too_late, ExtendDeadline{end_of_time});
    refuse(for_ever, command_too_late, {.at = end_of_time, .what = CloseEarly{}});

    Terms many = terms();
    many.rewards.resize(65'535, many.rewards[0]);
    refuse_now(Player(many), too_many_items, AddReward{{.name = "Mug"}});

    for (int code = 0; code <= last_code; ++code) {
        CAPTURE(to_text(static_cast<RejectionCode>(code)));
        CHECK(has_code(seen, code));
    }
}

TEST_CASE("an ended campaign says so before anything else, and an older command before that") {
    Player play(strict_terms(), opens - days{2});
    play.does(opens - days{1}, CancelCampaign{});
    CHECK(play.refused(opens - 1h, hopeless()) == RejectionCode::campaign_ended);  // not 'not open yet'
    CHECK(play.refused(closes, hopeless()) == RejectionCode::campaign_ended);      // not 'closed'
    CHECK(play.refused(opens - days{2}, hopeless()) == RejectionCode::command_older_than_last);
}

TEST_CASE("every code has a name of its own") {
    std::set<std::string_view> names;
    for (int code = 0; code <= last_code; ++code) names.insert(to_text(static_cast<RejectionCode>(code)));
    CHECK(names.size() == last_code + 1);
    CHECK_FALSE(names.contains(""));
}

// -------------------------------------------------------------------------------------------------- repeats

TEST_CASE("the same command twice is answered as already done, however much later it comes again") {
    Player play(terms());
    const Command command{.id = CommandId{42},
                          .at = opens,
                          .what = MakePledge{PledgeId{1}, BackerId{1}, {.reward = poster, .amount = cents(1'000'00)}}};
    play.does(command.at, command.what, command.id);
    const auto is_done = [&] {
        const auto again = decide(play.campaign(), command);
        return again && again->already_done && again->events.empty();
    };
    CHECK(is_done());
    play.does(opens + days{1}, CancelPledge{PledgeId{1}});
    CHECK(is_done());
    play.pass(closes + days{100});
    CHECK(play.state().phase == Phase::failed);
    CHECK(is_done());

    Events happened;
    Campaign copy = play.campaign();
    CHECK(perform(copy, command, happened) == Performed::already_done);
    CHECK(happened.empty());
    CHECK(copy == play.campaign());
}

TEST_CASE("the same command id with other content is refused, whatever differs") {
    Player play(terms());
    const CommandId id{42};
    const MakePledge wish{
        PledgeId{1}, BackerId{1}, {.reward = kit, .add_ons = {{cable, 2}}, .ship_to = "US", .amount = cents(900'00)}};
    play.does(opens, wish, id);
    const auto conflicts = [&](Instant at, CommandBody what) {
        const auto decision = decide(play.campaign(), {.id = id, .at = at, .what = std::move(what)});
        return !decision && decision.error().code == RejectionCode::command_conflicts_with_earlier;
    };
    const auto differs = [&](auto change) {
        MakePledge other = wish;
        change(other);
        return conflicts(opens, other);
    };
    CHECK(differs([](MakePledge& p) { p.pledge = PledgeId{2}; }));
    CHECK(differs([](MakePledge& p) { p.backer = BackerId{2}; }));
    CHECK(differs([](MakePledge& p) { p.choice.reward = poster; }));
    CHECK(differs([](MakePledge& p) { p.choice.add_ons[0].count = 3; }));
    CHECK(differs([](MakePledge& p) { p.choice.add_ons.clear(); }));
    CHECK(differs([](MakePledge& p) { p.choice.ship_to = "CA"; }));
    CHECK(differs([](MakePledge& p) { p.choice.amount = cents(900'01); }));
    CHECK(differs([](MakePledge& p) { p.choice.amount = Money{900'00, EUR}; }));
    CHECK(differs([](MakePledge& p) { p.choice.by_link = true; }));
    CHECK(differs([](MakePledge& p) { p.choice.in_instalments = true; }));
    CHECK(conflicts(opens + 1s, CancelPledge{PledgeId{1}}));
    CHECK(conflicts(opens, CancelPledge{PledgeId{1}}));
    CHECK_FALSE(differs([](MakePledge&) {}));
}

TEST_CASE("a command that was refused may be sent again under its id") {
    Player play(terms());
    const Command wish{.id = CommandId{42}, .at = opens, .what = CancelPledge{PledgeId{1}}};
    REQUIRE_FALSE(decide(play.campaign(), wish));
    play.pledge(1, cents(25'00));
    const auto decision = decide(play.campaign(), wish);
    REQUIRE(decision);
    CHECK_FALSE(decision->already_done);
}

// -------------------------------------------------------------------------------------------------- time

TEST_CASE("whatever fell due before a command happens first, and a command never comes before the last event") {
    Player play(terms());
    play.pledge(1, cents(1'000'00));
    const auto decision = decide(play.campaign(), {.at = closes + 1h, .what = RecordCharge{PledgeId{1}}});
    REQUIRE(decision);
    REQUIRE(decision->events.size() == 3);
    CHECK(decision->events[0].at == closes);
    CHECK(std::holds_alternative<CampaignClosed>(decision->events[0].what));
    CHECK(std::holds_alternative<CampaignSucceeded>(decision->events[1].what));
    CHECK(std::holds_alternative<ChargeCollected>(decision->events[2].what));
    CHECK(decision->events[2].at == closes + 1h);
    play.pass(closes);
    CHECK(play.refused(closes - 1s, CloseLatePledges{}) == RejectionCode::command_older_than_last);
}

TEST_CASE("decide changes nothing and gives the same answer twice") {
    Player play(terms());
    play.pledge(1, cents(1'000'00));
    const Command commands[] = {
        {.at = opens, .what = MakePledge{PledgeId{2}, BackerId{2}, {.reward = early_bird, .amount = cents(20'00)}}},
        {.at = closes + days{1}, .what = RecordCharge{PledgeId{1}, false}},
        {.at = closes + days{30}, .what = PayOut{0}},
    };
    for (const Command& command : commands) {
        const State before = play.state();
        const auto first = decide(play.campaign(), command);
        const auto second = decide(play.campaign(), command);
        CHECK(play.state() == before);
        REQUIRE(first.has_value() == second.has_value());
        if (first) {
            CHECK(first->events == second->events);
        } else {
            CHECK(first.error() == second.error());
        }
    }
}

TEST_CASE("on a refusal, perform has only let time pass") {
    Player play(terms());
    play.pledge(1, cents(999'99));
    Campaign campaign = play.campaign();
    Events happened;
    const auto answer = perform(campaign, {.at = closes + days{1}, .what = RecordCharge{PledgeId{1}}}, happened);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == RejectionCode::campaign_ended);
    play.pass(closes + days{1});
    CHECK(campaign == play.campaign());
    CHECK(happened == Events{play.happened().back()});
}

TEST_CASE("one step in time equals many small ones") {
    Random random(20'120'411);
    for (int round = 0; round < 40; ++round) {
        Terms agreed = terms();
        agreed.instalments =
            InstalmentPlan{.cadence = {.every = days{14}}, .retry_first = days{7}, .retry_later = days{9}};
        agreed.reserve = ReservePlan{.rate = decimal("5%"), .held_for = days{30}};
        if (round % 2 == 1) agreed.model.judged = OutcomeTiming::when_reached;
        if (round % 4 == 2) agreed.model.second_round = SecondRound{5'000'00, days{20}};
        Player play(agreed);
        for (std::uint64_t id = 1; id <= 8; ++id) {
            const bool in_parts = !play.state().succeeded_at && random.below(2) == 0;
            play.pledge(id, {.amount = cents(static_cast<std::int64_t>(100'00 + random.below(300'00))),
                             .in_instalments = in_parts});
        }
        play.pass(closes);
        for (std::uint64_t id = 1; id <= 8; ++id) {
            const CommandBody charge = RecordCharge{PledgeId{id}, random.below(2) == 0};
            if (!play.refused(charge)) play.does(charge);
        }
        if (!play.refused(closes + days{14}, PayOut{0})) play.does(closes + days{14}, PayOut{0});

        const Instant end = play.now() + days{200};
        Campaign steps = play.campaign();
        Campaign once = play.campaign();
        const Events in_one = advance(once, end);
        Events in_many;
        for (Instant at = play.now(); at < end;) {
            at = std::min(end,
                          at + Elapsed{1 + static_cast<std::int64_t>(random.below(random.below(2) ? 90 : 900'000))});
            if (random.below(8) == 0) at = std::min(end, closes + days{7} + 1s > at ? closes + days{7} + 1s : at);
            const Events more = advance(steps, at);
            in_many.insert(in_many.end(), more.begin(), more.end());
        }
        CHECK(in_one == in_many);
        CHECK(once == steps);
        CHECK(due(play.campaign(), end) == in_one);
    }
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
