// SPDX-License-Identifier: BSL-1.0
// What does it cost to draw what becomes of a pledge, and to settle the campaign? A campaign of Pebble's size, of whose
// cards 3% fail; every contender ends with what was collected and what charging it cost.
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/fees/fee_column.hpp>

#include "measured.hpp"
#include <chrono>
#include <cstdlib>
#include <random>

namespace {

using namespace crowdrules;

constexpr std::size_t pledges = 68'929;

campaign::Terms terms() {
    campaign::Terms terms;
    terms.charges.retry_window = std::chrono::days{7};
    terms.title = "As large as Pebble";
    terms.model = campaign::FundingModel::all_or_nothing(usd("100000.00"));
    terms.window = {instant("2012-04-11T12:00:00Z"), instant("2012-05-18T12:00:00Z")};
    terms.payouts.first_after = std::chrono::days{14};
    terms.fees.platform.bands = {{0, rate("5%"), 0}};
    terms.fees.processing.bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}};
    return terms;
}

struct Totals {
    std::int64_t dropped = 0;
    std::int64_t collected = 0;
    std::int64_t fees = 0;
};

struct Columns {
    measured::Column amounts = measured::pledges(pledges);
    std::vector<std::int64_t> fees = std::vector<std::int64_t>(pledges);
    Columns() { FeeColumn(terms().fees.processing).fees(amounts, fees); }
};
const Columns& columns() {
    static const Columns all;
    return all;
}

template <class Fails>
Totals totals_of(Fails fails) {
    Totals totals;
    for (std::size_t i = 0; i < pledges; ++i) {
        const bool drops = fails();
        totals.dropped += drops ? 1 : 0;
        totals.collected += drops ? 0 : columns().amounts[i];
        totals.fees += drops ? 0 : columns().fees[i];
    }
    return totals;
}

Totals bernoulli(std::uint64_t run) {
    std::mt19937_64 random(run);
    std::bernoulli_distribution fails(0.03);
    return totals_of([&] { return fails(random); });
}

/// A word for each pledge, compared with a whole number: what one writes who knows that floating point is not needed.
Totals plain_loop(std::uint64_t run) {
    std::mt19937_64 random(run);
    return totals_of([&] { return random() >> 32 < 128'849'019; });
}

bool is_plausible(std::int64_t dropped) {
    return std::abs(dropped - 2'068) < 6 * 45;  // six standard deviations
}

template <auto contender>
void simulate_with(benchmark::State& state) {
    if (!is_plausible(contender(1).dropped)) return state.SkipWithError("3% did not fail");
    std::uint64_t run = 0;
    for (auto _ : state) benchmark::DoNotOptimize(contender(++run));
    measured::report(state, pledges, 16);
}

/// Statement and all: `chances` of six fates, or of one.
void simulate(benchmark::State& state) {
    CampaignPlan plan{.terms = terms(), .pledges = std::vector(columns().amounts.begin(), columns().amounts.end())};
    plan.chances.card_failure = rate("3%");
    if (state.range(0) > 1) {
        plan.chances.cancellation = rate("2%");
        plan.chances.refund = plan.chances.refund_after_payout = rate("1%");
        plan.chances.fraud_dispute = plan.chances.reward_dispute = rate("0.1%");
    }
    const auto simulation = CampaignSimulation::of(plan).value();
    constexpr std::uint64_t runs = 64;
    std::uint64_t first = 0;
    if (state.range(0) == 1 &&
        !is_plausible(static_cast<std::int64_t>(simulation.runs(1, 0, 1).front().of(campaign::PledgeFate::dropped))))
        return state.SkipWithError("3% did not fail");
    for (auto _ : state) {
        benchmark::DoNotOptimize(simulation.runs(7, first, runs));
        first += runs;
    }
    measured::report(state, pledges * runs, 16);
}

/// Pledges that are drawn too, from five offers.
void simulate_drawn(benchmark::State& state) {
    CampaignPlan plan{.terms = terms(),
                      .pledges = DrawnPledges{always(pledges),
                                              {{100, rate("5%")},
                                               {9'900, rate("10%")},
                                               {11'500, rate("60%")},
                                               {12'500, rate("20%")},
                                               {24'000, rate("5%")}}}};
    plan.chances.card_failure = rate("3%");
    const auto simulation = CampaignSimulation::of(plan).value();
    constexpr std::uint64_t runs = 16;
    std::uint64_t first = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(simulation.runs(7, first, runs));
        first += runs;
    }
    measured::report(state, pledges * runs, 0);
}

BENCHMARK(simulate)->Name("simulate/crowdrules/fates")->Arg(1)->Arg(6);
BENCHMARK(simulate_drawn)->Name("simulate/crowdrules/drawn");
BENCHMARK(simulate_with<bernoulli>)->Name("simulate/bernoulli_distribution");
BENCHMARK(simulate_with<plain_loop>)->Name("simulate/plain_loop");

}  // namespace
