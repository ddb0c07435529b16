// SPDX-License-Identifier: BSL-1.0
// Rules of an invention: what life/ asks of it. decide.cpp judges, evolve.cpp applies, due.cpp knows what time brings.
#pragma once

#include <crowdrules/invention/command.hpp>
#include <crowdrules/invention/invention.hpp>
#include <crowdrules/invention/rejection.hpp>

#include "life/rules.hpp"
#include <cstdint>
#include <vector>

namespace crowdrules {

using InventionVerdict = VerdictOf<InventionTypes>;

template <>
struct Rules<InventionTypes> {
    static constexpr const char* no_terms = "no community can run with these terms";
    static constexpr const char* no_beginning = "the first event of a community is its founding";

    static void begin(InventionState& state, Instant at) { state.founded_at = at; }
    [[nodiscard]] static InventionVerdict judge(const InventionState& state, const InventionCommand& command);
    static void apply(InventionState& state, const InventionEvent& event);
    [[nodiscard]] static Instant next_due(const InventionState& state);
    [[nodiscard]] static std::vector<InventionEventBody> fall_due(const InventionState& state, Instant at);
};

/// The last instant at which something may happen to a community: all that the terms let follow is over by the year
/// 9999. Expects: the spans of the terms are sound.
[[nodiscard]] Instant latest_start(const InventionTerms& terms);

/// A digest of a command's content, the same on every machine.
[[nodiscard]] std::uint64_t fingerprint_of(const InventionCommand& command);

}  // namespace crowdrules
