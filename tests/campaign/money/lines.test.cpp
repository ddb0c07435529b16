// SPDX-License-Identifier: BSL-1.0
// A charge is a list of lines: each has its payee and its rules, and they add up to the charge.
#include "../../money/random.hpp"
#include "../books.hpp"
#include <map>

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

const LineRule tip{.name = "tip", .payee = "platform", .counts = false, .bears_platform_fee = false};
const LineRule vat{.name = "vat", .payee = "tax office", .bears_platform_fee = false};
const LineRule cover{.name = "cover", .counts = false, .bears_platform_fee = false};

/// 5% for the platform, 3% a charge, two decimals commercially rounded; a goal of 100.00.
Terms agreed(std::vector<LineRule> lines) {
    Terms terms = sample::terms(FundingModel::all_or_nothing(cents(100'00)));
    terms.limits.one_per_backer = false;
    terms.fees.platform.rounding = {RoundingMode::half_up};
    terms.fees.processing.bands = {{.rate = decimal("3%")}};
    terms.lines = std::move(lines);
    return terms;
}
Statement now(const Player& play) {
    return statement(play.campaign());
}
PledgeChoice of(std::int64_t amount, std::vector<LineChoice> lines) {
    return {.amount = cents(amount), .lines = std::move(lines)};
}
MakePledge pledges(PledgeChoice choice) {
    return {PledgeId{9}, BackerId{9}, std::move(choice), {}};
}

/// Refused with this code, and nothing has changed; what is accepted instead is told.
void refuses(const Player& play, const CommandBody& what, RejectionCode code, std::string_view told) {
    const auto before = play.state();
    const auto decision = decide(play.campaign(), {.at = play.now(), .what = what});
    REQUIRE_FALSE(decision.has_value());
    CHECK(decision.error().code == code);
    const std::string text = to_text(decision.error());
    CAPTURE(text);
    CHECK(text.find(told) != std::string::npos);
    CHECK(play.state() == before);
}

/// Two pledges of 60.00, the first with these lines, charged.
Player charged(const Terms& terms, std::vector<LineChoice> lines) {
    Player play(terms);
    play.pledge(1, of(60'00, std::move(lines)));
    play.pledge(2, cents(60'00));
    play.pass(closes);
    play.charge(1);
    play.charge(2);
    return play;
}
Player paid(const Terms& terms, std::vector<LineChoice> lines) {
    Player play = charged(terms, std::move(lines));
    play.pass(closes + days{14});
    play.does(PayOut{0});
    return play;
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("a tip is charged with the pledge, counts toward nothing and is the platform's") {
        const Player play = charged(agreed({tip}), {{.line = "tip", .amount = cents(6'00)}});
        CHECK(play.state().counted == 120'00);
        CHECK(now(play).collected.amount == cents(126'00));
        CHECK(now(play).fee_base == cents(120'00));
        CHECK(held_by(play.campaign(), Account::platform_fees) == 6'00);
        const std::vector<Statement::ChargeLine> lines{{"tip", "platform", cents(6'00), cents(0), cents(6'00)}};
        CHECK(now(play).lines == lines);
        CHECK(explain(now(play), play.campaign().terms(), "to_others")->formula == "6.00 USD of 'tip' for platform");
        balances(play);
    }

    TEST_CASE("a pledge below the goal does not reach it with a tip") {
        Player play(agreed({tip}));
        play.pledge(1, of(90'00, {{.line = "tip", .amount = cents(20'00)}}));
        CHECK(counted_now(play.campaign()) == 90'00);
        play.pass(closes);
        CHECK(play.state().phase == Phase::failed);
    }

    TEST_CASE("a general refund takes of each line alike, and a kept one is borne by whoever has the rest") {
        for (const bool is_kept : {false, true}) {
            LineRule rule = tip;
            rule.kept = is_kept;
            Player play = charged(agreed({rule}), {{.line = "tip", .amount = cents(6'00)}});
            const Events half = play.does(RefundPledge{PledgeId{1}, cents(33'00)});
            CHECK(first_of<PledgeRefunded>(half).lines.front().amount == 3'00);
            CHECK(held_by(play.campaign(), Account::platform_fees) == (is_kept ? 6'00 : 3'00));
            CHECK(now(play).fee_base == cents(90'00));
            balances(play);
            play.does(RefundPledge{PledgeId{1}, cents(33'00)});
            CHECK(play.state_of(1) == PledgeState::refunded);
            CHECK(held_by(play.campaign(), Account::platform_fees) == (is_kept ? 6'00 : 0));
            balances(play);
            play.pass(closes + days{14});
            play.does(PayOut{0});
            CHECK(now(play).paid == cents(60'00 - 1'80 - 3'00 - (is_kept ? 6'00 : 0)));
            balances(play);
        }
    }

    TEST_CASE("one line goes back alone, out of the payee's own pocket, before the payout and after it") {
        for (const bool is_paid : {false, true}) {
            const std::vector<LineChoice> lines{{.line = "tip", .amount = cents(6'00)}};
            Player play = is_paid ? paid(agreed({tip}), lines) : charged(agreed({tip}), lines);
            play.does(RefundPledge{.pledge = PledgeId{1}, .amount = cents(6'00), .line = "tip"});
            CHECK(now(play).to_others == cents(0));
            CHECK(now(play).owed == cents(0));
            CHECK(now(play).fee_base == cents(120'00));
            balances(play);
            refuses(play, RefundPledge{.pledge = PledgeId{1}, .amount = cents(1), .line = "tip"},
                    RejectionCode::refund_above_item, "of which 0.00 USD are left");
            refuses(play, RefundPledge{.pledge = PledgeId{1}, .amount = cents(1), .line = "vat"},
                    RejectionCode::line_unknown, "accepted: tip");
        }
    }

    TEST_CASE("what a payee gives back of a refund after the payout is not owed by the creator") {
        Player play = paid(agreed({tip}), {{.line = "tip", .amount = cents(6'00)}});
        play.does(RefundPledge{PledgeId{1}, cents(66'00)});
        CHECK(now(play).owed == cents(60'00));
        CHECK(now(play).to_others == cents(0));
        balances(play);
    }

    TEST_CASE("a dispute lost takes the lines along where the creator bears it") {
        for (const bool is_paid : {false, true}) {
            for (const DisputeReason reason : {DisputeReason::fraud, DisputeReason::reward}) {
                const std::vector<LineChoice> lines{{.line = "tip", .amount = cents(6'00)}};
                Player play = is_paid ? paid(agreed({tip}), lines) : charged(agreed({tip}), lines);
                play.does(OpenDispute{.pledge = PledgeId{1}, .reason = reason});
                CHECK(now(play).fee_base == cents(is_paid ? 120'00 : 60'00));
                balances(play);
                Player won = play;
                won.does(CloseDispute{PledgeId{1}, true});
                CHECK(now(won).to_others == cents(6'00));
                CHECK(now(won).fee_base == cents(120'00));
                balances(won);
                play.does(CloseDispute{PledgeId{1}, false});
                const bool is_borne_by_platform = reason == DisputeReason::fraud;
                CHECK(now(play).to_others == cents(is_borne_by_platform ? 6'00 : 0));
                balances(play);
            }
        }
    }

    TEST_CASE("a dispute that outlives the payout brings back what its lines bear") {
        for (const bool is_won : {false, true}) {
            Player play = charged(agreed({tip, vat}), {{.line = "tip", .amount = cents(6'00)},
                                                       {.line = "vat", .rate = decimal("20%"), .included = true}});
            play.does(OpenDispute{.pledge = PledgeId{1}, .reason = DisputeReason::reward});
            play.pass(closes + days{14});
            play.does(PayOut{0});
            balances(play);
            play.does(CloseDispute{PledgeId{1}, is_won});
            balances(play);
            CHECK(now(play).to_others == cents(is_won ? 16'00 : 0));
            CHECK(now(play).fee_base == cents(is_won ? 110'00 : 60'00));
        }
    }

    TEST_CASE("what is captured in part falls to each line alike") {
        Player play(agreed({tip}));
        play.pledge(1, of(100'00, {{.line = "tip", .amount = cents(10'00)}}));
        play.pass(closes);
        const Events events = play.does(RecordCharge{.pledge = PledgeId{1}, .amount = cents(55'00)});
        CHECK(first_of<ChargeCollected>(events).lines.front().amount == 5'00);
        CHECK(now(play).fee_base == cents(50'00));
        balances(play);
        play.does(RefundPledge{PledgeId{1}, cents(55'00)});
        CHECK(now(play).to_others == cents(0));
        balances(play);
    }

    TEST_CASE("instalments carry their parts of a line, and together all of it") {
        Terms terms = agreed({tip});
        terms.instalments = InstalmentPlan{.count = 3, .retry_first = days{7}, .retry_later = days{14}};
        Player play(terms);
        PledgeChoice choice = of(120'00, {{.line = "tip", .amount = cents(10'00)}});
        choice.in_instalments = true;
        play.pledge(1, choice);
        play.pass(closes);
        std::int64_t sum = 0;
        for (std::uint32_t part = 1; part <= 3; ++part) {
            play.pass(closes + days{31 * (part - 1)});
            const Events events = play.charge(1, true, part);
            sum += first_of<ChargeCollected>(events).lines.front().amount;
            balances(play);
        }
        CHECK(sum == 10'00);
        CHECK(now(play).to_others == cents(10'00));
    }

    TEST_CASE("a released pledge gives back all of its lines") {
        Terms terms = agreed({tip, vat});
        terms.charges = {.timing = ChargeTiming::at_pledge};
        Player play(terms);
        play.pledge(1, of(50'00, {{.line = "tip", .amount = cents(5'00)}, {.line = "vat", .rate = decimal("25%")}}));
        play.charge(1);
        CHECK(held_by(play.campaign(), Account::parties) == 12'50);
        play.pass(closes);
        CHECK(agenda(play.campaign()).front().amount == cents(67'50));
        play.does(RefundPledge{PledgeId{1}, cents(67'50)});
        for (const Money& balance : now(play).holders) CHECK(balance.is_zero());
        balances(play);
    }

    TEST_CASE("tax that a pledge contains is taken out exactly") {
        const Rounding half_up{RoundingMode::half_up};
        CHECK(contained_in(cents(115'00), decimal("15%"), half_up) == cents(15'00));
        CHECK(contained_in(cents(100'00), decimal("15%"), half_up) == cents(13'04));
        CHECK(contained_in(cents(0), decimal("15%"), half_up) == cents(0));
        for (std::int64_t amount = 1; amount < 3'000; ++amount) {
            const std::int64_t tax = contained_in(cents(amount), decimal("21%"), half_up).minor();
            // The nearest: at most half a cent from amount x 21 / 121.
            CHECK(std::abs(tax * 242 - amount * 42) <= 121);
        }
    }

    TEST_CASE("what is told of a fee that contains tax adds up") {
        Terms terms = agreed({});
        terms.fees.platform.tax =
            FeeTax{.rate = decimal("15%"), .rounding = {RoundingMode::half_up}, .included = true};
        const Player play = charged(terms, {});
        CHECK(now(play).platform_fee + now(play).platform_tax == cents(6'00));
        const std::string why = explain(now(play), terms, "platform_fee")->formula;
        CAPTURE(why);
        CHECK(why.find("that is 6.00 USD, less 0.78 USD of tax that it contains") != std::string::npos);
        CHECK(now(play).platform_fee == cents(5'22));
    }

    TEST_CASE("a computed cover leaves exactly what was pledged, and no smaller one does") {
        Terms terms = agreed({cover});
        terms.fees.processing.bands = {{.rate = decimal("2.9%"), .fixed = 30}};
        terms.fees.processing.tax = FeeTax{.rate = decimal("20%"), .rounding = {RoundingMode::half_up}};
        Player play(terms);
        for (std::uint64_t id = 1; id < 300; ++id) {
            const auto amount = static_cast<std::int64_t>(1'00 + id * 37);
            play.pledge(id, of(amount, {{.line = "cover"}}));
            const std::int64_t paid = play.state().book.records.back().amount - amount;
            const auto fee = [&](std::int64_t more) {
                const Money taken = fee_on(terms.fees.processing, cents(amount + more));
                return (taken + tax_on(terms.fees.processing, taken)).minor();
            };
            CHECK(fee(paid) == paid);
            CHECK(fee(paid - 1) > paid - 1);
        }
    }

    TEST_CASE("a cover that no amount suffices for is refused") {
        Terms terms = agreed({cover});
        terms.fees.processing.bands = {{.rate = decimal("100%")}};
        refuses(Player(terms), pledges(of(10'00, {{.line = "cover"}})), RejectionCode::line_incalculable,
                "accepted: an amount for it");
    }

    TEST_CASE("each line that cannot be is refused by its own name") {
        const Player play(agreed({tip, vat, cover}));
        const auto refused = [&](std::vector<LineChoice> lines, RejectionCode code, std::string_view told) {
            refuses(play, pledges(of(60'00, std::move(lines))), code, told);
        };
        refused({{.line = "gift wrap", .amount = cents(1)}}, RejectionCode::line_unknown, "accepted: tip, vat, cover");
        refused({{.line = "tip", .amount = cents(-1)}}, RejectionCode::line_below_zero, "-0.01 USD");
        refused({{.line = "tip", .amount = Money(1'00, EUR)}}, RejectionCode::currency_differs, "an amount in USD");
        refused({{.line = "tip", .amount = cents(1)}, {.line = "tip", .amount = cents(2)}},
                RejectionCode::line_malformed, "'tip' is chosen twice");
        refused({{.line = "vat", .amount = cents(1), .rate = decimal("5%")}}, RejectionCode::line_malformed,
                "an amount and a rate");
        refused({{.line = "vat", .rate = decimal("-5%")}}, RejectionCode::line_malformed, "a rate of 0% to 100%");
        refused({{.line = "vat", .included = true}}, RejectionCode::line_malformed, "has no amount");
        refused({{.line = "cover"}, {.line = "tip"}}, RejectionCode::line_malformed, "both cover the fee");
        refused({{.line = "vat", .amount = cents(60'01), .included = true}}, RejectionCode::line_above_amount,
                "at most 60.00 USD");
        const Money most{std::numeric_limits<std::int64_t>::max(), USD};
        refused({{.line = "tip", .amount = most}}, RejectionCode::amount_too_large, "64 bits");
    }

    TEST_CASE("terms without rules for lines have none") {
        refuses(Player(sample::terms()), pledges(of(60'00, {{.line = "tip", .amount = cents(1)}})),
                RejectionCode::line_unknown, "no line: the terms have none");
    }

    TEST_CASE("rules for lines need names, payees, and one each") {
        for (const auto& lines : {std::vector<LineRule>{{.name = ""}}, {{.name = "a", .payee = ""}}, {tip, tip}}) {
            const Findings found = defects_of(agreed(lines));
            REQUIRE(found.size() == 1);
            CHECK(found.front().rule == "lines");
        }
    }

    TEST_CASE("parts of the pledge have rules of their own") {
        Terms terms = agreed({{.name = "shipping", .counts = false, .bears_platform_fee = false},
                              {.name = "bonus", .bears_processing_fee = false}});
        Player play(terms);
        play.pledge(1, PledgeChoice{.reward = kit, .ship_to = "JP", .amount = cents(125'00)});
        CHECK(counted_now(play.campaign()) == 110'00);
        play.pass(closes);
        play.charge(1);
        CHECK(now(play).fee_base == cents(110'00));
        CHECK(now(play).processing_fee == cents(3'45));  // 3% of 115.00
        play.does(RefundPledge{PledgeId{1}, cents(10'00), RefundItem::bonus});
        CHECK(now(play).processing_fee == cents(3'45));
        play.does(RefundPledge{PledgeId{1}, cents(100'00), RefundItem::reward});
        CHECK(now(play).processing_fee == cents(45));  // of 15.00 that are left
        CHECK(now(play).fee_base == cents(0));
        balances(play);
    }

    TEST_CASE("several of one reward take places, shipping and units") {
        Player play(sample::terms(FundingModel::units(4)));
        PledgeChoice two{.reward = kit, .ship_to = "US", .amount = cents(210'00), .quantity = 2};
        play.pledge(1, two);
        CHECK(play.state().totals.standing_shipping == 10'00);
        CHECK(counted_now(play.campaign()) == 4);
        PledgeChoice birds{.reward = early_bird, .amount = cents(60'00), .quantity = 4};
        refuses(play, pledges(birds), RejectionCode::reward_sold_out, "at most 3, another reward, or none");
        birds.quantity = 3;
        play.pledge(2, birds);
        refuses(play, ChangePledge{PledgeId{2}, {.reward = early_bird, .amount = cents(80'00), .quantity = 4}, {}},
                RejectionCode::reward_sold_out, "0 of 3 'Early bird' are taken and 4 are wanted");
        birds.quantity = 0;
        refuses(play, pledges(birds), RejectionCode::quantity_without_reward, "at least 1");
        refuses(play, pledges({.amount = cents(9'00), .quantity = 2}), RejectionCode::quantity_without_reward,
                "a reward to have so many of");
        play.does(ChangePledge{PledgeId{2}, {.reward = early_bird, .amount = cents(20'00)}, {}});
        CHECK(play.state().reward_taken[1] == 1);
        play.does(CancelPledge{PledgeId{1}});
        CHECK(play.state().totals.standing_units == 1);
        balances(play);
    }

    TEST_CASE("an unknown method of payment is refused with those that are known") {
        Terms terms = agreed({});
        terms.fees.methods["card"] = {.bands = {{.fixed = 40}}};
        terms.fees.methods["debit"] = {.bands = {{.fixed = 10}}};
        Player play(terms);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        refuses(play, RecordCharge{.pledge = PledgeId{1}, .method = "cash"}, RejectionCode::method_unknown,
                "accepted: card, debit, or none");
        play.does(RecordCharge{.pledge = PledgeId{1}, .method = "debit"});
        CHECK(now(play).processing_fee == cents(10));
        CHECK(now(play).fee_difference == cents(0));
        balances(play);
    }

    TEST_CASE("a supplement is a charge of its own, with its own fees, that counts toward nothing") {
        Terms terms = agreed({tip});
        terms.supplements = Supplements{.platform = FeeSchedule{.bands = {{.rate = decimal("10%")}}},
                                        .processing = FeeSchedule{.bands = {{.fixed = 50}}}};
        Player play = paid(terms, {});
        play.does(MakeSupplement{.supplement = PledgeId{3},
                                 .to = PledgeId{1},
                                 .amount = cents(20'00),
                                 .lines = {{.line = "tip", .amount = cents(2'00)}}});
        CHECK(now(play).supplements.amount == cents(22'00));
        CHECK(now(play).gross.amount == cents(120'00));
        CHECK(agenda(play.campaign()).front().kind == DueKind::charge);
        play.charge(3);
        balances(play);
        CHECK(now(play).platform_fee == cents(8'00));  // 5% of 120.00 and 10% of 20.00
        CHECK(now(play).payouts.back().kind == PayoutLine::Kind::supplements);
        play.does(PayOut{1});
        CHECK(now(play).payouts.back().net == 17'50);
        CHECK(now(play).backers == 2);
        play.does(RefundPledge{PledgeId{3}, cents(22'00)});
        CHECK(now(play).owed == cents(20'00));
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("nobody is charged again before the end, without such terms, or without a pledge") {
        const MakeSupplement any{.supplement = PledgeId{3}, .to = PledgeId{1}, .amount = cents(20'00)};
        Terms terms = agreed({tip});
        terms.supplements = Supplements{};
        Player live(terms);
        live.pledge(1, cents(120'00));
        refuses(live, any, RejectionCode::campaign_not_succeeded, "a campaign that has succeeded and is over");
        refuses(paid(agreed({tip}), {}), any, RejectionCode::supplements_not_offered, "terms with supplements");
        const Player play = paid(terms, {});
        const auto refused = [&](MakeSupplement what, RejectionCode code, std::string_view told) {
            refuses(play, what, code, told);
        };
        MakeSupplement what = any;
        what.to = PledgeId{7};
        refused(what, RejectionCode::pledge_unknown, "there is no pledge 7");
        what = any;
        what.supplement = PledgeId{2};
        refused(what, RejectionCode::pledge_id_taken, "there is a pledge 2 already");
        what.supplement = PledgeId{};
        refused(what, RejectionCode::id_missing, "an id other than 0");
        what = any;
        what.amount = cents(0);
        refused(what, RejectionCode::amount_not_positive, "an amount, or a line");
        what.amount = cents(-1);
        refused(what, RejectionCode::amount_not_positive, "-0.01 USD is pledged");
        what.amount = Money(1'00, EUR);
        refused(what, RejectionCode::currency_differs, "an amount in USD");
        what = any;
        what.lines = {{.line = "vat", .amount = cents(1)}};
        refused(what, RejectionCode::line_unknown, "accepted: tip");
        what = any;
        what.add_ons = {{.add_on = AddOnId{1}}};
        refused(what, RejectionCode::add_on_without_reward, "a reward to go with it");
        Player gone = play;
        gone.does(RefundPledge{PledgeId{1}, cents(60'00)});
        refuses(gone, any, RejectionCode::pledge_not_standing, "the pledge is refunded");
    }

    TEST_CASE("a supplement whose card fails is dropped, and the pledge stays") {
        Terms terms = agreed({});
        terms.supplements = Supplements{};
        Player play = paid(terms, {});
        play.does(MakeSupplement{.supplement = PledgeId{3}, .to = PledgeId{1}, .amount = cents(20'00)});
        play.charge(3, false);
        CHECK(play.state_of(3) == PledgeState::dropped);
        CHECK(play.state_of(1) == PledgeState::collected);
        balances(play);
    }

    TEST_CASE("a stretch goal on collected money waits for it, and is lost with it") {
        Terms terms = agreed({tip});
        terms.stretch_goals = {{.name = "Paper",
                                .at = 110'00,
                                .basis = StretchBasis::collected,
                                .kept = false,
                                .effect = UpgradeRewards{}}};
        Player play(terms);
        play.pledge(1, of(60'00, {{.line = "tip", .amount = cents(55'00)}}));
        play.pledge(2, cents(60'00));
        play.pass(closes);
        play.charge(1);
        CHECK_FALSE(play.state().stretch_reached[0]);  // 115.00 came in, of which 60.00 count
        CHECK(count_of<StretchGoalReached>(play.charge(2)) == 1);
        CHECK(count_of<StretchGoalLost>(play.does(RefundPledge{PledgeId{2}, cents(10'01)})) == 1);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("whatever the lines, they add up to the charge, the books balance, and a replay is the same") {
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            const auto chance = [&](std::uint64_t in) { return random.below(in) == 0; };
            std::vector<LineRule> rules;
            for (const std::string_view name : {"tip", "vat", "cover", "shipping", "bonus", "reward"}) {
                if (chance(3)) continue;
                rules.push_back({.name = std::string(name),
                                 .payee = chance(3) ? "creator" : chance(2) ? "platform" : "tax office",
                                 .counts = chance(2),
                                 .bears_platform_fee = chance(2),
                                 .bears_processing_fee = chance(2),
                                 .kept = chance(4)});
            }
            Terms terms = agreed(rules);
            terms.model = FundingModel::headcount(1);
            terms.refunds.partial = chance(2) ? PartialRefundFee::recomputed : PartialRefundFee::proportional;
            if (chance(2)) terms.refunds.platform = PartialRefundFee::proportional;
            Player play(terms);
            for (std::uint64_t id = 1; id <= 6; ++id) {
                PledgeChoice choice{.reward = chance(2) ? kit : no_reward,
                                    .ship_to = "US",
                                    .amount = cents(static_cast<std::int64_t>(210'00 + random.below(90'00))),
                                    .quantity = 1};
                if (!choice.reward.is_none() && chance(2)) choice.quantity = 2;
                for (const LineRule& rule : rules) {
                    if (is_part_of_pledge(rule.name) || chance(3)) continue;
                    LineChoice line{.line = rule.name};
                    if (rule.name != "cover") {
                        line.included = chance(2);
                        if (chance(2))
                            line.rate = decimal("17.5%");
                        else
                            line.amount = cents(static_cast<std::int64_t>(random.below(30'00)));
                    }
                    choice.lines.push_back(line);
                }
                play.pledge(id, choice);
                balances(play);
            }
            play.pass(closes);
            std::map<std::string, std::int64_t> charged;
            for (std::uint64_t id = 1; id <= 6; ++id) {
                const std::int64_t amount = play.state().book.records[id - 1].amount;
                RecordCharge charge{.pledge = PledgeId{id}};
                if (chance(3)) charge.amount = cents(1 + static_cast<std::int64_t>(random.below(
                                                             static_cast<std::uint64_t>(amount))));
                const Events events = play.does(charge);
                const auto& collected = first_of<ChargeCollected>(events);
                std::int64_t sum = 0;
                for (const LineAmount& line : collected.lines) {
                    CHECK(line.amount > 0);
                    sum += line.amount;
                    charged[line.line] += line.amount;
                }
                CHECK(sum <= collected.amount);
                balances(play);
            }
            if (chance(2)) {
                play.pass(closes + days{14});
                play.does(PayOut{0});
            }
            for (int step = 0; step < 12; ++step) {
                const PledgeId pledge{1 + random.below(6)};
                CommandBody what = CloseDispute{pledge, chance(2)};
                if (chance(2))
                    what = RefundPledge{pledge, cents(static_cast<std::int64_t>(1 + random.below(120'00)))};
                else if (chance(2))
                    what = OpenDispute{.pledge = pledge,
                                       .reason = chance(2) ? DisputeReason::fraud : DisputeReason::reward};
                if (play.refused(what)) continue;
                play.does(what);
                balances(play);
            }
            for (const Statement::ChargeLine& line : now(play).lines) {
                CHECK(line.charged.minor() == charged[line.name]);
                CHECK_FALSE((line.charged - line.refunded).is_negative());
                CHECK_FALSE(line.kept.is_negative());
            }
            CHECK(replay(play.happened()) == play.campaign());
        }
    }
}
