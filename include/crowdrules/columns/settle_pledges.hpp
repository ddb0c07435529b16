// SPDX-License-Identifier: BSL-1.0
// Settle pledges: a column of pledges judged and settled under the terms of their campaign, without an event for each.
//
//   settle(terms, {.amounts = pledged, .rewards = tiers, .collected = charged}).value().paid     29,107.20 USD
//
//   amount   reward   collected        fee   platform_fee      net   outcome     reason
//    99.00     1          1           3.17           4.95    90.88   collected
//   115.00     0          0              0              0        0   dropped     never_collected
//    99.00     1          1              0              0        0   refused     reward_sold_out
//
// There was one reward 1, and the first had it.
//
// It answers what playing the campaign from launch to last payout would: every pledge made while it ran, judged as
// `decide` judges it, the goal judged at the deadline, each charge collected or dropped, one payout. For tables of
// millions of pledges.
#pragma once

#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/columns/row_error.hpp>

#include <array>
#include <span>
#include <string_view>

namespace crowdrules {

/// One entry for each pledge, in the order in which they were made.
struct PledgeColumns {
    std::span<const std::int64_t> amounts{};    ///< minor units, each at least 1
    std::span<const std::uint16_t> rewards{};   ///< RewardId of each; empty: none has one
    std::span<const std::uint8_t> collected{};  ///< 1: charged, 0: dropped; empty: all charged
};

/// What became of a pledge.
enum class RowOutcome : std::int8_t {
    collected,
    dropped,   ///< its card failed
    released,  ///< the campaign missed its goal
    refused,   ///< it was never made
};
inline constexpr std::size_t row_outcome_count = 4;
[[nodiscard]] std::string_view to_text(RowOutcome outcome) noexcept;

/// Why. A refusal has the name of its RejectionCode.
enum class PledgeReason : std::int8_t {
    none,             ///< it was collected
    never_collected,  ///< dropped
    goal_missed,      ///< released
    amount_below_minimum,
    amount_above_maximum,
    reward_sold_out,
    reward_required,
    reward_not_started,  ///< it may be chosen only when the campaign is over ...
    reward_expired,      ///< ... or only before it opens
    not_shipped_there,   ///< it is sent nowhere
    amount_too_large,
};
inline constexpr std::size_t pledge_reason_count = 11;
/// "reward_sold_out"; "" for none.
[[nodiscard]] std::string_view to_text(PledgeReason reason) noexcept;

/// Where to put one figure for each pledge. A span that is empty is a figure that is not kept.
struct PledgeFigures {
    std::span<std::int64_t> fee{};           ///< for processing, with its tax
    std::span<std::int64_t> platform_fee{};  ///< its part of the platform's fee and tax, which are due once on the sum
    std::span<std::int64_t> net{};           ///< of a collected pledge, without both
    std::span<RowOutcome> outcome{};
    std::span<PledgeReason> reason{};
};

/// Judges and settles the pledges, each of a backer of its own, made while its reward may be chosen, by the link where
/// it is hidden, and sent where that costs least.
/// Expects: columns and figures as long as `amounts` or empty; sound terms for which why_not_settled_by_columns says
/// nothing. Throws ContractViolation; Overflow where fees leave 64 bits.
/// Ensures: the statement of the same campaign played through events; the figures add up to it, to the cent.
/// Refuses: an amount below 1; a reward that there is not; a `collected` other than 0 and 1.
/// Cost: about 1 ns a pledge where none is refused and no figures are kept; no allocation for a row.
[[nodiscard]] Result<campaign::Statement, RowError> settle(const campaign::Terms& terms, const PledgeColumns& pledges,
                                                           const PledgeFigures& figures = {});

}  // namespace crowdrules
