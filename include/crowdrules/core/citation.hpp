// SPDX-License-Identifier: BSL-1.0
// Citation: where a rule is written, and how good the evidence is.
//
//   {"5% of successfully collected funds", "Kickstarter help centre, article 115005028634", "read 2026-11", official}
#pragma once

#include <string>
#include <string_view>

namespace crowdrules {

/// How we know. The order is from strong to weak.
enum class Evidence {
    official,   ///< the platform's or lawmaker's own page
    code,       ///< the platform's own published program
    secondary,  ///< a third party that quotes or describes it
    derived,    ///< worked out from published data
    inferred,   ///< consistent with published figures; a hypothesis
    agreed,     ///< set by the campaign's own terms
    assumed,    ///< taken for want of any source, by a named set of assumptions; the source is its reason
};

/// The name of a grade as rule packs write it: "official", "code", ...
[[nodiscard]] std::string_view to_text(Evidence grade) noexcept;

/// Where one rule is written.
struct Citation {
    std::string source;  ///< page, statute or file, precise enough to find it again
    std::string read;    ///< when it was read or published: "2026-11", "2011-06"
    Evidence evidence = Evidence::agreed;

    bool operator==(const Citation&) const = default;
};

/// "source, read 2026-11 [official]".
[[nodiscard]] std::string to_text(const Citation& citation);

}  // namespace crowdrules
