// SPDX-License-Identifier: BSL-1.0
// TextCursor: reads one short text from left to right and knows at which column it stands, for exact errors.
#pragma once

#include <crowdrules/core/text_error.hpp>

#include <core/number_cursor.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace crowdrules {

class TextCursor {
  public:
    explicit TextCursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return next_ == text_.size(); }
    [[nodiscard]] std::size_t column() const noexcept { return next_ + 1; }
    [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(next_); }

    /// Takes `wanted` if it comes next.
    bool take(std::string_view wanted) noexcept {
        if (!rest().starts_with(wanted)) return false;
        next_ += wanted.size();
        return true;
    }
    /// Takes exactly `digits` digits, at most 9.
    [[nodiscard]] std::optional<int> take_number(std::size_t digits) noexcept {
        const auto word = rest().substr(0, digits);
        if (word.size() < digits || count_digits(word) < digits) return std::nullopt;
        int value = 0;
        for (const char digit : word) value = value * 10 + (digit - '0');
        next_ += digits;
        return value;
    }
    /// Takes all the digits that come next: at least one, and as a number not above `most`, itself below 2^59.
    [[nodiscard]] std::optional<std::int64_t> take_count(std::int64_t most) noexcept {
        const auto word = rest().substr(0, count_digits(rest()));
        if (word.empty()) return std::nullopt;
        std::int64_t value = 0;
        for (const char digit : word) {
            value = value * 10 + (digit - '0');
            if (value > most) return std::nullopt;
        }
        next_ += word.size();
        return value;
    }

    /// The error that `what` is wrong at `column`, or here.
    [[nodiscard]] TextError error(std::string what, std::string expected, std::size_t column) const {
        return {{"", 1, column}, std::move(what), std::string(text_), std::move(expected)};
    }
    [[nodiscard]] TextError error(std::string what, std::string expected) const {
        return error(std::move(what), std::move(expected), column());
    }

  private:
    std::string_view text_;
    std::size_t next_ = 0;
};

}  // namespace crowdrules
