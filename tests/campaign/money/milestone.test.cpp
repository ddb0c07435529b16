// SPDX-License-Identifier: BSL-1.0
// Payouts in shares: what waits stays in escrow, and every unit of it has a way out.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

Terms in_shares() {
    Terms agreed = terms();
    agreed.fees.processing.bands.clear();
    agreed.payouts.shares = {{.share = decimal("0.5")},
                             {.name = "prototype", .share = decimal("0.3"), .after = PayoutAfter::approval},
                             {.share = decimal("0.2"), .after = PayoutAfter::delivery, .wait = days{10}}};
    return agreed;
}
Player paid(Terms agreed = in_shares()) {
    Player play(std::move(agreed));
    play.pledge(1, cents(1'000'00));
    play.pledge(2, cents(500'00));
    play.pass(closes);
    play.charge(1);
    play.charge(2);
    play.pass(closes + days{14});
    play.does(PayOut{0});
    return play;
}
std::string defects(const Terms& agreed) {
    std::string text;
    for (const Finding& finding : defects_of(agreed)) text += finding.rule + ": " + finding.what + '\n';
    return text;
}
/// Everything on the agenda that the platform does is done, until nothing is left.
void run_dry(Player& play) {
    for (int turn = 0; turn < 200; ++turn) {
        const std::vector<Due> items = agenda(play.campaign());
        const auto next = std::find_if(items.begin(), items.end(), [](const Due& due) {
            return due.kind == DueKind::pay_out || due.kind == DueKind::refund || due.kind == DueKind::release_reserve;
        });
        if (next == items.end()) return;
        play.pass(std::max(play.now(), next->at));
        if (next->kind == DueKind::pay_out) play.does(PayOut{next->payout});
        if (next->kind == DueKind::refund) play.does(RefundPledge{next->pledge, next->amount});
        balances(play);
    }
    FAIL_CHECK("the agenda never runs dry");
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("shares of a payout are paid when what they wait for has happened") {
        Player play = paid();  // 1,500.00 less 75.00: half is 712.50
        CHECK(play.state().payouts[0].net == 712'50);
        CHECK(play.state().payouts[0].held == 712'50);
        CHECK(statement(play.campaign()).to_pay == cents(712'50));
        CHECK(agenda(play.campaign()).empty());
        play.does(ApproveMilestone{.milestone = "prototype"});
        const std::vector<Due> items = agenda(play.campaign());
        REQUIRE(items.size() == 1);
        CHECK(items[0].amount == cents(427'50));
        CHECK(key_of(items[0]) == "pay_out payout 1");
        play.does(PayOut{1});
        CHECK(play.refused(PayOut{2}) == RejectionCode::payout_not_due);
        play.does(ReportDelivered{});
        CHECK(play.refused(play.now() + days{10} - 1s, PayOut{2}) == RejectionCode::payout_not_due);
        run_dry(play);
        CHECK(statement(play.campaign()).paid == cents(1'425'00));
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
    }

    TEST_CASE("what was rejected goes back in proportion to what is left of each pledge") {
        Player play = paid();
        play.does(RefundPledge{PledgeId{1}, cents(500'00)});  // owed, and covered by what is held
        play.does(RejectMilestone{.milestone = "prototype", .reason = "nothing to see"});
        CHECK(statement(play.campaign()).allotted == cents(0));
        CHECK(statement(play.campaign()).owed == cents(500'00));
        run_dry(play);
        CHECK(statement(play.campaign()).owed == cents(72'50));
        play.does(ReportDelivered{});
        run_dry(play);
        CHECK(statement(play.campaign()).owed == cents(0));
        CHECK(held_by(play.campaign(), Account::escrow) == 0);

        Player other = paid();
        other.does(RejectMilestone{.milestone = "prototype"});
        CHECK(statement(other.campaign()).allotted == cents(427'50));
        std::vector<std::string> keys;
        for (const Due& due : agenda(other.campaign())) keys.push_back(key_of(due) + " " + to_text(due.amount));
        CHECK(keys == std::vector<std::string>{"refund pledge 1 attempt 2 285.00 USD",
                                               "refund pledge 2 attempt 2 142.50 USD"});
        run_dry(other);
        CHECK(statement(other.campaign()).refunded == cents(427'50));
        CHECK(statement(other.campaign()).owed == cents(0));
    }

    TEST_CASE("what was allotted and then lost to a bank is not the backer's any more") {
        Player play = paid();
        play.does(RejectMilestone{.milestone = "prototype"});
        play.does(OpenDispute{.pledge = PledgeId{1}, .reason = DisputeReason::reward});
        play.does(CloseDispute{.pledge = PledgeId{1}});
        CHECK(statement(play.campaign()).allotted == cents(142'50));
        balances(play);
        run_dry(play);
        play.does(ReportDelivered{});
        run_dry(play);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        CHECK(statement(play.campaign()).owed == cents(1'000'00 - 285'00 - 285'00));
    }

    TEST_CASE("a refund that came back is to be refunded again where it was allotted") {
        Player play = paid();
        play.does(RejectMilestone{.milestone = "prototype"});
        play.does(RefundPledge{.pledge = PledgeId{2}, .amount = cents(142'50), .reference = "re_1"});
        play.does(ReturnRefund{.pledge = PledgeId{2}, .refund = "re_1"});
        CHECK(statement(play.campaign()).allotted == cents(427'50));
        balances(play);
        run_dry(play);
        CHECK(statement(play.campaign()).refunded == cents(427'50));
    }

    TEST_CASE("plans that no one can mean are refused") {
        Terms agreed = in_shares();
        agreed.payouts.shares[2].share = decimal("0.3");
        CHECK(defects(agreed) == "payouts.shares: the shares total 110%\n");
        agreed = in_shares();
        agreed.payouts.shares[1].name.clear();
        CHECK(defects(agreed) == "payouts.shares: a share waits for a milestone without a name\n");
        agreed = in_shares();
        agreed.payouts.business_days = 5;
        CHECK(defects(agreed) == "payouts.calendar: working days of no calendar\n");
        agreed.payouts.calendar =
            HolidayList{.name = "short", .first = date("2026-01-01"), .last = date("2026-04-20"), .holidays = {}};
        CHECK(defects(agreed).find("the calendar 'short' is known from 2026-01-01 to 2026-04-20") != std::string::npos);
    }

    TEST_CASE("working days beyond the calendar are refused with values, and nothing changes") {
        Terms agreed = in_shares();
        agreed.payouts.shares[2].business_days = 3;
        agreed.payouts.calendar = HolidayList{
            .name = "short", .first = date("2026-01-01"), .last = date("2026-05-10"), .holidays = {date("2026-05-01")}};
        Player play = paid(agreed);
        CHECK(play.refused(instant("2026-04-28T08:00:00Z"), ReportDelivered{}) == RejectionCode::calendar_ends_before);
        CHECK_FALSE(play.state().delivered_at);
    }

    // Random shares, milestones, refunds, disputes and returns: the books balance after each, and all that is approved
    // or rejected in the end leaves nothing in escrow.
    TEST_CASE("whatever happens to shares, the books balance and nothing stays behind") {
        std::mt19937_64 random(20261201);
        for (int life = 0; life < 60; ++life) {
            CAPTURE(life);
            Terms agreed = in_shares();
            agreed.refunds.partial = PartialRefundFee::kept;
            if (any(random, 2) == 0) agreed.payouts.shares[0].after = PayoutAfter::delivery;
            if (any(random, 3) == 0)
                agreed.reserve = ReservePlan{.rate = decimal("7%"), .trigger = 1, .held_for = days{90}};
            agreed.limits.one_per_backer = false;
            Player play(agreed);
            for (std::uint64_t i = 1; i <= 6; ++i)
                play.pledge(i, cents(static_cast<std::int64_t>(200'00 + any(random, 90'01))));
            play.pass(closes);
            for (std::uint64_t i = 1; i <= 5; ++i) play.charge(i);
            const auto may = [&](const CommandBody& what) {
                const Command command{.at = play.now(), .what = what};
                if (decide(play.campaign(), command)) play.does(what);
                balances(play);
            };
            for (int turn = 0; turn < 40; ++turn) {
                play.pass(play.now() + days{1 + static_cast<int>(any(random, 3))});
                const PledgeId pledge{1 + any(random, 6)};
                const auto some = cents(static_cast<std::int64_t>(1 + any(random, 150'00)));
                switch (any(random, 10)) {
                    case 0: may(RefundPledge{pledge, some}); break;
                    case 1: may(ReturnRefund{.pledge = pledge, .amount = some}); break;
                    case 2: may(OpenDispute{.pledge = pledge}); break;
                    case 3: may(CloseDispute{.pledge = pledge, .won = any(random, 2) == 0}); break;
                    case 4: may(PayOut{static_cast<std::uint32_t>(any(random, 6))}); break;
                    case 5: may(ReturnPayout{static_cast<std::uint32_t>(any(random, 6))}); break;
                    case 6: if (turn > 10) may(ApproveMilestone{.milestone = "prototype"}); break;
                    case 7: if (turn > 10) may(RejectMilestone{.milestone = "prototype"}); break;
                    case 8: may(ReportDelivered{}); break;
                    case 9: may(RefundPledge{.pledge = pledge, .amount = some, .reference = ""}); break;
                }
            }
            for (std::uint64_t i = 1; i <= 6; ++i) may(CloseDispute{.pledge = PledgeId{i}, .won = true});
            may(ReportDelivered{});
            may(ApproveMilestone{.milestone = "prototype"});
            run_dry(play);
            CHECK(held_by(play.campaign(), Account::escrow) == 0);
            CHECK(*replay(play.happened()) == play.state());
        }
    }
}
