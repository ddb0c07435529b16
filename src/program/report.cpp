// SPDX-License-Identifier: BSL-1.0
// crowdrules report: what a story tells on one page for a browser, from the story or from its journal.
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/pages/story_page.hpp>
#include <crowdrules/protocol/community_journal.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/stories/story.hpp>

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
    StoryReplay replay(name);
    if (const auto read = replay.add(text); !read) return failure(to_text(read.error()) + "\n");
    const auto subject = replay.finish();
    if (!subject) return failure(to_text(subject.error()) + "\n");
    // The events are sound by now. A page tells what happened when, so it is made of them.
    if (std::holds_alternative<campaign::Campaign>(*subject))
        return Reported{html_report(read_journal(text, name).value())};
    if (std::holds_alternative<community::Community>(*subject))
        return Reported{html_report(read_community_journal(text, name).value())};
    return Reported{html_report(std::get<PlanBook>(*subject))};
}

Result<Reported, std::string> report_of_story(std::string_view text, const std::string& name, const ReadText& read) {
    const auto story = parse_story(text, name, read);
    if (!story) return failure(to_text(story.error()));
    ProgressLine progress("playing " + name);
    const auto played = play_story(*story, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    if (!played) return failure(to_text(played.error()) + "\n");
    return Reported{story_page(*played), story_surprises(*played)};
}

}  // namespace

int write_report(const std::string& file, const std::string& html) {
    const auto text = read_input(file, largest_records);
    if (!text) {
        complain("crowdrules: " + text.error() + "\n");
        return unusable;
    }
    // A journal is lines of JSON, and no story begins with a brace.
    const auto first = text->find_first_not_of(" \t\r\n");
    const bool is_journal = first != std::string::npos && (*text)[first] == '{';
    if (!is_journal && text->size() > largest_story) {
        complain("crowdrules: " + too_large(file, largest_story) + "\n");
        return unusable;
    }
    OutputFile page(html, file);
    const auto reported =
        is_journal ? report_of_journal(*text, input_name(file))
                   : report_of_story(*text, input_name(file), files_beside(file));
    if (!reported) {
        complain(reported.error());
        return unusable;
    }
    page.write(reported->page);
    page.finish();
    for (const std::string& line : reported->surprises) complain(line + "\n");
    return reported->surprises.empty() ? success : failed;
}

}  // namespace crowdrules::program
