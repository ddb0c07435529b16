// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/community/story.hpp>

#include "figures.hpp"
#include "runner.hpp"
#include <algorithm>
#include <stories/expectation_text.hpp>

namespace crowdrules {
namespace {

class CommunityPlayer {
  public:
    CommunityPlayer(const CommunityStory& story, const PlayProgress& progress)
        : story_(story), runner_(story, progress) {}

    CommunityPlay run() {
        for (const CommunityLine& line : story_.timeline) {
            // A line that comes too late is refused as older than the last, not by letting time run back.
            if (line.at >= runner_.community()->last) runner_.advance(line.at);
            carry_out(line);
            compare(line.expect);
        }
        compare(story_.expect);
        CommunityPlay play = std::move(runner_).result();
        play.refusals.insert(play.refusals.end(), refusals_.begin(), refusals_.end());
        play.comparisons = std::move(comparisons_);
        return play;
    }

  private:
    void carry_out(const CommunityLine& line) {
        std::uint64_t accepted = 0, refused = 0;
        bool already_done = false;
        std::string code;  // of the first refusal
        for (const community::CommandBody& what : line.commands) {
            const bool may_fail = !line.refused.empty() && accepted >= line.accepted.value_or(0);
            const auto done = runner_.perform({line.command, line.at, what});
            if (done) {
                ++accepted;
                already_done = already_done || *done == Performed::already_done;
                continue;
            }
            const std::string_view found = to_text(done.error().code);
            if (code.empty()) code = found;
            const bool expected = may_fail && found == line.refused;
            if (refused++ > 0 && refusals_.back().expected == expected &&
                refusals_.back().why.code == done.error().code)
                ++refusals_.back().count;
            else
                refusals_.push_back({.where = line.where, .at = line.at, .why = done.error(), .expected = expected});
        }
        if (line.commands.empty()) return;

        const auto after = [](const std::string& text, std::uint64_t count) {
            return text + " after " + std::to_string(count);
        };
        std::string expected = line.refused;
        if (line.refused.empty() && line.already_done) expected = "already done";
        if (!line.refused.empty() && line.accepted) expected = after(line.refused, *line.accepted);
        if (expected.empty()) return;
        std::string actual = code;
        if (refused == 0)
            actual = already_done ? "already done" : "accepted";
        else if (accepted > 0 || line.accepted)
            actual = after(code, accepted);
        comparisons_.push_back({"refused", expected, actual, expected == actual, line.where});
    }

    void compare(const Expectations& expectations) {
        if (expectations.empty()) return;
        const community::Statement now = statement(runner_.community());
        for (const Expected& expected : expectations)
            comparisons_.push_back(detail::compared(
                expected, detail::community_figure_of(runner_.community(), now, story_.names, expected.figure)));
    }

    const CommunityStory& story_;
    detail::CommunityRunner runner_;
    std::vector<CommunityRefusal> refusals_;
    std::vector<Comparison> comparisons_;
};

}  // namespace

bool CommunityPlay::as_expected() const noexcept {
    return std::all_of(comparisons.begin(), comparisons.end(), [](const Comparison& c) { return c.agrees; }) &&
           std::all_of(refusals.begin(), refusals.end(), [](const CommunityRefusal& r) { return r.expected; });
}

std::vector<std::string> CommunityPlay::surprises() const {
    std::vector<std::string> lines;
    for (const Comparison& c : comparisons)
        if (!c.agrees)
            lines.push_back(detail::place_text(c.where) + c.figure + ": expected " + c.expected + ", but it is " +
                            c.actual);
    for (const CommunityRefusal& r : refusals) {
        if (r.expected) continue;
        std::string line = r.where == TextPosition{} ? "the company's act of " : detail::place_text(r.where) + "at ";
        line += to_text(r.at) + " was refused";
        if (r.count > 1) line += " " + std::to_string(r.count) + " times";
        lines.push_back(line + ": " + to_text(r.why));
    }
    return lines;
}

Result<CommunityPlay> play(const CommunityStory& story, const PlayProgress& progress) {
    try {
        return CommunityPlayer(story, progress).run();
    } catch (const ContractViolation& reason) {
        // An amount that leaves 64 bits only when amounts are added up.
        return failure(TextError{{}, reason.what(), story.title, "amounts that fit together into 64 bits"});
    }
}

}  // namespace crowdrules
