// SPDX-License-Identifier: BSL-1.0
// Describe command: what each command is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/command.hpp>

#include "terms.hpp"
#include <life/describe.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<campaign::CommandBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<campaign::PauseCampaign> = "pause_campaign";
template <>
inline constexpr std::string_view alternative_name<campaign::ResumeCampaign> = "resume_campaign";
template <>
inline constexpr std::string_view alternative_name<campaign::CancelCampaign> = "cancel_campaign";
template <>
inline constexpr std::string_view alternative_name<campaign::SuspendCampaign> = "suspend_campaign";
template <>
inline constexpr std::string_view alternative_name<campaign::ExtendDeadline> = "extend_deadline";
template <>
inline constexpr std::string_view alternative_name<campaign::CloseEarly> = "close_early";
template <>
inline constexpr std::string_view alternative_name<campaign::CloseLatePledges> = "close_late_pledges";
template <>
inline constexpr std::string_view alternative_name<campaign::ReportReadyToShip> = "report_ready_to_ship";
template <>
inline constexpr std::string_view alternative_name<campaign::RecordVerification> = "record_verification";
template <>
inline constexpr std::string_view alternative_name<campaign::RelateAccounts> = "relate_accounts";
template <>
inline constexpr std::string_view alternative_name<campaign::AddReward> = "add_reward";
template <>
inline constexpr std::string_view alternative_name<campaign::ChangeReward> = "change_reward";
template <>
inline constexpr std::string_view alternative_name<campaign::RemoveReward> = "remove_reward";
template <>
inline constexpr std::string_view alternative_name<campaign::AddAddOn> = "add_add_on";
template <>
inline constexpr std::string_view alternative_name<campaign::ChangeAddOn> = "change_add_on";
template <>
inline constexpr std::string_view alternative_name<campaign::RemoveAddOn> = "remove_add_on";
template <>
inline constexpr std::string_view alternative_name<campaign::MakePledge> = "make_pledge";
template <>
inline constexpr std::string_view alternative_name<campaign::ChangePledge> = "change_pledge";
template <>
inline constexpr std::string_view alternative_name<campaign::CancelPledge> = "cancel_pledge";
template <>
inline constexpr std::string_view alternative_name<campaign::MakeSupplement> = "make_supplement";
template <>
inline constexpr std::string_view alternative_name<campaign::RecordCharge> = "record_charge";
template <>
inline constexpr std::string_view alternative_name<campaign::RefundPledge> = "refund_pledge";
template <>
inline constexpr std::string_view alternative_name<campaign::OpenDispute> = "open_dispute";
template <>
inline constexpr std::string_view alternative_name<campaign::CloseDispute> = "close_dispute";
template <>
inline constexpr std::string_view alternative_name<campaign::PayOut> = "pay_out";
template <>
inline constexpr std::string_view alternative_name<campaign::ReturnPayout> = "return_payout";
template <>
inline constexpr std::string_view alternative_name<campaign::RecordUnmatched> = "record_unmatched";
template <>
inline constexpr std::string_view alternative_name<campaign::ResolveUnmatched> = "resolve_unmatched";
template <>
inline constexpr std::string_view alternative_name<campaign::ReportDelivered> = "report_delivered";
template <>
inline constexpr std::string_view alternative_name<campaign::ApproveMilestone> = "approve_milestone";
template <>
inline constexpr std::string_view alternative_name<campaign::RejectMilestone> = "reject_milestone";
template <>
inline constexpr std::string_view alternative_name<campaign::ReturnRefund> = "return_refund";

inline void describe(Fields& v, campaign::PauseCampaign& command) {
    v("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::ResumeCampaign& command) {
    v.added("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::CancelCampaign& command) {
    v("reason", command.reason);
}
inline void describe(Fields& v, campaign::SuspendCampaign& command) {
    v("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::ExtendDeadline& command) {
    v("closes", command.closes, required);
}
inline void describe(Fields&, campaign::CloseEarly&) {}
inline void describe(Fields&, campaign::CloseLatePledges&) {}
inline void describe(Fields&, campaign::ReportReadyToShip&) {}
inline void describe(Fields& v, campaign::RecordVerification& command) {
    v("backer", command.backer);
    v("what", command.what, required);
    v("until", command.until);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::RelateAccounts& command) {
    v("account", command.account, required);
    v("to", command.to);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::AddReward& command) {
    v(command.reward);
}
inline void describe(Fields& v, campaign::ChangeReward& command) {
    v("reward", command.reward, required);
    v("becomes", command.becomes, required);
}
inline void describe(Fields& v, campaign::RemoveReward& command) {
    v("reward", command.reward, required);
}
inline void describe(Fields& v, campaign::AddAddOn& command) {
    v(command.add_on);
}
inline void describe(Fields& v, campaign::ChangeAddOn& command) {
    v("add_on", command.add_on, required);
    v("becomes", command.becomes, required);
}
inline void describe(Fields& v, campaign::RemoveAddOn& command) {
    v("add_on", command.add_on, required);
}
inline void describe(Fields& v, campaign::MakePledge& command) {
    v("pledge", command.pledge, required);
    v("backer", command.backer, required);
    v(command.choice);
    v.added("giver", command.giver);
}
inline void describe(Fields& v, campaign::ChangePledge& command) {
    v("pledge", command.pledge, required);
    v(command.choice);
    v.added("giver", command.giver);
}
inline void describe(Fields& v, campaign::CancelPledge& command) {
    v("pledge", command.pledge, required);
}
inline void describe(Fields& v, campaign::MakeSupplement& command) {
    v("supplement", command.supplement, required);
    v("to", command.to, required);
    v("add_ons", command.add_ons);
    v("ship_to", command.ship_to);
    v("amount", command.amount, required);
    v("lines", command.lines);
}
inline void describe(Fields& v, campaign::RecordCharge& command) {
    v("pledge", command.pledge, required);
    v("succeeded", command.succeeded, stated);
    v("instalment", command.instalment, stated);
    v.added("amount", command.amount);
    v.added("fee", command.fee);
    v.added("tax", command.tax);
    v.added("reference", command.reference);
    v.added("method", command.method);
}
inline void describe(Fields& v, campaign::RefundPledge& command) {
    v("pledge", command.pledge, required);
    v("amount", command.amount, required);
    v("item", command.item);
    v.added("line", command.line);
    v.added("fee_returned", command.fee_returned);
    v.added("reference", command.reference);
}
inline void describe(Fields& v, campaign::OpenDispute& command) {
    v("pledge", command.pledge, required);
    v("reason", command.reason, required);
    v("instalment", command.instalment, stated);
    v.added("amount", command.amount);
    v.added("fee", command.fee);
    v.added("reference", command.reference);
}
inline void describe(Fields& v, campaign::CloseDispute& command) {
    v("pledge", command.pledge, required);
    v("won", command.won, required);
    v.added("fee_returned", command.fee_returned);
}
inline void describe(Fields& v, campaign::PayOut& command) {
    v("payout", command.payout);
    v.added("reference", command.reference);
    v.added("arrived", command.arrived);
}
inline void describe(Fields& v, campaign::ReturnPayout& command) {
    v("payout", command.payout);
    v("reason", command.reason);
    v("reference", command.reference);
}
inline void describe(Fields& v, campaign::RecordUnmatched& command) {
    v("reference", command.reference, required);
    v("amount", command.amount, required);
    v("from", command.from);
    v("what", command.what);
}
inline void describe(Fields& v, campaign::ResolveUnmatched& command) {
    v("unmatched", command.unmatched, required);
    v("end", command.end, required);
    v("amount", command.amount);
    v("pledge", command.pledge);
    v("instalment", command.instalment, stated);
    v("fee", command.fee);
    v("reference", command.reference);
}
inline void describe(Fields&, campaign::ReportDelivered&) {}
inline void describe(Fields& v, campaign::ApproveMilestone& command) {
    v("milestone", command.milestone, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::RejectMilestone& command) {
    v("milestone", command.milestone, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, campaign::ReturnRefund& command) {
    v("pledge", command.pledge, required);
    v("refund", command.refund);
    v("amount", command.amount);
    v("item", command.item);
    v("reason", command.reason);
    v("reference", command.reference);
}
inline void describe(Fields& v, campaign::Command& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
