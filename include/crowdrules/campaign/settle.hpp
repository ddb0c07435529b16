// SPDX-License-Identifier: BSL-1.0
// Settle: the statement of a whole campaign from columns of pledges, without an event for each.
//
//   settle(terms, {.amounts = pledged, .rewards = tiers, .outcomes = charged})
//
// It answers what playing the campaign from launch to last payout would: every pledge made while it ran, judged at the
// deadline, each charge collected or dropped as its outcome says, one payout. For tables of millions of pledges.
//
// Where only the sums of pledges that end alike are known (a simulation draws them without keeping a pledge), these are
// enough, because every fee but the charges' is due on a sum:
//
//   FateSums sums;
//   sums[PledgeFate::kept] = {.count = 882, .amount = 31'830'00, .fee = 1'131'30};
//   settle_sums(terms, sums).paid                                                     29,107.20 USD
#pragma once

#include <crowdrules/campaign/statement.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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

/// What becomes of a pledge in the end.
enum class PledgeFate : std::uint8_t {
    kept,                   ///< charged, and the money stays
    cancelled,              ///< taken back while the campaign ran
    dropped,                ///< its card failed and was not mended in time
    refunded,               ///< charged, and given back in full before the payout
    refunded_after_payout,  ///< charged, and given back in full after it
    lost_to_fraud,          ///< charged, and lost after the payout: the cardholder did not make the charge
    lost_over_reward,       ///< charged, and lost after the payout: the reward did not come or is not as promised
};
inline constexpr std::size_t pledge_fate_count = 7;
[[nodiscard]] std::string_view to_text(PledgeFate fate) noexcept;

/// Pledges that end alike, in minor units. Fee and tax are those of each one's charge, whether it is made or not.
struct FateSum {
    std::uint64_t count = 0;
    std::int64_t amount = 0;
    std::int64_t fee = 0;  ///< without its tax
    std::int64_t tax = 0;

    bool operator==(const FateSum&) const = default;
};
/// All pledges of a campaign, by what becomes of them.
struct FateSums {
    std::array<FateSum, pledge_fate_count> by_fate{};

    [[nodiscard]] FateSum& operator[](PledgeFate fate) noexcept { return by_fate[static_cast<std::size_t>(fate)]; }
    [[nodiscard]] const FateSum& operator[](PledgeFate fate) const noexcept {
        return by_fate[static_cast<std::size_t>(fate)];
    }
    bool operator==(const FateSums&) const = default;
};

/// What no campaign may have that settle serves, in a sentence; nothing for terms that it serves.
[[nodiscard]] std::optional<std::string> not_everyday(const Terms& terms);

/// Expects: terms as above; sums that are not negative. Throws ContractViolation, Overflow.
/// Ensures: equal to the statement of the same campaign played through events, but for the lines of rewards, which sums
/// do not tell. A campaign that fails charges nobody. What happens after the payout happens before it where nothing is
/// to be paid out. Cost: some microseconds.
[[nodiscard]] Statement settle_sums(const Terms& terms, const FateSums& sums);

}  // namespace crowdrules
