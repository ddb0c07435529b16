// SPDX-License-Identifier: BSL-1.0
// Campaign story: what the list of kinds in story.cpp needs of a campaign.
#pragma once

#include <crowdrules/rulepacks/journal.hpp>
#include <crowdrules/rulepacks/node.hpp>
#include <crowdrules/scenario/story.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// Reads a scenario whose text is parsed already.
[[nodiscard]] Result<Scenario, Findings> scenario_of(const Node& root);

struct CampaignStory {
    static constexpr std::string_view table = "scenario";  ///< that only files of this kind have
    static constexpr std::string_view journal = {};        ///< what the header of its journal names
    using Told = Scenario;
    using Played = Play;
    using Subject = Campaign;

    static Result<Scenario, Findings> parse(const Node& root) { return scenario_of(root); }
    static Result<Play> play(const Scenario& scenario, const PlayProgress& progress) {
        return crowdrules::play(scenario, progress);
    }
    static Campaign subject(Play&& play) { return std::move(play.campaign); }
    static std::string report(const Campaign& campaign, ReportStyle style) {
        return crowdrules::report(campaign, style);
    }
    static std::string json(const Campaign& campaign, int indent) { return report_json(campaign, indent); }
    static Result<Derivation, std::string> explain(const Campaign& campaign, std::string_view figure) {
        return crowdrules::explain(statement(campaign), campaign.terms(), figure);
    }
    static void write_journal(const Play& play, const std::function<void(std::string_view)>& put,
                              const PlayProgress& progress);

    /// Folds the pieces of a journal.
    class Fold {
      public:
        explicit Fold(std::string source) : source_(source), reader_(std::move(source)) {}
        Result<void> add(std::string_view piece) { return apply(reader_.add(piece)); }
        Result<Campaign> finish();

      private:
        Result<void> apply(Result<Events> events);

        std::string source_;
        JournalReader reader_;
        std::optional<Campaign> campaign_;
        std::size_t applied_ = 0;
    };
};

}  // namespace crowdrules::detail
