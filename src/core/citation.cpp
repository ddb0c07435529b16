// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/citation.hpp>

namespace crowdrules {

std::string_view to_text(Evidence grade) noexcept {
    switch (grade) {
        case Evidence::official:
            return "official";
        case Evidence::code:
            return "code";
        case Evidence::secondary:
            return "secondary";
        case Evidence::derived:
            return "derived";
        case Evidence::inferred:
            return "inferred";
        case Evidence::agreed:
            return "agreed";
    }
    return "unknown";  // a value outside the enumeration, by a cast
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
