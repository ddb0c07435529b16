// SPDX-License-Identifier: BSL-1.0
// What happens when: a row for each thing on a common scale of time.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "chart_table.hpp"
#include "drawing.hpp"
#include <algorithm>
#include <words/date.hpp>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::Anchor;
using detail::Drawing;
using detail::px;
using detail::Tenths;

constexpr Tenths line_height = px(17);  ///< of words that do not fit beside others

std::string dates_of(const CalendarChart::Row& row) {
    return row.to ? detail::day_text(row.from) + " to " + detail::day_text(*row.to) : detail::day_text(row.from);
}

class Calendar {
  public:
    Calendar(const CalendarChart& chart, const ChartPaper& paper)
        : chart_(chart), drawing_(paper, chart.title, chart.says), right_(drawing_.width() - px(10)) {
        std::vector<Instant> all;
        for (const auto& row : chart.rows) {
            expects(!row.to || *row.to >= row.from, "a span ends after it begins");
            all.push_back(row.from);
            if (row.to) all.push_back(*row.to);
        }
        for (const auto& moment : chart.moments) all.push_back(moment.at);
        if (all.empty()) all.push_back(Instant{});
        if (paper.width < 500) stacked_ = !fits();
        const auto [first, last] = std::minmax_element(all.begin(), all.end());
        axis_ = detail::time_axis(*first, *last, paper.width >= 500 ? 9 : 5);
    }

    std::string svg() {
        const Tenths end = y_ + row_height() * static_cast<Tenths>(chart_.rows.size() + chart_.moments.size());
        for (const auto& tick : axis_.ticks) drawing_.line(x(tick.at), y_, x(tick.at), end + px(4), "rule");
        for (const auto& moment : chart_.moments) {
            words(moment.name, detail::day_text(moment.at));
            drawing_.line(x(moment.at), middle() - px(9), x(moment.at), end, "when");
            drawing_.dot(x(moment.at), middle(), px(2), "done", moment.name);
            y_ += row_height();
        }
        for (const auto& row : chart_.rows) draw(row);
        Tenths free = px(0), free_below = px(0);
        for (const auto& tick : axis_.ticks) {
            const Tenths half = std::max(detail::width_of(tick.label, 12), detail::width_of(tick.below, 12)) / 2;
            const Tenths at = std::clamp(x(tick.at), half, drawing_.width() - half);
            if (at - half >= free) {
                drawing_.text(at, end + px(19), Anchor::middle, "soft", tick.label);
                free = at + half + px(8);
            }
            if (tick.below.empty() || at - half < free_below) continue;
            drawing_.text(at, end + px(34), Anchor::middle, "soft", tick.below);
            free_below = at + half + px(8);
        }
        return drawing_.take(end + px(40));
    }

  private:
    [[nodiscard]] Tenths x(Instant at) const { return axis_.place(at, left_, right_); }

    [[nodiscard]] Tenths row_height() const { return px(42) + (stacked_ ? line_height : 0); }
    [[nodiscard]] Tenths middle() const { return y_ + px(31) + (stacked_ ? line_height : 0); }

    [[nodiscard]] std::string figure_of(const CalendarChart::Row& row) const {
        std::string figure = dates_of(row);
        if (!row.note.empty()) figure = row.note + " " + figure;
        if (row.value) figure += ": " + detail::figure_text(*row.value, chart_.unit);
        return figure;
    }
    /// Whether every name has room beside its figure.
    [[nodiscard]] bool fits() const {
        return std::all_of(chart_.rows.begin(), chart_.rows.end(), [&](const CalendarChart::Row& row) {
            return detail::width_of(row.name, 14) + detail::width_of(figure_of(row), 13) + px(12) <= drawing_.width();
        });
    }

    void words(const std::string& name, const std::string& figure) {
        if (stacked_) {
            drawing_.text(px(0), y_ + px(16), Anchor::start, "strong", detail::fitted(name, drawing_.width(), 14),
                          name);
            drawing_.text(px(0), y_ + px(16) + line_height, Anchor::start, "",
                          detail::fitted(figure, drawing_.width(), 13), figure);
            return;
        }
        const std::string shown = detail::fitted(figure, drawing_.width() * 3 / 4, 13);
        const Tenths room = drawing_.width() - detail::width_of(shown, 13) - px(12);
        drawing_.text(px(0), y_ + px(16), Anchor::start, "strong", detail::fitted(name, room, 14), name);
        drawing_.text(drawing_.width(), y_ + px(16), Anchor::end, "", shown, figure);
    }

    void draw(const CalendarChart::Row& row) {
        const std::string figure = figure_of(row);
        words(row.name, figure);
        drawing_.line(left_, middle(), right_, middle(), "rule");
        const std::string tip = row.name + ", " + figure;
        if (row.to)
            drawing_.box(x(row.from), middle() - px(5), std::max(x(*row.to) - x(row.from), px(2)), px(10),
                         row.done ? ChartFill::solid : ChartFill::stripes, tip);
        else
            drawing_.dot(x(row.from), middle(), px(5), row.done ? "done" : "open", tip);
        y_ += row_height();
    }

    const CalendarChart& chart_;
    Drawing drawing_;
    detail::TimeAxis axis_;
    Tenths left_ = px(10), right_;
    Tenths y_ = px(4);
    bool stacked_ = false;  ///< names above their figures, on narrow paper
};

}  // namespace

std::string to_svg(const CalendarChart& chart, const ChartPaper& paper) {
    return Calendar(chart, paper).svg();
}

std::string to_html_table(const CalendarChart& chart) {
    detail::ChartTable table(chart.title);
    table.head({"when (UTC)", "what", "", chart.unit.name}, 3);
    for (const auto& moment : chart.moments) table.row({detail::moment_text(moment.at), moment.name, "", ""});
    for (const auto& row : chart.rows)
        table.row({row.to ? dates_of(row) : detail::moment_text(row.from), row.name, row.note,
                   row.value ? detail::number_text(*row.value, chart.unit.decimals) : ""});
    return table.take();
}

}  // namespace crowdrules
