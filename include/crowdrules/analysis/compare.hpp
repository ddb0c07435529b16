// SPDX-License-Identifier: BSL-1.0
// Compare: one scenario under several terms: the same backers do the same things, other rules apply.
//
//   std::vector<Contender> contenders{{"as it was", pebble.terms},
//                                     {"8% fee", changed(pebble.terms, cheaper)},
//                                     {"kickstarter today", under_pack(pebble.terms, "kickstarter", today, "US", {})}};
//   const CampaignComparison result = compare(pebble, contenders);
//   result.figures[9]     "platform_fee": 508,278.02 USD | 821,347.60 USD | ...
//   result.rules[0]       "fees.platform": 5% [kickstarter.com/help/faq, read 2012-04] | 8% [what if] | ...
//
// A contender that lacks a rule, or whose rules forbid the campaign, is not guessed at: it comes with findings that say
// which value must be given or what is forbidden, and has no figures.
#pragma once

#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/rulepacks/change.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crowdrules {

struct Contender {
    std::string name;
    Result<campaign::Terms, Findings> terms;
};

/// The terms that a pack has for such a campaign, on another day or in another country. `given`: what the pack does not
/// establish, as in CampaignDraft.
/// Refuses: an unknown pack; whatever RulePack::campaign_terms refuses.
[[nodiscard]] Result<campaign::Terms, Findings> under_pack(const campaign::Terms& terms, std::string_view pack, Date on,
                                                           std::string country,
                                                           std::map<std::string, Node, std::less<>> given);

struct ComparedCampaign {
    std::string name;
    Findings findings{};                             ///< why there is no statement
    std::optional<campaign::Terms> terms{};          ///< none: they could not be made
    std::optional<campaign::Statement> statement{};  ///< none: the scenario could not be played under them
    std::vector<Refusal> refusals{};                 ///< what backers or the platform could not do under them
};

struct ComparedFigure {
    std::string name;                          ///< as figure_names() has it
    std::vector<std::optional<Money>> values;  ///< one for each contender

    bool operator==(const ComparedFigure&) const = default;
};

struct CampaignComparison {
    std::vector<ComparedCampaign> campaigns;  ///< in the order of the contenders
    std::vector<ComparedFigure> figures;      ///< every figure of the statement
    std::vector<RuleDifference> rules;        ///< among the contenders that have terms, in their order

    /// The figures on which contenders differ.
    [[nodiscard]] std::vector<ComparedFigure> differing() const;
};

/// Plays the scenario under every contender's terms. What the scenario expects is left out. `progress` is told how far
/// each of the plays has come.
[[nodiscard]] CampaignComparison compare(const Scenario& scenario, std::span<const Contender> contenders,
                                         const PlayProgress& progress = {});

}  // namespace crowdrules
