// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_schedule.hpp>

#include <doctest/doctest.h>

#include "any_schedule.hpp"
#include <type_traits>

using namespace crowdrules;

static_assert(std::is_nothrow_move_constructible_v<FeeSchedule>);
static_assert(std::is_aggregate_v<FeeBand> && std::is_aggregate_v<FeeTax>);

namespace {

constexpr Rounding half_up{RoundingMode::half_up};
constexpr Rounding half_even{RoundingMode::half_even};
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Money yen(std::int64_t amount) {
    return {amount, JPY};
}

FeeSchedule schedule_of(std::vector<FeeBand> bands, Rounding rounding = half_up, Banding banding = Banding::whole) {
    return {.name = "fee", .bands = std::move(bands), .banding = banding, .rounding = rounding, .citation = {}};
}

/// Kickstarter's processing fee in the United States from January 2015 (kickstarter.com/help/fees): 3% + 0.20, and
/// 5% + 0.05 on pledges under ten dollars. How cents are rounded is not published; half up is a choice.
FeeSchedule kickstarter_2015() {
    return schedule_of({{0, rate("5%"), 5}, {1000, rate("3%"), 20}});
}

/// The same as quoted from kickstarter.com/help/fees in August and September 2026: 3% + 0.30, 5% + 0.08.
FeeSchedule kickstarter_2026() {
    return schedule_of({{0, rate("5%"), 8}, {1000, rate("3%"), 30}});
}

/// Amazon Payments, 2009 to 2015: 2.9% + 0.30, 5% + 0.05. Inferred from three published statements.
FeeSchedule amazon_2009() {
    return schedule_of({{0, rate("5%"), 5}, {1000, rate("2.9%"), 30}});
}

/// Ulule's commission on card payments in euros, before tax (support.ulule.com, article 211812409): 6.67% up to
/// 100,000, 5.83% to 250,000, 5% to 500,000, 4.17% above.
FeeSchedule ulule() {
    return schedule_of({{0, rate("6.67%"), 0},
                        {100'000'00, rate("5.83%"), 0},
                        {250'000'00, rate("5%"), 0},
                        {500'000'00, rate("4.17%"), 0}},
                       half_up, Banding::marginal);
}

}  // namespace

TEST_SUITE("fees") {
    TEST_CASE("a small pledge falls in the band for small pledges") {
        // Computed from the published schedule, half up; both schedules fall or jump at ten dollars.
        const struct {
            const char* amount;
            const char* fee_2015;
            const char* fee_2026;
        } rows[] = {{"1.00", "0.10", "0.13"},   {"5.00", "0.30", "0.33"},        {"9.99", "0.55", "0.58"},
                    {"10.00", "0.50", "0.60"},  {"25.00", "0.95", "1.05"},       {"100.00", "3.20", "3.30"},
                    {"115.00", "3.65", "3.75"}, {"10000.00", "300.20", "300.30"}};
        for (const auto& row : rows) {
            CAPTURE(row.amount);
            CHECK(fee_on(kickstarter_2015(), usd(row.amount)) == usd(row.fee_2015));
            CHECK(fee_on(kickstarter_2026(), usd(row.amount)) == usd(row.fee_2026));
        }
    }

    TEST_CASE("the processing fees of a campaign are rounded pledge by pledge") {
        // Katanas & Trenchcoats, 2016: 31,830.00 from 882 pledges cost 1,129.36 (ryanmacklin.com, 2016-05). Its
        // pledges one by one are not published. If all were of ten dollars or more, they would cost 3% + 0.20:
        CHECK(usd("31830.00").times(rate("3%"), half_up) + usd("0.20") * 882 == usd("1131.30"));
        // A pledge of one dollar costs 0.10 instead of 0.23. Fifteen of them explain the statement to a cent.
        CHECK(fee_on(kickstarter_2015(), usd("1.00")) == usd("0.10"));
        CHECK(usd("1131.30") - usd("0.13") * 15 == usd("1129.36") - usd("0.01"));
    }

    TEST_CASE("Amazon's fee of 2.9% + 0.30 explains the Lunatics statement of 2012") {
        CHECK(fee_on(amazon_2009(), usd("100.00")) == usd("3.20"));
        CHECK(fee_on(amazon_2009(), usd("25.00")) == usd("1.03"));  // 1.025
        CHECK(fee_on(amazon_2009(), usd("9.99")) == usd("0.55"));
        // wiki.lunatics.tv, Phase I: 91.04 on 2,410.00. 2.9% of it and 0.30 for each of 70 pledges differ from that by
        // less than half a cent a pledge.
        const Money explained = usd("2410.00").times(rate("2.9%"), half_up) + usd("0.30") * 70;
        CHECK(explained == usd("90.89"));
        CHECK((usd("91.04") - explained).units() < Decimal(70) * rate("0.005"));
    }

    TEST_CASE("the platform's share is rounded once on what was collected") {
        // Irregular Webcomic, 2016: 5% of 23,520.39 Australian dollars was 1,176.02 (1,176.0195).
        const Currency aud = Currency::iso("AUD").value();
        CHECK(fee_on(schedule_of({{0, rate("5%"), 0}}), Money(23'520'39, aud)) == Money(1'176'02, aud));
    }

    TEST_CASE("marginal bands apply each to its own slice and are rounded together") {
        CHECK(fee_on(ulule(), eur("1000.00")) == eur("66.70"));
        CHECK(fee_on(ulule(), eur("100000.00")) == eur("6670.00"));
        CHECK(fee_on(ulule(), eur("100000.01")) == eur("6670.00"));    // 0.000583 more
        CHECK(fee_on(ulule(), eur("300000.00")) == eur("17915.00"));   // 6,670 + 8,745 + 2,500
        CHECK(fee_on(ulule(), eur("1000000.00")) == eur("48765.00"));  // 6,670 + 8,745 + 12,500 + 20,850
        // Three slices of a third of a cent are one cent, not three times nothing.
        const auto thirds = schedule_of({{0, rate("0.333333"), 0}, {1, rate("0.333333"), 0}, {2, rate("0.333334"), 0}},
                                        {RoundingMode::down}, Banding::marginal);
        CHECK(fee_on(thirds, Money(3, EUR)).minor() == 1);
    }

    TEST_CASE("a fixed part of a marginal band is due once the band is reached") {
        const auto schedule = schedule_of({{0, rate("1%"), 10}, {1000, rate("2%"), 7}}, half_up, Banding::marginal);
        CHECK(fee_on(schedule, usd("9.99")) == usd("0.20"));   // 0.0999 + 0.10
        CHECK(fee_on(schedule, usd("10.00")) == usd("0.27"));  // 0.10 + 0.10 + 0.07
        CHECK(fee_on(schedule, usd("20.00")) == usd("0.47"));
    }

    TEST_CASE("Ulule's published rates with tax are rounded ones") {
        // 6.67% and 20% tax on it are 8.004%, published as 8% (support.ulule.com, article 211812409).
        auto with_tax = ulule();
        with_tax.tax = FeeTax{rate("20%"), half_up, false, {}};
        const Money fee = fee_on(with_tax, eur("100000.00"));
        CHECK(fee + tax_on(with_tax, fee) == eur("8004.00"));
    }

    TEST_CASE("Ulule's service fee of 0.10 + 2.2% is on top and has its tax inside") {
        // commentcamarche.net on the rule of 14 April 2025: 2.30 on a contribution of 100.00.
        auto service = schedule_of({{0, rate("2.2%"), 10}});
        service.tax = FeeTax{rate("20%"), half_up, true, {}};
        const Money fee = fee_on(service, eur("100.00"));
        CHECK(fee == eur("2.30"));
        CHECK(tax_on(service, fee) == eur("0.38"));  // 2.30 / 6 = 0.3833
        CHECK(tax_on(service, -fee) == eur("-0.38"));
    }

    TEST_CASE("a flat fee below a threshold and a percentage from it on") {
        // CAMPFIRE's system fee from 26 September 2022 (makikube.com): 250 below 10,000 yen, else 2.5%.
        const auto campfire = schedule_of({{0, Decimal(0), 250}, {10'000, rate("2.5%"), 0}});
        CHECK(fee_on(campfire, yen(1'000)) == yen(250));
        CHECK(fee_on(campfire, yen(10'000)) == yen(250));
        CHECK(fee_on(campfire, yen(100'000)) == yen(2'500));
        // GREENFUNDING from 16 December 2024 (help2020.greenfunding.jp): 440 below 20,000 yen, else 2.2%.
        const auto greenfunding = schedule_of({{0, Decimal(0), 440}, {20'000, rate("2.2%"), 0}});
        CHECK(fee_on(greenfunding, yen(500)) == yen(440));
        CHECK(fee_on(greenfunding, yen(19'999)) == yen(440));
        CHECK(fee_on(greenfunding, yen(20'000)) == yen(440));
        CHECK(fee_on(greenfunding, yen(50'000)) == yen(1'100));
    }

    TEST_CASE("a minimum and a maximum bound the fee") {
        // READYFOR's early payout (readyfor.zendesk.com, article 4404542399375): the larger of 30,000 yen and 3%.
        auto readyfor = schedule_of({{0, rate("3%"), 0}});
        readyfor.minimum = 30'000;
        CHECK(fee_on(readyfor, yen(50'000)) == yen(30'000));
        CHECK(fee_on(readyfor, yen(1'000'000)) == yen(30'000));
        CHECK(fee_on(readyfor, yen(1'000'034)) == yen(30'001));  // 30,001.02
        // Crowdcube's investor fee: 2.49%, at least 2.49 and at most 250 euros.
        auto crowdcube = schedule_of({{0, rate("2.49%"), 0}});
        crowdcube.minimum = 249;
        crowdcube.maximum = 250'00;
        CHECK(fee_on(crowdcube, eur("10.00")) == eur("2.49"));
        CHECK(fee_on(crowdcube, eur("1000.00")) == eur("24.90"));
        CHECK(fee_on(crowdcube, eur("50000.00")) == eur("250.00"));
    }

    TEST_CASE("consumption tax comes on top of CAMPFIRE's 12% and 5%") {
        // camp-fire.jp/bylaws: both before 10% tax; 187,000 on 1,000,000.
        auto platform = schedule_of({{0, rate("12%"), 0}});
        auto processing = schedule_of({{0, rate("5%"), 0}});
        platform.tax = processing.tax = FeeTax{rate("10%"), {RoundingMode::down}, false, {}};
        Money together = yen(0);
        for (const auto& schedule : {platform, processing}) {
            const Money fee = fee_on(schedule, yen(1'000'000));
            together += fee + tax_on(schedule, fee);
        }
        CHECK(together == yen(187'000));
    }

    TEST_CASE("no charge has no fee, and what is below the first band is free") {
        auto schedule = schedule_of({{500, rate("5%"), 25}});
        schedule.minimum = 100;
        CHECK(fee_on(schedule, usd("0.00")) == usd("0.00"));
        CHECK(fee_on(schedule, usd("4.99")) == usd("0.00"));
        CHECK(fee_on(schedule, usd("5.00")) == usd("1.00"));
        CHECK(fee_on(kickstarter_2015(), usd("0.00")) == usd("0.00"));
        CHECK(fee_on(schedule_of({}), usd("5.00")) == usd("0.00"));
    }

    TEST_CASE("a schedule without tax has none") {
        CHECK(tax_on(kickstarter_2015(), usd("3.65")) == usd("0.00"));
    }

    TEST_CASE("the rounding mode and the step are the schedule's own") {
        const auto fee = [](RoundingMode mode, std::int64_t step, std::int64_t amount) {
            return fee_on(schedule_of({{0, rate("5%"), 0}}, {mode, step}), Money(amount, USD)).minor();
        };
        CHECK(fee(RoundingMode::half_even, 1, 50) == 2);  // 2.5
        CHECK(fee(RoundingMode::half_even, 1, 70) == 4);  // 3.5
        CHECK(fee(RoundingMode::half_up, 1, 50) == 3);
        CHECK(fee(RoundingMode::half_down, 1, 70) == 3);
        CHECK(fee(RoundingMode::up, 1, 41) == 3);  // 2.05
        CHECK(fee(RoundingMode::ceiling, 1, 41) == 3);
        CHECK(fee(RoundingMode::down, 1, 59) == 2);  // 2.95
        CHECK(fee(RoundingMode::floor, 1, 59) == 2);
        CHECK(fee(RoundingMode::half_up, 5, 50) == 5);  // 2.5 is half of the step
        CHECK(fee(RoundingMode::half_even, 5, 50) == 0);
    }

    TEST_CASE("any sound schedule gives what the long way in Decimal gives") {
        any_schedule::Random random(20121);
        for (int round = 0; round < 20'000; ++round) {
            const auto size = static_cast<unsigned>(1 + any_schedule::below(random, 62));
            const FeeSchedule schedule = any_schedule::any_schedule(random, std::min(size, 60u), 18, 6);
            REQUIRE(!defect_of(schedule));
            const std::int64_t amount = any_schedule::any_amount(random, std::min(63u, size + 6));
            const auto by_hand = any_schedule::fee_by_hand(schedule, amount);
            CAPTURE(to_text(schedule, USD));
            CAPTURE(amount);
            if (by_hand)
                REQUIRE(fee_on(schedule, Money(amount, USD)).minor() == *by_hand);
            else
                REQUIRE_THROWS_AS((void)fee_on(schedule, Money(amount, USD)), Overflow);
        }
    }

    TEST_CASE("a fee that leaves 64 bits throws, and at the very edge it does not") {
        const auto all = schedule_of({{0, Decimal(1), 0}});
        CHECK(fee_on(all, Money(largest, USD)).minor() == largest);
        const auto more = schedule_of({{0, Decimal(1), 1}});
        CHECK(fee_on(more, Money(largest - 1, USD)).minor() == largest);
        CHECK_THROWS_AS((void)fee_on(more, Money(largest, USD)), Overflow);
        auto capped = more;
        capped.maximum = 7;
        CHECK(fee_on(capped, Money(largest, USD)).minor() == 7);
        const auto long_rate =
            schedule_of({{0, rate("0.999999999999999999"), largest}}, {RoundingMode::half_up, largest});
        CHECK(fee_on(long_rate, Money(1, USD)).minor() == largest);
    }

    TEST_CASE("the tax inside a fee and the rest of it are the fee") {
        auto schedule = schedule_of({{0, rate("5%"), 0}});
        for (const char* percent : {"0%", "5.5%", "7.7%", "10%", "19%", "20%", "25.5%", "100%"}) {
            schedule.tax = FeeTax{rate(percent), half_even, true, {}};
            for (std::int64_t fee = 0; fee < 3'000; ++fee) {
                const Money tax = tax_on(schedule, Money(fee, EUR));
                const Money added = (Money(fee, EUR) - tax).times(rate(percent), half_even);
                REQUIRE(tax.minor() >= 0);
                REQUIRE(std::abs(added.minor() - tax.minor()) <= 1);  // two roundings can be a cent apart, never more
            }
        }
        schedule.tax = FeeTax{rate("100%"), half_even, true, {}};
        CHECK(tax_on(schedule, Money(largest, EUR)).minor() == largest / 2 + 1);
        CHECK(tax_on(schedule, Money(-largest, EUR)).minor() == -(largest / 2 + 1));
        schedule.tax->rounding = {RoundingMode::floor, 5};
        CHECK(tax_on(schedule, Money(11, EUR)).minor() == 5);
        CHECK(tax_on(schedule, Money(-11, EUR)).minor() == -10);
    }

    TEST_CASE("a defect is told with what would be accepted, in a fixed order") {
        const auto defect = [](auto change) {
            FeeSchedule schedule = schedule_of({{0, rate("5%"), 5}, {1000, rate("3%"), 20}});
            change(schedule);
            return defect_of(schedule).value_or("sound");
        };
        using S = FeeSchedule&;
        CHECK(defect([](S) {}) == "sound");
        CHECK(defect([](S s) { s.bands[0].from = -1; }) == "band 1 starts at -1, below zero");
        CHECK(defect([](S s) { s.bands[1].from = 0; }) ==
              "band 2 starts at 0, but the band before it at 0; bands must ascend");
        CHECK(defect([](S s) { s.bands[1].rate = rate("1.01"); }) ==
              "band 2 has the rate 1.01; accepted are 0 to 1 with at most 18 decimals");
        CHECK(defect([](S s) { s.bands[0].rate = rate("-0.05"); }) ==
              "band 1 has the rate -0.05; accepted are 0 to 1 with at most 18 decimals");
        CHECK(defect([](S s) { s.bands[0].rate = rate("0.0000000000000000001"); }) ==
              "band 1 has the rate 0.0000000000000000001; accepted are 0 to 1 with at most 18 decimals");
        CHECK(defect([](S s) { s.bands[0].fixed = -5; }) == "band 1 has the fixed part -5, below zero");
        CHECK(defect([](S s) {
                  s.banding = Banding::marginal;
                  s.bands[0].fixed = largest;
              }) == "the fixed parts up to band 2 need more than 64 bits");
        CHECK(defect([](S s) { s.minimum = -1; }) == "the minimum is -1, below zero");
        CHECK(defect([](S s) { s.maximum = -1; }) == "the maximum is -1, below zero");
        CHECK(defect([](S s) {
                  s.minimum = 10;
                  s.maximum = 9;
              }) == "the minimum, 10, is above the maximum, 9");
        CHECK(defect([](S s) { s.rounding.step = 0; }) == "fees are rounded to a step of 0; at least 1 is accepted");
        CHECK(defect([](S s) { s.tax = FeeTax{rate("120%"), half_even, false, {}}; }) ==
              "the tax has the rate 1.2; accepted are 0 to 1 with at most 18 decimals");
        CHECK(defect([](S s) { s.tax = FeeTax{rate("20%"), {RoundingMode::down, 0}, false, {}}; }) ==
              "the tax is rounded to a step of 0; at least 1 is accepted");
        // The first of several is told.
        CHECK(defect([](S s) {
                  s.rounding.step = 0;
                  s.bands[0].from = -1;
              }) == "band 1 starts at -1, below zero");
    }

    TEST_CASE("a schedule with a defect and an amount below zero are refused by name") {
        auto broken = kickstarter_2015();
        broken.rounding.step = 0;
        CHECK_THROWS_WITH_AS((void)fee_on(broken, usd("1.00")),
                             "fee schedule 'fee': fees are rounded to a step of 0; at least 1 is accepted",
                             ContractViolation);
        CHECK_THROWS_AS((void)tax_on(broken, usd("1.00")), ContractViolation);
        CHECK_THROWS_AS((void)fee_on(kickstarter_2015(), usd("-1.00")), ContractViolation);
    }

    TEST_CASE("a fee contains no more tax than there is of it, however the tax is rounded") {
        auto schedule = schedule_of({{0, Decimal(0), 2}});
        schedule.tax = FeeTax{rate("10%"), {RoundingMode::up, 5}, true, {}};
        CHECK(tax_on(schedule, usd("0.02")) == usd("0.02"));
        CHECK(tax_on(schedule, usd("0.05")) == usd("0.05"));
        CHECK(tax_on(schedule, usd("-0.02")) == usd("-0.02"));
        CHECK(tax_on(schedule, usd("1.10")) == usd("0.10"));
    }

    TEST_CASE("a schedule can be read in one line") {
        CHECK(to_text(kickstarter_2015(), USD) == "5% + 0.05 below 10.00, 3% + 0.20 from 10.00 USD, half_up");
        CHECK(to_text(schedule_of({{0, rate("5%"), 0}}), USD) == "5%, half_up");
        CHECK(to_text(schedule_of({}), USD) == "no fee");
        CHECK(to_text(schedule_of({{500, rate("2.9%"), 30}}), USD) ==
              "free below 5.00, 2.9% + 0.30 from 5.00 USD, half_up");
        CHECK(to_text(ulule(), EUR) ==
              "6.67% below 100000.00, 5.83% from 100000.00, 5% from 250000.00, 4.17% from 500000.00 EUR, "
              "each on its own slice, half_up");
        auto full = schedule_of({{0, Decimal(0), 250}, {10'000, rate("2.5%"), 0}}, {RoundingMode::down, 5});
        full.minimum = 30;
        full.maximum = 3'000;
        full.tax = FeeTax{rate("10%"), {RoundingMode::down}, true, {}};
        CHECK(to_text(full, JPY) ==
              "250 below 10000, 2.5% from 10000 JPY, at least 30, at most 3000, down to 5, "
              "including 10% tax");
        full.tax->included = false;
        CHECK(to_text(full, JPY).ends_with("plus 10% tax"));
    }
}
