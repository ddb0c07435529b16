// SPDX-License-Identifier: BSL-1.0
// Settle column: what each charge of a column costs and leaves over: processing fee, platform share and net.
//
//   SettleColumn terms(processing, platform);
//   SettledTotals totals = terms.settle(charges, {.processing = fees, .net = net});   // the platform's column not kept
//
// Here the platform's share is rounded on every charge. That is right where each charge is settled by itself: money
// that is split as it is paid (donations, memberships, an application fee taken by the processor). It is wrong where
// the share is due once on what a campaign collected, as Kickstarter's is: 5% of 23,520.39 is 1,176.02 rounded once,
// but the sum of the rounded shares of its pledges may be some cents off. There use FeeColumn for the processing fees,
// exact_sum for the collected money and fee_on for the share.
#pragma once

#include <crowdrules/fees/fee_column.hpp>

namespace crowdrules {

/// Where to put one figure for each charge. A span that is empty is a figure that is not kept.
struct SettledRows {
    std::span<std::int64_t> processing = {};
    std::span<std::int64_t> platform = {};
    std::span<std::int64_t> net = {};  ///< the charge less both; below zero where the fees exceed it
};

/// The exact sums of the columns. Ensures: gross == processing + platform + net.
struct SettledTotals {
    Int128 gross = 0;
    Int128 processing = 0;
    Int128 platform = 0;
    Int128 net = 0;

    bool operator==(const SettledTotals&) const = default;
};

/// Two compiled schedules, applied to the same charges. Each schedule names its own rounding.
class SettleColumn {
  public:
    /// Expects: neither schedule has a defect. Throws ContractViolation.
    SettleColumn(const FeeSchedule& processing, const FeeSchedule& platform);

    /// Expects: every span of `rows` is empty or as long as `charges`, and overlaps no other; no negative charge.
    /// Throws ContractViolation, Overflow; `rows` are then unspecified.
    /// Ensures: rows and totals are those of fee_on, charge by charge, without tax.
    SettledTotals settle(std::span<const std::int64_t> charges, SettledRows rows = {}) const;

  private:
    FeeColumn processing_;
    FeeColumn platform_;
};

}  // namespace crowdrules
