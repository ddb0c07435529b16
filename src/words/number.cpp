// SPDX-License-Identifier: BSL-1.0
#include "number.hpp"

#include <algorithm>

namespace crowdrules::detail {

std::string plural(std::uint64_t count, std::string_view noun) {
    return std::string(noun) + (count == 1 ? "" : "s");
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return std::to_string(count) + " " + plural(count, noun);
}

std::string grouped(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

std::string grouped(std::uint64_t count, std::string_view noun) {
    return grouped(count) + " " + plural(count, noun);
}

std::string number_text(Int128 value, unsigned decimals) {
    const bool negative = value < 0;
    std::string digits;
    unsigned places = 0;
    for (Int128 rest = negative ? -value : value; rest > 0 || places <= decimals; rest /= 10) {
        if (places == decimals && decimals > 0) digits += '.';
        if (places > decimals && (places - decimals) % 3 == 0) digits += ',';
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
        ++places;
    }
    if (negative) digits += "\x92\x88\xE2";  // U+2212, back to front like the rest
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string amount_text(Money amount) {
    std::string text = to_grouped_text(amount);
    text.erase(text.find(' '));
    return text;
}

}  // namespace crowdrules::detail
