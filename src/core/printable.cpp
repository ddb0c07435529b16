// SPDX-License-Identifier: BSL-1.0
#include "printable.hpp"

namespace crowdrules::detail {

std::string printable(std::string_view text, LineEnds line_ends) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string line;
    line.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
        // In UTF-8 a control character above 0x7f is 0xc2 and its own number.
        const bool is_long = byte == 0xc2 && next >= 0x80 && next < 0xa0;
        const bool is_kept = byte == '\n' && line_ends == LineEnds::kept;
        if (!is_long && (is_kept || (byte >= 0x20 && byte != 0x7f))) {
            line += text[i];
            continue;
        }
        const unsigned number = is_long ? next : byte;
        line += "\\x";
        line += digits[number >> 4];
        line += digits[number & 15];
        i += is_long ? 1 : 0;
    }
    return line;
}

}  // namespace crowdrules::detail
