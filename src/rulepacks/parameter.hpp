// SPDX-License-Identifier: BSL-1.0
// Parameter: everything that a pack can say: what it is called, what it depends on, how its value is read.
//
// Each kind of pack has one table of parameters, and one struct that their values fill:
//
//   campaign     CampaignRules    campaign_parameters.cpp    made into Terms by campaign_terms.cpp
//   community    CommunityRules   community_parameters.cpp   made into community::Terms by community_terms.cpp
//   revenue      RevenueRules     revenue_parameters.cpp     made into RevenueTerms by revenue_terms.cpp
//
// A further parameter is a row of a table; a further kind is a struct, a table, and a line in for_kind.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include <protocol/reader.hpp>
#include <span>

namespace crowdrules::detail {

/// For which drafts a parameter must be known.
enum class Needed : std::uint8_t {
    always,
    for_dated_rewards,
    for_pauses,
    for_moved_ends,
    for_cuts,
    for_refunds,
    for_disputes,
    for_late_pledges,
    for_instalments,
    for_a_fee,
    for_royalties,
    for_split,
    for_note,
    for_payouts,
    for_withholding,
    never,
};

/// What is told of a parameter without knowing what its values fill.
struct ParameterHead {
    std::string_view path;
    PackParameter::By by;
    Needed needed;
    bool offer;              ///< before its first day it was not on offer, rather than not established
    std::string_view value;  ///< what a value looks like
    bool amounts = false;    ///< a value may hold amounts; it then names their currency
};

template <class Rules>
struct Parameter : ParameterHead {
    using Read = bool (*)(Reader& reader, const Node& node, const Path& path, Rules& rules);

    constexpr Parameter(std::string_view of, PackParameter::By depends_on, Needed needed_for, bool is_offer,
                        std::string_view looks, Read how, bool has_amounts = false)
        : ParameterHead{of, depends_on, needed_for, is_offer, looks, has_amounts}, read(how) {}

    Read read;
};

/// How a parameter is read whose value is one field of the rules.
template <class Get>
constexpr auto reads(Get) {
    return [](Reader& reader, const Node& node, const Path& path, auto& rules) {
        return reader.read(node, Get{}(rules), path);
    };
}
/// How a parameter is read by which crowdrules decides nothing: what the platform does, in words, and where it is
/// written.
inline constexpr auto read_words = [](Reader& reader, const Node& node, const Path& path, auto&) {
    std::string words;
    return reader.read(node, words, path);
};
inline constexpr std::string_view words = "the rule in words";
inline constexpr std::string_view a_span = "a length of time: \"7 days\"";
inline constexpr std::string_view a_flag = "true or false";
inline constexpr std::string_view an_amount = "an amount: \"25.00\"";
inline constexpr std::string_view a_rounding = "\"half_up\", or another mode of rounding";

/// The parameters of one kind of pack, in the order in which they are applied.
template <class Rules>
[[nodiscard]] std::span<const Parameter<Rules>> parameters() noexcept;

/// Reads a value into `rules`, all it can be checked for alone included. Nothing in `currency`: amounts are refused.
template <class Rules>
bool read_parameter(const Parameter<Rules>& parameter, const Node& value, std::optional<Currency> currency,
                    Rules& rules, Findings& findings) {
    Reader reader({currency.value_or(USD), campaign::Measure::money, currency.has_value()}, findings);
    return parameter.read(reader, value, Path{nullptr, parameter.path}, rules);
}

[[nodiscard]] const ParameterHead* find_parameter(PackKind kind, std::string_view path) noexcept;
[[nodiscard]] std::vector<std::string_view> parameter_paths(PackKind kind);
/// Whether `value` is one that a parameter of this kind can have.
bool check_value(PackKind kind, const ParameterHead& parameter, const Node& value, std::optional<Currency> currency,
                 Findings& findings);

/// Tells `listener` what is read where a parameter of this kind has its value.
void ask_for_value(PackKind kind, const ParameterHead& parameter, Listener& listener);

}  // namespace crowdrules::detail
