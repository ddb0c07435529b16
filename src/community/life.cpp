// SPDX-License-Identifier: BSL-1.0
// The life of a community: what life/ knows of all that lives, compiled with the rules of communities that invent.
#include <crowdrules/community/decide.hpp>
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/community/postings.hpp>

#include "life/living.hpp"
#include "rules.hpp"

namespace crowdrules {

template class Life<community::Types>;
template Result<community::Decision, community::Rejection> decide(const community::Community& life,
                                                                  const community::Command& command);
template community::Events due(const community::Community& life, Instant until);
template community::Events advance(community::Community& life, Instant until);
template Result<Performed, community::Rejection> perform(community::Community& life, const community::Command& command,
                                                         community::Events& happened);
template void evolve(community::Community& life, const community::Event& event);
template void evolve(community::Community& life, std::span<const community::Event> events);

}  // namespace crowdrules

namespace crowdrules::community {

Event founded(Terms terms, Instant at) {
    return Living<Types>::first(std::move(terms), at);
}

Community found(Terms terms, Instant at) {
    const Event event = founded(std::move(terms), at);
    return replay({&event, 1});
}

Community replay(std::span<const Event> events) {
    return Living<Types>::replay(events);
}

}  // namespace crowdrules::community
