// SPDX-License-Identifier: BSL-1.0
// Payouts: what one is made of, and whether it may be made.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <cstdint>
#include <vector>

namespace crowdrules {

/// A fee on an amount, and the tax on it, both without each other.
struct FeeParts {
    std::int64_t fee = 0;
    std::int64_t tax = 0;
};
[[nodiscard]] FeeParts fee_parts(const FeeSchedule& schedule, Money amount);
/// What the platform takes of a campaign that ended as it did.
[[nodiscard]] const FeeSchedule& platform_schedule(const CampaignState& state);
/// What is still to be taken of the platform's fee on `base` when the payouts made came to `paid` and bore `taken`.
/// What was taken stays taken when the base falls; where a larger base costs less than a smaller one, the difference is
/// given back, and this is below zero.
[[nodiscard]] FeeParts fee_still_due(const CampaignState& state, std::int64_t paid, std::int64_t base, FeeParts taken);
/// What the platform's fee is computed on: money of the given line that the creator keeps.
[[nodiscard]] std::int64_t kept_of(const PayoutLine& line) noexcept;

/// What the payout would be made of, after those of `lines` that are paid.
[[nodiscard]] PayoutMade payout_parts(const CampaignState& state, const std::vector<PayoutLine>& lines,
                                      std::uint32_t payout);
/// When the reserve that a payout held back is released; `never` when it holds none back, or while a claim is open.
[[nodiscard]] Instant release_at(const CampaignState& state, const PayoutLine& line);
/// Whether there is anything to settle in such a payout.
[[nodiscard]] bool is_payable(const PayoutLine& line, const PayoutMade& made) noexcept;
/// Whether money may not leave the escrow for the creator at `at`: a claim is open, or the creator is not verified.
[[nodiscard]] bool holds_payouts(const CampaignState& state, Instant at);

}  // namespace crowdrules
