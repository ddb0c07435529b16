// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/core/result.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace crowdrules;

static_assert(std::is_base_of_v<ContractViolation, Overflow>);
static_assert(std::is_base_of_v<ContractViolation, CurrencyMismatch>);

TEST_SUITE("core") {
    TEST_CASE("a kept promise costs nothing and a broken one throws its words") {
        CHECK_NOTHROW(expects(true, "a denominator above zero"));
        CHECK_THROWS_WITH_AS(expects(false, "a denominator above zero"), "a denominator above zero", ContractViolation);
    }

    TEST_CASE("a result holds a value or the reason why there is none") {
        const Result<int> value = 7;
        CHECK(value == 7);
        const Result<int> none = failure(TextError{{"", 1, 2}, "no number", "x", "a number"});
        REQUIRE_FALSE(none);
        CHECK(none.error().where.column == 2);
    }
}
