// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/simulate_plan.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include "draws.hpp"
#include <algorithm>
#include <array>

namespace crowdrules {

using detail::block_of_draws;
using detail::DrawFor;
using detail::Threshold;

namespace {

constexpr std::int64_t expected_demand = 1'000;
constexpr std::int64_t most_demand = 1'000'000;
constexpr unsigned most_decimals = 6;
/// Each line of the time line draws for its units from places of its own.
constexpr std::int64_t most_units = std::int64_t{1} << 23;
constexpr std::size_t most_lines = 4'096;
static_assert(static_cast<std::uint64_t>(most_units) * most_lines <= detail::most_draws);

Finding refusal(std::string_view rule, std::string what, std::string accepted) {
    return {FindingKind::malformed, std::string(rule), std::move(what), std::move(accepted)};
}

/// amount x part / whole, half_even.
Money scaled(Money amount, std::int64_t part, std::int64_t whole) {
    const Decimal product = Decimal(amount.minor()) * Decimal(part);
    const Decimal minor = product.quotient(Decimal(whole), 0, RoundingMode::half_even);
    return {static_cast<std::int64_t>(minor.coefficient()), amount.currency()};
}

std::int64_t scaled(std::int64_t units, std::int64_t demand) {
    return units * demand / expected_demand;
}

bool is_return(const PlanLine& line) {
    const auto* sale = std::get_if<SaleLine>(&line.what);
    return sale != nullptr && (sale->sale.units < 0 || sale->sale.gross.is_negative());
}

/// What one line expects to sell.
std::int64_t units_of(const PlanLine& line) {
    const auto* sale = std::get_if<SaleLine>(&line.what);
    return sale != nullptr ? sale->sale.units : 0;
}

Findings check(const RevenuePlan& plan, const SalesChances& chances) {
    Findings findings;
    std::int64_t most = 0;
    for (const OddsLine& line : chances.demand) most = std::max(most, line.to);
    if (const auto defect = defect_of(chances.demand))
        findings.push_back(refusal("chances.demand", *defect, "ranges of thousandths with weights"));
    else if (most > most_demand)
        findings.push_back(refusal("chances.demand", "more than 1,000,000 thousandths", "up to a thousand times"));
    if (chances.returns.is_negative() || chances.returns > Decimal(1))
        findings.push_back(
            refusal("chances.returns", to_percent(chances.returns) + " is no part of sales", "0% to 100%"));
    else if (chances.returns.scale() > most_decimals)
        findings.push_back(refusal("chances.returns", to_percent(chances.returns) + " has more than 4 decimals",
                                   "0.0001% or a multiple"));
    if (plan.timeline.size() > most_lines)
        findings.push_back(refusal("timeline", "more than 4,096 lines", "a shorter plan"));
    for (const PlanLine& line : plan.timeline) {
        if (Int128{units_of(line)} * most <= Int128{most_units} * expected_demand) continue;
        findings.push_back(refusal("timeline", "a line that may sell more than 2^23 units", "a line for each part"));
        findings.back().where = line.where;
    }
    return findings;
}

}  // namespace

struct PlanSimulation::Compiled {
    RevenuePlan plan;
    Odds demand;
    Threshold returns;

    struct Drawn {
        RevenuePlan plan;
        std::int64_t sold = 0;
        std::int64_t returned = 0;
    };

    [[nodiscard]] Drawn draw(std::uint64_t seed, std::uint64_t run) const {
        Drawn drawn{plan};
        for (std::size_t i = 0; i < drawn.plan.timeline.size(); ++i) {
            auto& what = drawn.plan.timeline[i].what;
            const std::int64_t of_expected = detail::draw_from(demand, {seed, run, DrawFor::units}, i);
            if (auto* sale = std::get_if<SaleLine>(&what)) {
                draw_sale(sale->sale, of_expected, [&](std::int64_t sold) {
                    const std::int64_t back = returned(seed, run, i, sold);
                    drawn.sold += sold;
                    drawn.returned += back;
                    return back;
                });
            } else if (auto* money = std::get_if<MoneyLine>(&what); money && !money->contributed) {
                money->amount = scaled(money->amount, of_expected, expected_demand);
            } else if (auto* settle = std::get_if<SettleLine>(&what); settle && settle->revenue) {
                settle->revenue = scaled(*settle->revenue, of_expected, expected_demand);
            }
        }
        return drawn;
    }

  private:
    template <class Returned>
    static void draw_sale(revenue::SalesLine& sale, std::int64_t of_expected, Returned returned) {
        if (sale.units == 0) {  // no unit can come back
            sale.gross = scaled(sale.gross, of_expected, expected_demand);
            for (auto& [deduction, amount] : sale.deductions) amount = scaled(amount, of_expected, expected_demand);
            return;
        }
        const std::int64_t expected = sale.units;
        const std::int64_t sold = scaled(expected, of_expected);
        const std::int64_t back = returned(sold);
        const Money price = sale.gross;  // of all expected units
        sale.units = sold - back;
        sale.gross = scaled(price, sold, expected);
        for (auto& [deduction, amount] : sale.deductions) amount = scaled(amount, sold, expected);
        if (back == 0) return;
        const Money worth = scaled(price, back, expected);
        const auto [place, is_new] = sale.deductions.emplace(revenue::Deduction::returns, worth);
        if (!is_new) place->second += worth;
    }

    /// How many of the units that a line sold come back.
    [[nodiscard]] std::int64_t returned(std::uint64_t seed, std::uint64_t run, std::size_t line,
                                        std::int64_t sold) const {
        constexpr auto block_size = static_cast<std::int64_t>(block_of_draws);
        const auto first = static_cast<std::int64_t>(line) * (most_units / block_size);
        std::array<detail::Below, 1> sum{};
        for (std::int64_t begin = 0; begin < sold; begin += block_size)
            detail::add_below({seed, run, DrawFor::returns}, static_cast<std::uint64_t>(first + begin / block_size),
                              static_cast<std::size_t>(std::min(block_size, sold - begin)), std::span(&returns, 1), {},
                              sum);
        return static_cast<std::int64_t>(sum[0].count);
    }
};

Result<PlanSimulation, Findings> PlanSimulation::of(RevenuePlan plan, SalesChances chances) {
    Findings findings = check(plan, chances);
    if (has_refusal(findings)) return failure(std::move(findings));
    plan.expect.clear();
    std::erase_if(plan.timeline, is_return);
    for (PlanLine& line : plan.timeline) line.expect.clear();
    return PlanSimulation(std::make_shared<const Compiled>(
        Compiled{std::move(plan), std::move(chances.demand), Threshold(chances.returns)}));
}

RevenuePlan PlanSimulation::drawn(std::uint64_t seed, std::uint64_t run) const {
    return compiled_->draw(seed, run).plan;
}

Result<std::vector<PlanRun>> PlanSimulation::runs(std::uint64_t seed, std::uint64_t first, std::uint64_t count) const {
    std::vector<PlanRun> runs;
    runs.reserve(count);
    for (std::uint64_t run = first; run - first < count; ++run) {
        const auto drawn = compiled_->draw(seed, run);
        auto played = play(drawn.plan);
        if (!played) return failure(played.error());
        runs.push_back({run, drawn.sold, drawn.returned, played->refusals.size(), holders(played->book)});
    }
    return runs;
}

PlanComparison compare(std::span<const RevenuePlan> plans) {
    PlanComparison result;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        result.titles.push_back(plans[i].title);
        result.problems.emplace_back();
        for (ComparedHolder& holder : result.holders) holder.amounts.emplace_back();
        const auto played = play(plans[i]);
        if (!played) {
            result.problems.back() = to_text(played.error());
            continue;
        }
        for (const auto& [name, amount] : holders(played->book)) {
            auto known = std::find_if(result.holders.begin(), result.holders.end(),
                                      [&](const ComparedHolder& holder) { return holder.name == name; });
            if (known == result.holders.end())
                known = result.holders.insert(known, {name, std::vector<std::optional<Decimal>>(i + 1)});
            known->amounts[i] = amount;
        }
    }
    return result;
}

}  // namespace crowdrules
