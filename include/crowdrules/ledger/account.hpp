// SPDX-License-Identifier: BSL-1.0
// Account: who holds money, from the backers' cards to the creator's bank, and from a product's customers to the
// community that invented it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crowdrules {

/// The holders of a campaign's or a community's money. A balance is what the holder has had from it: the backers' is
/// negative while their money is elsewhere, and all balances together are always zero.
enum class Account : std::uint8_t {
    backers,          ///< the cards and bank accounts of all backers
    escrow,           ///< held by the platform for the campaign, not yet paid out
    reserve,          ///< held back from payouts against refunds and disputes
    disputed,         ///< held while a bank decides a dispute
    creator,          ///< paid out to the creator; negative when the creator owes
    platform_fees,    ///< kept by the platform
    processing_fees,  ///< kept by the payment processor
    tax,              ///< taxes on fees, and what is withheld from payees, owed to an authority
    unmatched,        ///< came in, or was taken, with nothing here that it is about; held until somebody knows
    parties,          ///< owed and passed on to parties that lines of a charge name: a tax office, a broker
    // A community has these too.
    customers,  ///< whoever buys the product
    company,    ///< who makes and sells it; also what a presale's creator is paid
    community,  ///< royalties earned by the community and not paid yet
    members,    ///< paid to the people who took part; fees that they paid
};
inline constexpr std::size_t account_count = 14;
inline constexpr std::size_t campaign_account_count = 10;  ///< the first ones: a campaign has no others

/// "processing_fees".
[[nodiscard]] std::string_view to_text(Account account) noexcept;

}  // namespace crowdrules
