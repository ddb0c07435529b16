// SPDX-License-Identifier: BSL-1.0
// Describe event: what each event is called, and its fields. See describe.hpp.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include "describe.hpp"

namespace crowdrules::detail {

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

template <class V>
void describe(V& v, Of<CampaignLaunched> auto& event) {
    v("terms", event.terms, required);
}
template <class V>
void describe(V& v, Of<CampaignPaused> auto& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<CampaignResumed> auto& event) {
    v("closes", event.closes, stated);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<CampaignCancelled> auto& event) {
    v("reason", event.reason);
}
template <class V>
void describe(V& v, Of<CampaignSuspended> auto& event) {
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<DeadlineExtended> auto& event) {
    v("closes", event.closes, required);
}
template <class V>
void describe(V& v, Of<RoundWon> auto& event) {
    v.measured("counted", event.counted, required);
    v("closes", event.closes, required);
}
template <class V>
void describe(V& v, Of<CollectionStarted> auto& event) {
    v.measured("counted", event.counted, required);
}
template <class V>
void describe(V& v, Of<CampaignSucceeded> auto& event) {
    v.measured("counted", event.counted, required);
    v("goal_missed", event.goal_missed);
}
template <class V>
void describe(V&, Of<CampaignClosed> auto&) {}
template <class V>
void describe(V& v, Of<CampaignFailed> auto& event) {
    v.measured("counted", event.counted, required);
}
template <class V>
void describe(V&, Of<LatePledgesClosed> auto&) {}
template <class V>
void describe(V&, Of<ReadyToShip> auto&) {}
template <class V>
void describe(V& v, Of<IdentityVerified> auto& event) {
    v("backer", event.backer);
    v("what", event.what, required);
    v("until", event.until);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<AccountsRelated> auto& event) {
    v("account", event.account, required);
    v("to", event.to);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("uncounted", event.uncounted);
}
template <class V>
void describe(V& v, Of<ClaimRaised> auto& event) {
    v("claim", event.claim, required);
    v("claimant", event.claimant, required);
    v("on", event.on, required);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<ClaimDismissed> auto& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
template <class V>
void describe(V& v, Of<ClaimUpheld> auto& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("to_platform", event.to_platform);
}
template <class V>
void describe(V& v, Of<RewardAdded> auto& event) {
    describe(v, event.reward);
}
template <class V>
void describe(V& v, Of<RewardChanged> auto& event) {
    v("reward", event.reward, required);
    v("becomes", event.becomes, required);
}
template <class V>
void describe(V& v, Of<RewardRemoved> auto& event) {
    v("reward", event.reward, required);
}
template <class V>
void describe(V& v, Of<AddOnAdded> auto& event) {
    describe(v, event.add_on);
}
template <class V>
void describe(V& v, Of<AddOnChanged> auto& event) {
    v("add_on", event.add_on, required);
    v("becomes", event.becomes, required);
}
template <class V>
void describe(V& v, Of<AddOnRemoved> auto& event) {
    v("add_on", event.add_on, required);
}
template <class V>
void describe(V& v, Of<StretchGoalReached> auto& event) {
    v("goal", event.goal, required);
}
template <class V>
void describe(V& v, Of<StretchGoalLost> auto& event) {
    v("goal", event.goal, required);
}
template <class V>
void describe(V& v, Of<PledgeMade> auto& event) {
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
template <class V>
void describe(V& v, Of<PledgeChanged> auto& event) {
    v("pledge", event.pledge, required);
    v("reward", event.reward);
    v.amount("amount", event.amount, required);
    v.amount("shipping", event.shipping);
    v("add_ons", event.add_ons);
    v("ship_to", event.ship_to);
    v("in_instalments", event.in_instalments);
}
template <class V>
void describe(V& v, Of<PledgeCancelled> auto& event) {
    v("pledge", event.pledge, required);
}
template <class V>
void describe(V& v, Of<ChargeCollected> auto& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v.amount("fee", event.fee, required);
    v.amount("tax", event.tax);
    v("instalment", event.instalment, stated);
}
template <class V>
void describe(V& v, Of<ChargeFailed> auto& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
}
template <class V>
void describe(V& v, Of<PledgeDropped> auto& event) {
    v("pledge", event.pledge, required);
}
template <class V>
void describe(V& v, Of<PledgeRefunded> auto& event) {
    v("pledge", event.pledge, required);
    v("payout", event.payout);
    v("item", event.item);
    v.amount("cancelled", event.cancelled);
    v.amount("amount", event.amount, required);
    v.amount("fee_returned", event.fee_returned);
    v.amount("tax_returned", event.tax_returned);
    v.amount("from_reserve", event.from_reserve);
    v("from", event.from, required);
}
template <class V>
void describe(V& v, Of<DisputeOpened> auto& event) {
    v("pledge", event.pledge, required);
    v("instalment", event.instalment, stated);
    v.amount("amount", event.amount, required);
    v("held_from", event.held_from, required);
    v("reason", event.reason, required);
}
template <class V>
void describe(V& v, Of<DisputeWon> auto& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("returns_to", event.returns_to, required);
}
template <class V>
void describe(V& v, Of<DisputeLost> auto& event) {
    v("pledge", event.pledge, required);
    v.amount("amount", event.amount, required);
    v("bearer", event.bearer, required);
    v("made_good", event.made_good, required);
    v.amount("from_reserve", event.from_reserve);
}
template <class V>
void describe(V& v, Of<PayoutMade> auto& event) {
    v("payout", event.payout, required);
    v.amount("platform_fee", event.platform_fee);
    v.amount("tax", event.tax);
    v.amount("reserve", event.reserve);
    v.amount("net", event.net, required);
}
template <class V>
void describe(V& v, Of<ReserveReleased> auto& event) {
    v("payout", event.payout, required);
    v.amount("amount", event.amount, required);
}
template <class V>
void describe(V& v, Of<Event> auto& event) {
    v("at", event.at, required);
    v("cause", event.cause);
    v.digest("fingerprint", event.fingerprint);
    v.one_of("event", event.what);
}

}  // namespace crowdrules::detail
