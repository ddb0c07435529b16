// SPDX-License-Identifier: BSL-1.0
// Describe event of a community: what each event is called, and its fields. See campaign/describe.hpp.
#pragma once

#include <crowdrules/community/event.hpp>

#include "command.hpp"
#include <campaign/schema/event.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<community::EventBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<community::CommunityFounded> = "community_founded";
template <>
inline constexpr std::string_view alternative_name<community::MemberJoined> = "member_joined";
template <>
inline constexpr std::string_view alternative_name<community::MemberLeft> = "member_left";
template <>
inline constexpr std::string_view alternative_name<community::IdeaHandedIn> = "idea_handed_in";
template <>
inline constexpr std::string_view alternative_name<community::IdeaWithdrawn> = "idea_withdrawn";
template <>
inline constexpr std::string_view alternative_name<community::IdeaScreenedOut> = "idea_screened_out";
template <>
inline constexpr std::string_view alternative_name<community::SimilarIdeaNamed> = "similar_idea_named";
template <>
inline constexpr std::string_view alternative_name<community::IdeaDeclined> = "idea_declined";
template <>
inline constexpr std::string_view alternative_name<community::RoundOpened> = "round_opened";
template <>
inline constexpr std::string_view alternative_name<community::VoteCast> = "vote_cast";
template <>
inline constexpr std::string_view alternative_name<community::VoteTakenBack> = "vote_taken_back";
template <>
inline constexpr std::string_view alternative_name<community::IdeaRated> = "idea_rated";
template <>
inline constexpr std::string_view alternative_name<community::RoundClosed> = "round_closed";
template <>
inline constexpr std::string_view alternative_name<community::IdeaAccepted> = "idea_accepted";
template <>
inline constexpr std::string_view alternative_name<community::PhaseOpened> = "phase_opened";
template <>
inline constexpr std::string_view alternative_name<community::Contributed> = "contributed";
template <>
inline constexpr std::string_view alternative_name<community::WinnersPicked> = "winners_picked";
template <>
inline constexpr std::string_view alternative_name<community::PhaseClosed> = "phase_closed";
template <>
inline constexpr std::string_view alternative_name<community::MembersCredited> = "members_credited";
template <>
inline constexpr std::string_view alternative_name<community::BucketAdded> = "bucket_added";
template <>
inline constexpr std::string_view alternative_name<community::PresaleOpened> = "presale_opened";
template <>
inline constexpr std::string_view alternative_name<community::PresaleHappened> = "presale_happened";
template <>
inline constexpr std::string_view alternative_name<community::ProductReady> = "product_ready";
template <>
inline constexpr std::string_view alternative_name<community::SalesStarted> = "sales_started";
template <>
inline constexpr std::string_view alternative_name<community::SaleRecorded> = "sale_recorded";
template <>
inline constexpr std::string_view alternative_name<community::ReturnRecorded> = "return_recorded";
template <>
inline constexpr std::string_view alternative_name<community::RoyaltyShared> = "royalty_shared";
template <>
inline constexpr std::string_view alternative_name<community::RoyaltyCorrected> = "royalty_corrected";
template <>
inline constexpr std::string_view alternative_name<community::PeriodClosed> = "period_closed";
template <>
inline constexpr std::string_view alternative_name<community::ProductEnded> = "product_ended";
template <>
inline constexpr std::string_view alternative_name<community::ProductAbandoned> = "product_abandoned";
template <>
inline constexpr std::string_view alternative_name<community::IdeaReacquired> = "idea_reacquired";
template <>
inline constexpr std::string_view alternative_name<community::ProductClaimRaised> = "claim_raised";
template <>
inline constexpr std::string_view alternative_name<community::RoyaltyPaid> = "royalty_paid";

inline void describe(Fields& v, community::CommunityFounded& event) {
    v("terms", event.terms, required);
}
inline void describe(Fields& v, community::MemberJoined& event) {
    v("member", event.member, required);
    v("name", event.name);
    v("withholding", event.withholding);
}
inline void describe(Fields& v, community::MemberLeft& event) {
    v("member", event.member, required);
}
inline void describe(Fields& v, community::IdeaHandedIn& event) {
    v("idea", event.idea, required);
    v("member", event.member, required);
    v("title", event.title);
    v.amount("fee", event.fee);
}
inline void describe(Fields& v, community::IdeaWithdrawn& event) {
    v("idea", event.idea, required);
    v("member", event.member, required);
}
inline void describe(Fields& v, community::IdeaScreenedOut& event) {
    v("idea", event.idea, required);
    v.amount("refund", event.refund);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::SimilarIdeaNamed& event) {
    v("idea", event.idea, required);
    v("similar", event.similar, required);
    v("credited", event.credited, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::IdeaDeclined& event) {
    v("idea", event.idea, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::RoundOpened& event) {
    v("round", event.round, required);
    v("ideas", event.ideas, required);
    v("closes", event.closes, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::VoteCast& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
}
inline void describe(Fields& v, community::VoteTakenBack& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
}
inline void describe(Fields& v, community::IdeaRated& event) {
    v("round", event.round, required);
    v("member", event.member, required);
    v("idea", event.idea, required);
    v("criterion", event.criterion, required);
    v("stars", event.stars, required);
}
inline void describe(Fields& v, community::RoundClosed& event) {
    v("round", event.round, required);
    v("selected", event.selected);
}
inline void describe(Fields& v, community::IdeaAccepted& event) {
    v("idea", event.idea, required);
    v("round", event.round);
    v("staff_pick", event.staff_pick);
    v("phases", event.phases, required);
    v("claims", event.claims);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::PhaseOpened& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("round", event.round);
    v("closes", event.closes, stated);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::Contributed& event) {
    v("idea", event.idea, required);
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("member", event.member, required);
    v("title", event.title);
}
inline void describe(Fields& v, community::WinnersPicked& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("winners", event.winners);
    v("claims", event.claims);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::PhaseClosed& event) {
    v("product", event.product, required);
    v("phase", event.phase, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::MembersCredited& event) {
    v("product", event.product, required);
    v("bucket", event.bucket, required);
    v("claims", event.claims, required);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, community::BucketAdded& event) {
    v("product", event.product, required);
    v("bucket", event.bucket, required);
    v("cuts", event.cuts);
    v("claims", event.claims);
    v("from", event.from, required);
    v("influence", event.influence);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::PresaleOpened& event) {
    v("product", event.product, required);
    v("terms", event.terms, required);
    v("bucket", event.bucket);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::PresaleHappened& event) {
    v("product", event.product, required);
    v.one_of("presale", event.what);
}
inline void describe(Fields& v, community::ProductReady& event) {
    v("product", event.product, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::SalesStarted& event) {
    v("product", event.product, required);
    v("influence", event.influence);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::SaleRecorded& event) {
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
inline void describe(Fields& v, community::ReturnRecorded& event) {
    v("sale", event.sale, required);
    v("units", event.units, required);
    v.amount("amount", event.amount, required);
    v("taken_back", event.taken_back);
}
inline void describe(Fields& v, community::RoyaltyPart& part) {
    v("member", part.member, required);
    v.amount("amount", part.amount, required);
}
inline void describe(Fields& v, community::RoyaltyShared& event) {
    v("product", event.product, required);
    v("stream", event.stream);
    v.amount("pool", event.pool, required);
    v.amount("to_company", event.to_company);
    v("parts", event.parts);
}
inline void describe(Fields& v, community::RoyaltyCorrected& event) {
    v("product", event.product, required);
    v.amount("from_company", event.from_company);
    v("parts", event.parts);
}
inline void describe(Fields&, community::PeriodClosed&) {}
inline void describe(Fields& v, community::ProductEnded& event) {
    v("product", event.product, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::ProductAbandoned& event) {
    v("product", event.product, required);
    v("why", event.why);
    v("to", event.to, required);
    v("contributions", event.contributions);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, community::IdeaReacquired& event) {
    v("product", event.product, required);
    v("member", event.member, required);
    v.amount("price", event.price, required);
}
inline void describe(Fields& v, community::ProductClaimRaised& event) {
    v("product", event.product, required);
    v("claim", event.claim, required);
    v("claimant", event.claimant, required);
    v("on", event.on, required);
    v("decided_by", event.decided_by, required);
}
inline void describe(Fields& v, community::RoyaltyPaid& event) {
    v("member", event.member, required);
    v.amount("withheld", event.withheld);
    v.amount("fee", event.fee);
    v.amount("net", event.net, required);
}
inline void describe(Fields& v, community::Event& event) {
    v("n", event.number);
    v("at", event.at, required);
    v("cause", event.cause);
    v.digest("fingerprint", event.fingerprint);
    v.one_of("event", event.what);
}

}  // namespace crowdrules::detail
