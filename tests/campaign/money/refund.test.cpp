// SPDX-License-Identifier: BSL-1.0
// Refunds: whose money goes back, and what becomes of the fees.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

/// Two backers of 500.00 each, both charged; 15.20 of fee on each.
Player charged(Terms agreed = terms()) {
    Player play(std::move(agreed));
    play.pledge(1, cents(500'00));
    play.pledge(2, cents(500'00));
    play.pass(closes);
    play.charge(1);
    play.charge(2);
    return play;
}
Player paid(Terms agreed = terms()) {
    Player play = charged(std::move(agreed));
    play.pass(closes + days{14});
    play.does(PayOut{0});
    return play;
}
Terms with_rule(std::optional<PartialRefundFee> partial) {
    Terms agreed = terms();
    agreed.refunds.partial = partial;
    return agreed;
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("a full refund before the payout returns everything, fees included") {
        Player play = charged();
        const Events events = play.does(RefundPledge{PledgeId{1}, cents(500'00)});
        CHECK(first_of<PledgeRefunded>(events).fee_returned == 15'20);
        CHECK(play.state_of(1) == PledgeState::refunded);
        CHECK(held_by(play.campaign(), Account::processing_fees) == 15'20);
        CHECK(held_by(play.campaign(), Account::escrow) == 484'80);
        CHECK(statement(play.campaign()).platform_fee == cents(25'00));  // 5% of what is left
        CHECK(statement(play.campaign()).owed == cents(0));
        balances(play);
    }

    TEST_CASE("the tax on a returned fee is returned with it") {
        Terms agreed = terms();
        agreed.fees.processing.tax = FeeTax{.rate = decimal("20%"), .rounding = {RoundingMode::half_up}};
        Player play = charged(agreed);
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});
        play.does(RefundPledge{PledgeId{2}, cents(500'00)});
        CHECK(held_by(play.campaign(), Account::tax) == 0);
        CHECK(held_by(play.campaign(), Account::processing_fees) == 0);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a partial refund before the payout needs a rule for the fee, a full one does not") {
        Player play = charged(with_rule(std::nullopt));
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(499'99)}) == RejectionCode::partial_refund_rule_missing);
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(500'00)}) == std::nullopt);
        Player later = paid(with_rule(std::nullopt));  // after the payout fees stay where they are in any case
        CHECK(later.refused(RefundPledge{PledgeId{1}, cents(1)}) == std::nullopt);
    }

    TEST_CASE("a partial refund leaves the whole fee, or the fee on what remains, as the rule says") {
        Player kept = charged(with_rule(PartialRefundFee::kept));
        CHECK(first_of<PledgeRefunded>(kept.does(RefundPledge{PledgeId{1}, cents(100'00)})).fee_returned == 0);
        CHECK(kept.state_of(1) == PledgeState::collected);
        balances(kept);

        Player recomputed = charged(with_rule(PartialRefundFee::recomputed));
        const Events events = recomputed.does(RefundPledge{PledgeId{1}, cents(100'00)});
        CHECK(first_of<PledgeRefunded>(events).fee_returned == 3'00);  // 15.20 less 12.20 on 400.00
        balances(recomputed);
    }

    TEST_CASE("refunds in parts end where one refund of everything would") {
        for (const PartialRefundFee rule : {PartialRefundFee::kept, PartialRefundFee::recomputed}) {
            Player in_parts = charged(with_rule(rule));
            for (const std::int64_t part : {0'01, 99'99, 333'33, 66'67})
                in_parts.does(RefundPledge{PledgeId{1}, cents(part)});
            Player at_once = charged(with_rule(rule));
            at_once.does(RefundPledge{PledgeId{1}, cents(500'00)});
            CHECK(in_parts.state().ledger == at_once.state().ledger);
            CHECK(in_parts.state_of(1) == PledgeState::refunded);
            balances(in_parts);
        }
    }

    TEST_CASE("a refund for an item says which one, and counts like any other") {
        Player play = charged();
        const RefundPledge bonus{PledgeId{1}, cents(15'00), RefundItem::bonus};
        CHECK(first_of<PledgeRefunded>(play.does(bonus)).item == RefundItem::bonus);
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(485'01)}) == RejectionCode::refund_above_collected);
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(485'00)}) == std::nullopt);
    }

    TEST_CASE("no more goes back for an item than it came to") {
        Player play(terms());
        play.does(MakePledge{
            PledgeId{1},
            BackerId{1},
            {.reward = kit, .add_ons = {{sticker, 2}, {cable, 1}}, .ship_to = "FR", .amount = cents(1'150'00)}});
        play.pass(closes);
        play.charge(1);
        // 100.00 + 2 x 3.00 + 8.00 + 2 x 15.00 for shipping, and a bonus of 1,006.00
        const auto refused = [&](std::int64_t amount, RefundItem item) {
            return play.refused(RefundPledge{PledgeId{1}, cents(amount), item});
        };
        for (const auto& [item, most] :
             {std::pair{RefundItem::reward, 100'00}, std::pair{RefundItem::add_on, 14'00},
              std::pair{RefundItem::shipping, 30'00}, std::pair{RefundItem::bonus, 1'006'00}}) {
            CHECK(refused(most, item) == std::nullopt);
            CHECK(refused(most + 1, item) == RejectionCode::refund_above_item);
        }
        play.does(RefundPledge{PledgeId{1}, cents(10'00), RefundItem::shipping});
        CHECK(refused(20'00, RefundItem::shipping) == std::nullopt);
        CHECK(refused(20'01, RefundItem::shipping) == RejectionCode::refund_above_item);
        CHECK(refused(1'140'00, RefundItem::general) == std::nullopt);
        balances(play);
    }

    TEST_CASE("nothing goes back that did not come in") {
        Player play = charged();
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(500'01)}) == RejectionCode::refund_above_collected);
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(0)}) == RejectionCode::refund_not_positive);
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(-1)}) == RejectionCode::refund_not_positive);
        CHECK(play.refused(RefundPledge{PledgeId{1}, eur("1.00")}) == RejectionCode::currency_differs);
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});
        CHECK(play.refused(RefundPledge{PledgeId{1}, cents(1)}) == RejectionCode::nothing_collected);
        Player uncharged(terms());
        uncharged.pledge(1, cents(500'00));
        CHECK(uncharged.refused(RefundPledge{PledgeId{1}, cents(1)}) == RejectionCode::nothing_collected);
    }

    TEST_CASE("after the payout the creator pays the whole refund and no fee comes back") {
        Player play = paid();
        const std::int64_t had = held_by(play.campaign(), Account::creator);
        CHECK(had == 1'000'00 - 30'40 - 50'00);
        const PledgeRefunded refund = first_of<PledgeRefunded>(play.does(RefundPledge{PledgeId{1}, cents(500'00)}));
        CHECK(refund.from == Account::creator);
        CHECK(refund.fee_returned == 0);
        const Statement now = statement(play.campaign());
        CHECK(held_by(play.campaign(), Account::creator) == had - 500'00);
        CHECK(now.owed == cents(500'00));
        CHECK(now.paid == cents(had));
        CHECK(now.platform_fee == cents(50'00));
        CHECK(now.fee_base == cents(1'000'00));
        balances(play);
    }

    TEST_CASE("a reserve pays refunds after the payout before the creator does") {
        Terms agreed = terms();
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{180}};
        Player play = paid(agreed);
        CHECK(held_by(play.campaign(), Account::reserve) == 100'00);
        CHECK(first_of<PledgeRefunded>(play.does(RefundPledge{PledgeId{1}, cents(60'00)})).from_reserve == 60'00);
        CHECK(statement(play.campaign()).owed == cents(0));
        CHECK(first_of<PledgeRefunded>(play.does(RefundPledge{PledgeId{2}, cents(60'00)})).from_reserve == 40'00);
        CHECK(statement(play.campaign()).owed == cents(20'00));
        CHECK(statement(play.campaign()).reserve == cents(0));
        balances(play);
        CHECK(first_of<ReserveReleased>(play.pass(closes + days{365})).amount == 0);
        balances(play);
    }

    TEST_CASE("where fees are kept, a payout that refunds left short is the creator's to cover") {
        Terms agreed = with_rule(PartialRefundFee::kept);
        agreed.refunds.fees_returned_before_payout = false;
        Player play = charged(agreed);
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});
        play.does(RefundPledge{PledgeId{2}, cents(500'00)});
        CHECK(held_by(play.campaign(), Account::escrow) == -30'40);
        play.pass(closes + days{14});
        const std::vector<Due> due = agenda(play.campaign());
        REQUIRE(due.size() == 1);
        CHECK(due[0].amount == cents(-30'40));
        play.does(PayOut{0});
        const Statement now = statement(play.campaign());
        CHECK(now.paid == cents(0));
        CHECK(now.owed == cents(30'40));
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("money held for a campaign that fails, is cancelled or suspended goes back whole") {
        Terms agreed = terms();
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        const auto ends = [&](auto end) {
            Player play(agreed);
            play.pledge(1, cents(300'00));
            play.charge(1);
            play.pledge(2, cents(200'00));
            play.charge(2);
            end(play);
            CHECK(play.state_of(1) == PledgeState::released);
            CHECK(play.refused(PayOut{0}) == RejectionCode::campaign_ended);
            CHECK(statement(play.campaign()).to_pay == cents(0));
            const std::vector<Due> due = agenda(play.campaign());
            REQUIRE(due.size() == 2);
            CHECK(due[0].kind == DueKind::refund);
            CHECK(due[0].amount == cents(300'00));
            for (const Due& item : due) play.does(RefundPledge{item.pledge, item.amount});
            CHECK(agenda(play.campaign()).empty());
            for (std::size_t i = 0; i < account_count; ++i)
                CHECK(held_by(play.campaign(), static_cast<Account>(i)) == 0);
            balances(play);
        };
        ends([](Player& play) { play.pass(closes); });
        ends([](Player& play) { play.does(CancelCampaign{"no longer"}); });
        ends([](Player& play) { play.does(SuspendCampaign{"rules"}); });
    }

    TEST_CASE("where fees are kept, an end without success leaves the escrow short of exactly them") {
        Terms agreed = terms();
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        agreed.refunds.fees_returned_before_payout = false;
        Player play(agreed);
        play.pledge(1, cents(300'00));
        play.charge(1);
        play.does(CancelCampaign{});
        play.does(RefundPledge{PledgeId{1}, cents(300'00)});
        CHECK(held_by(play.campaign(), Account::backers) == 0);
        CHECK(held_by(play.campaign(), Account::escrow) == -held_by(play.campaign(), Account::processing_fees));
        balances(play);
    }

    TEST_CASE("a backer who may claim a charged pledge back while the campaign runs finds it on the agenda") {
        Terms agreed = terms();
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        agreed.refunds.backer_may_claim_while_live = true;
        Player play(agreed);
        play.pledge(1, cents(300'00));
        play.charge(1);
        play.pass(opens + days{3});
        play.does(CancelPledge{PledgeId{1}});
        const std::vector<Due> due = agenda(play.campaign());
        REQUIRE(due.size() == 2);
        CHECK(due[0] ==
              Due{.at = opens + days{3}, .kind = DueKind::refund, .pledge = PledgeId{1}, .amount = cents(300'00)});
        play.does(RefundPledge{PledgeId{1}, cents(300'00)});
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }
}
