// SPDX-License-Identifier: BSL-1.0
// Describe revenue: the fields of the terms and results of the revenue floor, each named once for the whole project.
// Borders of tiers are amounts or counts, whichever the tiers are counted in.
#pragma once

#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/revenue/waterfall.hpp>

#include <fees/describe.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace crowdrules::detail {

// Only Python has fields of these.
template <>
inline constexpr bool is_other<std::map<PayeeId, Money>> = true;
template <>
inline constexpr bool is_other<std::map<Deduction, Money>> = true;
template <>
inline constexpr bool is_other<std::pair<std::string, WaterfallPayment>> = true;

template <>
inline constexpr std::string_view alternative_name<Decimal> = "multiple";
template <>
inline constexpr std::string_view alternative_name<OffTheTop> = "off_the_top";
template <>
inline constexpr std::string_view alternative_name<Corridor> = "corridor";
template <>
inline constexpr std::string_view alternative_name<FixedClaim> = "fixed";
template <>
inline constexpr std::string_view alternative_name<ReturnOfCapital> = "return_of_capital";
template <>
inline constexpr std::string_view alternative_name<PreferredReturn> = "preferred_return";
template <>
inline constexpr std::string_view alternative_name<CatchUp> = "catch_up";
template <>
inline constexpr std::string_view alternative_name<Divide> = "divide";

// ---------------------------------------------------------------------------------- what holds amounts is made of some

template <>
inline SharePart blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing};
}
template <>
inline FeeTaken blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing};
}
template <>
inline SharedPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}, nothing, {}, nothing, {}};
}
template <>
inline SalesLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, 0, nothing};
}
template <>
inline RateSlice blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, 0, {}};
}
template <>
inline RoyaltyTerms blank(Currency currency) {
    return {currency, {}, {}};
}
template <>
inline Recoupable blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline RoyaltyLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {blank<SalesLine>(currency), nothing, {}, {}, false, {}};
}
template <>
inline AccountStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing};
}
template <>
inline RoyaltyStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, {}, nothing, nothing};
}
template <>
inline Corridor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline FixedClaim blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline WaterfallTerms blank(Currency currency) {
    return {currency, {}};
}
template <>
inline StepPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}};
}
template <>
inline WaterfallPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, {}};
}
template <>
inline std::pair<std::string, WaterfallPayment> blank(Currency currency) {
    return {{}, blank<WaterfallPayment>(currency)};
}
template <>
inline FundFlow blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline FundOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, {}};
}
template <>
inline NoteHolder blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline NotePeriod blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, nothing, nothing, nothing, nothing, {}, nothing, {}, {}};
}
template <>
inline DistributionTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {currency, nothing};
}
template <>
inline Withheld blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline PayeeStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, {}, {}, {}, {}, {}, nothing, {}, nothing, nothing, {}, {}};
}
template <>
inline Sponsor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline LumpTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline Match blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing, {}, {}};
}
template <>
inline QuadraticContribution blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing};
}
template <>
inline QuadraticTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline ProjectMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing, {}, nothing};
}
template <>
inline QuadraticOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline GoalMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, nothing};
}

// ------------------------------------------------------------------------------------------------ shares and royalties

inline void describe(Fields& v, Share& share) {
    v("payee", share.payee, required);
    v("weight", share.weight, required);
}
inline void describe(Fields& v, Recovery& recovery) {
    v("payee", recovery.payee);
}
inline void describe(Fields& v, RateTier& tier) {
    v.measured("up_to", tier.up_to);
    v("rate", tier.rate, required);
}
inline void describe(Fields& v, RateTerms& rate) {
    v("less", rate.less);
    v("basis", rate.basis);
    v.counted_in(rate.basis);
    v("tiers", rate.tiers, required);
    v("tiering", rate.tiering);
    v("counting", rate.counting);
    v("counter", rate.counter);
    v("per_unit", rate.per_unit);
    v("floor_per_unit", rate.floor_per_unit);
}
inline void describe(Fields& v, DatedRow<RateTerms>& row) {
    v("from", row.from, required);
    v("rate", row.value, required);
    v("citation", row.citation);
}
inline void describe(Fields& v, RoyaltyChannel& channel) {
    v("name", channel.name, required);
    v("rates", channel.rates, required);
    v("reserved", channel.reserved, stated);
}
inline void describe(Fields& v, ReturnsReserve& reserve) {
    v("rates", reserve.rates, required);
    v("released_after", reserve.released_after, stated);
    v("order", reserve.order);
    v("rounding", reserve.rounding, required);
    v("citation", reserve.citation);
}
inline void describe(Fields& v, Withholding& withholding) {
    v("source", withholding.source);
    v("rate", withholding.rate, required);
    v("rounding", withholding.rounding, stated);
    v("citation", withholding.citation);
}
inline void describe(Fields& v, BuyOut& buy_out) {
    v("until_period", buy_out.until_period, required);
    v("multiple", buy_out.multiple, required);
}

// --------------------------------------------------------------------------------------------------------------- share

inline void describe(Fields& v, TopFee& fee) {
    v("schedule", fee.schedule, required);
    v("payee", fee.payee, required);
    v("after", fee.after);
    v("level", fee.level);
}
inline void describe(Fields& v, SplitTerms& terms) {
    v("shares", terms.shares, required);
    v("totalling", terms.totalling);
    v("whole", terms.whole, stated);
    v("rest", terms.rest);
    v("fees", terms.fees);
    v("dividing", terms.dividing);
    v("split", terms.split, stated);
}
inline void describe(Fields& v, DatedRow<SplitTerms>& row) {
    v("from", row.from, required);
    v("value", row.value, required);
    v("citation", row.citation);
}
inline void describe(Fields& v, FeeTaken& fee) {
    v("name", fee.name, required);
    v("payee", fee.payee, required);
    v("base", fee.base, required);
    v("claim", fee.claim, required);
    v("paid", fee.paid, required);
    v("citation", fee.citation);
}
inline void describe(Fields& v, SharePart& part) {
    v("payee", part.payee, required);
    v("weight", part.weight, required);
    v("amount", part.amount, required);
    v("held", part.held);
}
inline void describe(Fields& v, SharedPayment& shared) {
    v("sold_on", shared.sold_on, required);
    v("payment", shared.payment, required);
    v("divided", shared.divided, required);
    v("parts", shared.parts, required);
    v("undivided", shared.undivided, required);
    v("fees", shared.fees);
    v("item", shared.item);
    v("in_force_from", shared.in_force_from, required);
    v("citation", shared.citation);
}

// ------------------------------------------------------------------------------------------------------------- royalty

inline void describe(Fields& v, SalesLine& sale) {
    v("work", sale.work, required);
    v("channel", sale.channel, required);
    v("sold_on", sale.sold_on, required);
    v("units", sale.units, required);
    v("gross", sale.gross, required);
    v("deductions", sale.deductions);
}
inline void describe(Fields& v, RoyaltyWork& work) {
    v("name", work.name, required);
    v("channels", work.channels, required);
}
inline void describe(Fields& v, RoyaltyAccount& account) {
    v("name", account.name, required);
    v("works", account.works, required);
    v("cap", account.cap);
}
inline void describe(Fields& v, RoyaltyTerms& terms) {
    v("currency", terms.currency, required);
    v("accounts", terms.accounts, required);
    v("rounding", terms.rounding, required);
    v("rounded", terms.rounded, stated);
    v("reserve", terms.reserve);
    v("guarantee", terms.guarantee);
}
inline void describe(Fields& v, Recoupable& recoupable) {
    v("name", recoupable.name, required);
    v("amount", recoupable.amount, required);
    v("recouped", recoupable.recouped, required);
}
inline void describe(Fields& v, RateSlice& slice) {
    v("base", slice.base, required);
    v("units", slice.units, required);
    v("rate", slice.rate, required);
}
inline void describe(Fields& v, RoyaltyLine& line) {
    v("sale", line.sale, required);
    v("base", line.base, required);
    v("slices", line.slices, required);
    v("earned", line.earned, required);
    v("at_floor", line.at_floor);
    v("rate_from", line.rate_from, required);
    v("citation", line.citation);
}
inline void describe(Fields& v, AccountStatement& statement) {
    v("account", statement.account, required);
    v("lines", statement.lines, required);
    v("carried_before", statement.carried_before, required);
    v("earned", statement.earned, required);
    v("above_cap", statement.above_cap, required);
    v("withheld", statement.withheld, required);
    v("released", statement.released, required);
    v("recouped", statement.recouped, required);
    v("unrecouped", statement.unrecouped, required);
    v("carried_after", statement.carried_after, required);
    v("payable", statement.payable, required);
}
inline void describe(Fields& v, RoyaltyStatement& statement) {
    v("period", statement.period, required);
    v("accounts", statement.accounts, required);
    v("top_up", statement.top_up, required);
    v("payable", statement.payable, required);
}

// ----------------------------------------------------------------------------------------------------------- waterfall

inline void describe(Fields& v, PreferredReturn& preferred) {
    v("rate", preferred.rate, required);
    v("compounding", preferred.compounding, stated);
    v("day_count", preferred.day_count);
    v("rounding", preferred.rounding, stated);
}
inline void describe(Fields& v, OffTheTop& claim) {
    v("rate", claim.rate, required);
    v("limit", claim.limit);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, Corridor& claim) {
    v("rate", claim.rate, required);
    v("from", claim.from, required);
    v("up_to", claim.up_to, required);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, FixedClaim& claim) {
    v("amount", claim.amount, required);
    v("premium", claim.premium);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields&, ReturnOfCapital&) {}
inline void describe(Fields& v, CatchUp& claim) {
    v("manager", claim.manager, required);
    v("carry", claim.carry, required);
    v("on", claim.on, required);
    v("reading", claim.reading);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, Hurdle& hurdle) {
    v("investors_have", hurdle.investors_have, required);
}
inline void describe(Fields& v, Divide& claim) {
    v("until", claim.until);
}
inline void describe(Fields& v, WaterfallStep& step) {
    v("name", step.name, required);
    v("claim", step.claim, required);
    v("to", step.to, required);
    v("citation", step.citation);
}
inline void describe(Fields& v, WaterfallTerms& terms) {
    v("currency", terms.currency, required);
    v("steps", terms.steps, required);
    v("investors", terms.investors);
}
inline void describe(Fields& v, StepPayment& payment) {
    v("step", payment.step, required);
    v("claim", payment.claim, required);
    v("paid", payment.paid, required);
    v("parts", payment.parts, required);
    v("citation", payment.citation);
}
inline void describe(Fields& v, WaterfallPayment& payment) {
    v("on", payment.on, required);
    v("received", payment.received, required);
    v("steps", payment.steps, required);
}
inline void describe(Fields& v, FundFlow& flow) {
    v("on", flow.on, required);
    v("deal", flow.deal, required);
    v("contributed", flow.contributed, required);
    v("received", flow.received, required);
}
inline void describe(Fields& v, Clawback& clawback) {
    v("manager", clawback.manager, required);
    v("carry", clawback.carry, required);
    v("preferred", clawback.preferred);
    v("rounding", clawback.rounding, stated);
}
inline void describe(Fields& v, FundOutcome& outcome) {
    v("payments", outcome.payments, required);
    v("paid", outcome.paid, required);
    v("carry_paid", outcome.carry_paid, required);
    v("carry_entitled", outcome.carry_entitled, required);
    v("lacking", outcome.lacking, required);
    v("clawback", outcome.clawback, required);
    v("returned", outcome.returned, required);
}

// ---------------------------------------------------------------------------------------------------------------- note

inline void describe(Fields& v, NoteHolder& holder) {
    v("payee", holder.payee, required);
    v("invested", holder.invested, required);
}
inline void describe(Fields& v, NoteTerms& terms) {
    v("holders", terms.holders, required);
    v("revenue_share", terms.revenue_share, required);
    v("multiple", terms.multiple, required);
    v("rounding", terms.rounding, required);
    v("grace_periods", terms.grace_periods);
    v("grace", terms.grace);
    v("misses_allowed", terms.misses_allowed);
    v("matures_after", terms.matures_after);
    v("buy_outs", terms.buy_outs);
    v("citation", terms.citation);
}
inline void describe(Fields& v, NotePeriod& period) {
    v("period", period.period, required);
    v("revenue", period.revenue, required);
    v("due", period.due, required);
    v("paid", period.paid, required);
    v("missed", period.missed, required);
    v("parts", period.parts, required);
    v("outstanding", period.outstanding, required);
    v("state", period.state, required);
    v("formula", period.formula, required);
    v("citation", period.citation);
}

// ------------------------------------------------------------------------------------------------------------ matching

inline void describe(Fields& v, Sponsor& sponsor) {
    v("payee", sponsor.payee, required);
    v("left", sponsor.left, required);
}
inline void describe(Fields& v, MatchTerms& terms) {
    v("factor", terms.factor, required);
    v("rounding", terms.rounding, required);
    v("per_contribution", terms.per_contribution);
    v("per_project", terms.per_project);
    v("contributions_per_backer", terms.contributions_per_backer);
    v("between_sponsors", terms.between_sponsors, stated);
    v("citation", terms.citation);
}
inline void describe(Fields& v, LumpTerms& terms) {
    v("lump", terms.lump, required);
    v("at_share", terms.at_share);
    v("at_amount", terms.at_amount);
    v("at_backers", terms.at_backers);
    v("between_sponsors", terms.between_sponsors, stated);
    v("citation", terms.citation);
}
inline void describe(Fields& v, Match& match) {
    v("project", match.project, required);
    v("asked", match.asked, required);
    v("matched", match.matched, required);
    v("limit", match.limit, required);
    v("parts", match.parts, required);
    v("citation", match.citation);
}
inline void describe(Fields& v, QuadraticContribution& contribution) {
    v("project", contribution.project, required);
    v("backer", contribution.backer, required);
    v("amount", contribution.amount, required);
}
inline void describe(Fields& v, QuadraticTerms& terms) {
    v("pool", terms.pool, required);
    v("saturation", terms.saturation);
    v("dust", terms.dust);
    v("cap", terms.cap);
    v("minimum", terms.minimum);
    v("root_digits", terms.root_digits, stated);
    v("weight_digits", terms.weight_digits, stated);
    v("alpha_digits", terms.alpha_digits, stated);
    v("citation", terms.citation);
}
inline void describe(Fields& v, ProjectMatch& match) {
    v("project", match.project, required);
    v("backers", match.backers, required);
    v("contributed", match.contributed, required);
    v("weight", match.weight, required);
    v("matched", match.matched, required);
    v("is_capped", match.is_capped);
}
inline void describe(Fields& v, QuadraticOutcome& outcome) {
    v("projects", outcome.projects, required);
    v("weight", outcome.weight, required);
    v("distributed", outcome.distributed, required);
    v("left", outcome.left, required);
    v("citation", outcome.citation);
}
inline void describe(Fields& v, GoalMatch& match) {
    v("donation", match.donation, required);
    v("promise", match.promise, required);
}

// -------------------------------------------------------------------------------------------------------- distribution

inline void describe(Fields& v, Payee& payee) {
    v("id", payee.id, required);
    v("name", payee.name, required);
    v("withholding", payee.withholding);
}
inline void describe(Fields& v, DistributionTerms& terms) {
    v("currency", terms.currency, required);
    v("minimum", terms.minimum, required);
    v("rule", terms.rule);
    v("hold", terms.hold);
    v("rounding", terms.rounding, stated);
    v("fee", terms.fee);
    v("higher_minimums", terms.higher_minimums);
}
inline void describe(Fields& v, Earning& earning) {
    v("payee", earning.payee, required);
    v("amount", earning.amount, required);
    v("sold_on", earning.sold_on, required);
    v("reference", earning.reference, required);
    v("kind", earning.kind);
    v("source", earning.source);
    v("rate", earning.rate);
}
inline void describe(Fields& v, Withheld& withheld) {
    v("rule", withheld.rule, required);
    v("base", withheld.base, required);
    v("amount", withheld.amount, required);
}
inline void describe(Fields& v, PayeeStatement& statement) {
    v("payee", statement.payee, required);
    v("name", statement.name, required);
    v("on", statement.on, required);
    v("opening", statement.opening, required);
    v("earned", statement.earned, required);
    v("taken_back", statement.taken_back, required);
    v("corrected", statement.corrected, required);
    v("on_hold", statement.on_hold, required);
    v("gross", statement.gross, required);
    v("withheld", statement.withheld, required);
    v("fee", statement.fee, required);
    v("paid", statement.paid, required);
    v("carried", statement.carried, required);
    v("reason", statement.reason, required);
}

}  // namespace crowdrules::detail
