// SPDX-License-Identifier: BSL-1.0
// The life of a campaign: what life/ knows of all that lives, compiled with the rules of campaigns.
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>

#include "life/living.hpp"
#include "rules.hpp"

namespace crowdrules {

template class Life<CampaignTypes>;
template Result<Decision, Rejection> decide(const Campaign& campaign, const Command& command);
template Events due(const Campaign& campaign, Instant until);
template Events advance(Campaign& campaign, Instant until);
template Result<Performed, Rejection> perform(Campaign& campaign, const Command& command, Events& happened);
template void evolve(Campaign& campaign, const Event& event);
template void evolve(Campaign& campaign, std::span<const Event> events);

Event launched(Terms terms, Instant at) {
    return Living<CampaignTypes>::first(std::move(terms), at);
}

Campaign launch(Terms terms, Instant at) {
    const Event event = launched(std::move(terms), at);
    return replay({&event, 1});
}

Campaign replay(std::span<const Event> events) {
    return Living<CampaignTypes>::replay(events);
}

}  // namespace crowdrules
