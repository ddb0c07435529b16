// SPDX-License-Identifier: BSL-1.0
// Drawing: an SVG under way: lines, areas and words at places on paper, and the patterns that areas are filled with.
#pragma once

#include "axis.hpp"
#include "markup.hpp"

namespace crowdrules::detail {

/// The colours and letters of all charts, for light and dark screens and for paper: the content of a <style>.
[[nodiscard]] std::string_view chart_style() noexcept;

/// About how wide a text is in letters of this size. Fonts differ: it is on the wide side.
[[nodiscard]] Tenths width_of(std::string_view text, int letter_px);
/// The text, or as much of it as fits, with an ellipsis.
[[nodiscard]] std::string fitted(std::string_view text, Tenths width, int letter_px);

enum class Anchor : std::uint8_t { start, middle, end };

/// A pen: where it goes on the paper.
class Pen {
  public:
    Pen& move(Tenths x, Tenths y) { return step('M', x, y); }
    Pen& line(Tenths x, Tenths y) { return step('L', x, y); }
    Pen& across(Tenths x);
    Pen& down(Tenths y);
    /// A curve that leaves and arrives level.
    Pen& swing(Tenths x0, Tenths x1, Tenths y0, Tenths y1);
    Pen& close();
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

  private:
    Pen& step(char letter, Tenths x, Tenths y);
    std::string text_;
};

class Drawing {
  public:
    Drawing(const ChartPaper& paper, std::string title, std::string says);

    [[nodiscard]] Tenths width() const noexcept { return px(paper_.width); }

    /// `whole` is shown for who points at the text, when that was shortened.
    void text(Tenths x, Tenths y, Anchor anchor, std::string_view style, std::string_view content,
              std::string_view whole = {});
    void line(Tenths x0, Tenths y0, Tenths x1, Tenths y1, std::string_view style);
    void path(const Pen& path, std::string_view style);
    void area(const Pen& path, ChartFill fill, std::string_view tip = {}, bool pale = false);
    void box(Tenths x, Tenths y, Tenths width, Tenths height, ChartFill fill, std::string_view tip = {});
    void dot(Tenths x, Tenths y, Tenths radius, std::string_view style, std::string_view tip = {});

    /// The file. `height` is the paper's.
    [[nodiscard]] std::string take(Tenths height);

  private:
    [[nodiscard]] std::string fill_of(ChartFill fill);
    void shape(std::string_view element, Markup::Attributes attributes, std::string_view tip);

    ChartPaper paper_;
    std::string title_, says_;
    Markup inside_;
    bool used_[chart_fill_count] = {};
};

}  // namespace crowdrules::detail
