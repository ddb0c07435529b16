// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/reserve.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

/// 5% of the running total once 1,000 is raised. [Indiegogo's support article 360000990627]
const ReservePlan indiegogo{.rate = rate("5%"), .trigger = 1'000'00};

Money held(std::int64_t collected, const ReservePlan& plan = indiegogo) {
    return reserve_on(plan, {collected, USD});
}

}  // namespace

TEST_SUITE("settlement") {
    TEST_CASE("a reserve is held on all that was collected, from the trigger on") {
        CHECK(held(999'99) == usd("0.00"));
        CHECK(held(1'000'00) == usd("50.00"));
        CHECK(held(20'000'00) == usd("1000.00"));
    }

    TEST_CASE("a reserve rounds as its plan says") {
        CHECK(held(1'000'10) == usd("50.00"));  // 50.005, half to even
        CHECK(held(1'000'30) == usd("50.02"));  // 50.015
        const ReservePlan up{.rate = rate("5%"), .trigger = 0, .rounding = {RoundingMode::up}};
        CHECK(held(1, up) == usd("0.01"));
    }

    TEST_CASE("nothing is held on nothing, or on less than nothing") {
        const ReservePlan always{.rate = rate("100%")};
        CHECK(held(0, always) == usd("0.00"));
        CHECK(held(-500, always) == usd("0.00"));
        CHECK(held(500, always) == usd("5.00"));
    }
}
