// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>

#include <doctest/doctest.h>

#include "any_schedule.hpp"
#include <type_traits>

using namespace crowdrules;

static_assert(std::is_copy_constructible_v<FeeColumn> && std::is_nothrow_move_constructible_v<FeeColumn>);
static_assert(!std::is_convertible_v<FeeSchedule, FeeColumn>);

namespace {

using Column = std::vector<std::int64_t>;

FeeSchedule kickstarter() {
    return {.name = "processing",
            .bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}},
            .rounding = {RoundingMode::half_up},
            .citation = {}};
}

/// Whether the column gives for all amounts what fee_on gives for each, in every way of asking.
bool agrees_with_fee_on(const FeeSchedule& schedule, const Column& amounts) {
    const FeeColumn column(schedule);
    Int128 total = 0;
    Column expected;
    try {
        for (const std::int64_t amount : amounts) {
            expected.push_back(fee_on(schedule, Money(amount, USD)).minor());
            total += expected.back();
            if (column.fee(amount) != expected.back()) return false;
        }
    } catch (const Overflow&) {
        Column unspecified(amounts.size());
        CHECK_THROWS_AS((void)column.total(amounts), Overflow);
        CHECK_THROWS_AS((void)column.fees(amounts, unspecified), Overflow);
        return true;
    }
    Column fees(amounts.size(), -1);
    return column.fees(amounts, fees) == total && fees == expected && column.total(amounts) == total;
}

}  // namespace

TEST_SUITE("fees") {
    TEST_CASE("a column of pledges has the fees of its pledges") {
        const Column amounts = {100, 500, 999, 1000, 2500, 10000, 11500, 1000000, 0};
        Column fees(amounts.size());
        const FeeColumn column(kickstarter());
        CHECK(column.fees(amounts, fees) == 30945);
        CHECK(fees == Column{10, 30, 55, 50, 95, 320, 365, 30020, 0});
        CHECK(column.total(amounts) == 30945);
        CHECK(column.total({}) == 0);
    }

    TEST_CASE("columns of small amounts agree with fee_on for any schedule") {
        any_schedule::Random random(68929);
        int fast = 0;
        for (int round = 0; round < 3'000; ++round) {
            const FeeSchedule schedule = any_schedule::any_schedule(random, 14, 6, 4);
            const std::int64_t limit = FeeColumn(schedule).fast_below();
            fast += limit > 0;
            Column amounts(1 + any_schedule::below(random, 60));
            for (std::int64_t& amount : amounts) {
                amount = any_schedule::any_amount(random, 34);
                if (limit > 0) amount %= limit;
                // thresholds and their neighbours, and the largest amount of the fast way, come often
                const FeeBand& band = schedule.bands[any_schedule::below(random, schedule.bands.size())];
                if (any_schedule::below(random, 3) == 0)
                    amount = std::max<std::int64_t>(0, band.from + 1 - static_cast<std::int64_t>(random() % 3));
                if (limit > 0 && any_schedule::below(random, 10) == 0) amount = limit - 1;
            }
            CAPTURE(to_text(schedule, USD));
            REQUIRE(agrees_with_fee_on(schedule, amounts));
        }
        CHECK(fast > 2'500);  // otherwise this would have tested the other way
    }

    TEST_CASE("every amount of a dense range agrees with fee_on in every mode, ties included") {
        for (int mode = 0; mode < 7; ++mode)
            for (const char* percent : {"5%", "2.5%", "12.5%", "50%", "100%", "0.1%", "6.67%"})
                for (const std::int64_t step : {1, 5, 7}) {
                    FeeSchedule schedule{
                        .name = "dense", .bands = {{0, rate(percent), 0}, {900, rate(percent), 3}}, .citation = {}};
                    schedule.rounding = {static_cast<RoundingMode>(mode), step};
                    Column amounts(2'000);
                    for (std::size_t i = 0; i < amounts.size(); ++i) amounts[i] = static_cast<std::int64_t>(i);
                    CAPTURE(to_text(schedule, USD));
                    REQUIRE(agrees_with_fee_on(schedule, amounts));
                    schedule.bands.pop_back();
                    REQUIRE(agrees_with_fee_on(schedule, amounts));
                }
    }

    TEST_CASE("columns of amounts of every size agree with fee_on for any schedule") {
        any_schedule::Random random(10266845);
        for (int round = 0; round < 2'000; ++round) {
            const auto size = static_cast<unsigned>(1 + any_schedule::below(random, 60));
            const FeeSchedule schedule = any_schedule::any_schedule(random, size, 18, 6);
            Column amounts(1 + any_schedule::below(random, 40));
            for (std::int64_t& amount : amounts) amount = any_schedule::any_amount(random, std::min(63u, size + 3));
            CAPTURE(to_text(schedule, USD));
            REQUIRE(agrees_with_fee_on(schedule, amounts));
        }
    }

    TEST_CASE("one large amount sends its block the exact way and changes nothing else") {
        any_schedule::Random random(4096);
        Column amounts(3 * 4096 + 17);
        for (std::int64_t& amount : amounts) amount = static_cast<std::int64_t>(any_schedule::below(random, 20'000));
        CHECK(agrees_with_fee_on(kickstarter(), amounts));
        for (const std::size_t place : {std::size_t{0}, std::size_t{5000}, amounts.size() - 1}) {
            const std::int64_t small = amounts[place];
            for (const std::int64_t large :
                 {FeeColumn(kickstarter()).fast_below() - 1, FeeColumn(kickstarter()).fast_below(),
                  std::int64_t{1} << 32, std::numeric_limits<std::int64_t>::max()}) {
                amounts[place] = large;
                CHECK(agrees_with_fee_on(kickstarter(), amounts));
            }
            amounts[place] = small;
        }
    }

    TEST_CASE("everyday schedules go the fast way for everyday amounts") {
        CHECK(FeeColumn(kickstarter()).fast_below() == std::int64_t{1} << 29);
        FeeSchedule longer = kickstarter();
        longer.bands = {{0, rate("2.917%"), 0}};
        CHECK(FeeColumn(longer).fast_below() == std::int64_t{1} << 19);
        longer.bands = {{0, rate("0.0123456789012"), 0}};
        CHECK(FeeColumn(longer).fast_below() == 0);
        FeeSchedule five = kickstarter();
        five.bands = {
            {0, rate("5%"), 0}, {10, rate("4%"), 0}, {20, rate("3%"), 0}, {30, rate("2%"), 0}, {40, rate("1%"), 0}};
        CHECK(FeeColumn(five).fast_below() == 0);
        CHECK(agrees_with_fee_on(five, {0, 9, 10, 25, 35, 45, 1'000'000}));
    }

    TEST_CASE("a schedule without bands costs nothing") {
        FeeSchedule free{.name = "none", .bands = {}, .minimum = 5, .citation = {}};
        Column fees(3, -1);
        CHECK(FeeColumn(free).fees(Column{0, 5, 1 << 30}, fees) == 0);
        CHECK(fees == Column{0, 0, 0});
        CHECK(agrees_with_fee_on(free, {0, 1, 100, std::numeric_limits<std::int64_t>::max()}));
    }

    TEST_CASE("the sum of fees may leave 64 bits") {
        FeeSchedule all{.name = "all", .bands = {{0, Decimal(1), 0}}, .citation = {}};
        const Column amounts(5, std::numeric_limits<std::int64_t>::max());
        CHECK(FeeColumn(all).total(amounts) == Int128{5} * std::numeric_limits<std::int64_t>::max());
    }

    TEST_CASE("what the caller owes is checked") {
        FeeSchedule broken = kickstarter();
        broken.rounding.step = 0;
        CHECK_THROWS_AS(FeeColumn{broken}, ContractViolation);
        const FeeColumn column(kickstarter());
        Column amounts(10, 100);
        Column fees(9);
        CHECK_THROWS_AS((void)column.fees(amounts, fees), ContractViolation);
        CHECK_THROWS_AS((void)column.fees(amounts, amounts), ContractViolation);
        CHECK_THROWS_AS((void)column.fees(std::span(amounts).first(6), std::span(amounts).last(6)), ContractViolation);
        CHECK(column.fees(std::span(amounts).first(5), std::span(amounts).last(5)) == 50);
        amounts[7] = -1;
        CHECK_THROWS_AS((void)column.total(amounts), ContractViolation);
        CHECK_THROWS_AS((void)column.fee(-1), ContractViolation);
    }
}
