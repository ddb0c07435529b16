// SPDX-License-Identifier: BSL-1.0
#include "campaign_rules.hpp"

namespace crowdrules::detail {

namespace {

using Rules = CampaignRules;

/// A fee without its rounding and tax, which are parameters of their own.
struct FeeRule {
    FeeSchedule& schedule;
};
struct DayRange {
    Elapsed& shortest;
    Elapsed& longest;
};
struct PartPlan {
    InstalmentPlan& plan;
};
struct PartRetries {
    InstalmentPlan& plan;
};
struct LaterPayouts {
    PayoutPlan& plan;
};

inline void describe(Fields& v, FeeRule& fee) {
    v("bands", fee.schedule.bands, required);
    v("banding", fee.schedule.banding);
    v.amount("minimum", fee.schedule.minimum);
    v.amount("maximum", fee.schedule.maximum);
}
inline void describe(Fields& v, DayRange& days) {
    v("minimum", days.shortest, required);
    v("maximum", days.longest, required);
}
inline void describe(Fields& v, PartPlan& parts) {
    v("count", parts.plan.count, required);
    v("first_after", parts.plan.first_after, required);
    v("every", parts.plan.cadence, required);
}
inline void describe(Fields& v, PartRetries& retries) {
    v("first", retries.plan.retry_first, required);
    v("later", retries.plan.retry_later, required);
}
inline void describe(Fields& v, LaterPayouts& payouts) {
    v("first_after", payouts.plan.later_first_after, required);
    v("every", payouts.plan.later_every, required);
    v("cut_off", payouts.plan.later_cut_off, required);
}

bool read_fee(Reader& reader, const Node& node, const Path& path, FeeSchedule& schedule) {
    FeeRule fee{schedule};
    if (!reader.read(node, fee, path)) return false;
    const auto defect = defect_of(schedule);
    return !defect || reader.refuse(FindingKind::malformed, node.where, path, *defect, "a fee that can be computed");
}

campaign::Guards& guards_of(Rules& rules) {
    return rules.terms.guards ? *rules.terms.guards : rules.terms.guards.emplace();
}

bool read_days(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.shortest = Elapsed{};
    rules.longest = Elapsed::max();
    if (reader.is_none(node)) return true;
    DayRange days{rules.shortest, rules.longest};
    if (!reader.read(node, days, path)) return false;
    return days.shortest <= days.longest ||
           reader.refuse(FindingKind::malformed, node.where, path, "the shortest is longer than the longest",
                         "a minimum of at most the maximum");
}

bool read_model(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.goal_decides = !reader.is_none(node);
    rules.terms.model = {};
    if (!rules.goal_decides) {
        rules.terms.model.miss = campaign::OnMiss::keep;
        return true;
    }
    if (!reader.read(node, rules.terms.model, path)) return false;
    return !node.find("goal") || reader.refuse(FindingKind::malformed, node.find("goal")->where, path,
                                               "a pack sets no goal: each campaign has its own", "no goal here");
}

bool read_parts(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    PartPlan parts{rules.instalments};
    if (!reader.read(node, parts, path)) return false;
    return (rules.instalments.count >= 2 && rules.instalments.count <= 60) ||
           reader.refuse(FindingKind::malformed, node.where, path, std::to_string(rules.instalments.count) + " parts",
                         "2 to 60 parts");
}

bool read_tax(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.fee_tax.reset();
    if (reader.is_none(node)) return true;
    if (node.kind != Node::Kind::table) return reader.expected(node, path, "\"none\", or a rate with its rounding");
    return reader.read(node, rules.fee_tax, path);
}

constexpr auto by_nothing = PackParameter::By::nothing;
constexpr auto by_currency = PackParameter::By::currency;
constexpr auto by_country = PackParameter::By::country;
constexpr auto always = Needed::always;
constexpr auto never_needed = Needed::never;
constexpr auto late = Needed::for_late_pledges;
constexpr auto in_parts = Needed::for_instalments;
constexpr std::string_view a_fee =
    "a fee: { bands = [ { rate = \"5%\", fixed = \"0.05\" }, { from = \"10.00\", rate = \"3%\", fixed = \"0.20\" } ] }";

constexpr Parameter<Rules> all_parameters[] = {
    {"currencies", by_country, always, true, "the currencies on offer: [ \"USD\" ]",
     reads([](Rules& rules) -> auto& { return rules.currencies; })},
    {"model.goal", by_nothing, always, false,
     "how success is judged, or \"none\" where the goal decides nothing: "
     "{ counts = \"pledged\", judged = \"at_deadline\", miss = \"release\" }",
     read_model},
    {"window.days", by_nothing, always, false,
     "how long a campaign may last, or \"none\" for any length and no end: "
     "{ minimum = \"1 day\", maximum = \"60 days\" }",
     read_days},
    {"window.closing", by_nothing, always, false, "\"excluded\" or \"included\"",
     reads([](Rules& rules) -> auto& { return rules.terms.window.closing; })},
    {"window.fixed", by_nothing, Needed::for_moved_ends, false, a_flag,
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         bool fixed = true;
         if (!reader.read(node, fixed, path)) return false;
         rules.terms.may_extend = rules.terms.may_close_early = !fixed;
         return true;
     }},
    {"window.paused_clock", by_nothing, Needed::for_pauses, false, "\"runs\" or \"stops\"",
     reads([](Rules& rules) -> auto& { return rules.terms.paused_clock; })},
    {"limits.minimum", by_currency, always, false, "an amount or \"none\": \"1.00\"",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         rules.terms.limits.minimum = 0;
         return reader.is_none(node) || reader.read_amount(node, rules.terms.limits.minimum, path);
     }},
    {"limits.maximum", by_currency, always, false, "an amount or \"none\": \"10000.00\"",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         rules.terms.limits.maximum.reset();
         return reader.is_none(node) || reader.read_amount(node, rules.terms.limits.maximum.emplace(), path);
     }},
    {"limits.one_per_backer", by_nothing, always, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.terms.limits.one_per_backer; })},
    {"limits.reward_required", by_nothing, always, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.terms.limits.reward_required; })},
    {"limits.locked_before_end", by_nothing, Needed::for_cuts, false, a_span,
     reads([](Rules& rules) -> auto& { return rules.terms.limits.locked_before_end; })},
    {"rewards.closing", by_nothing, Needed::for_dated_rewards, false, "\"excluded\" or \"included\"",
     reads([](Rules& rules) -> auto& { return rules.reward_closing; })},
    {"rewards.quantity", by_nothing, never_needed, false, words, read_words},
    {"rewards.time", by_nothing, never_needed, false, words, read_words},
    {"rewards.frozen", by_nothing, never_needed, false, words, read_words},
    {"add_ons.per_backer", by_nothing, never_needed, false, words, read_words},
    {"outcome.success", by_nothing, never_needed, false, words, read_words},
    {"outcome.latched", by_nothing, never_needed, false, words, read_words},
    {"charges.timing", by_nothing, always, false, "\"at_success\", \"at_pledge\" or \"when_ready\"",
     reads([](Rules& rules) -> auto& { return rules.terms.charges.timing; })},
    {"charges.retry_window", by_nothing, always, false, a_span,
     reads([](Rules& rules) -> auto& { return rules.terms.charges.retry_window; })},
    {"charges.remind_every", by_nothing, always, false, a_span,
     reads([](Rules& rules) -> auto& { return rules.terms.charges.remind_every; })},
    {"instalments", by_nothing, in_parts, true,
     "the parts: { count = 3, first_after = \"0 seconds\", every = \"1 month\" }", read_parts},
    {"instalments.minimum", by_currency, in_parts, false, "an amount: \"125.00\"",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return reader.read_amount(node, rules.instalments.minimum, path);
     }},
    {"instalments.spare", by_nothing, in_parts, false,
     "who gets the odd cents: \"first\", \"last\", \"largest_remainder\"",
     reads([](Rules& rules) -> auto& { return rules.instalments.spare; })},
    {"instalments.retry", by_nothing, in_parts, false,
     "time to mend a failed part: { first = \"7 days\", later = \"14 days\" }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         PartRetries retries{rules.instalments};
         return reader.read(node, retries, path);
     }},
    {"late_pledges", by_nothing, late, true, "{ } for as long as the creator wants, or { open_for = \"30 days\" }",
     reads([](Rules& rules) -> auto& { return rules.late_pledges; })},
    {"late_pledges.words", by_nothing, never_needed, false, words, read_words},
    {"fees.platform", by_nothing, always, false, a_fee,
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return read_fee(reader, node, path, rules.terms.fees.platform);
     }, true},
    {"fees.platform.rounding", by_nothing, always, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.platform_rounding; })},
    {"fees.platform_on_miss", by_nothing, never_needed, false, a_fee,
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return read_fee(reader, node, path, rules.terms.fees.platform_on_miss.emplace());
     }},
    {"fees.processing", by_currency, always, false, a_fee,
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return read_fee(reader, node, path, rules.terms.fees.processing);
     }},
    {"fees.processing.rounding", by_nothing, always, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.processing_rounding; })},
    {"fees.methods", by_currency, never_needed, false,
     "fees by method of payment: { card = { bands = [ { rate = \"3%\" } ], rounding = { mode = \"half_up\" } } }",
     reads([](Rules& rules) -> auto& { return rules.terms.fees.methods; })},
    {"lines", by_nothing, never_needed, false,
     "rules for lines of a charge: [ { name = \"tip\", payee = \"platform\", counts = false } ]",
     reads([](Rules& rules) -> auto& { return rules.terms.lines; })},
    {"supplements", by_currency, never_needed, false, "{ } with the fees of any charge, or fees of their own",
     reads([](Rules& rules) -> auto& { return rules.terms.supplements; })},
    {"fees.tax", by_country, always, false, "\"none\", or { rate = \"19%\", rounding = \"half_up\", included = false }",
     read_tax},
    {"payouts.first_after", by_nothing, always, false, a_span,
     reads([](Rules& rules) -> auto& { return rules.terms.payouts.first_after; })},
    {"payouts.business_days", by_nothing, never_needed, true, "working days of payouts.calendar after that: 3",
     reads([](Rules& rules) -> auto& { return rules.terms.payouts.business_days; })},
    {"payouts.calendar", by_nothing, never_needed, true, "{ name = \"us_federal_reserve\" }, or one with its days",
     reads([](Rules& rules) -> auto& { return rules.terms.payouts.calendar; })},
    {"payouts.shares", by_nothing, never_needed, true,
     "shares of 100%: [{ share = \"80%\" }, { name = \"delivery\", share = \"20%\", after = \"delivery\" }]",
     reads([](Rules& rules) -> auto& { return rules.terms.payouts.shares; })},
    {"payouts.later", by_nothing, late, false,
     "{ first_after = \"17 days\", every = \"7 days\", cut_off = \"3 days\" }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         LaterPayouts payouts{rules.terms.payouts};
         return reader.read(node, payouts, path);
     }},
    {"reserve", by_currency, never_needed, false,
     "a reserve: { rate = \"5%\", trigger = \"1000.00\", held_for = \"180 days\", rounding = \"half_up\" }",
     reads([](Rules& rules) -> auto& { return rules.terms.reserve; })},
    {"refunds.before_payout", by_nothing, Needed::for_refunds, false, "whether fees are returned: true or false",
     reads([](Rules& rules) -> auto& { return rules.terms.refunds.fees_returned_before_payout; })},
    {"refunds.after_payout", by_nothing, never_needed, false, words, read_words},
    // Without it partial refunds before the payout are refused by the engine, which names this rule.
    {"refunds.partial", by_nothing, never_needed, false, "\"kept\", \"recomputed\" or \"proportional\"",
     reads([](Rules& rules) -> auto& { return rules.terms.refunds.partial; })},
    {"refunds.platform", by_nothing, never_needed, false, "\"kept\", \"recomputed\" or \"proportional\"",
     reads([](Rules& rules) -> auto& { return rules.terms.refunds.platform; })},
    {"refunds.while_live", by_nothing, never_needed, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.terms.refunds.backer_may_claim_while_live; })},
    {"disputes.fraud", by_nothing, Needed::for_disputes, false, "who bears it: \"creator\" or \"platform\"",
     reads([](Rules& rules) -> auto& { return rules.terms.disputes.fraud; })},
    {"disputes.reward", by_nothing, Needed::for_disputes, false, "who bears it: \"creator\" or \"platform\"",
     reads([](Rules& rules) -> auto& { return rules.terms.disputes.reward; })},
    {"disputes.reversed", by_nothing, never_needed, false, "who bears it: \"creator\" or \"platform\"",
     reads([](Rules& rules) -> auto& { return rules.terms.disputes.reversed; })},
    {"disputes.fee", by_currency, never_needed, false, "what a dispute costs: \"15.00\"",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return reader.read_amount(node, rules.terms.disputes.fee, path);
     }},
    {"disputes.fee_bearer", by_nothing, never_needed, false, "who bears it: \"creator\" or \"platform\"",
     reads([](Rules& rules) -> auto& { return rules.terms.disputes.fee_bearer; })},
    {"disputes.fee_returned_if_won", by_nothing, never_needed, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.terms.disputes.fee_returned_if_won; })},
    {"guards.identity", by_currency, never_needed, false,
     "whom to verify: { creator_before_payout = true, backers_from = \"1000.00\" }",
     reads([](Rules& rules) -> auto& { return guards_of(rules).identity; })},
    {"guards.creators_own", by_nothing, never_needed, false, "\"accepted\", \"refused\" or \"not_counted\"",
     reads([](Rules& rules) -> auto& { return guards_of(rules).creators_own; })},
    {"guards.related", by_nothing, never_needed, false, "\"accepted\", \"refused\" or \"not_counted\"",
     reads([](Rules& rules) -> auto& { return guards_of(rules).related; })},
    {"guards.person", by_currency, never_needed, false,
     "limits by person: { classes = [ { name = \"retail\", per_issuer = \"10000.00\" } ] }",
     reads([](Rules& rules) -> auto& { return guards_of(rules).person; })},
    {"guards.named_deciders", by_nothing, never_needed, false, a_flag,
     reads([](Rules& rules) -> auto& { return guards_of(rules).named_deciders; })},
};

}  // namespace

template <>
std::span<const Parameter<CampaignRules>> parameters<CampaignRules>() noexcept {
    return all_parameters;
}

}  // namespace crowdrules::detail
