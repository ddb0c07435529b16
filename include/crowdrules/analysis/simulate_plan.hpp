// SPDX-License-Identifier: BSL-1.0
// Simulate plan: an income that is shared, many times over, with sales and returns drawn by chance.
//
//   const auto plan = parse_plan(text, "book.toml").value();       // 100 copies for 1,000.00 in each quarter
//   const auto simulation = PlanSimulation::of(plan, {.demand = {{500, 1'500}}, .returns = rate("8%")}).value();
//   simulation.runs(7, 0, 1'000).front().holders                   // Anna 37.20, Ben 24.80, ...
//
// What a plan says of sales is what is expected. In a run each line of the time line sells so many thousandths of its
// units, by the odds of demand, and of these each comes back by the chance of returns. Money that comes in without
// units (receipts of a split or waterfall, the revenue of a note) is scaled by demand alone. Amounts keep the price of
// a unit, brought to cents half_even once a line. Then the plan is played as it stands: every royalty, split, waterfall
// and note is the engine's. Numbers have their places as in simulate.hpp: the same seed gives the same runs everywhere.
#pragma once

#include <crowdrules/analysis/odds.hpp>
#include <crowdrules/stories/plan/plan.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crowdrules {

struct SalesChances {
    Odds demand = always(1'000);  ///< thousandths of what a line expects, drawn for each line; at most 1,000,000
    Decimal returns{};            ///< of units sold, 0 to 1 with at most 6 decimals

    bool operator==(const SalesChances&) const = default;
};

struct PlanRun {
    std::uint64_t run = 0;
    std::int64_t sold = 0;      ///< units
    std::int64_t returned = 0;  ///< of those
    std::size_t refusals = 0;   ///< lines that their part refused
    /// What every holder has in the end, in units of the currency: payees, parts that keep something, the outside.
    std::vector<std::pair<std::string, Decimal>> holders{};

    bool operator==(const PlanRun&) const = default;
};

class PlanSimulation {
  public:
    /// Refuses: odds with a defect, or of more than 1,000,000 thousandths; a chance outside 0 to 1 or of more than 6
    /// decimals; more than 4,096 lines, or one that could sell more than 2^23 units. Lines of returns alone are left
    /// out: returns are drawn.
    [[nodiscard]] static Result<PlanSimulation, Findings> of(RevenuePlan plan, SalesChances chances);

    /// Runs `first` to `first + count - 1`. Cost: that of playing the plan, for each.
    /// Refuses: a run whose amounts leave 64 bits.
    [[nodiscard]] Result<std::vector<PlanRun>> runs(std::uint64_t seed, std::uint64_t first, std::uint64_t count) const;
    /// The plan of one run, with what was drawn in its lines.
    [[nodiscard]] RevenuePlan drawn(std::uint64_t seed, std::uint64_t run) const;

  private:
    struct Compiled;
    explicit PlanSimulation(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

    std::shared_ptr<const Compiled> compiled_;
};

// --------------------------------------------------------------------------------------------------------- comparison

/// What one holder has in the end under several plans.
struct ComparedHolder {
    std::string name;
    std::vector<std::optional<Decimal>> amounts;  ///< one for each plan; none: it is no holder there

    bool operator==(const ComparedHolder&) const = default;
};
struct PlanComparison {
    std::vector<std::string> titles;      ///< of the plans
    std::vector<std::string> problems;    ///< why a plan was not played to its end; empty: it was
    std::vector<ComparedHolder> holders;  ///< in order of their first movement in the first plan that has them
};
/// Plays several plans and puts side by side who has what in the end. The income is the same where their lines of sales
/// and money are.
[[nodiscard]] PlanComparison compare(std::span<const RevenuePlan> plans);

}  // namespace crowdrules
