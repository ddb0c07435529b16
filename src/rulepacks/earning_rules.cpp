// SPDX-License-Identifier: BSL-1.0
#include "earning_rules.hpp"

#include <chrono>

namespace crowdrules::detail {

namespace {

bool refuse(Reader& reader, const Node& node, const Path& path, std::string what, std::string accepted) {
    return reader.refuse(FindingKind::malformed, node.where, path, std::move(what), std::move(accepted));
}

// Values of several fields, as they stand in a pack.

struct PayoutMinimum {
    EarningRules& rules;
};
struct PayoutFee {
    FeeSchedule& schedule;
};

inline void describe(Fields& v, PayoutMinimum& minimum) {
    v.amount("amount", minimum.rules.payout_minimum, required);
    v("rule", minimum.rules.minimum_rule, required);
}
inline void describe(Fields& v, PayoutFee& fee) {
    describe_fee(v, fee.schedule);
    v("rounding", fee.schedule.rounding, required);
}

}  // namespace

bool is_good(Reader& reader, const Node& node, const Path& path, const FeeSchedule& schedule) {
    const auto defect = defect_of(schedule);
    return !defect || refuse(reader, node, path, *defect, "a fee that can be computed");
}

bool is_good(Reader& reader, const Node& node, const Path& path, const Bounds& bounds) {
    return bounds.minimum <= bounds.maximum ||
           refuse(reader, node, path, "the least is above the most", "a minimum of at most the maximum");
}

bool read_rate(Reader& reader, const Node& node, const Path& path, EarningRules& rules) {
    revenue::RateTerms rate;
    if (!reader.read(node, rate, path)) return false;
    for (const revenue::RateTier& tier : rate.tiers)
        if (!is_rate(tier.rate))
            return refuse(reader, node, path, "a rate of " + to_percent(tier.rate), "0% to 100% of the base");
    rules.rates[rules.channel].push_back({rules.from, std::move(rate), rules.citation});
    return true;
}

bool read_payout_minimum(Reader& reader, const Node& node, const Path& path, EarningRules& rules) {
    PayoutMinimum minimum{rules};
    return reader.read(node, minimum, path);
}

bool read_payout_fee(Reader& reader, const Node& node, const Path& path, EarningRules& rules) {
    rules.payout_fee.reset();
    if (reader.is_none(node)) return true;
    if (node.kind != Node::Kind::table) return reader.expected(node, path, "\"none\", or a fee with its rounding");
    PayoutFee fee{rules.payout_fee.emplace()};
    if (!reader.read(node, fee, path)) return false;
    rules.payout_fee->name = "payout fee";
    rules.payout_fee->citation = rules.citation;
    return is_good(reader, node, path, *rules.payout_fee);
}

bool read_hold(Reader& reader, const Node& node, const Path& path, EarningRules& rules) {
    if (!reader.read(node, rules.hold, path)) return false;
    const bool is_days = rules.hold >= Elapsed::zero() && rules.hold % std::chrono::days(1) == Elapsed::zero();
    return is_days ||
           refuse(reader, node, path, to_text(rules.hold) + " is no number of days", "whole days: \"7 days\"");
}

}  // namespace crowdrules::detail
