// SPDX-License-Identifier: BSL-1.0
// Terms of a community that invents: what was promised to its members. Frozen into its first event.
//
//   submission   10.00 USD a idea, refunded when it is infeasible
//   evaluation   15 votes a member, diluted by the inverse of votes cast; the first 5 and one staff pick go on
//   rights       assigned on acceptance; returned when a product is not made
//   royalties    direct 30%, indirect 10% of revenue, on the day of the sale
//   payouts      every 3 months, from 10.00 USD up
//
// What no source establishes has no default: it is an optional here, and defects_of asks for it.
#pragma once

#include <crowdrules/community/influence.hpp>
#include <crowdrules/community/rights.hpp>
#include <crowdrules/community/vote.hpp>
#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/time/cadence.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

/// What handing in an idea costs.
struct SubmissionTerms {
    std::optional<std::int64_t> fee{};               ///< minor units, 0 for none; required
    std::optional<bool> refunded_when_infeasible{};  ///< required where there is a fee

    bool operator==(const SubmissionTerms&) const = default;
};

/// What holds for the influence in every product; its buckets come with the product.
struct InfluencePolicy {
    std::optional<UnclaimedPolicy> unclaimed{};  ///< required: no source says what becomes of it
    std::optional<InfluenceUnits> units{};       ///< none: exact

    bool operator==(const InfluencePolicy&) const = default;
};

/// What the community earns of sales. A tier that counts by period, or reaches back to earlier sales, is refused.
struct CommunityRoyalty {
    std::vector<revenue::RoyaltyChannel> channels{};
    std::optional<Rounding> rounding{};  ///< of a product's royalty on its running total; required

    bool operator==(const CommunityRoyalty&) const = default;
};

/// When royalties are shared and paid. Nothing is paid by itself: the agenda says what is due.
struct RoyaltyPayouts {
    Instant from{};                         ///< the first period begins
    Cadence every{.months = 3};             ///< a period ends and its royalties are shared
    std::optional<std::int64_t> minimum{};  ///< of a payment, minor units; required: one existed, unknown
    revenue::MinimumRule rule = revenue::MinimumRule::at_least;  ///< whether exactly the minimum is paid
    std::uint32_t hold_days = 0;                                 ///< after the end of the period
    std::optional<FeeSchedule> fee{};                            ///< of a payment

    bool operator==(const RoyaltyPayouts&) const = default;
};

struct Terms {
    std::string title{};
    std::string pack{};  ///< name and date of the rule pack, for the record
    Currency currency = USD;
    SubmissionTerms submission{};
    RoundTerms evaluation{};  ///< of rounds in which ideas are chosen
    InfluencePolicy influence{};
    RightsTerms rights{};
    CommunityRoyalty royalty{};
    RoyaltyPayouts payouts{};
    std::map<std::string, Citation, std::less<>> sources{};  ///< where each rule is written, by its path

    bool operator==(const Terms&) const = default;
};

/// Where the rule of this path is written; `agreed` with the community's own terms when no pack set it.
[[nodiscard]] Citation citation_of(const Terms& terms, std::string_view rule);

/// What no community can run with: whatever is required and not given, a fee below zero, defects of rounds, rights,
/// royalties and fees, a policy for unclaimed influence without its payee, a cadence that never comes again. Empty for
/// sound terms.
[[nodiscard]] Findings defects_of(const Terms& terms);

/// The terms by which a member's balance is paid out. Expects: sound terms.
[[nodiscard]] revenue::DistributionTerms distribution_of(const Terms& terms);

}  // namespace crowdrules::community
