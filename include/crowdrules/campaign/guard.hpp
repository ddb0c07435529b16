// SPDX-License-Identifier: BSL-1.0
// Guards: who must be verified before money moves, whose pledges are not taken or not counted, and what one person may
// give.
//
//   a creator whose identity is verified before the payout; backers from 1,000.00 on
//   no pledges of the creator's own accounts; those of accounts that belong together are taken, and not counted
//   a claim on the idea pauses the campaign: dismissed, it goes on; upheld, every pledge is let go
//
// The engine checks no documents and finds no accounts: the platform does, and reports what it found and who decided.
#pragma once

#include <crowdrules/campaign/person_limits.hpp>
#include <crowdrules/campaign/reward.hpp>
#include <crowdrules/core/id.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// What becomes of pledges of an account that is not a backer of its own.
enum class AccountRule : std::uint8_t {
    accepted,
    refused,      ///< from when it is known; pledges that stand are the platform's to refund
    not_counted,  ///< taken and charged, and counted toward no goal and no cap
};

[[nodiscard]] std::string_view to_text(AccountRule rule) noexcept;

/// Whose identity must be verified, and before what.
struct IdentityGuard {
    bool creator_before_pledges = false;
    bool creator_before_payout = false;
    std::optional<std::int64_t> backers_from{};  ///< whose pledges together come to so much, minor units
    std::vector<RewardId> rewards{};             ///< or who takes one of these

    bool operator==(const IdentityGuard&) const = default;
};

struct Guards {
    IdentityGuard identity{};
    AccountRule creators_own = AccountRule::accepted;  ///< pledges of accounts that belong to the creator
    AccountRule related = AccountRule::accepted;       ///< of accounts that belong to another backer
    std::optional<PersonLimits> person{};              ///< accounts that belong together are one person
    bool named_deciders = false;                       ///< a decision of the platform must say who took it

    bool operator==(const Guards&) const = default;
};

/// What was verified about somebody.
struct Verification {
    std::string what{};              ///< "identity card", "bank account"
    std::string by{};                ///< who verified it
    std::optional<Instant> until{};  ///< it holds before this instant; none: for good

    [[nodiscard]] bool holds_at(Instant at) const noexcept { return !until || at < *until; }
    bool operator==(const Verification&) const = default;
};

/// What the guards of one campaign know.
struct GuardRecord {
    std::optional<Verification> creator{};            ///< the latest of the creator
    std::map<std::uint64_t, Verification> backers{};  ///< the latest, by BackerId
    std::map<std::uint64_t, std::uint64_t> owner{};   ///< whose account it is, by BackerId; 0: the creator's
    std::set<std::uint64_t> uncounted{};              ///< BackerIds whose pledges count toward nothing
    OwnershipClaims claims{};                         ///< on what the campaign offers
    bool paused_by_claim = false;

    /// Who is behind an account, as far as is known: 0 is the creator; an account nobody else owns is itself.
    [[nodiscard]] std::uint64_t person_behind(std::uint64_t account) const;
    bool operator==(const GuardRecord&) const = default;
};

}  // namespace crowdrules::campaign
