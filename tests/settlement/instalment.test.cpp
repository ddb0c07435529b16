// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/instalment.hpp>

#include <doctest/doctest.h>

#include <numeric>
#include <random>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Instant success = instant("2025-01-31T20:00:00Z");

std::vector<std::int64_t> amounts(const std::vector<Instalment>& parts) {
    std::vector<std::int64_t> list;
    for (const Instalment& part : parts) list.push_back(part.amount);
    return list;
}
std::vector<Instant> dues(const std::vector<Instalment>& parts) {
    std::vector<Instant> list;
    for (const Instalment& part : parts) list.push_back(part.due);
    return list;
}
Money cents(std::int64_t minor) {
    return {minor, USD};
}

/// 150.00 in three, as far as `collected` of them.
std::vector<Instalment> three_fifties(int collected) {
    std::vector<Instalment> parts = instalments_of({}, cents(150'00), success);
    for (int i = 0; i < collected; ++i) parts[static_cast<std::size_t>(i)].state = InstalmentState::collected;
    return parts;
}

}  // namespace

TEST_SUITE("settlement") {
    TEST_CASE("three monthly instalments start at the success, and a short month does not move the later ones") {
        const std::vector<Instalment> parts = instalments_of({}, cents(150'00), success);
        CHECK(amounts(parts) == std::vector<std::int64_t>{50'00, 50'00, 50'00});
        CHECK(dues(parts) == std::vector{success, instant("2025-02-28T20:00:00Z"), instant("2025-03-31T20:00:00Z")});
    }

    TEST_CASE("four fortnightly instalments start 24 hours after the success") {
        const InstalmentPlan first_version{.count = 4, .first_after = 24h, .cadence = {.every = days{14}}};
        const std::vector<Instalment> parts = instalments_of(first_version, cents(125'00), success);
        CHECK(amounts(parts) == std::vector<std::int64_t>{31'25, 31'25, 31'25, 31'25});
        CHECK(dues(parts) ==
              std::vector{success + days{1}, success + days{15}, success + days{29}, success + days{43}});
    }

    TEST_CASE("the odd cents of a total that does not divide go where the plan says") {
        const auto split = [](AllocationMethod spare, std::int64_t total) {
            return amounts(instalments_of({.spare = spare}, cents(total), success));
        };
        CHECK(split(AllocationMethod::first, 100'00) == std::vector<std::int64_t>{33'34, 33'33, 33'33});
        CHECK(split(AllocationMethod::last, 100'00) == std::vector<std::int64_t>{33'33, 33'33, 33'34});
        CHECK(split(AllocationMethod::largest_remainder, 100'01) == std::vector<std::int64_t>{33'34, 33'34, 33'33});
    }

    TEST_CASE("parts sum to the total and are equal within a cent, for every number of parts") {
        std::mt19937_64 random(1);
        for (int count = 2; count <= 60; ++count) {
            const std::int64_t total = 1 + static_cast<std::int64_t>(random() % 1'000'000);
            const std::vector<std::int64_t> parts = amounts(
                instalments_of({.count = count, .spare = AllocationMethod::largest_remainder}, cents(total), success));
            CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
            const auto [least, most] = std::minmax_element(parts.begin(), parts.end());
            CHECK(*most - *least <= 1);
        }
    }

    TEST_CASE("a plan has 2 to 60 parts, of something") {
        CHECK_THROWS_AS((void)instalments_of({.count = 1}, cents(100), success), ContractViolation);
        CHECK_THROWS_AS((void)instalments_of({.count = 61}, cents(100), success), ContractViolation);
        CHECK_THROWS_AS((void)instalments_of({}, cents(0), success), ContractViolation);
        CHECK_THROWS_AS((void)instalments_of({}, cents(-1), success), ContractViolation);
    }

    TEST_CASE("a refund cancels what is not collected, then goes backwards through what is (Kickstarter's example)") {
        // 150.00 in three, two collected, 120.00 back: the third is cancelled, the second refunded, then 20.00 of the
        // first. [Kickstarter's release notes, 2025-12-16]
        CHECK(refund_order(three_fifties(2), 120'00) ==
              std::vector<InstalmentRefund>{{2, true, 50'00}, {1, false, 50'00}, {0, false, 20'00}});
    }

    TEST_CASE("a refund within what is open cancels the last part first, in part if need be") {
        CHECK(refund_order(three_fifties(1), 70'00) ==
              std::vector<InstalmentRefund>{{2, true, 50'00}, {1, true, 20'00}});
        CHECK(refund_order(three_fifties(2), 1) == std::vector<InstalmentRefund>{{2, true, 1}});
    }

    TEST_CASE("an errored part is open, a cancelled one is not, and what went back before does not go back again") {
        std::vector<Instalment> parts = three_fifties(2);
        parts[2].state = InstalmentState::errored;
        CHECK(refund_order(parts, 60'00) == std::vector<InstalmentRefund>{{2, true, 50'00}, {1, false, 10'00}});
        parts[2] = {.amount = 0, .state = InstalmentState::cancelled};
        parts[1].refunded = 45'00;
        CHECK(refund_order(parts, 15'00) == std::vector<InstalmentRefund>{{1, false, 5'00}, {0, false, 10'00}});
    }

    TEST_CASE("a refund of everything takes everything, and of a cent more is refused") {
        CHECK(refund_order(three_fifties(2), 150'00) ==
              std::vector<InstalmentRefund>{{2, true, 50'00}, {1, false, 50'00}, {0, false, 50'00}});
        CHECK_THROWS_AS((void)refund_order(three_fifties(2), 150'01), ContractViolation);
        CHECK_THROWS_AS((void)refund_order(three_fifties(2), 0), ContractViolation);
    }

    TEST_CASE("an instalment's state has a name") {
        CHECK(to_text(InstalmentState::uncollected) == "uncollected");
        CHECK(to_text(InstalmentState::collected) == "collected");
        CHECK(to_text(InstalmentState::errored) == "errored");
        CHECK(to_text(InstalmentState::cancelled) == "cancelled");
    }
}
