// SPDX-License-Identifier: BSL-1.0
// Load: rule packs from text, and the packs that come with crowdrules.
//
//   pack = "kickstarter"
//   kind = "campaign"                  # or "community", "revenue"; "campaign" when it is left out
//
//   [citations.blog_length]
//   source = "kickstarter.com/blog/shortening-the-maximum-project-length"
//   read = "2011-06"
//   evidence = "official"
//
//   [[rule]]
//   parameter = "window.days"
//   from = 2009-04-28                  # or `seen`: it held on that day, and began on an unknown earlier one
//   until = 2011-06-10                 # optional: the last day on which it is known to hold
//   value = { minimum = "1 day", maximum = "90 days" }
//   cite = "blog_length"
//
// A value by currency has `currency = "USD"` or a list of currencies, or instead of `value` a table `by_currency`; the
// same with `country` and `channel`. A value by channel that has amounts in it names their currency beside the channel.
// `liftable = true` lets a draft give another value. docs/rule_packs.md tells how to write one.
//
// A pack that begins with `extends = "kickstarter"` has the rows of that one but where it has rows of its own. A file
// that begins with `assumptions = "mine"` instead of `pack` is a set of assumptions: its rows need no date, currency or
// country.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// Reads a pack. `source` names the file in findings. Refuses: what is not TOML; unknown parameters, fields, names and
/// citations; values of another kind than the parameter's; a value by nothing, currency or country where it should be
/// by another; amounts of which no currency is said; rows of one parameter and scope that hold on the same day, or of
/// which one is for a currency and one for all; a citation without source or grade, or that nothing cites; a citation
/// graded `assumed` in a pack, and any other in a set of assumptions; what it extends, when that cannot be read or
/// extends it in turn.
[[nodiscard]] Result<RulePack, Findings> parse_pack(std::string_view text, const std::string& source = {},
                                                    const ReadText& read = {});

/// What parse_pack reads, as a JSON Schema (draft 07) that an editor completes and checks by. It refuses nothing that
/// parse_pack reads, and leaves to it what depends on several fields.
[[nodiscard]] std::string pack_schema();

/// The names of the packs that come with crowdrules.
[[nodiscard]] std::vector<std::string> pack_names();
/// One of them, or one of your own: a name with a slash or with the ending .toml is a file, whose text `read` gives.
/// Refuses a name that is none; a set of assumptions.
[[nodiscard]] Result<RulePack, Findings> load_pack(std::string_view name, const ReadText& read = {});

/// The names of the sets of assumptions that come with crowdrules.
[[nodiscard]] std::vector<std::string> assumption_names();
/// One of them, or a file as above. Refuses a name that is none; a pack.
[[nodiscard]] Result<RulePack, Findings> load_assumptions(std::string_view name, const ReadText& read = {});

/// What is worth knowing about a pack that can be read, each with its place: remarks on days between rows on which
/// nothing is established, on values that nothing reaches, and on fees where a backer who pays more gives the creator
/// less; refusals of fees that together take all.
[[nodiscard]] Findings doubts_of(const RulePack& pack);

/// The names of the business calendars that come with crowdrules: "us_federal_reserve", "target", ...
[[nodiscard]] std::vector<std::string> calendar_names();
/// One of them. Refuses a name that is none.
[[nodiscard]] Result<HolidayList, Findings> load_calendar(std::string_view name);
/// Gives the calendar of the payouts its days, where the terms have its name alone. What is wrong with it, if anything.
[[nodiscard]] Findings name_holidays(campaign::Terms& terms);

}  // namespace crowdrules
