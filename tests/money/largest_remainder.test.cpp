// SPDX-License-Identifier: BSL-1.0
// The fast kernel of largest_remainder against the simple one: cut everything, sort the remainders, hand out.
#include <crowdrules/money/allocate.hpp>

#include <doctest/doctest.h>

#include "random.hpp"
#include <algorithm>
#include <numeric>
#include <vector>

using namespace crowdrules;

namespace {

__extension__ typedef unsigned __int128 Natural128;

std::vector<std::int64_t> by_sorting(std::int64_t whole, const std::vector<Weight>& weights) {
    const std::int64_t total = std::reduce(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<std::int64_t> parts(weights.size());
    std::vector<std::uint64_t> remainders(weights.size());
    std::int64_t spare = whole;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Natural128 product = static_cast<Natural128>(whole) * static_cast<std::uint64_t>(weights[i]);
        parts[i] = static_cast<std::int64_t>(product / static_cast<std::uint64_t>(total));
        remainders[i] = static_cast<std::uint64_t>(product % static_cast<std::uint64_t>(total));
        spare -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::nth_element(order.begin(), order.begin() + spare, order.end(), [&](std::size_t a, std::size_t b) {
        return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
    });
    for (std::int64_t i = 0; i < spare; ++i) ++parts[order[static_cast<std::size_t>(i)]];
    return parts;
}

std::vector<std::int64_t> fast(std::int64_t whole, const std::vector<Weight>& weights) {
    std::vector<std::int64_t> parts(weights.size());
    allocate_into(whole, weights, {AllocationMethod::largest_remainder}, parts);
    return parts;
}

/// Weights as they come, and as they come seldom: the shape is drawn too.
std::vector<Weight> shaped_weights(Random& random, std::size_t size) {
    const std::uint64_t shape = random.below(9);
    const std::uint64_t range = std::uint64_t{1} << random.below(36);
    std::vector<Weight> weights(size);
    for (std::size_t i = 0; i < size; ++i) {
        std::uint64_t weight = range;  // shape 0: all alike, so that all remainders tie
        if (shape == 1) weight = random.below(3);
        if (shape == 2) weight = random.below(range);
        if (shape == 3) weight = random.below(10) == 0 ? random.below(range) : 1;
        if (shape == 4) weight = 1'000 + random.below(2);
        if (shape == 5) weight = 1'000'000 / (1 + random.below(1'000));
        if (shape == 6) weight = random.below(INT64_MAX / size);  // beyond what floating point holds exactly
        if (shape == 7) weight = 100 * (1 + i % 7);               // periodic
        if (shape == 8) weight = i;                               // ascending
        weights[i] = static_cast<Weight>(weight);
    }
    weights[random.below(size)] += 1;
    return weights;
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("largest_remainder gives what sorting gives, for every shape of weights and every size of whole") {
        Random random(10);
        for (int i = 0; i < 1'500; ++i) {
            const std::uint64_t most = i % 50 == 0 ? 200'000 : i % 3 == 0 ? 40 : 6'000;
            const std::vector<Weight> weights = shaped_weights(random, 1 + random.below(most));
            auto whole = static_cast<std::int64_t>(random.bits() >> (1 + random.below(63)));
            // Around 2^50, where the estimate in floating point is at its worst and then given up.
            if (random.below(4) == 0) whole = (std::int64_t{1} << 50) + 2 - static_cast<std::int64_t>(random.below(4));
            CAPTURE(weights.size());
            CAPTURE(whole);
            REQUIRE((fast(whole, weights) == by_sorting(whole, weights)));
        }
    }

    TEST_CASE("estimated quotients are put right next to every whole share") {
        // Shares of whole + 1/W and whole - 1/W, where an estimate that rounds must fall on the wrong side.
        Random random(11);
        for (int i = 0; i < 3'000; ++i) {
            const auto total = static_cast<std::int64_t>(2 + random.below((std::uint64_t{1} << 52) - 3));
            const auto first = static_cast<std::int64_t>(1 + random.below(static_cast<std::uint64_t>(total) - 1));
            const auto near = static_cast<std::int64_t>(random.below(std::uint64_t{1} << 50));
            const std::vector<Weight> weights = {first, total - first};
            for (std::int64_t whole = std::max<std::int64_t>(0, near - 2); whole <= near; ++whole) {
                CAPTURE(total);
                CAPTURE(first);
                CAPTURE(whole);
                REQUIRE((fast(whole, weights) == by_sorting(whole, weights)));
            }
        }
        for (std::int64_t total = 1; total <= 40; ++total)
            for (std::int64_t first = 0; first <= total; ++first)
                for (std::int64_t back = 0; back < 60; ++back) {
                    const std::int64_t whole = (std::int64_t{1} << 50) - 1 - back;
                    REQUIRE((fast(whole, {first, total - first}) == by_sorting(whole, {first, total - first})));
                }
    }

    TEST_CASE("a sample that misleads costs time and not a cent") {
        // Every second remainder is just below the total and every other just above zero, in long runs.
        std::vector<Weight> weights(100'000);
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = i < 50'000 ? 999'999 : 1;
        for (const std::int64_t whole : {1L, 49'999L, 50'000L, 50'001L, 99'999L, 123'456'789L}) {
            CAPTURE(whole);
            REQUIRE((fast(whole, weights) == by_sorting(whole, weights)));
        }
    }
}
