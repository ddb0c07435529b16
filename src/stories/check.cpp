// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/stories/check.hpp>
#include <crowdrules/stories/story.hpp>

#include <algorithm>
#include <protocol/document.hpp>

namespace crowdrules {
namespace {

/// What the first line says must be told, or nothing.
std::string_view required_error(std::string_view text) {
    constexpr std::string_view mark = "# must be refused: ";
    if (text.substr(0, mark.size()) != mark) return {};
    std::string_view error = text.substr(mark.size(), text.find('\n') - mark.size());
    if (error.ends_with('\r')) error.remove_suffix(1);
    return error;
}

/// The error without the file's name, which a story cannot know.
std::string without_source(std::string text, std::string_view source) {
    if (!source.empty() && text.starts_with(source)) text.erase(0, std::min(text.size(), source.size() + 1));
    return text;
}

CheckedCase check_refused(const Findings& findings, std::string_view required, std::string_view source) {
    CheckedCase result{.refusals = 1};
    for (const Finding& finding : findings) {
        const std::string told = without_source(to_text(finding), source);
        if (told.starts_with(required)) result.passed = true;
        result.problems.push_back("expected the error " + std::string(required) + ", but it is " + told);
    }
    if (result.passed) result.problems.clear();
    return result;
}

CheckedCase unusable(std::vector<std::string> problems) {
    return {.unusable = true, .problems = std::move(problems)};
}

/// A pack, or a set of assumptions, says so at the top of its file.
bool is_pack(std::string_view text) {
    const auto root = detail::parse_toml(text, {});
    return root && root->kind == Node::Kind::table && (root->find("pack") || root->find("assumptions"));
}

CheckedCase check_pack(std::string_view text, std::string_view source, std::string_view required,
                       const ReadText& read) {
    const auto pack = parse_pack(text, std::string(source), read);
    const Findings doubts = pack ? doubts_of(*pack) : Findings{};
    if (!required.empty()) return check_refused(pack ? doubts : pack.error(), required, source);
    CheckedCase result{.unusable = !pack};
    if (pack) result.values = pack->rows().size();
    for (const Finding& finding : pack ? doubts : pack.error())
        (finding.kind == FindingKind::remark ? result.remarks : result.problems).push_back(to_text(finding));
    result.passed = result.problems.empty();
    return result;
}

}  // namespace

CheckedCase check_story(std::string_view text, std::string_view source, const PlayProgress& progress,
                        const ReadText& read) {
    const std::string_view required = required_error(text);
    if (is_pack(text)) return check_pack(text, source, required, read);
    const auto story = parse_story(text, source, read);
    if (!story) {
        if (!required.empty()) return check_refused(story.error(), required, source);
        std::vector<std::string> problems;
        for (const Finding& finding : story.error()) problems.push_back(to_text(finding));
        return unusable(std::move(problems));
    }
    if (!required.empty())
        return {.problems = {"expected the error " + std::string(required) + ", but the file can be read"}};

    const auto played = play_story(*story, progress);
    if (!played) return unusable({to_text(played.error())});
    CheckedCase result{.problems = story_surprises(*played)};
    result.passed = result.problems.empty();
    for (const Comparison& comparison : story_comparisons(*played))
        ++(comparison.figure == "refused" ? result.refusals : result.figures);
    return result;
}

}  // namespace crowdrules
