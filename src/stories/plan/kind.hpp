// SPDX-License-Identifier: BSL-1.0
// Plan kind: what the list of kinds in story.cpp needs of a plan of revenue.
#pragma once

#include <crowdrules/protocol/node.hpp>
#include <crowdrules/stories/plan/book.hpp>
#include <crowdrules/stories/plan/plan.hpp>
#include <crowdrules/stories/plan/play.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace crowdrules::detail {

class JsonSchema;

/// Reads a plan whose text is parsed already.
[[nodiscard]] Result<RevenuePlan, Findings> plan_of(const Node& root, const ReadText& read);

struct PlanKind {
    static constexpr std::string_view table = "plan";
    static constexpr std::string_view journal = "plan";
    using Text = RevenuePlan;
    using Play = PlanPlay;
    using Subject = PlanBook;

    static Result<RevenuePlan, Findings> parse(const Node& root, const ReadText& read) { return plan_of(root, read); }
    static Result<PlanPlay> play(const RevenuePlan& plan, const PlayProgress& progress) {
        return crowdrules::play(plan, progress);
    }
    static PlanBook subject(PlanPlay&& play) { return std::move(play.book); }
    static std::string report(const PlanBook& book, ReportStyle style) { return crowdrules::report(book, style); }
    static std::string json(const PlanBook& book, int indent) { return report_json(book, indent); }
    static Result<Derivation, std::string> explain(const PlanBook& book, std::string_view figure) {
        return crowdrules::explain(book, figure);
    }
    static void write_journal(const PlanPlay& play, const std::function<void(std::string_view)>& put,
                              const PlayProgress&) {
        crowdrules::write_journal(play.book, put);
    }
    /// Of its files, of the events of its journal (entries, behind a line that says what the plan is).
    static std::string file_schema(JsonSchema& schema);
    static std::string event_schema(JsonSchema& schema);
    using Fold = PlanJournalReader;
};

}  // namespace crowdrules::detail
