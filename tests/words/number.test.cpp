// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <limits>
#include <words/number.hpp>

using namespace crowdrules;
using namespace crowdrules::detail;

TEST_SUITE_BEGIN("words");

TEST_CASE("numbers: grouped, with all their decimals and a true minus") {
    CHECK(number_text(10'266'845'00, 2) == "10,266,845.00");
    CHECK(number_text(-5, 2) == "−0.05");
    CHECK(number_text(0, 0) == "0");
    CHECK(number_text(1'000, 3) == "1.000");
    CHECK(number_text(std::numeric_limits<std::int64_t>::min(), 2) == "−92,233,720,368,547,758.08");
    CHECK(number_text(1, 18) == "0.000000000000000001");
}

TEST_CASE("numbers: of things, one and more") {
    CHECK(counted(0, "vote") == "0 votes");
    CHECK(counted(1, "vote") == "1 vote");
    CHECK(counted(68'929, "staff pick") == "68929 staff picks");
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'000'000) == "1,000,000");
    CHECK(grouped(1, "backer") == "1 backer");
    CHECK(grouped(68'929, "backer") == "68,929 backers");
}

TEST_CASE("numbers: an amount without its currency") {
    CHECK(amount_text(Money{10'266'845'00, USD}) == "10,266,845.00");
    CHECK(amount_text(Money{-3'00, USD}) == "-3.00");
    CHECK(amount_text(Money{1'500, JPY}) == "1,500");
}

TEST_SUITE_END();
