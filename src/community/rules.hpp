// SPDX-License-Identifier: BSL-1.0
// Rules of a community: what life/ asks of it. decide.cpp judges, evolve.cpp applies, due.cpp knows what time brings.
#pragma once

#include <crowdrules/community/command.hpp>
#include <crowdrules/community/community.hpp>
#include <crowdrules/community/rejection.hpp>

#include "life/rules.hpp"
#include <cstdint>
#include <vector>

namespace crowdrules::community {

using Verdict = VerdictOf<Types>;

struct Rules {
    static constexpr const char* no_terms = "no community can run with these terms";
    static constexpr const char* no_beginning = "the first event of a community is its founding";

    static void begin(State& state, Instant at) { state.founded_at = at; }
    [[nodiscard]] static Verdict judge(const State& state, const Command& command);
    static void apply(State& state, const Event& event);
    [[nodiscard]] static Instant next_due(const State& state);
    [[nodiscard]] static std::vector<EventBody> fall_due(const State& state, Instant at);
};

/// The last instant at which something may happen to a community: all that the terms let follow is over by the year
/// 9999. Expects: the spans of the terms are sound.
[[nodiscard]] Instant latest_start(const Terms& terms);

/// A digest of a command's content, the same on every machine.
[[nodiscard]] std::uint64_t fingerprint_of(const Command& command);

}  // namespace crowdrules::community
