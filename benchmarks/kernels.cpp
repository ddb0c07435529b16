// SPDX-License-Identifier: BSL-1.0
// Kernels: the C++ of the tasks of python.py as plain functions, which it calls in its own process: on the same memory,
// with the same caches, in turns with all others.
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/fees/settle_column.hpp>
#include <crowdrules/money/allocate.hpp>

#include <chrono>

namespace {

using namespace crowdrules;

const FeeSchedule card{.name = "processing",
                       .bands = {{0, rate("5%"), 5}, {1000, rate("3%"), 20}},
                       .rounding = {RoundingMode::half_even},
                       .citation = {}};
const FeeSchedule five_percent{
    .name = "platform", .bands = {{0, rate("5%"), 0}}, .rounding = {RoundingMode::half_even}, .citation = {}};

}  // namespace

extern "C" {

void fees(const std::int64_t* amounts, std::size_t rows, std::int64_t* into) {
    static const FeeColumn column(card);
    column.fees({amounts, rows}, {into, rows});
}

void settle_charges(const std::int64_t* charges, std::size_t rows, std::int64_t* processing, std::int64_t* platform,
                    std::int64_t* net) {
    static const SettleColumn terms(card, five_percent);
    terms.settle({charges, rows}, {{processing, rows}, {platform, rows}, {net, rows}});
}

void allocate_largest_remainder(std::int64_t whole, const std::int64_t* weights, std::size_t rows,
                                std::int64_t* parts) {
    allocate_into(whole, {weights, rows}, {.spare = AllocationMethod::largest_remainder}, {parts, rows});
}

/// What was collected in each of `runs` runs of a campaign with these pledges, 3% of whose cards fail.
void simulate(const std::int64_t* pledges, std::size_t count, std::uint64_t runs, std::int64_t* collected) {
    campaign::Terms terms;
    terms.charges.retry_window = std::chrono::days{7};
    terms.title = "As large as Pebble";
    terms.model = campaign::FundingModel::all_or_nothing(usd("100000.00"));
    terms.window = {instant("2012-04-11T12:00:00Z"), instant("2012-05-18T12:00:00Z")};
    terms.fees.platform = five_percent;
    terms.fees.processing = card;
    CampaignPlan plan{.terms = terms, .pledges = std::vector(pledges, pledges + count)};
    plan.chances.card_failure = rate("3%");
    for (const SimulatedRun& run : CampaignSimulation::of(plan).value().runs(7, 0, runs))
        *collected++ = run.of(SimulatedFigure::collected);
}

}  // extern "C"
