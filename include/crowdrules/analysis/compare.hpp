// SPDX-License-Identifier: BSL-1.0
// Compare: one scenario under several terms: the same backers do the same things, other rules apply.
//
//   std::vector<Contender> contenders{{"as it was", pebble.terms},
//                                     {"8% fee", changed(pebble.terms, cheaper)},
//                                     {"kickstarter today", under_pack(pebble, kickstarter, {.on = today})}};
//   const CampaignComparison result = compare(pebble, contenders);
//   result.figures[9]     "platform_fee": 508,278.02 USD | 821,347.60 USD | ...
//   result.rules[0]       "fees.platform": 5% [kickstarter.com/help/faq, read 2012-04] | 8% [what if] | ...
//
// A contender that lacks a rule, or whose rules forbid the campaign, is not guessed at: it comes with findings that say
// which value must be given or what is forbidden, and has no figures.
#pragma once

#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/money/exchange.hpp>
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

/// How the rules of a pack are put to a campaign that had others.
struct UnderPack {
    /// Whose rules; none: those of the launch where the pack has a platform fee then, else of the first day it has one.
    std::optional<Date> on{};
    /// Of the creator; empty: the scenario's where the pack is on offer there, else the first where it is, with the
    /// campaign's currency if that is on offer anywhere.
    std::string country{};
    std::map<std::string, Node, std::less<>> given{};  ///< what the pack does not establish, as in CampaignDraft
    std::string assume{};                              ///< as in CampaignDraft
    /// Of what currencies are worth in the campaign's: amounts in the rules of a pack that has another currency are put
    /// into the campaign's at such a rate, rounded half_even.
    std::vector<ExchangeRate> rates{};
};

/// The terms that a pack has for such a campaign. Its `pack` says for which day, country and rate.
/// Refuses: a pack in another currency without a rate; whatever RulePack::campaign_terms refuses.
[[nodiscard]] Result<campaign::Terms, Findings> under_pack(const Scenario& scenario, const RulePack& pack,
                                                           const UnderPack& how, const ReadText& read = {});

/// The names of all packs of campaigns that come with crowdrules.
[[nodiscard]] std::vector<std::string> campaign_packs();

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
