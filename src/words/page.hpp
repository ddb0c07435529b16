// SPDX-License-Identifier: BSL-1.0
// Page: lines of text under headings, in columns as wide as the whole page needs.
#pragma once

#include <core/printable.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::detail {

class Page {
  public:
    /// A heading, with a blank line before it; with names above the columns if given.
    void heading(std::string text, std::string count = {}, std::string amount = {});
    /// A line of text that no column is made wider for; as a title it stands out like a heading.
    void prose(std::string text, bool is_title = false);
    /// name to the left, count and amount to the right, then a note. Empty parts are left blank.
    void line(std::string name, std::string count, std::string amount, std::string note = {});

    [[nodiscard]] std::string text(bool coloured) const;

  private:
    enum class Kind { title, heading, prose, line };
    struct Row {
        Kind kind;
        std::string name, count, amount, note;
    };
    std::vector<Row> rows_;
};

/// Columns as wide as they need, the first to the left, the others to the right.
[[nodiscard]] std::string aligned(const std::vector<std::vector<std::string>>& rows);

/// "goal missed": the name "goal_missed" as people write it.
[[nodiscard]] std::string words(std::string_view name);

/// How many columns a text takes on a terminal: bytes that only continue a UTF-8 character take none.
[[nodiscard]] std::size_t columns_of(std::string_view text) noexcept;

}  // namespace crowdrules::detail
