// SPDX-License-Identifier: BSL-1.0
// Change: terms with some values changed by their paths, to ask 'what if', and what differs between two terms.
//
//   changed(terms, {{"goal", Node::of("250000.00")},
//                   {"fees.platform", parse_value(R"({ bands = [{ rate = "8%" }] })").value()},
//                   {"rewards[2].minimum", Node::of("25.00")},
//                   {"limits.maximum", Node::of("none")}})
//
// Paths are those under which terms are written in files and named in errors; items of a list count from 1. "goal"
// stands for "model.goal", and "fees.tax" for the tax on every fee. A table changes the fields that it has and leaves
// the others; "none" takes a field away. A rule that was changed is cited as such, and the terms say so in their
// `pack`.
#pragma once

#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <span>
#include <string>
#include <vector>

namespace crowdrules {

struct Change {
    std::string path;
    Node value;

    bool operator==(const Change&) const = default;
};

/// Refuses: a path that leads nowhere, saying what is near; a value of another kind; terms that no campaign can run
/// with. Everything that is wrong is told at once.
[[nodiscard]] Result<campaign::Terms, Findings> changed(const campaign::Terms& terms, std::span<const Change> changes);

/// 64 hexadecimal digits that differ for terms that differ in anything: the SHA-256 of their text.
[[nodiscard]] std::string fingerprint_of(const campaign::Terms& terms);

/// A rule on which terms differ.
struct RuleDifference {
    std::string path;                 ///< "fees.platform", "charges.timing"
    std::vector<std::string> values;  ///< one for each of the terms, as text; empty: it has none
    std::vector<Citation> citations;  ///< where each is written

    bool operator==(const RuleDifference&) const = default;
};
/// Every rule on which some of `terms` differ, in the order in which terms are written. Fees are told as a whole;
/// titles and the names of packs are no rules.
[[nodiscard]] std::vector<RuleDifference> differences(std::span<const campaign::Terms> terms);

/// What a creator would draft to get such terms from a pack: the window, goal, rewards and so on, without the rules.
[[nodiscard]] CampaignDraft draft_of(const campaign::Terms& terms, std::string country);

}  // namespace crowdrules
