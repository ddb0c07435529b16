// SPDX-License-Identifier: BSL-1.0
// Describe command: what each command is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/command.hpp>

#include "describe.hpp"

namespace crowdrules::detail {

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

template <class V>
void describe(V& v, Of<PauseCampaign> auto& command) {
    v("reason", command.reason);
    added(v, "decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<ResumeCampaign> auto& command) {
    added(v, "reason", command.reason);
    added(v, "decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<CancelCampaign> auto& command) {
    v("reason", command.reason);
}
template <class V>
void describe(V& v, Of<SuspendCampaign> auto& command) {
    v("reason", command.reason);
    added(v, "decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<ExtendDeadline> auto& command) {
    v("closes", command.closes, required);
}
template <class V>
void describe(V&, Of<CloseEarly> auto&) {}
template <class V>
void describe(V&, Of<CloseLatePledges> auto&) {}
template <class V>
void describe(V&, Of<ReportReadyToShip> auto&) {}
template <class V>
void describe(V& v, Of<RecordVerification> auto& command) {
    v("backer", command.backer);
    v("what", command.what, required);
    v("until", command.until);
    v("decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<RelateAccounts> auto& command) {
    v("account", command.account, required);
    v("to", command.to);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<RaiseClaim> auto& command) {
    v("claim", command.claim, required);
    v("claimant", command.claimant, required);
    v("on", command.on, required);
    v("decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<DismissClaim> auto& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<UpholdClaim> auto& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
template <class V>
void describe(V& v, Of<AddReward> auto& command) {
    describe(v, command.reward);
}
template <class V>
void describe(V& v, Of<ChangeReward> auto& command) {
    v("reward", command.reward, required);
    v("becomes", command.becomes, required);
}
template <class V>
void describe(V& v, Of<RemoveReward> auto& command) {
    v("reward", command.reward, required);
}
template <class V>
void describe(V& v, Of<AddAddOn> auto& command) {
    describe(v, command.add_on);
}
template <class V>
void describe(V& v, Of<ChangeAddOn> auto& command) {
    v("add_on", command.add_on, required);
    v("becomes", command.becomes, required);
}
template <class V>
void describe(V& v, Of<RemoveAddOn> auto& command) {
    v("add_on", command.add_on, required);
}
template <class V>
void describe(V& v, Of<MakePledge> auto& command) {
    v("pledge", command.pledge, required);
    v("backer", command.backer, required);
    describe(v, command.choice);
    added(v, "giver", command.giver);
}
template <class V>
void describe(V& v, Of<ChangePledge> auto& command) {
    v("pledge", command.pledge, required);
    describe(v, command.choice);
    added(v, "giver", command.giver);
}
template <class V>
void describe(V& v, Of<CancelPledge> auto& command) {
    v("pledge", command.pledge, required);
}
template <class V>
void describe(V& v, Of<RecordCharge> auto& command) {
    v("pledge", command.pledge, required);
    v("succeeded", command.succeeded, stated);
    v("instalment", command.instalment, stated);
}
template <class V>
void describe(V& v, Of<RefundPledge> auto& command) {
    v("pledge", command.pledge, required);
    v("amount", command.amount, required);
    v("item", command.item);
}
template <class V>
void describe(V& v, Of<OpenDispute> auto& command) {
    v("pledge", command.pledge, required);
    v("reason", command.reason, required);
    v("instalment", command.instalment, stated);
}
template <class V>
void describe(V& v, Of<CloseDispute> auto& command) {
    v("pledge", command.pledge, required);
    v("won", command.won, required);
}
template <class V>
void describe(V& v, Of<PayOut> auto& command) {
    v("payout", command.payout);
}
template <class V>
void describe(V& v, Of<Command> auto& command) {
    v("id", command.id);
    v("at", command.at, required);
    v.one_of("command", command.what);
}

}  // namespace crowdrules::detail
