// SPDX-License-Identifier: BSL-1.0
// HTML report: a campaign, a plan of revenue or a community that invents on one page for a browser, with pictures, that
// needs nothing else.
//
//   const Play play = crowdrules::play(scenario).value();
//   file << html_report(play);                       // open it, mail it, print it
//
// Outcome, statement, how every figure came about, the funding curve, where the money went, payouts, rewards, the rules
// in force with their citations, and what happened when. There are no scripts, no fonts and nothing to fetch; whatever
// people wrote is shown as text. The same campaign gives the same bytes.
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/community/event.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/community/story.hpp>
#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include <span>
#include <string>

namespace crowdrules {

/// The page of a played scenario: with what was refused.
[[nodiscard]] std::string html_report(const Play& play);
/// The page of a campaign from its events. Expects: the events of one campaign, its launch first.
[[nodiscard]] std::string html_report(std::span<const campaign::Event> events);

/// The page of a plan of revenue: where the money went, what each step of a waterfall got, what payees were given, how
/// far a note has come. With what was refused, or from its book alone.
[[nodiscard]] std::string html_report(const PlanPlay& play);
[[nodiscard]] std::string html_report(const PlanBook& book);

/// The page of a community that invents: where the money went, royalties at each closing, influence in each product,
/// who held which right when. With what was refused, or from its events alone. Expects: the events of one community,
/// its founding first.
[[nodiscard]] std::string html_report(const CommunityPlay& play);
[[nodiscard]] std::string html_report(std::span<const community::Event> events);

}  // namespace crowdrules
