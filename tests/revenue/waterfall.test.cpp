// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/waterfall.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

constexpr PayeeId investors{1}, manager{2}, producer{3}, agent{4}, lender{5}, crew{6}, star{7};
const Date day = date("2020-01-01");

std::vector<Share> all_to(PayeeId payee) {
    return {{payee, 1}};
}
const std::vector<Share> eighty_twenty{{investors, 80}, {manager, 20}};

/// Capital, an 8% preferred return, a catch-up to 20% and 80:20. The manager stands first where a cent may be spare.
WaterfallTerms private_equity(PreferredReturn preferred, Weight manager_catches = 100,
                              CatchUpReading reading = CatchUpReading::true_up) {
    std::vector<Share> catch_up{{manager, manager_catches}};
    if (manager_catches < 100) catch_up.push_back({investors, 100 - manager_catches});
    return {USD,
            {{"capital", ReturnOfCapital{}, all_to(investors)},
             {"preferred", preferred, all_to(investors)},
             {"catch-up", CatchUp{manager, rate("20%"), {"preferred"}, reading}, catch_up},
             {"split", Divide{}, eighty_twenty}},
            {investors}};
}

const PreferredReturn flat_eight{rate("8%"), Compounding::flat};

Waterfall waterfall_of(WaterfallTerms terms) {
    return Waterfall::of(std::move(terms)).value();
}

Waterfall exit_of(WaterfallTerms terms, std::string_view capital, std::string_view proceeds) {
    Waterfall waterfall = waterfall_of(std::move(terms));
    REQUIRE(waterfall.contribute(day, usd(capital)));
    REQUIRE(waterfall.distribute(day, usd(proceeds)));
    return waterfall;
}

/// A film: CAM 1% and sales agent 10% of gross, marketing, debt at 10%, equity at 120%, then half and half.
WaterfallTerms film() {
    return {USD,
            {{"collection", OffTheTop{rate("1%")}, all_to(agent)},
             {"sales fee", OffTheTop{rate("10%")}, all_to(agent)},
             {"marketing", FixedClaim{usd("75000.00")}, all_to(agent)},
             {"debt", FixedClaim{usd("500000.00"), rate("10%")}, all_to(lender)},
             {"equity", FixedClaim{usd("500000.00"), rate("20%")}, all_to(investors)},
             {"pool", Divide{}, {{producer, 50}, {investors, 50}}}},
            {investors}};
}

std::string refusals(const WaterfallTerms& terms) {
    std::string text;
    for (const Finding& finding : defects_of(terms)) text += finding.rule + ": " + finding.what + "\n";
    return text;
}

WaterfallTerms with_step(WaterfallStep step) {
    return {USD, {std::move(step), {"rest", Divide{}, all_to(investors)}}, {investors}};
}

Money total(const WaterfallPayment& payment) {
    Money sum = Money::zero(USD);
    for (const StepPayment& step : payment.steps) sum += step.paid;
    return sum;
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("capital, preferred return, catch-up, carried split") {
        const Waterfall small = exit_of(private_equity(flat_eight), "1000000.00", "1200000.00");
        CHECK(small.paid_by("catch-up") == usd("20000.00"));
        CHECK(small.paid_to(investors) == usd("1160000.00"));
        CHECK(small.paid_to(manager) == usd("40000.00"));
        // 10 million in, 100 million out. large_exit
        const Waterfall large = exit_of(private_equity(flat_eight), "10000000.00", "100000000.00");
        CHECK(large.paid_to(investors) == usd("82000000.00"));
        CHECK(large.paid_to(manager) == usd("18000000.00"));
    }

    TEST_CASE("a half catch-up has two readings, and they differ") {
        // half_catch_up_1200000: 1,000,000 in, 1,200,000 out
        const Waterfall true_up = exit_of(private_equity(flat_eight, 50), "1000000.00", "1200000.00");
        CHECK(true_up.paid_by("catch-up") == usd("53333.33"));
        CHECK(true_up.paid_to(investors) == usd("1160000.00"));
        CHECK(true_up.paid_to(manager) == usd("40000.00"));
        const Waterfall fixed =
            exit_of(private_equity(flat_eight, 50, CatchUpReading::fixed_target), "1000000.00", "1200000.00");
        CHECK(fixed.paid_by("catch-up") == usd("40000.00"));
        CHECK(fixed.paid_to(investors) == usd("1164000.00"));
        CHECK(fixed.paid_to(manager) == usd("36000.00"));
    }

    TEST_CASE("a published waterfall, with the catch-up that it should have had") {
        // lucasktlee, pe-distribution-waterfall, in millions: a full catch-up on P at 20% is a quarter of P, where the
        // article has 24%. The preferred returns are taken as printed. demosthenes_deal_by_deal, locke_whole_fund
        const auto with_preferred = [](std::string_view capital, std::string_view preferred) {
            WaterfallTerms terms = private_equity(flat_eight);
            terms.steps[1].claim = FixedClaim{usd(preferred)};
            return exit_of(terms, capital, "200.00");
        };
        const Waterfall deal = with_preferred("64.80", "21.01");
        CHECK(deal.paid_by("capital") == usd("64.80"));
        CHECK(deal.paid_by("catch-up") == usd("5.25"));
        CHECK(deal.paid_to(investors) == usd("64.80") + usd("21.01") + usd("87.15"));
        CHECK(deal.paid_to(manager) == usd("5.25") + usd("21.79"));
        const Waterfall fund = with_preferred("116.00", "29.56");
        CHECK(fund.paid_by("catch-up") == usd("7.39"));
        CHECK(fund.paid_to(investors) == usd("116.00") + usd("29.56") + usd("37.64"));
        CHECK(fund.paid_to(manager) == usd("7.39") + usd("9.41"));
    }

    TEST_CASE("capital called after a profit was shared comes back first") {
        // capital_call_after_profit, in quarters
        Waterfall waterfall =
            waterfall_of({USD,
                          {{"capital", ReturnOfCapital{}, all_to(investors)}, {"split", Divide{}, eighty_twenty}},
                          {investors}});
        REQUIRE(waterfall.contribute(date("2020-01-01"), usd("100.00")));
        const WaterfallPayment second = waterfall.distribute(date("2020-04-01"), usd("200.00")).value();
        CHECK(second.steps[0].paid == usd("100.00"));
        CHECK(second.steps[1].parts[0].amount == usd("80.00"));
        CHECK(second.steps[1].parts[1].amount == usd("20.00"));
        REQUIRE(waterfall.contribute(date("2020-07-01"), usd("100.00")));
        const WaterfallPayment fourth = waterfall.distribute(date("2020-10-01"), usd("100.00")).value();
        CHECK(fourth.steps[0].paid == usd("100.00"));
        CHECK(fourth.steps[1].paid.is_zero());
    }

    TEST_CASE("the preferred return runs from each payment in to each payment out") {
        Waterfall waterfall = waterfall_of(private_equity({rate("8%"), Compounding::yearly}));
        REQUIRE(waterfall.contribute(date("2021-01-01"), usd("1000.00")));
        REQUIRE(waterfall.contribute(date("2022-01-01"), usd("1000.00")));
        // 2023-01-01: 80.00, then 8% of 1,080.00, and 80.00 on the second thousand
        const WaterfallPayment payment = waterfall.distribute(date("2023-01-01"), usd("2500.00")).value();
        CHECK(*payment.steps[1].claim == usd("246.40"));
        CHECK(*payment.steps[2].claim == usd("61.60"));
        CHECK(total(payment) == usd("2500.00"));
        CHECK(waterfall.paid_to(manager) == usd("100.00"));  // 20% of the profit of 500.00
        CHECK(waterfall.distribute(date("2024-01-01"), usd("10.00")).value().steps[1].claim->is_zero());
    }

    TEST_CASE("a film pays down its order, and what it owes is shown when it earned nothing") {
        // film_profitable
        Waterfall waterfall = waterfall_of(film());
        const WaterfallPayment nothing = waterfall.distribute(day, usd("0.00")).value();
        CHECK(*nothing.steps[2].claim == usd("75000.00"));
        CHECK(nothing.steps[2].paid.is_zero());
        REQUIRE(waterfall.distribute(day, usd("2500000.00")));
        CHECK(waterfall.paid_by("collection") == usd("25000.00"));
        CHECK(waterfall.paid_by("sales fee") == usd("250000.00"));
        CHECK(waterfall.paid_by("debt") == usd("550000.00"));
        CHECK(waterfall.paid_by("equity") == usd("600000.00"));
        CHECK(waterfall.paid_by("pool") == usd("1000000.00"));
        CHECK(waterfall.paid_to(producer) == usd("500000.00"));
        CHECK(waterfall.paid_to(investors) == usd("1100000.00"));
        CHECK(waterfall.paid_to(investors).units() == usd("500000.00").units() * rate("2.2"));
    }

    TEST_CASE("guilds and mezzanine debt stand where the film puts them") {
        // film_guilds: 172,500 is 6.9% of gross. film_mezz: 236,000 is read as 200,000 at 18%
        WaterfallTerms terms = film();
        terms.steps.insert(terms.steps.begin() + 2, {"guilds", OffTheTop{rate("6.9%")}, all_to(crew)});
        Waterfall guilds = waterfall_of(terms);
        REQUIRE(guilds.distribute(day, usd("2500000.00")));
        CHECK(guilds.paid_by("guilds") == usd("172500.00"));
        CHECK(guilds.paid_by("pool") == usd("827500.00"));
        WaterfallTerms debt = film();
        debt.steps.insert(debt.steps.begin() + 4,
                          {"mezzanine", FixedClaim{usd("200000.00"), rate("18%")}, all_to(lender)});
        Waterfall mezzanine = waterfall_of(debt);
        REQUIRE(mezzanine.distribute(day, usd("2500000.00")));
        CHECK(mezzanine.paid_by("mezzanine") == usd("236000.00"));
        CHECK(mezzanine.paid_to(lender) == usd("786000.00"));
    }

    TEST_CASE("corridors run alongside, deferments are shared, limits hold") {
        Waterfall waterfall =
            waterfall_of({USD,
                          {{"agent", OffTheTop{rate("10%"), usd("150.00")}, all_to(agent)},
                           {"corridor", Corridor{rate("5%"), usd("500.00"), usd("1500.00")}, all_to(star)},
                           {"deferments", FixedClaim{usd("300.00")}, {{crew, 2}, {producer, 1}}},
                           {"profit", Divide{}, all_to(investors)}},
                          {investors}});
        REQUIRE(waterfall.distribute(day, usd("400.00")));
        CHECK(waterfall.paid_to(agent) == usd("40.00"));
        CHECK(waterfall.paid_to(star).is_zero());
        CHECK(waterfall.paid_to(crew) == usd("200.00"));
        CHECK(waterfall.paid_to(producer) == usd("100.00"));
        REQUIRE(waterfall.distribute(day, usd("600.00")));
        CHECK(waterfall.paid_to(star) == usd("25.00"));  // 5% of the 500.00 above the first mark
        REQUIRE(waterfall.distribute(day, usd("9000.00")));
        CHECK(waterfall.paid_to(star) == usd("50.00"));
        CHECK(waterfall.paid_to(agent) == usd("150.00"));
    }

    TEST_CASE("what the top asks for and cannot be paid is paid from later receipts") {
        Waterfall waterfall = waterfall_of({USD,
                                            {{"debt", FixedClaim{usd("95.00")}, all_to(lender)},
                                             {"fee", OffTheTop{rate("10%")}, all_to(agent)},
                                             {"rest", Divide{}, all_to(investors)}},
                                            {}});
        const WaterfallPayment first = waterfall.distribute(day, usd("100.00")).value();
        CHECK(*first.steps[1].claim == usd("10.00"));
        CHECK(first.steps[1].paid == usd("5.00"));
        CHECK(*waterfall.distribute(day, usd("10.00")).value().steps[1].claim == usd("6.00"));
    }

    TEST_CASE("recoupment first, then the split") {
        // DistroKid: Hayden has 2,000 before half and half starts. distrokid-recoup
        const PayeeId hayden{1}, other{2};
        Waterfall waterfall = waterfall_of(
            {USD,
             {{"recoup", FixedClaim{usd("2000.00")}, all_to(hayden)}, {"split", Divide{}, {{hayden, 50}, {other, 50}}}},
             {}});
        REQUIRE(waterfall.distribute(date("2021-01-31"), usd("1500.00")));
        CHECK(waterfall.paid_to(hayden) == usd("1500.00"));
        CHECK(waterfall.paid_to(other).is_zero());
        REQUIRE(waterfall.distribute(date("2021-02-28"), usd("1000.00")));
        CHECK(waterfall.paid_to(hayden) == usd("2250.00"));
        CHECK(waterfall.paid_to(other) == usd("250.00"));
        // Seedrs: 7.5% of the profit when 100 is sold for 200 (help.seedrs.com 1782437). WX-084
        Waterfall seedrs = waterfall_of({GBP,
                                         {{"capital", ReturnOfCapital{}, all_to(investors)},
                                          {"profit", Divide{}, {{investors, 925}, {manager, 75}}}},
                                         {investors}});
        REQUIRE(seedrs.contribute(day, Money(10000, GBP)));
        REQUIRE(seedrs.distribute(day, Money(20000, GBP)));
        CHECK(seedrs.paid_to(manager) == Money(750, GBP));
        CHECK(seedrs.paid_to(investors) == Money(19250, GBP));
    }

    TEST_CASE("a hurdle changes the split once the investors have had enough") {
        const auto hurdles = [](Hurdle first) {
            return WaterfallTerms{USD,
                                  {{"capital", ReturnOfCapital{}, all_to(investors)},
                                   {"first", Divide{first}, eighty_twenty},
                                   {"second", Divide{}, {{investors, 60}, {manager, 40}}}},
                                  {investors}};
        };
        // until twice the money: the investors still need 1,000.00, which is 80% of 1,250.00
        Waterfall multiple = waterfall_of(hurdles({rate("2")}));
        REQUIRE(multiple.contribute(day, usd("1000.00")));
        REQUIRE(multiple.distribute(day, usd("3250.00")));
        CHECK(multiple.paid_by("first") == usd("1250.00"));
        CHECK(multiple.paid_to(investors) == usd("2000.00") + usd("600.00"));
        // 1.5 times 1.01 is 1.515: the investors have it with 1.52, not with 1.51.
        Waterfall odd = Waterfall::of({USD,
                                       {{"first", Divide{Hurdle{rate("1.5")}}, all_to(investors)},
                                        {"rest", Divide{}, all_to(manager)}},
                                       {investors}})
                            .value();
        REQUIRE(odd.contribute(day, usd("1.01")));
        REQUIRE(odd.distribute(day, usd("5.00")));
        CHECK(odd.paid_by("first") == usd("1.52"));
        // until 12% a year, compounded: 1,000.00 is 1,254.40 after two years, so 254.40 is needed, 80% of 318.00
        Waterfall by_return = waterfall_of(hurdles({PreferredReturn{rate("12%"), Compounding::yearly}}));
        REQUIRE(by_return.contribute(date("2021-01-01"), usd("1000.00")));
        REQUIRE(by_return.distribute(date("2023-01-01"), usd("2318.00")));
        CHECK(by_return.paid_by("first") == usd("318.00"));
        CHECK(by_return.paid_by("second") == usd("1000.00"));
    }

    TEST_CASE("deal by deal pays carry early, and the clawback takes back what the fund did not earn") {
        // clawback: carry 20,000 paid, 4,000 of it back. The case names results only; two deals that give them are
        // 500,000 that become 600,000 and 520,000 that become 500,000.
        const WaterfallTerms terms{
            USD, {{"capital", ReturnOfCapital{}, all_to(investors)}, {"split", Divide{}, eighty_twenty}}, {investors}};
        const Clawback clause{manager, rate("20%")};
        const std::vector<FundFlow> flows{
            {date("2020-01-01"), "first", usd("500000.00"), usd("0.00")},
            {date("2020-01-01"), "second", usd("520000.00"), usd("0.00")},
            {date("2022-01-01"), "first", usd("0.00"), usd("600000.00")},
            {date("2023-01-01"), "second", usd("0.00"), usd("500000.00")},
        };
        const FundOutcome american = settle_fund(terms, CarryScope::deal_by_deal, clause, flows).value();
        CHECK(american.carry_paid == usd("20000.00"));
        CHECK(american.carry_entitled == usd("16000.00"));
        CHECK(american.clawback == usd("4000.00"));
        REQUIRE(american.returned.size() == 1);
        CHECK(american.paid.at(investors) + american.returned[0].amount == usd("1084000.00"));

        const FundOutcome european = settle_fund(terms, CarryScope::whole_fund, clause, flows).value();
        CHECK(european.carry_paid == usd("16000.00"));
        CHECK(european.clawback.is_zero());
        CHECK(european.paid.at(investors) == usd("1084000.00"));
    }

    TEST_CASE("a clawback also gives back a preferred return that the investors lack, up to the carry paid") {
        WaterfallTerms terms = private_equity({rate("8%"), Compounding::yearly});
        const Clawback clause{manager, rate("20%"), PreferredReturn{rate("8%"), Compounding::yearly}};
        const std::vector<FundFlow> flows{
            {date("2021-01-01"), "good", usd("1000.00"), usd("0.00")},
            {date("2021-01-01"), "slow", usd("1000.00"), usd("0.00")},
            {date("2022-01-01"), "good", usd("0.00"), usd("1500.00")},
            {date("2024-01-01"), "slow", usd("0.00"), usd("850.00")},
        };
        const FundOutcome outcome = settle_fund(terms, CarryScope::deal_by_deal, clause, flows).value();
        CHECK(outcome.carry_paid == usd("100.00"));
        CHECK(outcome.carry_entitled == usd("70.00"));  // 20% of the 350.00 the fund made
        // 2,000.00 at 8% less 1,400.00 after a year leaves 760.00, which grows to 886.46 in two more years
        CHECK(outcome.lacking == usd("36.46"));
        CHECK(outcome.clawback == usd("36.46"));
        CHECK(settle_fund(terms, CarryScope::whole_fund, {investors, rate("20%")}, flows).error()[0].rule ==
              "fund.manager");
    }

    TEST_CASE("a step that can never be reached is refused before any money runs") {
        const auto unreachable = [](WaterfallStep step) { return refusals(with_step(std::move(step))); };
        CHECK(unreachable({"split", Divide{}, eighty_twenty}) ==
              "waterfall.rest: it can never be reached: \"split\" divides without end\n");
        CHECK(unreachable({"first", Divide{Hurdle{rate("2")}}, all_to(manager)}) ==
              "waterfall.rest: it can never be reached: \"first\" never reaches its hurdle, because no investor has a "
              "share of it\n");
        CHECK(unreachable({"top", OffTheTop{rate("100%")}, all_to(agent)}) ==
              "waterfall.rest: it can never be reached: what is taken off the top totals 100% with \"top\"\n");
        CHECK(unreachable({"top", OffTheTop{rate("100%"), usd("1.00")}, all_to(agent)}).empty());

        WaterfallTerms never = private_equity(flat_eight, 20);
        CHECK(
            refusals(never) ==
            "waterfall.split: it can never be reached: \"catch-up\" never catches up, because its manager's part is no "
            "more than the carry of 20%\n");
        never = private_equity(flat_eight, 20, CatchUpReading::fixed_target);  // ends, below 20%
        CHECK(refusals(never).empty());
        WaterfallTerms passed{USD,
                              {{"capital", ReturnOfCapital{}, all_to(investors)},
                               {"one", Divide{Hurdle{rate("1")}}, eighty_twenty},
                               {"rest", Divide{}, eighty_twenty}},
                              {investors}};
        CHECK(refusals(passed) ==
              "waterfall.one.until: a hurdle of 1 times, but the investors have 1 times before it\n");
        CHECK(refusals({USD, {{"debt", FixedClaim{usd("1.00")}, all_to(lender)}}, {}}) ==
              "waterfall.debt: it can be satisfied, and what comes after would be nobody's\n");
    }

    TEST_CASE("a step out of its range says which") {
        const auto rule_of = [](WaterfallStep step) {
            const Findings findings = defects_of(with_step(std::move(step)));
            return findings.empty() ? "" : findings.front().rule;
        };
        CHECK(rule_of({"s", OffTheTop{rate("0%")}, all_to(agent)}) == "waterfall.s.rate");
        CHECK(rule_of({"s", OffTheTop{rate("1%"), eur("1.00")}, all_to(agent)}) == "waterfall.s.limit");
        CHECK(rule_of({"s", Corridor{rate("101%"), usd("0.00"), usd("1.00")}, all_to(agent)}) == "waterfall.s.rate");
        CHECK(rule_of({"s", Corridor{rate("1%"), usd("1.00"), usd("1.00")}, all_to(agent)}) == "waterfall.s.up_to");
        CHECK(rule_of({"s", FixedClaim{usd("0.00")}, all_to(agent)}) == "waterfall.s.amount");
        CHECK(rule_of({"s", FixedClaim{usd("1.00"), rate("-1%")}, all_to(agent)}) == "waterfall.s.premium");
        CHECK(rule_of({"s", PreferredReturn{rate("0%")}, all_to(agent)}) == "waterfall.s.rate");
        CHECK(rule_of({"s", FixedClaim{usd("1.00")}, {}}) == "waterfall.s.to");
        CHECK(rule_of({"rest", FixedClaim{usd("1.00")}, all_to(agent)}) == "waterfall.rest");
        CHECK(rule_of({"s", CatchUp{manager, rate("100%"), {}}, all_to(manager)}) == "waterfall.s.carry");
        CHECK(rule_of({"s", CatchUp{manager, rate("20%"), {}}, all_to(manager)}) == "waterfall.s.on");
        CHECK(rule_of({"s", CatchUp{manager, rate("20%"), {"rest"}}, all_to(manager)}) == "waterfall.s.on");
        WaterfallTerms crowded = with_step({"s", Corridor{rate("51%"), usd("0.00"), usd("1.00")}, all_to(agent)});
        crowded.steps.insert(crowded.steps.begin(), {"top", OffTheTop{rate("50%")}, all_to(agent)});
        CHECK(refusals(crowded) == "waterfall.s.rate: 51% beside 50% off the top\n");
        std::swap(crowded.steps[0], crowded.steps[1]);
        CHECK(refusals(crowded) == "waterfall.top.rate: 50% beside 51% off the top and in corridors\n");
        crowded.steps[1] = {"t", Corridor{rate("50%"), usd("0.50"), usd("2.00")}, all_to(agent)};
        CHECK(refusals(crowded) == "waterfall.t.rate: 50% beside 51% off the top and in corridors\n");
        crowded.steps[1] = {"t", Corridor{rate("50%"), usd("1.00"), usd("2.00")}, all_to(agent)};
        CHECK(refusals(crowded).empty());  // the one ends where the other begins
        crowded.steps = {{"a", OffTheTop{rate("60%")}, all_to(agent)}, {"b", OffTheTop{rate("60%")}, all_to(agent)}};
        CHECK(refusals(crowded) == "waterfall.b.rate: 60% beside 60% off the top\n");
        CHECK(refusals({USD, {}, {}}) == "waterfall.steps: no steps\n");
        WaterfallTerms twice = private_equity(flat_eight);
        twice.steps.insert(twice.steps.begin(), {"again", ReturnOfCapital{}, all_to(investors)});
        CHECK(refusals(twice) == "waterfall.capital: an earlier step has returned all capital\n");
        WaterfallTerms lower = private_equity({rate("8%")});
        lower.steps.insert(lower.steps.begin() + 2, {"second", PreferredReturn{rate("6%")}, all_to(investors)});
        CHECK(refusals(lower) ==
              "waterfall.second.rate: 6% yearly, actual_365, but 8% yearly, actual_365 is paid before it\n");
        WaterfallTerms outsider = private_equity(flat_eight);
        std::get<CatchUp>(outsider.steps[2].claim).manager = agent;
        CHECK(refusals(outsider) == "waterfall.catch-up.manager: the manager has no share of the catch-up\n");
    }

    TEST_CASE("a refused receipt changes nothing") {
        Waterfall waterfall = exit_of(private_equity(flat_eight), "100.00", "50.00");
        CHECK(waterfall.distribute(date("2019-12-31"), usd("1.00")).error().rule == "waterfall.on");
        CHECK(waterfall.distribute(day, usd("-1.00")).error().rule == "waterfall.amount");
        CHECK(waterfall.contribute(day, eur("1.00")).error().rule == "waterfall.amount");
        CHECK(waterfall.received() == usd("50.00"));
        CHECK(waterfall.contributed() == usd("100.00"));
        CHECK_THROWS_AS(static_cast<void>(waterfall.paid_by("nothing")), ContractViolation);
    }

    TEST_CASE("each payment explains its claim and who had it") {
        Waterfall waterfall = waterfall_of(private_equity(flat_eight));
        REQUIRE(waterfall.contribute(day, usd("1000000.00")));
        const std::string text = to_text(explain(waterfall.distribute(day, usd("1200000.00")).value()));
        for (const char* expected : {"received  1,200,000.00 USD", "of a claim of 80,000.00 USD", "waterfall.catch-up",
                                     "all that was left", "20 of 100"})
            CHECK_MESSAGE(text.find(expected) != std::string::npos, expected << "\n" << text);
    }

    TEST_CASE("every cent runs down, in order, and parts of a receipt end where the whole does") {
        std::mt19937_64 random(1997);
        const auto below = [&](std::int64_t limit) {
            return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
        };
        const auto shares = [&] {
            std::vector<Share> to;
            for (std::int64_t i = 0; i <= below(4); ++i)
                to.push_back({PayeeId{static_cast<std::uint64_t>(i + 1)}, 1 + below(100)});
            return to;
        };
        for (int run = 0; run < 300; ++run) {
            WaterfallTerms terms{USD, {}, {PayeeId{1}}};
            const auto add = [&](const char* name, auto claim) { terms.steps.push_back({name, claim, shares()}); };
            if (below(2) == 0) add("top", OffTheTop{Decimal::of(1 + below(300), 3)});
            if (below(2) == 0) add("corridor", Corridor{Decimal::of(1 + below(69), 2), usd("5.00"), usd("90.00")});
            if (below(2) == 0) add("debt", FixedClaim{Money(1 + below(5000), USD), Decimal::of(below(50), 2)});
            add("capital", ReturnOfCapital{});
            add("preferred", PreferredReturn{Decimal::of(1 + below(20), 2), Compounding::quarterly});
            terms.steps.push_back({"catch-up",
                                   CatchUp{PayeeId{2}, rate("20%"), {"preferred"}},
                                   {{PayeeId{2}, 21 + below(80)}, {PayeeId{1}, below(20)}}});
            if (below(2) == 0) add("hurdle", Divide{Hurdle{Decimal::of(11 + below(30), 1)}});
            add("split", Divide{});

            Waterfall whole = waterfall_of(terms), parts = whole;
            std::chrono::sys_days at = day;
            std::vector<Money> before(4, Money::zero(USD));
            for (int receipt = 0; receipt < 10; ++receipt) {
                at += std::chrono::days(below(120));
                if (below(3) == 0) {
                    const Money capital(below(5000), USD);
                    REQUIRE(whole.contribute(at, capital));
                    REQUIRE(parts.contribute(at, capital));
                }
                const Money amount(below(8000), USD), first(below(amount.minor() + 1), USD);
                const WaterfallPayment payment = whole.distribute(at, amount).value();
                CHECK(total(payment) == amount);
                bool satisfied = true;
                for (const StepPayment& step : payment.steps) {
                    CHECK((satisfied || step.paid.is_zero()));
                    satisfied = satisfied && step.claim && step.paid == *step.claim;
                }
                REQUIRE(parts.distribute(at, first));
                REQUIRE(parts.distribute(at, amount - first));
                for (std::uint64_t payee = 1; payee <= 4; ++payee) {
                    CHECK(whole.paid_to(PayeeId{payee}) == parts.paid_to(PayeeId{payee}));
                    CHECK(whole.paid_to(PayeeId{payee}) >= before[payee - 1]);
                    before[payee - 1] = whole.paid_to(PayeeId{payee});
                }
            }
        }
    }
}
