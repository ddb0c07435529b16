// SPDX-License-Identifier: BSL-1.0
#include "play_with_terms.hpp"

namespace crowdrules::detail {

Result<Play, Findings> play_with_terms(Scenario scenario, const campaign::Terms& terms, const PlayProgress& progress) {
    if (terms.currency != scenario.terms.currency)
        return failure(Findings{{FindingKind::forbidden, "currency",
                                 "the scenario is in " + std::string(scenario.terms.currency.code()) +
                                     " and the terms are in " + std::string(terms.currency.code()),
                                 "terms in the scenario's currency"}});
    scenario.terms = terms;
    scenario.expect.clear();
    for (TimelineLine& line : scenario.timeline) line.expect.clear();
    auto played = play(scenario, progress);
    if (played) return std::move(*played);
    const TextError& error = played.error();
    return failure(Findings{{FindingKind::forbidden, "timeline", error.what, error.expected, {}, error.where}});
}

}  // namespace crowdrules::detail
