// SPDX-License-Identifier: BSL-1.0
// Campaign kind: what the list of kinds in story.cpp needs of a campaign.
#pragma once

#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>

#include <functional>
#include <stories/journal_fold.hpp>
#include <string>
#include <string_view>

namespace crowdrules::detail {

class JsonSchema;

/// Reads a scenario whose text is parsed already.
[[nodiscard]] Result<Scenario, Findings> scenario_of(const Node& root, const ReadText& read);

struct CampaignKind {
    static constexpr std::string_view table = "scenario";  ///< that only files of this kind have
    static constexpr std::string_view journal = {};        ///< what the header of its journal names
    using Text = Scenario;
    using Play = crowdrules::Play;
    using Subject = campaign::Campaign;

    static Result<Scenario, Findings> parse(const Node& root, const ReadText& read) { return scenario_of(root, read); }
    static Result<Play> play(const Scenario& scenario, const PlayProgress& progress) {
        return crowdrules::play(scenario, progress);
    }
    static campaign::Campaign subject(Play&& play) { return std::move(play.campaign); }
    static std::string report(const campaign::Campaign& campaign, ReportStyle style) {
        return crowdrules::report(campaign, style);
    }
    static std::string json(const campaign::Campaign& campaign, int indent) { return report_json(campaign, indent); }
    static Result<Derivation, std::string> explain(const campaign::Campaign& campaign, std::string_view figure) {
        return campaign::explain(statement(campaign), campaign.terms(), figure);
    }
    static void write_journal(const Play& play, const std::function<void(std::string_view)>& put,
                              const PlayProgress& progress) {
        write_lines<JournalWriter>(play.events, put, progress);
    }
    /// Of its files, of the events of its journal, and of its commands.
    static std::string file_schema(JsonSchema& schema);
    static std::string event_schema(JsonSchema& schema);
    static std::string command_schema(JsonSchema& schema);
    using Fold = JournalFold<JournalReader, campaign::Campaign>;
};

}  // namespace crowdrules::detail
