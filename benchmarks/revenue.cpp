// SPDX-License-Identifier: BSL-1.0
// What does it cost to share an income: a period among a million payees, a waterfall of ten steps over ten thousand
// periods, a quadratic round of ten million contributions?
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/revenue/waterfall.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <vector>

namespace {

using namespace contenders;
using namespace crowdrules;

// ----------------------------------------------------------------------------------------------------- royalty period

constexpr std::int64_t first_period = 3'000'000'00;
constexpr std::int64_t later_period = 123'456'78;

/// The library: an income whose split has a million shares.
class SharedIncome {
  public:
    explicit SharedIncome(measured::Column weights) : sharing_(sharing_of(weights)) {}

    std::int64_t share(std::int64_t payment, std::span<std::int64_t> parts) {
        const revenue::SharedPayment shared = sharing_.share("", day_, Money(payment, USD)).value();
        for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = shared.parts[i].amount.minor();
        return shared.undivided.minor();
    }

  private:
    static revenue::Sharing sharing_of(measured::Column weights) {
        revenue::SplitTerms terms;
        terms.totalling = revenue::Totalling::relative;
        for (std::size_t i = 0; i < weights.size(); ++i) terms.shares.push_back({revenue::PayeeId{i + 1}, weights[i]});
        return revenue::Sharing::of(always(std::move(terms)), USD).value();
    }

    Date day_ = std::chrono::year{2012} / 3 / 31;
    revenue::Sharing sharing_;
};

/// The textbook: exact shares of the running total to the nearest unit, and every claim to one more or less sorted.
class SortedClaims {
  public:
    explicit SortedClaims(measured::Column weights)
        : weights_(weights.begin(), weights.end()),
          had_(weights.size(), 0),
          together_(std::accumulate(weights.begin(), weights.end(), std::int64_t{0})) {}

    std::int64_t share(std::int64_t payment, std::span<std::int64_t> parts) {
        total_ += payment;
        std::int64_t handed_out = 0;
        std::vector<std::int64_t> have(weights_.size());
        for (std::size_t i = 0; i < have.size(); ++i) {
            const CompilerInt128 twice = CompilerInt128{2} * total_ * weights_[i] + together_ - 1;
            have[i] = static_cast<std::int64_t>(twice / (CompilerInt128{2} * together_));
            handed_out += have[i];
        }
        const bool is_short = handed_out < total_;
        // The average at which a part had its last unit, or would have its next.
        const auto seats = [&](std::size_t i) { return CompilerInt128{2} * have[i] + (is_short ? 1 : -1); };
        std::vector<std::size_t> order(weights_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const CompilerInt128 left = weights_[a] * seats(b), right = weights_[b] * seats(a);
            if (left != right) return is_short ? left > right : left < right;
            return is_short ? a < b : a > b;
        });
        for (std::size_t i = 0; handed_out != total_; ++i) {
            have[order[i]] += is_short ? 1 : -1;
            handed_out += is_short ? 1 : -1;
        }
        for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = have[i] - had_[i];
        had_ = std::move(have);
        return 0;
    }

  private:
    std::vector<std::int64_t> weights_, had_;
    std::int64_t together_, total_ = 0;
};

template <class Contender>
void royalty_period(benchmark::State& state) {
    const auto weights = measured::pledges(static_cast<std::size_t>(state.range(0)));
    const auto parts = measured::room(weights.size(), 0);
    const auto expected = measured::room(weights.size(), 1);
    Contender contender(weights);
    SortedClaims textbook(weights);
    for (const std::int64_t payment : {first_period, later_period}) {
        contender.share(payment, parts);
        textbook.share(payment, expected);
        if (!std::equal(parts.begin(), parts.end(), expected.begin())) return state.SkipWithError("the answers differ");
    }
    for (auto _ : state) benchmark::DoNotOptimize(contender.share(later_period, parts));
    measured::report(state, weights.size(), 16);
}

BENCHMARK(royalty_period<SharedIncome>)->Name("royalty_period/crowdrules")->Arg(1'000'000);
BENCHMARK(royalty_period<SortedClaims>)->Name("royalty_period/sort")->Arg(1'000'000);

// ---------------------------------------------------------------------------------------------------------- waterfall

constexpr std::size_t waterfall_steps = 10;
using StepSums = std::array<std::int64_t, waterfall_steps + 1>;  // the last step has two payees

struct FixedStep {
    std::int64_t amount;
    int premium_percent;
};
constexpr std::array<int, 3> off_the_top_per_mille{10, 100, 25};
constexpr std::array<FixedStep, 6> fixed_steps{
    {{75'000'00, 0}, {5'000'000'00, 10}, {2'000'000'00, 18}, {5'000'000'00, 20}, {300'000'00, 0}, {250'000'00, 5}}};

std::int64_t receipt(std::size_t period) {
    return static_cast<std::int64_t>(period * 7'919 % 5'003'17) + 1;
}

/// The library: fees off the top, fixed claims with a premium, then 80 to 20.
StepSums run_waterfall(std::size_t periods) {
    revenue::WaterfallTerms terms{USD, {}};
    const auto add = [&](auto claim, std::vector<revenue::Share> to) {
        terms.steps.push_back({"step " + std::to_string(terms.steps.size()), std::move(claim), std::move(to)});
    };
    for (const int rate : off_the_top_per_mille)
        add(revenue::OffTheTop{Decimal::of(rate, 3)}, {{revenue::PayeeId{1}, 1}});
    for (const FixedStep& step : fixed_steps)
        add(revenue::FixedClaim{Money(step.amount, USD), Decimal::of(step.premium_percent, 2)},
            {{revenue::PayeeId{2}, 1}});
    add(revenue::Divide{}, {{revenue::PayeeId{3}, 80}, {revenue::PayeeId{4}, 20}});
    revenue::Waterfall waterfall = revenue::Waterfall::of(std::move(terms)).value();
    StepSums sums{};
    for (std::size_t period = 0; period < periods; ++period) {
        const revenue::WaterfallPayment payment =
            waterfall.distribute(std::chrono::year{2012} / 3 / 31, Money(receipt(period), USD)).value();
        for (std::size_t i = 0; i + 1 < waterfall_steps; ++i) sums[i] += payment.steps[i].paid.minor();
        for (std::size_t i = 0; i < payment.steps.back().parts.size(); ++i)
            sums[waterfall_steps - 1 + i] += payment.steps.back().parts[i].amount.minor();
    }
    return sums;
}

/// The same by hand, with a number type that one would otherwise take.
template <class Number>
StepSums by_hand(std::size_t periods) {
    StepSums paid{};
    std::int64_t received = 0, divided = 0;
    for (std::size_t period = 0; period < periods; ++period) {
        std::int64_t left = receipt(period);
        received += left;
        const auto pay = [&](std::size_t step, std::int64_t in_all) {
            const std::int64_t part = std::min(left, std::max<std::int64_t>(in_all - paid[step], 0));
            paid[step] += part;
            left -= part;
        };
        std::size_t step = 0;
        for (const int rate : off_the_top_per_mille)
            pay(step++, half_even(Number(Number(received) * rate), Number(1000)));
        for (const FixedStep& one : fixed_steps)
            pay(step++, one.amount + half_even(Number(Number(one.amount) * one.premium_percent), Number(100)));
        divided += left;
        paid[step] = divided - half_even(Number(Number(divided) * 20), Number(100));
        paid[step + 1] = divided - paid[step];
    }
    return paid;
}

template <auto contender>
void waterfall(benchmark::State& state) {
    const auto periods = static_cast<std::size_t>(state.range(0));
    if (run_waterfall(periods) != contender(periods)) return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(contender(periods));
    measured::report(state, periods, 16);
}

BENCHMARK(waterfall<run_waterfall>)->Name("waterfall/crowdrules")->Arg(10'000);
BENCHMARK(waterfall<by_hand<DecimalFloat>>)->Name("waterfall/decimal_float")->Arg(10'000);
BENCHMARK(waterfall<by_hand<CheckedInt128>>)->Name("waterfall/checked_int128")->Arg(10'000);

// ---------------------------------------------------------------------------------------------------------- quadratic

constexpr std::uint64_t projects = 1'000;
constexpr std::uint64_t backers = 2'000'000;
constexpr std::int64_t pool = 10'000'000'00;

/// `count` contributions to a thousand projects, in no order.
std::span<const revenue::QuadraticContribution> gifts(std::size_t count) {
    static std::vector<revenue::QuadraticContribution> all;
    if (all.size() != count) {
        const auto amounts = measured::pledges(count);
        all.clear();
        all.reserve(count);
        std::uint64_t seed = 7;
        for (std::size_t i = 0; i < count; ++i) {
            seed = seed * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
            const std::uint64_t project = (seed >> 33) % projects + 1, backer = (seed >> 11) % backers + 1;
            all.push_back({revenue::PayeeId{project}, BackerId{backer}, Money(amounts[i], USD)});
        }
    }
    return all;
}

std::vector<std::int64_t> matches(std::span<const revenue::QuadraticContribution> contributions) {
    const revenue::QuadraticOutcome outcome = match_quadratic({.pool = Money(pool, USD)}, contributions).value();
    std::vector<std::int64_t> matched(projects, 0);
    for (const revenue::ProjectMatch& project : outcome.projects)
        matched[project.project.value - 1] = project.matched.minor();
    return matched;
}

/// The usual: a hash table of what each backer gave each project, then the roots, and the pool by largest remainder.
std::vector<std::int64_t> with_hash_table(std::span<const revenue::QuadraticContribution> contributions) {
    std::unordered_map<std::uint64_t, std::int64_t> given;
    given.reserve(contributions.size());
    for (const revenue::QuadraticContribution& one : contributions)
        given[one.project.value * (backers + 1) + one.backer.value] += one.amount.minor();
    std::vector<CompilerInt128> roots(projects, 0), sums(projects, 0);
    constexpr std::int64_t scale = 1'000'000;
    for (const auto& [key, amount] : given) {
        const CompilerInt128 value = CompilerInt128{amount} * scale * scale;
        auto root = static_cast<CompilerInt128>(std::sqrt(static_cast<long double>(value)));
        while (root * root > value) --root;
        while ((root + 1) * (root + 1) <= value) ++root;
        const std::size_t project = key / (backers + 1) - 1;
        roots[project] += root;
        sums[project] += amount;
    }
    std::vector<Weight> weights;
    for (std::size_t i = 0; i < projects; ++i) {
        const CheckedInt256 root(roots[i]), raw = root * root - CheckedInt256(sums[i]) * scale * scale;
        weights.push_back(static_cast<Weight>(raw / (CheckedInt256(scale) * scale / 100)));
    }
    std::vector<std::int64_t> parts(projects);
    allocate_into(pool, weights, {AllocationMethod::largest_remainder}, parts);
    return parts;
}

template <auto contender>
void quadratic(benchmark::State& state) {
    const auto contributions = gifts(static_cast<std::size_t>(state.range(0)));
    if (matches(contributions) != with_hash_table(contributions)) return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(contender(contributions));
    measured::report(state, contributions.size(), sizeof(revenue::QuadraticContribution));
}

BENCHMARK(quadratic<matches>)->Name("quadratic/crowdrules")->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(quadratic<with_hash_table>)->Name("quadratic/unordered_map")->Arg(10'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
