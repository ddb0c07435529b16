// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/reason/finding.hpp>

#include "core/enumerators.hpp"
#include <algorithm>
#include <core/printable.hpp>

namespace crowdrules {
namespace {

/// "draft.toml:12:9: ", leaving out what is not known.
std::string position_text(const TextPosition& where) {
    std::string text = where.source;
    for (const std::size_t number : {where.line, where.column}) {
        if (number == 0) break;
        if (!text.empty()) text += ':';
        text += std::to_string(number);
    }
    return text.empty() ? text : text + ": ";
}

/// "[kickstarter.com/blog, 2011-06]"; a grade below the maker's own page is named.
std::string source_text(const Citation& citation) {
    std::string text = citation.source;
    if (!citation.read.empty()) text += ", " + citation.read;
    if (citation.evidence != Evidence::official) text += ", " + std::string(to_text(citation.evidence));
    return " [" + text + "]";
}

}  // namespace

std::string_view to_text(FindingKind kind) noexcept {
    return detail::enumerator_name(kind);
}

bool has_refusal(const Findings& findings) noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.kind != FindingKind::remark; });
}

std::string to_text(const Finding& finding) {
    std::string line = position_text(finding.where);
    if (finding.kind == FindingKind::remark) line += "remark: ";
    if (!finding.rule.empty()) line += finding.rule + ": ";
    line += finding.what;
    if (!finding.accepted.empty()) line += "; accepted: " + finding.accepted;
    if (!finding.citation.source.empty()) line += source_text(finding.citation);
    // A finding quotes its caller's file: a line break in there must not look like a second finding.
    return detail::printable(line);
}

std::string to_text(const Findings& findings) {
    std::string lines;
    for (const Finding& finding : findings) lines += to_text(finding) + '\n';
    return lines;
}

}  // namespace crowdrules
