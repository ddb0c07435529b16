// SPDX-License-Identifier: BSL-1.0
// Royalty column: what each of many sales earns at one rate, whose tiers count what was sold before it.
//
//   35% of gross, rounded half even on the running total
//   gross    base   royalty
//    0.99    0.99      0.35
//    0.99    0.99      0.34
#pragma once

#include <crowdrules/columns/rows.hpp>
#include <crowdrules/revenue/royalty.hpp>

#include <map>

namespace crowdrules {

/// One entry for each sale; negative for a return.
struct SaleColumns {
    std::span<const std::int64_t> gross{};  ///< minor units
    std::span<const std::int64_t> units{};  ///< how many were sold; empty where the rates do not count units
    std::map<revenue::Deduction, std::span<const std::int64_t>> deductions{};
};

/// How a column of sales earns.
struct RoyaltyRule {
    revenue::RateTerms rates;
    Currency currency;
    Rounding rounding;
    revenue::RoyaltyRounding rounded = revenue::RoyaltyRounding::running_total;
    revenue::SoldBefore before{};  ///< the column
};

/// Where to put one figure for each sale. A span that is empty is a figure that is not kept.
struct RoyaltyFigures {
    std::span<std::int64_t> base{};  ///< gross less the deductions that the rate names
    std::span<std::int64_t> royalty{};
};

/// Whether the rates count units, so that a column of them is needed.
[[nodiscard]] bool counts_units(const revenue::RateTerms& rates) noexcept;

/// Expects: rates without defect in that currency; columns as long as `gross` or empty; units where they are counted;
/// nothing negative sold before.
/// Ensures: each row is royalty_on its sale after all before it, rounded as the rule says.
/// Refuses: a return of more than was sold; counts and sums that leave 64 bits.
[[nodiscard]] Result<void, RowError> royalty_column(const RoyaltyRule& rule, const SaleColumns& sales,
                                                    const RoyaltyFigures& figures, const Pause& pause = {});

}  // namespace crowdrules
