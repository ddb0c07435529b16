// SPDX-License-Identifier: BSL-1.0
// Describe command: what each command is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/command.hpp>

#include "describe.hpp"

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<CommandBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<PauseCampaign> = "pause_campaign";
template <>
inline constexpr std::string_view alternative_name<ResumeCampaign> = "resume_campaign";
template <>
inline constexpr std::string_view alternative_name<CancelCampaign> = "cancel_campaign";
template <>
inline constexpr std::string_view alternative_name<SuspendCampaign> = "suspend_campaign";
template <>
inline constexpr std::string_view alternative_name<ExtendDeadline> = "extend_deadline";
template <>
inline constexpr std::string_view alternative_name<CloseEarly> = "close_early";
template <>
inline constexpr std::string_view alternative_name<CloseLatePledges> = "close_late_pledges";
template <>
inline constexpr std::string_view alternative_name<ReportReadyToShip> = "report_ready_to_ship";
template <>
inline constexpr std::string_view alternative_name<RecordVerification> = "record_verification";
template <>
inline constexpr std::string_view alternative_name<RelateAccounts> = "relate_accounts";
template <>
inline constexpr std::string_view alternative_name<RaiseClaim> = "raise_claim";
template <>
inline constexpr std::string_view alternative_name<DismissClaim> = "dismiss_claim";
template <>
inline constexpr std::string_view alternative_name<UpholdClaim> = "uphold_claim";
template <>
inline constexpr std::string_view alternative_name<AddReward> = "add_reward";
template <>
inline constexpr std::string_view alternative_name<ChangeReward> = "change_reward";
template <>
inline constexpr std::string_view alternative_name<RemoveReward> = "remove_reward";
template <>
inline constexpr std::string_view alternative_name<AddAddOn> = "add_add_on";
template <>
inline constexpr std::string_view alternative_name<ChangeAddOn> = "change_add_on";
template <>
inline constexpr std::string_view alternative_name<RemoveAddOn> = "remove_add_on";
template <>
inline constexpr std::string_view alternative_name<MakePledge> = "make_pledge";
template <>
inline constexpr std::string_view alternative_name<ChangePledge> = "change_pledge";
template <>
inline constexpr std::string_view alternative_name<CancelPledge> = "cancel_pledge";
template <>
inline constexpr std::string_view alternative_name<RecordCharge> = "record_charge";
template <>
inline constexpr std::string_view alternative_name<RefundPledge> = "refund_pledge";
template <>
inline constexpr std::string_view alternative_name<OpenDispute> = "open_dispute";
template <>
inline constexpr std::string_view alternative_name<CloseDispute> = "close_dispute";
template <>
inline constexpr std::string_view alternative_name<PayOut> = "pay_out";
template <>
inline constexpr std::string_view alternative_name<ReturnPayout> = "return_payout";

inline void describe(Fields& v, PauseCampaign& command) {
    v("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, ResumeCampaign& command) {
    v.added("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, CancelCampaign& command) {
    v("reason", command.reason);
}
inline void describe(Fields& v, SuspendCampaign& command) {
    v("reason", command.reason);
    v.added("decided_by", command.decided_by);
}
inline void describe(Fields& v, ExtendDeadline& command) {
    v("closes", command.closes, required);
}
inline void describe(Fields&, CloseEarly&) {}
inline void describe(Fields&, CloseLatePledges&) {}
inline void describe(Fields&, ReportReadyToShip&) {}
inline void describe(Fields& v, RecordVerification& command) {
    v("backer", command.backer);
    v("what", command.what, required);
    v("until", command.until);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, RelateAccounts& command) {
    v("account", command.account, required);
    v("to", command.to);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, RaiseClaim& command) {
    v("claim", command.claim, required);
    v("claimant", command.claimant, required);
    v("on", command.on, required);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, DismissClaim& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, UpholdClaim& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, AddReward& command) {
    describe(v, command.reward);
}
inline void describe(Fields& v, ChangeReward& command) {
    v("reward", command.reward, required);
    v("becomes", command.becomes, required);
}
inline void describe(Fields& v, RemoveReward& command) {
    v("reward", command.reward, required);
}
inline void describe(Fields& v, AddAddOn& command) {
    describe(v, command.add_on);
}
inline void describe(Fields& v, ChangeAddOn& command) {
    v("add_on", command.add_on, required);
    v("becomes", command.becomes, required);
}
inline void describe(Fields& v, RemoveAddOn& command) {
    v("add_on", command.add_on, required);
}
inline void describe(Fields& v, MakePledge& command) {
    v("pledge", command.pledge, required);
    v("backer", command.backer, required);
    describe(v, command.choice);
    v.added("giver", command.giver);
}
inline void describe(Fields& v, ChangePledge& command) {
    v("pledge", command.pledge, required);
    describe(v, command.choice);
    v.added("giver", command.giver);
}
inline void describe(Fields& v, CancelPledge& command) {
    v("pledge", command.pledge, required);
}
inline void describe(Fields& v, RecordCharge& command) {
    v("pledge", command.pledge, required);
    v("succeeded", command.succeeded, stated);
    v("instalment", command.instalment, stated);
    v.added("amount", command.amount);
    v.added("fee", command.fee);
    v.added("tax", command.tax);
    v.added("reference", command.reference);
    v.added("method", command.method);
}
inline void describe(Fields& v, RefundPledge& command) {
    v("pledge", command.pledge, required);
    v("amount", command.amount, required);
    v("item", command.item);
    v.added("fee_returned", command.fee_returned);
    v.added("reference", command.reference);
}
inline void describe(Fields& v, OpenDispute& command) {
    v("pledge", command.pledge, required);
    v("reason", command.reason, required);
    v("instalment", command.instalment, stated);
    v.added("amount", command.amount);
    v.added("fee", command.fee);
    v.added("reference", command.reference);
}
inline void describe(Fields& v, CloseDispute& command) {
    v("pledge", command.pledge, required);
    v("won", command.won, required);
    v.added("fee_returned", command.fee_returned);
}
inline void describe(Fields& v, PayOut& command) {
    v("payout", command.payout);
    v.added("reference", command.reference);
}
inline void describe(Fields& v, ReturnPayout& command) {
    v("payout", command.payout);
    v("reason", command.reason);
    v("reference", command.reference);
}
inline void describe(Fields& v, Command& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
