// SPDX-License-Identifier: BSL-1.0
// Refund policy: who bears what when money goes back to a backer.
//
//   Kickstarter: before the payout the backer gets everything back and no fee is kept; after it the creator pays the
//   whole refund and the fees stay where they are. [help centre 115005135874]
//
// Where fees are kept, somebody is short of them: after a success the payout is smaller, and what it does not cover the
// creator owes; without one the platform has advanced them, and its escrow stays below zero by as much.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// What becomes of a fee when money that bore it goes back before the payout.
///   3% + 0.30 on 100.00 is 3.30; half goes back: kept 3.30, recomputed 1.80 (on 50.00), proportional 1.65
enum class PartialRefundFee : std::uint8_t {
    kept,          ///< the whole fee is kept
    recomputed,    ///< the fee is what it would be on the amount that remains
    proportional,  ///< as much of the fee goes back as of the money, on running totals: parts of parts add up
};

[[nodiscard]] std::string_view to_text(PartialRefundFee rule) noexcept;

struct RefundPolicy {
    bool fees_returned_before_payout = true;  ///< a full refund before the payout returns the processing fee too
    std::optional<PartialRefundFee>
        partial;  ///< the processing fee; no value: not established, a partial refund before the payout is refused
                  ///< unless it says what the provider returned
    std::optional<PartialRefundFee> platform{};  ///< the platform's fee, at any refund before the payout; no value:
                                                 ///< recomputed
    bool backer_may_claim_while_live = false;  ///< a cancelled pledge that was charged already is refunded while live

    bool operator==(const RefundPolicy&) const = default;
};

/// What a refund is for. An amount without items is a general refund.
enum class RefundItem : std::uint8_t { general, reward, add_on, bonus, shipping };
inline constexpr std::size_t refund_item_count = 5;

[[nodiscard]] std::string_view to_text(RefundItem item) noexcept;

}  // namespace crowdrules
