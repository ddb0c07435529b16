// SPDX-License-Identifier: BSL-1.0
// Payout plan: when the creator is paid what was collected.
//
//   Kickstarter, from a deadline T: the campaign's money at T+14d; late pledges at T+17d (those of days 1 to 14), T+24d
//   (days 15 to 21) and every 7 days from then on, each covering what came in until 3 days before.
//   Source: features.kickstarter.com/late-pledges.
#pragma once

#include <crowdrules/time/cadence.hpp>

#include <cstdint>

namespace crowdrules {

struct PayoutPlan {
    Elapsed first_after{};        ///< from success to the payout of the campaign's money
    Elapsed later_first_after{};  ///< from success to the first payout of later money; zero: with the campaign's
    Cadence later_every{};        ///< from that one on; no cadence: there is only the first
    Elapsed later_cut_off{};      ///< a later payout covers what was collected until this long before it

    bool operator==(const PayoutPlan&) const = default;
};

/// The number of the payout that covers later money collected at `collected`: 0 is the first of the later payouts.
/// Expects: collected >= success. Without a cadence all later money is in payout 0.
[[nodiscard]] std::int64_t later_payout_of(const PayoutPlan& plan, Instant success, Instant collected);

/// When later payout number `n` falls due.
[[nodiscard]] Instant later_payout_due(const PayoutPlan& plan, Instant success, std::int64_t n);

}  // namespace crowdrules
