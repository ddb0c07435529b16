// SPDX-License-Identifier: BSL-1.0
// crowdrules play, crowdrules replay: the statement of one story, from its file or from its journal.
#include <crowdrules/stories/story.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <optional>

namespace crowdrules::program {
namespace {

/// What a campaign assumed: figures that are explained may rest on it.
std::string assumptions_of(const StorySubject& subject) {
    const auto* campaign = std::get_if<campaign::Campaign>(&subject);
    if (!campaign) return {};
    std::string text;
    for (const auto& [path, citation] : assumed_in(campaign->terms()))
        text += "  " + path + " = " + citation.source + "\n";
    return text.empty() ? text : "rules: " + campaign->terms().pack + "\n" + text;
}

int show_story(const StorySubject& subject, const ShowOptions& options) {
    if (!options.explain.empty()) {
        for (const std::string& figure : options.explain) {
            const auto derivation = explain_story(subject, figure);
            if (!derivation) {
                complain("crowdrules: " + derivation.error() + "\n");
                return unusable;
            }
            print(to_text(*derivation));
        }
        print(assumptions_of(subject));
    } else if (options.json) {
        print_as_it_is(story_json(subject) + "\n");
    } else if (wants_colour()) {
        print_as_it_is(story_report(subject, ReportStyle::coloured));
    } else {
        print(story_report(subject, ReportStyle::plain));
    }
    return success;
}

void write_journal_to(OutputFile& file, const std::string& name, const StoryPlay& play) {
    ProgressLine progress("writing " + name);
    write_story_journal(
        play, [&](std::string_view line) { file.write(line); },
        [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    file.finish();
}

}  // namespace

int play_file(const std::string& file, const ShowOptions& show, const std::string& journal) {
    const auto text = read_input(file, largest_story);
    if (!text) {
        complain("crowdrules: " + text.error() + "\n");
        return unusable;
    }
    const auto story = parse_story(*text, input_name(file), files_beside(file));
    if (!story) {
        complain(to_text(story.error()));
        return unusable;
    }
    std::optional<OutputFile> journal_file;
    if (!journal.empty()) journal_file.emplace(journal, file);
    Result<StoryPlay> played = [&] {
        ProgressLine progress("playing " + input_name(file));
        return play_story(*story, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    }();
    if (!played) {
        complain(to_text(played.error()) + "\n");
        return unusable;
    }
    if (journal_file) write_journal_to(*journal_file, journal, *played);
    const std::vector<std::string> surprises = story_surprises(*played);
    if (journal != "-")
        if (const int shown = show_story(subject_of(std::move(*played)), show); shown != success) return shown;
    for (const std::string& line : surprises) complain(line + "\n");
    return surprises.empty() ? success : failed;
}

int replay_journal(const std::string& journal, const ShowOptions& show) {
    StoryReplay replay(input_name(journal));
    Result<void> folded;
    const auto read = read_pieces(journal, [&](std::string_view piece) {
        folded = replay.add(piece);
        return folded.has_value();
    });
    if (!read) {
        complain("crowdrules: " + read.error() + "\n");
        return unusable;
    }
    const auto subject = replay.finish();
    if (!subject) {
        complain(to_text(subject.error()) + "\n");
        return unusable;
    }
    return show_story(*subject, show);
}

}  // namespace crowdrules::program
