// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/sharded_split.hpp>

#include <doctest/doctest.h>

#include "random.hpp"
#include <algorithm>
#include <numeric>
#include <vector>

using namespace crowdrules;

namespace {

/// Where the shards begin; the first at 0. Some are empty.
std::vector<std::size_t> any_cuts(Random& random, std::size_t size) {
    std::vector<std::size_t> cuts{0};
    for (std::uint64_t i = random.below(8); i > 0; --i) cuts.push_back(random.below(size + 1));
    std::sort(cuts.begin(), cuts.end());
    cuts.push_back(size);
    return cuts;
}

struct Sharded {
    std::vector<std::int64_t> parts;
    std::uint32_t rounds = 0;
};

/// Splits shard by shard. Tallies come in any order, and each worker has its own copy of the split.
Sharded sharded(Random& random, Money whole, const std::vector<Weight>& weights, const std::vector<std::size_t>& cuts) {
    const auto shard = [&](std::size_t k) { return std::span(weights).subspan(cuts[k], cuts[k + 1] - cuts[k]); };
    std::vector<std::size_t> order(cuts.size() - 1);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto shuffle = [&] {
        for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
    };

    ShardSum total;
    shuffle();
    for (const std::size_t k : order) total += sum_of(shard(k));
    ShardedSplit split(whole, total);
    while (!split.is_settled()) {
        ShardTally all;
        shuffle();
        for (const std::size_t k : order) all += ShardedSplit(split.state()).tally(shard(k));
        split.narrow(all);
    }
    Sharded result{std::vector<std::int64_t>(weights.size()), split.rounds()};
    std::vector<std::uint64_t> before(order.size());
    for (std::size_t k = 1; k < before.size(); ++k) before[k] = before[k - 1] + split.ties_in(shard(k - 1));
    shuffle();
    for (const std::size_t k : order)
        split.write(shard(k), before[k], std::span(result.parts).subspan(cuts[k], cuts[k + 1] - cuts[k]));
    return result;
}

std::vector<std::int64_t> whole_split(Money whole, const std::vector<Weight>& weights) {
    std::vector<std::int64_t> parts(weights.size());
    allocate_into(whole.minor(), weights, {AllocationMethod::largest_remainder}, parts);
    return parts;
}

std::vector<Weight> any_weights(Random& random, std::size_t size) {
    const std::uint64_t shape = random.below(6);
    const std::uint64_t range = 1 + (std::uint64_t{1} << random.below(40));
    std::vector<Weight> weights(size);
    for (std::size_t i = 0; i < size; ++i) {
        std::uint64_t weight = range;  // all alike, so that all remainders tie
        if (shape == 1) weight = random.below(3);
        if (shape == 2) weight = random.below(range);
        if (shape == 3) weight = random.below(INT64_MAX / size);
        if (shape == 4) weight = 100 * (1 + i % 7);
        if (shape == 5) weight = random.below(20) == 0 ? range : 0;
        weights[i] = static_cast<Weight>(weight);
    }
    if (std::all_of(weights.begin(), weights.end(), [](Weight weight) { return weight == 0; })) weights.back() = 1;
    return weights;
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("however the parts lie on shards, a split is that of the whole") {
        std::uint32_t most_rounds = 0;
        for (std::uint64_t seed = 1; seed <= 600; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            const std::vector<Weight> weights = any_weights(random, 1 + random.below(seed % 10 == 0 ? 5'000 : 60));
            const auto minor = static_cast<std::int64_t>(random.below(std::uint64_t{1} << random.below(63)));
            const Money whole(random.below(4) == 0 ? -minor : minor, USD);
            const auto [parts, rounds] = sharded(random, whole, weights, any_cuts(random, weights.size()));
            CHECK(parts == whole_split(whole, weights));
            most_rounds = std::max(most_rounds, rounds);
        }
        CHECK(most_rounds >= 2);
        CHECK(most_rounds <= 6);
    }
    TEST_CASE("ties go to the earlier, across shards too") {
        Random random(1);
        CHECK(sharded(random, usd("10.00"), {1, 1, 1}, {0, 2, 3}).parts == std::vector<std::int64_t>{334, 333, 333});
        CHECK(sharded(random, usd("0.02"), {1, 1, 1}, {0, 1, 1, 2, 3}).parts == std::vector<std::int64_t>{1, 1, 0});
        CHECK(sharded(random, usd("-0.02"), {1, 1, 1}, {0, 1, 2, 3}).parts == std::vector<std::int64_t>{-1, -1, 0});
    }
    TEST_CASE("weights of nothing get nothing, and whole shares need one round") {
        Random random(1);
        const auto [parts, rounds] = sharded(random, usd("0.05"), {0, 7, 0, 3}, {0, 1, 4});
        CHECK(parts == std::vector<std::int64_t>{0, 4, 0, 1});
        CHECK(sharded(random, usd("9.00"), {1, 2, 0}, {0, 3}).rounds == 1);
        CHECK(sharded(random, usd("0.00"), {1, 2, 0}, {0, 1, 3}).parts == std::vector<std::int64_t>{0, 0, 0});
    }
    TEST_CASE("what is no split is refused, and changes nothing") {
        const std::vector<Weight> weights{5, 3, 1};
        CHECK_THROWS_AS(static_cast<void>(sum_of(std::vector<Weight>{1, -1})), ContractViolation);
        CHECK_THROWS_AS(ShardedSplit(usd("1.00"), {}), ContractViolation);
        ShardSum huge = sum_of(std::vector<Weight>{INT64_MAX});
        huge += sum_of(std::vector<Weight>{1});
        CHECK_THROWS_AS(ShardedSplit(usd("1.00"), huge), Overflow);

        ShardedSplit split(usd("1.00"), sum_of(weights));
        const ShardedSplit before = split;
        CHECK_THROWS_AS(static_cast<void>(split.tally(std::vector<Weight>{10})), ContractViolation);  // not of it
        CHECK_THROWS_AS(static_cast<void>(split.ties_in(weights)), ContractViolation);                // not settled yet
        CHECK_THROWS_AS(split.narrow(ShardTally{}), ContractViolation);                               // nothing tallied
        ShardTally twice = split.tally(weights);
        twice += split.tally(weights);
        CHECK_THROWS_AS(split.narrow(twice), ContractViolation);
        CHECK(split == before);

        ShardTally once = split.tally(weights);
        split.narrow(once);
        std::vector<std::int64_t> parts(2);
        CHECK_THROWS_AS(split.write(weights, 0, parts), ContractViolation);
        CHECK_THROWS_AS(once += (ShardTally{7, 0, std::vector<std::uint64_t>(ShardTally::buckets)}), ContractViolation);
    }
}
