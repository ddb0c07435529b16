// SPDX-License-Identifier: BSL-1.0
// Plan text: the parts of a plan as they stand in its file, before names are looked up.
#pragma once

#include <crowdrules/stories/plan/plan.hpp>

#include <map>
#include <optional>
#include <protocol/reader.hpp>
#include <revenue/describe.hpp>
#include <string>
#include <vector>

namespace crowdrules::detail {

// ------------------------------------------------------------------------------------------------------------ the head

struct PlanHeadText {
    std::string title, source;
    Currency currency = USD;
    std::string pack;  ///< whose rules the parts have that ask for them
    std::optional<Date> on, through;
    std::map<std::string, Node, std::less<>> given;
    std::map<std::string, std::string> parties;  ///< payees by what the pack calls them
};
inline void describe(Fields& v, PlanHeadText& head) {
    v("title", head.title, required);
    v("source", head.source);
    v.currency("currency", head.currency, required);
    v("pack", head.pack);
    v("on", head.on);
    v("through", head.through);
    v("given", head.given);
    v("parties", head.parties);
}

/// Weights by name, whole ones or parts; and amounts by name.
using WeightsText = Later<std::map<std::string, Later<std::int64_t, Decimal>>>;
using AmountsText = Later<std::map<std::string, Money>>;

/// Where a rule is written; the fields stand beside those of the rule.
struct WrittenText {
    std::string source, read;
    Evidence evidence = Evidence::agreed;

    [[nodiscard]] Citation citation() const { return {source, read, evidence}; }
};
inline void describe(Fields& v, WrittenText& written) {
    v("source", written.source);
    v("read", written.read);
    v("evidence", written.evidence, stated);
}

// ------------------------------------------------------------------------------------------------------------- royalty

struct TierText {
    std::optional<Later<Money, std::int64_t>> up_to;
    Decimal rate;
};
inline void describe(Fields& v, TierText& tier) {
    v("up_to", tier.up_to);
    v("rate", tier.rate, required);
}
struct RateText {
    std::optional<Date> from;
    std::vector<revenue::Deduction> less;
    std::optional<Decimal> rate;
    std::vector<TierText> tiers;
    revenue::TierBasis basis = revenue::TierBasis::base;
    revenue::Tiering tiering = revenue::Tiering::marginal;
    revenue::Counting counting = revenue::Counting::lifetime;
    std::string counter;
    std::optional<std::int64_t> per_unit, floor_per_unit;
    WrittenText written;
};
inline void describe(Fields& v, RateText& rate) {
    v("from", rate.from);
    v("less", rate.less);
    v("rate", rate.rate);
    v("tiers", rate.tiers);
    v("basis", rate.basis);
    v("tiering", rate.tiering);
    v("counting", rate.counting);
    v("counter", rate.counter);
    v.amount("per_unit", rate.per_unit);
    v.amount("floor_per_unit", rate.floor_per_unit);
    v(rate.written);
}
struct ChannelText {
    std::string name;
    bool reserved = true;
    std::vector<RateText> rates;  ///< or one, its fields beside the name
    RateText rate;
};
inline void describe(Fields& v, ChannelText& channel) {
    v("name", channel.name, required);
    v("reserved", channel.reserved, stated);
    v("rates", channel.rates);
    v(channel.rate);
}
struct WorkText {
    std::string name;
    std::vector<ChannelText> channels;
};
inline void describe(Fields& v, WorkText& work) {
    v("name", work.name, required);
    v("channels", work.channels, required);
}
struct AccountText {
    std::string name, to;
    std::optional<std::int64_t> cap;
    std::vector<WorkText> works;
};
inline void describe(Fields& v, AccountText& account) {
    v("name", account.name, required);
    v("to", account.to);
    v.amount("cap", account.cap);
    v("works", account.works, required);
}
struct ReserveText {
    std::vector<Decimal> rates;
    std::uint32_t released_after = 1;
    revenue::ReserveOrder order = revenue::ReserveOrder::before_recoupment;
    Rounding rounding{RoundingMode::half_even};
    WrittenText written;
};
inline void describe(Fields& v, ReserveText& reserve) {
    v("rates", reserve.rates, required);
    v("released_after", reserve.released_after, stated);
    v("order", reserve.order);
    v("rounding", reserve.rounding, stated);
    v(reserve.written);
}
struct RoyaltyText {
    std::string to;
    Rounding rounding{RoundingMode::half_even};
    revenue::RoyaltyRounding rounded = revenue::RoyaltyRounding::running_total;
    std::optional<ReserveText> reserve;
    std::optional<std::int64_t> guarantee, cap;
    // Accounts, or the works of one, or the channels of one work, or one rate.
    std::vector<AccountText> accounts;
    std::vector<WorkText> works;
    std::vector<ChannelText> channels;
    std::vector<RateText> rates;
    RateText rate;
};
inline void describe(Fields& v, RoyaltyText& royalty) {
    v("to", royalty.to);
    v("rounding", royalty.rounding, required);
    v("rounded", royalty.rounded, stated);
    v("reserve", royalty.reserve);
    v.amount("guarantee", royalty.guarantee);
    v.amount("cap", royalty.cap);
    v("accounts", royalty.accounts);
    v("works", royalty.works);
    v("channels", royalty.channels);
    v("rates", royalty.rates);
    v(royalty.rate);
}

// --------------------------------------------------------------------------------------------------------------- split

/// A fee schedule, or one rate and a fixed part.
struct PlanFeeText {
    FeeSchedule schedule;
    Decimal rate;
    std::int64_t fixed = 0;
};
inline void describe(Fields& v, PlanFeeText& fee) {
    v(fee.schedule);
    v("rate", fee.rate);
    v.amount("fixed", fee.fixed);
}
struct TopFeeText {
    PlanFeeText fee;
    std::string to;
    std::vector<std::string> after;
    revenue::FeeLevel level = revenue::FeeLevel::each_payment;
    bool included = false;
};
inline void describe(Fields& v, TopFeeText& fee) {
    v(fee.fee);
    v("to", fee.to, required);
    v("after", fee.after);
    v("level", fee.level);
    v("included", fee.included);
}
struct SplitRowText {
    std::optional<Date> from;
    WeightsText shares;
    std::optional<revenue::Totalling> totalling;
    std::optional<std::int64_t> whole;
    std::string rest;
    std::vector<TopFeeText> fees;
    revenue::Dividing dividing = revenue::Dividing::running_total;
    AllocationMethod method = AllocationMethod::largest_remainder;
    std::int64_t step = 1;
    std::uint32_t turn = 0;
    WrittenText written;
};
inline void describe(Fields& v, SplitRowText& row) {
    v("from", row.from);
    v("shares", row.shares, required);
    v("totalling", row.totalling);
    v("whole", row.whole);
    v("rest", row.rest);
    v("fees", row.fees);
    v("dividing", row.dividing);
    v("method", row.method);
    v.amount("step", row.step);
    v("turn", row.turn);
    v(row.written);
}
/// Rows from their days, or one row, and the same for items.
using SplitRowsText = Later<SplitRowText, std::vector<SplitRowText>>;
struct SplitText {
    SplitRowsText rows;
    Later<std::map<std::string, SplitRowsText>> items;
};
inline void describe(Fields& v, SplitText& split) {
    v("rows", split.rows, required);
    v("items", split.items);
}

// ------------------------------------------------------------------------------------------------- waterfall, fund

struct OffTheTopText {
    Decimal rate;
    std::optional<std::int64_t> limit;
    Rounding rounding{RoundingMode::half_even};
};
inline void describe(Fields& v, OffTheTopText& claim) {
    v("rate", claim.rate, required);
    v.amount("limit", claim.limit);
    v("rounding", claim.rounding, stated);
}
struct CorridorText {
    Decimal rate;
    std::int64_t from = 0, up_to = 0;
    Rounding rounding{RoundingMode::half_even};
};
inline void describe(Fields& v, CorridorText& claim) {
    v("rate", claim.rate, required);
    v.amount("from", claim.from);
    v.amount("up_to", claim.up_to, required);
    v("rounding", claim.rounding, stated);
}
struct FixedText {
    std::int64_t amount = 0;
    Decimal premium;
    Rounding rounding{RoundingMode::half_even};
    Cadence every{};
};
inline void describe(Fields& v, FixedText& claim) {
    v.amount("amount", claim.amount, required);
    v("premium", claim.premium);
    v("rounding", claim.rounding, stated);
    v("every", claim.every);
}
/// In a file it is said how it compounds.
struct PreferredReturnText : revenue::PreferredReturn {};
inline void describe(Fields& v, PreferredReturnText& claim) {
    v("rate", claim.rate, required);
    v("compounding", claim.compounding, required);
    v("day_count", claim.day_count);
    v("rounding", claim.rounding, stated);
}
struct CatchUpText {
    std::string manager;
    Decimal carry;
    std::vector<std::string> on;
    revenue::CatchUpReading reading = revenue::CatchUpReading::true_up;
    Rounding rounding{RoundingMode::half_even};
};
inline void describe(Fields& v, CatchUpText& claim) {
    v("manager", claim.manager, required);
    v("carry", claim.carry, required);
    v("on", claim.on, required);
    v("reading", claim.reading, required);
    v("rounding", claim.rounding, stated);
}
struct DivideText {
    std::optional<Decimal> until_multiple;
    std::optional<PreferredReturnText> until_return;
};
inline void describe(Fields& v, DivideText& claim) {
    v("until_multiple", claim.until_multiple);
    v("until_return", claim.until_return);
}
struct StepText {
    std::string name;
    Later<std::string, std::map<std::string, Later<std::int64_t, Decimal>>> to;  ///< one, or shares
    std::optional<OffTheTopText> off_the_top;
    std::optional<CorridorText> corridor;
    std::optional<FixedText> fixed;
    std::optional<revenue::ReturnOfCapital> return_of_capital;
    std::optional<PreferredReturnText> preferred_return;
    std::optional<CatchUpText> catch_up;
    std::optional<DivideText> divide;
    WrittenText written;
};
inline void describe(Fields& v, StepText& step) {
    v("name", step.name, required);
    v("to", step.to, required);
    v("off_the_top", step.off_the_top);
    v("corridor", step.corridor);
    v("fixed", step.fixed);
    v("return_of_capital", step.return_of_capital);
    v("preferred_return", step.preferred_return);
    v("catch_up", step.catch_up);
    v("divide", step.divide);
    v(step.written);
}
struct WaterfallText {
    std::vector<std::string> investors;
    Later<std::vector<StepText>> steps;
};
inline void describe(Fields& v, WaterfallText& waterfall) {
    v("investors", waterfall.investors);
    v("steps", waterfall.steps, required);
}
struct ClawbackText {
    std::string manager;
    Decimal carry;
    std::optional<PreferredReturnText> preferred_return;
    Rounding rounding{RoundingMode::half_even};
};
inline void describe(Fields& v, ClawbackText& clawback) {
    v("manager", clawback.manager, required);
    v("carry", clawback.carry, required);
    v("preferred_return", clawback.preferred_return);
    v("rounding", clawback.rounding, stated);
}
struct FundText {
    WaterfallText waterfall;
    revenue::CarryScope scope = revenue::CarryScope::whole_fund;
    ClawbackText clawback;
};
inline void describe(Fields& v, FundText& fund) {
    v(fund.waterfall);
    v("scope", fund.scope, required);
    v("clawback", fund.clawback, required);
}

// ----------------------------------------------------------------------------------------------------- note, matching

struct BuyOutText {
    std::uint32_t until_period = 0;
    Decimal multiple;
};
inline void describe(Fields& v, BuyOutText& offer) {
    v("until_period", offer.until_period, required);
    v("multiple", offer.multiple, required);
}
struct NoteText {
    AmountsText holders;
    Decimal revenue_share, multiple;
    Rounding rounding{RoundingMode::half_even};
    std::uint32_t grace_periods = 0, misses_allowed = 0;
    revenue::Grace grace = revenue::Grace::free;
    std::optional<std::uint32_t> matures_after;
    std::vector<BuyOutText> buy_outs;
    WrittenText written;
};
inline void describe(Fields& v, NoteText& note) {
    v("holders", note.holders, required);
    v("revenue_share", note.revenue_share, required);
    v("multiple", note.multiple, required);
    v("rounding", note.rounding, required);
    v("grace_periods", note.grace_periods);
    v("grace", note.grace);
    v("misses_allowed", note.misses_allowed);
    v("matures_after", note.matures_after);
    v("buy_outs", note.buy_outs);
    v(note.written);
}
struct LumpText {
    std::int64_t amount = 0;
    std::optional<Decimal> at_share;
    std::optional<std::int64_t> at_amount;
    std::uint32_t at_backers = 0;
};
inline void describe(Fields& v, LumpText& lump) {
    v.amount("amount", lump.amount, required);
    v("at_share", lump.at_share);
    v.amount("at_amount", lump.at_amount);
    v("at_backers", lump.at_backers);
}
struct MatchText {
    AmountsText sponsors;
    std::optional<Decimal> factor;
    Rounding rounding{RoundingMode::half_even};
    std::optional<std::int64_t> per_contribution, per_project;
    std::optional<std::uint32_t> contributions_per_backer;
    std::optional<LumpText> lump;
    AllocationMethod between_sponsors = AllocationMethod::first;
    WrittenText written;
};
inline void describe(Fields& v, MatchText& match) {
    v("sponsors", match.sponsors, required);
    v("factor", match.factor);
    v("rounding", match.rounding, required);
    v.amount("per_contribution", match.per_contribution);
    v.amount("per_project", match.per_project);
    v("contributions_per_backer", match.contributions_per_backer);
    v("lump", match.lump);
    v("between_sponsors", match.between_sponsors, stated);
    v(match.written);
}
struct QuadraticText {
    std::int64_t pool = 0;
    revenue::Saturation saturation = revenue::Saturation::as_earned;
    revenue::QuadraticDust dust = revenue::QuadraticDust::handed_out;
    std::optional<std::int64_t> cap, minimum;
    std::uint32_t root_digits = 6, weight_digits = 2, alpha_digits = 18;
    WrittenText written;
};
inline void describe(Fields& v, QuadraticText& round) {
    v.amount("pool", round.pool, required);
    v("saturation", round.saturation, required);
    v("dust", round.dust, required);
    v.amount("cap", round.cap);
    v.amount("minimum", round.minimum);
    v("root_digits", round.root_digits, stated);
    v("weight_digits", round.weight_digits, stated);
    v("alpha_digits", round.alpha_digits, stated);
    v(round.written);
}
struct CrowdmatchText {
    std::int64_t goal = 0;
    Rounding rounding{RoundingMode::half_even};
    std::string to;
};
inline void describe(Fields& v, CrowdmatchText& crowdmatch) {
    v.amount("goal", crowdmatch.goal, required);
    v("rounding", crowdmatch.rounding, required);
    v("to", crowdmatch.to, required);
}

// -------------------------------------------------------------------------------------------------------- distribution

struct WithholdingText {
    std::string from;
    Decimal rate;
    Rounding rounding{RoundingMode::half_even};
    WrittenText written;
};
inline void describe(Fields& v, WithholdingText& withholding) {
    v("from", withholding.from);
    v("rate", withholding.rate, required);
    v("rounding", withholding.rounding, required);
    v(withholding.written);
}
struct PayeeText {
    std::vector<WithholdingText> withholding;
    std::string tax_status;  ///< by which the pack says what is withheld
    std::optional<std::int64_t> minimum;
};
inline void describe(Fields& v, PayeeText& payee) {
    v("withholding", payee.withholding);
    v("tax_status", payee.tax_status);
    v.amount("minimum", payee.minimum);
}
struct DistributionText {
    std::int64_t minimum = 0;
    revenue::MinimumRule rule = revenue::MinimumRule::at_least;
    std::uint32_t hold_days = 0;
    Rounding rounding{RoundingMode::down};
    std::optional<PlanFeeText> fee;
    revenue::FeeBearer fee_borne_by = revenue::FeeBearer::payee;
};
inline void describe(Fields& v, DistributionText& distribution) {
    v.amount("minimum", distribution.minimum);
    v("rule", distribution.rule);
    v("hold_days", distribution.hold_days);
    v("rounding", distribution.rounding, stated);
    v("fee", distribution.fee);
    v("fee_borne_by", distribution.fee_borne_by);
}

// --------------------------------------------------------------------------------- parts whose rules are the pack's

struct PackRoyaltyText {
    bool pack = false;
    std::string to;
    std::vector<std::string> channels;                      ///< of the one work
    std::map<std::string, std::vector<std::string>> works;  ///< or channels by work
};
struct PackSplitText {
    bool pack = false;
    std::optional<WeightsText> shares;
};
struct PackNoteText {
    bool pack = false;
    AmountsText holders;
};
struct PackDistributionText {
    bool pack = false;
};

inline void describe(Fields& v, PackRoyaltyText& royalty) {
    v("pack", royalty.pack, required);
    v("to", royalty.to, required);
    v("channels", royalty.channels);
    v("works", royalty.works);
}
inline void describe(Fields& v, PackSplitText& split) {
    v("pack", split.pack, required);
    v("shares", split.shares);
}
inline void describe(Fields& v, PackNoteText& note) {
    v("pack", note.pack, required);
    v("holders", note.holders, required);
}
inline void describe(Fields& v, PackDistributionText& distribution) {
    v("pack", distribution.pack, required);
}

}  // namespace crowdrules::detail
