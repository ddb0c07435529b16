// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of terms, commands and events, each named once for the whole project.
//
//   template <class V> void describe(V& v, Of<FeeBand> auto& band) { v.amount("from", band.from); ... }
//
// Whoever goes over all fields (a reader or writer of text, the fingerprint of a command) is a visitor and gets every
// field with its name. Calls that a visitor answers:
//
//   v(name, field)             text, numbers, flags, ids, times, enumerations, and anything that has its own describe,
//                              also inside optional, vector and map
//   v.amount(name, minor)      minor units of the campaign's currency
//   v.measured(name, count)    a count in the measure named last, here or in the struct around it
//   v.measure(name, measure), v.currency(name, currency)   what the two above are counted in from here on
//   v.digest(name, bits)       64 bits that are no number
//   v.one_of(name, variant)    which alternative it is, under `name`, with that alternative's fields beside it
//
// A visitor for which a number is a number inherits from PlainFields and answers v(name, field) and v.one_of. Visitors
// live in this namespace, where their calls of describe find these functions.
#pragma once

#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/event.hpp>
#include <crowdrules/campaign/terms.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace crowdrules::detail {

/// Whether a text must or may hold a field.
enum class Presence : std::uint8_t {
    optional,  ///< empty (0, false, "", none, the first of an enumeration) when it is left out, and left out when empty
    stated,    ///< has another default than empty, so it is always written
    required,  ///< must be there
};
inline constexpr Presence stated = Presence::stated;
inline constexpr Presence required = Presence::required;

/// A `Struct`, const or not.
template <class T, class Struct>
concept Of = std::same_as<std::remove_const_t<T>, Struct>;

/// The last enumerator of each enumeration, so that all can be gone through; what each is called is its to_text.
template <class Enum>
extern const Enum last_of;
template <>
inline constexpr Measure last_of<Measure> = Measure::units;
template <>
inline constexpr Counted last_of<Counted> = Counted::collected;
template <>
inline constexpr Judged last_of<Judged> = Judged::after_collection;
template <>
inline constexpr Miss last_of<Miss> = Miss::keep;
template <>
inline constexpr CapReached last_of<CapReached> = CapReached::closes_when_full;
template <>
inline constexpr Ships last_of<Ships> = Ships::anywhere;
template <>
inline constexpr StretchBasis last_of<StretchBasis> = StretchBasis::net;
template <>
inline constexpr ClockWhilePaused last_of<ClockWhilePaused> = ClockWhilePaused::stops;
template <>
inline constexpr ChargeTiming last_of<ChargeTiming> = ChargeTiming::at_pledge;
template <>
inline constexpr DisputeReason last_of<DisputeReason> = DisputeReason::reward;
template <>
inline constexpr Bearer last_of<Bearer> = Bearer::platform;
template <>
inline constexpr PartialRefundFee last_of<PartialRefundFee> = PartialRefundFee::recomputed;
template <>
inline constexpr RefundItem last_of<RefundItem> = RefundItem::shipping;
template <>
inline constexpr Account last_of<Account> = Account::tax;
template <>
inline constexpr RoundingMode last_of<RoundingMode> = RoundingMode::floor;
template <>
inline constexpr Spare last_of<Spare> = Spare::sequential;
template <>
inline constexpr Evidence last_of<Evidence> = Evidence::agreed;
template <>
inline constexpr Banding last_of<Banding> = Banding::marginal;
template <>
inline constexpr MonthEnd last_of<MonthEnd> = MonthEnd::overflow;
template <>
inline constexpr ClosingInstant last_of<ClosingInstant> = ClosingInstant::included;

template <class Enum>
[[nodiscard]] std::string_view enumerator_name(Enum value) noexcept {
    return to_text(value);
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Banding value) noexcept {
    return value == Banding::whole ? "whole" : "marginal";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(MonthEnd value) noexcept {
    return value == MonthEnd::clamp ? "clamp" : "overflow";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(ClosingInstant value) noexcept {
    return value == ClosingInstant::excluded ? "excluded" : "included";
}

/// What each alternative of a variant is called.
template <class Alternative>
extern const std::string_view alternative_name;
template <>
inline constexpr std::string_view alternative_name<UpgradeRewards> = "upgrade_rewards";
template <>
inline constexpr std::string_view alternative_name<OpenAddOn> = "open_add_on";
template <>
inline constexpr std::string_view alternative_name<AddStock> = "add_stock";
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

/// For visitors that look at values and do not care what they are counted in.
template <class Visitor>
struct PlainFields {
    void amount(std::string_view name, auto& minor, Presence = {}) { self()(name, minor); }
    void measured(std::string_view name, auto& count, Presence = {}) { self()(name, count); }
    void measure(std::string_view name, auto& what, Presence = {}) { self()(name, what); }
    void currency(std::string_view name, auto& what, Presence = {}) { self()(name, what); }
    void digest(std::string_view name, auto& bits) { self()(name, bits); }

  private:
    Visitor& self() { return static_cast<Visitor&>(*this); }
};

// ------------------------------------------------------------------------------------------ time, money, where written

template <class V>
void describe(V& v, Of<Window> auto& window) {
    v("opens", window.opens, required);
    v("closes", window.closes, stated);
    v("closing", window.closing);
}
template <class V>
void describe(V& v, Of<Cadence> auto& cadence) {
    v("every", cadence.every);
    v("months", cadence.months);
    v("month_end", cadence.month_end);
}
template <class V>
void describe(V& v, Of<Rounding> auto& rounding) {
    v("mode", rounding.mode, required);
    v("step", rounding.step, stated);
}
template <class V>
void describe(V& v, Of<Citation> auto& citation) {
    v("source", citation.source);
    v("read", citation.read);
    v("evidence", citation.evidence, stated);
}

// ---------------------------------------------------------------------------------------------------- fees, settlement

template <class V>
void describe(V& v, Of<FeeBand> auto& band) {
    v.amount("from", band.from);
    v("rate", band.rate);
    v.amount("fixed", band.fixed);
}
template <class V>
void describe(V& v, Of<FeeTax> auto& tax) {
    v("rate", tax.rate, required);
    v("rounding", tax.rounding, required);
    v("included", tax.included);
    v("citation", tax.citation);
}
template <class V>
void describe(V& v, Of<FeeSchedule> auto& schedule) {
    v("name", schedule.name);
    v("bands", schedule.bands);
    v("banding", schedule.banding);
    v.amount("minimum", schedule.minimum);
    v.amount("maximum", schedule.maximum);
    v("rounding", schedule.rounding, required);
    v("tax", schedule.tax);
    v("citation", schedule.citation);
}
template <class V>
void describe(V& v, Of<CampaignFees> auto& fees) {
    v("platform", fees.platform);
    v("platform_on_miss", fees.platform_on_miss);
    v("processing", fees.processing);
}
template <class V>
void describe(V& v, Of<ChargePlan> auto& plan) {
    v("timing", plan.timing);
    v("retry_window", plan.retry_window);
    v("remind_every", plan.remind_every);
}
template <class V>
void describe(V& v, Of<InstalmentPlan> auto& plan) {
    v("count", plan.count, stated);
    v("first_after", plan.first_after);
    v("cadence", plan.cadence, stated);
    v.amount("minimum", plan.minimum);
    v("spare", plan.spare);
    v("retry_first", plan.retry_first);
    v("retry_later", plan.retry_later);
}
template <class V>
void describe(V& v, Of<LatePledges> auto& late) {
    v("open_for", late.open_for);
}
template <class V>
void describe(V& v, Of<PayoutPlan> auto& plan) {
    v("first_after", plan.first_after);
    v("later_first_after", plan.later_first_after);
    v("later_every", plan.later_every);
    v("later_cut_off", plan.later_cut_off);
}
template <class V>
void describe(V& v, Of<ReservePlan> auto& plan) {
    v("rate", plan.rate, required);
    v.amount("trigger", plan.trigger);
    v("held_for", plan.held_for);
    v("rounding", plan.rounding, required);
}
template <class V>
void describe(V& v, Of<RefundPolicy> auto& policy) {
    v("fees_returned_before_payout", policy.fees_returned_before_payout, stated);
    v("partial", policy.partial);
    v("backer_may_claim_while_live", policy.backer_may_claim_while_live);
}
template <class V>
void describe(V& v, Of<DisputePolicy> auto& policy) {
    v("fraud", policy.fraud, stated);
    v("reward", policy.reward, stated);
}

// --------------------------------------------------------------------------------------------------------------- terms

template <class V>
void describe(V& v, Of<SecondRound> auto& round) {
    v.measured("optimum", round.optimum);
    v("lasts", round.lasts, required);
}
template <class V>
void describe(V& v, Of<Cap> auto& cap) {
    v.measured("at", cap.at, required);
    v("when_reached", cap.when_reached);
}
template <class V>
void describe(V& v, Of<FundingModel> auto& model) {
    v.measure("measure", model.measure);
    v.measured("goal", model.goal);
    v("share", model.share, stated);
    v("counts", model.counts);
    v("shipping_counts", model.shipping_counts, stated);
    v("judged", model.judged);
    v("miss", model.miss);
    v("second_round", model.second_round);
    v("cap", model.cap);
}
template <class V>
void describe(V& v, Of<PledgeLimits> auto& limits) {
    v.amount("minimum", limits.minimum);
    v.amount("maximum", limits.maximum);
    v("one_per_backer", limits.one_per_backer, stated);
    v("reward_required", limits.reward_required);
    v("locked_before_end", limits.locked_before_end);
}
template <class V>
void describe(V& v, Of<ShippingRate> auto& rate) {
    v("destination", rate.destination, required);
    v.amount("cost", rate.cost);
}
template <class V>
void describe(V& v, Of<Shipping> auto& shipping) {
    v("ships", shipping.ships);
    v("rates", shipping.rates);
}
template <class V>
void describe(V& v, Of<Reward> auto& reward) {
    v("name", reward.name, required);
    v.amount("minimum", reward.minimum);
    v.amount("late_price", reward.late_price);
    v("quantity", reward.quantity);
    v("available", reward.available);
    v("shipping", reward.shipping);
    v("units", reward.units, stated);
    v("hidden", reward.hidden);
    v("late", reward.late, stated);
}
template <class V>
void describe(V& v, Of<AddOn> auto& add_on) {
    v("name", add_on.name, required);
    v.amount("price", add_on.price);
    v.amount("late_price", add_on.late_price);
    v("per_backer", add_on.per_backer, stated);
    v("quantity", add_on.quantity);
    v("available", add_on.available);
    v("shipping", add_on.shipping);
    v("units", add_on.units);
    v("only_with", add_on.only_with);
    v("locked", add_on.locked);
    v("late", add_on.late, stated);
}
template <class V>
void describe(V& v, Of<UpgradeRewards> auto& effect) {
    v("rewards", effect.rewards);
    v("what", effect.what);
}
template <class V>
void describe(V& v, Of<OpenAddOn> auto& effect) {
    v("add_on", effect.add_on, required);
}
template <class V>
void describe(V& v, Of<AddStock> auto& effect) {
    v("reward", effect.reward, required);
    v("count", effect.count, required);
}
template <class V>
void describe(V& v, Of<StretchGoal> auto& goal) {
    v("name", goal.name, required);
    v.measure("measure", goal.measure);
    v.measured("at", goal.at, required);
    v("basis", goal.basis);
    v("kept", goal.kept, stated);
    v.one_of("effect", goal.effect);
}
template <class V>
void describe(V& v, Of<Terms> auto& terms) {
    v("title", terms.title);
    v("pack", terms.pack);
    v("zone_database", terms.zone_database);
    v.currency("currency", terms.currency, required);
    v("model", terms.model);
    v("window", terms.window, required);
    v("may_extend", terms.may_extend);
    v("may_close_early", terms.may_close_early);
    v("paused_clock", terms.paused_clock);
    v("limits", terms.limits);
    v("rewards", terms.rewards);
    v("add_ons", terms.add_ons);
    v("stretch_goals", terms.stretch_goals);
    v("charges", terms.charges);
    v("instalments", terms.instalments);
    v("late_pledges", terms.late_pledges);
    v("fees", terms.fees);
    v("payouts", terms.payouts);
    v("reserve", terms.reserve);
    v("refunds", terms.refunds);
    v("disputes", terms.disputes);
    v("sources", terms.sources);
}

// ------------------------------------------------------------------------------------------------------------- pledges

template <class V>
void describe(V& v, Of<AddOnChoice> auto& choice) {
    v("add_on", choice.add_on, required);
    v("count", choice.count, stated);
}
template <class V>
void describe(V& v, Of<PledgeChoice> auto& choice) {
    v("reward", choice.reward);
    v("add_ons", choice.add_ons);
    v("ship_to", choice.ship_to);
    v("amount", choice.amount, required);
    v("by_link", choice.by_link);
    v("in_instalments", choice.in_instalments);
}

// ------------------------------------------------------------------------------------------------------------ commands

template <class V>
void describe(V& v, Of<PauseCampaign> auto& command) {
    v("reason", command.reason);
}
template <class V>
void describe(V&, Of<ResumeCampaign> auto&) {}
template <class V>
void describe(V& v, Of<CancelCampaign> auto& command) {
    v("reason", command.reason);
}
template <class V>
void describe(V& v, Of<SuspendCampaign> auto& command) {
    v("reason", command.reason);
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
}
template <class V>
void describe(V& v, Of<ChangePledge> auto& command) {
    v("pledge", command.pledge, required);
    describe(v, command.choice);
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

// -------------------------------------------------------------------------------------------------------------- events

template <class V>
void describe(V& v, Of<CampaignLaunched> auto& event) {
    v("terms", event.terms, required);
}
template <class V>
void describe(V& v, Of<CampaignPaused> auto& event) {
    v("reason", event.reason);
}
template <class V>
void describe(V& v, Of<CampaignResumed> auto& event) {
    v("closes", event.closes, stated);
}
template <class V>
void describe(V& v, Of<CampaignCancelled> auto& event) {
    v("reason", event.reason);
}
template <class V>
void describe(V& v, Of<CampaignSuspended> auto& event) {
    v("reason", event.reason);
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
