// SPDX-License-Identifier: BSL-1.0
#include "refusal_text.hpp"

#include <fmt/format.h>

namespace crowdrules::detail {

std::string refusal_text(std::string_view code, std::string_view what, std::string_view accepted, std::string_view rule,
                         const Citation& citation) {
    std::string text = fmt::format("{}: {}", code, what);
    if (!accepted.empty()) text += fmt::format("; accepted: {}", accepted);
    if (rule.empty()) return text;
    text += fmt::format(" [{}", rule);
    if (!citation.source.empty()) text += fmt::format("; {}", to_text(citation));
    return text += ']';
}

}  // namespace crowdrules::detail
