// SPDX-License-Identifier: BSL-1.0
// Community story: a community that invents, as a story in a text file: its terms, what happens when, and the figures
// that must come out.
//
//   timeline = [
//       { at = 2011-01-03T17:00:00Z, join_community = ["Jake", "Anna"] },
//       { at = 2011-01-03T18:00:00Z, hand_in_idea = { idea = "Pivot Power", member = "Jake" } },
//       ...
//       { at = 2011-07-01T00:00:00Z, expect = { members.Jake.paid = "1234.56" } },
//   ]
//   [community]
//   title = "Pivot Power"
//
// Every command of the engine may be written, under its own name and with its own fields (docs/communities.md);
// members, ideas, rounds and sales are called by names. A crowd has one name and as many members as it says.
#pragma once

#include <crowdrules/community/community.hpp>
#include <crowdrules/community/rejection.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/expectation.hpp>
#include <crowdrules/stories/progress.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// Who and what the names of a story stand for.
struct StoryNames {
    std::map<std::string, std::vector<community::MemberId>, std::less<>> members{};  ///< a person, or a crowd
    std::map<std::string, community::IdeaId, std::less<>> ideas{};
    std::map<std::string, community::RoundId, std::less<>> rounds{};
    std::map<std::string, community::SaleId, std::less<>> sales{};
    std::map<community::IdeaId, campaign::Measure> presales{};  ///< what the goal of an idea's presale is counted in

    bool operator==(const StoryNames&) const = default;
};

/// One line of the time line: commands like each other, for each of a crowd or list.
struct CommunityLine {
    TextPosition where{};
    Instant at{};
    std::vector<community::CommandBody> commands{};
    CommandId command{};                    ///< none, or the id of the line's one command
    std::optional<std::uint32_t> accepted;  ///< so many of the commands succeed before the first is refused
    std::string refused{};                  ///< the code with which it must be refused; empty: it must succeed
    bool already_done = false;              ///< it must be answered as carried out before
    Expectations expect{};                  ///< after the line
};

/// How the company acts on what falls due.
struct CommunityConduct {
    bool charges = true;   ///< it charges the commitments of presales, pays them out and refunds them
    bool payments = true;  ///< it pays royalties
};

struct CommunityStory {
    std::string title;
    std::string source;
    community::Terms terms;
    Instant founded{};
    StoryNames names;
    std::vector<CommunityLine> timeline;
    CommunityConduct conduct;
    Expectations expect;  ///< at the end: at the last line

    /// How many commands the time line has.
    [[nodiscard]] std::uint64_t commands() const;
};

/// Reads a story. `source` is the name of its file, for errors; everything that is wrong is told at once.
/// Refuses, each with line and column: text that is no TOML; fields that there are none of; values of another kind;
/// amounts as numbers; names that no line brings in; terms that are incomplete or have a defect.
[[nodiscard]] Result<CommunityStory, Findings> parse_community(std::string_view text, std::string_view source = {},
                                                               const ReadText& read = {});

/// A command that was refused.
struct CommunityRefusal {
    TextPosition where;  ///< of its line; none: an act of the company
    Instant at;
    community::Rejection why;
    std::uint64_t count = 1;  ///< so many like ones
    bool expected = false;    ///< the line says so
};

struct CommunityPlay {
    community::Community community;
    community::Events events;  ///< everything that happened; replay(events) == community
    std::vector<CommunityRefusal> refusals;
    std::vector<Comparison> comparisons;

    /// Whether everything that was expected came out, and every refusal was expected.
    [[nodiscard]] bool as_expected() const noexcept;
    /// What did not: one line for each figure and refusal.
    [[nodiscard]] std::vector<std::string> surprises() const;
};

/// Plays a story to its last line. Between the lines the company acts on its agenda; what is due at the instant of a
/// line happens before it. Refuses amounts that leave 64 bits when they are added up.
[[nodiscard]] Result<CommunityPlay> play(const CommunityStory& story, const PlayProgress& progress = {});

}  // namespace crowdrules
