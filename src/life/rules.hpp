// SPDX-License-Identifier: BSL-1.0
// Rules: what one kind of life says for itself; src/life/living.hpp does the rest.
//
//   struct campaign::Rules {
//       static constexpr const char *no_terms, *no_beginning;   what is said of terms with defects, of other beginnings
//       static void begin(campaign::State& state, Instant at);    what is known at the first event, but for its terms
//       static Verdict judge(const campaign::State& state, const Command& command);           changes nothing
//       static void apply(campaign::State& state, const Event& event);                        judges nothing
//       static Instant next_due(const campaign::State& state);   when something happens by itself; `never`: nothing
//       static std::vector<EventBody> fall_due(const campaign::State& state, Instant at);     what happens then
//   };
//
// Beside them stand `defects_of(terms)`, `latest_start(terms)`, the last instant at which something may happen,
// `fingerprint_of(command)`, and what the body of an event moves and is called:
// `movements_of(body)` and `name_of(body)`.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/life/life.hpp>

#include <vector>

namespace crowdrules {

/// What a command brings about, or why it may not be.
template <class Types>
using VerdictOf = Result<std::vector<decltype(Types::Event::what)>, typename Types::Rejection>;

}  // namespace crowdrules
