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
inline constexpr bool is_other<std::map<revenue::PayeeId, Money>> = true;
template <>
inline constexpr bool is_other<std::map<revenue::Deduction, Money>> = true;
template <>
inline constexpr bool is_other<std::pair<std::string, revenue::WaterfallPayment>> = true;

template <>
inline constexpr std::string_view alternative_name<Decimal> = "multiple";
template <>
inline constexpr std::string_view alternative_name<revenue::OffTheTop> = "off_the_top";
template <>
inline constexpr std::string_view alternative_name<revenue::Corridor> = "corridor";
template <>
inline constexpr std::string_view alternative_name<revenue::FixedClaim> = "fixed";
template <>
inline constexpr std::string_view alternative_name<revenue::ReturnOfCapital> = "return_of_capital";
template <>
inline constexpr std::string_view alternative_name<revenue::PreferredReturn> = "preferred_return";
template <>
inline constexpr std::string_view alternative_name<revenue::CatchUp> = "catch_up";
template <>
inline constexpr std::string_view alternative_name<revenue::Divide> = "divide";

// ---------------------------------------------------------------------------------- what holds amounts is made of some

template <>
inline revenue::SharePart blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing};
}
template <>
inline revenue::FeeTaken blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing};
}
template <>
inline revenue::SharedPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}, nothing, {}, nothing, {}};
}
template <>
inline revenue::SalesLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, 0, nothing};
}
template <>
inline revenue::RateSlice blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, 0, {}};
}
template <>
inline revenue::RoyaltyTerms blank(Currency currency) {
    return {currency, {}, {}};
}
template <>
inline revenue::Recoupable blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline revenue::RoyaltyLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {blank<revenue::SalesLine>(currency), nothing, {}, {}, false, {}};
}
template <>
inline revenue::AccountStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing};
}
template <>
inline revenue::RoyaltyStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, {}, nothing, nothing};
}
template <>
inline revenue::Corridor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline revenue::FixedClaim blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline revenue::WaterfallTerms blank(Currency currency) {
    return {currency, {}};
}
template <>
inline revenue::StepPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}};
}
template <>
inline revenue::WaterfallPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, {}};
}
template <>
inline std::pair<std::string, revenue::WaterfallPayment> blank(Currency currency) {
    return {{}, blank<revenue::WaterfallPayment>(currency)};
}
template <>
inline revenue::FundFlow blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline revenue::FundOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, {}};
}
template <>
inline revenue::NoteHolder blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline revenue::NotePeriod blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, nothing, nothing, nothing, nothing, {}, nothing, {}, {}};
}
template <>
inline revenue::DistributionTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {currency, nothing};
}
template <>
inline revenue::Withheld blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline revenue::PayeeStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, {}, {}, {}, {}, {}, nothing, {}, nothing, nothing, {}, {}};
}
template <>
inline revenue::Sponsor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline revenue::LumpTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline revenue::Match blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing, {}, {}};
}
template <>
inline revenue::QuadraticContribution blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing};
}
template <>
inline revenue::QuadraticTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline revenue::ProjectMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing, {}, nothing};
}
template <>
inline revenue::QuadraticOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline revenue::GoalMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, nothing};
}

// ------------------------------------------------------------------------------------------------ shares and royalties

inline void describe(Fields& v, revenue::Share& share) {
    v("payee", share.payee, required);
    v("weight", share.weight, required);
}
inline void describe(Fields& v, revenue::Recovery& recovery) {
    v("payee", recovery.payee);
}
inline void describe(Fields& v, revenue::RateTier& tier) {
    v.measured("up_to", tier.up_to);
    v("rate", tier.rate, required);
}
inline void describe(Fields& v, revenue::RateTerms& rate) {
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
inline void describe(Fields& v, DatedRow<revenue::RateTerms>& row) {
    v("from", row.from, required);
    v("rate", row.value, required);
    v("citation", row.citation);
}
inline void describe(Fields& v, revenue::RoyaltyChannel& channel) {
    v("name", channel.name, required);
    v("rates", channel.rates, required);
    v("reserved", channel.reserved, stated);
}
inline void describe(Fields& v, revenue::ReturnsReserve& reserve) {
    v("rates", reserve.rates, required);
    v("released_after", reserve.released_after, stated);
    v("order", reserve.order);
    v("rounding", reserve.rounding, required);
    v("citation", reserve.citation);
}
inline void describe(Fields& v, revenue::Withholding& withholding) {
    v("source", withholding.source);
    v("rate", withholding.rate, required);
    v("rounding", withholding.rounding, stated);
    v("citation", withholding.citation);
}
inline void describe(Fields& v, revenue::BuyOut& buy_out) {
    v("until_period", buy_out.until_period, required);
    v("multiple", buy_out.multiple, required);
}

// --------------------------------------------------------------------------------------------------------------- share

inline void describe(Fields& v, revenue::TopFee& fee) {
    v("schedule", fee.schedule, required);
    v("payee", fee.payee, required);
    v("after", fee.after);
    v("level", fee.level);
    v("included", fee.included);
}
inline void describe(Fields& v, revenue::SplitTerms& terms) {
    v("shares", terms.shares, required);
    v("totalling", terms.totalling);
    v("whole", terms.whole, stated);
    v("rest", terms.rest);
    v("fees", terms.fees);
    v("dividing", terms.dividing);
    v("split", terms.split, stated);
}
inline void describe(Fields& v, DatedRow<revenue::SplitTerms>& row) {
    v("from", row.from, required);
    v("value", row.value, required);
    v("citation", row.citation);
}
inline void describe(Fields& v, revenue::FeeTaken& fee) {
    v("name", fee.name, required);
    v("payee", fee.payee, required);
    v("base", fee.base, required);
    v("claim", fee.claim, required);
    v("paid", fee.paid, required);
    v("citation", fee.citation);
}
inline void describe(Fields& v, revenue::SharePart& part) {
    v("payee", part.payee, required);
    v("weight", part.weight, required);
    v("amount", part.amount, required);
    v("held", part.held);
}
inline void describe(Fields& v, revenue::SharedPayment& shared) {
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

inline void describe(Fields& v, revenue::SalesLine& sale) {
    v("work", sale.work, required);
    v("channel", sale.channel, required);
    v("sold_on", sale.sold_on, required);
    v("units", sale.units, required);
    v("gross", sale.gross, required);
    v("deductions", sale.deductions);
}
inline void describe(Fields& v, revenue::RoyaltyWork& work) {
    v("name", work.name, required);
    v("channels", work.channels, required);
}
inline void describe(Fields& v, revenue::RoyaltyAccount& account) {
    v("name", account.name, required);
    v("works", account.works, required);
    v("cap", account.cap);
}
inline void describe(Fields& v, revenue::RoyaltyTerms& terms) {
    v("currency", terms.currency, required);
    v("accounts", terms.accounts, required);
    v("rounding", terms.rounding, required);
    v("rounded", terms.rounded, stated);
    v("reserve", terms.reserve);
    v("guarantee", terms.guarantee);
}
inline void describe(Fields& v, revenue::Recoupable& recoupable) {
    v("name", recoupable.name, required);
    v("amount", recoupable.amount, required);
    v("recouped", recoupable.recouped, required);
}
inline void describe(Fields& v, revenue::RateSlice& slice) {
    v("base", slice.base, required);
    v("units", slice.units, required);
    v("rate", slice.rate, required);
}
inline void describe(Fields& v, revenue::RoyaltyLine& line) {
    v("sale", line.sale, required);
    v("base", line.base, required);
    v("slices", line.slices, required);
    v("earned", line.earned, required);
    v("at_floor", line.at_floor);
    v("rate_from", line.rate_from, required);
    v("citation", line.citation);
}
inline void describe(Fields& v, revenue::AccountStatement& statement) {
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
inline void describe(Fields& v, revenue::RoyaltyStatement& statement) {
    v("period", statement.period, required);
    v("accounts", statement.accounts, required);
    v("top_up", statement.top_up, required);
    v("payable", statement.payable, required);
}

// ----------------------------------------------------------------------------------------------------------- waterfall

inline void describe(Fields& v, revenue::PreferredReturn& preferred) {
    v("rate", preferred.rate, required);
    v("compounding", preferred.compounding, stated);
    v("day_count", preferred.day_count);
    v("rounding", preferred.rounding, stated);
}
inline void describe(Fields& v, revenue::OffTheTop& claim) {
    v("rate", claim.rate, required);
    v("limit", claim.limit);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, revenue::Corridor& claim) {
    v("rate", claim.rate, required);
    v("from", claim.from, required);
    v("up_to", claim.up_to, required);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, revenue::FixedClaim& claim) {
    v("amount", claim.amount, required);
    v("premium", claim.premium);
    v("rounding", claim.rounding, stated);
    v("every", claim.every);
}
inline void describe(Fields&, revenue::ReturnOfCapital&) {}
inline void describe(Fields& v, revenue::CatchUp& claim) {
    v("manager", claim.manager, required);
    v("carry", claim.carry, required);
    v("on", claim.on, required);
    v("reading", claim.reading);
    v("rounding", claim.rounding, stated);
}
inline void describe(Fields& v, revenue::Hurdle& hurdle) {
    v("investors_have", hurdle.investors_have, required);
}
inline void describe(Fields& v, revenue::Divide& claim) {
    v("until", claim.until);
}
inline void describe(Fields& v, revenue::WaterfallStep& step) {
    v("name", step.name, required);
    v("claim", step.claim, required);
    v("to", step.to, required);
    v("citation", step.citation);
}
inline void describe(Fields& v, revenue::WaterfallTerms& terms) {
    v("currency", terms.currency, required);
    v("steps", terms.steps, required);
    v("investors", terms.investors);
}
inline void describe(Fields& v, revenue::StepPayment& payment) {
    v("step", payment.step, required);
    v("claim", payment.claim, required);
    v("paid", payment.paid, required);
    v("parts", payment.parts, required);
    v("citation", payment.citation);
}
inline void describe(Fields& v, revenue::WaterfallPayment& payment) {
    v("on", payment.on, required);
    v("received", payment.received, required);
    v("steps", payment.steps, required);
}
inline void describe(Fields& v, revenue::FundFlow& flow) {
    v("on", flow.on, required);
    v("deal", flow.deal, required);
    v("contributed", flow.contributed, required);
    v("received", flow.received, required);
}
inline void describe(Fields& v, revenue::Clawback& clawback) {
    v("manager", clawback.manager, required);
    v("carry", clawback.carry, required);
    v("preferred", clawback.preferred);
    v("rounding", clawback.rounding, stated);
}
inline void describe(Fields& v, revenue::FundOutcome& outcome) {
    v("payments", outcome.payments, required);
    v("paid", outcome.paid, required);
    v("carry_paid", outcome.carry_paid, required);
    v("carry_entitled", outcome.carry_entitled, required);
    v("lacking", outcome.lacking, required);
    v("clawback", outcome.clawback, required);
    v("returned", outcome.returned, required);
}

// ---------------------------------------------------------------------------------------------------------------- note

inline void describe(Fields& v, revenue::NoteHolder& holder) {
    v("payee", holder.payee, required);
    v("invested", holder.invested, required);
}
inline void describe(Fields& v, revenue::NoteTerms& terms) {
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
inline void describe(Fields& v, revenue::NotePeriod& period) {
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

inline void describe(Fields& v, revenue::Sponsor& sponsor) {
    v("payee", sponsor.payee, required);
    v("left", sponsor.left, required);
}
inline void describe(Fields& v, revenue::MatchTerms& terms) {
    v("factor", terms.factor, required);
    v("rounding", terms.rounding, required);
    v("per_contribution", terms.per_contribution);
    v("per_project", terms.per_project);
    v("contributions_per_backer", terms.contributions_per_backer);
    v("between_sponsors", terms.between_sponsors, stated);
    v("citation", terms.citation);
}
inline void describe(Fields& v, revenue::LumpTerms& terms) {
    v("lump", terms.lump, required);
    v("at_share", terms.at_share);
    v("at_amount", terms.at_amount);
    v("at_backers", terms.at_backers);
    v("between_sponsors", terms.between_sponsors, stated);
    v("citation", terms.citation);
}
inline void describe(Fields& v, revenue::Match& match) {
    v("project", match.project, required);
    v("asked", match.asked, required);
    v("matched", match.matched, required);
    v("limit", match.limit, required);
    v("parts", match.parts, required);
    v("citation", match.citation);
}
inline void describe(Fields& v, revenue::QuadraticContribution& contribution) {
    v("project", contribution.project, required);
    v("backer", contribution.backer, required);
    v("amount", contribution.amount, required);
}
inline void describe(Fields& v, revenue::QuadraticTerms& terms) {
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
inline void describe(Fields& v, revenue::ProjectMatch& match) {
    v("project", match.project, required);
    v("backers", match.backers, required);
    v("contributed", match.contributed, required);
    v("weight", match.weight, required);
    v("matched", match.matched, required);
    v("is_capped", match.is_capped);
}
inline void describe(Fields& v, revenue::QuadraticOutcome& outcome) {
    v("projects", outcome.projects, required);
    v("weight", outcome.weight, required);
    v("distributed", outcome.distributed, required);
    v("left", outcome.left, required);
    v("citation", outcome.citation);
}
inline void describe(Fields& v, revenue::GoalMatch& match) {
    v("donation", match.donation, required);
    v("promise", match.promise, required);
}

// -------------------------------------------------------------------------------------------------------- distribution

inline void describe(Fields& v, revenue::Payee& payee) {
    v("id", payee.id, required);
    v("name", payee.name, required);
    v("withholding", payee.withholding);
}
inline void describe(Fields& v, revenue::DistributionTerms& terms) {
    v("currency", terms.currency, required);
    v("minimum", terms.minimum, required);
    v("rule", terms.rule);
    v("hold", terms.hold);
    v("rounding", terms.rounding, stated);
    v("fee", terms.fee);
    v("fee_borne_by", terms.fee_borne_by);
    v("higher_minimums", terms.higher_minimums);
}
inline void describe(Fields& v, revenue::Earning& earning) {
    v("payee", earning.payee, required);
    v("amount", earning.amount, required);
    v("sold_on", earning.sold_on, required);
    v("reference", earning.reference, required);
    v("kind", earning.kind);
    v("source", earning.source);
    v("rate", earning.rate);
}
inline void describe(Fields& v, revenue::Withheld& withheld) {
    v("rule", withheld.rule, required);
    v("base", withheld.base, required);
    v("amount", withheld.amount, required);
}
inline void describe(Fields& v, revenue::PayeeStatement& statement) {
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
