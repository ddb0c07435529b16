// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/columns/royalty_column.hpp>
#include <crowdrules/revenue/accrual.hpp>

#include "columns/each_row.hpp"

namespace crowdrules {

bool counts_units(const revenue::RateTerms& rates) noexcept {
    return rates.basis == revenue::TierBasis::units || rates.per_unit || rates.floor_per_unit;
}

Result<void, RowError> royalty_column(const RoyaltyRule& rule, const SaleColumns& sales, const RoyaltyFigures& figures,
                                      const Pause& pause) {
    const std::size_t rows = sales.gross.size();
    const bool deductions_fit = std::all_of(sales.deductions.begin(), sales.deductions.end(),
                                            [&](const auto& one) { return one.second.size() == rows; });
    expects(deductions_fit && fits(sales.units, rows) && fits(figures.base, rows) && fits(figures.royalty, rows),
            "royalty_column: the columns are of equal length, or empty");
    expects(!counts_units(rule.rates) || rows == 0 || !sales.units.empty(), "royalty_column: these rates count units");
    expects(rule.before.units >= 0 && rule.before.base >= 0, "royalty_column: what was sold before is at least 0");

    const DatedRow<revenue::RateTerms> in_force{{}, rule.rates, {}};
    const Money nothing = Money::zero(rule.currency);
    revenue::SoldBefore sold = rule.before;
    revenue::Accrual accrual(rule.currency);
    revenue::SalesLine sale{.work = {}, .channel = {}, .sold_on = {}, .units = 0, .gross = nothing, .deductions = {}};
    return for_each_row("gross", rows, pause, [&](std::size_t row) -> RowProblem {
        const auto refuse = [&](const char* what) { return RowError{"gross", row, what, {}}; };
        sale.units = sales.units.empty() ? 0 : sales.units[row];
        sale.gross = Money(sales.gross[row], rule.currency);
        for (const auto& [deduction, column] : sales.deductions)
            sale.deductions.insert_or_assign(deduction, Money(column[row], rule.currency));
        revenue::SoldBefore after;
        if (__builtin_add_overflow(sold.units, sale.units, &after.units)) return refuse("the units sold leave 64 bits");
        if (after.units < 0) return refuse("more units are returned than were sold before");
        const revenue::RoyaltyLine line = royalty_on(sale, in_force, sold);
        if (__builtin_add_overflow(sold.base, line.base.minor(), &after.base)) return refuse("the sales leave 64 bits");
        if (after.base < 0) return refuse("more is returned than was sold before");
        sold = after;
        put(figures.base, row, line.base.minor());
        if (rule.rounded == revenue::RoyaltyRounding::each_line) {
            put(figures.royalty, row, revenue::money_of(line.earned, rule.currency, rule.rounding).minor());
        } else {
            accrual.add(line.earned);
            put(figures.royalty, row, accrual.settle(rule.rounding).minor());
        }
        return std::nullopt;
    });
}

}  // namespace crowdrules
