// SPDX-License-Identifier: BSL-1.0
// Settle sums: the statement of a whole campaign from the sums of its pledges that end alike.
//
//   FateSums sums;
//   sums[PledgeFate::kept] = {.count = 882, .amount = 31'830'00, .fee = 1'131'30};
//   settle_sums(terms, sums).paid                                                     29,107.20 USD
//
// The sums are enough, because every fee but the charges' is due on a sum. A simulation draws them without keeping a
// pledge; columns/settle_pledges.hpp makes them of a column of pledges.
#pragma once

#include <crowdrules/campaign/statement.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace crowdrules::campaign {

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

/// Why a campaign of these terms cannot be settled by columns or sums, in a sentence; nothing if it can. It can with a
/// goal of money or backers judged at the deadline on what was pledged, charges at success, no caps, add-ons,
/// instalments, reserve or stretch goals, and no guard that asks who pledges or who the creator is: neither says so.
[[nodiscard]] std::optional<std::string> why_not_settled_by_columns(const Terms& terms);

/// `taken`: how many have each reward in the end, by its place in the terms; empty: the statement does not say.
/// Expects: sound terms that can be settled by columns; sums that are not negative; `taken` empty or one for each
/// reward. Throws ContractViolation, Overflow.
/// Ensures: equal to the statement of the same campaign played through events, each pledge from a backer of its own;
/// without `taken` but for the lines of rewards. A campaign that fails charges nobody. What happens after the payout
/// happens before it where nothing is to be paid out. Cost: some microseconds.
[[nodiscard]] Statement settle_sums(const Terms& terms, const FateSums& sums,
                                    std::span<const std::uint32_t> taken = {});

}  // namespace crowdrules::campaign
