// SPDX-License-Identifier: BSL-1.0
// Charges: when a pledge is charged, and where its money is then.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <cstdint>
#include <vector>

namespace crowdrules::campaign {

inline constexpr Instant at_checkout = Instant::min();

/// When the charge of this pledge is due: `at_checkout` for one that is due from when the pledge was made,
/// `never` while it waits. See RecordCharge.
[[nodiscard]] Instant charge_due(const State& state, Handle pledge);
/// Whether the campaign has succeeded and its charges wait for the creator to be ready to ship.
[[nodiscard]] bool awaits_readiness(const State& state) noexcept;
/// Whether a pledge came when others of its campaign were charged already or due: it is charged at checkout, by itself.
[[nodiscard]] bool comes_after_charges(const State& state, const PledgeRecord& record) noexcept;
/// Whether a bank is deciding on a charge of this pledge.
[[nodiscard]] bool is_disputed(const State& state, Handle pledge);
/// The parts of a pledge in instalments; null for one charged at once, or before they are due.
[[nodiscard]] const std::vector<Instalment>* instalments_of(const State& state, Handle pledge);
/// What was not captured of a pledge charged at once.
[[nodiscard]] inline std::int64_t uncaptured_of(const PledgeDetail* detail) noexcept {
    const ReportedCharge* charge = detail != nullptr ? detail->reported_of(1) : nullptr;
    return charge != nullptr ? charge->uncaptured : 0;
}
/// The payout that one charge of a pledge is in. Expects: it was collected.
[[nodiscard]] std::size_t payout_of(const State& state, Handle pledge, std::uint32_t instalment);

}  // namespace crowdrules::campaign
