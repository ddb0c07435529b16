// SPDX-License-Identifier: BSL-1.0
// Event of a community: something that has happened in it. Folding them gives the community.
//
// An event carries every figure that was decided (who has which claim, what a sale earned, every member's part of a
// royalty), so that applying it later needs no rule and gives the same state for ever.
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/community/command.hpp>
#include <crowdrules/community/terms.hpp>
#include <crowdrules/core/one_of.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/ownership_claim.hpp>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules::community {

struct CommunityFounded {
    std::shared_ptr<const Terms> terms{};  ///< never null; frozen
    bool operator==(const CommunityFounded& other) const {
        return terms == other.terms || (terms && other.terms && *terms == *other.terms);
    }
};
struct MemberJoined {
    MemberId member{};
    std::vector<revenue::Withholding> withholding{};
    std::string name{};
    bool operator==(const MemberJoined&) const = default;
};
struct MemberLeft {
    MemberId member{};
    bool operator==(const MemberLeft&) const = default;
};

struct IdeaHandedIn {
    IdeaId idea{};
    MemberId member{};
    std::string title{};
    std::int64_t fee = 0;  ///< paid by the member
    bool operator==(const IdeaHandedIn&) const = default;
};
struct IdeaWithdrawn {
    IdeaId idea{};
    MemberId member{};
    bool operator==(const IdeaWithdrawn&) const = default;
};
struct IdeaScreenedOut {
    IdeaId idea{};
    std::int64_t refund = 0;
    std::string reason{};
    std::string decided_by{};
    bool operator==(const IdeaScreenedOut&) const = default;
};
struct SimilarIdeaNamed {
    IdeaId idea{};
    IdeaId similar{};
    IdeaId credited{};  ///< the earliest of all that are alike now
    std::string decided_by{};
    bool operator==(const SimilarIdeaNamed&) const = default;
};
struct IdeaDeclined {
    IdeaId idea{};
    std::string reason{};
    std::string decided_by{};
    bool operator==(const IdeaDeclined&) const = default;
};

struct RoundOpened {
    RoundId round{};
    std::vector<IdeaId> ideas{};
    Instant closes{};
    std::string decided_by{};
    bool operator==(const RoundOpened&) const = default;
};
struct VoteCast {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
    bool operator==(const VoteCast&) const = default;
};
struct VoteTakenBack {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
    bool operator==(const VoteTakenBack&) const = default;
};
struct IdeaRated {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
    std::string criterion{};
    std::uint32_t stars = 0;
    bool operator==(const IdeaRated&) const = default;
};
/// The round is over; these go on, in the order of their places. None of a phase's round: its winners are picked.
struct RoundClosed {
    RoundId round{};
    std::vector<IdeaId> selected{};
    bool operator==(const RoundClosed&) const = default;
};

struct IdeaAccepted {
    IdeaId idea{};
    RoundId round{};  ///< in which it was selected or picked; none: a later idea like it was
    bool staff_pick = false;
    std::vector<ProductPhase> phases{};
    std::vector<BucketClaims> claims{};  ///< that follow from the evaluation
    std::string decided_by{};
    bool operator==(const IdeaAccepted&) const = default;
};
struct PhaseOpened {
    IdeaId product{};
    std::string phase{};
    RoundId round{};  ///< none: nothing is voted on
    Instant closes = never;
    std::string decided_by{};
    bool operator==(const PhaseOpened&) const = default;
};
struct Contributed {
    IdeaId idea{};
    IdeaId product{};
    std::string phase{};
    MemberId member{};
    std::string title{};
    bool operator==(const Contributed&) const = default;
};
/// A phase of contributions is over. What won is the company's now, where title passes on acceptance.
struct WinnersPicked {
    IdeaId product{};
    std::string phase{};
    std::vector<PickedWinner> winners{};
    std::vector<BucketClaims> claims{};
    std::string decided_by{};
    bool operator==(const WinnersPicked&) const = default;
};
struct PhaseClosed {
    IdeaId product{};
    std::string phase{};
    std::string decided_by{};
    bool operator==(const PhaseClosed&) const = default;
};
struct MembersCredited {
    IdeaId product{};
    std::string bucket{};
    std::vector<Claim> claims{};
    std::string decided_by{};  ///< empty: a charge of the presale was collected
    bool operator==(const MembersCredited&) const = default;
};
struct BucketAdded {
    IdeaId product{};
    Bucket bucket{};
    std::vector<BucketCut> cuts{};
    std::vector<Claim> claims{};
    Date from{};          ///< the first day of sales for which it holds
    Holders influence{};  ///< from then on; nobody while influence is not fixed yet
    std::string decided_by{};
    bool operator==(const BucketAdded&) const = default;
};

struct PresaleOpened {
    IdeaId product{};
    std::shared_ptr<const campaign::Terms> terms{};  ///< never null; frozen
    std::string bucket{};
    std::string decided_by{};
    bool operator==(const PresaleOpened& other) const {
        return product == other.product && *terms == *other.terms && bucket == other.bucket &&
               decided_by == other.decided_by;
    }
};
/// An event of the presale.
struct PresaleHappened {
    IdeaId product{};
    campaign::EventBody what{};
    bool operator==(const PresaleHappened&) const = default;
};

struct ProductReady {
    IdeaId product{};
    std::string decided_by{};
    bool operator==(const ProductReady&) const = default;
};
struct SalesStarted {
    IdeaId product{};
    Holders influence{};  ///< fixed from now on
    std::string decided_by{};
    bool operator==(const SalesStarted&) const = default;
};
struct SaleRecorded {
    SaleId sale{};
    IdeaId product{};
    std::string channel{};
    Date sold_on{};
    std::int64_t units = 0;
    std::int64_t gross = 0;
    std::int64_t paid = 0;       ///< by the buyers: gross less discounts, allowances and returns
    std::int64_t base = 0;       ///< of the royalty
    Decimal earned{};            ///< by the community, exactly, in units
    bool returns_count = false;  ///< whether a return takes its part of `earned` back
    Date rate_from{};            ///< the first day of the rate in force
    bool operator==(const SaleRecorded&) const = default;
};
struct ReturnRecorded {
    SaleId sale{};
    std::int64_t units = 0;
    std::int64_t amount = 0;
    Decimal taken_back{};  ///< of what the sale earned
    bool operator==(const ReturnRecorded&) const = default;
};
/// One member's part of a royalty; negative when a return or a correction takes it back.
struct RoyaltyPart {
    MemberId member{};
    std::int64_t amount = 0;

    bool operator==(const RoyaltyPart&) const = default;
};
/// What one product earned under one influence since it was last shared.
struct RoyaltyShared {
    IdeaId product{};
    std::uint32_t stream = 0;     ///< the influence in force at the sales: its place in the product's list, from 0
    std::int64_t pool = 0;        ///< all of it
    std::int64_t to_company = 0;  ///< unclaimed influence that is the company's
    std::vector<RoyaltyPart> parts{};
    bool operator==(const RoyaltyShared&) const = default;
};
/// What a bucket with retroactive effect took from some is made good to them, by who was named for it.
struct RoyaltyCorrected {
    IdeaId product{};
    std::int64_t from_company = 0;
    std::vector<RoyaltyPart> parts{};
    bool operator==(const RoyaltyCorrected&) const = default;
};
/// Everything sold up to now is shared, but for products under a claim.
struct PeriodClosed {
    bool operator==(const PeriodClosed&) const = default;
};

struct ProductEnded {
    IdeaId product{};
    std::string reason{};
    std::string decided_by{};
    bool operator==(const ProductEnded&) const = default;
};
/// The title goes back to all who took part; every contribution's to its contributor.
struct ProductAbandoned {
    IdeaId product{};
    ReturnReason why = ReturnReason::development_failed;
    Holders to{};
    std::vector<IdeaId> contributions{};  ///< whose title goes back
    std::string reason{};
    std::string decided_by{};  ///< empty: time did
    bool operator==(const ProductAbandoned&) const = default;
};
struct IdeaReacquired {
    IdeaId product{};
    MemberId member{};
    std::int64_t price = 0;
    bool operator==(const IdeaReacquired&) const = default;
};

struct ProductClaimRaised {
    IdeaId product{};
    ClaimId claim{};
    std::string claimant{};
    std::string on{};
    std::string decided_by{};
    bool operator==(const ProductClaimRaised&) const = default;
};

struct RoyaltyPaid {
    MemberId member{};
    std::int64_t withheld = 0;
    std::int64_t fee = 0;  ///< of the payment, with its tax
    std::int64_t net = 0;  ///< to the member
    bool operator==(const RoyaltyPaid&) const = default;
};

struct EventBody
    : std::variant<CommunityFounded, MemberJoined, MemberLeft, IdeaHandedIn, IdeaWithdrawn, IdeaScreenedOut,
                   SimilarIdeaNamed, IdeaDeclined, RoundOpened, VoteCast, VoteTakenBack, IdeaRated, RoundClosed,
                   IdeaAccepted, PhaseOpened, Contributed, WinnersPicked, PhaseClosed, MembersCredited, BucketAdded,
                   PresaleOpened, PresaleHappened, ProductReady, SalesStarted, SaleRecorded, ReturnRecorded,
                   RoyaltyShared, RoyaltyCorrected, PeriodClosed, ProductEnded, ProductAbandoned, IdeaReacquired,
                   ProductClaimRaised, ClaimDismissed, ClaimUpheld, RoyaltyPaid> {
    EventBody();
    /// Of one of the alternatives.
    template <AlternativeOf<variant> T>
    EventBody(T&& body) : variant(in_place<T>, std::forward<T>(body)) {}
    EventBody(const EventBody& other);
    EventBody(EventBody&& other) noexcept;
    EventBody& operator=(const EventBody& other);
    EventBody& operator=(EventBody&& other) noexcept;
    ~EventBody();
    bool operator==(const EventBody& other) const;
};

using Event = EventOf<EventBody>;
using Events = std::vector<Event>;

/// "idea_handed_in", "sale_recorded", ...
[[nodiscard]] std::string_view name_of(const EventBody& what) noexcept;

}  // namespace crowdrules::community
