// SPDX-License-Identifier: BSL-1.0
// crowdrules report: a campaign on one page for a browser, from its story or from its journal.
#include <crowdrules/rulepacks/journal.hpp>
#include <crowdrules/scenario/html_report.hpp>
#include <crowdrules/scenario/story.hpp>

#include "commands.hpp"
#include "io.hpp"

namespace crowdrules::program {
namespace {

/// A page, and what did not come out as the story expects.
struct Reported {
    std::string page;
    std::vector<std::string> surprises{};
};

Result<Reported, std::string> report_of_journal(std::string_view text, const std::string& name) {
    const auto events = read_journal(text, name);
    if (!events) return failure(to_text(events.error()) + "\n");
    if (events->empty()) return failure(name + ": a journal without events\n");
    try {
        return Reported{html_report(*events)};
    } catch (const ContractViolation& reason) {
        // Lines that are sealed and read well, but do not follow from one another: not written by this engine.
        return failure(name + ": its events do not fit together: " + reason.what() + "\n");
    }
}

Result<Reported, std::string> report_of_story(std::string_view text, const std::string& name) {
    const auto story = parse_story(text, name);
    if (!story) return failure(to_text(story.error()));
    ProgressLine progress("playing " + name);
    const auto played = play_story(*story, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    if (!played) return failure(to_text(played.error()) + "\n");
    return std::visit(
        [&](const auto& play) -> Result<Reported, std::string> {
            if constexpr (requires { html_report(play); })
                return Reported{html_report(play), story_surprises(*played)};
            else
                return failure(name +
                               ": there are pages of campaigns and of plans; `crowdrules play` prints this one\n");
        },
        *played);
}

}  // namespace

int write_report(const std::string& file, const std::string& html) {
    const auto text = read_input(file);
    if (!text) {
        complain("crowdrules: " + text.error() + "\n");
        return unusable;
    }
    // A journal is lines of JSON, and no story begins with a brace.
    const auto first = text->find_first_not_of(" \t\r\n");
    const bool is_journal = first != std::string::npos && (*text)[first] == '{';
    const auto reported =
        is_journal ? report_of_journal(*text, input_name(file)) : report_of_story(*text, input_name(file));
    if (!reported) {
        complain(reported.error());
        return unusable;
    }
    if (const auto written = write_output(html, reported->page); !written) {
        complain("crowdrules: " + written.error() + "\n");
        return unusable;
    }
    for (const std::string& line : reported->surprises) complain(line + "\n");
    return reported->surprises.empty() ? success : failed;
}

}  // namespace crowdrules::program
