// SPDX-License-Identifier: BSL-1.0
// Payouts: what one is made of, and whether it may be made.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// A fee on an amount, and the tax on it, both without each other.
struct FeeParts {
    std::int64_t fee = 0;
    std::int64_t tax = 0;
};
[[nodiscard]] FeeParts fee_parts(const FeeSchedule& schedule, Money amount);
/// What the platform takes of a campaign that ended as it did; of supplements alone where they have a fee of their own.
[[nodiscard]] const FeeSchedule& platform_schedule(const State& state, bool of_supplements = false);
/// Whether a payout bears the fee of supplements, on a running total of its own.
[[nodiscard]] bool bears_own_fee(const Terms& terms, const PayoutLine& line) noexcept;
/// What the processor takes of a charge of this pledge that was made by this method.
[[nodiscard]] const FeeSchedule& processing_schedule(const State& state, Handle pledge, std::string_view method);
/// Money of the given line that the creator keeps.
[[nodiscard]] std::int64_t kept_of(const PayoutLine& line) noexcept;
/// `amount` x `part` / `whole`, rounded once, and all of it for the whole: what a part of a running total comes to.
/// Expects: 0 <= part <= whole, whole > 0.
[[nodiscard]] std::int64_t in_proportion(std::int64_t amount, std::int64_t part, std::int64_t whole, Rounding rounding);

/// What is left of the reserve of each payout: refunds and lost disputes use what was held back first.
[[nodiscard]] std::vector<std::int64_t> reserves_left(const State& state);

/// What the platform's fee is computed on, summed over lines.
struct FeeBase {
    std::int64_t kept = 0;        ///< by the creator, in lines that bear the fee
    std::int64_t refunded = 0;    ///< of those, before its payout
    bool of_supplements = false;  ///< of those with a fee of their own, instead of the rest

    void add(const PayoutLine& line) noexcept {
        kept += kept_of(line) - line.free;
        refunded += line.refunded - line.free_refunded;
    }
    /// The amount that the schedule is asked about: what went back is in it unless the fee follows that.
    [[nodiscard]] std::int64_t amount(const RefundPolicy& policy) const noexcept;
};
/// The platform's fee on everything in `base`, as one running total.
[[nodiscard]] FeeParts platform_fee_on(const State& state, const FeeBase& base);
/// What is still to be taken of the platform's fee on `base` when the payouts made came to `paid` and bore `taken`.
/// What was taken stays taken when the base falls; where a larger base costs less than a smaller one, the difference is
/// given back, and this is below zero.
[[nodiscard]] FeeParts fee_still_due(const State& state, const FeeBase& paid, const FeeBase& base, FeeParts taken);

/// Paid to the creator, ever: payouts that did not come back, and released reserves.
[[nodiscard]] std::int64_t paid_to_creator(const State& state) noexcept;
/// What the creator owes: paid, and not the creator's any more. Never negative.
[[nodiscard]] std::int64_t owed_by_creator(const State& state) noexcept;

/// What the payout would be made of, after those of `lines` that are paid, by a creator who owes `owed`. Its money
/// covers, in this order: the platform's fee with its tax, what the creator owes, the reserve; the rest is paid.
[[nodiscard]] PayoutMade payout_parts(const State& state, const std::vector<PayoutLine>& lines, std::uint32_t payout,
                                      std::int64_t owed);
/// When the reserve that a payout held back is released; `never` when it holds none back, or while a claim is open.
[[nodiscard]] Instant release_at(const State& state, const PayoutLine& line);
/// Whether there is anything to settle in such a payout.
[[nodiscard]] bool is_payable(const PayoutLine& line, const PayoutMade& made) noexcept;
/// Whether money may not leave the escrow for the creator at `at`: a claim is open, or the creator is not verified.
[[nodiscard]] bool holds_payouts(const State& state, Instant at);

}  // namespace crowdrules::campaign
