// SPDX-License-Identifier: BSL-1.0
// Plan play: a plan of revenue from its first line to its last, every line decided and booked.
//
//   auto plan = parse_plan(text, "film.toml").value();
//   auto play = crowdrules::play(plan);
//   std::cout << report(play.book);
//
// A line is accepted whole, with everything that follows from it in other parts, or refused and leaves everything as it
// was.
#pragma once

#include <crowdrules/stories/expectation.hpp>
#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/plan.hpp>
#include <crowdrules/stories/progress.hpp>

#include <string>
#include <vector>

namespace crowdrules {

/// A line that was refused.
struct PlanRefusal {
    TextPosition where;
    Date on;
    Finding why;
    bool expected = false;  ///< the line says so
};

struct PlanPlay {
    PlanBook book;
    std::vector<PlanRefusal> refusals;
    std::vector<Comparison> comparisons;

    /// Whether everything that was expected came out, and every refusal was expected.
    [[nodiscard]] bool as_expected() const noexcept { return surprises().empty(); }
    /// What did not: one line for each figure and refusal.
    [[nodiscard]] std::vector<std::string> surprises() const;
};

/// Refuses a plan whose amounts leave 64 bits only when they are added up.
[[nodiscard]] Result<PlanPlay> play(const RevenuePlan& plan, const PlayProgress& progress = {});

}  // namespace crowdrules
