// SPDX-License-Identifier: BSL-1.0
// Markup: HTML and SVG as text, in which whatever people have written stays text.
//
//   Markup page;
//   page.open("p", {{"class", "title"}}).text("<script>").close();     <p class="title">&lt;script&gt;</p>
//
// Names of elements and attributes come from this project alone; every content and every value of an attribute is
// escaped. What is left open is closed by `take`.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::detail {

/// The text as HTML and SVG show it: & < > " ' as references; bytes that are not UTF-8 and characters that no document
/// may hold become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// The code points of a text; U+FFFD for what is not UTF-8.
[[nodiscard]] std::u32string code_points(std::string_view text);
[[nodiscard]] std::string utf8(std::u32string_view text);

class Markup {
  public:
    struct Attribute {
        std::string_view name;
        std::string value;
    };
    using Attributes = std::initializer_list<Attribute>;

    Markup& open(std::string_view element, Attributes attributes = {});
    Markup& close();
    /// An element without content: <br> in HTML.
    Markup& empty(std::string_view element, Attributes attributes = {});
    Markup& text(std::string_view content);
    /// open, text, close.
    Markup& element(std::string_view name, std::string_view content);
    Markup& element(std::string_view name, Attributes attributes, std::string_view content);
    /// Text that somebody else wrote, which may run from right to left: it does not reorder what stands around it.
    Markup& foreign(std::string_view content);
    /// What another Markup made.
    Markup& raw(std::string_view markup);
    Markup& line();

    /// How many elements are open.
    [[nodiscard]] std::size_t depth() const noexcept { return open_.size(); }
    /// Everything, with all elements closed; this one is empty afterwards.
    [[nodiscard]] std::string take();

  private:
    void start(std::string_view element, Attributes attributes);

    std::string out_;
    std::vector<std::string> open_;
};

}  // namespace crowdrules::detail
