// SPDX-License-Identifier: BSL-1.0
// Royalties of a community: shared on running totals, taken back with returns, shared anew by later buckets.
#include "../money/random.hpp"
#include "sample.hpp"
#include <map>

namespace crowdrules::community {

using namespace sample;

namespace {

const Instant quarter = instant("2012-04-01T00:00:00Z");

/// What everybody was ever credited, corrections included.
std::map<MemberId, std::int64_t> entitlements(const CommunityPlayer& play) {
    std::map<MemberId, std::int64_t> all;
    for (const MemberId member : {anna, ben, chris, dora, emil})
        all[member] = play.member(member).credited + play.member(member).corrected;
    return all;
}

AddBucket catalysts(std::optional<Date> from = {}) {
    return {lamp,
            {.name = "catalysts", .share = decimal("10%"), .rule = BucketRule::equal},
            {{"inventor", decimal("4%")}, {"name", decimal("6%")}},
            {{emil}},
            from,
            {},
            staff};
}

}  // namespace

TEST_SUITE_BEGIN("community");

TEST_CASE("a return takes back what its sale gave, at the sale's rate, and never more") {
    Terms terms = community();
    // The rate is halved while the sale is out.
    Dated<revenue::RateTerms>& direct = terms.royalty.channels[0].rates;
    revenue::RateTerms halved = direct.rows()[0].value;
    halved.tiers[0].rate = decimal("15%");
    direct = Dated<revenue::RateTerms>({direct.rows()[0], {date("2012-05-01"), halved, {}}});
    CommunityPlayer play(terms);
    play.sell();
    play.sale(1, cents(300'00));
    play.pass(quarter);
    CHECK(play.member(anna).credited == 40'50);
    play.does(PayRoyalty{anna});
    play.pass(instant("2012-05-02T00:00:00Z"));
    play.sale(2, cents(100'00));
    play.does(RecordReturn{SaleId{1}, 0, cents(100'00)});
    play.does(RecordReturn{SaleId{1}, 1, cents(200'00)});
    CHECK(find_sale(play.state(), SaleId{1})->taken_back == decimal("90"));
    play.pass(instant("2012-07-01T00:00:00Z"));
    // 15.00 of the second sale is all that is left: Anna has 6.75 of it, and was paid 40.50.
    CHECK(play.product().pool == 15'00);
    CHECK(play.member(anna).balance() == 6'75 - 40'50);
    CHECK(statement(play.community()).owed == cents(33'75));
    CHECK(play.refused(PayRoyalty{anna}) == Code::balance_negative);
    // Later royalties pay it off first.
    play.sale(3, cents(1'000'00));
    play.pass(instant("2012-10-01T00:00:00Z"));
    CHECK(play.member(anna).balance() == 67'50 - 33'75);
    balances(play);
}

TEST_CASE("what is not on the base does not come back with a return") {
    Terms terms = community();
    revenue::RateTerms gross = terms.royalty.channels[0].rates.rows()[0].value;
    gross.less.clear();
    terms.royalty.channels[0].rates = Dated<revenue::RateTerms>({{date("2009-01-01"), gross, {}}});
    CommunityPlayer play(terms);
    play.sell();
    RecordSale sale{SaleId{1}, lamp, "direct", date_of(play.at()), 10, cents(100'00)};
    sale.deductions = {{revenue::Deduction::discounts, 20'00}, {revenue::Deduction::tax, 5'00}};
    play.does(sale);
    CHECK(find_sale(play.state(), SaleId{1})->paid == 80'00);
    CHECK(find_sale(play.state(), SaleId{1})->base == 100'00);
    play.does(RecordReturn{SaleId{1}, 10, cents(80'00)});
    play.pass(quarter);
    CHECK(play.product().pool == 30'00);
    balances(play);
}

TEST_CASE("a period split in two gives everybody the same") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Terms often = community(), rarely = community();
        often.payouts.every = {.every = days{1}};
        rarely.payouts.every = {.months = 6};
        CommunityPlayer first(often), second(rarely);
        Random random(seed);
        first.sell();
        second.sell();
        std::map<MemberId, std::int64_t> before = entitlements(first);
        for (std::uint64_t id = 1; id <= 60; ++id) {
            const Instant at = first.at() + Elapsed{random.below(200'000)};
            const Money gross = cents(static_cast<std::int64_t>(1 + random.below(9'99)));
            for (CommunityPlayer* play : {&first, &second}) {
                play->pass(at);
                play->sale(id, gross, id % 3 == 0 ? "indirect" : "direct");
            }
            // Without a return or a correction nobody's entitlement falls.
            const std::map<MemberId, std::int64_t> now_has = entitlements(first);
            for (const auto& [member, amount] : now_has) CHECK(amount >= before[member]);
            before = now_has;
        }
        first.pass(instant("2013-01-01T00:00:00Z"));
        second.pass(instant("2013-01-01T00:00:00Z"));
        CHECK(first.product().pool == second.product().pool);
        CHECK(first.product().streams[0].cumulative == second.product().streams[0].cumulative);
        balances(first);
        balances(second);
    }
}

TEST_CASE("a bucket that comes later holds from its day, out of the buckets that it names") {
    CommunityPlayer play;
    play.sell();
    play.sale(1, cents(1'000'00));
    const Instant later = instant("2012-02-01T00:00:00Z");
    play.pass(later);
    play.does(catalysts());
    play.sale(2, cents(1'000'00));
    play.pass(quarter);
    REQUIRE(play.product().streams.size() == 2);
    CHECK(play.product().streams[0].pool == 300'00);
    CHECK(play.product().streams[1].pool == 300'00);
    // Anna: 40% and 5%, then 36% and 5%. Ben: 25%, then 19%. Emil: 5%, then 15%.
    CHECK(play.member(anna).credited == 135'00 + 123'00);
    CHECK(play.member(ben).credited == 75'00 + 57'00);
    CHECK(play.member(emil).credited == 15'00 + 45'00);
    const RightsRegister& rights = find_idea(play.state(), lamp)->rights;
    CHECK(rights.held(Right::royalty, later)->by == RightsEvent::shared_anew);
    // A late report of an old day is shared as it was then.
    play.does(RecordSale{SaleId{3}, lamp, "direct", date("2012-01-31"), 1, cents(1'000'00)});
    play.pass(instant("2012-07-01T00:00:00Z"));
    CHECK(play.product().streams[0].pool == 600'00);
    CHECK(play.member(ben).credited == 150'00 + 57'00);
    balances(play);
}

TEST_CASE("a bucket with retroactive effect says from whom it takes what was shared") {
    CommunityPlayer play;
    play.sell();
    play.sale(1, cents(1'000'00));
    play.pass(quarter);
    play.does(PayRoyalty{ben});
    play.sale(2, cents(1'000'00));
    AddBucket added = catalysts(date("2012-01-11"));
    const Rejection rejection = play.refusal(added);
    CHECK(rejection.code == Code::recovery_missing);
    // 300.00 and 300.00 are shared as it stood: Anna had 4% of 600.00 too much, Ben 6%.
    CHECK(rejection.what == "2 members, among them member 1 would have 24.00 USD less, of which 0.00 USD are paid out");
    const std::int64_t owed_to_ben = play.member(ben).balance();
    CHECK(owed_to_ben == 0);

    SUBCASE("from each") {
        added.recovery = revenue::Recovery{};
        const Events events = play.does(added);
        CHECK(count_of<RoyaltyCorrected>(events) == 0);
        // What was sold before is first shared as it stood: 150.00 for Ben. Then 114.00 of it is left to him.
        CHECK(play.member(ben).credited == 114'00);
        CHECK(play.member(ben).balance() == 114'00 - 75'00);
        CHECK(play.member(emil).credited == 90'00);
    }
    SUBCASE("from the company") {
        added.recovery = revenue::Recovery{company};
        const auto corrected = first_of<RoyaltyCorrected>(play.does(added));
        CHECK(corrected.from_company == 24'00 + 36'00);
        CHECK(corrected.parts == std::vector<RoyaltyPart>{{anna, 24'00}, {ben, 36'00}});
        CHECK(play.member(ben).balance() == 150'00 - 75'00);
        CHECK(statement(play.community()).made_good == cents(60'00));
    }
    SUBCASE("from one member") {
        added.recovery = revenue::Recovery{dora};
        play.does(added);
        CHECK(play.member(dora).corrected == -60'00);
        CHECK(play.member(dora).balance() == 80'00 - 60'00);
        CHECK(play.member(anna).balance() == 270'00);
    }
    CHECK(play.product().pool == 600'00);
    CHECK(play.product().streams[0].pool == 0);
    play.pass(instant("2012-07-01T00:00:00Z"));
    CHECK(play.product().pool == 600'00);
    balances(play);
}

TEST_CASE("a bucket that comes while influence is not fixed just changes it") {
    CommunityPlayer play;
    play.develop();
    play.does(catalysts());
    play.does(ReportProductReady{lamp, staff});
    play.does(StartSales{lamp, staff});
    CHECK(play.product().streams.size() == 1);
    CHECK(play.product().streams[0].influence.whole == 300);
    CHECK(influence_in(play.product())->weight_of(emil) == 45);
    balances(play);
}

TEST_CASE("tiers count what was sold of the product before") {
    Terms terms = community();
    revenue::RateTerms rate = terms.royalty.channels[0].rates.rows()[0].value;
    rate.tiers = {{100'00, decimal("10%")}, {{}, decimal("20%")}};
    terms.royalty.channels[0].rates = Dated<revenue::RateTerms>({{date("2009-01-01"), rate, {}}});
    CommunityPlayer play(terms);
    play.sell();
    play.sale(1, cents(60'00));
    play.sale(2, cents(60'00));
    CHECK(find_sale(play.state(), SaleId{1})->earned == decimal("6"));
    CHECK(find_sale(play.state(), SaleId{2})->earned == decimal("8"));
    // The first sale takes back its own 6.00, though the next one would earn 12.00 on as much.
    play.does(RecordReturn{SaleId{1}, 1, cents(60'00)});
    CHECK(find_sale(play.state(), SaleId{1})->taken_back == decimal("6"));
    balances(play);
}

TEST_CASE("how a figure came about can be told") {
    Terms terms = community();
    terms.sources["royalty.rounding"] = {"house rules, 3", "2012-01", Evidence::official};
    CommunityPlayer play(terms);
    play.sell();
    play.sale(1, cents(1'000'00));
    play.pass(quarter);
    const Statement s = statement(play.community());
    const auto told = explain(s, play.community().terms(), "royalties");
    REQUIRE(told);
    CHECK(to_text(*told) ==
          "royalties  300.00 USD = direct 30% from 2009-01-01, indirect 10% from 2009-01-01; each on its base on the "
          "day of the sale, brought to whole minor units on each product's running total, less returns  "
          "[royalty.rounding; house rules, 3, read 2012-01]\n"
          "  Lamp    300.00 USD = of 300 earned exactly\n"
          "  base  1,000.00 USD = gross less what each channel's base leaves out, at the sale  "
          "[royalty.channels; the community's own terms, agreed]\n"
          "    gross  1,000.00 USD = what all channels sold; 1 units are with buyers  "
          "[royalty.channels; the community's own terms, agreed]\n"
          "      Lamp  1,000.00 USD = 1 units\n");
    for (const std::string& name : figure_names()) {
        CAPTURE(name);
        CHECK(figure(s, name).has_value());
        CHECK(explain(s, play.community().terms(), name).has_value());
    }
    CHECK_FALSE(explain(s, play.community().terms(), "profit").has_value());
    CHECK_FALSE(figure(s, "profit").has_value());
}

TEST_SUITE_END();

}  // namespace crowdrules::community
