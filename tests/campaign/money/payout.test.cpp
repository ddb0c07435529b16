// SPDX-License-Identifier: BSL-1.0
// Payouts: the creator is paid on time and not before, and every fee is taken once.
#include "../books.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

Terms with_late_pledges() {
    Terms agreed = terms();
    agreed.late_pledges = LatePledges{};
    agreed.payouts = {.first_after = days{14},
                      .later_first_after = days{17},
                      .later_every = {.every = days{7}},
                      .later_cut_off = days{3}};
    return agreed;
}
void pay(Player& play, Instant at, std::uint32_t payout) {
    CHECK(play.refused(std::max(play.now(), at - 1s), PayOut{payout}) == RejectionCode::payout_not_due);
    play.pass(at);
    play.does(PayOut{payout});
    CHECK(play.refused(PayOut{payout}) == RejectionCode::payout_already_made);
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("the campaign's money is paid 14 days after the success and not a second before") {
        Player play(terms());
        play.pledge(1, cents(1'000'00));
        CHECK(play.refused(PayOut{0}) == RejectionCode::campaign_not_succeeded);
        play.pass(closes);
        CHECK(play.refused(closes + days{14}, PayOut{1}) == RejectionCode::payout_unknown);
        play.charge(1);
        pay(play, closes + days{14}, 0);
        const PayoutLine& line = play.state().payouts[0];
        CHECK(line.platform_fee == 50'00);
        CHECK(line.net == 1'000'00 - 30'20 - 50'00);
        CHECK(held_by(play.campaign(), Account::creator) == line.net);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a payout without money in it is refused") {
        Player play(terms());
        play.pledge(1, cents(1'000'00));
        CHECK(play.refused(closes + days{14}, PayOut{0}) == RejectionCode::nothing_to_pay_out);
        play.pass(closes + days{8});
        CHECK(agenda(play.campaign()).empty());
    }

    TEST_CASE("a payout that fees use up is settled all the same") {
        Terms agreed = terms(FundingModel::all_or_nothing(cents(1'00)));
        agreed.fees.processing.bands = {{.fixed = 95}};
        Player play(agreed);
        play.pledge(1, cents(1'00));
        play.pass(closes);
        play.charge(1);
        pay(play, closes + days{14}, 0);
        CHECK(play.state().payouts[0].platform_fee == 5);
        CHECK(play.state().payouts[0].net == 0);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("the platform's fee is rounded once, on the running total of all payouts") {
        Terms agreed = with_late_pledges();
        agreed.fees.platform.rounding = {RoundingMode::half_up};
        agreed.fees.processing = {};
        Player play(agreed);
        play.pledge(1, cents(1'000'10));  // 5% are 50.005: 50.01
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(10'10));  // of 1,010.20 they are 50.51: 0.50 more, where alone they would be 0.51
        play.charge(2);
        play.pass(closes + days{15});
        play.pledge(3, cents(10'10));  // of 1,020.30 they are 51.015: 0.51 more
        play.charge(3);
        play.does(PayOut{0});
        pay(play, closes + days{17}, 1);
        pay(play, closes + days{24}, 2);
        CHECK(play.state().payouts[0].platform_fee == 50'01);
        CHECK(play.state().payouts[1].platform_fee == 50);
        CHECK(play.state().payouts[2].platform_fee == 51);
        CHECK(held_by(play.campaign(), Account::platform_fees) == 51'02);
        CHECK(statement(play.campaign()).platform_fee == cents(51'02));
        balances(play);
    }

    TEST_CASE("a larger sum that costs less gives back what an earlier payout bore, and a smaller one nothing") {
        Terms agreed = with_late_pledges();
        agreed.model.goal = 50'00;
        agreed.fees.processing = {};
        agreed.fees.platform.bands = {{.rate = decimal("10%")}, {.from = 100'00, .rate = decimal("5%")}};
        Player play(agreed);
        play.pledge(1, cents(90'00));
        play.pass(closes);
        play.charge(1);
        pay(play, closes + days{14}, 0);
        CHECK(statement(play.campaign()).platform_fee == cents(9'00));
        play.pledge(2, cents(20'00));
        play.charge(2);
        SUBCASE("paid") {
            CHECK(statement(play.campaign()).to_pay == cents(23'50));
            pay(play, play.state().payouts[1].due, 1);
            CHECK(play.state().payouts[1].platform_fee == -3'50);
            CHECK(play.state().payouts[1].net == 23'50);
            CHECK(statement(play.campaign()).platform_fee == cents(5'50));
            CHECK(held_by(play.campaign(), Account::creator) == 104'50);
            const std::string why = to_text(explain(statement(play.campaign()), agreed, "paid").value());
            CHECK(why.find("20.00 USD collected + 3.50 USD platform fee given back, because a larger sum costs less") !=
                  std::string::npos);
        }
        SUBCASE("returned before it is paid: what was taken of the smaller sum stays taken") {
            play.does(RefundPledge{PledgeId{2}, cents(20'00)});
            CHECK(statement(play.campaign()).platform_fee == cents(9'00));
            CHECK(statement(play.campaign()).to_pay == cents(0));
        }
        balances(play);
    }

    TEST_CASE("late pledges are paid by period, and do not wait for each other") {
        Player play(with_late_pledges());
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.pass(closes + days{14});
        play.pledge(2, cents(100'00));
        play.charge(2);
        play.pass(closes + days{14} + 1s);
        play.pledge(3, cents(200'00));
        play.charge(3);
        REQUIRE(play.state().payouts.size() == 3);
        CHECK(play.state().payouts[1].due == closes + days{17});
        CHECK(play.state().payouts[1].gross == 100'00);
        CHECK(play.state().payouts[2].due == closes + days{24});
        CHECK(play.state().payouts[2].gross == 200'00);
        pay(play, closes + days{17}, 1);  // before the campaign's own, which is overdue
        pay(play, closes + days{24}, 2);
        play.does(PayOut{0});
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        CHECK(held_by(play.campaign(), Account::platform_fees) == 65'00);
        balances(play);
    }

    TEST_CASE("what was refunded before one payout bears no fee in a later one either") {
        Player play(with_late_pledges());
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.does(RefundPledge{PledgeId{1}, cents(400'00)});
        play.pledge(2, cents(100'00));
        play.charge(2);
        pay(play, closes + days{14}, 0);
        CHECK(play.state().payouts[0].platform_fee == 30'00);
        pay(play, closes + days{17}, 1);
        CHECK(play.state().payouts[1].platform_fee == 5'00);
        balances(play);
    }

    TEST_CASE("a charge that is mended after the payout is paid at once with a line of its own") {
        Terms agreed = terms();
        agreed.payouts.first_after = days{3};
        Player play(agreed);
        play.pledge(1, cents(600'00));
        play.pledge(2, cents(600'00));
        play.pass(closes);
        play.charge(1);
        play.charge(2, false);
        pay(play, closes + days{3}, 0);
        play.pass(closes + days{5});
        play.charge(2);
        REQUIRE(play.state().payouts.size() == 2);
        CHECK(play.state().payouts[1].due == closes + days{5});
        play.does(PayOut{1});
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("a reserve is held on the running total from its trigger on, and released after its time") {
        Terms agreed = with_late_pledges();
        agreed.fees = {};
        agreed.reserve = ReservePlan{.rate = decimal("5%"), .trigger = 1'050'00, .held_for = days{180}};
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(100'00));
        play.charge(2);
        pay(play, closes + days{14}, 0);
        CHECK(play.state().payouts[0].reserve == 0);
        pay(play, closes + days{17}, 1);
        CHECK(play.state().payouts[1].reserve == 55'00);  // 5% of 1,100.00
        CHECK(play.state().payouts[1].net == 45'00);
        const Statement held = statement(play.campaign());
        CHECK(held.reserve == cents(55'00));
        CHECK(held.to_pay == cents(55'00));
        const Instant release = closes + days{17 + 180};
        CHECK(play.pass(release - 1s).empty());
        CHECK(first_of<ReserveReleased>(play.pass(release)) == ReserveReleased{.payout = 1, .amount = 55'00});
        CHECK(statement(play.campaign()).paid == cents(1'100'00));
        CHECK(statement(play.campaign()).to_pay == cents(0));
        balances(play);
    }

    TEST_CASE("each payout holds back what the running total asks for beyond what earlier ones hold") {
        Terms agreed = with_late_pledges();
        agreed.fees = {};
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{180}};
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(100'00));
        play.charge(2);
        pay(play, closes + days{14}, 0);
        CHECK(play.state().payouts[0].reserve == 100'00);
        pay(play, closes + days{17}, 1);
        CHECK(play.state().payouts[1].reserve == 10'00);
        balances(play);
    }

    TEST_CASE("a reserve is used once, by refunds of several payouts and by releases at one instant") {
        Terms agreed = with_late_pledges();
        agreed.fees = {};
        agreed.limits.minimum = 0;
        agreed.instalments = InstalmentPlan{.retry_first = days{7}, .retry_later = days{14}};
        agreed.model = FundingModel::all_or_nothing(cents(300'00));
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{180}};
        Player play(agreed);
        play.pledge(1, {.amount = cents(300'00), .in_instalments = true});
        play.pass(closes);
        for (const std::uint32_t part : {1u, 2u, 3u}) {
            play.pass(occurrence({.months = 1}, closes, part - 1));
            play.charge(1, true, part);
        }
        const Instant both = closes + days{100};
        play.does(both, PayOut{0});
        play.does(both, PayOut{1});
        CHECK(statement(play.campaign()).reserve == cents(30'00));
        SUBCASE("a refund over three charges finds the 30.00 once") {
            std::int64_t used = 0;
            for (const Event& event : play.does(RefundPledge{PledgeId{1}, cents(300'00)}))
                used += std::get<PledgeRefunded>(event.what).from_reserve;
            CHECK(used == 30'00);
            CHECK(held_by(play.campaign(), Account::reserve) == 0);
        }
        SUBCASE("two releases share what a refund has left") {
            play.does(RefundPledge{PledgeId{1}, cents(24'00)});
            std::int64_t released = 0;
            for (const Event& event : play.pass(both + days{180}))
                released += std::get<ReserveReleased>(event.what).amount;
            CHECK(released == 6'00);
            CHECK(held_by(play.campaign(), Account::reserve) == 0);
        }
        balances(play);
    }

    TEST_CASE("the first of two rounds is paid after it, the second after its own end") {
        Player play(terms(FundingModel::two_rounds(cents(1'000'00), cents(2'000'00), days{40})));
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.pass(closes + days{1});
        play.pledge(2, cents(300'00));
        CHECK(play.refused(RecordCharge{PledgeId{2}}) == RejectionCode::charge_not_due);
        pay(play, closes + days{14}, 0);
        const Instant end = closes + days{40};
        play.pass(end);
        play.charge(2);
        pay(play, end + days{14}, 1);
        CHECK(held_by(play.campaign(), Account::platform_fees) == 65'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("the money of an early success waits for the end of its campaign") {
        Terms agreed = terms();
        agreed.model.judged = OutcomeTiming::when_reached;
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        CHECK(play.state().succeeded_at == opens);
        play.charge(1);
        CHECK(play.refused(closes - 1s, PayOut{0}) == RejectionCode::payout_not_due);
        CHECK(agenda(play.campaign()).size() == 1);  // the deadline
        play.pass(opens + days{20});
        play.pledge(2, cents(100'00));
        play.charge(2);
        play.pass(closes);
        REQUIRE(play.state().payouts.size() == 1);
        pay(play, closes + days{14}, 0);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("an early success that is paid by period does not wait, and its dates stay") {
        Terms agreed = terms();
        agreed.model.judged = OutcomeTiming::when_reached;
        agreed.payouts.later_every = {.every = days{7}};
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.charge(1);
        play.pass(opens + days{15});
        play.pledge(2, cents(100'00));
        play.charge(2);
        play.does(PayOut{0});
        CHECK(play.state().payouts[1].due == opens + days{21});
        play.pass(closes);
        CHECK(play.state().payouts[1].due == opens + days{21});
        play.does(PayOut{1});
        balances(play);
    }

    TEST_CASE("a campaign without end is paid by its cadence") {
        Terms agreed = terms(FundingModel::open_ended());
        agreed.window.closes = never;
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        agreed.payouts = {.first_after = days{7}, .later_every = {.months = 1}};
        Player play(agreed, opens);
        for (std::uint64_t id = 1; id <= 4; ++id) {
            play.pass(opens + days{20} * id);
            play.pledge(id, cents(50'00));
            play.charge(id);
        }
        std::int64_t net = 0;
        const std::vector<Due> due = agenda(play.campaign());
        CHECK(due.size() == 3);
        for (const Due& item : due) {
            play.pass(std::max(play.now(), item.at));
            play.does(PayOut{item.payout});
            CHECK(play.state().payouts[item.payout].net == item.amount.minor());
            net += item.amount.minor();
        }
        CHECK(net == 200'00 - 4 * 1'70 - 10'00);
        CHECK(held_by(play.campaign(), Account::escrow) == 0);
        balances(play);
    }

    TEST_CASE("money that is kept after a miss bears the fee for a miss") {
        Terms agreed = terms(FundingModel::keep_what_is_raised(cents(1'000'00)));
        agreed.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("9%")}}};
        Player play(agreed);
        play.pledge(1, cents(999'00));
        play.pass(closes);
        CHECK(play.state().goal_missed);
        play.charge(1);
        pay(play, closes + days{14}, 0);
        CHECK(play.state().payouts[0].platform_fee == 89'91);
        balances(play);
    }

    TEST_CASE("tax on the platform's fee is taken with it, on the running total") {
        Terms agreed = with_late_pledges();
        agreed.fees.processing = {};
        agreed.fees.platform.tax = FeeTax{.rate = decimal("19%"), .rounding = {RoundingMode::half_up}};
        for (const bool included : {false, true}) {
            agreed.fees.platform.tax->included = included;
            Player play(agreed);
            play.pledge(1, cents(1'000'00));
            play.pass(closes);
            play.charge(1);
            play.pledge(2, cents(333'33));
            play.charge(2);
            pay(play, closes + days{14}, 0);
            pay(play, closes + days{17}, 1);
            // 5% of 1,333.33 are 66.67; on top 19% are 12.67, contained in it are 10.64.
            const Statement now = statement(play.campaign());
            CHECK(now.platform_fee == cents(included ? 66'67 - 10'64 : 66'67));
            CHECK(now.platform_tax == cents(included ? 10'64 : 12'67));
            CHECK(held_by(play.campaign(), Account::tax) == now.platform_tax.minor());
            balances(play);
        }
    }
}
