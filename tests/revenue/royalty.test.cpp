// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

const Date start = date("2010-01-01");

Dated<RateTerms> from_start(RateTerms terms) {
    return Dated<RateTerms>({{start, std::move(terms), {}}});
}

RateTerms flat(std::string_view percent, std::set<Deduction> less = {}) {
    return {.less = std::move(less), .tiers = {{std::nullopt, rate(percent)}}};
}

/// A contract of one account with one work that is sold in one way.
RoyaltyTerms one_channel(RateTerms rates) {
    return {USD, {{"account", {{"work", {{"sales", from_start(std::move(rates))}}}}}}, {RoundingMode::half_up}};
}

SalesLine sold(std::string_view gross, std::int64_t units = 1, std::map<Deduction, Money> deductions = {}) {
    return {"work", "sales", start, units, usd(gross), std::move(deductions)};
}

RoyaltyContract contract_of(RoyaltyTerms terms) {
    return RoyaltyContract::of(std::move(terms)).value();
}

AccountStatement settle(RoyaltyContract& contract, const std::vector<SalesLine>& sales) {
    return contract.settle(sales).value().accounts.front();
}

/// What one sale earns under one rate.
Money royalty(RateTerms rates, const SalesLine& sale) {
    RoyaltyContract contract = contract_of(one_channel(std::move(rates)));
    return settle(contract, {sale}).earned;
}

std::string first_refusal(const RoyaltyTerms& terms) {
    const Findings findings = defects_of(terms);
    return findings.empty() ? "" : findings.front().rule + ": " + findings.front().what;
}

bool balances(const AccountStatement& statement) {
    return statement.carried_before + statement.earned + statement.released ==
           statement.withheld + statement.recouped + statement.payable + statement.carried_after;
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("two channels, two rates, and the community's pot shared") {
        // Quirky in 2013: 30% direct, 10% of wholesale (businessknit 2013-06); the inventor has 40% of it
        // (blog.jamesbayley.com 2014). quirky-2013-two-channels
        RoyaltyContract contract = contract_of(
            {USD,
             {{"community",
               {{"Pivot Power", {{"direct", from_start(flat("30%"))}, {"indirect", from_start(flat("10%"))}}}}}},
             {RoundingMode::half_up}});
        const std::vector<SalesLine> sales{{"Pivot Power", "direct", start, 34, usd("1000.00")},
                                           {"Pivot Power", "indirect", start, 700, usd("10000.00")}};
        const Money community = contract.settle(sales).value().payable;
        CHECK(community == usd("1300.00"));
        const SharedPayment shared = share_once({{{PayeeId{1}, 40}, {PayeeId{2}, 60}}}, community);
        CHECK(shared.parts.at(0).amount == usd("520.00"));
        CHECK(shared.parts.at(1).amount == usd("780.00"));
    }

    TEST_CASE("what Pivot Power's published sales of 2011 were worth to its community, at the two ends") {
        // 165,784 units for 2,635,501.14 USD (town meeting 2012-02-16). quirky-2011-pivot-power-price, -bounds
        const Money revenue = usd("2635501.14");
        CHECK(revenue.units().quotient(Decimal(165784), 4, RoundingMode::half_up) == rate("15.8972"));
        const Money all_indirect = royalty(flat("10%"), sold("2635501.14", 165784));
        CHECK(all_indirect == usd("263550.11"));
        CHECK(royalty(flat("30%"), sold("2635501.14", 165784)) == usd("790650.34"));
        CHECK(share_once({{{PayeeId{1}, 40}, {PayeeId{2}, 60}}}, all_indirect).parts.at(0).amount == usd("105420.04"));
        CHECK(royalty(flat("4%"), sold("2635501.14", 165784)) == usd("105420.05"));  // 40% of 10%, rounded once
    }

    TEST_CASE("the base is gross less what the contract names, and nothing else") {
        // Quirky in 2016: 3% of retail less discounts, allowances and returns. quirky-2016-direct
        const SalesLine sale = sold("1000.00", 1,
                                    {{Deduction::discounts, usd("100.00")},
                                     {Deduction::allowances, usd("20.00")},
                                     {Deduction::returns, usd("80.00")}});
        CHECK(royalty(flat("3%", {Deduction::discounts, Deduction::allowances, Deduction::returns}), sale) ==
              usd("24.00"));
        CHECK(royalty(flat("3%", {Deduction::returns}), sale) == usd("27.60"));
        CHECK(royalty(flat("3%"), sale) == usd("30.00"));
        // Epic: the store's fee is not deductible (forums.unrealengine 368390)
        CHECK(royalty(flat("5%", {Deduction::returns}), sold("10.00", 1, {{Deduction::costs, usd("3.00")}})) ==
              usd("0.50"));
        // Kindle: 70% of list less 0.15 USD a megabyte, or 35% of list. kdp-70, kdp-35
        CHECK(royalty(flat("70%", {Deduction::costs}), sold("2.99", 1, {{Deduction::costs, usd("0.15") * 6}})) ==
              usd("1.46"));
        RoyaltyContract kindle = contract_of(one_channel(flat("35%")));
        CHECK(settle(kindle, {sold("0.99")}).lines.at(0).earned == rate("0.3465"));
        // Redbubble: 20% on a base price of 125 (help.redbubble.com 202270799). redbubble-markup
        CHECK(royalty(flat("20%"), sold("125.00")) == usd("25.00"));
        // a royalty on wholesale, not retail (inventorsmart.com 2023-01). wholesale-royalty
        CHECK(royalty(flat("5%"), sold("4.00")) == usd("0.20"));
    }

    TEST_CASE("a unit earns at least its floor") {
        // Threadless: 20% of net profit, at least 0.25, later 1.00 a unit. threadless-profit-min
        RateTerms rates = flat("20%");
        rates.floor_per_unit = usd("0.25");
        CHECK(royalty(rates, sold("4.00")) == usd("0.80"));
        rates.floor_per_unit = usd("1.00");
        CHECK(royalty(rates, sold("4.00")) == usd("1.00"));
        CHECK(royalty(rates, sold("40.00", 10)) == usd("10.00"));
        RoyaltyContract returned = contract_of(one_channel(rates));
        CHECK(settle(returned, {sold("4.00")}).earned == usd("1.00"));
        CHECK(settle(returned, {sold("-4.00", -1)}).earned == usd("-1.00"));  // at the floor too
        // BucketFeet: retail less base, at least 1.00. bucketfeet-base
        RateTerms bucketfeet = flat("100%", {Deduction::costs});
        bucketfeet.floor_per_unit = usd("1.00");
        CHECK(royalty(bucketfeet, sold("65.00", 1, {{Deduction::costs, usd("55.00")}})) == usd("10.00"));
        CHECK(royalty(bucketfeet, sold("55.50", 1, {{Deduction::costs, usd("55.00")}})) == usd("1.00"));
        // Motif: a dollar a trade
        RateTerms motif = flat("0%");
        motif.per_unit = usd("1.00");
        CHECK(royalty(motif, sold("900.00", 7)) == usd("7.00"));
        // LidLaunch: the first sale pays nothing, each later one 5.00; a unit counts five dollars
        RateTerms lids = {.tiers = {{1, rate("0")}, {std::nullopt, rate("1")}}, .basis = TierBasis::units};
        CHECK(royalty(lids, sold("15.00", 3)) == usd("10.00"));
    }

    TEST_CASE("marginal tiers apply to the slice inside each") {
        // Valve 2018: 70% to 10 million, 75% to 50 million, 80% above. steam-marginal
        const RateTerms steam{.tiers = {{10'000'000'00, rate("70%")}, {50'000'000'00, rate("75%")}, {{}, rate("80%")}}};
        CHECK(royalty(steam, sold("60000000.00")) == usd("45000000.00"));
        // Notre Dame: half of the first 100,000, a quarter above, after patent costs. notre-dame-tiers
        const RateTerms notre_dame{.less = {Deduction::costs}, .tiers = {{100'000'00, rate("50%")}, {{}, rate("25%")}}};
        const Money inventors = royalty(notre_dame, sold("180000.00", 1, {{Deduction::costs, usd("30000.00")}}));
        CHECK(inventors == usd("62500.00"));
        CHECK(allocate(inventors, std::vector<Weight>{1, 1}, {AllocationMethod::largest_remainder}).front() ==
              usd("31250.00"));
        // Unity's runtime fee as announced 2023-09-12, an install counting one dollar. unity-runtime-fee,
        // unity-personal
        const RateTerms standard{.tiers = {{100'000, rate("0.15")}, {{}, rate("0.075")}}, .basis = TierBasis::units};
        CHECK(royalty(standard, sold("200000.00", 200'000)) + royalty(flat("0.01"), sold("100000.00", 100'000)) ==
              usd("23500.00"));
        CHECK(royalty(flat("0.20"), sold("6000.00", 6'000)) == usd("1200.00"));
    }

    TEST_CASE("what counts towards the tiers is a named choice") {
        // Epic since 2020: 5% above a million in a product's life. unreal-lifetime
        const RateTerms lifetime{.tiers = {{1'000'000'00, rate("0%")}, {{}, rate("5%")}}};
        RoyaltyContract product = contract_of(one_channel(lifetime));
        CHECK(settle(product, {sold("900000.00")}).earned.is_zero());
        CHECK(settle(product, {sold("300000.00")}).earned == usd("10000.00"));
        // Epic in 2018: 3,000 free in each quarter, due 45 days after it. unreal-quarterly-2018
        const RateTerms quarterly{.tiers = {{3'000'00, rate("0%")}, {{}, rate("5%")}}, .counting = Counting::period};
        RoyaltyContract game = contract_of(one_channel(quarterly));
        CHECK(settle(game, {sold("10000.00")}).earned == usd("350.00"));
        CHECK(settle(game, {sold("10000.00")}).earned == usd("350.00"));
        // Steam counts from 2018-10-01 only
        const RateTerms old_rate = flat("70%");
        const RateTerms new_rate{.tiers = {{100'00, rate("70%")}, {{}, rate("75%")}}, .counting = Counting::since_row};
        RoyaltyTerms terms = one_channel(old_rate);
        terms.accounts[0].works[0].channels[0].rates =
            Dated<RateTerms>({{start, old_rate, {}}, {date("2018-10-01"), new_rate, {}}});
        RoyaltyContract steam = contract_of(terms);
        SalesLine later = sold("200.00");
        later.sold_on = date("2018-10-01");
        CHECK(settle(steam, {sold("500.00"), later}).earned == usd("350.00") + usd("70.00") + usd("75.00"));
    }

    TEST_CASE("a cliff takes the whole sale, or all sales") {
        // Bandcamp: 15%, and 10% once earlier sales have reached 5,000. bandcamp-cliff
        const RateTerms fee{.tiers = {{5'000'00, rate("15%")}, {{}, rate("10%")}}, .tiering = Tiering::at_sale};
        RoyaltyContract bandcamp = contract_of(one_channel(fee));
        settle(bandcamp, {sold("4995.00")});
        CHECK(settle(bandcamp, {sold("10.00")}).earned == usd("1.50"));
        CHECK(settle(bandcamp, {sold("10.00")}).earned == usd("1.00"));
        CHECK(settle(bandcamp, {sold("-10.00", -1)}).earned == usd("-1.00"));  // the last sale is the one returned
        // A return across the cliff is of the sale that began below it: what earned 15% is taken back at 15%.
        CHECK(settle(bandcamp, {sold("-10.00", -1)}).earned == usd("-1.50"));

        const RateTerms bonus{.tiers = {{100'00, rate("10%")}, {{}, rate("20%")}},
                              .tiering = Tiering::whole,
                              .counting = Counting::since_row};
        RoyaltyContract raised = contract_of(one_channel(bonus));
        CHECK(settle(raised, {sold("100.00")}).earned == usd("10.00"));
        CHECK(settle(raised, {sold("50.00")}).earned == usd("20.00"));  // 20% of 150.00 in all
        CHECK(settle(raised, {sold("-60.00", -1)}).earned == usd("-21.00"));
    }

    TEST_CASE("a cliff is where the tier before it is full, and a return retraces it") {
        // 10% for two copies, then 20%.
        const RateTerms two{
            .tiers = {{2, rate("10%")}, {{}, rate("20%")}}, .basis = TierBasis::units, .tiering = Tiering::at_sale};
        RoyaltyContract copies = contract_of(one_channel(two));
        CHECK(settle(copies, {sold("10.00", 1), sold("10.00", 1)}).earned == usd("2.00"));
        CHECK(settle(copies, {sold("10.00", 1)}).earned == usd("2.00"));
        CHECK(settle(copies, {sold("-10.00", -1)}).earned == usd("-2.00"));
        CHECK(settle(copies, {sold("-10.00", -1)}).earned == usd("-1.00"));
        CHECK(settle(copies, {sold("30.00", 3)}).earned == usd("3.00"));  // the first of them is the second copy
        CHECK(settle(copies, {sold("-30.00", -3)}).earned == usd("-3.00"));
    }

    TEST_CASE("a line is reported at once, and settled with its period") {
        RoyaltyContract told = contract_of(one_channel(flat("10%"))), settled = told;
        const std::vector<SalesLine> lines{sold("100.00"), sold("50.00"), sold("-30.00", -1)};
        for (const SalesLine& line : lines) REQUIRE(told.report(line).has_value());
        const auto refused = told.report(sold("-120.01", 0));
        REQUIRE(!refused);
        CHECK(refused.error().rule == "royalty.work.sales.returns");
        CHECK(told.settle().value() == settled.settle(lines).value());
        CHECK(told.settle().value().payable.is_zero());  // each line once
    }

    TEST_CASE("a contract taken over takes back sales from before it") {
        SalesLine earlier = sold("-150.00", -15);
        earlier.sold_on = date("2015-06-30");
        SalesLine first = sold("100.00", 10);
        first.sold_on = date("2015-12-31");
        RoyaltyContract contract = contract_of(one_channel(flat("10%")));
        const auto nothing_told = contract.report(earlier);
        REQUIRE(!nothing_told);  // nobody knows since when it was sold
        const AccountStatement statement = settle(contract, {first, earlier});
        CHECK(statement.payable.is_zero());
        CHECK(statement.carried_after == usd("-5.00"));
        // What was sold since is not touched by it, and is all that may come back of it.
        SalesLine back = first;
        back.units = -back.units;
        back.gross = -back.gross;
        CHECK(contract.report(back).has_value());
        CHECK_FALSE(contract.report(back).has_value());

        const RateTerms tiers{.tiers = {{100'00, rate("10%")}, {{}, rate("20%")}}};
        RoyaltyContract unknown = contract_of(one_channel(tiers));
        REQUIRE(unknown.report(first).has_value());
        const auto refused = unknown.report(earlier);
        REQUIRE(!refused);
        CHECK(refused.error().what ==
              "sold on 2015-06-30, before the first sale told, of 2015-12-31, in a tier that nobody knows");
    }

    TEST_CASE("escalators by units count what was sold before") {
        // A book at 10.00: 10% to 5,000 copies, 12% to 10,000, 15% above. escalator
        const RateTerms book{.tiers = {{5'000, rate("10%")}, {10'000, rate("12%")}, {{}, rate("15%")}},
                             .basis = TierBasis::units};
        const auto after = [&](std::int64_t before, std::int64_t units) {
            RoyaltyContract contract = contract_of(one_channel(book));
            if (before > 0) settle(contract, {{"work", "sales", start, before, usd("10.00") * before}});
            return settle(contract, {{"work", "sales", start, units, usd("10.00") * units}});
        };
        CHECK(after(0, 7'500).earned == usd("8000.00"));
        CHECK(after(0, 15'000).earned == usd("18500.00"));
        CHECK(after(4'000, 3'000).earned == usd("3400.00"));
        CHECK(after(4'500, 8'000).earned == usd("10250.00"));
        CHECK(after(5'000, 1).earned == usd("1.20"));
        const AccountStatement statement = after(4'500, 8'000);
        const std::vector<RateSlice>& slices = statement.lines.at(0).slices;
        REQUIRE(slices.size() == 3);
        CHECK(slices[0].units == 500);
        CHECK(slices[1].units == 5'000);
        CHECK(slices[2].units == 2'500);
        // formats of one book are channels of their own. formats
        RoyaltyContract formats = contract_of({USD,
                                               {{"author",
                                                 {{"book",
                                                   {{"physical", from_start(flat("10%"))},
                                                    {"ebook", from_start(flat("20%"))},
                                                    {"audio", from_start(flat("15%"))}}}}}},
                                               {RoundingMode::half_up}});
        CHECK(settle(formats, {{"book", "physical", start, 1, usd("10000.00")},
                               {"book", "ebook", start, 1, usd("2500.00")},
                               {"book", "audio", start, 1, usd("3000.00")}})
                  .earned == usd("1950.00"));
    }

    TEST_CASE("channels with one counter climb the tiers together") {
        RateTerms rates{
            .tiers = {{100, rate("10%")}, {{}, rate("20%")}}, .basis = TierBasis::units, .counter = "home sales"};
        RoyaltyTerms terms = one_channel(rates);
        terms.accounts[0].works[0].channels.push_back({"club", from_start(rates)});
        RoyaltyContract contract = contract_of(terms);
        CHECK(settle(contract, {sold("100.00", 100), {"work", "club", start, 10, usd("10.00")}}).earned ==
              usd("12.00"));
    }

    TEST_CASE("an advance is worked off by the payee's earnings") {
        const auto account_with = [](std::string_view percent, std::string_view advance) {
            RoyaltyContract contract = contract_of(one_channel(flat(percent)));
            REQUIRE(contract.advance("account", "advance", usd(advance)));
            return contract;
        };
        // recoup_full: 5,000 advanced, 2,000 of it recouped before, then 10,000 earned
        RoyaltyContract contract = account_with("100%", "5000.00");
        settle(contract, {sold("2000.00")});
        const AccountStatement statement = settle(contract, {sold("10000.00")});
        CHECK(statement.recouped == usd("3000.00"));
        CHECK(statement.payable == usd("7000.00"));
        // reprtoir: expenses of 10,000 against 15,000
        RoyaltyContract expenses = account_with("100%", "10000.00");
        CHECK(settle(expenses, {sold("15000.00")}).payable == usd("5000.00"));
        // label_50_50: half of gross works off 100,000, so 200,000 must come in, and the label has had 100,000 then
        RoyaltyContract label = account_with("50%", "100000.00");
        const AccountStatement recouped = settle(label, {sold("200000.00")});
        CHECK(recouped.unrecouped.is_zero());
        CHECK(recouped.payable.is_zero());
        CHECK(usd("200000.00") - recouped.earned == usd("100000.00"));
        // in the order in which they were added
        RoyaltyContract two = account_with("100%", "100.00");
        REQUIRE(two.advance("account", "studio", usd("50.00")));
        CHECK(settle(two, {sold("120.00")}).unrecouped == usd("30.00"));
        CHECK(two.recoupables("account").at(0).recouped == usd("100.00"));
        CHECK(two.recoupables("account").at(1).recouped == usd("20.00"));
        CHECK(two.advance("other", "x", usd("1.00")).error().rule == "royalty.advance");
        CHECK(two.advance("account", "x", usd("0.00")).error().rule == "royalty.advance");
    }

    TEST_CASE("works in one account recoup each other's advances, works in two do not") {
        // 200,000 advanced on each of two albums that earn 20,000 and 220,000 (mainekick 2011-06-08). cross_off
        const RoyaltyWork first{"first", {{"sales", from_start(flat("100%"))}}};
        const RoyaltyWork second{"second", {{"sales", from_start(flat("100%"))}}};
        const std::vector<SalesLine> sales{{"first", "sales", start, 1, usd("20000.00")},
                                           {"second", "sales", start, 1, usd("220000.00")}};
        RoyaltyContract apart = contract_of({USD, {{"1", {first}}, {"2", {second}}}, {RoundingMode::half_up}});
        REQUIRE(apart.advance("1", "advance", usd("200000.00")));
        REQUIRE(apart.advance("2", "advance", usd("200000.00")));
        const RoyaltyStatement statement = apart.settle(sales).value();
        CHECK(statement.accounts[0].unrecouped == usd("180000.00"));
        CHECK(statement.accounts[0].payable.is_zero());
        CHECK(statement.accounts[1].payable == usd("20000.00"));
        CHECK(statement.payable == usd("20000.00"));

        RoyaltyContract crossed = contract_of({USD, {{"both", {first, second}}}, {RoundingMode::half_up}});
        REQUIRE(crossed.advance("both", "advances", usd("400000.00")));
        const RoyaltyStatement together = crossed.settle(sales).value();
        CHECK(together.payable.is_zero());
        CHECK(together.accounts[0].unrecouped == usd("160000.00"));
    }

    TEST_CASE("a reserve is kept, counted and released in its period") {
        RoyaltyTerms terms = one_channel(flat("100%"));
        terms.reserve = ReturnsReserve{{rate("10%")}, 1};
        // easyroyaltiesusa.com 2015-03. reserve-two-periods
        RoyaltyContract contract = contract_of(terms);
        const AccountStatement first = settle(contract, {sold("1000.00")});
        const AccountStatement second = settle(contract, {sold("2000.00")});
        CHECK(first.payable == usd("900.00"));
        CHECK(first.withheld == usd("100.00"));
        CHECK(first.released.is_zero());
        CHECK(second.payable == usd("1900.00"));
        CHECK(second.withheld == usd("200.00"));
        CHECK(second.released == usd("100.00"));
        CHECK(contract.reserved() == usd("200.00"));
        // 2013-09: 221.38 withheld of 1,106.89, and 46.84 of an earlier period recovered. reserve-source-penny-error
        terms.reserve->rates = {rate("20%")};
        RoyaltyContract penny = contract_of(terms);
        settle(penny, {sold("234.20")});
        const AccountStatement printed = settle(penny, {sold("1106.89")});
        CHECK(printed.withheld == usd("221.38"));
        CHECK(printed.released == usd("46.84"));
        CHECK(printed.withheld - printed.released == usd("174.54"));
        CHECK(printed.payable == usd("932.35"));  // the source prints 932.36
        // 2011-02: on sales or on earnings, the same at one rate. reserve-sales-vs-earnings
        RoyaltyTerms on_earnings = one_channel(flat("10%"));
        on_earnings.reserve = ReturnsReserve{{rate("10%")}, 1};
        RoyaltyContract earnings = contract_of(on_earnings);
        CHECK(settle(earnings, {sold("10000.00")}).payable == usd("900.00"));
        CHECK(royalty(flat("10%", {Deduction::allowances}),
                      sold("10000.00", 1, {{Deduction::allowances, usd("1000.00")}})) == usd("900.00"));
    }

    TEST_CASE("a reserve may fall by period, spare a channel, and come before or after recoupment") {
        RoyaltyTerms terms = one_channel(flat("100%"));
        terms.accounts[0].works[0].channels.push_back({"ebook", from_start(flat("100%")), false});
        terms.reserve = ReturnsReserve{{rate("40%"), rate("20%"), rate("0%")}, 2};
        RoyaltyContract contract = contract_of(terms);
        const std::vector<SalesLine> sales{sold("100.00"), {"work", "ebook", start, 1, usd("100.00")}};
        CHECK(settle(contract, sales).withheld == usd("40.00"));
        CHECK(settle(contract, sales).withheld == usd("20.00"));
        const AccountStatement third = settle(contract, sales);
        CHECK(third.withheld.is_zero());
        CHECK(third.released == usd("40.00"));
        CHECK(settle(contract, sales).withheld.is_zero());

        const auto with_order = [](ReserveOrder order) {
            RoyaltyTerms ordered = one_channel(flat("100%"));
            ordered.reserve = ReturnsReserve{{rate("10%")}, 1, order};
            RoyaltyContract one = contract_of(ordered);
            REQUIRE(one.advance("account", "advance", usd("500.00")));
            return settle(one, {sold("1000.00")});
        };
        CHECK(with_order(ReserveOrder::before_recoupment).payable == usd("400.00"));  // 1000 - 100 - 500
        CHECK(with_order(ReserveOrder::after_recoupment).payable == usd("450.00"));   // (1000 - 500) - 10%
    }

    TEST_CASE("returns beyond sales are worked off by later earnings, and shown once") {
        // Sales of 1,000 and returns of 1,500: no royalty this period. returns_exceed_sales
        RoyaltyContract contract = contract_of(one_channel(flat("10%", {Deduction::returns})));
        settle(contract, {sold("2000.00", 20)});
        const AccountStatement bad = settle(contract, {sold("1000.00", -5, {{Deduction::returns, usd("1500.00")}})});
        CHECK(bad.payable.is_zero());
        CHECK(bad.carried_after == usd("-50.00"));
        const AccountStatement good = settle(contract, {sold("700.00")});
        CHECK(good.carried_before == usd("-50.00"));
        CHECK(good.payable == usd("20.00"));
        CHECK(good.carried_after.is_zero());
    }

    TEST_CASE("a return is taken back at the rate of its sale") {
        RoyaltyTerms terms = one_channel(flat("10%"));
        terms.accounts[0].works[0].channels[0].rates =
            Dated<RateTerms>({{start, flat("10%"), {}}, {date("2012-01-01"), flat("20%"), {}}});
        RoyaltyContract contract = contract_of(terms);
        settle(contract, {sold("100.00")});
        CHECK(settle(contract, {sold("-100.00", -1)}).earned == usd("-10.00"));
        const auto too_much = contract.settle(std::vector<SalesLine>{sold("-0.01", 0)});
        REQUIRE(!too_much);
        CHECK(too_much.error().rule == "royalty.work.sales.returns");
    }

    TEST_CASE("a cap is met exactly and never passed") {
        RoyaltyTerms terms = one_channel(flat("33.3%"));
        terms.accounts[0].cap = usd("100.00");
        RoyaltyContract contract = contract_of(terms);
        Money paid = Money::zero(USD);
        for (int period = 0; period < 5; ++period) paid += settle(contract, {sold("77.77")}).payable;
        CHECK(paid == usd("100.00"));
        const AccountStatement after = settle(contract, {sold("77.77")});
        CHECK(after.payable.is_zero());
        CHECK(after.above_cap == usd("25.89"));
    }

    TEST_CASE("a guarantee tops up a period that earns less") {
        RoyaltyTerms terms = one_channel(flat("10%"));
        terms.guarantee = usd("50.00");
        RoyaltyContract contract = contract_of(terms);
        const RoyaltyStatement weak = contract.settle(std::vector<SalesLine>{sold("300.00")}).value();
        CHECK(weak.top_up == usd("20.00"));
        CHECK(weak.payable == usd("50.00"));
        CHECK(contract.settle(std::vector<SalesLine>{sold("800.00")}).value().payable == usd("80.00"));
    }

    TEST_CASE("rounding on each line and on the running total differ, and both are there") {
        RoyaltyTerms terms = one_channel(flat("35%"));
        RoyaltyContract running = contract_of(terms);
        terms.rounded = RoyaltyRounding::each_line;
        RoyaltyContract each = contract_of(terms);
        const std::vector<SalesLine> sales(100, sold("0.99"));
        CHECK(settle(running, sales).earned == usd("34.65"));
        CHECK(settle(each, sales).earned == usd("35.00"));
    }

    TEST_CASE("a contract that cannot be settled says why") {
        CHECK(first_refusal(one_channel(flat("101%"))) == "royalty.work.sales.rate: a rate of 101%");
        CHECK(first_refusal(one_channel(flat("-1%"))) == "royalty.work.sales.rate: a rate of -1%");
        CHECK(first_refusal(one_channel({})) == "royalty.work.sales.tiers: no rate");
        const auto tiers = [](std::vector<RateTier> rates, Tiering tiering = Tiering::marginal,
                              Counting counting = Counting::lifetime) {
            return first_refusal(one_channel({.tiers = std::move(rates), .tiering = tiering, .counting = counting}));
        };
        CHECK(tiers({{200, rate("1%")}, {100, rate("2%")}, {{}, rate("3%")}}) ==
              "royalty.work.sales.tiers: tier 2 does not end above the one before it");
        CHECK(tiers({{200, rate("1%")}}) == "royalty.work.sales.tiers: tier 1 does not end above the one before it");
        CHECK(tiers({{{}, rate("1%")}, {{}, rate("1%")}}) ==
              "royalty.work.sales.tiers: tier 1 does not end above the one before it");
        CHECK(tiers({{100, rate("2%")}, {{}, rate("1%")}}, Tiering::whole, Counting::period).find("tiering") !=
              std::string::npos);
        CHECK(tiers({{{}, rate("2%")}}, Tiering::whole).find("tiering") != std::string::npos);
        CHECK(tiers({{100, rate("1%")}, {{}, rate("2%")}}, Tiering::whole, Counting::period).empty());

        RoyaltyTerms terms = one_channel(flat("10%"));
        terms.accounts[0].cap = eur("1.00");
        terms.reserve = ReturnsReserve{{}, 0};
        terms.guarantee = usd("-1.00");
        terms.rounding.step = 0;
        CHECK(defects_of(terms).size() == 5);
        CHECK(first_refusal({USD, {}, {RoundingMode::half_up}}) == "royalty.accounts: no account");
        RoyaltyTerms twice = one_channel(flat("10%"));
        twice.accounts.push_back(twice.accounts[0]);
        CHECK(defects_of(twice).size() == 2);  // the account's name and the work's
    }

    TEST_CASE("a period with a bad line changes nothing") {
        RoyaltyContract contract = contract_of(one_channel(flat("10%")));
        settle(contract, {sold("100.00")});
        const auto rule_of = [&](SalesLine bad) {
            const auto refused = contract.settle(std::vector<SalesLine>{sold("100.00"), std::move(bad)});
            return refused ? "" : refused.error().rule;
        };
        CHECK(rule_of({"other", "sales", start, 1, usd("1.00")}) == "royalty.other.sales");
        CHECK(rule_of({"work", "web", start, 1, usd("1.00")}) == "royalty.work.web");
        CHECK(rule_of({"work", "sales", date("2009-12-31"), 1, usd("1.00")}) == "royalty.work.sales");
        CHECK(rule_of({"work", "sales", start, 1, eur("1.00")}) == "royalty.work.sales");
        CHECK(rule_of({"work", "sales", start, 1, usd("-300.00")}) == "royalty.work.sales.returns");
        CHECK_THROWS_AS(
            static_cast<void>(contract.settle(std::vector<SalesLine>{sold("1.00", INT64_MAX), sold("1.00", 1)})),
            Overflow);
        CHECK(contract.periods() == 1);
        CHECK(settle(contract, {sold("-100.00", -1)}).earned == usd("-10.00"));
    }

    TEST_CASE("a statement explains itself down to the rate of each line") {
        RoyaltyTerms terms = one_channel(flat("10%"));
        terms.accounts[0].works[0].channels[0].rates =
            Dated<RateTerms>({{start, flat("10%"), {"contract, clause 7", "2010-01"}}});
        terms.reserve = ReturnsReserve{{rate("10%")}, 1};
        RoyaltyContract contract = contract_of(terms);
        REQUIRE(contract.advance("account", "advance", usd("50.00")));
        const std::string text = to_text(explain(contract.settle(std::vector<SalesLine>{sold("1000.00")}).value()));
        for (const char* expected : {"payable  40.00 USD", "10% of 1,000.00 USD", "contract, clause 7", "withheld",
                                     "-10.00 USD", "recouped", "-50.00 USD"})
            CHECK_MESSAGE(text.find(expected) != std::string::npos, expected << "\n" << text);
    }

    TEST_CASE("every statement balances, and periods can be cut anywhere") {
        std::mt19937_64 random(20100101);
        const auto below = [&](std::int64_t limit) {
            return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
        };
        for (int run = 0; run < 200; ++run) {
            RateTerms rates;
            std::int64_t border = 0;
            for (std::int64_t tier = below(4); tier > 0; --tier)
                rates.tiers.push_back({border += 1 + below(50'000), Decimal::of(below(10'000), 4)});
            rates.tiers.push_back({std::nullopt, Decimal::of(below(10'000), 4)});
            RoyaltyTerms terms = one_channel(rates);
            if (below(2) == 0) terms.accounts[0].cap = Money(below(100'000), USD);
            RoyaltyTerms reserved = terms;
            reserved.reserve =
                ReturnsReserve{{Decimal::of(below(100), 2), Decimal::of(below(100), 2)},
                               static_cast<std::size_t>(1 + below(3)),
                               below(2) == 0 ? ReserveOrder::before_recoupment : ReserveOrder::after_recoupment};
            RoyaltyContract whole = contract_of(terms), cut = whole, full = contract_of(reserved);
            const Money advance(1 + below(20'000), USD);
            for (RoyaltyContract* contract : {&whole, &cut, &full})
                REQUIRE(contract->advance("account", "advance", advance));
            Money once = Money::zero(USD), twice = Money::zero(USD);
            std::int64_t left = 0;
            for (int period = 0; period < 8; ++period) {
                const std::int64_t first = below(20'000), second = below(20'000) - std::min<std::int64_t>(left, 5'000);
                left += first + second;
                if (left < 0) break;
                const SalesLine a{"work", "sales", start, 1, Money(first, USD)};
                const SalesLine b{"work", "sales", start, 1, Money(second, USD)};
                const AccountStatement statement = settle(full, {a, b});
                CHECK(balances(statement));
                CHECK(!statement.payable.is_negative());
                once += settle(whole, {a, b}).earned;
                twice += settle(cut, {a}).earned;
                twice += settle(cut, {b}).earned;
                CHECK(once == twice);
                if (terms.accounts[0].cap) CHECK(once <= *terms.accounts[0].cap);
            }
        }
    }
}
