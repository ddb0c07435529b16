// SPDX-License-Identifier: BSL-1.0
// Line: a part of a charge that goes by a name and a rule of its own: a tip, a tax, a duty, "I cover the fee".
//
//   10.00 for the campaign and a tip of 1.50 for the platform: 11.50 are charged, 10.00 count, and the platform's 5%
//   are 0.50:    {.name = "tip", .payee = "platform", .counts = false, .bears_platform_fee = false}
//   no commission on shipping:    {.name = "shipping", .bears_platform_fee = false}
//
// What the rest of a pledge is made of (reward, add_ons, shipping, bonus) is a line too, with a rule where the terms
// state one. A line without a rule is the creator's, counts, and bears both fees, as everything does where
// the terms state none.
#pragma once

#include <crowdrules/ledger/account.hpp>
#include <crowdrules/money/money.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crowdrules::campaign {

/// What the terms say of all lines of one name.
struct LineRule {
    std::string name{};              ///< "tip"; reward, add_ons, shipping and bonus name that part of every pledge
    std::string payee{"creator"};    ///< creator, platform, or a party by its name: "tax office"
    bool counts = true;              ///< toward the goal, the cap and stretch goals of money
    bool bears_platform_fee = true;  ///< whether it is in the base of the platform's fee
    bool bears_processing_fee = true;  ///< whether it is in the base of the processing fee
    bool kept = false;  ///< by its payee when the money goes back to the backer; whoever has the rest is short of it
    Rounding rounding{RoundingMode::half_up};  ///< of an amount that is computed from a rate

    bool operator==(const LineRule&) const = default;
};

/// Where the money of such a line goes: the escrow while it is the creator's.
[[nodiscard]] inline Account account_of(const LineRule& rule) noexcept {
    if (rule.payee == "creator") return Account::escrow;
    return rule.payee == "platform" ? Account::platform_fees : Account::parties;
}

/// Whether this is the name of a part that every pledge may have: reward, add_ons, shipping or bonus.
[[nodiscard]] bool is_part_of_pledge(std::string_view line) noexcept;

/// A line that a backer pays besides, or that what is pledged contains. Its amount is stated, or comes of a rate; with
/// neither it covers the processing fee of the whole charge, so that the creator has all that was pledged.
///   {"tip", 1.50}    {.line = "vat", .rate = 21%, .included = true}    {"fee cover"}
struct LineChoice {
    std::string line{};               ///< the name of its rule
    std::optional<Money> amount{};    ///< stated by the caller; in the currency of the campaign
    std::optional<Decimal> rate{};    ///< of what is pledged without it, as the caller's place has it: 0.21
    bool included = false;            ///< contained in the amount of the pledge, instead of on top of it

    bool operator==(const LineChoice&) const = default;
};

/// What of an amount belongs to one line.
struct LineAmount {
    std::string line{};
    std::int64_t amount = 0;            ///< minor units
    Account account = Account::escrow;  ///< who gets it, or gives it back; escrow: it moves with the creator's money

    bool operator==(const LineAmount&) const = default;
};

/// What a pledge of `pledged` contains as tax at this rate: pledged x rate / (1 + rate), rounded once.
///   100.00 at 15%, half_up     13.04: 86.96 and 15% of it
/// Expects: 0 <= rate, with at most 18 decimals; pledged >= 0.
[[nodiscard]] Money contained_in(Money pledged, const Decimal& rate, Rounding rounding);

}  // namespace crowdrules::campaign
