// SPDX-License-Identifier: BSL-1.0
// Rules: what one kind of life says for itself; src/life/living.hpp does the rest.
//
//   template <>
//   struct Rules<CampaignTypes> {
//       static constexpr const char *no_terms, *no_beginning;   what is said of terms with defects, of other beginnings
//       static void begin(CampaignState& state, Instant at);    what is known at the first event, but for its terms
//       static Verdict judge(const CampaignState& state, const Command& command);           changes nothing
//       static void apply(CampaignState& state, const Event& event);                        judges nothing
//       static Instant next_due(const CampaignState& state);    when something happens by itself; `never`: nothing does
//       static std::vector<EventBody> fall_due(const CampaignState& state, Instant at);     what happens then
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
