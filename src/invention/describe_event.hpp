// SPDX-License-Identifier: BSL-1.0
// Describe event of an invention: what each event is called, and its fields. See campaign/describe.hpp.
#pragma once

#include <crowdrules/invention/event.hpp>

#include "describe_command.hpp"
#include <campaign/describe_event.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<InventionEventBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<CommunityFounded> = "community_founded";
template <>
inline constexpr std::string_view alternative_name<MemberJoined> = "member_joined";
template <>
inline constexpr std::string_view alternative_name<MemberLeft> = "member_left";
template <>
inline constexpr std::string_view alternative_name<IdeaHandedIn> = "idea_handed_in";
template <>
inline constexpr std::string_view alternative_name<IdeaWithdrawn> = "idea_withdrawn";
template <>
inline constexpr std::string_view alternative_name<IdeaScreenedOut> = "idea_screened_out";
template <>
inline constexpr std::string_view alternative_name<SimilarIdeaNamed> = "similar_idea_named";
template <>
inline constexpr std::string_view alternative_name<IdeaDeclined> = "idea_declined";
template <>
inline constexpr std::string_view alternative_name<RoundOpened> = "round_opened";
template <>
inline constexpr std::string_view alternative_name<VoteCast> = "vote_cast";
template <>
inline constexpr std::string_view alternative_name<VoteTakenBack> = "vote_taken_back";
template <>
inline constexpr std::string_view alternative_name<IdeaRated> = "idea_rated";
template <>
inline constexpr std::string_view alternative_name<RoundClosed> = "round_closed";
template <>
inline constexpr std::string_view alternative_name<IdeaAccepted> = "idea_accepted";
template <>
inline constexpr std::string_view alternative_name<PhaseOpened> = "phase_opened";
template <>
inline constexpr std::string_view alternative_name<Contributed> = "contributed";
template <>
inline constexpr std::string_view alternative_name<WinnersPicked> = "winners_picked";
template <>
inline constexpr std::string_view alternative_name<PhaseClosed> = "phase_closed";
template <>
inline constexpr std::string_view alternative_name<MembersCredited> = "members_credited";
template <>
inline constexpr std::string_view alternative_name<BucketAdded> = "bucket_added";
template <>
inline constexpr std::string_view alternative_name<PresaleOpened> = "presale_opened";
template <>
inline constexpr std::string_view alternative_name<PresaleHappened> = "presale_happened";
template <>
inline constexpr std::string_view alternative_name<ProductReady> = "product_ready";
template <>
inline constexpr std::string_view alternative_name<SalesStarted> = "sales_started";
template <>
inline constexpr std::string_view alternative_name<SaleRecorded> = "sale_recorded";
template <>
inline constexpr std::string_view alternative_name<ReturnRecorded> = "return_recorded";
template <>
inline constexpr std::string_view alternative_name<RoyaltyShared> = "royalty_shared";
template <>
inline constexpr std::string_view alternative_name<RoyaltyCorrected> = "royalty_corrected";
template <>
inline constexpr std::string_view alternative_name<PeriodClosed> = "period_closed";
template <>
inline constexpr std::string_view alternative_name<ProductEnded> = "product_ended";
template <>
inline constexpr std::string_view alternative_name<ProductAbandoned> = "product_abandoned";
template <>
inline constexpr std::string_view alternative_name<IdeaReacquired> = "idea_reacquired";
template <>
inline constexpr std::string_view alternative_name<ProductClaimRaised> = "claim_raised";
template <>
inline constexpr std::string_view alternative_name<RoyaltyPaid> = "royalty_paid";

inline void describe(Fields& v, CommunityFounded& event) {
    v("terms", event.terms, required);
}
inline void describe(Fields& v, MemberJoined& event) {
    v("member", event.member, required);
    v("name", event.name);
    v("withholding", event.withholding);
}
inline void describe(Fields& v, MemberLeft& event) {
    v("member", event.member, required);
}
inline void describe(Fields& v, IdeaHandedIn& event) {
    v("idea", event.idea, required);
    v("member", event.member, required);
    v("title", event.title);
    v.amount("fee", event.fee);
}
inline void describe(Fields& v, IdeaWithdrawn& event) {
    v("idea", event.idea, required);
    v("member", event.member, required);
}
inline void describe(Fields& v, IdeaScreenedOut& event) {
    v("idea", event.idea, required);
    v.amount("refund", event.refund);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, SimilarIdeaNamed& event) {
    v("idea", event.idea, required);
    v("similar", event.similar, required);
    v("credited", event.credited, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, IdeaDeclined& event) {
    v("idea", event.idea, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, RoundOpened& event) {
    v("round", event.round, required);
    v("ideas", event.ideas, required);
    v("closes", event.closes, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, VoteCast& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
}
inline void describe(Fields& v, VoteTakenBack& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
}
inline void describe(Fields& v, IdeaRated& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
    v("criterion", event.criterion, required);
    v("stars", event.stars, required);
}
inline void describe(Fields& v, RoundClosed& event) {
    v("round", event.round, required);
    v("selected", event.selected);
}
inline void describe(Fields& v, IdeaAccepted& event) {
    v("idea", event.idea, required);
    v("round", event.round);
    v("staff_pick", event.staff_pick);
    v("phases", event.phases, required);
    v("claims", event.claims);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, PhaseOpened& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("round", event.round);
    v("closes", event.closes, stated);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, Contributed& event) {
    v("idea", event.idea, required);
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("member", event.member, required);
    v("title", event.title);
}
inline void describe(Fields& v, WinnersPicked& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("winners", event.winners);
    v("claims", event.claims);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, PhaseClosed& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, MembersCredited& event) {
    v("product", event.product, required);
    v("bucket", event.bucket, required);
    v("claims", event.claims, required);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, BucketAdded& event) {
    v("product", event.product, required);
    v("bucket", event.bucket, required);
    v("cuts", event.cuts);
    v("claims", event.claims);
    v("from", event.from, required);
    v("influence", event.influence);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, PresaleOpened& event) {
    v("product", event.product, required);
    v("terms", event.terms, required);
    v("bucket", event.bucket);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, PresaleHappened& event) {
    v("product", event.product, required);
    v.one_of("presale", event.what);
}
inline void describe(Fields& v, ProductReady& event) {
    v("product", event.product, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, SalesStarted& event) {
    v("product", event.product, required);
    v("influence", event.influence);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, SaleRecorded& event) {
    v("sale", event.sale, required);
    v("product", event.product, required);
    v("channel", event.channel, required);
    v("sold_on", event.sold_on, required);
    v("units", event.units, required);
    v.amount("gross", event.gross, required);
    v.amount("paid", event.paid, required);
    v.amount("base", event.base, required);
    v("earned", event.earned, required);
    v("returns_count", event.returns_count);
    v("rate_from", event.rate_from, required);
}
inline void describe(Fields& v, ReturnRecorded& event) {
    v("sale", event.sale, required);
    v("units", event.units, required);
    v.amount("amount", event.amount, required);
    v("taken_back", event.taken_back);
}
inline void describe(Fields& v, RoyaltyPart& part) {
    v("member", part.member, required);
    v.amount("amount", part.amount, required);
}
inline void describe(Fields& v, RoyaltyShared& event) {
    v("product", event.product, required);
    v("stream", event.stream);
    v.amount("pool", event.pool, required);
    v.amount("to_company", event.to_company);
    v("parts", event.parts);
}
inline void describe(Fields& v, RoyaltyCorrected& event) {
    v("product", event.product, required);
    v.amount("from_company", event.from_company);
    v("parts", event.parts);
}
inline void describe(Fields&, PeriodClosed&) {}
inline void describe(Fields& v, ProductEnded& event) {
    v("product", event.product, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, ProductAbandoned& event) {
    v("product", event.product, required);
    v("why", event.why);
    v("to", event.to, required);
    v("contributions", event.contributions);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, IdeaReacquired& event) {
    v("product", event.product, required);
    v("member", event.member, required);
    v.amount("price", event.price, required);
}
inline void describe(Fields& v, ProductClaimRaised& event) {
    v("product", event.product, required);
    v("claim", event.claim, required);
    v("claimant", event.claimant, required);
    v("on", event.on, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, RoyaltyPaid& event) {
    v("member", event.member, required);
    v.amount("withheld", event.withheld);
    v.amount("fee", event.fee);
    v.amount("net", event.net, required);
}
inline void describe(Fields& v, InventionEvent& event) {
    v("at", event.at, required);
    v("cause", event.cause);
    v.digest("fingerprint", event.fingerprint);
    v.one_of("event", event.what);
}

}  // namespace crowdrules::detail
