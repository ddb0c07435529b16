// SPDX-License-Identifier: BSL-1.0
#include "community_rules.hpp"
#include <community/schema/terms.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, UnclaimedRule& unclaimed) {
    v("to", unclaimed.to, required);
    v("payee", unclaimed.payee);
}

namespace {

using Rules = CommunityRules;

bool read_fee(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    std::int64_t& fee = rules.submission.fee.emplace();
    if (!reader.read_amount(node, fee, path)) return false;
    return fee >= 0 || reader.refuse(FindingKind::malformed, node.where, path, "a fee below nothing", "0.00 or more");
}

bool read_buckets(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    if (!reader.read(node, rules.buckets, path)) return false;
    Decimal total;
    for (const auto& [name, share] : rules.buckets) {
        if (!is_rate(share))
            return reader.refuse(FindingKind::malformed, node.where, path, "'" + name + "' has " + to_percent(share),
                                 "0% to 100% of the influence");
        total = total + share;
    }
    return total <= Decimal(1) || reader.refuse(FindingKind::malformed, node.where, path,
                                                "the buckets have " + to_percent(total) + " together", "100% at most");
}

bool read_return_window(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.rights.return_window.reset();
    if (reader.is_none(node)) return true;
    return reader.read(node, rules.rights.return_window, path);
}

bool read_rating(Reader& reader, const Node& node, const Path& path, Rules& rules) {
    rules.evaluation.rating.reset();
    if (reader.is_none(node)) return true;
    return reader.read(node, rules.evaluation.rating, path);
}

constexpr auto by_nothing = PackParameter::By::nothing;
constexpr auto by_currency = PackParameter::By::currency;
constexpr auto by_channel = PackParameter::By::channel;
constexpr auto always = Needed::always;
constexpr auto never_needed = Needed::never;
constexpr bool with_amounts = true;

constexpr Parameter<Rules> all_parameters[] = {
    {"submission.fee", by_currency, always, false, an_amount, read_fee},
    {"submission.refunded_when_infeasible", by_nothing, Needed::for_a_fee, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.submission.refunded_when_infeasible; })},
    {"submission.scope", by_nothing, never_needed, false, words, read_words},
    {"submission.similar", by_nothing, never_needed, false, words, read_words},
    {"evaluation.budget", by_nothing, always, false, "{ per = \"each_round\", votes = 15 }",
     reads([](Rules& rules) -> auto& { return rules.evaluation.budget; })},
    {"evaluation.weight", by_nothing, always, false, "{ by = \"inverse\" }",
     reads([](Rules& rules) -> auto& { return rules.evaluation.weight; })},
    {"evaluation.tie_break", by_nothing, always, false, "\"earlier_submission\", or another way",
     reads([](Rules& rules) -> auto& { return rules.evaluation.tie_break; })},
    {"evaluation.selection", by_nothing, always, false, "{ by = \"top\", count = 5, staff_picks = 1 }",
     reads([](Rules& rules) -> auto& { return rules.evaluation.selection; })},
    {"evaluation.rating", by_nothing, always, false,
     "\"none\", or { criteria = [ \"market\" ], stars = 5, bar = \"75%\" }", read_rating},
    {"evaluation.rating_bounds", by_nothing, never_needed, false, "the bar: { minimum = \"75%\", maximum = \"80%\" }",
     [](Reader& reader, const Node& node, const Path& path, Rules& rules) {
         return reader.read(node, rules.rating_bounds, path) && is_good(reader, node, path, *rules.rating_bounds);
     }},
    {"evaluation.cycle", by_nothing, never_needed, false, words, read_words},
    {"evaluation.votes", by_nothing, never_needed, false, words, read_words},
    {"influence.buckets", by_nothing, never_needed, false, "those that are known: { evaluation = \"60%\" }",
     read_buckets},
    {"influence.unclaimed", by_nothing, always, false,
     "{ to = \"to_payee\", payee = \"company\" } or { to = \"to_other_buckets\" }",
     reads([](Rules& rules) -> auto& { return rules.unclaimed; })},
    {"influence.units", by_nothing, never_needed, false, "{ whole = 1000000, spare = \"largest_remainder\" }",
     reads([](Rules& rules) -> auto& { return rules.units; })},
    {"influence.earned_by", by_nothing, never_needed, false, words, read_words},
    {"presale", by_nothing, never_needed, false, words, read_words},
    {"rights.assignment", by_nothing, always, false, "\"on_acceptance\" or \"on_submission\"",
     reads([](Rules& rules) -> auto& { return rules.rights.assignment; })},
    {"rights.may_withdraw", by_nothing, always, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.rights.may_withdraw; })},
    {"rights.may_reacquire", by_nothing, always, false, a_flag,
     reads([](Rules& rules) -> auto& { return rules.rights.may_reacquire; })},
    {"rights.return_window", by_nothing, always, false, "\"none\", or a length of time: \"30 days\"",
     read_return_window},
    {"rights.royalty", by_nothing, never_needed, false, words, read_words},
    {"royalty.rate", by_channel, always, true, a_rate, of_earnings<read_rate>, with_amounts},
    {"royalty.base", by_channel, never_needed, false, words, read_words},
    {"royalty.rounding", by_nothing, always, false, a_rounding,
     reads([](Rules& rules) -> auto& { return rules.rounding; })},
    {"royalty.accrual", by_nothing, never_needed, false, words, read_words},
    {"payouts.every", by_nothing, always, false, "\"3 months\"",
     reads([](Rules& rules) -> auto& { return rules.paid_every; })},
    {"payouts.minimum", by_currency, always, false, a_minimum, of_earnings<read_payout_minimum>},
    {"payouts.hold", by_nothing, always, false, "days after the end of a period: \"0 days\"", of_earnings<read_hold>},
    {"payouts.fee", by_nothing, always, false, a_payout_fee, of_earnings<read_payout_fee>, with_amounts},
};

}  // namespace

template <>
std::span<const Parameter<CommunityRules>> parameters<CommunityRules>() noexcept {
    return all_parameters;
}

}  // namespace crowdrules::detail
