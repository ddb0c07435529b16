// SPDX-License-Identifier: BSL-1.0
// Account: who holds money, from the backers' cards to the creator's bank.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crowdrules {

/// The holders of a campaign's money. A balance is what the holder has had from the campaign: the backers' is negative
/// while their money is elsewhere, and all balances together are always zero.
enum class Account : std::uint8_t {
    backers,          ///< the cards and bank accounts of all backers
    escrow,           ///< held by the platform for the campaign, not yet paid out
    reserve,          ///< held back from payouts against refunds and disputes
    disputed,         ///< held while a bank decides a dispute
    creator,          ///< paid out to the creator; negative when the creator owes
    platform_fees,    ///< kept by the platform
    processing_fees,  ///< kept by the payment processor
    tax,              ///< taxes on fees, owed to an authority
};
inline constexpr std::size_t account_count = 8;

/// "processing_fees".
[[nodiscard]] std::string_view to_text(Account account) noexcept;

}  // namespace crowdrules
