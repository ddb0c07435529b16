// SPDX-License-Identifier: BSL-1.0
// Describe event: what each event is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include "describe.hpp"

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<EventBody>() noexcept;

template <>
inline constexpr std::string_view alternative_name<CampaignLaunched> = "campaign_launched";
template <>
inline constexpr std::string_view alternative_name<CampaignPaused> = "campaign_paused";
template <>
inline constexpr std::string_view alternative_name<CampaignResumed> = "campaign_resumed";
template <>
inline constexpr std::string_view alternative_name<CampaignCancelled> = "campaign_cancelled";
template <>
inline constexpr std::string_view alternative_name<CampaignSuspended> = "campaign_suspended";
template <>
inline constexpr std::string_view alternative_name<DeadlineExtended> = "deadline_extended";
template <>
inline constexpr std::string_view alternative_name<RoundWon> = "round_won";
template <>
inline constexpr std::string_view alternative_name<CollectionStarted> = "collection_started";
template <>
inline constexpr std::string_view alternative_name<CampaignSucceeded> = "campaign_succeeded";
template <>
inline constexpr std::string_view alternative_name<CampaignClosed> = "campaign_closed";
template <>
inline constexpr std::string_view alternative_name<CampaignFailed> = "campaign_failed";
template <>
inline constexpr std::string_view alternative_name<LatePledgesClosed> = "late_pledges_closed";
template <>
inline constexpr std::string_view alternative_name<ReadyToShip> = "ready_to_ship";
template <>
inline constexpr std::string_view alternative_name<IdentityVerified> = "identity_verified";
template <>
inline constexpr std::string_view alternative_name<AccountsRelated> = "accounts_related";
template <>
inline constexpr std::string_view alternative_name<ClaimRaised> = "claim_raised";
template <>
inline constexpr std::string_view alternative_name<ClaimDismissed> = "claim_dismissed";
template <>
inline constexpr std::string_view alternative_name<ClaimUpheld> = "claim_upheld";
template <>
inline constexpr std::string_view alternative_name<RewardAdded> = "reward_added";
template <>
inline constexpr std::string_view alternative_name<RewardChanged> = "reward_changed";
template <>
inline constexpr std::string_view alternative_name<RewardRemoved> = "reward_removed";
template <>
inline constexpr std::string_view alternative_name<AddOnAdded> = "add_on_added";
template <>
inline constexpr std::string_view alternative_name<AddOnChanged> = "add_on_changed";
template <>
inline constexpr std::string_view alternative_name<AddOnRemoved> = "add_on_removed";
template <>
inline constexpr std::string_view alternative_name<StretchGoalReached> = "stretch_goal_reached";
template <>
inline constexpr std::string_view alternative_name<StretchGoalLost> = "stretch_goal_lost";
template <>
inline constexpr std::string_view alternative_name<PledgeMade> = "pledge_made";
template <>
inline constexpr std::string_view alternative_name<PledgeChanged> = "pledge_changed";
template <>
inline constexpr std::string_view alternative_name<PledgeCancelled> = "pledge_cancelled";
template <>
inline constexpr std::string_view alternative_name<ChargeCollected> = "charge_collected";
template <>
inline constexpr std::string_view alternative_name<ChargeFailed> = "charge_failed";
template <>
inline constexpr std::string_view alternative_name<PledgeDropped> = "pledge_dropped";
template <>
inline constexpr std::string_view alternative_name<PledgeRefunded> = "pledge_refunded";
template <>
inline constexpr std::string_view alternative_name<DisputeOpened> = "dispute_opened";
template <>
inline constexpr std::string_view alternative_name<DisputeWon> = "dispute_won";
template <>
inline constexpr std::string_view alternative_name<DisputeLost> = "dispute_lost";
template <>
inline constexpr std::string_view alternative_name<PayoutMade> = "payout_made";
template <>
inline constexpr std::string_view alternative_name<ReserveReleased> = "reserve_released";
template <>
inline constexpr std::string_view alternative_name<PayoutReturned> = "payout_returned";
template <>
inline constexpr std::string_view alternative_name<PayoutAdded> = "payout_added";

inline void describe(Fields& v, CampaignLaunched& event) {
    v("terms", event.terms, required);
}
inline void describe(Fields& v, CampaignPaused& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, CampaignResumed& event) {
    v("closes", event.closes, stated);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, CampaignCancelled& event) {
    v("reason", event.reason);
}
inline void describe(Fields& v, CampaignSuspended& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, DeadlineExtended& event) {
    v("closes", event.closes, required);
}
inline void describe(Fields& v, RoundWon& event) {
    v.measured("counted", event.counted, required);
    v("closes", event.closes, required);
}
inline void describe(Fields& v, CollectionStarted& event) {
    v.measured("counted", event.counted, required);
}
inline void describe(Fields& v, CampaignSucceeded& event) {
    v.measured("counted", event.counted, required);
    v("goal_missed", event.goal_missed);
}
inline void describe(Fields&, CampaignClosed&) {}
inline void describe(Fields& v, CampaignFailed& event) {
    v.measured("counted", event.counted, required);
}
inline void describe(Fields&, LatePledgesClosed&) {}
inline void describe(Fields&, ReadyToShip&) {}
inline void describe(Fields& v, IdentityVerified& event) {
    v("backer", event.backer);
    v("what", event.what, required);
    v("until", event.until);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, AccountsRelated& event) {
    v("account", event.account, required);
    v("to", event.to);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("uncounted", event.uncounted);
}
inline void describe(Fields& v, ClaimRaised& event) {
    v("claim", event.claim, required);
    v("claimant", event.claimant, required);
    v("on", event.on, required);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, ClaimDismissed& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, ClaimUpheld& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("to_platform", event.to_platform);
}
inline void describe(Fields& v, RewardAdded& event) {
    describe(v, event.reward);
}
inline void describe(Fields& v, RewardChanged& event) {
    v("reward", event.reward, required);
    v("becomes", event.becomes, required);
}
inline void describe(Fields& v, RewardRemoved& event) {
    v("reward", event.reward, required);
}
inline void describe(Fields& v, AddOnAdded& event) {
    describe(v, event.add_on);
}
inline void describe(Fields& v, AddOnChanged& event) {
    v("add_on", event.add_on, required);
    v("becomes", event.becomes, required);
}
inline void describe(Fields& v, AddOnRemoved& event) {
    v("add_on", event.add_on, required);
}
inline void describe(Fields& v, StretchGoalReached& event) {
    v("goal", event.goal, required);
}
inline void describe(Fields& v, StretchGoalLost& event) {
    v("goal", event.goal, required);
}
inline void describe(Fields& v, PledgeMade& event) {
    v("pledge", event.pledge, required);
    v("backer", event.backer, required);
    v("reward", event.reward);
    v.amount("amount", event.amount, required);
    v.amount("shipping", event.shipping);
    v("add_ons", event.add_ons);
    v("ship_to", event.ship_to);
    v("late", event.late);
    v("in_instalments", event.in_instalments);
}
inline void describe(Fields& v, PledgeChanged& event) {
    v("pledge", event.pledge, required);
    v("reward", event.reward);
    v.amount("amount", event.amount, required);
    v.amount("shipping", event.shipping);
    v("add_ons", event.add_ons);
    v("ship_to", event.ship_to);
    v("in_instalments", event.in_instalments);
}
inline void describe(Fields& v, PledgeCancelled& event) {
    v("pledge", event.pledge, required);
}
inline void describe(Fields& v, ChargeCollected& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v.amount("fee", event.fee, required);
    v.amount("tax", event.tax);
    v("instalment", event.instalment, stated);
    v.amount("uncaptured", event.uncaptured);
    v.amount("difference", event.difference);
    v("reference", event.reference);
    v("method", event.method);
}
inline void describe(Fields& v, ChargeFailed& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
}
inline void describe(Fields& v, PledgeDropped& event) {
    v("pledge", event.pledge, required);
}
inline void describe(Fields& v, PledgeRefunded& event) {
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
}
inline void describe(Fields& v, DisputeOpened& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
    v.amount("amount", event.amount, required);
    v("held_from", event.held_from, required);
    v("reason", event.reason, required);
    v.amount("fee", event.fee);
    v.amount("difference", event.difference);
    v("reference", event.reference);
}
inline void describe(Fields& v, DisputeWon& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("returns_to", event.returns_to, required);
    v.amount("fee_returned", event.fee_returned);
    v.amount("fee_made_good", event.fee_made_good);
    v.amount("difference", event.difference);
}
inline void describe(Fields& v, DisputeLost& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("bearer", event.bearer, required);
    v("made_good", event.made_good, required);
    v.amount("from_reserve", event.from_reserve);
    v.amount("fee_returned", event.fee_returned);
    v.amount("fee_made_good", event.fee_made_good);
    v.amount("difference", event.difference);
}
inline void describe(Fields& v, PayoutMade& event) {
    v("payout", event.payout, required);
    v.amount("platform_fee", event.platform_fee);
    v.amount("tax", event.tax);
    v.amount("reserve", event.reserve);
    v.amount("net", event.net, required);
    v.amount("recouped", event.recouped);
    v("reference", event.reference);
}
inline void describe(Fields& v, ReserveReleased& event) {
    v("payout", event.payout, required);
    v.amount("amount", event.amount, required);
    v.amount("recouped", event.recouped);
}
inline void describe(Fields& v, PayoutReturned& event) {
    v("payout", event.payout, required);
    v.amount("amount", event.amount, required);
    v("reason", event.reason);
    v("reference", event.reference);
}
inline void describe(Fields& v, PayoutAdded& event) {
    v.amount("amount", event.amount, required);
}
inline void describe(Fields& v, Event& event) {
    v("at", event.at, required);
    v("cause", event.cause);
    v.digest("fingerprint", event.fingerprint);
    v.one_of("event", event.what);
}

}  // namespace crowdrules::detail
