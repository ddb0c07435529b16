// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/citation.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(Evidence grade) noexcept {
    return detail::enumerator_name(grade);
}

std::string to_text(const Citation& citation) {
    std::string text = citation.source;
    if (!citation.read.empty()) text += (text.empty() ? "read " : ", read ") + citation.read;
    if (!text.empty()) text += ' ';
    text += '[';
    text += to_text(citation.evidence);
    text += ']';
    return text;
}

}  // namespace crowdrules
