// SPDX-License-Identifier: BSL-1.0
// The agenda: what the platform has to do next; whoever does it all comes to an end with nothing left.
#include <crowdrules/campaign/agenda_follower.hpp>

#include "any_history.hpp"
#include <span>

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

std::vector<std::string> listed(const Player& play) {
    std::vector<std::string> lines;
    for (const Due& item : agenda(play.campaign())) lines.push_back(to_text(item));
    return lines;
}

/// Does what the agenda says, with any outcomes, until nothing is left. How many things were done.
int work_off(Player& play, std::mt19937_64& random) {
    int done = 0;
    for (;; ++done) {
        // A dispute is the bank's to end, and is on no agenda.
        for (std::uint64_t id = 1; id <= play.state().book.records.size(); ++id) {
            if (!play.refused(CloseDispute{PledgeId{id}, true}))
                play.does(CloseDispute{PledgeId{id}, any(random, 2) == 0});
        }
        const std::vector<Due> due = agenda(play.campaign());
        REQUIRE(std::is_sorted(due.begin(), due.end(), [](const Due& a, const Due& b) { return a.at < b.at; }));
        if (due.empty()) return done;
        REQUIRE(done < 2'000);
        const Due& next = due.front();
        play.pass(std::max(next.at, play.now()));
        if (next.kind == DueKind::charge) {
            const RecordCharge charge{next.pledge, any(random, 4) != 0, next.instalment};
            if (!play.refused(charge)) play.does(charge);
            // A failed charge stays due: what follows is a matter of time.
            if (!charge.succeeded) play.pass(play.now() + days{1});
        } else if (next.kind == DueKind::refund) {
            if (!play.refused(RefundPledge{next.pledge, next.amount}))
                play.does(RefundPledge{next.pledge, next.amount});
        } else if (next.kind == DueKind::pay_out) {
            if (play.refused(PayOut{next.payout})) continue;
            play.does(PayOut{next.payout});
            CHECK(play.state().payouts[next.payout].net == next.amount.minor());
        } else {
            play.pass(next.kind == DueKind::remind ? next.at + 1s : next.at);  // the rest happens by itself
        }
    }
}

}  // namespace

TEST_SUITE("campaign") {
    // Read whole after each charge, the agenda of these would be looked through 400 million times.
    TEST_CASE("an outbox that hears of changes alone costs what happens, however many pledges there are") {
        Player play(terms());
        for (std::uint64_t id = 1; id <= 20'000; ++id) play.pledge(id, cents(50'00));
        AgendaFollower follower(play.campaign());
        REQUIRE(follower.entries().size() == 1);
        std::size_t heard = play.happened().size();
        const auto changes = [&] {
            const std::span<const Event> events = std::span(play.happened()).subspan(heard);
            heard = play.happened().size();
            return follower.follow(play.campaign(), events);
        };
        play.pass(closes);
        std::vector<AgendaChange> charges = changes();
        std::erase_if(charges, [](const AgendaChange& change) { return change.due.kind != DueKind::charge; });
        REQUIRE(charges.size() == 20'000);
        for (const AgendaChange& charge : charges) {
            play.does(RecordCharge{charge.due.pledge});
            std::size_t struck = 0;
            for (const AgendaChange& change : changes()) struck += !change.added && change.due == charge.due;
            CHECK(struck == 1);
        }
    }

    TEST_CASE("while the campaign runs only its deadline is due") {
        Player play(terms());
        play.pledge(1, cents(1'200'00));
        CHECK(listed(play) == std::vector<std::string>{"2026-03-31T12:00:00Z judge: 1,200.00 USD"});
    }

    TEST_CASE("after the success charges are due, and after a failure reminders and the last second too") {
        Player play(terms());
        play.pledge(1, cents(700'00));
        play.pledge(2, cents(500'00));
        play.pass(closes);
        CHECK(listed(play) == std::vector<std::string>{"2026-03-31T12:00:00Z charge pledge 1: 700.00 USD",
                                                       "2026-03-31T12:00:00Z charge pledge 2: 500.00 USD",
                                                       "2026-04-07T12:00:01Z drop pledge 1: 700.00 USD",
                                                       "2026-04-07T12:00:01Z drop pledge 2: 500.00 USD"});
        play.charge(1);
        play.pass(closes + days{3});
        play.charge(2, false);
        CHECK(listed(play) == std::vector<std::string>{
                                  "2026-03-31T12:00:00Z charge pledge 2: 500.00 USD",
                                  "2026-04-04T12:00:00Z remind pledge 2: 500.00 USD",
                                  "2026-04-06T12:00:00Z remind pledge 2: 500.00 USD",
                                  "2026-04-07T12:00:01Z drop pledge 2: 500.00 USD",
                                  "2026-04-14T12:00:00Z pay_out payout 0: 643.80 USD",
                              });
    }

    TEST_CASE("what is overdue stands where it fell due") {
        Player play(terms());
        play.pledge(1, cents(1'200'00));
        play.pass(closes);
        play.charge(1);
        play.pass(closes + days{20});
        play.does(OpenDispute{PledgeId{1}});
        play.does(CloseDispute{PledgeId{1}, true});
        CHECK(listed(play) == std::vector<std::string>{"2026-04-14T12:00:00Z pay_out payout 0: 1,103.80 USD"});
    }

    TEST_CASE("an entry keeps its key and its instant when something unrelated happens") {
        Player play(terms());
        for (const std::uint64_t id : {1, 2}) play.pledge(id, cents(600'00));
        play.pass(closes);
        const auto of_first = [&] {
            std::vector<std::string> entries;
            for (const Due& item : agenda(play.campaign(), PledgeId{1}))
                entries.push_back(to_text(item.at) + ' ' + key_of(item));
            return entries;
        };
        const std::vector<std::string> before = of_first();
        CHECK(before == std::vector<std::string>{"2026-03-31T12:00:00Z charge pledge 1 instalment 1 attempt 1",
                                                 "2026-04-07T12:00:01Z drop pledge 1 instalment 1"});
        play.pass(closes + 5min);
        play.charge(2, false);
        CHECK(of_first() == before);
        play.charge(1, false);
        CHECK(of_first()[0] == "2026-03-31T12:00:00Z charge pledge 1 instalment 1 attempt 2");
        CHECK(of_first()[1] == "2026-04-02T12:00:00Z remind pledge 1 instalment 1 attempt 1");
    }

    TEST_CASE("a charge at the pledge fell due when the pledge was made, its refund when it was let go") {
        Terms agreed = terms();
        agreed.charges = {.timing = ChargeTiming::at_pledge};
        agreed.refunds.backer_may_claim_while_live = true;
        Player play(agreed);
        for (const std::uint64_t id : {1, 2}) {
            play.pass(opens + days{id});
            play.pledge(id, cents(100'00));
        }
        play.pass(opens + days{5});
        play.charge(2);
        CHECK(listed(play)[0] == "2026-03-02T12:00:00Z charge pledge 1: 100.00 USD");
        play.does(CancelPledge{PledgeId{2}});
        play.pass(opens + days{9});
        play.pledge(3, cents(100'00));
        CHECK(listed(play)[1] == "2026-03-06T12:00:00Z refund pledge 2: 100.00 USD");
        play.does(CancelCampaign{});
        CHECK(listed(play)[0] == "2026-03-06T12:00:00Z refund pledge 2: 100.00 USD");
        CHECK(replay(play.happened()) == play.campaign());
    }

    TEST_CASE("pledges that were never tried are dropped when the agenda says") {
        Player play(terms());
        play.pledge(1, cents(1'200'00));
        play.pass(closes);
        const Due drop = agenda(play.campaign()).back();
        CHECK(drop.kind == DueKind::drop);
        CHECK(due(play.campaign(), drop.at - 1s).empty());
        CHECK(count_of<PledgeDropped>(play.pass(drop.at)) == 1);
        CHECK(agenda(play.campaign()).empty());
    }

    TEST_CASE("a payout whose pledges were all refunded is not due") {
        Player play(terms());
        play.pledge(1, cents(1'200'00));
        play.pass(closes);
        play.charge(1);
        play.does(RefundPledge{PledgeId{1}, cents(1'200'00)});
        CHECK(agenda(play.campaign(), closes + days{400}).empty());
    }

    TEST_CASE("payouts that wait together are listed as they will come out one after the other") {
        Terms agreed = terms();
        agreed.late_pledges = LatePledges{};
        agreed.fees.processing = {};
        agreed.fees.platform.rounding = {RoundingMode::half_up};
        agreed.payouts = {.first_after = days{14}, .later_first_after = days{17}};
        Player play(agreed);
        play.pledge(1, cents(1'000'10));
        play.pass(closes);
        play.charge(1);
        play.pledge(2, cents(10'10));
        play.charge(2);
        CHECK(listed(play) == std::vector<std::string>{"2026-04-14T12:00:00Z pay_out payout 0: 950.09 USD",
                                                       "2026-04-17T12:00:00Z pay_out payout 1: 9.60 USD"});
        CHECK(statement(play.campaign()).to_pay == cents(950'09 + 9'60));
    }

    TEST_CASE("a reserve is released with what refunds have left of it") {
        Terms agreed = terms();
        agreed.reserve = ReservePlan{.rate = decimal("10%"), .held_for = days{180}};
        Player play(agreed);
        play.pledge(1, cents(1'000'00));
        play.pass(closes);
        play.charge(1);
        play.pass(closes + days{14});
        play.does(PayOut{0});
        play.does(RefundPledge{PledgeId{1}, cents(30'00)});
        CHECK(listed(play) == std::vector<std::string>{"2026-10-11T12:00:00Z release_reserve payout 0: 70.00 USD"});
    }

    TEST_CASE("whoever does what is due comes to an end at which nobody but the parties holds anything") {
        int done = 0;
        for (std::uint64_t seed = 1; seed <= 120; ++seed) {
            CAPTURE(seed);
            Player play = any_history(seed, 60);
            std::mt19937_64 random(seed);
            done += work_off(play, random);
            const Campaign& over = play.campaign();
            CHECK(agenda(over).empty());
            CHECK(held_by(over, Account::disputed) == 0);
            CHECK(held_by(over, Account::reserve) == 0);
            CHECK(statement(over).to_pay == cents(0));
            CHECK(statement(over).open.amount == cents(0));
            if (has_ended_without_success(over->phase)) {
                // Everything went back; the platform is short of what processor and tax office kept, and of no more.
                CHECK(held_by(over, Account::backers) == 0);
                CHECK(held_by(over, Account::creator) == 0);
                CHECK(held_by(over, Account::escrow) ==
                      -held_by(over, Account::processing_fees) - held_by(over, Account::tax));
            } else {
                CHECK(held_by(over, Account::escrow) == 0);
            }
            balances(play);
        }
        CHECK(done > 1'000);
    }
}
