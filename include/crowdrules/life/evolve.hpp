// SPDX-License-Identifier: BSL-1.0
// Evolve: what has happened is applied. Judges nothing.
//
//   evolve(campaign, decision->events);
#pragma once

#include <crowdrules/life/life.hpp>

#include <span>

namespace crowdrules {

/// Applies one event in place. Expects: an event that decide or due gave for this very state. Throws ContractViolation
/// for an event whose number is not the next one (it was applied already, or one before it is missing), that comes
/// before the last one, names what does not exist or tells what cannot have happened, Overflow when a total leaves 64
/// bits.
template <class Types>
void evolve(Life<Types>& life, const typename Types::Event& event);
template <class Types>
void evolve(Life<Types>& life, std::span<const typename Types::Event> events);

}  // namespace crowdrules
