// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/id.hpp>
#include <crowdrules/format.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/time/instant.hpp>

#include <doctest/doctest.h>
#include <fmt/chrono.h>
#include <fmt/ranges.h>

#include <chrono>
#include <vector>

using namespace crowdrules;

// What has a text is formattable, whether a class, an enumeration or a template; ids, which have none, are not.
static_assert(fmt::is_formattable<Money>::value);
static_assert(fmt::is_formattable<Evidence>::value);
static_assert(!fmt::is_formattable<Id<struct Anything>>::value);

TEST_SUITE("format") {
    TEST_CASE("values are formatted as their text") {
        CHECK(fmt::format("{}", usd("513342.25")) == to_text(usd("513342.25")));
        CHECK(fmt::format("{}", Decimal(3)) == to_text(Decimal(3)));
        CHECK(fmt::format("{}", Evidence::official) == "official");
        CHECK(fmt::format("{}", RoundingMode::half_even) == "half_even");
    }

    TEST_CASE("a format specification is a string's") {
        CHECK(fmt::format("{:>12}|{:<12}|{:*^12}", usd("1.00"), usd("-1.00"), usd("0.50")) ==
              "    1.00 USD|-1.00 USD   |**0.50 USD**");
        CHECK_THROWS_AS((void)fmt::format(fmt::runtime("{:d}"), usd("1.00")), fmt::format_error);
    }

    TEST_CASE("ranges of values and times stay with fmt's own formatters") {
        CHECK(fmt::format("{}", fmt::join(std::vector{usd("1.00"), usd("2.00")}, ", ")) == "1.00 USD, 2.00 USD");
        CHECK(fmt::format("{}", std::vector{usd("1.00")}) == "[1.00 USD]");
        CHECK(fmt::format("{:%Y}", std::chrono::sys_seconds{}) == "1970");
    }
}
