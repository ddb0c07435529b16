// SPDX-License-Identifier: BSL-1.0
// Number cursor: goes through the text of a number byte by byte, and knows where it stands.
#pragma once

#include <cstddef>
#include <string_view>

namespace crowdrules {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
/// How many digits `text` begins with.
[[nodiscard]] constexpr std::size_t count_digits(std::string_view text) noexcept {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    return count;
}

class NumberCursor {
  protected:
    explicit NumberCursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
    [[nodiscard]] bool at_digit() const noexcept { return !at_end() && is_digit(text_[at_]); }
    /// Takes `wanted` if it comes next.
    bool take(char wanted) noexcept {
        if (at_end() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace crowdrules
