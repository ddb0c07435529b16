// SPDX-License-Identifier: BSL-1.0
// Finding: what a rule says about some terms: which rule, whether it is met, with which numbers, and where it is
// written.
//
//   draft.toml:12:9: campaign.window_days_max: 61 days, but at most 60 [kickstarter.com/blog, 2011-06]
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/core/text_error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

enum class FindingKind : std::uint8_t {
    forbidden,  ///< the rule forbids what was given
    missing,    ///< the source does not establish this value; the caller must give it
    malformed,  ///< what was given is not a value of the expected kind
    remark,     ///< worth knowing; nothing is refused
};

[[nodiscard]] std::string_view to_text(FindingKind kind) noexcept;

struct Finding {
    FindingKind kind;
    std::string rule;      ///< the parameter's path in the pack: "pledge.maximum"
    std::string what;      ///< a sentence with both sides of the mismatch
    std::string accepted;  ///< what would be accepted
    Citation citation{};
    TextPosition where{};  ///< where in the caller's file, when it came from one

    bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

/// Whether any of them forbids, misses or cannot read something.
[[nodiscard]] bool has_refusal(const Findings& findings) noexcept;
/// One line, as above: "file:line:column: rule: what; accepted: accepted [source, read, grade]", leaving out what is
/// not known, and the grade where it is official. Remarks say so: "rule" becomes "remark: rule".
[[nodiscard]] std::string to_text(const Finding& finding);
/// One line each, each with its line feed.
[[nodiscard]] std::string to_text(const Findings& findings);

}  // namespace crowdrules
