// SPDX-License-Identifier: BSL-1.0
// Play: a scenario from launch to the last payout, every command decided and applied.
//
//   auto scenario = parse_scenario(text, "pebble_2012.toml").value();
//   auto play = crowdrules::play(scenario).value();
//   std::cout << report(play.campaign);
//
// Between the lines of the time line the platform acts on the campaign's agenda as the scenario's settlement says:
// it charges cards, some of which fail, mends some of those, refunds and pays out. What is due at the instant of a line
// happens before the line. Nothing is random: the same scenario gives the same events on every machine.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>
#include <crowdrules/stories/expectation.hpp>
#include <crowdrules/stories/progress.hpp>

#include <string>
#include <vector>

namespace crowdrules {

/// A command that was refused.
struct Refusal {
    TextPosition where;  ///< of its line; none: an act of the platform
    Instant at;
    campaign::Rejection why;
    std::uint64_t count = 1;  ///< so many like ones
    bool expected = false;    ///< the line says so
};

struct Play {
    campaign::Campaign campaign;
    campaign::Events events;  ///< everything that happened; replay(events) == campaign
    std::vector<Refusal> refusals;
    std::vector<Comparison> comparisons;

    /// Whether everything that was expected came out, and every refusal was expected.
    [[nodiscard]] bool as_expected() const noexcept;
    /// What did not: one line for each figure and refusal.
    [[nodiscard]] std::vector<std::string> surprises() const;
};

/// Plays a scenario to its end: until its time line is over and the platform has nothing left to do.
/// Refuses a line whose moment never comes ("success + 7 days" of a campaign that fails), or whose pledges there are
/// none of.
[[nodiscard]] Result<Play> play(const Scenario& scenario, const PlayProgress& progress = {});

}  // namespace crowdrules
