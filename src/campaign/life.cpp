// SPDX-License-Identifier: BSL-1.0
// The life of a campaign: what life/ knows of all that lives, compiled with the rules of campaigns.
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>

#include "life/living.hpp"
#include "rules.hpp"

namespace crowdrules {

template class Life<campaign::Types>;
template Result<campaign::Decision, campaign::Rejection> decide(const campaign::Campaign& life,
                                                                const campaign::Command& command);
template campaign::Events due(const campaign::Campaign& life, Instant until);
template campaign::Events advance(campaign::Campaign& life, Instant until);
template Result<Performed, campaign::Rejection> perform(campaign::Campaign& life, const campaign::Command& command,
                                                        campaign::Events& happened);
template void evolve(campaign::Campaign& life, const campaign::Event& event);
template void evolve(campaign::Campaign& life, std::span<const campaign::Event> events);

}  // namespace crowdrules

namespace crowdrules::campaign {

Event launched(Terms terms, Instant at) {
    return Living<Types>::first(std::move(terms), at);
}

Campaign launch(Terms terms, Instant at) {
    const Event event = launched(std::move(terms), at);
    return replay({&event, 1});
}

Campaign replay(std::span<const Event> events) {
    return Living<Types>::replay(events);
}

}  // namespace crowdrules::campaign
