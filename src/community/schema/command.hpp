// SPDX-License-Identifier: BSL-1.0
// Describe command of a community: what each command is called, and its fields. See campaign/describe.hpp.
#pragma once

#include <crowdrules/community/command.hpp>

#include "terms.hpp"
#include <campaign/schema/command.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<community::CommandBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<community::JoinCommunity> = "join_community";
template <>
inline constexpr std::string_view alternative_name<community::LeaveCommunity> = "leave_community";
template <>
inline constexpr std::string_view alternative_name<community::HandInIdea> = "hand_in_idea";
template <>
inline constexpr std::string_view alternative_name<community::WithdrawIdea> = "withdraw_idea";
template <>
inline constexpr std::string_view alternative_name<community::ScreenOutIdea> = "screen_out_idea";
template <>
inline constexpr std::string_view alternative_name<community::NameSimilarIdea> = "name_similar_idea";
template <>
inline constexpr std::string_view alternative_name<community::DeclineIdea> = "decline_idea";
template <>
inline constexpr std::string_view alternative_name<community::OpenRound> = "open_round";
template <>
inline constexpr std::string_view alternative_name<community::CastVote> = "cast_vote";
template <>
inline constexpr std::string_view alternative_name<community::TakeBackVote> = "take_back_vote";
template <>
inline constexpr std::string_view alternative_name<community::RateIdea> = "rate_idea";
template <>
inline constexpr std::string_view alternative_name<community::AcceptIdea> = "accept_idea";
template <>
inline constexpr std::string_view alternative_name<community::OpenPhase> = "open_phase";
template <>
inline constexpr std::string_view alternative_name<community::Contribute> = "contribute";
template <>
inline constexpr std::string_view alternative_name<community::PickWinners> = "pick_winners";
template <>
inline constexpr std::string_view alternative_name<community::ClosePhase> = "close_phase";
template <>
inline constexpr std::string_view alternative_name<community::CreditMembers> = "credit_members";
template <>
inline constexpr std::string_view alternative_name<community::AddBucket> = "add_bucket";
template <>
inline constexpr std::string_view alternative_name<community::OpenPresale> = "open_presale";
template <>
inline constexpr std::string_view alternative_name<community::ActOnPresale> = "act_on_presale";
template <>
inline constexpr std::string_view alternative_name<community::ReportProductReady> = "report_product_ready";
template <>
inline constexpr std::string_view alternative_name<community::StartSales> = "start_sales";
template <>
inline constexpr std::string_view alternative_name<community::RecordSale> = "record_sale";
template <>
inline constexpr std::string_view alternative_name<community::RecordReturn> = "record_return";
template <>
inline constexpr std::string_view alternative_name<community::EndProduct> = "end_product";
template <>
inline constexpr std::string_view alternative_name<community::AbandonProduct> = "abandon_product";
template <>
inline constexpr std::string_view alternative_name<community::ReacquireIdea> = "reacquire_idea";
template <>
inline constexpr std::string_view alternative_name<community::RaiseProductClaim> = "raise_claim";
template <>
inline constexpr std::string_view alternative_name<community::PayRoyalty> = "pay_royalty";

inline void describe(Fields& v, community::JoinCommunity& command) {
    v("member", command.member, required);
    v("name", command.name);
    v("withholding", command.withholding);
}
inline void describe(Fields& v, community::LeaveCommunity& command) {
    v("member", command.member, required);
}
inline void describe(Fields& v, community::HandInIdea& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
    v("title", command.title);
}
inline void describe(Fields& v, community::WithdrawIdea& command) {
    v("idea", command.idea, required);
    v("member", command.member, required);
}
inline void describe(Fields& v, community::ScreenOutIdea& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::NameSimilarIdea& command) {
    v("idea", command.idea, required);
    v("similar", command.similar, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::DeclineIdea& command) {
    v("idea", command.idea, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::OpenRound& command) {
    v("round", command.round, required);
    v("ideas", command.ideas, required);
    v("closes", command.closes, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::CastVote& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
inline void describe(Fields& v, community::TakeBackVote& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
}
inline void describe(Fields& v, community::RateIdea& command) {
    v("round", command.round, required);
    v("member", command.member, required);
    v("idea", command.idea, required);
    v("criterion", command.criterion, required);
    v("stars", command.stars, required);
}
inline void describe(Fields& v, community::AcceptIdea& command) {
    v("idea", command.idea, required);
    v("staff_pick", command.staff_pick);
    v("phases", command.phases, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::OpenPhase& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("round", command.round);
    v("closes", command.closes, stated);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::Contribute& command) {
    v("idea", command.idea, required);
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("member", command.member, required);
    v("title", command.title);
}
inline void describe(Fields& v, community::PickedWinner& winner) {
    v("idea", winner.idea, required);
    v("weight", winner.weight, stated);
}
inline void describe(Fields& v, community::PickWinners& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("winners", command.winners);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::ClosePhase& command) {
    v("product", command.product, required);
    v("phase", command.phase, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::CreditMembers& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("claims", command.claims, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::AddBucket& command) {
    v("product", command.product, required);
    v("bucket", command.bucket, required);
    v("cuts", command.cuts);
    v("claims", command.claims);
    v("from", command.from);
    v("recovery", command.recovery);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::OpenPresale& command) {
    v("product", command.product, required);
    v("terms", command.terms, required);
    v("bucket", command.bucket);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::ActOnPresale& command) {
    v("product", command.product, required);
    v.one_of("presale", command.what);
}
inline void describe(Fields& v, community::ReportProductReady& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::StartSales& command) {
    v("product", command.product, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::SaleDeduction& deduction) {
    v("what", deduction.what, required);
    v.amount("amount", deduction.amount, required);
}
inline void describe(Fields& v, community::RecordSale& command) {
    v("sale", command.sale, required);
    v("product", command.product, required);
    v("channel", command.channel, required);
    v("sold_on", command.sold_on, required);
    v("units", command.units, required);
    v("gross", command.gross, required);
    v("deductions", command.deductions);
}
inline void describe(Fields& v, community::RecordReturn& command) {
    v("sale", command.sale, required);
    v("units", command.units, required);
    v("amount", command.amount, required);
}
inline void describe(Fields& v, community::EndProduct& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::AbandonProduct& command) {
    v("product", command.product, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::ReacquireIdea& command) {
    v("product", command.product, required);
    v("member", command.member, required);
    v("price", command.price, required);
}
inline void describe(Fields& v, community::RaiseProductClaim& command) {
    v("product", command.product, required);
    v("claim", command.claim, required);
    v("claimant", command.claimant, required);
    v("on", command.on, required);
    v("decided_by", command.decided_by, required);
}
inline void describe(Fields& v, community::PayRoyalty& command) {
    v("member", command.member, required);
    v("closing", command.closing);
}
inline void describe(Fields& v, community::Command& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
