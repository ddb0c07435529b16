// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/allocate.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include "random.hpp"
#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

using namespace crowdrules;
using Big = boost::multiprecision::cpp_int;
using Parts = std::vector<std::int64_t>;

namespace {

constexpr AllocationMethod all_methods[] = {AllocationMethod::largest_remainder,
                                            AllocationMethod::largest_weight,
                                            AllocationMethod::first,
                                            AllocationMethod::last,
                                            AllocationMethod::rotating,
                                            AllocationMethod::sainte_lague,
                                            AllocationMethod::sequential};
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

Parts split(std::int64_t whole, const std::vector<Weight>& weights, Split how) {
    Parts parts(weights.size());
    allocate_into(whole, weights, how, parts);
    return parts;
}

Big sum(const Parts& parts) {
    Big total = 0;
    for (const std::int64_t part : parts) total += part;
    return total;
}

std::vector<Weight> random_weights(Random& random) {
    const std::uint64_t range = std::uint64_t{1} << random.below(50);
    std::vector<Weight> weights(1 + random.below(12));
    for (Weight& weight : weights) weight = random.below(5) == 0 ? 0 : static_cast<Weight>(random.below(range));
    weights[random.below(weights.size())] += 1;
    return weights;
}

Split random_split(Random& random, std::size_t parts) {
    Split how{all_methods[random.below(std::size(all_methods))]};
    how.step = random.below(3) == 0 ? static_cast<std::int64_t>(1 + random.below(100)) : 1;
    how.turn = random.below(parts);
    return how;
}

/// Sainte-Lague by its definition: one unit at a time to the highest weight / (2 had + 1).
Parts unit_by_unit(std::int64_t whole, const std::vector<Weight>& weights) {
    Parts parts(weights.size(), 0);
    for (std::int64_t unit = 0; unit < whole; ++unit) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < weights.size(); ++i)
            if (Big(weights[i]) * (2 * parts[best] + 1) > Big(weights[best]) * (2 * parts[i] + 1)) best = i;
        ++parts[best];
    }
    return parts;
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("ten dollars in three parts leave a cent over, and the method says who gets it") {
        const std::vector<Weight> thirds = {1, 1, 1};
        CHECK(split(10'00, thirds, {AllocationMethod::largest_remainder}) == Parts{334, 333, 333});
        CHECK(split(10'00, thirds, {AllocationMethod::largest_weight}) == Parts{334, 333, 333});
        CHECK(split(10'00, thirds, {AllocationMethod::first}) == Parts{334, 333, 333});
        CHECK(split(10'00, thirds, {AllocationMethod::last}) == Parts{333, 333, 334});
        CHECK(split(10'00, thirds, {AllocationMethod::rotating, 1, 1}) == Parts{333, 334, 333});
        CHECK(split(20'00, thirds, {AllocationMethod::rotating, 1, 2}) == Parts{667, 666, 667});
        CHECK(split(10'00, thirds, {AllocationMethod::sainte_lague}) == Parts{334, 333, 333});
        CHECK(split(10'00, thirds, {AllocationMethod::sequential}) == Parts{334, 333, 333});
    }

    TEST_CASE("the methods differ, which is why each has a name") {
        const std::vector<Weight> weights = {50, 30, 11, 9};  // exact shares of 15 units: 7.5 4.5 1.65 1.35
        CHECK(split(15, weights, {AllocationMethod::largest_remainder}) == Parts{8, 4, 2, 1});
        CHECK(split(15, weights, {AllocationMethod::largest_weight}) == Parts{8, 5, 1, 1});
        CHECK(split(15, weights, {AllocationMethod::first}) == Parts{8, 5, 1, 1});
        CHECK(split(15, weights, {AllocationMethod::last}) == Parts{7, 4, 2, 2});
        CHECK(split(15, weights, {AllocationMethod::rotating, 1, 1}) == Parts{7, 5, 2, 1});
        CHECK(split(15, weights, {AllocationMethod::sainte_lague}) == Parts{8, 4, 2, 1});
        CHECK(split(15, weights, {AllocationMethod::sequential}) == Parts{9, 4, 1, 1});
        CHECK(split(5, {7, 3}, {AllocationMethod::largest_remainder}) == Parts{4, 1});
        CHECK(split(5, {7, 3}, {AllocationMethod::last}) == Parts{3, 2});
    }

    TEST_CASE("a weight of zero gets nothing, whatever the method") {
        for (const AllocationMethod method : all_methods) {
            CAPTURE(to_text(method));
            const Parts parts = split(2, {0, 1, 0, 1, 1, 0}, {method, 1, 5});
            CHECK(parts[0] + parts[2] + parts[5] == 0);
            CHECK(sum(parts) == 2);
        }
    }

    TEST_CASE("parts are multiples of the step, and the odd units go to the part served first") {
        CHECK(split(1'00, {1, 1, 1}, {AllocationMethod::largest_remainder, 5}) == Parts{35, 35, 30});
        CHECK(split(1'03, {1, 1, 1}, {AllocationMethod::largest_remainder, 5}) == Parts{38, 35, 30});
        CHECK(split(1'03, {1, 2, 1}, {AllocationMethod::largest_weight, 5}) == Parts{25, 53, 25});
        CHECK(split(1'03, {0, 2, 2}, {AllocationMethod::first, 5}) == Parts{0, 53, 50});
        CHECK(split(1'03, {2, 2, 0}, {AllocationMethod::last, 5}) == Parts{50, 53, 0});
        CHECK(split(1'03, {2, 0, 2}, {AllocationMethod::rotating, 5, 1}) == Parts{50, 0, 53});
        CHECK(split(1'03, {1, 2, 1}, {AllocationMethod::sainte_lague, 5}) == Parts{25, 53, 25});
        CHECK(split(1'03, {0, 2, 2}, {AllocationMethod::sequential, 5}) == Parts{0, 53, 50});
        CHECK(split(-1'03, {1, 1, 1}, {AllocationMethod::largest_remainder, 5}) == Parts{-38, -35, -30});
        CHECK(split(4, {1, 3}, {AllocationMethod::largest_weight, 5}) == Parts{0, 4});
    }

    TEST_CASE(
        "the parts always sum to the whole, the negative has the negative parts, nobody is far from a fair share") {
        Random random(6);
        for (int i = 0; i < 20'000; ++i) {
            const std::vector<Weight> weights = random_weights(random);
            const Split how = random_split(random, weights.size());
            const std::int64_t whole = random.any();
            const Parts parts = split(whole, weights, how);
            CAPTURE(whole);
            CAPTURE(to_text(how.spare));
            CAPTURE(how.step);
            REQUIRE(sum(parts) == whole);
            const Big total_weight = sum(weights);
            const std::int64_t odd = whole % how.step;
            int odd_parts = 0;
            for (std::size_t part = 0; part < parts.size(); ++part) {
                REQUIRE((weights[part] > 0 || parts[part] == 0));
                REQUIRE((parts[part] == 0 || (parts[part] < 0) == (whole < 0)));
                std::int64_t in_steps = parts[part];
                if (in_steps % how.step != 0) {
                    ++odd_parts;
                    REQUIRE(in_steps % how.step == odd);
                    in_steps -= odd;
                }
                // The distance from the exact share, in steps and times the total weight.
                const Big off = abs(Big(in_steps / how.step) * total_weight - Big(whole / how.step) * weights[part]);
                if (how.spare == AllocationMethod::largest_remainder) REQUIRE(off < total_weight);
                if (how.spare != AllocationMethod::sainte_lague && how.spare != AllocationMethod::sequential)
                    REQUIRE(off <= total_weight);
            }
            REQUIRE(odd_parts == (odd == 0 ? 0 : 1));
            if (whole == least) continue;
            Parts mirrored = split(-whole, weights, how);
            for (std::int64_t& part : mirrored) part = -part;
            REQUIRE(parts == mirrored);
        }
    }

    TEST_CASE("as many units are left as there are largest remainders") {
        for (const std::size_t half : {1u, 2u, 31u, 500u, 4'096u, 20'000u}) {
            CAPTURE(half);
            // A third of the whole each, and two thirds: the one is cut by two thirds of a unit, the other by a third.
            std::vector<Weight> weights;
            for (std::size_t i = 0; i < half; ++i) weights.insert(weights.end(), {1, 2});
            const auto units = static_cast<std::int64_t>(2 * half);
            CHECK(split(units, weights, {AllocationMethod::largest_remainder}) == Parts(2 * half, 1));
            // One unit fewer: the last of them goes without.
            Parts parts(2 * half, 1);
            parts[2 * half - 2] = 0;
            CHECK(split(units - 1, weights, {AllocationMethod::largest_remainder}) == parts);
        }
    }

    TEST_CASE("the whole range of 64 bits can be split") {
        for (const AllocationMethod method : all_methods) {
            CAPTURE(to_text(method));
            CHECK(split(least, {1}, {method}) == Parts{least});
            CHECK(split(least, {0, 1}, {method, greatest, 1}) == Parts{0, least});
            CHECK(split(greatest, {greatest}, {method}) == Parts{greatest});
            CHECK(sum(split(least, {greatest - 7, 3, 4}, {method})) == least);
            CHECK(sum(split(greatest, {greatest / 2, greatest / 2, 1}, {method})) == greatest);
            CHECK(split(0, {1, 2, 3}, {method}) == Parts{0, 0, 0});
        }
    }

    TEST_CASE("a split is refused in this order: sizes, negative weight, weights too large, all zero, step, turn") {
        struct Row {
            std::vector<Weight> weights;
            Split how;
            std::size_t parts;
            const char* what;
        };
        const Split bad{AllocationMethod::rotating, 0, 9};
        const Row rows[] = {
            {{-1, greatest, greatest}, bad, 2, "allocate_into: one part for each weight"},
            {{greatest, greatest, -1}, bad, 3, "weight 2 is -1, but a share must be at least 0"},
            {{greatest, 1}, bad, 2, "the weights total more than 2^63 - 1"},
            {{0, 0}, bad, 2, "some weight must be positive"},
            {{}, bad, 0, "some weight must be positive"},
            {{1, 1}, bad, 2, "Split::step must be at least 1 minor unit"},
            {{1, 1}, {AllocationMethod::rotating, 1, 2}, 2, "Split::turn must be the index of a part"},
            {{1, 1}, {static_cast<AllocationMethod>(99)}, 2, "a AllocationMethod outside the enumeration"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.what);
            Parts parts(row.parts, 77);
            CHECK_THROWS_WITH_AS(allocate_into(10, row.weights, row.how, parts), row.what, ContractViolation);
            CHECK(parts == Parts(row.parts, 77));  // and nothing was written
        }
        CHECK_THROWS_AS((void)allocate(usd("1.00"), std::vector<Weight>{greatest, 1}, {AllocationMethod::first}),
                        Overflow);
    }

    TEST_CASE("an amount of money is split into amounts of its currency") {
        const auto parts = allocate(usd("10.00"), std::vector<Weight>{1, 1, 1}, {AllocationMethod::largest_remainder});
        CHECK(parts == std::vector<Money>{usd("3.34"), usd("3.33"), usd("3.33")});
    }

    TEST_CASE("Sainte-Lague is what handing out unit by unit gives") {
        Random random(7);
        for (int i = 0; i < 1'000; ++i) {
            std::vector<Weight> weights(1 + random.below(9));
            for (Weight& weight : weights) weight = static_cast<Weight>(random.below(i % 2 == 0 ? 5 : 1'000));
            weights[0] += 1;
            const auto whole = static_cast<std::int64_t>(random.below(120));
            CAPTURE(whole);
            REQUIRE(split(whole, weights, {AllocationMethod::sainte_lague}) == unit_by_unit(whole, weights));
        }
    }

    TEST_CASE("Sainte-Lague finds its way from a start with too many or too few units given") {
        // Ninety-nine shares of 0.505 round up and overshoot by far; the same at 0.495 undershoots.
        std::vector<Weight> weights(100, 1);
        weights[0] = 101;
        for (std::int64_t whole = 0; whole <= 400; ++whole) {
            CAPTURE(whole);
            REQUIRE(split(whole, weights, {AllocationMethod::sainte_lague}) == unit_by_unit(whole, weights));
        }
    }

    TEST_CASE("with Sainte-Lague and sequential a growing whole never takes a unit away") {
        Random random(12);
        for (const AllocationMethod method : {AllocationMethod::sainte_lague, AllocationMethod::sequential})
            for (int i = 0; i < 300; ++i) {
                const std::vector<Weight> weights = random_weights(random);
                const auto start = static_cast<std::int64_t>(random.below(1'000'000));
                Parts before = split(start, weights, {method});
                for (std::int64_t whole = start + 1; whole <= start + 50; ++whole) {
                    const Parts after = split(whole, weights, {method});
                    for (std::size_t part = 0; part < after.size(); ++part) REQUIRE(after[part] >= before[part]);
                    before = after;
                }
            }
    }

    TEST_CASE("with every other method a growing whole may take a unit away") {
        CHECK(split(3, {1, 3, 3}, {AllocationMethod::largest_remainder}) == Parts{1, 1, 1});
        CHECK(split(4, {1, 3, 3}, {AllocationMethod::largest_remainder}) == Parts{0, 2, 2});
        CHECK(split(4, {2, 3, 4}, {AllocationMethod::largest_weight}) == Parts{0, 2, 2});
        CHECK(split(5, {2, 3, 4}, {AllocationMethod::largest_weight}) == Parts{1, 1, 3});
        CHECK(split(2, {2, 1, 2}, {AllocationMethod::first}) == Parts{1, 1, 0});
        CHECK(split(3, {2, 1, 2}, {AllocationMethod::first}) == Parts{2, 0, 1});
        CHECK(split(2, {2, 1, 2}, {AllocationMethod::last}) == Parts{0, 1, 1});
        CHECK(split(3, {2, 1, 2}, {AllocationMethod::last}) == Parts{1, 0, 2});
        CHECK(split(2, {1, 2, 2}, {AllocationMethod::rotating, 1, 2}) == Parts{1, 0, 1});
        CHECK(split(3, {1, 2, 2}, {AllocationMethod::rotating, 1, 2}) == Parts{0, 1, 2});
    }

    TEST_CASE("Sainte-Lague may give more than a unit beyond the exact share") {
        std::vector<Weight> weights(12, 1);
        weights[0] = 90;  // 8.91 of 10
        CHECK(split(10, weights, {AllocationMethod::sainte_lague})[0] == 10);
    }

    TEST_CASE("a method is found by the name that it gives") {
        for (const AllocationMethod method : all_methods) CHECK(allocation_method(to_text(method)) == method);
        CHECK(allocation_method("luck") == std::nullopt);
        CHECK(to_text(static_cast<AllocationMethod>(99)) == "unknown");
    }

    TEST_CASE("decimal shares become whole weights in exact proportion") {
        const auto weights = [](std::vector<const char*> texts) {
            std::vector<Decimal> shares;
            for (const char* text : texts) shares.push_back(rate(text));
            return weights_of(shares);
        };
        CHECK(weights({"0.5", "0.25", "0.25"}) == std::vector<Weight>{50, 25, 25});
        CHECK(weights({"33.3%", "66.7%"}) == std::vector<Weight>{333, 667});
        CHECK(weights({"0", "7"}) == std::vector<Weight>{0, 7});
        CHECK(weights({}) == std::vector<Weight>{});

        const auto negative = weights({"0.5", "-0.5"});
        REQUIRE_FALSE(negative);
        CHECK(negative.error().what == "share 1 is negative");
        CHECK(negative.error().found == "-0.5");
        const auto too_fine = weights({"1", "0.0000000000000000001"});
        REQUIRE_FALSE(too_fine);
        CHECK(too_fine.error().what == "share 0 brings the common scale of all shares beyond 64 bits");
        CHECK_FALSE(weights({"9223372036854775807", "1"}));
        CHECK(weights({"9223372036854775806", "1"}));
    }

    TEST_CASE("cut parts and what they leave can be had apart") {
        const std::vector<Weight> weights = {1, 2, 3, 7};
        const auto cut = apportion(usd("100.00"), weights, 5, false);
        CHECK(cut.parts == std::vector<Money>{usd("7.65"), usd("15.35"), usd("23.05"), usd("53.80")});
        CHECK(cut.remainder == usd("0.15"));
        const auto blocks = apportion(usd("100.00"), weights, 5, true);
        CHECK(blocks.parts == std::vector<Money>{usd("7.65"), usd("15.30"), usd("22.95"), usd("53.55")});
        CHECK(blocks.remainder == usd("0.55"));
        CHECK(apportion(usd("-0.05"), std::vector<Weight>{20, 20}, 1, true).remainder == usd("-0.01"));
        CHECK_THROWS_AS((void)apportion(usd("1.00"), std::vector<Weight>{0}, 1, false), ContractViolation);
        CHECK_THROWS_AS((void)apportion(usd("1.00"), std::vector<Weight>{1, -1}, 1, false), ContractViolation);
        CHECK_THROWS_AS((void)apportion(usd("1.00"), weights, 0, false), ContractViolation);
    }

    TEST_CASE("cut parts and their remainder always sum to the whole") {
        Random random(8);
        for (int i = 0; i < 5'000; ++i) {
            const std::vector<Weight> weights = random_weights(random);
            const Money whole(random.any(), USD);
            const auto step = static_cast<std::int64_t>(1 + random.below(20));
            const bool whole_blocks = random.below(2) == 0;
            const Apportioned apportioned = apportion(whole, weights, step, whole_blocks);
            Big total = apportioned.remainder.minor();
            for (std::size_t part = 0; part < weights.size(); ++part) {
                const std::int64_t minor = apportioned.parts[part].minor();
                total += minor;
                REQUIRE(minor % step == 0);
                if (whole_blocks) REQUIRE(Big(minor) * weights[0] == Big(apportioned.parts[0].minor()) * weights[part]);
            }
            REQUIRE(total == whole.minor());
        }
    }

    TEST_CASE("a royalty of two to one, cent by cent") {
        RunningAllocation royalty({2, 1}, USD);
        CHECK(royalty.add(usd("0.01")) == std::vector<Money>{usd("0.01"), usd("0.00")});
        CHECK(royalty.add(usd("0.01")) == std::vector<Money>{usd("0.00"), usd("0.01")});
        CHECK(royalty.add(usd("0.01")) == std::vector<Money>{usd("0.01"), usd("0.00")});
        CHECK(royalty.total() == usd("0.03"));
        CHECK(Parts(royalty.cumulative().begin(), royalty.cumulative().end()) == Parts{2, 1});
    }

    TEST_CASE("however a stream is cut the shares end the same, and nobody's ever falls while it flows") {
        Random random(9);
        for (int i = 0; i < 300; ++i) {
            const std::vector<Weight> weights = random_weights(random);
            RunningAllocation running(weights, USD);
            std::int64_t total = 0;
            for (int payment = 0; payment < 20; ++payment) {
                const auto minor = static_cast<std::int64_t>(random.below(std::uint64_t{1} << random.below(40)));
                const Parts before(running.cumulative().begin(), running.cumulative().end());
                const std::vector<Money> parts = running.add(Money(minor, USD));
                total += minor;
                Big paid = 0;
                for (std::size_t part = 0; part < parts.size(); ++part) {
                    REQUIRE(parts[part].minor() >= 0);
                    REQUIRE(before[part] + parts[part].minor() == running.cumulative()[part]);
                    paid += parts[part].minor();
                }
                REQUIRE(paid == minor);
                REQUIRE(Parts(running.cumulative().begin(), running.cumulative().end()) ==
                        split(total, weights, {AllocationMethod::sainte_lague}));
            }
            running.add(Money(-total, USD));  // everything is returned, along the same path
            REQUIRE(Parts(running.cumulative().begin(), running.cumulative().end()) == Parts(weights.size(), 0));
        }
    }

    TEST_CASE("a payment that a running allocation refuses changes nothing in it") {
        RunningAllocation running({2, 1}, USD);
        running.add(usd("1.00"));
        const Parts before(running.cumulative().begin(), running.cumulative().end());
        CHECK_THROWS_AS(running.add(eur("1.00")), CurrencyMismatch);
        CHECK_THROWS_AS(running.add(Money(greatest, USD)), Overflow);
        CHECK_THROWS_AS(running.add(usd("-1.01")), ContractViolation);
        CHECK(running.total() == usd("1.00"));
        CHECK(Parts(running.cumulative().begin(), running.cumulative().end()) == before);
        CHECK_THROWS_AS(RunningAllocation({0, 0}, USD), ContractViolation);
        CHECK_THROWS_AS(RunningAllocation({1, -1}, USD), ContractViolation);
    }
}
