// SPDX-License-Identifier: BSL-1.0
// Pledges in instalments: charged in parts, given up in parts, refunded backwards.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

Terms three_monthly() {
    Terms agreed = terms(FundingModel::all_or_nothing(cents(100'00)));
    agreed.instalments = InstalmentPlan{.minimum = 125'00, .retry_first = days{7}, .retry_later = days{14}};
    return agreed;
}

/// 150.00 in three parts, on the day of the success: 2026-03-31.
Player in_three(Terms agreed = three_monthly()) {
    Player play(std::move(agreed));
    play.pledge(1, {.amount = cents(150'00), .in_instalments = true});
    play.pass(closes);
    return play;
}
Instant month(int after) {
    return occurrence({.months = 1}, closes, after);
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("each part is charged when it is due, and bears a fee of its own") {
        Player play = in_three();
        CHECK(first_of<ChargeCollected>(play.charge(1)) ==
              ChargeCollected{.pledge = PledgeId{1}, .amount = 50'00, .fee = 1'70});
        CHECK(play.refused(month(1) - 1s, RecordCharge{PledgeId{1}, true, 2}) == RejectionCode::charge_not_due);
        CHECK(play.refused(RecordCharge{PledgeId{1}, true, 4}) == RejectionCode::instalment_unknown);
        play.pass(month(1));
        play.charge(1, true, 2);
        CHECK(play.refused(RecordCharge{PledgeId{1}, true, 2}) == RejectionCode::charge_already_collected);
        play.pass(month(2));
        play.charge(1, true, 3);
        CHECK(held_by(play.campaign(), Account::processing_fees) == 3 * 1'70);
        balances(play);
    }

    TEST_CASE("the first set of parts is paid with the campaign, the rest when the last can no longer be mended") {
        Player play = in_three();
        play.charge(1);
        play.pass(month(1));
        play.charge(1, true, 2);
        play.does(PayOut{0});
        CHECK(play.state().payouts[0].net == 50'00 - 1'70 - 2'50);
        const Instant rest = month(2) + days{14};
        CHECK(play.state().payouts[1].due == rest);
        play.pass(month(2));
        play.charge(1, true, 3);
        CHECK(play.refused(rest - 1s, PayOut{1}) == RejectionCode::payout_not_due);
        play.pass(rest);
        play.does(PayOut{1});
        CHECK(play.state().payouts[1].net == 100'00 - 2 * 1'70 - 5'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a first part that is never collected drops the pledge after its own window") {
        Player play = in_three();
        play.charge(1, false);
        CHECK(play.refused(closes + days{7}, RecordCharge{PledgeId{1}}) == std::nullopt);
        play.pass(closes + days{7} + 1s);
        CHECK(play.state_of(1) == PledgeState::dropped);
        CHECK(statement(play.campaign()).dropped.amount == cents(150'00));
        balances(play);
    }

    TEST_CASE("when a later part is given up, what came in before stays with the creator") {
        Player play = in_three();
        play.charge(1);
        play.pass(month(1));
        play.charge(1, false, 2);
        CHECK(play.refused(month(1) + days{14}, RecordCharge{PledgeId{1}, true, 2}) == std::nullopt);
        play.pass(month(1) + days{14} + 1s);
        CHECK(play.state_of(1) == PledgeState::collected);
        const Statement now = statement(play.campaign());
        CHECK(now.given_up == cents(100'00));
        CHECK(now.collected.amount == cents(50'00));
        CHECK(now.dropped.count == 0);
        CHECK(play.refused(month(2), RecordCharge{PledgeId{1}, true, 3}) == RejectionCode::pledge_not_standing);
        balances(play);
    }

    TEST_CASE("parts that may be mended until the same instant are dropped with one event") {
        Terms agreed = three_monthly();
        agreed.instalments->cadence = {.every = days{10}};
        agreed.instalments->retry_first = days{20};
        agreed.instalments->retry_later = days{10};
        Player play = in_three(agreed);
        CHECK(count_of<PledgeDropped>(play.pass(closes + days{60})) == 1);
        CHECK(play.state_of(1) == PledgeState::dropped);
        balances(play);
    }

    TEST_CASE("a refund of 120.00 after two of three parts cancels the third and gives back 70.00") {
        Player play = in_three();
        play.charge(1);
        play.pass(month(1));
        play.charge(1, true, 2);
        const Events events = play.does(RefundPledge{PledgeId{1}, cents(120'00)});
        REQUIRE(events.size() == 2);
        const auto& second = std::get<PledgeRefunded>(events[0].what);
        CHECK(second.cancelled == 50'00);
        CHECK(second.amount == 50'00);
        CHECK(second.fee_returned == 1'70);
        const auto& first = std::get<PledgeRefunded>(events[1].what);
        CHECK(first.cancelled == 0);
        CHECK(first.amount == 20'00);
        CHECK(first.fee_returned == 60);  // 1.70 on 50.00 becomes 1.10 on 30.00
        CHECK(statement(play.campaign()).refunded == cents(70'00));
        CHECK(statement(play.campaign()).given_up == cents(50'00));
        CHECK(statement(play.campaign()).open.amount == cents(0));
        CHECK(play.refused(month(2), RecordCharge{PledgeId{1}, true, 3}) == RejectionCode::pledge_not_standing);
        balances(play);
    }

    TEST_CASE("a refund over two payouts takes from the escrow what is there, and the rest from the creator") {
        Player play = in_three();
        play.charge(1);
        play.pass(month(1));
        play.charge(1, true, 2);
        play.does(PayOut{0});
        const Events events = play.does(RefundPledge{PledgeId{1}, cents(150'00)});
        REQUIRE(events.size() == 2);
        CHECK(std::get<PledgeRefunded>(events[0].what).from == Account::escrow);
        CHECK(std::get<PledgeRefunded>(events[0].what).payout == 1);
        CHECK(std::get<PledgeRefunded>(events[1].what).from == Account::creator);
        CHECK(std::get<PledgeRefunded>(events[1].what).fee_returned == 0);
        CHECK(play.state_of(1) == PledgeState::refunded);
        CHECK(statement(play.campaign()).owed == cents(50'00));
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a part cut by a refund is charged for what remains of it") {
        Player play = in_three();
        play.charge(1);
        CHECK(first_of<PledgeRefunded>(play.does(RefundPledge{PledgeId{1}, cents(70'00)})).amount == 0);
        play.pass(month(1));
        CHECK(first_of<ChargeCollected>(play.charge(1, true, 2)).amount == 30'00);
        CHECK(statement(play.campaign()).given_up == cents(70'00));
        balances(play);
    }

    TEST_CASE("a later part that is collected during a dispute does not end the dispute") {
        Player play = in_three();
        play.charge(1);
        play.does(OpenDispute{PledgeId{1}, 1, DisputeReason::reward});
        play.pass(month(1));
        play.charge(1, true, 2);
        CHECK(play.state_of(1) == PledgeState::disputed);
        play.does(CloseDispute{PledgeId{1}, false});
        CHECK(play.state_of(1) == PledgeState::collected);
        CHECK(statement(play.campaign()).charged_back == cents(50'00));
        CHECK(held_by(play.campaign(), Account::disputed) == 0);
        balances(play);
    }

    TEST_CASE("only what was collected of a part can be disputed, and once given back no more") {
        Player play = in_three();
        CHECK(play.refused(OpenDispute{PledgeId{1}}) == RejectionCode::nothing_collected);
        play.charge(1);
        CHECK(play.refused(OpenDispute{PledgeId{1}, 2}) == RejectionCode::nothing_collected);
        CHECK(play.refused(OpenDispute{PledgeId{1}, 4}) == RejectionCode::instalment_unknown);
        play.does(OpenDispute{PledgeId{1}});
        play.does(CloseDispute{PledgeId{1}, false});
        CHECK(play.refused(OpenDispute{PledgeId{1}}) == RejectionCode::nothing_collected);
        balances(play);
    }

    TEST_CASE("pledges after an early success are charged at once, never in parts") {
        Terms agreed = three_monthly();
        agreed.model.judged = OutcomeTiming::when_reached;
        Player play(agreed);
        play.pledge(1, cents(200'00));
        const MakePledge wish{PledgeId{2}, BackerId{2}, {.amount = cents(150'00), .in_instalments = true}};
        CHECK(play.refused(wish) == RejectionCode::instalments_not_offered);
    }

    TEST_CASE("a pledge too small to have something in each part is charged at once") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(2)));
        agreed.limits.minimum = 0;
        agreed.instalments = InstalmentPlan{.retry_first = days{7}, .retry_later = days{14}};
        Player play(agreed);
        const auto in_parts = [](std::int64_t amount) {
            return MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(amount), .in_instalments = true}, {}};
        };
        CHECK(play.refused(in_parts(2)) == RejectionCode::amount_below_instalment_minimum);
        play.does(in_parts(3));
        play.pass(closes);
        const std::vector<Due> items = agenda(play.campaign());
        REQUIRE(items.size() == 6);  // each part is charged, or dropped
        for (const Due& item : items) CHECK(item.amount == cents(1));
    }

    TEST_CASE("the fee of a part is kept with its tax") {
        Terms agreed = three_monthly();
        agreed.fees.processing.tax = FeeTax{.rate = decimal("20%"), .rounding = {RoundingMode::half_up}};
        Player play = in_three(agreed);
        play.charge(1);
        CHECK(play.state().book.details.at(0).instalments[0].fee == 1'70 + 34);
        balances(play);
    }
}
