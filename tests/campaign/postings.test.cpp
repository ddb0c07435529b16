// SPDX-License-Identifier: BSL-1.0
// Postings: what each event moves, as balanced entries.
#include "any_history.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

using Lines = std::vector<Posting>;

Lines lines_of(EventBody what) {
    const auto entry = postings(Event{.at = closes, .what = std::move(what)}, USD);
    return entry ? entry->postings() : Lines{};
}
/// The account and what it gains.
std::int64_t gain(const Lines& lines, Account account) {
    std::int64_t sum = 0;
    for (const Posting& line : lines) sum += line.account == account ? line.amount.minor() : 0;
    return sum;
}
constexpr PledgeId first{1};

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("a charge moves the amount to the escrow, and the fee and its tax out of it") {
        const Lines lines = lines_of(ChargeCollected{.pledge = first, .amount = 115'00, .fee = 3'65, .tax = 73});
        CHECK(gain(lines, Account::backers) == -115'00);
        CHECK(gain(lines, Account::escrow) == 110'62);
        CHECK(gain(lines, Account::processing_fees) == 3'65);
        CHECK(gain(lines, Account::tax) == 73);
    }

    TEST_CASE("a refund gives back to the backer, from the escrow with its fees, or from reserve and creator") {
        const Lines before =
            lines_of(PledgeRefunded{.pledge = first, .amount = 115'00, .fee_returned = 3'65, .tax_returned = 73});
        CHECK(gain(before, Account::backers) == 115'00);
        CHECK(gain(before, Account::escrow) == -110'62);
        CHECK(gain(before, Account::processing_fees) == -3'65);
        CHECK(gain(before, Account::tax) == -73);
        const Lines after = lines_of(
            PledgeRefunded{.pledge = first, .amount = 115'00, .from_reserve = 15'00, .from = Account::creator});
        CHECK(gain(after, Account::backers) == 115'00);
        CHECK(gain(after, Account::reserve) == -15'00);
        CHECK(gain(after, Account::creator) == -100'00);
        CHECK(lines_of(PledgeRefunded{.pledge = first, .cancelled = 50'00}).empty());
    }

    TEST_CASE("a dispute holds money, and gives it to who wins") {
        CHECK(lines_of(DisputeOpened{.pledge = first, .amount = 5'00, .held_from = Account::creator}) ==
              Lines{{Account::creator, cents(-5'00)}, {Account::disputed, cents(5'00)}});
        CHECK(lines_of(DisputeWon{.pledge = first, .amount = 5'00}) ==
              Lines{{Account::disputed, cents(-5'00)}, {Account::escrow, cents(5'00)}});
        const Lines fraud = lines_of(DisputeLost{.pledge = first, .amount = 5'00, .made_good = Account::creator});
        CHECK(gain(fraud, Account::backers) == 5'00);
        CHECK(gain(fraud, Account::platform_fees) == -5'00);
        CHECK(gain(fraud, Account::creator) == 5'00);
        CHECK(gain(fraud, Account::disputed) == -5'00);
        const Lines reward =
            lines_of(DisputeLost{.pledge = first, .amount = 5'00, .bearer = Bearer::creator, .from_reserve = 2'00});
        CHECK(gain(reward, Account::backers) == 5'00);
        CHECK(gain(reward, Account::disputed) == -5'00);
        CHECK(gain(reward, Account::reserve) == -2'00);
        CHECK(gain(reward, Account::creator) == 2'00);
    }

    TEST_CASE("a payout empties the escrow into fee, tax, reserve and the creator's bank") {
        const Lines lines = lines_of(PayoutMade{.platform_fee = 50'00, .tax = 9'50, .reserve = 40'00, .net = 870'30});
        CHECK(gain(lines, Account::escrow) == -969'80);
        CHECK(gain(lines, Account::platform_fees) == 50'00);
        CHECK(gain(lines, Account::tax) == 9'50);
        CHECK(gain(lines, Account::reserve) == 40'00);
        CHECK(gain(lines, Account::creator) == 870'30);
        CHECK(lines_of(ReserveReleased{.amount = 40'00}) ==
              Lines{{Account::reserve, cents(-40'00)}, {Account::creator, cents(40'00)}});
    }

    TEST_CASE("the fee of a dispute goes to the provider, and back to where it came from") {
        const Lines opened =
            lines_of(DisputeOpened{.pledge = first, .amount = 5'00, .held_from = Account::creator, .fee = 15'00});
        CHECK(gain(opened, Account::creator) == -20'00);
        CHECK(gain(opened, Account::processing_fees) == 15'00);
        const Lines won = lines_of(DisputeWon{.pledge = first,
                                              .amount = 5'00,
                                              .returns_to = Account::creator,
                                              .fee_returned = 9'00,
                                              .fee_made_good = 6'00});
        CHECK(gain(won, Account::creator) == 20'00);
        CHECK(gain(won, Account::processing_fees) == -9'00);
        CHECK(gain(won, Account::platform_fees) == -6'00);
    }

    TEST_CASE("what the creator owed stays the creator's, and what came back is in escrow again") {
        const Lines made = lines_of(PayoutMade{.net = 50'00, .recouped = 30'00});
        CHECK(gain(made, Account::creator) == 80'00);
        CHECK(lines_of(PayoutReturned{.amount = 50'00}) ==
              Lines{{Account::creator, cents(-50'00)}, {Account::escrow, cents(50'00)}});
        CHECK(lines_of(PayoutAdded{.amount = 4'00}) ==
              Lines{{Account::creator, cents(-4'00)}, {Account::escrow, cents(4'00)}});
    }

    TEST_CASE("unmatched money is held apart until it is sent back, pays a charge or is kept") {
        CHECK(lines_of(UnmatchedRecorded{.amount = 5'00}) ==
              Lines{{Account::backers, cents(-5'00)}, {Account::unmatched, cents(5'00)}});
        for (const UnmatchedEnd end : {UnmatchedEnd::sent_back, UnmatchedEnd::to_pledge})
            CHECK(lines_of(UnmatchedResolved{.end = end, .amount = 5'00}) ==
                  Lines{{Account::unmatched, cents(-5'00)}, {Account::backers, cents(5'00)}});
        // What was taken and not explained is borne.
        CHECK(lines_of(UnmatchedResolved{.end = UnmatchedEnd::to_platform, .amount = -2'00}) ==
              Lines{{Account::unmatched, cents(2'00)}, {Account::platform_fees, cents(-2'00)}});
    }

    TEST_CASE("events that move no money have no entry") {
        CHECK(lines_of(CampaignSucceeded{}).empty());
        CHECK(lines_of(CampaignFailed{}).empty());
        CHECK(lines_of(PledgeMade{.pledge = first, .amount = 5'00}).empty());
        CHECK(lines_of(PledgeDropped{first}).empty());
        CHECK(lines_of(ChargeFailed{first}).empty());
        CHECK(lines_of(ReserveReleased{.amount = 0}).empty());
    }

    TEST_CASE(
        "in any history every event balances, the ledger is the fold of postings, and no more goes back than came in") {
        std::size_t entries = 0;
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            CAPTURE(seed);
            const Player play = any_history(seed, 300);
            Campaign again = replay(std::span(play.happened()).first(1));
            Ledger ledger(USD);
            for (const Event& event : std::span(play.happened()).subspan(1)) {
                evolve(again, event);
                if (const auto entry = postings(event, USD)) {
                    std::int64_t sum = 0;
                    for (const Posting& line : entry->postings()) sum += line.amount.minor();
                    REQUIRE(sum == 0);
                    ledger.post(*entry);
                    ++entries;
                }
                REQUIRE(again->ledger == ledger);
                REQUIRE(check(again).empty());
                REQUIRE(again->totals.refunded + again->totals.charged_back <= again->totals.collected);
            }
            CHECK(again == play.campaign());
            balances(play);
        }
        CHECK(entries > 1'000);
    }

    TEST_CASE("one step in time is the same as many") {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            CAPTURE(seed);
            const Player play = any_history(seed, 40);
            Campaign at_once = play.campaign();
            Campaign by_steps = play.campaign();
            const Instant end = play.now() + days{400};
            const Events one = advance(at_once, end);
            Events many;
            std::mt19937_64 random(seed);
            for (Instant at = play.now(); at < end; at += 1h * (1 + any(random, 200))) {
                const Events some = advance(by_steps, at);
                many.insert(many.end(), some.begin(), some.end());
            }
            const Events rest = advance(by_steps, end);
            many.insert(many.end(), rest.begin(), rest.end());
            CHECK(one == many);
            CHECK(at_once == by_steps);
            CHECK(due(play.campaign(), end) == one);
        }
    }
}
