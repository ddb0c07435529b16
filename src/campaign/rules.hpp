// SPDX-License-Identifier: BSL-1.0
// Rules of a campaign: what life/ asks of it. decide.cpp judges, evolve.cpp applies, due.cpp knows what time brings.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/command.hpp>
#include <crowdrules/campaign/rejection.hpp>

#include "life/rules.hpp"
#include <cstdint>
#include <span>
#include <vector>

namespace crowdrules::campaign {

using Verdict = VerdictOf<Types>;

struct Rules {
    static constexpr const char* no_terms = "no campaign can run with these terms";
    static constexpr const char* no_beginning = "the first event of a campaign is its launch";

    static void begin(State& state, Instant at);
    [[nodiscard]] static Verdict judge(const State& state, const Command& command);
    static void apply(State& state, const Event& event);
    static void apply(Campaign& campaign, Instant at, std::span<const PledgeRow> rows);
    [[nodiscard]] static Instant next_due(const State& state);
    [[nodiscard]] static std::vector<EventBody> fall_due(const State& state, Instant at);
};

inline constexpr std::int64_t largest_fixed_fee = 1'000'000'000'000'000;  ///< leaves room for thousands in 64 bits

/// The last instant at which something may happen to a campaign: all that the terms let follow, in whatever order, is
/// over by `latest_instant`. Expects: the spans of the terms are sound.
[[nodiscard]] Instant latest_start(const Terms& terms);
/// The latest deadline of a campaign of these terms, in the second of two rounds or before.
[[nodiscard]] Instant latest_closing(const Terms& terms, bool in_second_round);

/// A digest of a command's content, the same on every machine.
[[nodiscard]] std::uint64_t fingerprint_of(const Command& command);

}  // namespace crowdrules::campaign
