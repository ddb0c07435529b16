// SPDX-License-Identifier: BSL-1.0
// Draft: the fields of a campaign's draft, for readers and writers of text.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include <campaign/schema/terms.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, CampaignDraft& draft) {
    v("title", draft.title);
    v("country", draft.country, required);
    v.currency("currency", draft.currency, required);
    v.measured("goal", draft.goal, required);
    v("window", draft.window, required);
    v("rewards", draft.rewards);
    v("add_ons", draft.add_ons);
    v("stretch_goals", draft.stretch_goals);
    v("late_pledges", draft.late_pledges);
    v("instalments", draft.instalments);
    v("zone_database", draft.zone_database);
    v("given", draft.given);
    v("assume", draft.assume);
}

}  // namespace crowdrules::detail
