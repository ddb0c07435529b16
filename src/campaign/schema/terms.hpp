// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of terms and of what they are made of, each named once for the whole project (schema/fields.hpp
// says how). describe_command.hpp and describe_event.hpp have those of commands and events.
#pragma once

#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/campaign/terms.hpp>

#include <settlement/describe.hpp>
#include <string_view>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<campaign::Terms>() noexcept;

template <>
inline constexpr std::string_view alternative_name<campaign::UpgradeRewards> = "upgrade_rewards";
template <>
inline constexpr std::string_view alternative_name<campaign::OpenAddOn> = "open_add_on";
template <>
inline constexpr std::string_view alternative_name<campaign::AddStock> = "add_stock";

// ---------------------------------------------------------------------------------------------- fees and late pledges

inline void describe(Fields& v, campaign::Fees& fees) {
    v("platform", fees.platform);
    v("platform_on_miss", fees.platform_on_miss);
    v("processing", fees.processing);
    v("methods", fees.methods);
}
inline void describe(Fields& v, campaign::Supplements& supplements) {
    v("platform", supplements.platform);
    v("processing", supplements.processing);
}
inline void describe(Fields& v, campaign::LatePledges& late) {
    v("open_for", late.open_for, any_length);
}

// --------------------------------------------------------------------------------------------------------------- terms

inline void describe(Fields& v, campaign::SecondRound& round) {
    v.measured("optimum", round.optimum);
    v("lasts", round.lasts, required, some_length);
}
inline void describe(Fields& v, campaign::Cap& cap) {
    v.measured("at", cap.at, required);
    v("when_reached", cap.when_reached);
    v("above", cap.above);
}
inline void describe(Fields& v, campaign::FundingModel& model) {
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
inline void describe(Fields& v, campaign::PledgeLimits& limits) {
    v.amount("minimum", limits.minimum, from_zero);
    v.amount("maximum", limits.maximum, from_one);
    v("one_per_backer", limits.one_per_backer, stated);
    v("reward_required", limits.reward_required);
    v("locked_before_end", limits.locked_before_end, any_length);
}
inline void describe(Fields& v, campaign::ShippingRate& rate) {
    v("destination", rate.destination, required);
    v.amount("cost", rate.cost, from_zero);
}
inline void describe(Fields& v, campaign::Shipping& shipping) {
    v("ships", shipping.ships);
    v("rates", shipping.rates);
}
inline void describe(Fields& v, campaign::Reward& reward) {
    v("name", reward.name, required);
    v.amount("minimum", reward.minimum, from_zero);
    v.amount("late_price", reward.late_price, from_zero);
    v("quantity", reward.quantity);
    v("available", reward.available);
    v("shipping", reward.shipping);
    v("units", reward.units, stated);
    v("hidden", reward.hidden);
    v("late", reward.late, stated);
}
inline void describe(Fields& v, campaign::AddOn& add_on) {
    v("name", add_on.name, required);
    v.amount("price", add_on.price, from_zero);
    v.amount("late_price", add_on.late_price, from_zero);
    v("per_backer", add_on.per_backer, stated, from_one);
    v("quantity", add_on.quantity);
    v("available", add_on.available);
    v("shipping", add_on.shipping);
    v("units", add_on.units);
    v("only_with", add_on.only_with);
    v("locked", add_on.locked);
    v("late", add_on.late, stated);
}
inline void describe(Fields& v, campaign::UpgradeRewards& effect) {
    v("rewards", effect.rewards);
    v("what", effect.what);
}
inline void describe(Fields& v, campaign::OpenAddOn& effect) {
    v("add_on", effect.add_on, required);
}
inline void describe(Fields& v, campaign::AddStock& effect) {
    v("reward", effect.reward, required);
    v("count", effect.count, required);
}
inline void describe(Fields& v, campaign::StretchGoal& goal) {
    v("name", goal.name, required);
    v.measure("measure", goal.measure);
    v.measured("at", goal.at, required);
    v("basis", goal.basis);
    v("kept", goal.kept, stated);
    v.one_of("effect", goal.effect);
}
inline void describe(Fields& v, campaign::LineRule& rule) {
    v("name", rule.name, required);
    v("payee", rule.payee, stated);
    v("counts", rule.counts, stated);
    v("bears_platform_fee", rule.bears_platform_fee, stated);
    v("bears_processing_fee", rule.bears_processing_fee, stated);
    v("kept", rule.kept);
    v("rounding", rule.rounding, stated);
}
inline void describe(Fields& v, campaign::IdentityGuard& identity) {
    v("creator_before_pledges", identity.creator_before_pledges);
    v("creator_before_payout", identity.creator_before_payout);
    v.amount("backers_from", identity.backers_from, from_zero);
    v("rewards", identity.rewards);
}
inline void describe(Fields& v, campaign::MeansTest& test) {
    v("basis", test.basis, stated);
    v.amount("threshold", test.threshold, required, from_zero);
    v("share_below", test.share_below, required, part_of_all);
    v.amount("least_below", test.least_below, from_zero);
    v("share_from", test.share_from, required, part_of_all);
    v.amount("most_from", test.most_from, required, from_zero);
}
inline void describe(Fields& v, campaign::PersonClass& people) {
    v("name", people.name, required);
    v.amount("per_campaign", people.per_campaign, from_zero);
    v.amount("per_issuer", people.per_issuer, from_zero);
    v.amount("in_all", people.in_all, from_zero);
    v("by_means", people.by_means);
}
inline void describe(Fields& v, campaign::PersonLimits& limits) {
    v("window", limits.window, stated);
    v("classes", limits.classes, required);
}
inline void describe(Fields& v, campaign::Guards& guards) {
    v("identity", guards.identity);
    v("creators_own", guards.creators_own);
    v("related", guards.related);
    v("person", guards.person);
    v("named_deciders", guards.named_deciders);
}
inline void describe(Fields& v, campaign::Giver& giver) {
    v("class", giver.of_class, required);
    v.amount("annual_income", giver.annual_income);
    v.amount("net_worth", giver.net_worth);
    v.amount("given_to_issuer", giver.given_to_issuer);
    v.amount("given_in_all", giver.given_in_all);
}
inline void describe(Fields& v, campaign::Terms& terms) {
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
    v("lines", terms.lines);
    v("charges", terms.charges);
    v("instalments", terms.instalments);
    v("late_pledges", terms.late_pledges);
    v("supplements", terms.supplements);
    v("fees", terms.fees);
    v("payouts", terms.payouts);
    v("reserve", terms.reserve);
    v("refunds", terms.refunds);
    v("disputes", terms.disputes);
    v("guards", terms.guards);
    v("sources", terms.sources);
}

// ------------------------------------------------------------------------------------------------------------- pledges

inline void describe(Fields& v, campaign::AddOnChoice& choice) {
    v("add_on", choice.add_on, required);
    v("count", choice.count, stated);
}
inline void describe(Fields& v, campaign::LineChoice& choice) {
    v("line", choice.line, required);
    v("amount", choice.amount);
    v("rate", choice.rate);
    v("included", choice.included);
}
inline void describe(Fields& v, campaign::LineAmount& line) {
    v("line", line.line, required);
    v.amount("amount", line.amount, required);
    v("account", line.account, stated);
}
inline void describe(Fields& v, campaign::PledgeChoice& choice) {
    v("reward", choice.reward);
    v("add_ons", choice.add_ons);
    v("ship_to", choice.ship_to);
    v("amount", choice.amount, required);
    v("by_link", choice.by_link);
    v("in_instalments", choice.in_instalments);
    v("quantity", choice.quantity, stated);
    v("lines", choice.lines);
}

}  // namespace crowdrules::detail
