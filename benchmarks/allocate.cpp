// SPDX-License-Identifier: BSL-1.0
// What does it cost to split an amount among many by largest remainder, exactly?
#include <crowdrules/money/allocate.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace {

using namespace contenders;
using crowdrules::Weight;

using Weights = std::span<const Weight>;
using Parts = std::span<std::int64_t>;

/// The first campaign of Pebble, 2012.
constexpr std::int64_t pebble = 10'266'845'00;

std::int64_t whole_for(std::size_t parts) {
    return parts == 68'929 ? pebble : static_cast<std::int64_t>(parts) * 149'00 + 17;
}

void allocate(std::int64_t whole, Weights weights, Parts parts) {
    crowdrules::allocate_into(whole, weights, {crowdrules::AllocationMethod::largest_remainder}, parts);
}

struct Remainder {
    std::int64_t rest;
    std::size_t part;

    /// Largest first, ties to the earlier part.
    bool operator<(const Remainder& other) const { return rest != other.rest ? rest > other.rest : part < other.part; }
};

/// The textbook: cut every share, then give the spare units to the first of the ranked remainders.
template <auto rank>
void textbook(std::int64_t whole, Weights weights, Parts parts) {
    const std::int64_t together = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<Remainder> remainders(weights.size());
    std::int64_t spare = whole;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const CompilerInt128 product = static_cast<CompilerInt128>(whole) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / together);
        remainders[i] = {static_cast<std::int64_t>(product % together), i};
        spare -= parts[i];
    }
    rank(remainders, spare);
    for (std::int64_t i = 0; i < spare; ++i) ++parts[remainders[static_cast<std::size_t>(i)].part];
}

void sort_all(std::vector<Remainder>& remainders, std::int64_t) {
    std::sort(remainders.begin(), remainders.end());
}

void find_nth(std::vector<Remainder>& remainders, std::int64_t spare) {
    std::nth_element(remainders.begin(), remainders.begin() + spare, remainders.end());
}

template <auto contender>
void split(benchmark::State& state) {
    const auto weights = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto parts = measured::room(weights.size(), 0);
    const auto expected = measured::room(weights.size(), 1);
    const std::int64_t whole = whole_for(weights.size());
    textbook<find_nth>(whole, weights, expected);
    contender(whole, weights, parts);
    if (!std::equal(parts.begin(), parts.end(), expected.begin())) return state.SkipWithError("the answers differ");
    const double to_copy = measured::seconds_to_copy(weights, parts);
    for (auto _ : state) {
        contender(whole, weights, parts);
        benchmark::ClobberMemory();
    }
    measured::report(state, weights.size(), 16);
    measured::report_share(state, "of_copy", to_copy);
}

BENCHMARK(split<allocate>)->Name("allocate/crowdrules")->Arg(1'000)->Arg(68'929)->Arg(10'000'000);
BENCHMARK(split<textbook<find_nth>>)->Name("allocate/nth_element")->Arg(1'000)->Arg(68'929)->Arg(10'000'000);
BENCHMARK(split<textbook<sort_all>>)->Name("allocate/sort")->Arg(1'000)->Arg(68'929)->Arg(10'000'000);

}  // namespace
