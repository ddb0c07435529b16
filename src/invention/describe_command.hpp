// SPDX-License-Identifier: BSL-1.0
// Describe command of an invention: what each command is called, and its fields. See campaign/describe.hpp.
#pragma once

#include <crowdrules/invention/command.hpp>

#include "describe.hpp"
#include <campaign/describe_command.hpp>

namespace crowdrules::detail {

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
inline constexpr std::string_view alternative_name<PauseProduct> = "pause_product";
template <>
inline constexpr std::string_view alternative_name<ResumeProduct> = "resume_product";
template <>
inline constexpr std::string_view alternative_name<TakeDownProduct> = "take_down_product";
template <>
inline constexpr std::string_view alternative_name<PayRoyalty> = "pay_royalty";

template <class V>
void describe(V& v, Of<JoinCommunity> auto& command) {
    v("member", command.member, required);
    v("name", command.name);
    v("withholding", command.withholding);
}
template <class V>
void describe(V& v, Of<LeaveCommunity> auto& command) {
    v("member", command.member, required);
}
template <class V>
void describe(V& v, Of<HandInIdea> auto& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
    v("title", command.title);
}
template <class V>
void describe(V& v, Of<WithdrawIdea> auto& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
}
template <class V>
void describe(V& v, Of<ScreenOutIdea> auto& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<NameSimilarIdea> auto& command) {
    v("idea", command.idea, required);
    v("similar", command.similar, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<DeclineIdea> auto& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<OpenRound> auto& command) {
    v("round", command.round, required);
    v("ideas", command.ideas, required);
    v("closes", command.closes, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<CastVote> auto& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
template <class V>
void describe(V& v, Of<TakeBackVote> auto& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
template <class V>
void describe(V& v, Of<RateIdea> auto& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
    v("criterion", command.criterion, required);
    v("stars", command.stars, required);
}
template <class V>
void describe(V& v, Of<AcceptIdea> auto& command) {
    v("idea", command.idea, required);
    v("staff_pick", command.staff_pick);
    v("phases", command.phases, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<OpenPhase> auto& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("round", command.round);
    v("closes", command.closes, stated);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<Contribute> auto& command) {
    v("idea", command.idea, required);
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("member", command.member, required);
    v("title", command.title);
}
template <class V>
void describe(V& v, Of<PickedWinner> auto& winner) {
    v("idea", winner.idea, required);
    v("weight", winner.weight, stated);
}
template <class V>
void describe(V& v, Of<PickWinners> auto& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("winners", command.winners);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<ClosePhase> auto& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<CreditMembers> auto& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("claims", command.claims, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<AddBucket> auto& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("cuts", command.cuts);
    v("claims", command.claims);
    v("from", command.from);
    v("recovery", command.recovery);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<OpenPresale> auto& command) {
    v("product", command.product, required);
    v("terms", command.terms, required);
    v("bucket", command.bucket);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<ActOnPresale> auto& command) {
    v("product", command.product, required);
    v.one_of("presale", command.what);
}
template <class V>
void describe(V& v, Of<ReportProductReady> auto& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<StartSales> auto& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<SaleDeduction> auto& deduction) {
    v("what", deduction.what, required);
    v.amount("amount", deduction.amount, required);
}
template <class V>
void describe(V& v, Of<RecordSale> auto& command) {
    v("sale", command.sale, required);
    v("product", command.product, required);
    v("channel", command.channel, required);
    v("sold_on", command.sold_on, required);
    v("units", command.units, required);
    v("gross", command.gross, required);
    v("deductions", command.deductions);
}
template <class V>
void describe(V& v, Of<RecordReturn> auto& command) {
    v("sale", command.sale, required);
    v("units", command.units, required);
    v("amount", command.amount, required);
}
template <class V>
void describe(V& v, Of<EndProduct> auto& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<AbandonProduct> auto& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<ReacquireIdea> auto& command) {
    v("product", command.product, required);
    v("member", command.member, required);
    v("price", command.price, required);
}
template <class V>
void describe(V& v, Of<PauseProduct> auto& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<ResumeProduct> auto& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<TakeDownProduct> auto& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
template <class V>
void describe(V& v, Of<PayRoyalty> auto& command) {
    v("member", command.member, required);
    v("closing", command.closing);
}
template <class V>
void describe(V& v, Of<InventionCommand> auto& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
