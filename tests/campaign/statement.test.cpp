// SPDX-License-Identifier: BSL-1.0
// The statement: a campaign's money on one page, and how each figure came about.
#include "any_history.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

/// Katanas & Trenchcoats, 2016: 32,766.00 pledged, 936.00 dropped, 1,591.50 of platform fee. The pledges themselves are
/// not published; here 894 of 36.00 and one of 582.00, of which 26 of 36.00 are dropped.
Player katanas() {
    Terms agreed = terms(FundingModel::all_or_nothing(cents(15'000'00)));
    agreed.title = "Katanas & Trenchcoats";
    agreed.sources["fees.platform"] = {.source = "help centre", .read = "2026-11", .evidence = Evidence::official};
    Player play(agreed);
    play.pledge(1, cents(582'00));
    for (std::uint64_t id = 2; id <= 895; ++id) play.pledge(id, cents(36'00));
    play.pass(closes);
    for (std::uint64_t id = 1; id <= 869; ++id) play.charge(id);
    play.charge(870, false);
    play.pass(closes + days{14});
    return play;
}

std::string explained(const Player& play, std::string_view figure) {
    return to_text(explain(statement(play.campaign()), play.campaign().terms(), figure).value());
}
bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("Katanas & Trenchcoats comes out as its published statement") {
        Player play = katanas();
        const Statement before = statement(play.campaign());
        CHECK(before.gross == StatementCount{895, usd("32766.00")});
        CHECK(before.dropped == StatementCount{26, usd("936.00")});
        CHECK(before.collected == StatementCount{869, usd("31830.00")});
        CHECK(before.fee_base == usd("31830.00"));
        CHECK(before.platform_fee == usd("1591.50"));
        CHECK(before.paid == usd("0.00"));
        CHECK(before.to_pay == before.collected.amount - before.platform_fee - before.processing_fee);
        play.does(PayOut{0});
        const Statement after = statement(play.campaign());
        CHECK(after.platform_fee == before.platform_fee);
        CHECK(after.paid == before.to_pay);
        CHECK(after.to_pay == usd("0.00"));
        balances(play);
    }

    TEST_CASE("a figure is explained with its numbers, its rule and where that is written") {
        const std::string text = explained(katanas(), "platform_fee");
        CHECK(text ==
              "platform fee  1,591.50 USD = 5%, half_even, of 31,830.00 USD that the creator keeps, as one running "
              "total  [fees.platform; help centre, read 2026-11]\n"
              "  fee base  31,830.00 USD = 31,830.00 USD collected  [fees.platform; help centre, read 2026-11]\n"
              "    collected  31,830.00 USD = 32,766.00 USD gross - 936.00 USD dropped, in 869 charges  "
              "[charges.timing; the campaign's own terms, agreed]\n"
              "      gross    32,766.00 USD = 895 pledges of 895 backers standing when the campaign closed  "
              "[outcome.latched; the campaign's own terms, agreed]\n"
              "      dropped     936.00 USD = 26 pledges whose charge failed and was not mended within 7 days  "
              "[charges.retry_window; the campaign's own terms, agreed]\n");
    }

    TEST_CASE("what was paid is explained payout by payout") {
        Player play = katanas();
        play.does(PayOut{0});
        const Derivation paid = explain(statement(play.campaign()), play.campaign().terms(), "paid").value();
        CHECK(paid.formula == "29,109.80 USD in 1 payout");
        REQUIRE(paid.from.size() == 1);
        CHECK(paid.from[0].value == "29,109.80 USD");
        CHECK(paid.from[0].formula ==
              "31,830.00 USD collected - 1,128.70 USD processing fees - 1,591.50 USD platform "
              "fee, on 2026-04-14T12:00:00Z");
    }

    TEST_CASE("words are counted as people count, and terms of zero are left out") {
        Player play(terms(FundingModel::all_or_nothing(cents(100'00))));
        play.pledge(1, cents(100'00));
        CHECK(has(explained(play, "gross"), "1 pledge of 1 backer standing now"));
        CHECK(has(explained(play, "late"), "no pledges made after the deadline"));
        play.pass(closes);
        play.charge(1);
        CHECK(has(explained(play, "collected"), "100.00 USD = 1 charge that went through"));
        play.does(RefundPledge{PledgeId{1}, cents(40'00)});
        CHECK(has(explained(play, "fee_base"), "100.00 USD collected - 40.00 USD refunded before its payout"));
        CHECK(has(explained(play, "refunded"), "40.00 USD before its payout"));
    }

    TEST_CASE("the tax on a fee for a miss is that of the fee for a miss") {
        Terms agreed = terms(FundingModel::keep_what_is_raised(cents(1'000'00)));
        agreed.fees.platform_on_miss =
            FeeSchedule{.bands = {{.rate = decimal("9%")}},
                        .tax = FeeTax{.rate = decimal("20%"), .rounding = {RoundingMode::half_up}}};
        Player play(agreed);
        play.pledge(1, cents(100'00));
        play.pass(closes);
        play.charge(1);
        CHECK(statement(play.campaign()).platform_tax == cents(1'80));
        CHECK(has(explained(play, "platform_tax"), "20% of 9.00 USD"));
        CHECK(has(explained(play, "platform_fee"), "fees.platform_on_miss"));
    }

    TEST_CASE("every figure of every campaign can be explained, with a rule, and is what it says") {
        const std::vector<std::string> names = figure_names();
        CHECK(names.size() == 29);
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            CAPTURE(seed);
            const Player play = any_history(seed, 150);
            const Statement now = statement(play.campaign());
            for (const std::string& name : names) {
                CAPTURE(name);
                const Derivation why = explain(now, play.campaign().terms(), name).value();
                CHECK(why.value == to_grouped_text(figure(now, name).value()));
                CHECK_FALSE(why.rule.empty());
                CHECK_FALSE(why.formula.empty());
                CHECK_FALSE(has(why.formula, "+ 0.00 USD"));
                CHECK_FALSE(has(why.formula, "- 0.00 USD"));
            }
            balances(play);
        }
    }

    TEST_CASE("a figure that there is none of is refused with those there are") {
        const Player play(terms());
        const auto none = explain(statement(play.campaign()), play.campaign().terms(), "profit");
        REQUIRE_FALSE(none.has_value());
        CHECK(has(none.error(), "there is no figure 'profit'; there are gross, late"));
        CHECK_FALSE(figure(statement(play.campaign()), "profit").has_value());
    }

    TEST_CASE("the books that do not agree are found out, and no statement is made of them") {
        // An event that nobody decided: a payout of more than there is.
        Player play = katanas();
        Campaign false_books = play.campaign();
        evolve(false_books, {.at = closes + days{14}, .what = PayoutMade{.payout = 0, .net = 40'000'00}});
        CHECK_FALSE(check(false_books).empty());
        CHECK_THROWS_AS((void)statement(false_books), ContractViolation);

        // A payout without the platform's fee: every sum agrees, and the schedule does not.
        Player free = katanas();
        if (free.now() < closes + days{14}) free.pass(closes + days{14});
        REQUIRE_FALSE(free.state().payouts[0].paid_at);
        Campaign without_fee = free.campaign();
        const std::int64_t all = free.state().payouts[0].in_escrow();
        evolve(without_fee, {.at = free.now(), .what = PayoutMade{.payout = 0, .net = all}});
        const std::vector<std::string> reasons = check(without_fee);
        REQUIRE(reasons.size() == 1);
        CHECK(has(reasons.front(), "platform fee: computed anew"));
    }
}
