// SPDX-License-Identifier: BSL-1.0
// Influence: each member's part in a product, made of buckets (phases) that total exactly 100%.
//
//   inventor 40%          Anna                                                        Anna    40%
//   voters   20%          Ben's only vote, Chris's one of three: 1 and 1/3            Ben     15%     Chris   5%
//   naming   40%          Ben's name won                                              Ben     40%
//                                                                          together   Anna 40   Ben 55   Chris 5
//
// A bucket that comes later says whose share it takes: on 2012-03-28 catalysts had 10%, not out of the 60% of
// evaluation, and for two products with retroactive effect (aquirkyblog.com). What becomes of a bucket that nobody
// claims was never published: it must be named. Shares are exact fractions; the split that comes out has whole-number
// weights in exactly their proportion, or, where asked for, a named number of units.
#pragma once

#include <crowdrules/community/vote.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/revenue/share.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

/// Who has a claim on a bucket, and how claims weigh.
enum class BucketRule : std::uint8_t {
    winners,  ///< whose contribution won, by the weight of the claims
    equal,    ///< whoever contributed, each the same, however often
    votes,    ///< who voted for the winner, by the diluted weight of the vote
    points,   ///< in proportion to all points that a member was given
    raters,   ///< who rated enough of the round, each the same
};
[[nodiscard]] std::string_view to_text(BucketRule rule) noexcept;

struct Bucket {
    std::string name;
    Decimal share;  ///< of the whole: 0.60 for 60%
    BucketRule rule = BucketRule::winners;
    Citation citation{};

    bool operator==(const Bucket&) const = default;
};

/// What becomes of a bucket that nobody has a claim on.
enum class Unclaimed : std::uint8_t {
    to_payee,          ///< a named payee has it: the company, the inventor, a fund
    to_other_buckets,  ///< those with claims share it in proportion to their own shares
};
[[nodiscard]] std::string_view to_text(Unclaimed unclaimed) noexcept;
struct UnclaimedPolicy {
    Unclaimed to = Unclaimed::to_payee;
    revenue::PayeeId payee{};  ///< for `to_payee`

    bool operator==(const UnclaimedPolicy&) const = default;
};

/// Influence in whole units, for crowds whose exact fractions have no common scale in 64 bits. First the buckets are
/// allocated, then each bucket's units to its claims.
struct InfluenceUnits {
    Weight whole = 0;
    AllocationMethod spare = AllocationMethod::largest_remainder;

    bool operator==(const InfluenceUnits&) const = default;
};

struct InfluenceTerms {
    std::vector<Bucket> buckets;
    std::optional<UnclaimedPolicy> unclaimed{};  ///< required: no source says
    std::optional<InfluenceUnits> units{};       ///< none: exact

    bool operator==(const InfluenceTerms&) const = default;
};

/// Everything that forbids `terms`, in this order: no bucket; a bucket without a name; a name twice; a share that is
/// not above 0; shares that do not total exactly 100%; a missing policy for unclaimed influence, or one without its
/// payee; fewer than one unit.
[[nodiscard]] Findings defects_of(const InfluenceTerms& terms);

/// What a bucket gives up for another that comes later.
struct BucketCut {
    std::string bucket;
    Decimal share;  ///< of the whole; a bucket that gives up all it has is gone

    bool operator==(const BucketCut&) const = default;
};

/// A bucket that is added later.
struct BucketChange {
    Date from;  ///< for products accepted on or after this day
    Bucket added;
    std::vector<BucketCut> cuts;  ///< together exactly the share of `added`
    std::vector<IdeaId> also{};   ///< products accepted before, for which it holds too

    bool operator==(const BucketChange&) const = default;
};

/// `terms` with the bucket added, after those there were. Refuses: a name that is there already; a cut of an unknown
/// bucket, of the same one twice, of nothing or of more than it has; cuts that do not total what is added; what
/// defects_of refuses.
[[nodiscard]] Result<InfluenceTerms, Findings> amended(const InfluenceTerms& terms, const BucketChange& change);

/// The terms of `product`, accepted on `accepted`: `first` with every change that holds for it, in order of their days.
/// Refuses: as amended().
[[nodiscard]] Result<InfluenceTerms, Findings> terms_of(IdeaId product, Date accepted, const InfluenceTerms& first,
                                                        std::span<const BucketChange> changes);

/// By bucket, what members bring to it. Claims of one member on one bucket are added (or count once, by its rule).
using Claims = std::map<std::string, std::vector<Claim>>;

/// A payee's part of one bucket.
struct InfluencePart {
    std::string bucket;
    revenue::PayeeId payee;
    Weight weight = 0;       ///< of Influence::whole()
    bool unclaimed = false;  ///< by the policy for unclaimed influence, not by a claim

    bool operator==(const InfluencePart&) const = default;
};

/// Who has which part in a product.
class Influence {
  public:
    /// Refuses: what defects_of refuses; a claim on an unknown bucket; a claim of nobody, below zero or over nothing;
    ///   no claim on any bucket although others should share what is unclaimed; fractions whose common scale leaves 64
    ///   bits, when no units are given.
    [[nodiscard]] static Result<Influence, Findings> of(InfluenceTerms terms, const Claims& claims);

    [[nodiscard]] const InfluenceTerms& terms() const noexcept { return terms_; }
    /// What all weights add up to.
    [[nodiscard]] Weight whole() const noexcept { return whole_; }
    /// By bucket in their order, then by payee.
    [[nodiscard]] const std::vector<InfluencePart>& parts() const noexcept { return parts_; }
    /// One share for each payee with a positive weight, in order of payees.
    [[nodiscard]] const std::vector<revenue::Share>& shares() const noexcept { return shares_; }
    [[nodiscard]] Weight weight_of(revenue::PayeeId payee) const;
    /// The weights of a bucket together.
    [[nodiscard]] Weight weight_of(const std::string& bucket) const;
    /// The same as a split of an income: weights that total exactly `whole`.
    [[nodiscard]] revenue::SplitTerms split() const;

    bool operator==(const Influence&) const = default;

  private:
    Influence() = default;

    InfluenceTerms terms_;
    Weight whole_ = 0;
    std::vector<InfluencePart> parts_;
    std::vector<revenue::Share> shares_;
};

/// `weight`/`whole` as text: "15%", "3.125%", and where it is no decimal of four digits "33.3333...%".
[[nodiscard]] std::string share_text(Weight weight, Weight whole);

/// How the influence came about: its buckets, and in each the payees.
[[nodiscard]] Derivation explain(const Influence& influence);

}  // namespace crowdrules::community
