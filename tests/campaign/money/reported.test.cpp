// SPDX-License-Identifier: BSL-1.0
// What a provider reports is booked as it is, and what it differs from the terms is a figure of its own.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

const PledgeId first{1};

/// 5% for the platform and 2.9% + 0.30 a charge, one pledge of 1,000.00 and one of 100.00, nothing charged yet.
Player due(Terms agreed = terms()) {
    agreed.fees.processing.bands = {{.rate = decimal("2.9%"), .fixed = 30}};
    Player play(std::move(agreed));
    play.pledge(1, cents(100'00));
    play.pledge(2, cents(1'000'00));
    play.pass(closes);
    return play;
}
Player paid(Terms agreed = terms()) {
    Player play = due(std::move(agreed));
    play.charge(1);
    play.charge(2);
    play.pass(closes + days{14});
    play.does(PayOut{0});
    return play;
}
Statement now(const Player& play) {
    return statement(play.campaign());
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("a fee is booked as it was taken, and the difference to the terms is told") {
        Player play = due();
        play.does(RecordCharge{.pledge = first, .fee = cents(3'50), .reference = "ch_1", .method = "card"});
        play.charge(2);
        CHECK(held_by(play.campaign(), Account::processing_fees) == 3'50 + 29'30);
        CHECK(now(play).processing_fee == cents(32'80));
        CHECK(now(play).fee_difference == cents(30));  // 2.9% of 100.00 and 0.30 are 3.20
        CHECK(explain(now(play), play.campaign().terms(), "fee_difference")->formula ==
              "the provider took 0.30 USD more than the terms make of its charges, refunds and disputes");
        balances(play);
        // All of it comes back with the charge, where the terms return fees.
        play.does(RefundPledge{first, cents(100'00)});
        CHECK(now(play).processing_fee == cents(29'30));
        balances(play);
    }

    TEST_CASE("a reported tax stands beside its fee, and a fee without one had none") {
        Terms agreed = terms();
        agreed.fees.processing.tax = FeeTax{.rate = decimal("19%"), .rounding = {RoundingMode::half_up}};
        Player play = due(agreed);
        play.does(RecordCharge{.pledge = first, .fee = cents(3'20), .tax = cents(61)});
        CHECK(now(play).fee_difference == cents(0));
        play.does(RecordCharge{.pledge = PledgeId{2}, .fee = cents(29'30)});
        CHECK(now(play).processing_tax == cents(61));
        CHECK(now(play).fee_difference == cents(-5'57));
        balances(play);
    }

    // Worked example of a partial capture: 70.00 of 100.00 authorised bear 2.9% + 0.30 = 2.33; 30.00 are released.
    TEST_CASE("what was not captured is given up, and no fee is on it") {
        Player play = due();
        const Events events = play.does(RecordCharge{.pledge = first, .amount = cents(70'00)});
        CHECK(first_of<ChargeCollected>(events).fee == 2'33);
        CHECK(first_of<ChargeCollected>(events).uncaptured == 30'00);
        CHECK(now(play).collected.amount == cents(70'00));
        CHECK(now(play).given_up == cents(30'00));
        CHECK(play.refused(RefundPledge{first, cents(70'01)}) == RejectionCode::refund_above_collected);
        CHECK(play.refused(RecordCharge{first}) == RejectionCode::charge_already_collected);
        play.does(RefundPledge{first, cents(70'00)});
        CHECK(play.state_of(1) == PledgeState::refunded);
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("an instalment may be captured in part too") {
        Terms agreed = terms();
        agreed.instalments = InstalmentPlan{.retry_first = days{7}, .retry_later = days{14}};
        Player play(agreed);
        play.pledge(1, {.amount = cents(1'200'00), .in_instalments = true});
        play.pass(closes);
        play.does(RecordCharge{.pledge = first, .amount = cents(300'00), .fee = cents(9'00)});
        CHECK(now(play).given_up == cents(100'00));
        CHECK(now(play).collected.amount == cents(300'00));
        balances(play);
        play.does(RefundPledge{first, cents(1'100'00)});  // 800.00 that are open, 300.00 that came in
        CHECK(play.state_of(1) == PledgeState::refunded);
        CHECK(now(play).processing_fee == cents(0));
        balances(play);
    }

    TEST_CASE("what cannot have been captured or taken is refused") {
        Player play = due();
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = cents(100'01)}) ==
              RejectionCode::capture_above_charge);
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = cents(0)}) == RejectionCode::amount_not_positive);
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = eur("1.00")}) == RejectionCode::currency_differs);
        CHECK(play.refused(RecordCharge{.pledge = first, .fee = cents(100'01)}) == RejectionCode::fee_above_amount);
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = cents(70'00), .fee = cents(70'01)}) ==
              RejectionCode::fee_above_amount);
        CHECK(play.refused(RecordCharge{.pledge = first, .fee = cents(99'00), .tax = cents(1'01)}) ==
              RejectionCode::fee_above_amount);
        CHECK(play.refused(RecordCharge{.pledge = first, .fee = cents(-1)}) == RejectionCode::fee_above_amount);
        CHECK(play.refused(RecordCharge{.pledge = first, .succeeded = false, .fee = cents(1)}) ==
              RejectionCode::capture_above_charge);
        CHECK(play.refused(RecordCharge{.pledge = first, .fee = cents(100'00)}) == std::nullopt);
    }

    TEST_CASE("a reference names one movement of money") {
        Player play = due();
        const RecordCharge charge{.pledge = first, .reference = "ch_1"};
        play.does(charge);
        // Told again it is told so, before anything else is looked at.
        CHECK(play.refused(charge) == RejectionCode::reference_already_reported);
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = cents(100'00), .reference = "ch_1"}) ==
              RejectionCode::reference_already_reported);
        CHECK(play.refused(RecordCharge{.pledge = first, .amount = cents(70'00), .reference = "ch_1"}) ==
              RejectionCode::reference_used_for_other_money);
        CHECK(play.refused(RecordCharge{.pledge = PledgeId{2}, .reference = "ch_1"}) ==
              RejectionCode::reference_used_for_other_money);
        // Charges and refunds are named apart.
        const RefundPledge refund{.pledge = first, .amount = cents(100'00), .reference = "ch_1"};
        play.does(refund);
        CHECK(play.refused(refund) == RejectionCode::reference_already_reported);
        play.does(RecordCharge{.pledge = PledgeId{2}, .reference = "ch_2"});
        play.does(OpenDispute{.pledge = PledgeId{2}, .amount = cents(5'00), .reference = "dp_1"});
        CHECK(play.refused(OpenDispute{.pledge = PledgeId{2}, .amount = cents(5'00), .reference = "dp_1"}) ==
              RejectionCode::reference_already_reported);
        play.does(CloseDispute{PledgeId{2}, true});
        play.pass(closes + days{14});
        play.does(PayOut{0, "po_1"});
        CHECK(play.refused(PayOut{0, "po_1"}) == RejectionCode::reference_already_reported);
        CHECK(play.refused(PayOut{1, "po_1"}) == RejectionCode::reference_used_for_other_money);
        CHECK(play.refused(PayOut{0, "po_2"}) == RejectionCode::payout_already_made);
        CHECK(replay(play.happened()) == play.campaign());
        balances(play);
    }

    TEST_CASE("what a refund returned of the fee is as reported, and needs no rule") {
        Terms agreed = terms();
        agreed.refunds.partial = std::nullopt;
        Player play = due(agreed);
        play.charge(1);
        play.charge(2);
        CHECK(play.refused(RefundPledge{first, cents(40'00)}) == RejectionCode::partial_refund_rule_missing);
        const RefundPledge refund{.pledge = first, .amount = cents(40'00), .fee_returned = cents(1'16)};
        CHECK(first_of<PledgeRefunded>(play.does(refund)).fee_returned == 1'16);
        CHECK(now(play).processing_fee == cents(3'20 + 29'30 - 1'16));
        CHECK(now(play).fee_difference == cents(-1'16));
        balances(play);
        CHECK(play.refused(RefundPledge{.pledge = first, .amount = cents(1), .fee_returned = cents(2'05)}) ==
              RejectionCode::fee_returned_above_fee);
        CHECK(play.refused(RefundPledge{.pledge = first, .amount = cents(1), .fee_returned = cents(-1)}) ==
              RejectionCode::fee_returned_above_fee);
        play.does(RefundPledge{first, cents(60'00)});  // and the last one what is left
        CHECK(now(play).processing_fee == cents(29'30));
        balances(play);
    }

    TEST_CASE("a fee that comes back after the payout is the creator's") {
        Player play = paid();
        play.does(RefundPledge{.pledge = first, .amount = cents(100'00), .fee_returned = cents(3'20)});
        CHECK(now(play).owed == cents(96'80));
        CHECK(now(play).fee_difference == cents(-3'20));
        balances(play);
    }

    TEST_CASE("a proportional fee comes back on running totals: parts of parts add up") {
        // A fee of 5.00 on 99.99 that goes back in three parts: each alone would round to 1.67, together 5.01.
        Terms agreed = terms(FundingModel::all_or_nothing(cents(99'99)));
        agreed.fees.processing = {.bands = {{.fixed = 5'00}}, .rounding = {RoundingMode::half_up}};
        agreed.fees.platform = {};
        agreed.refunds.partial = PartialRefundFee::proportional;
        Player play(agreed);
        play.pledge(1, cents(99'99));
        play.pass(closes);
        play.charge(1);
        std::vector<std::int64_t> parts;
        for (int part = 0; part < 3; ++part)
            parts.push_back(first_of<PledgeRefunded>(play.does(RefundPledge{first, cents(33'33)})).fee_returned);
        CHECK(parts == std::vector<std::int64_t>{1'67, 1'66, 1'67});
        CHECK(held_by(play.campaign(), Account::processing_fees) == 0);
        balances(play);
    }

    TEST_CASE("half of a charge returns half of its fee, kept and recomputed something else") {
        const auto fee_after_half = [](PartialRefundFee rule) {
            Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
            agreed.fees.processing.bands = {{.rate = decimal("3%"), .fixed = 30}};
            agreed.refunds.partial = rule;
            Player play(agreed);
            play.pledge(1, cents(100'00));
            play.pass(closes);
            play.charge(1);
            play.does(RefundPledge{first, cents(50'00)});
            balances(play);
            return now(play).processing_fee;
        };
        CHECK(fee_after_half(PartialRefundFee::kept) == cents(3'30));
        CHECK(fee_after_half(PartialRefundFee::recomputed) == cents(1'80));
        CHECK(fee_after_half(PartialRefundFee::proportional) == cents(1'65));
    }

    TEST_CASE("the platform's fee follows a refund, is kept, or goes back in proportion") {
        struct Case {
            std::optional<PartialRefundFee> rule;
            std::int64_t fee, base;
        };
        // 10% and 2.00 of 100.00 are 12.00; of the 50.00 that are left 7.00; half of 12.00 is 6.00.
        for (const Case& expected :
             {Case{std::nullopt, 7'00, 50'00}, Case{PartialRefundFee::recomputed, 7'00, 50'00},
              Case{PartialRefundFee::kept, 12'00, 100'00}, Case{PartialRefundFee::proportional, 6'00, 100'00}}) {
            Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
            agreed.fees = {.platform = {.bands = {{.rate = decimal("10%"), .fixed = 2'00}}}};
            agreed.refunds.platform = expected.rule;
            Player play(agreed);
            play.pledge(1, cents(100'00));
            play.pass(closes);
            play.charge(1);
            play.does(RefundPledge{first, cents(50'00)});
            CHECK(now(play).platform_fee == cents(expected.fee));
            CHECK(now(play).fee_base == cents(expected.base));
            play.pass(closes + days{14});
            play.does(PayOut{0});
            CHECK(now(play).platform_fee == cents(expected.fee));
            CHECK(now(play).paid == cents(50'00 - expected.fee));
            CHECK(held_by(play.campaign(), Account::platform_fees) == expected.fee);
            balances(play);
        }
    }

    TEST_CASE("a proportional platform fee in three refunds ends where one would") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
        agreed.fees = {.platform = {.bands = {{.fixed = 5'00}}, .rounding = {RoundingMode::half_up}}};
        agreed.refunds.platform = PartialRefundFee::proportional;
        Player play(agreed);
        play.pledge(1, cents(99'99));
        play.pass(closes);
        play.charge(1);
        std::vector<Money> left;
        for (int part = 0; part < 3; ++part) {
            play.does(RefundPledge{first, cents(33'33)});
            left.push_back(now(play).platform_fee);
        }
        CHECK(left == std::vector<Money>{cents(3'33), cents(1'67), cents(0)});
        balances(play);
    }

    TEST_CASE("what the creator owes is taken from the next payout, which never pays past it") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
        agreed.fees = {};
        agreed.late_pledges = LatePledges{};
        agreed.payouts = {.first_after = days{14}, .later_first_after = days{30}};
        Player play(agreed);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(80'00));
        play.charge(2);
        play.pass(closes + days{14});
        play.does(PayOut{0});
        play.does(RefundPledge{first, cents(30'00)});
        CHECK(now(play).owed == cents(30'00));
        CHECK(now(play).to_pay == cents(50'00));
        CHECK(explain(now(play), play.campaign().terms(), "to_pay")->formula ==
              "80.00 USD in escrow - 30.00 USD that the creator owes");
        CHECK(agenda(play.campaign()).back().amount == cents(50'00));
        play.pass(closes + days{30});
        const Events events = play.does(PayOut{1});
        const PayoutMade& made = first_of<PayoutMade>(events);
        CHECK(made.net == 50'00);
        CHECK(made.recouped == 30'00);
        CHECK(now(play).paid == cents(150'00));
        CHECK(now(play).owed == cents(0));
        CHECK(held_by(play.campaign(), Account::creator) == 150'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("fees come before what is owed, the reserve after it, and a debt may outlast a payout") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
        agreed.fees = {.platform = {.bands = {{.rate = decimal("10%")}}}};
        agreed.late_pledges = LatePledges{};
        agreed.payouts = {.first_after = days{14}, .later_first_after = days{30}, .later_every = {.every = days{7}}};
        agreed.reserve = ReservePlan{.rate = decimal("50%"), .trigger = 150'00, .held_for = days{10}};
        Player play(agreed);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(40'00));
        play.charge(2);
        play.pass(closes + days{14});
        play.does(PayOut{0});
        play.does(RefundPledge{first, cents(60'00)});
        play.pass(closes + days{30});
        play.does(PayOut{1});
        CHECK(play.state().payouts[1].recouped == 36'00);  // 40.00 less 4.00
        CHECK(play.state().payouts[1].net == 0);
        CHECK(now(play).owed == cents(24'00));
        balances(play);
        play.pledge(3, cents(60'00));
        play.charge(3);
        play.pass(closes + days{37});
        play.does(PayOut{2});
        CHECK(play.state().payouts[2].recouped == 24'00);
        CHECK(play.state().payouts[2].reserve == 30'00);  // 100.00 are wanted, and 30.00 are left
        CHECK(now(play).owed == cents(0));
        balances(play);
    }

    TEST_CASE("a reserve that is released covers what is owed before it is paid") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
        agreed.fees = {};
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{30}};
        Player play(agreed);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        play.charge(1);
        play.pass(closes + days{14});
        play.does(PayOut{0});
        play.does(OpenDispute{.pledge = first, .amount = cents(4'00)});
        CHECK(agenda(play.campaign()).back().amount == cents(6'00));
        const Events events = play.pass(closes + days{44});
        CHECK(first_of<ReserveReleased>(events).recouped == 4'00);
        CHECK(now(play).paid == cents(96'00));
        balances(play);
        // Won after it was recouped: it is paid with a payout of its own.
        const Events won = play.does(CloseDispute{first, true});
        CHECK(first_of<PayoutAdded>(won).amount == 4'00);
        CHECK(now(play).to_pay == cents(4'00));
        play.does(PayOut{1});
        CHECK(now(play).paid == cents(100'00));
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("a payout that came back is the creator's again, and paid again") {
        Player play = paid();
        const Money net = now(play).paid;
        CHECK(play.refused(ReturnPayout{1}) == RejectionCode::payout_unknown);
        play.pass(closes + days{17});
        play.does(ReturnPayout{0, "account_closed", "po_1_failed"});
        CHECK(now(play).paid == cents(0));
        CHECK(now(play).to_pay == net);
        CHECK(play.refused(ReturnPayout{0, "", "po_1_failed"}) == RejectionCode::reference_already_reported);
        CHECK(play.refused(ReturnPayout{0}) == RejectionCode::payout_already_returned);
        CHECK(play.refused(ReturnPayout{1}) == RejectionCode::payout_not_made);
        const std::vector<Due> items = agenda(play.campaign());
        REQUIRE(items.size() == 1);
        CHECK(items[0] == Due{.at = closes + days{17}, .kind = DueKind::pay_out, .payout = 1, .amount = net});
        balances(play);
        // A refund of what was paid in it is still the creator's to bear, out of what is paid again.
        play.does(RefundPledge{first, cents(100'00)});
        play.pass(closes + days{20});
        play.does(PayOut{1});
        CHECK(now(play).paid == net - cents(100'00));
        CHECK(now(play).owed == cents(0));
        CHECK(held_by(play.campaign(), Account::platform_fees) == 55'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("money that nothing is about is held, and leaves in parts") {
        Player play = due();
        const auto held = [&] { return now(play).unmatched; };
        play.does(RecordUnmatched{"tr_1", cents(150'00), "Anna", "bank transfer"});
        CHECK(held() == cents(150'00));
        CHECK(agenda_without_pledges(play.campaign()).front() ==
              Due{.at = play.now(), .kind = DueKind::resolve_unmatched, .amount = cents(150'00)});
        CHECK(key_of(agenda_without_pledges(play.campaign()).front()) == "resolve_unmatched");
        CHECK(play.refused(RecordUnmatched{"tr_1", cents(150'00), "", ""}) ==
              RejectionCode::reference_already_reported);
        CHECK(play.refused(RecordUnmatched{"tr_1", cents(1'00), "", ""}) ==
              RejectionCode::reference_used_for_other_money);
        CHECK(play.refused(RecordUnmatched{"", cents(1'00), "", ""}) == RejectionCode::id_missing);
        CHECK(play.refused(RecordUnmatched{"tr_2", cents(0), "", ""}) == RejectionCode::amount_not_positive);
        CHECK(play.refused(RecordUnmatched{"tr_2", cents(INT64_MAX), "", ""}) == RejectionCode::amount_too_large);
        CHECK(play.refused(RecordUnmatched{"tr_2", cents(INT64_MIN), "", ""}) == RejectionCode::amount_too_large);
        CHECK(play.refused(RecordUnmatched{"tr_2", eur("1.00"), "", ""}) == RejectionCode::currency_differs);
        balances(play);

        const auto resolve = [](UnmatchedEnd end, std::optional<Money> amount, std::string reference) {
            return ResolveUnmatched{
                .unmatched = "tr_1", .end = end, .amount = amount, .reference = std::move(reference)};
        };
        CHECK(play.refused(resolve(UnmatchedEnd::sent_back, cents(-1), "")) == RejectionCode::unmatched_above_held);
        CHECK(play.refused(resolve(UnmatchedEnd::sent_back, cents(0), "")) == RejectionCode::unmatched_above_held);
        CHECK(play.refused(resolve(UnmatchedEnd::to_pledge, {}, "")) == RejectionCode::pledge_unknown);
        play.does(resolve(UnmatchedEnd::sent_back, cents(40'00), "re_1"));
        CHECK(play.refused(resolve(UnmatchedEnd::sent_back, cents(40'00), "re_1")) ==
              RejectionCode::reference_already_reported);
        CHECK(held() == cents(110'00));
        play.does(resolve(UnmatchedEnd::to_platform, {}, ""));
        CHECK(held() == cents(0));
        CHECK(now(play).unmatched_kept == cents(110'00));
        CHECK(held_by(play.campaign(), Account::platform_fees) == 110'00);
        CHECK(play.refused(resolve(UnmatchedEnd::sent_back, {}, "")) == RejectionCode::unmatched_unknown);
        // What was taken and nobody knows why is borne, or given back.
        play.does(RecordUnmatched{"txn_fee", cents(-2'00), "", "network_cost"});
        CHECK(held() == cents(-2'00));
        play.does(ResolveUnmatched{.unmatched = "txn_fee", .end = UnmatchedEnd::to_platform});
        CHECK(now(play).unmatched_kept == cents(108'00));
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("unmatched money pays a charge as any other money would") {
        Player play = due();
        const Money asked = agenda(play.campaign(), first).front().amount;
        play.does(RecordUnmatched{"tr_1", asked + cents(5'00), "Anna", "bank transfer"});
        ResolveUnmatched pays{.unmatched = "tr_1", .end = UnmatchedEnd::to_pledge, .pledge = first};
        CHECK(play.refused(pays) == RejectionCode::capture_above_charge);
        CHECK(now(play).unmatched == asked + cents(5'00));
        pays.amount = asked;
        pays.fee = cents(1'00);
        play.does(pays);
        CHECK(now(play).collected.amount == asked);
        CHECK(now(play).processing_fee == cents(1'00));
        CHECK(now(play).unmatched == cents(5'00));
        CHECK(play.refused(pays) == RejectionCode::reference_already_reported);
        balances(play);
        play.does(ResolveUnmatched{.unmatched = "tr_1"});
        CHECK(now(play).unmatched == cents(0));
        CHECK(held_by(play.campaign(), Account::unmatched) == 0);
        balances(play);
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("a payout that was never made cannot come back") {
        Player play = due();
        play.charge(1);
        CHECK(play.refused(ReturnPayout{0}) == RejectionCode::payout_not_made);
        // Made, but nothing was paid in it.
        Terms agreed = terms(FundingModel::all_or_nothing(cents(1'00)));
        agreed.fees.processing.bands = {{.fixed = 95}};
        Player empty(agreed);
        empty.pledge(1, cents(1'00));
        empty.pass(closes);
        empty.charge(1);
        empty.pass(closes + days{14});
        empty.does(PayOut{0});
        CHECK(empty.refused(ReturnPayout{0}) == RejectionCode::payout_not_made);
    }

    TEST_CASE("a dispute costs a fee, borne by whoever would bear the loss") {
        for (const bool before_payout : {true, false}) {
            for (const DisputeReason reason : {DisputeReason::fraud, DisputeReason::reward}) {
                Terms agreed = terms();
                agreed.disputes.fee = 15'00;
                Player quiet = paid(agreed);
                Player play = before_payout ? due(agreed) : paid(agreed);
                if (before_payout) {
                    play.charge(1);
                    play.charge(2);
                }
                play.does(OpenDispute{.pledge = first, .reason = reason});
                CHECK(now(play).dispute_fees == cents(15'00));
                balances(play);
                play.does(CloseDispute{first, false});
                balances(play);
                const bool creator_bears = reason == DisputeReason::reward;
                CHECK(held_by(play.campaign(), Account::processing_fees) == 3'20 + 29'30 + 15'00);
                if (before_payout) {
                    play.pass(closes + days{14});
                    play.does(PayOut{0});
                }
                const std::int64_t lost =
                    held_by(quiet.campaign(), Account::creator) - held_by(play.campaign(), Account::creator);
                // Before the payout the platform's 5% on the 100.00 are lost with them.
                CHECK(lost == (creator_bears ? 100'00 + 15'00 - (before_payout ? 5'00 : 0) : 0));
                balances(play);
                CHECK(replay(play.happened()) == play.campaign());
            }
        }
    }

    TEST_CASE("a lost dispute of an otherwise empty campaign leaves its fee owed") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(10'00)));
        agreed.fees = {};
        agreed.disputes.fee = 15'00;
        Player play(agreed);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        play.charge(1);
        play.does(OpenDispute{.pledge = first, .reason = DisputeReason::reward});
        play.does(CloseDispute{first, false});
        play.pass(closes + days{14});
        play.does(PayOut{0});
        CHECK(now(play).charged_back == cents(100'00));
        CHECK(now(play).owed == cents(15'00));
        balances(play);
    }

    TEST_CASE("a dispute that is won returns its fee where the provider says so, or the terms") {
        Terms agreed = terms();
        agreed.disputes.fee = 15'00;
        const auto fee_after = [](Player play, std::optional<Money> reported) {
            play.does(OpenDispute{.pledge = first, .reason = DisputeReason::reward});
            play.does(CloseDispute{first, true, reported});
            balances(play);
            CHECK(replay(play.happened()) == play.campaign());
            return now(play).dispute_fees;
        };
        for (const bool is_paid : {false, true}) {
            const auto at_start = [&](const Terms& with) {
                if (is_paid) return paid(with);
                Player play = due(with);
                play.charge(1);
                return play;
            };
            agreed.disputes.fee_returned_if_won = false;
            CHECK(fee_after(at_start(agreed), std::nullopt) == cents(15'00));
            CHECK(fee_after(at_start(agreed), cents(15'00)) == cents(0));
            CHECK(fee_after(at_start(agreed), cents(5'00)) == cents(10'00));
            agreed.disputes.fee_returned_if_won = true;
            CHECK(fee_after(at_start(agreed), std::nullopt) == cents(0));
            CHECK(fee_after(at_start(agreed), cents(0)) == cents(15'00));
        }
        Player play = paid(agreed);
        play.does(OpenDispute{.pledge = first, .fee = cents(20'00)});
        CHECK(now(play).fee_difference == cents(5'00));
        CHECK(play.refused(CloseDispute{first, true, cents(20'01)}) == RejectionCode::fee_returned_above_fee);
        CHECK(play.refused(CloseDispute{first, true, cents(20'00)}) == std::nullopt);
    }

    TEST_CASE("the fee of a dispute comes back after the payout that bore it") {
        Terms agreed = terms();
        agreed.disputes = {.reward = Bearer::platform, .fee = 15'00};
        for (const bool won : {true, false}) {
            Player quiet = paid(agreed);
            Player play = due(agreed);
            play.charge(1);
            play.charge(2);
            play.does(OpenDispute{.pledge = first, .reason = DisputeReason::reward});
            play.pass(closes + days{14});
            play.does(PayOut{0});
            play.does(CloseDispute{first, won});
            balances(play);
            for (const Due& item : agenda(play.campaign())) {
                if (item.kind == DueKind::pay_out) play.does(PayOut{item.payout});
            }
            CHECK(held_by(play.campaign(), Account::creator) == held_by(quiet.campaign(), Account::creator));
            CHECK(held_by(play.campaign(), Account::escrow) == 0);
            CHECK(held_by(play.campaign(), Account::platform_fees) == 55'00 - 15'00 - (won ? 0 : 100'00));
            balances(play);
            CHECK(replay(play.happened()) == play.campaign());
        }
    }

    TEST_CASE("a dispute may be about a part of a charge") {
        Player play = due();
        play.charge(1);
        play.charge(2);
        CHECK(play.refused(OpenDispute{.pledge = first, .amount = cents(100'01)}) ==
              RejectionCode::dispute_above_charge);
        CHECK(play.refused(OpenDispute{.pledge = first, .amount = cents(0)}) == RejectionCode::amount_not_positive);
        play.does(OpenDispute{.pledge = first, .reason = DisputeReason::reward, .amount = cents(40'00)});
        CHECK(now(play).disputed == cents(40'00));
        balances(play);
        play.does(CloseDispute{first, false});
        CHECK(play.state_of(1) == PledgeState::collected);
        CHECK(play.refused(OpenDispute{.pledge = first, .amount = cents(60'01)}) ==
              RejectionCode::dispute_above_charge);
        play.does(OpenDispute{.pledge = first, .reason = DisputeReason::reward});
        CHECK(now(play).disputed == cents(60'00));
        play.does(CloseDispute{first, false});
        CHECK(play.state_of(1) == PledgeState::charged_back);
        balances(play);
        Player none(terms());
        none.pledge(1, cents(100'00));
        CHECK(none.refused(OpenDispute{first}) == RejectionCode::nothing_collected);
    }

    TEST_CASE("terms may not ask less than nothing for a dispute") {
        Terms agreed = terms();
        agreed.disputes.fee = -1;
        CHECK(to_text(defects_of(agreed)).find("disputes.fee") != std::string::npos);
    }
}
