// SPDX-License-Identifier: BSL-1.0
#include "revenue_rules.hpp"
namespace crowdrules::detail {

// Values as they stand in a pack.

inline void describe(Fields& v, PartyFee& fee) {
    v("name", fee.schedule.name, required);
    v("to", fee.to, required);
    describe_fee(v, fee.schedule);
    v("rounding", fee.rounding);
    v("after", fee.after);
    v("level", fee.level);
    v("included", fee.included);
}
inline void describe(Fields& v, SplitLimits& limits) {
    v("payees", limits.payees);
    v("above_zero", limits.above_zero);
    v("fee", limits.fee);
    v("parts", limits.parts);
}
inline void describe(Fields& v, SupportStage& stage) {
    v("supporters", stage.supporters, required);
    v("within", stage.within, required);
}

namespace {

using Rules = RevenueRules;

// Values of several fields, as they stand in a pack.

struct Total {
    Rules& rules;
};
struct Fractions {
    Rules& rules;
};
struct GracePeriods {
    Rules& rules;
};

inline void describe(Fields& v, Total& total) {
    v("weights", total.rules.totalling, required);
    v("whole", total.rules.whole);
    v("rest", total.rules.rest);
}
inline void describe(Fields& v, Fractions& fractions) {
    v("decided", fractions.rules.dividing, required);
    v("spare", fractions.rules.split.spare);
    v("step", fractions.rules.split.step);
}
inline void describe(Fields& v, GracePeriods& grace) {
    v("periods", grace.rules.grace_periods, required);
    v("revenue", grace.rules.grace);
}

bool refuse(Reader& reader, const Node& node, const Path& path, std::string what, std::string accepted) {
    return reader.refuse(FindingKind::malformed, node.where, path, std::move(what), std::move(accepted));
}

bool read_fees(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    std::vector<PartyFee> fees;
    if (!reader.read(node, fees, path)) return false;
    for (PartyFee& fee : fees) {
        if (!is_good(reader, node, path, fee.schedule)) return false;
        fee.schedule.rounding = fee.rounding.value_or(fee.schedule.rounding);
        fee.schedule.citation = rules.citation;
    }
    rules.fees.push_back({rules.from, std::move(fees), rules.citation});
    return true;
}

bool read_withholding(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    if (!reader.read(node, rules.withholding, path)) return false;
    for (const auto& [status, all] : rules.withholding)
        for (const revenue::Withholding& one : all)
            if (!is_rate(one.rate))
                return refuse(reader, node, path, "'" + status + "' has a rate of " + to_percent(one.rate),
                              "0% to 100% of earnings");
    return true;
}

bool read_support(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    if (!reader.read(node, rules.support, path)) return false;
    std::uint64_t before = 0;
    for (const SupportStage& stage : rules.support) {
        if (stage.supporters <= before || stage.within <= Elapsed::zero())
            return refuse(reader, node, path, "a stage that asks for no more than the one before it",
                          "rising numbers of supporters, each with time for it");
        before = stage.supporters;
    }
    return true;
}

bool read_maturity(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.maturity.reset();
    if (reader.is_none(node)) return true;
    return reader.read(node, rules.maturity, path);
}

/// A value of several fields of the rules.
template <class Fields>
constexpr auto fields() {
    return [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
        Fields all{rules};
        return reader.read(node, all, path);
    };
}

constexpr auto by_nothing = PackParameter::By::nothing;
constexpr auto by_currency = PackParameter::By::currency;
constexpr auto by_channel = PackParameter::By::channel;
constexpr auto never_needed = Needed::never;
constexpr auto for_royalties = Needed::for_royalties;
constexpr auto for_split = Needed::for_split;
constexpr auto for_note = Needed::for_note;
constexpr auto for_payouts = Needed::for_payouts;
constexpr bool with_amounts = true;
constexpr std::string_view bounds = "{ minimum = \"5%\", maximum = \"99%\" }";

constexpr Parameter<Rules> all_parameters[] = {
    {"royalty.rate", by_channel, for_royalties, true, a_rate, of_earnings<read_rate>, with_amounts},
    {"royalty.rate_bounds", by_channel, never_needed, false, bounds,
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         Bounds& read = rules.rate_bounds[rules.channel];
         return reader.read(node, read, path) && is_good(reader, node, path, read);
     }},
    {"royalty.rounding", by_nothing, for_royalties, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.rounding; })},
    {"royalty.rounded", by_nothing, for_royalties, false, "\"each_line\" or \"running_total\"",
     reads([](Rules& rules) -> auto& { return rules.rounded; })},
    {"royalty.reserve", by_nothing, never_needed, false,
     "{ rates = [ \"40%\", \"20%\", \"0%\" ], released_after = 1, rounding = \"half_even\" }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         if (!reader.read(node, rules.reserve, path)) return false;
         rules.reserve->citation = rules.citation;
         return true;
     }},
    {"royalty.guarantee", by_currency, never_needed, false, an_amount,
     reads([](Rules& rules) -> auto& { return rules.guarantee.emplace(Money(0, USD)); })},
    {"royalty.cap", by_currency, never_needed, false, an_amount,
     reads([](Rules& rules) -> auto& { return rules.cap.emplace(Money(0, USD)); })},
    {"royalty.base", by_channel, never_needed, false, words, read_words},
    {"royalty.recoupment", by_nothing, never_needed, false, words, read_words},
    {"split.total", by_nothing, for_split, false,
     "{ weights = \"must_total\", whole = 100 }, \"relative\", or \"rest_to\" with rest = a party", fields<Total>()},
    {"split.shares", by_nothing, never_needed, false, "weights by party: { publisher = 65, charity = 5 }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         std::map<std::string, Weight> shares;
         if (!reader.read(node, shares, path)) return false;
         rules.shares.push_back({rules.from, std::move(shares), rules.citation});
         return true;
     }},
    {"split.fees", by_nothing, for_split, false,
     "[ ] or fees: [ { name = \"store\", to = \"platform\", bands = [ { rate = \"15%\" } ] } ]", read_fees,
     with_amounts},
    {"split.fee_rounding", by_nothing, never_needed, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.fee_rounding; })},
    {"split.dividing", by_nothing, for_split, false,
     "{ decided = \"running_total\" }, or { decided = \"each_payment\", spare = \"last\" }", fields<Fractions>()},
    {"split.limits", by_nothing, never_needed, false,
     "{ payees = 2, above_zero = true, parts = { affiliate = { minimum = \"1%\", maximum = \"75%\" } } }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         if (!reader.read(node, rules.split_limits, path)) return false;
         for (const auto& [party, part] : rules.split_limits.parts)
             if (!is_good(reader, node, path, part)) return false;
         return true;
     }},
    {"split.changes", by_nothing, never_needed, false, words, read_words},
    {"split.items", by_nothing, never_needed, false, words, read_words},
    {"note.share", by_nothing, for_note, false, "a part of revenue: \"5%\"",
     reads([](Rules& rules) -> auto& { return rules.note_share; })},
    {"note.multiple", by_nothing, for_note, false, "\"1.5\"",
     reads([](Rules& rules) -> auto& { return rules.note_multiple; })},
    {"note.multiple_bounds", by_nothing, never_needed, false, "{ minimum = \"1.5\", maximum = \"3\" }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return reader.read(node, rules.note_multiples, path) && is_good(reader, node, path, *rules.note_multiples);
     }},
    {"note.least_investment", by_currency, never_needed, false, an_amount,
     reads([](Rules& rules) -> auto& { return rules.note_holding.emplace(Money(0, USD)); })},
    {"note.grace", by_nothing, for_note, false, "{ periods = 1, revenue = \"free\" }", fields<GracePeriods>()},
    {"note.misses", by_nothing, for_note, false, "how many payments may be missed: 1",
     reads([](Rules& rules) -> auto& { return rules.misses; })},
    {"note.maturity", by_nothing, for_note, false, "periods until the rest is due: 16, or \"none\"", read_maturity},
    {"note.buy_outs", by_nothing, never_needed, false, "[ { until_period = 4, multiple = \"1.2\" } ]",
     reads([](Rules& rules) -> auto& { return rules.buy_outs; })},
    {"note.rounding", by_nothing, for_note, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.note_rounding; })},
    {"note.every", by_nothing, for_note, false, "\"3 months\"",
     reads([](Rules& rules) -> auto& { return rules.note_every; })},
    {"note.base", by_nothing, never_needed, false, words, read_words},
    {"payouts.minimum", by_currency, for_payouts, false, a_minimum, of_earnings<read_payout_minimum>},
    {"payouts.hold", by_nothing, for_payouts, false, a_hold, of_earnings<read_hold>},
    {"payouts.rounding", by_nothing, for_payouts, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.payout_rounding; })},
    {"payouts.fee", by_nothing, for_payouts, false, a_payout_fee, of_earnings<read_payout_fee>, with_amounts},
    {"payouts.every", by_nothing, for_payouts, false, "\"1 month\"",
     reads([](Rules& rules) -> auto& { return rules.paid_every; })},
    {"payouts.after", by_nothing, never_needed, false, "a length of time after the end of a period: \"45 days\"",
     reads([](Rules& rules) -> auto& { return rules.paid_after; })},
    {"payouts.words", by_nothing, never_needed, false, words, read_words},
    {"withholding", by_nothing, Needed::for_withholding, false,
     "by tax status: { \"treaty\" = [ { source = \"US\", rate = \"15%\" } ] }", read_withholding},
    {"withholding.rounding", by_nothing, Needed::for_withholding, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.withholding_rounding; })},
    {"support.stages", by_nothing, never_needed, false, "[ { supporters = 100, within = \"60 days\" } ]", read_support},
    {"rights", by_nothing, never_needed, false, words, read_words},
    {"prize", by_nothing, never_needed, false, words, read_words},
};

}  // namespace

template <>
std::span<const Parameter<RevenueRules>> parameters<RevenueRules>() noexcept {
    return all_parameters;
}

}  // namespace crowdrules::detail
