// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include "play_with_terms.hpp"
#include <algorithm>

namespace crowdrules {

Result<campaign::Terms, Findings> under_pack(const campaign::Terms& terms, std::string_view name, Date on,
                                             std::string country, std::map<std::string, Node, std::less<>> given) {
    const auto pack = load_pack(name);
    if (!pack) return failure(pack.error());
    CampaignDraft draft = draft_of(terms, std::move(country));
    draft.given = std::move(given);
    return pack->campaign_terms(on, draft);
}

CampaignComparison compare(const Scenario& scenario, std::span<const Contender> contenders,
                           const PlayProgress& progress) {
    CampaignComparison result;
    std::vector<campaign::Terms> all_terms;
    for (const Contender& contender : contenders) {
        ComparedCampaign& compared = result.campaigns.emplace_back();
        compared.name = contender.name;
        if (!contender.terms) {
            compared.findings = contender.terms.error();
            continue;
        }
        compared.terms = *contender.terms;
        all_terms.push_back(*contender.terms);
        auto played = detail::play_with_terms(scenario, *contender.terms, progress);
        if (!played) {
            compared.findings = std::move(played.error());
            continue;
        }
        compared.statement = statement(played->campaign);
        compared.refusals = std::move(played->refusals);
    }
    for (const std::string& name : campaign::figure_names()) {
        ComparedFigure& compared = result.figures.emplace_back();
        compared.name = name;
        for (const ComparedCampaign& campaign : result.campaigns)
            compared.values.push_back(campaign.statement ? figure(*campaign.statement, name) : std::nullopt);
    }
    result.rules = differences(all_terms);
    return result;
}

std::vector<ComparedFigure> CampaignComparison::differing() const {
    std::vector<ComparedFigure> different;
    for (const ComparedFigure& compared : figures) {
        const auto& values = compared.values;
        const auto first = std::find_if(values.begin(), values.end(), [](const auto& v) { return v.has_value(); });
        if (std::any_of(first, values.end(), [&](const auto& value) { return value && *value != **first; }))
            different.push_back(compared);
    }
    return different;
}

}  // namespace crowdrules
