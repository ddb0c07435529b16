// SPDX-License-Identifier: BSL-1.0
// Product: what an accepted idea becomes, and the phases in which the community makes it.
//
//   evaluation   inventor 42% (winners), voters 18% (votes)      filled when the idea is accepted
//   research     answers 5% (equal)                              whoever answered
//   naming       name 20% (winners), name voters 5% (votes)      three names handed in, one picked
//   presale      buyers 10% (equal)                              whose commitment was collected
//   together     exactly 100%
//
// Number and kind of phases vary by product; influence always totals 100% (businessknit.blogspot.com, 2013-06). Each
// phase brings buckets of its own, and its kind says where the claims on them come from:
//
//                   winners                votes                        raters               equal          points
//   evaluation      who has the credit     who voted for the idea       of its round         credited       credited
//   similar         who handed it in later who voted for the later one  of the later round   both of them   credited
//   contributions   whose was picked       who voted for it             of the phase's round who took part  credited
//   participation   credited               credited                     credited             credited       credited
//
// 'Credited' are claims that the company or a presale names one by one.
#pragma once

#include <crowdrules/community/influence.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

using RoundId = Id<struct RoundKind>;  ///< one round of voting
using SaleId = Id<struct SaleKind>;    ///< one line of a sales report

enum class PhaseKind : std::uint8_t {
    evaluation,     ///< of the idea itself, before it was accepted
    similar,        ///< what was brought to ideas that lost to this one because it was there before
    contributions,  ///< a call for names, designs, features: handed in, voted on, picked
    participation,  ///< answers, comments, commitments: whatever is credited
};
[[nodiscard]] std::string_view to_text(PhaseKind kind) noexcept;

struct ProductPhase {
    std::string name;
    PhaseKind kind = PhaseKind::participation;
    std::vector<Bucket> buckets;
    std::optional<RoundTerms> voting{};  ///< of contributions; none: winners are picked without a vote

    bool operator==(const ProductPhase&) const = default;
};

/// Where a phase stands.
enum class PhaseState : std::uint8_t { waiting, open, closed };
[[nodiscard]] std::string_view to_text(PhaseState state) noexcept;

/// Where a product stands. What is over stays over.
enum class ProductStage : std::uint8_t {
    in_development,  ///< accepted; its phases run
    ready,           ///< ready to ship
    on_sale,
    ended,       ///< no longer sold; what was sold keeps earning and may be returned
    abandoned,   ///< never made: development failed, or its window passed
    taken_down,  ///< a claim on it was right
};
[[nodiscard]] std::string_view to_text(ProductStage stage) noexcept;
/// Whether nothing can be developed or sold any more.
[[nodiscard]] constexpr bool is_over(ProductStage stage) noexcept {
    return stage == ProductStage::ended || stage == ProductStage::abandoned || stage == ProductStage::taken_down;
}

/// Whether claims on a bucket are credited one by one rather than following from votes and picks.
[[nodiscard]] constexpr bool is_credited(PhaseKind kind, BucketRule rule) noexcept {
    return kind == PhaseKind::participation || rule == BucketRule::points ||
           (kind == PhaseKind::evaluation && rule == BucketRule::equal);
}

/// The claims on one bucket.
struct BucketClaims {
    std::string bucket;
    std::vector<Claim> claims;

    bool operator==(const BucketClaims&) const = default;
};

}  // namespace crowdrules::community
