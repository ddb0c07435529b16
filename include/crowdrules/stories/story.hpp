// SPDX-License-Identifier: BSL-1.0
// Story: whatever a file tells, whichever its kind: read, played, checked, reported, kept as a journal and replayed.
//
//   auto story = parse_story(text, "pebble_2012.toml").value();
//   auto played = play_story(story).value();
//   write_story_journal(played, put);
//   std::cout << story_report(subject_of(played));
//
// A file tells its kind by the table that only this kind has:
//
//   [scenario]    a campaign                    docs/scenarios.md
//   [plan]        an income that is shared      docs/plans.md
//   [community]   a community that invents      docs/communities.md
//
// A new kind is one more alternative in each of the three variants below and one line in the list of src/stories/
// story.cpp; what it lacks does not compile. Functions for all kinds have 'story' in their name, so that none can be
// mistaken for the function of one kind.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>
#include <crowdrules/stories/community/report.hpp>
#include <crowdrules/stories/community/story.hpp>
#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/plan.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crowdrules {

/// What a file tells.
using Story = std::variant<Scenario, RevenuePlan, CommunityStory>;
/// What came of it.
using StoryPlay = std::variant<Play, PlanPlay, CommunityPlay>;
/// What a statement is made of, and what a journal gives back.
using StorySubject = std::variant<campaign::Campaign, PlanBook, community::Community>;

/// Reads a story of any kind; `read` gives the packs and assumptions that it names as files. Refuses: text that is no
/// TOML; no table that tells the kind, or two; what the reader of the kind refuses.
[[nodiscard]] Result<Story, Findings> parse_story(std::string_view text, std::string_view source = {},
                                                  const ReadText& read = {});

/// What parse_story reads, an event of a journal without its seal, and a command, each as a JSON Schema (draft 07) that
/// an editor completes and checks by. Made from what reads them: a schema refuses nothing that is read, and leaves to
/// the reader what depends on several fields.
[[nodiscard]] std::string story_schema();
[[nodiscard]] std::string event_schema();
[[nodiscard]] std::string command_schema();

/// Plays a story to its end. Refuses what the play of its kind refuses.
[[nodiscard]] Result<StoryPlay> play_story(const Story& story, const PlayProgress& progress = {});

/// What was expected beside what came out, refusals of lines included.
[[nodiscard]] const std::vector<Comparison>& story_comparisons(const StoryPlay& play);
/// What did not come out as expected: one line each; empty when all did.
[[nodiscard]] std::vector<std::string> story_surprises(const StoryPlay& play);
[[nodiscard]] StorySubject subject_of(StoryPlay play);

/// The statement as a person reads it, and the same for machines.
[[nodiscard]] std::string story_report(const StorySubject& subject, ReportStyle style = ReportStyle::plain);
[[nodiscard]] std::string story_json(const StorySubject& subject, int indent = 2);
/// How a figure came about. Refuses a name that is none, listing those there are.
[[nodiscard]] Result<Derivation, std::string> explain_story(const StorySubject& subject, std::string_view figure);

/// Gives the journal to `put`, a sealed line at a time (protocol/journal.hpp).
void write_story_journal(const StoryPlay& play, const std::function<void(std::string_view)>& put,
                         const PlayProgress& progress = {});

/// Folds a journal of any kind, in pieces of any size, to what it is about.
class StoryReplay {
  public:
    /// `source` names the journal in errors.
    explicit StoryReplay(std::string source = {});
    ~StoryReplay();
    StoryReplay(StoryReplay&&) noexcept;
    StoryReplay& operator=(StoryReplay&&) noexcept;

    /// Refuses, with the line: a line that was altered, left out, moved or put in; events that do not follow from one
    /// another. After an error: the same error.
    Result<void> add(std::string_view piece);
    /// Refuses a journal that was cut off, or that has no events.
    [[nodiscard]] Result<StorySubject> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace crowdrules
