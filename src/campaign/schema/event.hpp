// SPDX-License-Identifier: BSL-1.0
// Describe event: what each event is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include "terms.hpp"
#include <life/describe.hpp>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<campaign::EventBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<campaign::CampaignLaunched> = "campaign_launched";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignPaused> = "campaign_paused";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignResumed> = "campaign_resumed";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignCancelled> = "campaign_cancelled";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignSuspended> = "campaign_suspended";
template <>
inline constexpr std::string_view alternative_name<campaign::DeadlineExtended> = "deadline_extended";
template <>
inline constexpr std::string_view alternative_name<campaign::RoundWon> = "round_won";
template <>
inline constexpr std::string_view alternative_name<campaign::CollectionStarted> = "collection_started";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignSucceeded> = "campaign_succeeded";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignClosed> = "campaign_closed";
template <>
inline constexpr std::string_view alternative_name<campaign::CampaignFailed> = "campaign_failed";
template <>
inline constexpr std::string_view alternative_name<campaign::LatePledgesClosed> = "late_pledges_closed";
template <>
inline constexpr std::string_view alternative_name<campaign::ReadyToShip> = "ready_to_ship";
template <>
inline constexpr std::string_view alternative_name<campaign::IdentityVerified> = "identity_verified";
template <>
inline constexpr std::string_view alternative_name<campaign::AccountsRelated> = "accounts_related";
template <>
inline constexpr std::string_view alternative_name<campaign::RewardAdded> = "reward_added";
template <>
inline constexpr std::string_view alternative_name<campaign::RewardChanged> = "reward_changed";
template <>
inline constexpr std::string_view alternative_name<campaign::RewardRemoved> = "reward_removed";
template <>
inline constexpr std::string_view alternative_name<campaign::AddOnAdded> = "add_on_added";
template <>
inline constexpr std::string_view alternative_name<campaign::AddOnChanged> = "add_on_changed";
template <>
inline constexpr std::string_view alternative_name<campaign::AddOnRemoved> = "add_on_removed";
template <>
inline constexpr std::string_view alternative_name<campaign::StretchGoalReached> = "stretch_goal_reached";
template <>
inline constexpr std::string_view alternative_name<campaign::StretchGoalLost> = "stretch_goal_lost";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeMade> = "pledge_made";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeChanged> = "pledge_changed";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeCancelled> = "pledge_cancelled";
template <>
inline constexpr std::string_view alternative_name<campaign::ChargeCollected> = "charge_collected";
template <>
inline constexpr std::string_view alternative_name<campaign::ChargeFailed> = "charge_failed";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeDropped> = "pledge_dropped";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeRefunded> = "pledge_refunded";
template <>
inline constexpr std::string_view alternative_name<campaign::DisputeOpened> = "dispute_opened";
template <>
inline constexpr std::string_view alternative_name<campaign::DisputeWon> = "dispute_won";
template <>
inline constexpr std::string_view alternative_name<campaign::DisputeLost> = "dispute_lost";
template <>
inline constexpr std::string_view alternative_name<campaign::PayoutMade> = "payout_made";
template <>
inline constexpr std::string_view alternative_name<campaign::ReserveReleased> = "reserve_released";
template <>
inline constexpr std::string_view alternative_name<campaign::PayoutReturned> = "payout_returned";
template <>
inline constexpr std::string_view alternative_name<campaign::PayoutAdded> = "payout_added";
template <>
inline constexpr std::string_view alternative_name<campaign::UnmatchedRecorded> = "unmatched_recorded";
template <>
inline constexpr std::string_view alternative_name<campaign::UnmatchedResolved> = "unmatched_resolved";
template <>
inline constexpr std::string_view alternative_name<campaign::Delivered> = "delivered";
template <>
inline constexpr std::string_view alternative_name<campaign::MilestoneApproved> = "milestone_approved";
template <>
inline constexpr std::string_view alternative_name<campaign::MilestoneRejected> = "milestone_rejected";
template <>
inline constexpr std::string_view alternative_name<campaign::RefundAllotted> = "refund_allotted";
template <>
inline constexpr std::string_view alternative_name<campaign::RefundReturned> = "refund_returned";
template <>
inline constexpr std::string_view alternative_name<campaign::PledgeCut> = "pledge_cut";

inline void describe(Fields& v, campaign::CampaignLaunched& event) {
    v("terms", event.terms, required);
}
inline void describe(Fields& v, campaign::CampaignPaused& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::CampaignResumed& event) {
    v("closes", event.closes, stated);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::CampaignCancelled& event) {
    v("reason", event.reason);
}
inline void describe(Fields& v, campaign::CampaignSuspended& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::DeadlineExtended& event) {
    v("closes", event.closes, required);
}
inline void describe(Fields& v, campaign::RoundWon& event) {
    v.measured("counted", event.counted, required);
    v("closes", event.closes, required);
}
inline void describe(Fields& v, campaign::CollectionStarted& event) {
    v.measured("counted", event.counted, required);
}
inline void describe(Fields& v, campaign::CampaignSucceeded& event) {
    v.measured("counted", event.counted, required);
    v("goal_missed", event.goal_missed);
}
inline void describe(Fields&, campaign::CampaignClosed&) {}
inline void describe(Fields& v, campaign::CampaignFailed& event) {
    v.measured("counted", event.counted, required);
}
inline void describe(Fields&, campaign::LatePledgesClosed&) {}
inline void describe(Fields&, campaign::ReadyToShip&) {}
inline void describe(Fields& v, campaign::IdentityVerified& event) {
    v("backer", event.backer);
    v("what", event.what, required);
    v("until", event.until);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::AccountsRelated& event) {
    v("account", event.account, required);
    v("to", event.to);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("uncounted", event.uncounted);
}
inline void describe(Fields& v, campaign::RewardAdded& event) {
    v(event.reward);
}
inline void describe(Fields& v, campaign::RewardChanged& event) {
    v("reward", event.reward, required);
    v("becomes", event.becomes, required);
}
inline void describe(Fields& v, campaign::RewardRemoved& event) {
    v("reward", event.reward, required);
}
inline void describe(Fields& v, campaign::AddOnAdded& event) {
    v(event.add_on);
}
inline void describe(Fields& v, campaign::AddOnChanged& event) {
    v("add_on", event.add_on, required);
    v("becomes", event.becomes, required);
}
inline void describe(Fields& v, campaign::AddOnRemoved& event) {
    v("add_on", event.add_on, required);
}
inline void describe(Fields& v, campaign::StretchGoalReached& event) {
    v("goal", event.goal, required);
}
inline void describe(Fields& v, campaign::StretchGoalLost& event) {
    v("goal", event.goal, required);
}
inline void describe(Fields& v, campaign::PledgeMade& event) {
    v("pledge", event.pledge, required);
    v("backer", event.backer, required);
    v("reward", event.reward);
    v.amount("amount", event.amount, required);
    v.amount("shipping", event.shipping);
    v("add_ons", event.add_ons);
    v("ship_to", event.ship_to);
    v("late", event.late);
    v("in_instalments", event.in_instalments);
    v("quantity", event.quantity);
    v("lines", event.lines);
    v("supplement_to", event.supplement_to);
    v.amount("declined", event.declined);
}
inline void describe(Fields& v, campaign::PledgeChanged& event) {
    v("pledge", event.pledge, required);
    v("reward", event.reward);
    v.amount("amount", event.amount, required);
    v.amount("shipping", event.shipping);
    v("add_ons", event.add_ons);
    v("ship_to", event.ship_to);
    v("in_instalments", event.in_instalments);
    v("quantity", event.quantity);
    v("lines", event.lines);
}
inline void describe(Fields& v, campaign::PledgeCancelled& event) {
    v("pledge", event.pledge, required);
}
inline void describe(Fields& v, campaign::ChargeCollected& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v.amount("fee", event.fee, required);
    v.amount("tax", event.tax);
    v("instalment", event.instalment, stated);
    v.amount("uncaptured", event.uncaptured);
    v.amount("difference", event.difference);
    v("reference", event.reference);
    v("method", event.method);
    v("lines", event.lines);
}
inline void describe(Fields& v, campaign::ChargeFailed& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
}
inline void describe(Fields& v, campaign::PledgeDropped& event) {
    v("pledge", event.pledge, required);
}
inline void describe(Fields& v, campaign::PledgeRefunded& event) {
    v("pledge", event.pledge, required);
    v("payout", event.payout);
    v("item", event.item);
    v.amount("cancelled", event.cancelled);
    v.amount("amount", event.amount, required);
    v.amount("fee_returned", event.fee_returned);
    v.amount("tax_returned", event.tax_returned);
    v.amount("from_reserve", event.from_reserve);
    v("from", event.from, required);
    v.amount("difference", event.difference);
    v("reference", event.reference);
    v("lines", event.lines);
    v("instalment", event.instalment, stated);
}
inline void describe(Fields& v, campaign::DisputeOpened& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
    v.amount("amount", event.amount, required);
    v("held_from", event.held_from, required);
    v("reason", event.reason, required);
    v.amount("fee", event.fee);
    v.amount("difference", event.difference);
    v("reference", event.reference);
    v("lines", event.lines);
}
inline void describe(Fields& v, campaign::DisputeWon& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("returns_to", event.returns_to, required);
    v.amount("fee_returned", event.fee_returned);
    v.amount("fee_made_good", event.fee_made_good);
    v.amount("difference", event.difference);
}
inline void describe(Fields& v, campaign::DisputeLost& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("bearer", event.bearer, required);
    v("made_good", event.made_good, required);
    v.amount("from_reserve", event.from_reserve);
    v.amount("fee_returned", event.fee_returned);
    v.amount("fee_made_good", event.fee_made_good);
    v.amount("difference", event.difference);
    v("lines", event.lines);
}
inline void describe(Fields& v, campaign::HeldShare& held) {
    v("share", held.share, required);
    v.amount("amount", held.amount, required);
}
inline void describe(Fields& v, campaign::PayoutMade& event) {
    v("payout", event.payout, required);
    v.amount("platform_fee", event.platform_fee);
    v.amount("tax", event.tax);
    v.amount("reserve", event.reserve);
    v.amount("net", event.net, required);
    v.amount("recouped", event.recouped);
    v("reference", event.reference);
    v("held", event.held);
    v.amount("fee", event.fee);
}
inline void describe(Fields& v, campaign::ReserveReleased& event) {
    v("payout", event.payout, required);
    v.amount("amount", event.amount, required);
    v.amount("recouped", event.recouped);
}
inline void describe(Fields& v, campaign::PayoutReturned& event) {
    v("payout", event.payout, required);
    v.amount("amount", event.amount, required);
    v("reason", event.reason);
    v("reference", event.reference);
}
inline void describe(Fields& v, campaign::PayoutAdded& event) {
    v.amount("amount", event.amount, required);
}
inline void describe(Fields& v, campaign::UnmatchedRecorded& event) {
    v("reference", event.reference, required);
    v.amount("amount", event.amount, required);
    v("from", event.from);
    v("what", event.what);
}
inline void describe(Fields& v, campaign::UnmatchedResolved& event) {
    v("unmatched", event.unmatched, required);
    v("end", event.end, required);
    v.amount("amount", event.amount, required);
    v("reference", event.reference);
}
inline void describe(Fields&, campaign::Delivered&) {}
inline void describe(Fields& v, campaign::MilestoneApproved& event) {
    v("share", event.share, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::MilestoneRejected& event) {
    v("share", event.share, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, campaign::RefundAllotted& event) {
    v("pledge", event.pledge, required);
    v("share", event.share, required);
    v.amount("amount", event.amount, required);
}
inline void describe(Fields& v, campaign::RefundReturned& event) {
    v("pledge", event.pledge, required);
    v("item", event.item);
    v.amount("amount", event.amount, required);
    v("payout", event.payout, required);
    v("to", event.to, required);
    v("allotted", event.allotted);
    v("reason", event.reason);
    v("reference", event.reference);
    v("lines", event.lines);
    v("instalment", event.instalment, stated);
}
inline void describe(Fields& v, campaign::PledgeCut& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v.amount("declined", event.declined);
}
inline void describe(Fields& v, campaign::Event& event) {
    v("n", event.number);
    v("at", event.at, required);
    v("cause", event.cause);
    v.digest("fingerprint", event.fingerprint);
    v.one_of("event", event.what);
}

}  // namespace crowdrules::detail
