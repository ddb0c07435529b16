// SPDX-License-Identifier: BSL-1.0
// crowdrules play, crowdrules replay: the statement of one story, from its file or from its journal.
#include <crowdrules/stories/story.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <cstdio>
#include <memory>

namespace crowdrules::program {
namespace {

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
    } else if (options.json) {
        print(story_json(subject) + "\n");
    } else {
        print(story_report(subject, wants_colour() ? ReportStyle::coloured : ReportStyle::plain));
    }
    return success;
}

/// Writes the journal of a play to a file, or to standard output for "-".
bool write_to(const std::string& name, const StoryPlay& play) {
    struct CloseFile {
        void operator()(std::FILE* file) const {
            if (file != stdout) std::fclose(file);
        }
    };
    const std::unique_ptr<std::FILE, CloseFile> file(name == "-" ? stdout : std::fopen(name.c_str(), "wb"));
    if (!file) {
        std::perror(("crowdrules: " + name).c_str());
        return false;
    }
    ProgressLine progress("writing " + name);
    write_story_journal(
        play, [&](std::string_view line) { std::fwrite(line.data(), 1, line.size(), file.get()); },
        [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    if (std::fflush(file.get()) == 0 && std::ferror(file.get()) == 0) return true;
    std::perror(("crowdrules: " + name).c_str());
    return false;
}

}  // namespace

int play_file(const std::string& file, const ShowOptions& show, const std::string& journal) {
    const auto text = read_input(file);
    if (!text) {
        complain("crowdrules: " + text.error() + "\n");
        return unusable;
    }
    const auto story = parse_story(*text, input_name(file));
    if (!story) {
        complain(to_text(story.error()));
        return unusable;
    }
    Result<StoryPlay> played = [&] {
        ProgressLine progress("playing " + input_name(file));
        return play_story(*story, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    }();
    if (!played) {
        complain(to_text(played.error()) + "\n");
        return unusable;
    }
    if (!journal.empty() && !write_to(journal, *played)) return unusable;
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
