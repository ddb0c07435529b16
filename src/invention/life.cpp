// SPDX-License-Identifier: BSL-1.0
// The life of a community: what life/ knows of all that lives, compiled with the rules of communities that invent.
#include <crowdrules/invention/decide.hpp>
#include <crowdrules/invention/evolve.hpp>
#include <crowdrules/invention/postings.hpp>

#include "life/living.hpp"
#include "rules.hpp"

namespace crowdrules {

template class Life<InventionTypes>;
template Result<InventionDecision, InventionRejection> decide(const Invention& invention,
                                                              const InventionCommand& command);
template InventionEvents due(const Invention& invention, Instant until);
template InventionEvents advance(Invention& invention, Instant until);
template Result<Performed, InventionRejection> perform(Invention& invention, const InventionCommand& command,
                                                       InventionEvents& happened);
template void evolve(Invention& invention, const InventionEvent& event);
template void evolve(Invention& invention, std::span<const InventionEvent> events);

InventionEvent founded(InventionTerms terms, Instant at) {
    return Living<InventionTypes>::first(std::move(terms), at);
}

Invention found(InventionTerms terms, Instant at) {
    const InventionEvent event = founded(std::move(terms), at);
    return replay({&event, 1});
}

Invention replay(std::span<const InventionEvent> events) {
    return Living<InventionTypes>::replay(events);
}

}  // namespace crowdrules
