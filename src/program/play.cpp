// SPDX-License-Identifier: BSL-1.0
// crowdrules play, crowdrules replay: one campaign's statement, from a scenario or from its journal.
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/rulepacks/journal.hpp>
#include <crowdrules/scenario/play.hpp>
#include <crowdrules/scenario/report.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <cstdio>
#include <memory>

namespace crowdrules::program {
namespace {

int show_campaign(const Campaign& campaign, const ShowOptions& options) {
    if (!options.explain.empty()) {
        const Statement now = statement(campaign);
        for (const std::string& figure : options.explain) {
            const auto derivation = explain(now, campaign.terms(), figure);
            if (!derivation) {
                complain("crowdrules: " + derivation.error() + "\n");
                return unusable;
            }
            print(to_text(*derivation));
        }
    } else if (options.json) {
        print(report_json(campaign) + "\n");
    } else {
        print(report(campaign, wants_colour() ? ReportStyle::coloured : ReportStyle::plain));
    }
    return success;
}

/// Writes the events as a journal to a file, or to standard output for "-".
bool write_to(const std::string& name, const Events& events) {
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
    const auto put = [&](const std::string& line) { std::fwrite(line.data(), 1, line.size(), file.get()); };
    JournalWriter journal;
    put(journal.header());
    for (std::size_t i = 0; i < events.size(); ++i) {
        put(journal.line(events[i]));
        if (i % 4096 == 0) progress.show(i, events.size());
    }
    put(journal.closing());
    if (std::fflush(file.get()) == 0 && std::ferror(file.get()) == 0) return true;
    std::perror(("crowdrules: " + name).c_str());
    return false;
}

}  // namespace

int play_scenario(const std::string& file, const ShowOptions& show, const std::string& journal) {
    const auto text = read_input(file);
    if (!text) {
        complain("crowdrules: " + text.error() + "\n");
        return unusable;
    }
    const auto scenario = parse_scenario(*text, input_name(file));
    if (!scenario) {
        complain(to_text(scenario.error()));
        return unusable;
    }
    Result<Play> played = [&] {
        ProgressLine progress("playing " + input_name(file));
        return play(*scenario, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
    }();
    if (!played) {
        complain(to_text(played.error()) + "\n");
        return unusable;
    }
    if (!journal.empty() && !write_to(journal, played->events)) return unusable;
    if (journal != "-")
        if (const int shown = show_campaign(played->campaign, show); shown != success) return shown;
    if (played->as_expected()) return success;
    for (const std::string& line : played->surprises()) complain(line + "\n");
    return failed;
}

int replay_journal(const std::string& journal, const ShowOptions& show) {
    JournalReader reader(input_name(journal));
    std::optional<Campaign> campaign;
    std::optional<TextError> error;
    std::size_t applied = 0;
    const auto apply = [&](Result<Events> events) {
        if (!events) {
            error = events.error();
            return false;
        }
        std::span<const Event> rest(*events);
        if (!campaign && !rest.empty()) {
            campaign = replay(rest.first(1));
            rest = rest.subspan(1);
            ++applied;
        }
        for (const Event& event : rest) {
            evolve(*campaign, event);
            ++applied;
        }
        return true;
    };
    try {
        const auto read = read_pieces(journal, [&](std::string_view piece) { return apply(reader.add(piece)); });
        if (!read) {
            complain("crowdrules: " + read.error() + "\n");
            return unusable;
        }
        if (!error) apply(reader.finish());
        if (!error && !campaign) error = TextError{{input_name(journal), 1, 1}, "a journal without events", "", ""};
    } catch (const ContractViolation& reason) {
        // Lines that are sealed and read well, but do not follow from one another: not written by this engine.
        error = TextError{{input_name(journal), 0, 0},
                          "event " + std::to_string(applied + 1) + " does not fit what happened before it",
                          reason.what(),
                          "the events as they were decided"};
    }
    if (error) {
        complain(to_text(*error) + "\n");
        return unusable;
    }
    return show_campaign(*campaign, show);
}

}  // namespace crowdrules::program
