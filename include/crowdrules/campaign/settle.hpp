// SPDX-License-Identifier: BSL-1.0
// Settle: the statement of a whole campaign from columns of pledges, without an event for each.
//
//   settle(terms, {.amounts = pledged, .rewards = tiers, .outcomes = charged})
//
// It answers what playing the campaign from launch to last payout would: every pledge made while it ran, judged at the
// deadline, each charge collected or dropped as its outcome says, one payout. For tables of millions of pledges.
#pragma once

#include <crowdrules/campaign/statement.hpp>

#include <span>

namespace crowdrules {

/// One entry for each pledge.
struct PledgeColumns {
    std::span<const std::int64_t> amounts{};    ///< minor units, each at least 1
    std::span<const std::uint16_t> rewards{};   ///< RewardId of each; empty: none has one
    std::span<const std::uint8_t> collected{};  ///< 1: charged, 0: dropped; empty: all charged
};

/// Expects: columns of equal length or empty; sound terms with a goal of money or backers judged at the deadline,
/// charged at success, without caps, add-ons, instalments or reserve; rewards of the terms. Throws ContractViolation,
/// Overflow. Ensures: equal to the statement of the same campaign played through events, each pledge from a backer of
/// its own. Cost: about 1 ns a pledge.
[[nodiscard]] Statement settle(const Terms& terms, const PledgeColumns& pledges);

}  // namespace crowdrules
