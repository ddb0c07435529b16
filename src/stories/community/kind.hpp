// SPDX-License-Identifier: BSL-1.0
// Community kind: what the list of kinds in story.cpp needs of a community that invents.
#pragma once

#include <crowdrules/invention/evolve.hpp>
#include <crowdrules/protocol/invention_journal.hpp>
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/stories/community/report.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <functional>
#include <stories/journal_fold.hpp>
#include <string>
#include <string_view>

namespace crowdrules::detail {

class JsonSchema;

/// Reads a story whose text is parsed already.
[[nodiscard]] Result<InventionStory, Findings> invention_story_of(const Node& root);

struct CommunityKind {
    static constexpr std::string_view table = "invention";
    static constexpr std::string_view journal = "invention";
    using Text = InventionStory;
    using Play = InventionPlay;
    using Subject = Invention;

    static Result<InventionStory, Findings> parse(const Node& root) { return invention_story_of(root); }
    static Result<InventionPlay> play(const InventionStory& story, const PlayProgress& progress) {
        return crowdrules::play(story, progress);
    }
    static Invention subject(InventionPlay&& play) { return std::move(play.invention); }
    static std::string report(const Invention& invention, ReportStyle style) {
        return crowdrules::report(invention, style);
    }
    static std::string json(const Invention& invention, int indent) { return report_json(invention, indent); }
    static Result<Derivation, std::string> explain(const Invention& invention, std::string_view figure) {
        return crowdrules::explain(invention, figure);
    }
    static void write_journal(const InventionPlay& play, const std::function<void(std::string_view)>& put,
                              const PlayProgress& progress) {
        write_lines<InventionJournalWriter>(play.events, put, progress);
    }
    /// Of its files, of the events of its journal, and of its commands.
    static std::string file_schema(JsonSchema& schema);
    static std::string event_schema(JsonSchema& schema);
    static std::string command_schema(JsonSchema& schema);
    using Fold = JournalFold<InventionJournalReader, Invention>;
};

}  // namespace crowdrules::detail
