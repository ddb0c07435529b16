// SPDX-License-Identifier: BSL-1.0
// Describe command of an invention: what each command is called, and its fields. See campaign/describe.hpp.
#pragma once

#include <crowdrules/invention/command.hpp>

#include "describe.hpp"
#include <campaign/describe_command.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<InventionCommandBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<JoinCommunity> = "join_community";
template <>
inline constexpr std::string_view alternative_name<LeaveCommunity> = "leave_community";
template <>
inline constexpr std::string_view alternative_name<HandInIdea> = "hand_in_idea";
template <>
inline constexpr std::string_view alternative_name<WithdrawIdea> = "withdraw_idea";
template <>
inline constexpr std::string_view alternative_name<ScreenOutIdea> = "screen_out_idea";
template <>
inline constexpr std::string_view alternative_name<NameSimilarIdea> = "name_similar_idea";
template <>
inline constexpr std::string_view alternative_name<DeclineIdea> = "decline_idea";
template <>
inline constexpr std::string_view alternative_name<OpenRound> = "open_round";
template <>
inline constexpr std::string_view alternative_name<CastVote> = "cast_vote";
template <>
inline constexpr std::string_view alternative_name<TakeBackVote> = "take_back_vote";
template <>
inline constexpr std::string_view alternative_name<RateIdea> = "rate_idea";
template <>
inline constexpr std::string_view alternative_name<AcceptIdea> = "accept_idea";
template <>
inline constexpr std::string_view alternative_name<OpenPhase> = "open_phase";
template <>
inline constexpr std::string_view alternative_name<Contribute> = "contribute";
template <>
inline constexpr std::string_view alternative_name<PickWinners> = "pick_winners";
template <>
inline constexpr std::string_view alternative_name<ClosePhase> = "close_phase";
template <>
inline constexpr std::string_view alternative_name<CreditMembers> = "credit_members";
template <>
inline constexpr std::string_view alternative_name<AddBucket> = "add_bucket";
template <>
inline constexpr std::string_view alternative_name<OpenPresale> = "open_presale";
template <>
inline constexpr std::string_view alternative_name<ActOnPresale> = "act_on_presale";
template <>
inline constexpr std::string_view alternative_name<ReportProductReady> = "report_product_ready";
template <>
inline constexpr std::string_view alternative_name<StartSales> = "start_sales";
template <>
inline constexpr std::string_view alternative_name<RecordSale> = "record_sale";
template <>
inline constexpr std::string_view alternative_name<RecordReturn> = "record_return";
template <>
inline constexpr std::string_view alternative_name<EndProduct> = "end_product";
template <>
inline constexpr std::string_view alternative_name<AbandonProduct> = "abandon_product";
template <>
inline constexpr std::string_view alternative_name<ReacquireIdea> = "reacquire_idea";
template <>
inline constexpr std::string_view alternative_name<RaiseProductClaim> = "raise_claim";
template <>
inline constexpr std::string_view alternative_name<PayRoyalty> = "pay_royalty";

inline void describe(Fields& v, JoinCommunity& command) {
    v("member", command.member, required);
    v("name", command.name);
    v("withholding", command.withholding);
}
inline void describe(Fields& v, LeaveCommunity& command) {
    v("member", command.member, required);
}
inline void describe(Fields& v, HandInIdea& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
    v("title", command.title);
}
inline void describe(Fields& v, WithdrawIdea& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
}
inline void describe(Fields& v, ScreenOutIdea& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, NameSimilarIdea& command) {
    v("idea", command.idea, required);
    v("similar", command.similar, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, DeclineIdea& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, OpenRound& command) {
    v("round", command.round, required);
    v("ideas", command.ideas, required);
    v("closes", command.closes, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, CastVote& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
inline void describe(Fields& v, TakeBackVote& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
inline void describe(Fields& v, RateIdea& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
    v("criterion", command.criterion, required);
    v("stars", command.stars, required);
}
inline void describe(Fields& v, AcceptIdea& command) {
    v("idea", command.idea, required);
    v("staff_pick", command.staff_pick);
    v("phases", command.phases, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, OpenPhase& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("round", command.round);
    v("closes", command.closes, stated);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, Contribute& command) {
    v("idea", command.idea, required);
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("member", command.member, required);
    v("title", command.title);
}
inline void describe(Fields& v, PickedWinner& winner) {
    v("idea", winner.idea, required);
    v("weight", winner.weight, stated);
}
inline void describe(Fields& v, PickWinners& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("winners", command.winners);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, ClosePhase& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, CreditMembers& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("claims", command.claims, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, AddBucket& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("cuts", command.cuts);
    v("claims", command.claims);
    v("from", command.from);
    v("recovery", command.recovery);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, OpenPresale& command) {
    v("product", command.product, required);
    v("terms", command.terms, required);
    v("bucket", command.bucket);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, ActOnPresale& command) {
    v("product", command.product, required);
    v.one_of("presale", command.what);
}
inline void describe(Fields& v, ReportProductReady& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, StartSales& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, SaleDeduction& deduction) {
    v("what", deduction.what, required);
    v.amount("amount", deduction.amount, required);
}
inline void describe(Fields& v, RecordSale& command) {
    v("sale", command.sale, required);
    v("product", command.product, required);
    v("channel", command.channel, required);
    v("sold_on", command.sold_on, required);
    v("units", command.units, required);
    v("gross", command.gross, required);
    v("deductions", command.deductions);
}
inline void describe(Fields& v, RecordReturn& command) {
    v("sale", command.sale, required);
    v("units", command.units, required);
    v("amount", command.amount, required);
}
inline void describe(Fields& v, EndProduct& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, AbandonProduct& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, ReacquireIdea& command) {
    v("product", command.product, required);
    v("member", command.member, required);
    v("price", command.price, required);
}
inline void describe(Fields& v, RaiseProductClaim& command) {
    v("product", command.product, required);
    v("claim", command.claim, required);
    v("claimant", command.claimant, required);
    v("on", command.on, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, PayRoyalty& command) {
    v("member", command.member, required);
    v("closing", command.closing);
}
inline void describe(Fields& v, InventionCommand& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
