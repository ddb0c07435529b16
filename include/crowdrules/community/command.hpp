// SPDX-License-Identifier: BSL-1.0
// Command of a community: something that somebody wants to happen in it. `decide` says whether it may.
//
//   Command{.at = now, .what = HandInIdea{.idea = IdeaId{1}, .member = MemberId{7}, .title = "Pivot Power"}}
//
// As with campaigns: every command says when it happens, and one with an id may be sent twice. What a person decides
// carries who did; the events keep it, so that every decision can be traced.
#pragma once

#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/community/product.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/time/window.hpp>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules::community {

// Members.

/// Somebody joins the community; `withholding` is kept back from what they are paid. A name is for people to read.
struct JoinCommunity {
    MemberId member{};
    std::vector<revenue::Withholding> withholding{};
    std::string name{};
};
/// Somebody leaves who is owed nothing and has a part in nothing that may still earn.
struct LeaveCommunity {
    MemberId member{};
};

// Ideas.

struct HandInIdea {
    IdeaId idea{};
    MemberId member{};
    std::string title{};
};
/// The submitter takes back an idea that was not accepted.
struct WithdrawIdea {
    IdeaId idea{};
    MemberId member{};
};
/// The idea cannot be made; its fee is refunded where the terms say so.
struct ScreenOutIdea {
    IdeaId idea{};
    std::string reason{};
    std::string decided_by{};
};
/// Two ideas are alike: the earlier one has the inventor's credit, whatever becomes of them.
struct NameSimilarIdea {
    IdeaId idea{};
    IdeaId similar{};
    std::string decided_by{};
};
struct DeclineIdea {
    IdeaId idea{};
    std::string reason{};
    std::string decided_by{};
};

// Rounds: of ideas, and of contributions to a phase.

/// The ideas stand for votes from now until `closes`; then those that go on are selected.
struct OpenRound {
    RoundId round{};
    std::vector<IdeaId> ideas{};
    Instant closes{};
    std::string decided_by{};
};
struct CastVote {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
};
struct TakeBackVote {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
};
struct RateIdea {
    RoundId round{};
    MemberId member{};
    IdeaId idea{};
    std::string criterion{};
    std::uint32_t stars = 0;
};

// A product in development. It is named by its idea.

/// The idea becomes a product, with the phases in which the community will make it. It was selected in a round, or is
/// like one that was, or is a staff pick of its round.
struct AcceptIdea {
    IdeaId idea{};
    bool staff_pick = false;
    std::vector<ProductPhase> phases{};
    std::string decided_by{};
};
/// A phase begins; of contributions that are voted on, with a round until `closes`.
struct OpenPhase {
    IdeaId product{};
    std::string phase{};
    RoundId round{};
    Instant closes = never;
    std::string decided_by{};
};
/// Somebody brings a name, a design, a feature. It is an idea like any other, free of charge.
struct Contribute {
    IdeaId idea{};
    IdeaId product{};
    std::string phase{};
    MemberId member{};
    std::string title{};
};
struct PickedWinner {
    IdeaId idea{};
    Weight weight = 1;  ///< beside other winners of the phase

    bool operator==(const PickedWinner&) const = default;
};
/// Ends a phase of contributions with those that won, or with none.
struct PickWinners {
    IdeaId product{};
    std::string phase{};
    std::vector<PickedWinner> winners{};
    std::string decided_by{};
};
/// Ends any other phase.
struct ClosePhase {
    IdeaId product{};
    std::string phase{};
    std::string decided_by{};
};
/// Members have a claim on a bucket: for answers, insightful comments, work.
struct CreditMembers {
    IdeaId product{};
    std::string bucket{};
    std::vector<Claim> claims{};
    std::string decided_by{};
};
/// A bucket comes later, out of others, with those who have a claim on it. Once royalties are earned it holds for sales
/// from `from` on; where that takes back what was shared, `recovery` says from whom.
struct AddBucket {
    IdeaId product{};
    Bucket bucket{};
    std::vector<BucketCut> cuts{};
    std::vector<Claim> claims{};
    std::optional<Date> from{};  ///< none: the day of the command
    std::optional<revenue::Recovery> recovery{};
    std::string decided_by{};
};

// Presale: a campaign within.

/// The product is presold by a campaign of its own. Whoever's charge is collected has a claim on `bucket`, if any; a
/// backer's id is the member's.
struct OpenPresale {
    IdeaId product{};
    std::shared_ptr<const campaign::Terms> terms{};  ///< never null; in the currency of the community
    std::string bucket{};
    std::string decided_by{};
};
/// Something that somebody wants to happen to the presale.
struct ActOnPresale {
    IdeaId product{};
    campaign::CommandBody what{};
};

// Making, selling, ending.

struct ReportProductReady {
    IdeaId product{};
    std::string decided_by{};
};
/// The product is on sale: influence is fixed, and its royalty is the members' for good.
struct StartSales {
    IdeaId product{};
    std::string decided_by{};
};
/// An amount that lies between gross and the base of the royalty.
struct SaleDeduction {
    revenue::Deduction what = revenue::Deduction::discounts;
    std::int64_t amount = 0;  ///< to take off, in minor units of the sale's currency

    bool operator==(const SaleDeduction&) const = default;
};
/// A channel sold units of the product on a day.
struct RecordSale {
    SaleId sale{};
    IdeaId product{};
    std::string channel{};
    Date sold_on{};
    std::int64_t units = 0;
    Money gross = Money::zero(USD);
    std::vector<SaleDeduction> deductions{};
};
/// Buyers of a recorded sale gave units back and got `amount` back. The royalty goes back with it where the rate's base
/// is less returns, and never by more than the sale gave.
struct RecordReturn {
    SaleId sale{};
    std::int64_t units = 0;
    Money amount = Money::zero(USD);
};
/// The product is no longer sold.
struct EndProduct {
    IdeaId product{};
    std::string reason{};
    std::string decided_by{};
};
/// Development failed: every right goes back to those it came from.
struct AbandonProduct {
    IdeaId product{};
    std::string reason{};
    std::string decided_by{};
};
/// The submitter buys back what was accepted and not made.
struct ReacquireIdea {
    IdeaId product{};
    MemberId member{};
    Money price = Money::zero(USD);
};

// A claim on who owns a product: raised here, dismissed or upheld as any other (life/ownership_claim.hpp).

/// While the claim is open nothing goes on with the product, nor are its royalties shared. Upheld, it is gone for good.
struct RaiseProductClaim {
    IdeaId product{};
    ClaimId claim{};
    std::string claimant{};
    std::string on{};  ///< what is claimed
    std::string decided_by{};
};

// Money. The platform moves it and reports; amounts are computed here.

/// A payment that was due was made. `closing`: the account is to be closed, and even less than the minimum is paid.
struct PayRoyalty {
    MemberId member{};
    bool closing = false;
};

struct CommandBody
    : std::variant<JoinCommunity, LeaveCommunity, HandInIdea, WithdrawIdea, ScreenOutIdea, NameSimilarIdea, DeclineIdea,
                   OpenRound, CastVote, TakeBackVote, RateIdea, AcceptIdea, OpenPhase, Contribute, PickWinners,
                   ClosePhase, CreditMembers, AddBucket, OpenPresale, ActOnPresale, ReportProductReady, StartSales,
                   RecordSale, RecordReturn, EndProduct, AbandonProduct, ReacquireIdea, RaiseProductClaim, DismissClaim,
                   UpholdClaim, PayRoyalty> {
    CommandBody();
    /// Of one of the alternatives.
    template <AlternativeOf<variant> T>
    CommandBody(T&& body) : variant(in_place<T>, std::forward<T>(body)) {}
    CommandBody(const CommandBody& other);
    CommandBody(CommandBody&& other) noexcept;
    CommandBody& operator=(const CommandBody& other);
    CommandBody& operator=(CommandBody&& other) noexcept;
    ~CommandBody();
};

using Command = CommandOf<CommandBody>;

/// "hand_in_idea", "record_sale", ...
[[nodiscard]] std::string_view name_of(const CommandBody& what) noexcept;

}  // namespace crowdrules::community
