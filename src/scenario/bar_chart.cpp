// SPDX-License-Identifier: BSL-1.0
// Bars, one below the other: the name and the figure of each on a line of their own above it, so that they fit on every
// screen.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/scenario/chart.hpp>

#include "chart_table.hpp"
#include "drawing.hpp"
#include <algorithm>
#include <limits>
#include <numeric>

namespace crowdrules {
namespace {

using detail::Anchor;
using detail::Drawing;
using detail::px;
using detail::Tenths;

constexpr Tenths row_height = px(46);
constexpr Tenths bar_height = px(16);

/// How far a bar reaches to the left and to the right of zero.
struct Reach {
    std::int64_t low = 0, high = 0;
};

std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t both = 0;
    if (__builtin_add_overflow(a, b, &both)) throw Overflow("the parts of a bar together leave 64 bits");
    return both;
}

Reach reach_of(const BarChart::Bar& bar) {
    Reach reach;
    for (const std::int64_t value : bar.values)
        (value < 0 ? reach.low : reach.high) = sum(value < 0 ? reach.low : reach.high, value);
    return reach;
}

std::string figure_of(const BarChart& chart, const BarChart::Bar& bar) {
    if (!bar.note.empty()) return bar.note;
    const std::int64_t all = std::accumulate(bar.values.begin(), bar.values.end(), std::int64_t{0}, sum);
    return detail::figure_text(all, chart.unit);
}

ChartFill fill_of(std::size_t part) {
    return static_cast<ChartFill>(part % chart_fill_count);
}

class Bars {
  public:
    Bars(const BarChart& chart, const ChartPaper& paper)
        : chart_(chart), drawing_(paper, chart.title, chart.says), right_(drawing_.width() - px(12)) {
        Reach all;
        for (const BarChart::Bar& bar : chart.bars) {
            expects(bar.values.size() == chart.parts.size(), "a bar has a value for each part");
            const Reach reach = reach_of(bar);
            all.low = std::min(all.low, reach.low);
            all.high = std::max({all.high, reach.high, bar.limit.value_or(0)});
        }
        axis_ = detail::amount_axis(all.low, all.high, chart.unit, paper.width >= 500 ? 7 : 5);
    }

    std::string svg() {
        if (chart_.bars.empty()) {
            drawing_.text(px(0), px(20), Anchor::start, "soft", "There is nothing to show.");
            return drawing_.take(px(32));
        }
        legend();
        const Tenths first = y_;
        const Tenths end = first + row_height * static_cast<Tenths>(chart_.bars.size());
        for (const auto& tick : axis_.ticks) {
            const Tenths at = x(tick.value);
            drawing_.line(at, first, at, end + px(2), tick.value == 0 ? "axis" : "rule");
        }
        for (const BarChart::Bar& bar : chart_.bars) {
            draw(bar);
            y_ += row_height;
        }
        Tenths free = px(0);
        for (const auto& tick : axis_.ticks) {
            const Tenths half = detail::width_of(tick.label, 12) / 2;
            const Tenths at = std::clamp(x(tick.value), half, drawing_.width() - half);
            if (at - half < free) continue;
            free = at + half + px(8);
            drawing_.text(at, end + px(18), Anchor::middle, "soft", tick.label);
        }
        drawing_.text(px(0), end + px(36), Anchor::start, "soft", axis_.unit);
        return drawing_.take(end + px(42));
    }

  private:
    [[nodiscard]] Tenths x(Int128 value) const { return detail::place_of(value, axis_.low, axis_.high, left_, right_); }

    /// What the patterns mean; a chart of one part needs no telling.
    void legend() {
        if (chart_.parts.size() < 2) return;
        Tenths at = px(0);
        y_ = px(20);
        for (std::size_t part = 0; part < chart_.parts.size(); ++part) {
            const std::string name = detail::fitted(chart_.parts[part], drawing_.width() - px(26), 13);
            const Tenths width = px(20) + detail::width_of(name, 13) + px(14);
            if (at > px(0) && at + width > drawing_.width()) {
                at = px(0);
                y_ += px(22);
            }
            drawing_.box(at + px(1), y_ - px(12), px(14), px(14), fill_of(part));
            drawing_.text(at + px(20), y_, Anchor::start, "", name, chart_.parts[part]);
            at += width;
        }
        y_ += px(14);
    }

    void draw(const BarChart::Bar& bar) {
        const Tenths base = y_ + px(18), top = y_ + px(25);
        const std::string figure = detail::fitted(figure_of(chart_, bar), drawing_.width() * 2 / 3, 13);
        const Tenths room = drawing_.width() - detail::width_of(figure, 13) - px(12);
        drawing_.text(px(0), base, Anchor::start, "strong", detail::fitted(bar.name, room, 14), bar.name);
        drawing_.text(drawing_.width(), base, Anchor::end, "", figure);
        std::int64_t to_right = 0, to_left = 0;
        for (std::size_t part = 0; part < bar.values.size(); ++part) {
            const std::int64_t value = bar.values[part];
            if (value == 0) continue;
            std::int64_t& edge = value < 0 ? to_left : to_right;
            const Tenths from = x(edge), to = x(edge + value);
            edge += value;
            drawing_.box(std::min(from, to), top, std::max(std::abs(to - from), px(1)), bar_height, fill_of(part),
                         bar.name + ", " + chart_.parts[part] + ": " + detail::figure_text(value, chart_.unit));
        }
        if (bar.limit) {
            const Tenths at = x(*bar.limit);
            drawing_.line(at, top - px(3), at, top + bar_height + px(3), "mark");
        }
    }

    const BarChart& chart_;
    Drawing drawing_;
    detail::AmountAxis axis_;
    Tenths left_ = px(1), right_;
    Tenths y_ = px(0);
};

}  // namespace

std::string to_svg(const BarChart& chart, const ChartPaper& paper) {
    return Bars(chart, paper).svg();
}

std::string to_html_table(const BarChart& chart) {
    detail::ChartTable table(chart.title);
    const bool has_limits =
        std::any_of(chart.bars.begin(), chart.bars.end(), [](const auto& bar) { return bar.limit.has_value(); });
    std::vector<std::string> heads{chart.of_what};
    for (const std::string& part : chart.parts) heads.push_back(part + ", " + chart.unit.name);
    if (has_limits) heads.emplace_back("limit");
    table.head(heads, 1);
    for (const BarChart::Bar& bar : chart.bars) {
        std::vector<std::string> cells{bar.name};
        for (const std::int64_t value : bar.values) cells.push_back(detail::number_text(value, chart.unit.decimals));
        if (has_limits) cells.push_back(bar.limit ? detail::number_text(*bar.limit, chart.unit.decimals) : "none");
        table.row(cells);
    }
    return table.take();
}

}  // namespace crowdrules
