// SPDX-License-Identifier: BSL-1.0
// Disputes: money is held while a bank decides, and somebody bears the loss.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

const PledgeId first{1};

/// Two backers of 500.00 each, both charged.
Player charged(Terms agreed = terms()) {
    Player play(std::move(agreed));
    play.pledge(1, cents(500'00));
    play.pledge(2, cents(500'00));
    play.pass(closes);
    play.charge(1);
    play.charge(2);
    return play;
}
void pay(Player& play) {
    play.pass(std::max(play.now(), closes + days{14}));
    play.does(PayOut{0});
}
Terms at_checkout() {
    Terms agreed = terms();
    agreed.charges = {.timing = ChargeTiming::at_pledge};
    return agreed;
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("disputed money is held: it is in no payout and bears no platform fee meanwhile") {
        Player play = charged();
        play.does(OpenDispute{first});
        const Statement now = statement(play.campaign());
        CHECK(now.disputed == cents(500'00));
        CHECK(now.fee_base == cents(500'00));
        CHECK(now.platform_fee == cents(25'00));
        CHECK(now.to_pay == cents(500'00 - 30'40 - 25'00));
        CHECK(play.state_of(1) == PledgeState::disputed);
        balances(play);
        pay(play);
        CHECK(statement(play.campaign()).paid == cents(500'00 - 30'40 - 25'00));
        balances(play);
    }

    TEST_CASE("one dispute at a time, about something that was collected") {
        Player play = charged();
        CHECK(play.refused(CloseDispute{first, true}) == RejectionCode::dispute_not_open);
        play.does(OpenDispute{first});
        CHECK(play.refused(OpenDispute{first}) == RejectionCode::dispute_already_open);
        CHECK(play.refused(RefundPledge{first, cents(500'00)}) == RejectionCode::dispute_already_open);
        play.does(CloseDispute{first, true});
        CHECK(play.state_of(1) == PledgeState::collected);
        CHECK(play.refused(CloseDispute{first, true}) == RejectionCode::dispute_not_open);
        balances(play);
    }

    TEST_CASE("a dispute is about what is left of a charge") {
        Player play = charged();
        play.does(RefundPledge{first, cents(100'00)});
        CHECK(first_of<DisputeOpened>(play.does(OpenDispute{first})).amount == 400'00);
        play.does(CloseDispute{first, false});
        CHECK(play.state_of(1) == PledgeState::charged_back);
        CHECK(held_by(play.campaign(), Account::backers) == -500'00);
        balances(play);
    }

    TEST_CASE("a dispute won before the payout changes nothing in the end") {
        Player quiet = charged();
        pay(quiet);
        Player play = charged();
        play.does(OpenDispute{first});
        play.does(CloseDispute{first, true});
        pay(play);
        CHECK(play.state().ledger == quiet.state().ledger);
        balances(play);
    }

    TEST_CASE("a dispute won after the payout releases the money to a payout of its own, with the same fees in all") {
        Player quiet = charged();
        pay(quiet);
        Player play = charged();
        play.does(OpenDispute{first});
        pay(play);
        play.pass(closes + days{60});
        play.does(CloseDispute{first, true});
        const std::vector<Due> due = agenda(play.campaign());
        REQUIRE(due.size() == 1);
        CHECK(due[0] == Due{.at = closes + days{60}, .kind = DueKind::pay_out, .payout = 1, .amount = cents(475'00)});
        CHECK(statement(play.campaign()).to_pay == cents(475'00));
        play.does(PayOut{1});
        CHECK(play.state().ledger == quiet.state().ledger);
        balances(play);
    }

    TEST_CASE("a fraud that the bank confirms is the platform's loss, before and after the payout") {
        for (const bool opened_after_payout : {false, true}) {
            for (const bool closed_after_payout : {false, true}) {
                if (opened_after_payout && !closed_after_payout) continue;
                Player play = charged();
                if (opened_after_payout) pay(play);
                play.does(OpenDispute{first, 1, DisputeReason::fraud});
                if (!opened_after_payout && closed_after_payout) pay(play);
                play.does(CloseDispute{first, false});
                if (!closed_after_payout) pay(play);
                for (const Due& item : agenda(play.campaign())) play.does(PayOut{item.payout});
                const Statement now = statement(play.campaign());
                CHECK(now.charged_back == cents(500'00));
                CHECK(now.paid == cents(1'000'00 - 30'40 - 50'00));  // as if nothing had happened
                CHECK(now.owed == cents(0));
                CHECK(held_by(play.campaign(), Account::platform_fees) == 50'00 - 500'00);
                CHECK(play.state_of(1) == PledgeState::charged_back);
                balances(play);
            }
        }
    }

    TEST_CASE("a reward that the bank finds missing is the creator's loss: out of the payout, or owed after it") {
        Player before = charged();
        before.does(OpenDispute{first, 1, DisputeReason::reward});
        before.does(CloseDispute{first, false});
        pay(before);
        CHECK(statement(before.campaign()).paid == cents(500'00 - 30'40 - 25'00));
        CHECK(statement(before.campaign()).owed == cents(0));
        balances(before);

        Player after = charged();
        pay(after);
        after.does(OpenDispute{first, 1, DisputeReason::reward});
        CHECK(statement(after.campaign()).owed == cents(500'00));  // held out of what the creator has
        after.does(CloseDispute{first, false});
        CHECK(statement(after.campaign()).owed == cents(500'00));
        CHECK(statement(after.campaign()).paid == cents(1'000'00 - 30'40 - 50'00));
        balances(after);
    }

    TEST_CASE("a reserve covers the creator's loss after the payout as far as it goes") {
        Terms agreed = terms();
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{180}};
        Player play = charged(agreed);
        pay(play);
        play.does(OpenDispute{first, 1, DisputeReason::reward});
        CHECK(statement(play.campaign()).reserve == cents(100'00));
        CHECK(first_of<DisputeLost>(play.does(CloseDispute{first, false})).from_reserve == 100'00);
        CHECK(statement(play.campaign()).reserve == cents(0));
        CHECK(statement(play.campaign()).owed == cents(400'00));
        balances(play);

        Player fraud = charged(agreed);  // the platform's loss is not the reserve's
        pay(fraud);
        fraud.does(OpenDispute{first, 1, DisputeReason::fraud});
        CHECK(first_of<DisputeLost>(fraud.does(CloseDispute{first, false})).from_reserve == 0);
        CHECK(statement(fraud.campaign()).reserve == cents(100'00));
        balances(fraud);
    }

    TEST_CASE("a late pledge is disputed in its own payout") {
        Terms agreed = terms();
        agreed.late_pledges = LatePledges{};
        agreed.payouts = {.first_after = days{14},
                          .later_first_after = days{17},
                          .later_every = {.every = days{7}},
                          .later_cut_off = days{3}};
        Player play = charged(agreed);
        play.pass(closes + days{2});
        play.pledge(3, cents(100'00));
        play.charge(3);
        play.does(OpenDispute{PledgeId{3}, 1, DisputeReason::reward});
        pay(play);
        CHECK(play.state().payouts[1].disputed == 100'00);
        CHECK(play.refused(closes + days{17}, PayOut{1}) == RejectionCode::nothing_to_pay_out);
        play.does(CloseDispute{PledgeId{3}, false});
        play.pass(closes + days{17});
        play.does(PayOut{1});  // the fee of the lost charge is left to be covered
        CHECK(statement(play.campaign()).owed == cents(3'20));
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a dispute lost before the success takes the pledge out, and nobody makes it good") {
        Player play(at_checkout());
        play.pledge(1, cents(500'00));
        play.charge(1);
        play.does(OpenDispute{first, 1, DisputeReason::fraud});
        const DisputeLost lost = first_of<DisputeLost>(play.does(CloseDispute{first, false}));
        CHECK(lost.bearer == Bearer::creator);
        CHECK(play.state_of(1) == PledgeState::charged_back);
        CHECK(statement(play.campaign()).gross.amount == cents(0));
        play.pass(closes);
        CHECK(agenda(play.campaign()).empty());
        CHECK(held_by(play.campaign(), Account::backers) == 0);
        CHECK(held_by(play.campaign(), Account::platform_fees) == 0);
        balances(play);
    }

    TEST_CASE("a pledge in dispute when its campaign fails is let go, and refunded if the bank leaves it") {
        for (const bool won : {true, false}) {
            Player play(at_checkout());
            play.pledge(1, cents(500'00));
            play.charge(1);
            play.does(OpenDispute{first, 1, DisputeReason::fraud});
            play.pass(closes);
            CHECK(play.state().phase == Phase::failed);
            CHECK(play.state_of(1) == PledgeState::released);
            CHECK(agenda(play.campaign()).empty());  // the bank has the word
            play.does(CloseDispute{first, won});
            CHECK(play.state_of(1) == (won ? PledgeState::released : PledgeState::charged_back));
            for (const Due& item : agenda(play.campaign())) play.does(RefundPledge{item.pledge, item.amount});
            CHECK(held_by(play.campaign(), Account::backers) == 0);
            CHECK(held_by(play.campaign(), Account::disputed) == 0);
            CHECK(held_by(play.campaign(), Account::platform_fees) == 0);
            balances(play);
        }
    }

    TEST_CASE("a dispute about a pledge that was cancelled does not make it stand again") {
        Terms agreed = at_checkout();
        agreed.refunds.backer_may_claim_while_live = true;
        Player play(agreed);
        play.pledge(1, cents(500'00));
        play.charge(1);
        play.does(CancelPledge{first});
        play.does(OpenDispute{first});
        CHECK(statement(play.campaign()).gross.amount == cents(0));
        CHECK(statement(play.campaign()).disputed == cents(500'00));
        play.does(CloseDispute{first, true});
        CHECK(play.state_of(1) == PledgeState::cancelled);
        CHECK(statement(play.campaign()).gross.amount == cents(0));
        balances(play);
    }

    TEST_CASE("nobody makes good a dispute lost over a pledge that was let go: the money is the backer's own") {
        Terms agreed = at_checkout();
        agreed.model.judged = OutcomeTiming::when_reached;
        agreed.refunds.backer_may_claim_while_live = true;
        Player play(agreed);
        for (const std::uint64_t id : {1u, 2u}) {
            play.pledge(id, cents(500'00));
            play.charge(id);
        }
        REQUIRE(play.state().succeeded_at);
        play.does(OpenDispute{first, 1, DisputeReason::fraud});
        SUBCASE("taken down after an early success") {
            play.does(RaiseClaim{ClaimId{7}, "Rex", "the hinge", "Ada"});
            play.does(UpholdClaim{ClaimId{7}, "a patent", "Ada"});
            play.does(CloseDispute{first, false});
            play.does(RefundPledge{PledgeId{2}, cents(500'00)});
            CHECK(held_by(play.campaign(), Account::escrow) ==
                  -held_by(play.campaign(), Account::processing_fees));  // kept by the processor
        }
        SUBCASE("taken down when the platform had made it good already") {
            play.does(CloseDispute{first, false});
            CHECK(held_by(play.campaign(), Account::platform_fees) == -500'00);
            play.does(RaiseClaim{ClaimId{7}, "Rex", "the hinge", "Ada"});
            play.does(UpholdClaim{ClaimId{7}, "a patent", "Ada"});
            CHECK(held_by(play.campaign(), Account::platform_fees) == 0);
            play.does(RefundPledge{PledgeId{2}, cents(500'00)});
            CHECK(held_by(play.campaign(), Account::backers) == 0);
        }
        SUBCASE("taken back by its backer") {
            play.does(CancelPledge{first});
            play.does(CloseDispute{first, false});
            play.does(closes + days{14}, PayOut{0});
            // The other pledge, less 5% and the processor's 15.20 on each of the two.
            CHECK(statement(play.campaign()).paid == cents(500'00 - 25'00 - 15'20 - 15'20));
            CHECK(held_by(play.campaign(), Account::escrow) == 0);
        }
        CHECK(held_by(play.campaign(), Account::platform_fees) >= 0);
        CHECK(agenda(play.campaign(), closes + days{400}).empty());
        balances(play);
    }
}
