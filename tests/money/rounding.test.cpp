// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/rounding.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include "random.hpp"
#include <limits>
#include <optional>

using namespace crowdrules;
using Big = boost::multiprecision::cpp_int;

namespace {

constexpr RoundingMode all_modes[] = {RoundingMode::half_even, RoundingMode::half_up, RoundingMode::half_down,
                                      RoundingMode::up,        RoundingMode::down,    RoundingMode::ceiling,
                                      RoundingMode::floor};
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

/// The definition of each mode, spelled out over the two whole neighbours of the exact quotient.
Big rounded_by_definition(const Big& numerator, const Big& denominator, RoundingMode mode) {
    Big below = numerator / denominator;
    if (below * denominator > numerator) --below;
    if (below * denominator == numerator) return below;
    const Big above = below + 1;
    const Big toward_zero = numerator < 0 ? above : below;
    const Big from_zero = numerator < 0 ? below : above;
    const Big to_below = numerator - below * denominator;
    const Big to_above = above * denominator - numerator;
    const bool tie = to_below == to_above;
    const Big nearest = to_below < to_above ? below : above;
    switch (mode) {
        case RoundingMode::half_even:
            return tie ? (below % 2 == 0 ? below : above) : nearest;
        case RoundingMode::half_up:
            return tie ? from_zero : nearest;
        case RoundingMode::half_down:
            return tie ? toward_zero : nearest;
        case RoundingMode::up:
            return from_zero;
        case RoundingMode::down:
            return toward_zero;
        case RoundingMode::ceiling:
            return above;
        case RoundingMode::floor:
            return below;
    }
    return 0;
}

/// The result, or nothing when it was refused as an overflow.
std::optional<std::int64_t> try_multiply(std::int64_t amount, std::int64_t coefficient, unsigned scale,
                                         RoundingMode mode) {
    try {
        return multiply_rate(amount, coefficient, scale, mode);
    } catch (const Overflow&) {
        return std::nullopt;
    }
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("the seven modes, on both sides of zero") {
        struct Row {
            RoundingMode mode;
            std::int64_t of[10];  // -2.5 -1.6 -1.5 -1.4 -0.5 | 0.5 1.4 1.5 1.6 2.5
        };
        constexpr Row rows[] = {
            {RoundingMode::half_even, {-2, -2, -2, -1, 0, 0, 1, 2, 2, 2}},
            {RoundingMode::half_up, {-3, -2, -2, -1, -1, 1, 1, 2, 2, 3}},
            {RoundingMode::half_down, {-2, -2, -1, -1, 0, 0, 1, 1, 2, 2}},
            {RoundingMode::up, {-3, -2, -2, -2, -1, 1, 2, 2, 2, 3}},
            {RoundingMode::down, {-2, -1, -1, -1, 0, 0, 1, 1, 1, 2}},
            {RoundingMode::ceiling, {-2, -1, -1, -1, 0, 1, 2, 2, 2, 3}},
            {RoundingMode::floor, {-3, -2, -2, -2, -1, 0, 1, 1, 1, 2}},
        };
        constexpr std::int64_t tenths[] = {-25, -16, -15, -14, -5, 5, 14, 15, 16, 25};
        for (const Row& row : rows) {
            CAPTURE(to_text(row.mode));
            for (std::size_t i = 0; i < std::size(tenths); ++i) {
                CAPTURE(tenths[i]);
                CHECK(divide(tenths[i], 10, row.mode) == row.of[i]);
                CHECK(multiply_rate(tenths[i], 1, 1, row.mode) == row.of[i]);
            }
        }
    }

    TEST_CASE("what is whole is not rounded by any mode") {
        for (const RoundingMode mode : all_modes) {
            CHECK(divide(-120, 10, mode) == -12);
            CHECK(multiply_rate(-120, 5, 2, mode) == -6);
            CHECK(multiply_rate(7, -3, 0, mode) == -21);
            CHECK(divide(0, 7, mode) == 0);
        }
    }

    TEST_CASE("half a cent of a fee goes to the even cent: 12.5 and 13.5 cents") {
        CHECK(multiply_rate(250, 5, 2, RoundingMode::half_even) == 12);
        CHECK(multiply_rate(270, 5, 2, RoundingMode::half_even) == 14);
    }

    TEST_CASE("divide holds at the ends of 64 bits") {
        for (const RoundingMode mode : all_modes) {
            CHECK(divide(least, 1, mode) == least);
            CHECK(divide(greatest, greatest, mode) == 1);
        }
        CHECK(divide(least, greatest, RoundingMode::half_even) == -1);
        CHECK(divide(least, greatest, RoundingMode::floor) == -2);
        CHECK(divide(greatest - 1, greatest, RoundingMode::half_up) == 1);
    }

    TEST_CASE("a denominator that is not positive breaks the contract") {
        CHECK_THROWS_AS((void)divide(1, 0, RoundingMode::down), ContractViolation);
        CHECK_THROWS_AS((void)divide(1, -1, RoundingMode::down), ContractViolation);
        CHECK_THROWS_AS((void)divide(1, least, RoundingMode::down), ContractViolation);
    }

    TEST_CASE("a scale beyond 18 breaks the contract") {
        CHECK(multiply_rate(greatest, 1, 18, RoundingMode::down) == 9);
        CHECK_THROWS_AS((void)multiply_rate(1, 1, 19, RoundingMode::down), ContractViolation);
    }

    TEST_CASE("a mode outside the enumeration breaks the contract") {
        CHECK_THROWS_AS((void)divide(1, 2, static_cast<RoundingMode>(99)), ContractViolation);
        CHECK(to_text(static_cast<RoundingMode>(99)) == "unknown");
    }

    TEST_CASE("a product beyond 64 bits is exact when the result fits, and refused when it does not") {
        CHECK(multiply_rate(greatest, 10, 1, RoundingMode::half_even) == greatest);
        CHECK(multiply_rate(least, 10, 1, RoundingMode::half_even) == least);
        CHECK(multiply_rate(least, 1'000, 3, RoundingMode::half_even) == least);
        CHECK_THROWS_AS((void)multiply_rate(least, -1'000, 3, RoundingMode::down), Overflow);
        CHECK_THROWS_AS((void)multiply_rate(least, -1, 0, RoundingMode::down), Overflow);
        CHECK_THROWS_AS((void)multiply_rate(greatest, 11, 1, RoundingMode::half_even), Overflow);
    }

    TEST_CASE("rounding itself can leave 64 bits, and only then it is refused") {
        constexpr std::int64_t amount = 3'689'348'814'741'910'323;  // times 2.5 it is 2^63 - 1/2
        CHECK(multiply_rate(amount, 25, 1, RoundingMode::down) == greatest);
        CHECK(multiply_rate(amount, 25, 1, RoundingMode::half_down) == greatest);
        CHECK_THROWS_AS((void)multiply_rate(amount, 25, 1, RoundingMode::half_up), Overflow);
        CHECK_THROWS_AS((void)multiply_rate(amount, 25, 1, RoundingMode::half_even), Overflow);
        CHECK(multiply_rate(-amount, 25, 1, RoundingMode::half_up) == least);  // below zero there is room for one more
    }

    TEST_CASE("divide agrees with the definition on unbounded integers") {
        Random random(20'120'411);
        for (int i = 0; i < 100'000; ++i) {
            const std::int64_t numerator = random.any();
            const std::int64_t denominator = random.any();
            if (denominator <= 0) continue;
            const RoundingMode mode = all_modes[random.below(std::size(all_modes))];
            const Big expected = rounded_by_definition(numerator, denominator, mode);
            if (divide(numerator, denominator, mode) != expected) {
                CAPTURE(numerator);
                CAPTURE(denominator);
                CAPTURE(to_text(mode));
                REQUIRE(divide(numerator, denominator, mode) == expected);
            }
        }
    }

    TEST_CASE("multiply_rate agrees with the definition on unbounded integers, overflow included") {
        Random random(20'120'518);
        int wide = 0;
        int refused = 0;
        for (int i = 0; i < 200'000; ++i) {
            const std::int64_t amount = random.any();
            std::int64_t coefficient = random.any();
            const auto scale = static_cast<unsigned>(random.below(19));
            if (random.below(4) == 0 && amount != 0) {
                // Aim at a result close to the end of the range, where rounding decides.
                const Big near = Big(greatest) * pow(Big(10), scale) / amount + static_cast<int>(random.below(5)) - 2;
                if (abs(near) <= greatest) coefficient = static_cast<std::int64_t>(near);
            }
            const RoundingMode mode = all_modes[random.below(std::size(all_modes))];
            const Big product = Big(amount) * coefficient;
            const Big exact = rounded_by_definition(product, pow(Big(10), scale), mode);
            std::optional<std::int64_t> expected;
            if (exact >= least && exact <= greatest) expected = static_cast<std::int64_t>(exact);
            wide += product > greatest || product < least ? 1 : 0;
            refused += expected ? 0 : 1;
            if (try_multiply(amount, coefficient, scale, mode) != expected) {
                CAPTURE(amount);
                CAPTURE(coefficient);
                CAPTURE(scale);
                CAPTURE(to_text(mode));
                REQUIRE(try_multiply(amount, coefficient, scale, mode) == expected);
            }
        }
        CHECK(wide > 50'000);  // the sample does reach the paths that it is about
        CHECK(refused > 10'000);
    }

    TEST_CASE("every mode is found by the name that it gives") {
        for (const RoundingMode mode : all_modes) CHECK(rounding_mode(to_text(mode)) == mode);
        CHECK(rounding_mode("half_odd") == std::nullopt);
        CHECK(rounding_mode("") == std::nullopt);
    }
}
