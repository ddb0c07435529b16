// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/settle_column.hpp>

#include <doctest/doctest.h>

#include "any_schedule.hpp"

using namespace crowdrules;

namespace {

using Column = std::vector<std::int64_t>;

FeeSchedule processing() {
    return {.name = "processing",
            .bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}},
            .rounding = {RoundingMode::half_even},
            .citation = {}};
}

FeeSchedule platform() {
    return {.name = "platform", .bands = {{0, rate("5%"), 0}}, .rounding = {RoundingMode::half_even}, .citation = {}};
}

}  // namespace

TEST_SUITE("fees") {
    TEST_CASE("each charge is settled by itself and the totals are the sums") {
        const Column charges = {100, 11500, 10, 0};
        Column fees(4), shares(4), net(4);
        const auto totals = SettleColumn(processing(), platform()).settle(charges, {fees, shares, net});
        CHECK(fees == Column{10, 365, 6, 0});   // 5.5 goes to 6
        CHECK(shares == Column{5, 575, 0, 0});  // 0.5 goes to 0
        CHECK(net == Column{85, 10560, 4, 0});
        CHECK(totals == SettledTotals{.gross = 11610, .processing = 381, .platform = 580, .net = 10649});
    }

    TEST_CASE("a share rounded on every charge is not the share of the whole") {
        const Column charges(3, 1010);  // 5% of 10.10 is 0.505
        FeeSchedule share = platform();
        share.rounding = {RoundingMode::half_up};
        const auto totals = SettleColumn(processing(), share).settle(charges);
        CHECK(totals.platform == 153);
        CHECK(fee_on(share, usd("30.30")) == usd("1.52"));  // 1.515
    }

    TEST_CASE("a charge smaller than its fees has a net below zero") {
        Column net(1);
        const auto totals = SettleColumn(processing(), platform()).settle(Column{1}, {.net = net});
        CHECK(net == Column{-4});
        CHECK(totals.net == -4);
    }

    TEST_CASE("rows and totals are those of fee_on for any schedules, whichever columns are kept") {
        any_schedule::Random random(20090428);
        for (int round = 0; round < 300; ++round) {
            const FeeSchedule first = any_schedule::any_schedule(random, 14, 4, 4);
            const FeeSchedule second = any_schedule::any_schedule(random, 20, 7, 6);
            const SettleColumn column(first, second);
            Column charges(any_schedule::below(random, 900));
            for (std::int64_t& charge : charges) charge = any_schedule::any_amount(random, round % 2 == 0 ? 18 : 50);
            Column fees(charges.size()), shares(charges.size()), net(charges.size());
            SettledTotals expected;
            for (std::size_t i = 0; i < charges.size(); ++i) {
                fees[i] = fee_on(first, Money(charges[i], USD)).minor();
                shares[i] = fee_on(second, Money(charges[i], USD)).minor();
                net[i] = charges[i] - fees[i] - shares[i];
                expected.gross += charges[i];
                expected.processing += fees[i];
                expected.platform += shares[i];
                expected.net += net[i];
            }
            CAPTURE(to_text(first, USD));
            CAPTURE(to_text(second, USD));
            for (unsigned kept = 0; kept < 8; ++kept) {
                Column a(charges.size()), b(charges.size()), c(charges.size());
                SettledRows rows;
                if ((kept & 1) != 0) rows.processing = a;
                if ((kept & 2) != 0) rows.platform = b;
                if ((kept & 4) != 0) rows.net = c;
                REQUIRE(column.settle(charges, rows) == expected);
                if ((kept & 1) != 0) REQUIRE(a == fees);
                if ((kept & 2) != 0) REQUIRE(b == shares);
                if ((kept & 4) != 0) REQUIRE(c == net);
            }
        }
    }

    TEST_CASE("a net that leaves 64 bits throws, and one at the edge does not") {
        const std::int64_t largest = std::numeric_limits<std::int64_t>::max();
        FeeSchedule flat{.name = "flat", .bands = {{0, Decimal(0), largest}}, .citation = {}};
        FeeSchedule two{.name = "two", .bands = {{0, Decimal(0), 2}}, .citation = {}};
        FeeSchedule three{.name = "three", .bands = {{0, Decimal(0), 3}}, .citation = {}};
        Column net(1);
        CHECK(SettleColumn(flat, two).settle(Column{1}, {.net = net}).net == Int128{1} - largest - 2);
        CHECK(net[0] == std::numeric_limits<std::int64_t>::min());
        CHECK_THROWS_AS(SettleColumn(flat, three).settle(Column{1}, {.net = net}), Overflow);
        CHECK(SettleColumn(flat, flat).settle(Column{1}).net == Int128{1} - largest - largest);  // not kept, no need
    }

    TEST_CASE("what the caller owes is checked before anything is computed") {
        const SettleColumn column(processing(), platform());
        const Column charges(10, 100);
        Column shorter(9);
        CHECK_THROWS_AS(column.settle(charges, {.processing = shorter}), ContractViolation);
        CHECK_THROWS_AS(column.settle(charges, {.platform = shorter}), ContractViolation);
        CHECK_THROWS_AS(column.settle(charges, {.net = shorter}), ContractViolation);
        CHECK_THROWS_AS(column.settle(Column{-1}), ContractViolation);
        FeeSchedule broken = platform();
        broken.minimum = -1;
        CHECK_THROWS_AS(SettleColumn(processing(), broken), ContractViolation);
    }
}
