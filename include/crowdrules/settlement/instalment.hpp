// SPDX-License-Identifier: BSL-1.0
// Instalments: one pledge charged in several equal parts.
//
//   three monthly parts of 150.00 USD: 50.00 at success, 50.00 a month later, 50.00 two months later
//   a refund of 120.00 after two were collected: the third is cancelled (50), the second refunded (50), then 20 of the
//   first
//
// Source: Kickstarter, Pledge Over Time (release notes of 2025-12-16 for the order of refunds; v1 of January 2025: four
// parts, a fortnight apart, from 24 hours after success; since spring 2025: three, a month apart, from success).
#pragma once

#include <crowdrules/money/allocate.hpp>
#include <crowdrules/time/cadence.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace crowdrules {

struct InstalmentPlan {
    int count = 3;                 ///< 2 to 60
    Elapsed first_after{};         ///< from success to the first charge
    Cadence cadence{.months = 1};  ///< from the first charge to the next ones
    std::int64_t minimum = 0;      ///< least pledge that may be paid so, in minor units
    AllocationMethod spare =
        AllocationMethod::largest_remainder;  ///< who gets the odd cents of a total that does not divide
    std::optional<Elapsed> retry_first{};     ///< time to collect the first part; to be stated
    std::optional<Elapsed> retry_later{};     ///< time to collect a later part; to be stated

    /// How long part `index`, from 0, may be collected from when it fell due.
    [[nodiscard]] constexpr Elapsed retry(std::size_t index) const noexcept {
        return (index == 0 ? retry_first : retry_later).value_or(Elapsed::zero());
    }

    bool operator==(const InstalmentPlan&) const = default;
};

enum class InstalmentState : std::uint8_t { uncollected, collected, errored, cancelled };

[[nodiscard]] std::string_view to_text(InstalmentState state) noexcept;

/// Whether an instalment of this state may still be charged.
[[nodiscard]] constexpr bool is_open(InstalmentState state) noexcept {
    return state == InstalmentState::uncollected || state == InstalmentState::errored;
}

struct Instalment {
    Instant due{};
    std::int64_t amount = 0;    ///< minor units; what is still to be charged, or was
    std::int64_t fee = 0;       ///< processing fee taken when it was collected
    std::int64_t refunded = 0;  ///< of what was collected
    InstalmentState state = InstalmentState::uncollected;
    std::uint32_t payout = 0;    ///< which of the campaign's payouts it is in, once it is collected
    std::uint32_t failures = 0;  ///< tries that failed

    bool operator==(const Instalment&) const = default;
};

/// The parts of `total`, the first due `first_after` the success. Expects: total > 0; 2 <= count <= 60.
/// Ensures: the parts sum to the total.
[[nodiscard]] std::vector<Instalment> instalments_of(const InstalmentPlan& plan, Money total, Instant success);

/// One step of a refund over instalments.
struct InstalmentRefund {
    std::size_t index{};  ///< which instalment, from 0
    bool cancels;         ///< true: not collected yet, so the charge is reduced or cancelled; false: money goes back
    std::int64_t amount = 0;  ///< minor units

    bool operator==(const InstalmentRefund&) const = default;
};

/// The published order: first what is not collected is cancelled, the last part first; then what was collected goes
/// back, from the latest part backwards. Expects: 0 < amount <= everything neither cancelled nor refunded yet. Ensures:
/// the steps sum to `amount`.
[[nodiscard]] std::vector<InstalmentRefund> refund_order(const std::vector<Instalment>& parts, std::int64_t amount);

}  // namespace crowdrules
