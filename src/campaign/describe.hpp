// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of terms, commands and events, each named once for the whole project. Here are those of terms
// and of what they are made of; describe_command.hpp and describe_event.hpp have the rest.
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
//   v.counted_in(measure)      the same, by a measure that is no field
//   v.digest(name, bits)       64 bits that are no number
//   v.one_of(name, variant)    which alternative it is, under `name`, with that alternative's fields beside it
//
// A visitor for which a number is a number inherits from PlainFields and answers v(name, field) and v.one_of. Visitors
// live in this namespace, where their calls of describe find these functions.
#pragma once

#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/ledger/account.hpp>

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
inline constexpr ChargeTiming last_of<ChargeTiming> = ChargeTiming::when_ready;
template <>
inline constexpr AccountRule last_of<AccountRule> = AccountRule::not_counted;
template <>
inline constexpr MeansBasis last_of<MeansBasis> = MeansBasis::greater;
template <>
inline constexpr DisputeReason last_of<DisputeReason> = DisputeReason::reward;
template <>
inline constexpr Bearer last_of<Bearer> = Bearer::platform;
template <>
inline constexpr PartialRefundFee last_of<PartialRefundFee> = PartialRefundFee::recomputed;
template <>
inline constexpr RefundItem last_of<RefundItem> = RefundItem::shipping;
template <>
inline constexpr Account last_of<Account> = Account::members;
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

/// For visitors that look at values and do not care what they are counted in.
template <class Visitor>
struct PlainFields {
    void amount(std::string_view name, auto& minor, Presence = {}) { self()(name, minor); }
    void measured(std::string_view name, auto& count, Presence = {}) { self()(name, count); }
    void measure(std::string_view name, auto& what, Presence = {}) { self()(name, what); }
    void currency(std::string_view name, auto& what, Presence = {}) { self()(name, what); }
    void counted_in(Measure) {}
    void digest(std::string_view name, auto& bits) { self()(name, bits); }

  private:
    Visitor& self() { return static_cast<Visitor&>(*this); }
};

/// A field that a command got later. Visitors that pass over it while it is empty (the fingerprint) find commands
/// without it as they were before.
template <class V, class Field>
void added(V& v, std::string_view name, Field& field) {
    if constexpr (requires { V::passes_over_empty; }) {
        if (field == std::remove_const_t<Field>{}) return;
    }
    v(name, field);
}

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
void describe(V& v, Of<IdentityGuard> auto& identity) {
    v("creator_before_pledges", identity.creator_before_pledges);
    v("creator_before_payout", identity.creator_before_payout);
    v.amount("backers_from", identity.backers_from);
    v("rewards", identity.rewards);
}
template <class V>
void describe(V& v, Of<MeansTest> auto& test) {
    v("basis", test.basis, stated);
    v.amount("threshold", test.threshold, required);
    v("share_below", test.share_below, required);
    v.amount("least_below", test.least_below);
    v("share_from", test.share_from, required);
    v.amount("most_from", test.most_from, required);
}
template <class V>
void describe(V& v, Of<PersonClass> auto& people) {
    v("name", people.name, required);
    v.amount("per_campaign", people.per_campaign);
    v.amount("per_issuer", people.per_issuer);
    v.amount("in_all", people.in_all);
    v("by_means", people.by_means);
}
template <class V>
void describe(V& v, Of<PersonLimits> auto& limits) {
    v("window", limits.window, stated);
    v("classes", limits.classes, required);
}
template <class V>
void describe(V& v, Of<Guards> auto& guards) {
    v("identity", guards.identity);
    v("creators_own", guards.creators_own);
    v("related", guards.related);
    v("person", guards.person);
    v("named_deciders", guards.named_deciders);
}
template <class V>
void describe(V& v, Of<Giver> auto& giver) {
    v("class", giver.of_class, required);
    v.amount("annual_income", giver.annual_income);
    v.amount("net_worth", giver.net_worth);
    v.amount("given_to_issuer", giver.given_to_issuer);
    v.amount("given_in_all", giver.given_in_all);
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
    v("guards", terms.guards);
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

}  // namespace crowdrules::detail
