// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/time/dated.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;

namespace {

DatedRow<int> row(const char* from, int value) {
    return {date(from), value, {}};
}

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("a value holds from its day until the next row") {
        // The longest campaign on Kickstarter, in days; rows may be given in any order.
        const Dated<int> longest({row("2011-06-15", 60), row("2009-04-28", 90)});
        CHECK(longest.on(date("2009-04-27")) == nullptr);
        CHECK(longest.on(date("2009-04-28"))->value == 90);
        CHECK(longest.on(date("2011-06-14"))->value == 90);
        CHECK(longest.on(date("2011-06-15"))->value == 60);
        CHECK(longest.on(date("2026-11-01"))->value == 60);
        CHECK(longest.rows().front().value == 90);
    }

    TEST_CASE("without rows nothing ever held") {
        CHECK(Dated<int>{}.on(date("2026-11-01")) == nullptr);
        CHECK(Dated<int>{} == Dated<int>{{}});
    }

    TEST_CASE("of two rows for the same day the one given later holds") {
        const Dated<int> value({row("2011-06-15", 1), row("2009-04-28", 0), row("2011-06-15", 2)});
        CHECK(value.on(date("2011-06-15"))->value == 2);
    }

    TEST_CASE("rows in any order are the rows in order") {
        std::vector<DatedRow<int>> rows;
        for (unsigned day = 1; day <= 28; ++day)
            rows.push_back({std::chrono::year{2024} / 2 / std::chrono::day{day}, static_cast<int>(day), {}});
        const Dated<int> in_order(rows);
        std::mt19937_64 random(4);
        for (int round = 0; round < 100; ++round) {
            for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
            REQUIRE(Dated<int>(rows) == in_order);
        }
    }
}
