// SPDX-License-Identifier: BSL-1.0
// Community kind: what the list of kinds in story.cpp needs of a community that invents.
#pragma once

#include <crowdrules/community/evolve.hpp>
#include <crowdrules/protocol/community_journal.hpp>
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
[[nodiscard]] Result<CommunityStory, Findings> community_story_of(const Node& root, const ReadText& read);

struct CommunityKind {
    static constexpr std::string_view table = "community";
    static constexpr std::string_view journal = "community";
    using Text = CommunityStory;
    using Play = CommunityPlay;
    using Subject = community::Community;

    static Result<CommunityStory, Findings> parse(const Node& root, const ReadText& read) {
        return community_story_of(root, read);
    }
    static Result<CommunityPlay> play(const CommunityStory& story, const PlayProgress& progress) {
        return crowdrules::play(story, progress);
    }
    static community::Community subject(CommunityPlay&& play) { return std::move(play.community); }
    static std::string report(const community::Community& community, ReportStyle style) {
        return crowdrules::report(community, style);
    }
    static std::string json(const community::Community& community, int indent) {
        return report_json(community, indent);
    }
    static Result<Derivation, std::string> explain(const community::Community& community, std::string_view figure) {
        return crowdrules::explain(community, figure);
    }
    static void write_journal(const CommunityPlay& play, const std::function<void(std::string_view)>& put,
                              const PlayProgress& progress) {
        write_lines<CommunityJournalWriter>(play.events, put, progress);
    }
    /// Of its files, of the events of its journal, and of its commands.
    static std::string file_schema(JsonSchema& schema);
    static std::string event_schema(JsonSchema& schema);
    static std::string command_schema(JsonSchema& schema);
    using Fold = JournalFold<CommunityJournalReader, community::Community>;
};

}  // namespace crowdrules::detail
