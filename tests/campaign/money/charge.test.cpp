// SPDX-License-Identifier: BSL-1.0
// Charges: when they may be made, what they cost, and what becomes of those that fail.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

/// Two backers of 500.00 each, on the day after the success.
Player funded(Terms agreed = terms()) {
    Player play(std::move(agreed));
    play.pledge(1, cents(500'00));
    play.pledge(2, cents(500'00));
    play.pass(closes);
    return play;
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("nothing is charged before the success, and everything from its first second on") {
        Player play(terms());
        play.pledge(1, cents(1'000'00));
        CHECK(play.refused(closes - 1s, RecordCharge{PledgeId{1}}) == RejectionCode::charge_not_due);
        CHECK(play.refused(closes, RecordCharge{PledgeId{1}}) == std::nullopt);
    }

    TEST_CASE("a charge takes the processing fee and leaves the rest in escrow") {
        Player play = funded();
        const Events events = play.charge(1);
        CHECK(first_of<ChargeCollected>(events) ==
              ChargeCollected{.pledge = PledgeId{1}, .amount = 500'00, .fee = 15'20});
        CHECK(held_by(play.campaign(), Account::backers) == -500'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 484'80);
        CHECK(held_by(play.campaign(), Account::processing_fees) == 15'20);
        balances(play);
    }

    TEST_CASE("micropledges bear the fee of their own band, one cent below the threshold more than at it") {
        Terms agreed = terms();
        agreed.fees.processing.bands = {{.rate = decimal("5%"), .fixed = 5},
                                        {.from = 10'00, .rate = decimal("3%"), .fixed = 20}};
        Player play(std::move(agreed));
        play.pledge(1, cents(9'99));
        play.pledge(2, cents(10'00));
        play.pledge(3, cents(1'000'00));
        play.pass(closes);
        CHECK(first_of<ChargeCollected>(play.charge(1)).fee == 55);
        CHECK(first_of<ChargeCollected>(play.charge(2)).fee == 50);
        balances(play);
    }

    TEST_CASE("tax on top of a fee is taken besides it, tax contained in a fee out of it") {
        Terms agreed = terms();
        agreed.fees.processing.tax = FeeTax{.rate = decimal("20%"), .rounding = {RoundingMode::half_up}};
        Player on_top = funded(agreed);
        const ChargeCollected more = first_of<ChargeCollected>(on_top.charge(1));
        CHECK(more.fee == 15'20);
        CHECK(more.tax == 3'04);
        CHECK(held_by(on_top.campaign(), Account::tax) == 3'04);
        CHECK(held_by(on_top.campaign(), Account::escrow) == 500'00 - 15'20 - 3'04);
        balances(on_top);

        agreed.fees.processing.tax->included = true;
        Player contained = funded(agreed);
        const ChargeCollected same = first_of<ChargeCollected>(contained.charge(1));
        CHECK(same.fee == 12'67);  // 15.20 contain 2.53 of tax at 20%
        CHECK(same.tax == 2'53);
        CHECK(held_by(contained.campaign(), Account::escrow) == 500'00 - 15'20);
        balances(contained);
    }

    TEST_CASE("a pledge is charged once") {
        Player play = funded();
        play.charge(1);
        CHECK(play.refused(RecordCharge{PledgeId{1}}) == RejectionCode::charge_already_collected);
        CHECK(play.refused(RecordCharge{PledgeId{1}, false}) == RejectionCode::charge_already_collected);
        CHECK(play.refused(RecordCharge{PledgeId{1}, true, 2}) == RejectionCode::instalment_unknown);
        CHECK(play.refused(RecordCharge{PledgeId{3}}) == RejectionCode::pledge_unknown);
    }

    TEST_CASE("a failed charge may be mended up to the last second of its window, and is dropped in the next") {
        Player play = funded();
        play.charge(1);
        play.charge(2, false);
        CHECK(play.state_of(2) == PledgeState::errored);
        const Instant last = closes + days{7};
        CHECK(play.refused(last, RecordCharge{PledgeId{2}}) == std::nullopt);
        CHECK(play.refused(last + 1s, RecordCharge{PledgeId{2}}) == RejectionCode::pledge_not_standing);

        Player mended = play;
        mended.pass(last);
        mended.charge(2);
        CHECK(mended.state_of(2) == PledgeState::collected);
        CHECK(mended.pass(last + days{1}).empty());

        const Events dropped = play.pass(last + days{1});
        REQUIRE(dropped.size() == 1);
        CHECK(dropped[0].at == last + 1s);
        CHECK(play.state_of(2) == PledgeState::dropped);
        balances(play);
    }

    TEST_CASE("a charge that nobody reported is dropped too") {
        Player play = funded();
        CHECK(count_of<PledgeDropped>(play.pass(closes + days{8})) == 2);
        CHECK(statement(play.campaign()).dropped == StatementCount{2, cents(1'000'00)});
    }

    TEST_CASE("drops never un-fund a campaign") {
        Player play = funded();
        play.charge(1);
        play.pass(closes + days{8});
        CHECK(play.state().phase == Phase::succeeded);
        const Statement now = statement(play.campaign());
        CHECK(now.gross.amount == cents(1'000'00));  // frozen
        CHECK(now.dropped.amount == cents(500'00));
        CHECK(now.collected == StatementCount{1, cents(500'00)});
        balances(play);
    }

    TEST_CASE("a charge at checkout that fails drops its pledge at once") {
        Terms agreed = terms();
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        Player play(std::move(agreed));
        play.pledge(1, cents(500'00));
        play.charge(1, false);
        CHECK(play.state_of(1) == PledgeState::dropped);
        CHECK(statement(play.campaign()).gross.amount == cents(0));
        balances(play);
    }

    TEST_CASE("nothing is charged for a campaign that failed") {
        Player play(terms());
        play.pledge(1, cents(999'99));
        CHECK(play.refused(closes, RecordCharge{PledgeId{1}}) == RejectionCode::campaign_ended);
    }
}
