// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/share.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

constexpr PayeeId anna{1}, ben{2}, chris{3}, store{9}, bank{10};

FeeSchedule percent_fee(std::string name, std::string_view percent, RoundingMode mode = RoundingMode::half_even) {
    return {std::move(name), {{0, rate(percent), 0}}, Banding::whole, {}, {}, {mode}, {}, {}};
}

SplitTerms of_hundred(std::vector<Share> shares) {
    return {.shares = std::move(shares)};
}

SplitTerms relative(std::vector<Share> shares, Dividing dividing = Dividing::running_total,
                    Split split = {AllocationMethod::largest_remainder}) {
    return {std::move(shares), Totalling::relative, 0, {}, {}, dividing, split};
}

std::vector<Share> weighted(const std::vector<Weight>& weights) {
    std::vector<Share> shares;
    for (std::size_t i = 0; i < weights.size(); ++i) shares.push_back({PayeeId{i + 1}, weights[i]});
    return shares;
}

/// The parts in minor units.
std::vector<std::int64_t> minor(const SharedPayment& shared) {
    std::vector<std::int64_t> amounts;
    for (const SharePart& part : shared.parts) amounts.push_back(part.amount.minor());
    return amounts;
}

std::vector<std::int64_t> split_once(std::int64_t amount, const SplitTerms& terms, Currency currency = USD) {
    return minor(share_once(terms, Money(amount, currency)));
}

using Parts = std::vector<std::int64_t>;

/// Everything that went somewhere: equal to the payment, or a cent was lost.
Money accounted_for(const SharedPayment& shared) {
    Money sum = shared.undivided;
    for (const FeeTaken& fee : shared.fees) sum += fee.paid;
    for (const SharePart& part : shared.parts) sum += part.amount;
    return sum;
}

std::string first_refusal(const SplitTerms& terms) {
    const Findings findings = defects_of(terms);
    return findings.empty() ? "" : findings.front().rule + ": " + findings.front().what;
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("the split in force on the day of the sale holds, after the fees off the top") {
        SplitTerms first = of_hundred({{anna, 60}, {ben, 40}});
        first.fees = {{percent_fee("store", "15%"), store}};
        SplitTerms second = first;
        second.shares = {{anna, 50}, {ben, 30}, {chris, 20}};
        Sharing sharing =
            Sharing::of(SplitHistory({{date("2012-01-01"), first, {}}, {date("2013-01-01"), second, {}}}), USD).value();

        const SharedPayment later = sharing.share("", date("2013-01-01"), usd("100.00")).value();
        const SharedPayment earlier = sharing.share("", date("2012-12-31"), usd("100.00")).value();  // arrives late

        CHECK(earlier.fees.at(0).paid == usd("15.00"));
        CHECK(minor(earlier) == Parts{5100, 3400});
        CHECK(minor(later) == Parts{4250, 2550, 1700});
        CHECK(sharing.total_of(anna) == usd("93.50"));
    }

    TEST_CASE("an item with splits of its own goes before the default, from its first day on") {
        Sharing sharing =
            Sharing::of(always(of_hundred({{anna, 100}})), USD,
                        {{"duet", SplitHistory({{date("2020-06-01"), of_hundred({{anna, 50}, {ben, 50}}), {}}})}})
                .value();
        CHECK(minor(sharing.share("duet", date("2020-06-01"), usd("10.00")).value()) == Parts{500, 500});
        CHECK(minor(sharing.share("duet", date("2020-05-31"), usd("10.00")).value()) == Parts{1000});
        CHECK(minor(sharing.share("solo", date("2020-06-01"), usd("10.00")).value()) == Parts{1000});
    }

    TEST_CASE("weights total what they must, leave a rest to somebody, or are read relative to each other") {
        // Split sheets: A writes the music, B and C the lyrics (split-sheet.com).
        CHECK(split_once(10000, of_hundred({{anna, 50}, {ben, 25}, {chris, 25}})) == Parts{5000, 2500, 2500});
        CHECK(split_once(1000, {{{anna, 30}}, Totalling::rest_to, 100, ben}) == Parts{300, 700});
        // Podcasting 2.0 "value" tag: shares of 380 (podcast-namespace, value.md).
        CHECK(split_once(3000, relative(weighted({190, 152, 38}))) == Parts{1500, 1200, 300});
        // 2009: everybody but the originator shares the 60% that the originator's 40% leaves (fastcompany.com 1289428).
        CHECK(split_once(30000, of_hundred({{anna, 40}, {ben, 60}})) == Parts{12000, 18000});
    }

    TEST_CASE("the buckets of 2012: evaluation 60, catalysts 10 beside it, 30 left for later phases") {
        // aquirkyblog.com/author/nathan, 2012-03-28 (quirky-2012-buckets)
        const PayeeId evaluation{1}, catalysts{2}, later_phases{3};
        const SplitTerms with{{{evaluation, 60}, {catalysts, 10}}, Totalling::rest_to, 100, later_phases};
        const SplitTerms without{{{evaluation, 60}}, Totalling::rest_to, 100, later_phases};
        CHECK(split_once(100, with) == Parts{60, 10, 30});
        CHECK(split_once(100, without) == Parts{60, 40});
    }

    TEST_CASE("published splits come out as published") {
        // Humble Bundle 2021, 85/5/10 (gamepur.com)
        CHECK(split_once(2500, of_hundred(weighted({85, 5, 10}))) == Parts{2125, 125, 250});
        // Zazzle: the maker has 50 times an element's part (help.zazzle.com 360037785973)
        CHECK(split_once(1100, relative(weighted({50, 1, 1, 1, 1, 1}))) == Parts{1000, 20, 20, 20, 20, 20});
        // ... and the elements together at most a tenth: 12 of them leave the maker 90%
        std::vector<Weight> capped(13, 1);
        capped[0] = 108;
        const Parts twelve = split_once(1200, relative(weighted(capped)));
        CHECK(twelve[0] == 1080);
        CHECK(std::all_of(twelve.begin() + 1, twelve.end(), [](std::int64_t each) { return each == 10; }));
        // Jujups: item prices once each, and 10% of their sum for the composer (jujups.com designers FAQ)
        CHECK(split_once(165, relative(weighted({120, 30, 15}))) == Parts{120, 30, 15});
        // Slicing Pie: 100 hours x 50 x 2 against 2,500 spent x 4 (support.slicingpie.com)
        CHECK(split_once(10000, relative(weighted({100 * 50 * 2, 2500 * 4}))) == Parts{5000, 5000});
        // The Fabricant's secondary sales: a nominal 15% is 14.99 (intercom.help/the-fabricant)
        SplitTerms fabricant = of_hundred({{anna, 100}});
        for (const char* name : {"designer", "artist", "maker"})
            fabricant.fees.push_back({percent_fee(name, "3.33%"), ben});
        fabricant.fees.push_back({percent_fee("platform", "5%"), store});
        CHECK(split_once(10000, fabricant) == Parts{10000 - 1499});
    }

    TEST_CASE("the method of the spare cent decides, and each peer's is there by name") {
        const auto each = [](std::vector<Weight> weights, AllocationMethod spare) {
            return relative(weighted(weights), Dividing::each_payment, {spare});
        };
        // dinerojs/dinero.js
        CHECK(split_once(1003, each({49, 51}, AllocationMethod::first)) == Parts{492, 511});
        CHECK(split_once(1003, each({49, 51}, AllocationMethod::largest_remainder)) == Parts{491, 512});
        // RubyMoney/money 1033
        std::vector<Decimal> ratios(7, rate("1.1818583143661"));
        ratios.push_back(rate("1.170126087450276"));
        ratios.resize(12, Decimal(1));
        const std::vector<Weight> ruby = weights_of(ratios).value();
        CHECK(split_once(700273, each(ruby, AllocationMethod::largest_remainder)) ==
              Parts{61565, 61565, 61565, 61565, 61565, 61565, 61565, 60954, 52091, 52091, 52091, 52091});
        // Gumroad: the affiliate's credit is cut, the seller has the rest (antiwork/gumroad, purchase_balances_spec.rb)
        SplitTerms gumroad{{{anna, 8500}, {ben, 1500}}, Totalling::must_total,    10000, {}, {},
                           Dividing::each_payment,      {AllocationMethod::first}};
        FeeSchedule fee = percent_fee("gumroad", "12.9%", RoundingMode::half_up);
        fee.bands.front().fixed = 80;
        gumroad.fees = {{fee, store}};
        const SharedPayment sale = share_once(gumroad, usd("1.00"));
        CHECK(sale.fees.at(0).paid == usd("0.93"));
        CHECK(minor(sale) == Parts{6, 1});
    }

    TEST_CASE("rotating moves on by one payee with every payment") {
        // liberapay, test_resolve_partial_convergence; the platforms' case WX-048
        Sharing sharing =
            Sharing::of(always(relative(weighted({50, 50}), Dividing::each_payment, {AllocationMethod::rotating})), EUR)
                .value();
        const Date day = date("2020-01-01");
        CHECK(minor(sharing.share("", day, eur("0.99")).value()) == Parts{50, 49});
        CHECK(minor(sharing.share("", day, eur("0.99")).value()) == Parts{49, 50});
        CHECK(minor(sharing.share("", day, eur("0.99")).value()) == Parts{50, 49});
    }

    TEST_CASE("what is cut off stays in the pot, for ever or until the running total reaches it") {
        // 0xSplits, SplitMain.sol: parts of a million are cut on each payment
        const SplitTerms zero_x{weighted({333333, 333333, 333334}), Totalling::must_total, 1'000'000, {}, {},
                                Dividing::each_payment_cut};
        const SharedPayment dusty = share_once(zero_x, Money(100, USD));
        CHECK(minor(dusty) == Parts{33, 33, 33});
        CHECK(dusty.undivided == Money(1, USD));
        SplitTerms with_fee{weighted({500000, 500000}), Totalling::must_total, 1'000'000, {}, {},
                            Dividing::each_payment_cut};
        with_fee.fees = {{percent_fee("distributor", "0.01", RoundingMode::down), store}};
        const SharedPayment fee = share_once(with_fee, Money(1'000'000, USD));
        CHECK(fee.fees.at(0).paid == Money(10'000, USD));
        CHECK(minor(fee) == Parts{495'000, 495'000});
        // OpenZeppelin issue 716: one ether in 35 parts leaves 3 wei
        const Currency ether = Currency::own("ETH", 18).value();
        const SharedPayment wei =
            share_once(relative(weighted({14, 14, 1, 1, 1, 1, 1, 1, 1}), Dividing::running_total_cut),
                       Money(1'000'000'000'000'000'000, ether));
        CHECK(minor(wei).front() == 400'000'000'000'000'000);
        CHECK(minor(wei).back() == 28'571'428'571'428'571);
        CHECK(wei.undivided == Money(3, ether));
        // OpenZeppelin PaymentSplitter.sol: floor(received x shares / total) - released
        Sharing splitter = Sharing::of(always(relative(weighted({1, 1, 1}), Dividing::running_total_cut)), USD).value();
        const Date day = date("2022-01-01");
        CHECK(minor(splitter.share("", day, Money(10, USD)).value()) == Parts{3, 3, 3});
        CHECK(splitter.pot() == Money(1, USD));
        CHECK(minor(splitter.share("", day, Money(10, USD)).value()) == Parts{3, 3, 3});
        CHECK(minor(splitter.share("", day, Money(10, USD)).value()) == Parts{4, 4, 4});
        CHECK(splitter.pot().is_zero());
        CHECK(splitter.total_of(PayeeId{2}) == Money(10, USD));
    }

    TEST_CASE("a fee after another is computed on what that one leaves") {
        // Patreon's two readings: both on the whole, or the platform's on the net (WX-010)
        FeeSchedule processing = percent_fee("processing", "3.9%");
        processing.bands.front().fixed = 30;
        SplitTerms both = of_hundred({{anna, 100}});
        both.fees = {{percent_fee("platform", "8%"), store}, {processing, bank}};
        CHECK(split_once(1000, both) == Parts{1000 - 149});
        SplitTerms on_net = both;
        on_net.fees.front().after = {"processing"};
        const SharedPayment net = share_once(on_net, usd("10.00"));
        CHECK(net.fees.at(0).name == "processing");  // though it is listed second
        CHECK(net.fees.at(0).paid == usd("0.69"));
        CHECK(net.fees.at(1).base == usd("9.31"));
        CHECK(net.fees.at(1).paid == usd("0.74"));
        // WeBudding cuts its fee to the cent (WX-101)
        SplitTerms webudding = of_hundred({{anna, 100}});
        webudding.fees = {{percent_fee("platform", "20%", RoundingMode::down), store}};
        CHECK(split_once(11286, webudding) == Parts{9029});
    }

    TEST_CASE("tax that the payment contains is taken out exactly, and returned with it") {
        SplitTerms terms = of_hundred({{anna, 100}});
        terms.fees = {{percent_fee("tax", "15%", RoundingMode::half_up), bank},
                      {percent_fee("store", "10%", RoundingMode::half_up), store, {"tax"}}};
        terms.fees[0].included = true;
        const SharedPayment sale = share_once(terms, Money(115'00, USD));
        CHECK(sale.fees[0].paid == Money(15'00, USD));
        CHECK(sale.fees[0].base == Money(100'00, USD));  // 15% of it
        CHECK(sale.fees[1].paid == Money(10'00, USD));
        CHECK(minor(sale) == Parts{90'00});
        terms.fees[0].schedule.bands.front().fixed = 30;
        CHECK(first_refusal(terms) == "split.fees.tax: an amount contains a tax at one rate, and this is more");
    }

    TEST_CASE("a fee claims what it claims and is paid what there is") {
        FeeSchedule minimum = percent_fee("platform", "30%");
        minimum.minimum = 50;
        SplitTerms terms = of_hundred({{anna, 100}});
        terms.fees = {{minimum, store}};
        CHECK(split_once(1000, terms) == Parts{700});  // elementary/houston PR 352: 10 dollars are 3 and 7
        const SharedPayment small = share_once(terms, usd("0.20"));
        CHECK(small.fees.at(0).claim == usd("0.50"));
        CHECK(small.fees.at(0).paid == usd("0.20"));
        CHECK(minor(small) == Parts{0});

        terms.fees.front().level = FeeLevel::running_total;
        Sharing sharing = Sharing::of(always(terms), USD).value();
        const Date day = date("2020-01-01");
        CHECK(minor(sharing.share("", day, usd("0.20")).value()) == Parts{0});
        CHECK(minor(sharing.share("", day, usd("1.00")).value()) == Parts{70});  // 0.30 of the minimum was still owed
    }

    TEST_CASE("a share in dispute is counted, held back and settled by agreement") {
        Sharing sharing = Sharing::of(always(of_hundred({{anna, 50}, {ben, 50}})), USD).value();
        const Date day = date("2020-01-01");
        REQUIRE(sharing.hold("song", ben));
        const SharedPayment shared = sharing.share("song", day, usd("10.00")).value();
        CHECK(!shared.parts.at(0).held);
        CHECK(shared.parts.at(1).held);
        REQUIRE(sharing.share("another", day, usd("10.00")));
        CHECK(sharing.held() == usd("5.00"));

        const std::vector<Share> agreed{{ben, 1}, {chris, 4}};
        const auto parts = sharing.release("song", ben, agreed).value();
        CHECK(parts.at(0).amount == usd("1.00"));
        CHECK(parts.at(1).amount == usd("4.00"));
        CHECK(sharing.held().is_zero());
        CHECK(sharing.total_of(ben) == usd("6.00"));
        CHECK(sharing.total_of(chris) == usd("4.00"));
        CHECK(!sharing.share("song", day, usd("10.00")).value().parts.at(1).held);
    }

    TEST_CASE("a disputed song pays nobody until it is settled") {
        // ajflegal: where writers disagree, societies hold everything
        Sharing sharing = Sharing::of(always(of_hundred({{anna, 50}, {ben, 50}})), USD).value();
        REQUIRE(sharing.hold("song", PayeeId{}));
        CHECK(sharing.hold("song", anna).error().rule == "sharing.hold");
        REQUIRE(sharing.share("song", date("2020-01-01"), usd("0.01")));
        CHECK(sharing.held() == usd("0.01"));
        const std::vector<Share> bad{{anna, 0}};
        CHECK(sharing.release("song", PayeeId{}, bad).error().rule == "sharing.release");
        CHECK(sharing.release("song", anna).error().rule == "sharing.release");
        CHECK(sharing.held() == usd("0.01"));
        const auto parts = sharing.release("song", PayeeId{}).value();
        Money sum = Money::zero(USD);
        for (const SharePart& part : parts) sum += part.amount;
        CHECK(sum == usd("0.01"));
    }

    TEST_CASE("a split with retroactive effect is refused until somebody is named to give back") {
        // The catalyst bucket of 2012-03-28 was applied retroactively to two named products (aquirkyblog.com).
        const PayeeId inventor{1}, phases{2}, catalyst{3}, company{4};
        const SplitTerms before{{{inventor, 60}, {phases, 40}}};
        const SplitTerms after{{{inventor, 60}, {phases, 30}, {catalyst, 10}}};
        Sharing sharing = Sharing::of(SplitHistory({{date("2011-01-01"), before, {}}}), USD).value();
        REQUIRE(sharing.share("Double Sided Iron", date("2012-01-10"), usd("100.00")));
        REQUIRE(sharing.share("Double Sided Iron", date("2011-06-10"), usd("50.00")));
        REQUIRE(sharing.share("Cordies", date("2012-01-10"), usd("100.00")));
        const DatedRow<SplitTerms> row{date("2012-01-01"), after, {}};

        const auto refused = sharing.change("Double Sided Iron", row);
        REQUIRE(!refused);
        CHECK(refused.error().rule == "split.change");
        CHECK(sharing.total_of(phases) == usd("100.00"));

        Sharing by_company = sharing;
        const auto parts = by_company.change("Double Sided Iron", row, Recovery{company}).value();
        CHECK(by_company.total_of(catalyst) == usd("10.00"));
        CHECK(by_company.total_of(phases) == usd("100.00"));  // keep what they had
        CHECK(by_company.total_of(company) == usd("-10.00"));
        CHECK(parts.size() == 2);

        const auto back = sharing.change("Double Sided Iron", row, Recovery{}).value();
        CHECK(sharing.total_of(phases) == usd("90.00"));
        CHECK(sharing.total_of(catalyst) == usd("10.00"));
        Money sum = Money::zero(USD);
        for (const SharePart& part : back) sum += part.amount;
        CHECK(sum.is_zero());
        CHECK(minor(sharing.share("Cordies", date("2012-02-01"), usd("100.00")).value()) == Parts{6000, 4000});
    }

    TEST_CASE("a change of days to come needs nobody to give back, and history cannot be edited") {
        Sharing sharing = Sharing::of(SplitHistory({{date("2020-01-01"), of_hundred({{anna, 100}}), {}}}), USD).value();
        REQUIRE(sharing.share("", date("2020-03-01"), usd("1.00")));
        const SplitTerms shared = of_hundred({{anna, 50}, {ben, 50}});
        CHECK(sharing.change("", {date("2020-01-01"), shared, {}}).error().rule == "split.from");
        CHECK(sharing.change("", {date("2020-04-01"), of_hundred({{anna, 99}}), {}}).error().rule == "split.whole");
        CHECK(sharing.change("", {date("2020-03-02"), shared, {}}).value().empty());
        CHECK(minor(sharing.share("", date("2020-03-02"), usd("1.00")).value()) == Parts{50, 50});
        CHECK(minor(sharing.share("", date("2020-03-01"), usd("1.00")).value()) == Parts{100});
        SplitTerms with_fee = shared;
        with_fee.fees = {{percent_fee("store", "15%"), store}};
        CHECK(sharing.change("", {date("2020-02-01"), with_fee, {}}, Recovery{}).error().rule == "split.change");
    }

    TEST_CASE("shares of a whole made of parts multiply exactly") {
        // DistroKid: 50% of one of two tracks is 25% of the album (support.distrokid.com)
        const SplitTerms solo = of_hundred({{anna, 100}}), duet = of_hundred({{anna, 50}, {ben, 50}});
        const std::vector<std::pair<Weight, SplitTerms>> album{{1, solo}, {1, duet}};
        CHECK(combined(album).value().shares == std::vector<Share>{{anna, 3}, {ben, 1}});
        // Quirky 2009: 40% of the community's 30% is 12% of sales (fastcompany.com 1289428)
        const SplitTerms company = of_hundred({{store, 100}}), community = of_hundred({{anna, 40}, {ben, 60}});
        const std::vector<std::pair<Weight, SplitTerms>> sales{{70, company}, {30, community}};
        CHECK(split_once(10000, combined(sales).value()) == Parts{1200, 1800, 7000});

        const std::vector<std::pair<Weight, SplitTerms>> none{{0, solo}};
        CHECK(combined(none).error().rule == "split.combined");
        const Weight big = 3'037'000'507;  // two primes near the root of 2^63 whose product with a third leaves it
        const std::vector<std::pair<Weight, SplitTerms>> huge{{1, relative(weighted({1, big - 1}))},
                                                              {1, relative(weighted({1, 3'037'000'492}))},
                                                              {1, relative(weighted({1, 6}))}};
        CHECK(combined(huge).error().rule == "split.combined");
    }

    TEST_CASE("a split that cannot be used says why") {
        CHECK(first_refusal(of_hundred({})) == "split.shares: nobody has a share");
        CHECK(first_refusal(of_hundred({{PayeeId{}, 100}})) == "split.payee: a share or fee without payee");
        CHECK(first_refusal(of_hundred({{anna, 50}, {anna, 50}})) == "split.payee: payee 1 stands in the split twice");
        CHECK(first_refusal(of_hundred({{anna, 101}, {ben, -1}})) == "split.weight: payee 2 has a weight of -1");
        CHECK(first_refusal(of_hundred({{anna, 60}, {ben, 39}})) == "split.whole: the weights total 99 of 100");
        CHECK(first_refusal({{{anna, 6'666}, {ben, 3'333}}, Totalling::must_total, 10'000}) ==
              "split.whole: the weights total 9999 of 10000 (99.99%)");
        CHECK(first_refusal({{{anna, 101}}, Totalling::rest_to, 100, ben}) ==
              "split.whole: the weights total 101 of 100");
        CHECK(first_refusal({{{anna, 10}}, Totalling::rest_to, 100, {}}) ==
              "split.rest: nobody is named to have the rest");
        CHECK(first_refusal(relative({{anna, 0}})) == "split.whole: the weights total 0");
        CHECK(first_refusal(relative({{anna, INT64_MAX}, {ben, 1}})) == "split.whole: the weights leave 64 bits");
        CHECK(first_refusal(of_hundred({{anna, 100}})).empty());
        SplitTerms no_step = of_hundred({{anna, 100}});
        no_step.split.step = 0;
        CHECK(first_refusal(no_step) == "split.step: steps of 0 minor units");

        SplitTerms fees = of_hundred({{anna, 100}});
        fees.fees = {{percent_fee("store", "15%"), store, {"bank"}}};
        CHECK(first_refusal(fees) == "split.fees.store: it is taken after \"bank\", which is no fee of this split");
        fees.fees.push_back({percent_fee("bank", "3%"), bank, {"agent"}});
        fees.fees.push_back({percent_fee("agent", "10%"), ben, {"store"}});
        CHECK(first_refusal(fees) ==
              "split.fees: fees wait for each other in a circle: store after bank after agent after store");
        fees.fees = {{percent_fee("store", "15%"), store}, {percent_fee("store", "1%"), bank}};
        CHECK(first_refusal(fees) == "split.fees.store: two fees have this name");
        fees.fees = {{percent_fee("store", "101%"), store}};
        CHECK(defects_of(fees).size() == 1);
        fees.fees = {{percent_fee("store", "15%"), store, {}, FeeLevel::running_total}};
        fees.fees.front().schedule.bands.push_back({500000, rate("10%"), 0});
        CHECK(defects_of(fees).size() == 1);
        fees.fees.front().schedule.banding = Banding::marginal;
        CHECK(defects_of(fees).empty());
    }

    TEST_CASE("a refused payment changes nothing") {
        Sharing sharing =
            Sharing::of(SplitHistory({{date("2020-01-01"), of_hundred({{anna, 50}, {ben, 50}}), {}}}), USD).value();
        CHECK(sharing.share("", date("2019-12-31"), usd("1.00")).error().rule == "sharing.in_force");
        REQUIRE(sharing.share("", date("2020-01-01"), usd("1.00")));
        CHECK(sharing.share("", date("2020-01-02"), usd("-1.01")).error().rule == "sharing.return");
        CHECK_THROWS_AS(sharing.share("", date("2020-01-01"), eur("1.00")), ContractViolation);
        CHECK(sharing.total_of(anna) == usd("0.50"));
        CHECK(minor(sharing.share("", date("2020-01-02"), usd("-1.00")).value()) == Parts{-50, -50});
        CHECK(sharing.total_of(anna).is_zero());
    }

    TEST_CASE("the explanation names the fee, the split and each payee's part") {
        SplitTerms terms = of_hundred({{anna, 60}, {ben, 40}});
        terms.fees = {{percent_fee("store", "15%"), store}};
        Sharing sharing =
            Sharing::of(SplitHistory({{date("2012-01-01"), terms, {"contract of Anna and Ben", "2012-01"}}}), USD)
                .value();
        const std::string text = to_text(explain(sharing.share("", date("2012-05-01"), usd("100.00")).value()));
        for (const char* expected : {"payment  100.00 USD", "claim of 15.00 USD on 100.00 USD for payee 9", "60 of 100",
                                     "split in force from 2012-01-01", "contract of Anna and Ben"})
            CHECK_MESSAGE(text.find(expected) != std::string::npos, expected << "\n" << text);
    }

    TEST_CASE("whatever the plan, nothing is lost and no cumulative share ever falls") {
        std::mt19937_64 random(20121123);
        const auto below = [&](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
        const Date day = date("2020-01-01");
        for (int run = 0; run < 300; ++run) {
            std::vector<Weight> weights(static_cast<std::size_t>(1 + below(9)));
            for (Weight& weight : weights) weight = below(1000);
            weights[0] += 1;
            SplitTerms terms = relative(weighted(weights));
            const std::int64_t fees = below(4);
            for (std::int64_t i = 0; i < fees; ++i) {
                FeeSchedule schedule = percent_fee("fee " + std::to_string(i), "0.1", RoundingMode::half_up);
                schedule.bands = {{0, Decimal::of(below(300), 3), 0}, {1000, Decimal::of(below(300), 3), 0}};
                schedule.banding = Banding::marginal;
                schedule.minimum = below(20);
                TopFee fee{schedule, store, {}, FeeLevel::running_total};
                for (std::int64_t j = 0; j < i; ++j)
                    if (below(2) == 0) fee.after.push_back("fee " + std::to_string(j));
                terms.fees.push_back(fee);
            }
            Sharing whole = Sharing::of(always(terms), USD).value(), halves = whole;
            std::vector<Money> before(weights.size(), Money::zero(USD));
            for (int payment = 0; payment < 12; ++payment) {
                const Money amount(below(5000), USD), part(below(static_cast<std::uint64_t>(amount.minor()) + 1), USD);
                CHECK(accounted_for(whole.share("", day, amount).value()) == amount);
                for (std::size_t i = 0; i < weights.size(); ++i) {
                    const Money now = whole.total_of(PayeeId{i + 1});
                    CHECK(now >= before[i]);
                    before[i] = now;
                }
                REQUIRE(halves.share("", day, part));
                REQUIRE(halves.share("", day, amount - part));
            }
            if (fees == 0)  // with fees, what a small payment cannot cover is taken from later ones, cent by cent
                for (std::size_t i = 0; i < weights.size(); ++i) CHECK(halves.total_of(PayeeId{i + 1}) == before[i]);
        }
    }

    TEST_CASE("every way of dividing accounts for every cent, returns included, and pays nothing that is not there") {
        std::mt19937_64 random(7);
        int returns = 0;
        for (const Dividing dividing :
             {Dividing::running_total, Dividing::running_total_cut, Dividing::each_payment, Dividing::each_payment_cut})
            for (int run = 0; run < 150; ++run) {
                CAPTURE(dividing);
                CAPTURE(run);
                const AllocationMethod spares[] = {AllocationMethod::largest_remainder, AllocationMethod::rotating,
                                                   AllocationMethod::last, AllocationMethod::first};
                SplitTerms terms = relative(weighted({1, 2, 0, 4, 3}), dividing, {spares[random() % 4]});
                FeeSchedule store_fee = percent_fee("store", "15%");
                store_fee.bands.front().fixed = static_cast<std::int64_t>(random() % 3) * 7;
                if (run % 3 != 0) terms.fees = {{store_fee, store}};
                Sharing sharing = Sharing::of(always(terms), USD).value();
                Money in = Money::zero(USD), fees = in;
                for (int payment = 0; payment < 30; ++payment) {
                    const bool back = random() % 2 == 0 && in.is_positive();
                    const Money amount(static_cast<std::int64_t>(random() % (run % 2 == 0 ? 1000 : 10)), USD);
                    const auto shared = sharing.share("", date("2020-01-01"), back ? -amount : amount);
                    if (!shared) continue;  // a return of more than was sold
                    returns += back ? 1 : 0;
                    CHECK(accounted_for(*shared) == shared->payment);
                    in += shared->payment;
                    for (const FeeTaken& fee : shared->fees) fees += fee.paid;
                    CHECK_FALSE(fees.is_negative());
                    CHECK_FALSE(sharing.pot().is_negative());
                    Money held = sharing.pot() + fees;
                    for (std::uint64_t payee = 1; payee <= 5; ++payee) {
                        CHECK_FALSE(sharing.total_of(PayeeId{payee}).is_negative());
                        held += sharing.total_of(PayeeId{payee});
                    }
                    CHECK(held == in);
                }
            }
        CHECK(returns > 1'000);
    }

    TEST_CASE("a return takes no more out of the pot than is in it") {
        const SplitTerms thirds = relative(weighted({1, 1, 1}), Dividing::each_payment_cut);
        Sharing sharing = Sharing::of(always(thirds), USD).value();
        const Date day = date("2020-01-01");
        CHECK(minor(sharing.share("", day, usd("9.00")).value()) == Parts{300, 300, 300});
        // 33 each would leave them 8.01 of 8.00.
        CHECK(minor(sharing.share("", day, usd("-1.00")).value()) == Parts{-34, -34, -34});
        CHECK(sharing.pot() == usd("0.02"));

        Sharing retraced = Sharing::of(always(thirds), USD).value();
        for (const char* sold : {"10.00", "0.02", "10.00"}) REQUIRE(retraced.share("", day, usd(sold)));
        CHECK(minor(retraced.share("", day, usd("-10.00")).value()) == Parts{-333, -333, -333});
        CHECK(minor(retraced.share("", day, usd("-0.02")).value()) == Parts{0, 0, 0});  // nobody had a part of it
        CHECK(minor(retraced.share("", day, usd("-10.00")).value()) == Parts{-333, -333, -333});
        CHECK(retraced.pot().is_zero());
    }

    TEST_CASE("what a payee never had the others give back") {
        const SplitTerms halves = relative(weighted({1, 1}), Dividing::each_payment, {AllocationMethod::first});
        Sharing sharing = Sharing::of(always(halves), USD).value();
        const Date day = date("2020-01-01");
        for (int sale = 0; sale < 4; ++sale) CHECK(minor(sharing.share("", day, usd("0.01")).value()) == Parts{1, 0});
        CHECK(minor(sharing.share("", day, usd("-0.04")).value()) == Parts{-4, 0});
    }

    TEST_CASE("a fee gives back at most what it was paid") {
        SplitTerms terms = relative(weighted({1}));
        terms.fees = {{percent_fee("store", "0%"), store}};
        terms.fees[0].schedule.bands.front().fixed = 30;
        Sharing sharing = Sharing::of(always(terms), USD).value();
        const Date day = date("2020-01-01");
        CHECK(sharing.share("", day, usd("10.00")).value().fees.at(0).paid == usd("0.30"));
        CHECK(sharing.share("", day, usd("-2.00")).value().fees.at(0).paid == usd("-0.30"));
        const SharedPayment second = sharing.share("", day, usd("-8.00")).value();
        CHECK(second.fees.at(0).paid.is_zero());
        CHECK(minor(second) == Parts{-800});
        CHECK(sharing.total_of(PayeeId{1}).is_zero());
    }
}
