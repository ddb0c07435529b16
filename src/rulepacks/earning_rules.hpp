// SPDX-License-Identifier: BSL-1.0
// Earning rules: what packs of revenue and of communities say alike: rates by channel, and how earnings are paid out.
#pragma once

#include "parameter.hpp"
#include <money/rate.hpp>
#include <revenue/describe.hpp>

namespace crowdrules::detail {

/// Between which values a plan may choose.
struct Bounds {
    Decimal minimum{}, maximum{};
};
inline void describe(Fields& v, Bounds& bounds) {
    v("minimum", bounds.minimum, required);
    v("maximum", bounds.maximum, required);
}

struct EarningRules {
    /// Of the value that is being read.
    std::string channel;
    Date from{};
    Citation citation;

    std::map<std::string, std::vector<DatedRow<revenue::RateTerms>>> rates;  ///< by channel
    std::int64_t payout_minimum = 0;
    revenue::MinimumRule minimum_rule = revenue::MinimumRule::at_least;
    Elapsed hold{};
    std::optional<FeeSchedule> payout_fee;
    Cadence paid_every;
};

/// What a fee is computed from; its rounding is another matter, and a pack has its citation beside it.
inline void describe_fee(Fields& v, FeeSchedule& schedule) {
    v("bands", schedule.bands, required);
    v("banding", schedule.banding);
    v.amount("minimum", schedule.minimum);
    v.amount("maximum", schedule.maximum);
}

/// Adds a finding when the value at `node` cannot be used. Whether it can.
bool is_good(Reader& reader, const Node& node, const Path& path, const FeeSchedule& schedule);
bool is_good(Reader& reader, const Node& node, const Path& path, const Bounds& bounds);

bool read_rate(Reader& reader, const Node& node, const Path& path, EarningRules& rules);
bool read_payout_minimum(Reader& reader, const Node& node, const Path& path, EarningRules& rules);
bool read_payout_fee(Reader& reader, const Node& node, const Path& path, EarningRules& rules);
bool read_hold(Reader& reader, const Node& node, const Path& path, EarningRules& rules);

/// One of the above for rules of any kind that have these.
template <bool (*read)(Reader&, const Node&, const Path&, EarningRules&)>
inline constexpr auto of_earnings =
    [](Reader& reader, const Node& node, const Path& path, auto& rules) { return read(reader, node, path, rules); };

inline constexpr std::string_view a_rate =
    "{ less = [ \"returns\" ], tiers = [ { up_to = \"3000.00\", rate = \"0%\" }, { rate = \"5%\" } ] }";
inline constexpr std::string_view a_minimum = "{ amount = \"10.00\", rule = \"at_least\" }";
inline constexpr std::string_view a_payout_fee =
    "\"none\", or { bands = [ { rate = \"2%\" } ], rounding = \"half_up\" }";
inline constexpr std::string_view a_hold = "days after the sale: \"7 days\"";

}  // namespace crowdrules::detail
