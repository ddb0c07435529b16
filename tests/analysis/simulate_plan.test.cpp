// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/simulate_plan.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace crowdrules;

namespace {

RevenuePlan book(const std::string& rate = "10%") {
    const auto plan = parse_plan(R"(timeline = [
    { on = 2012-03-31, sale = { units = 1000, gross = "9990.00" } },
    { on = 2012-03-31, period_end = "contract" },
    { on = 2012-06-30, sale = { units = 500, gross = "4995.00" } },
    { on = 2012-06-30, period_end = "contract" },
]
[plan]
title = "A book at )" + rate + R"("
currency = "USD"
[royalty.contract]
rate = ")" + rate + R"("
less = ["returns"]
rounding = "half_even"
to = "authors"
[split.authors]
shares = { Anna = 60, Ben = 40 }
)",
                                 "book.toml");
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : to_text(plan.error())));
    return *plan;
}

PlanSimulation simulation_of(RevenuePlan plan, SalesChances chances) {
    auto made = PlanSimulation::of(std::move(plan), std::move(chances));
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : to_text(made.error())));
    return *made;
}

Decimal held_by(const PlanRun& run, std::string_view name) {
    for (const auto& [holder, amount] : run.holders)
        if (holder == name) return amount;
    return {};
}

const SalesChances uncertain{.demand = {{500, 1'500, 3}, {0, 0, 1}}, .returns = Decimal::parse("8%").value()};

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("a simulated plan is the plan with what was drawn, played") {
        const PlanSimulation simulation = simulation_of(book(), uncertain);
        const auto runs = simulation.runs(7, 0, 60).value();
        REQUIRE(runs.size() == 60);
        std::int64_t sold = 0, returned = 0;
        for (const PlanRun& run : runs) {
            const auto played = play(simulation.drawn(7, run.run));
            REQUIRE(played.has_value());
            CHECK(run.holders == holders(played->book));
            Decimal sum;
            for (const auto& [name, amount] : run.holders) sum = sum + amount;
            CHECK(sum.is_zero());
            sold += run.sold;
            returned += run.returned;

            std::int64_t kept = 0;
            for (const PlanLine& line : simulation.drawn(7, run.run).timeline)
                if (const auto* sale = std::get_if<SaleLine>(&line.what)) {
                    kept += sale->sale.units;
                    const std::int64_t worth = sale->sale.gross.minor();  // 9.99 each
                    const auto back = sale->sale.deductions.find(revenue::Deduction::returns);
                    const std::int64_t less = back == sale->sale.deductions.end() ? 0 : back->second.minor();
                    CHECK(worth - less == 999 * sale->sale.units);
                }
            CHECK(kept == run.sold - run.returned);
            // 10% of what stays sold, once on the running total.
            const Decimal earned = held_by(run, "Anna") + held_by(run, "Ben");
            CHECK(earned == (Decimal::of(999 * kept, 3)).rounded(2, RoundingMode::half_even));
        }
        CHECK(std::abs(static_cast<double>(returned) - 0.08 * static_cast<double>(sold)) <
              5 * std::sqrt(0.08 * 0.92 * static_cast<double>(sold)));
    }
    TEST_CASE("the same seed gives the same runs of a plan, however they are split") {
        const PlanSimulation simulation = simulation_of(book(), uncertain);
        const auto whole = simulation.runs(3, 10, 12).value();
        auto parts = simulation.runs(3, 10, 5).value();
        const auto rest = simulation.runs(3, 15, 7).value();
        parts.insert(parts.end(), rest.begin(), rest.end());
        CHECK(parts == whole);
        CHECK(simulation.runs(4, 10, 12).value() != whole);
        // What was drawn on one machine is what is drawn on every other.
        CHECK(whole[0].sold == 1'239);
        CHECK(whole[1].sold == 1'623);
        CHECK(whole[1].returned == 116);
    }
    TEST_CASE("without chance a run is the plan itself") {
        const PlanRun run = simulation_of(book(), {}).runs(1, 0, 1).value().front();
        CHECK(run.sold == 1'500);
        CHECK(run.returned == 0);
        CHECK(run.holders == holders(play(book()).value().book));
        CHECK(held_by(run, "Anna") == Decimal::parse("899.10").value());
        const SalesChances all_back{.demand = always(1'000), .returns = Decimal(1)};
        CHECK(held_by(simulation_of(book(), all_back).runs(1, 0, 1).value().front(), "Anna").is_zero());
    }
    TEST_CASE("chances that cannot be are refused by name") {
        const auto why = [](SalesChances chances) {
            const auto made = PlanSimulation::of(book(), std::move(chances));
            REQUIRE_FALSE(made.has_value());
            return made.error().front().rule + ": " + made.error().front().what;
        };
        CHECK(why({.demand = {}, .returns = {}}) == "chances.demand: there is no number to draw");
        CHECK(why({.demand = always(1'000'001), .returns = {}}) == "chances.demand: more than 1,000,000 thousandths");
        CHECK(why({.demand = always(1'000), .returns = Decimal(2)}) == "chances.returns: 200% is no part of sales");
        CHECK(why({.demand = always(1'000), .returns = Decimal::of(1, 7)}) ==
              "chances.returns: 0.00001% has more than 4 decimals");
        RevenuePlan large = book();
        std::get<SaleLine>(large.timeline[0].what).sale.units = 10'000'000;
        CHECK(PlanSimulation::of(large, {}).error().front().what == "a line that may sell more than 2^23 units");
    }
    TEST_CASE("several plans on the same income, side by side") {
        const std::vector<RevenuePlan> plans{book(), book("15%")};
        const PlanComparison result = compare(plans);
        CHECK(result.titles == std::vector<std::string>{"A book at 10%", "A book at 15%"});
        CHECK(result.problems == std::vector<std::string>{"", ""});
        const auto anna = std::find_if(result.holders.begin(), result.holders.end(),
                                       [](const ComparedHolder& holder) { return holder.name == "Anna"; });
        REQUIRE(anna != result.holders.end());
        CHECK(anna->amounts[0] == Decimal::parse("899.10").value());
        CHECK(anna->amounts[1] == Decimal::parse("1348.65").value());
        CHECK(compare(std::span<const RevenuePlan>()).holders.empty());
    }
}
