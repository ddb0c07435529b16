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

/// What becomes of the processing fee of a charge that is refunded in part before the payout.
enum class PartialRefundFee : std::uint8_t {
    kept,        ///< the processor keeps the whole fee
    recomputed,  ///< the fee is what it would be on the amount that remains
};

[[nodiscard]] std::string_view to_text(PartialRefundFee rule) noexcept;

struct RefundPolicy {
    bool fees_returned_before_payout = true;  ///< a full refund before the payout returns the processing fee too
    std::optional<PartialRefundFee>
        partial;  ///< no value: not established; a partial refund before the payout is refused
    bool backer_may_claim_while_live = false;  ///< a cancelled pledge that was charged already is refunded while live

    bool operator==(const RefundPolicy&) const = default;
};

/// What a refund is for. An amount without items is a general refund.
enum class RefundItem : std::uint8_t { general, reward, add_on, bonus, shipping };
inline constexpr std::size_t refund_item_count = 5;

[[nodiscard]] std::string_view to_text(RefundItem item) noexcept;

}  // namespace crowdrules
