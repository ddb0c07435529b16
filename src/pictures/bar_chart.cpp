// SPDX-License-Identifier: BSL-1.0
// Bars, one below the other, each of one or more parts.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "chart_table.hpp"
#include "row_plot.hpp"
#include <algorithm>
#include <numeric>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::Drawing;
using detail::px;
using detail::RowPlot;
using detail::Tenths;

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

/// How far all bars and limits reach.
Reach reach_of(const BarChart& chart) {
    Reach all;
    for (const BarChart::Bar& bar : chart.bars) {
        expects(bar.values.size() == chart.parts.size(), "a bar has a value for each part");
        const Reach reach = reach_of(bar);
        all.low = std::min(all.low, reach.low);
        all.high = std::max({all.high, reach.high, bar.limit.value_or(0)});
    }
    return all;
}

void draw(Drawing& drawing, RowPlot& plot, const BarChart& chart, const BarChart::Bar& bar) {
    const Tenths top = plot.row(bar.name, figure_of(chart, bar));
    std::int64_t to_right = 0, to_left = 0;
    for (std::size_t part = 0; part < bar.values.size(); ++part) {
        const std::int64_t value = bar.values[part];
        if (value == 0) continue;
        std::int64_t& edge = value < 0 ? to_left : to_right;
        const Tenths from = plot.x(edge), to = plot.x(edge + value);
        edge += value;
        drawing.box(std::min(from, to), top, std::max(std::abs(to - from), px(1)), RowPlot::bar_height, fill_of(part),
                    bar.name + ", " + chart.parts[part] + ": " + detail::figure_text(value, chart.unit));
    }
    if (!bar.limit) return;
    const Tenths at = plot.x(*bar.limit);
    drawing.line(at, top - px(3), at, top + RowPlot::bar_height + px(3), "mark");
}

}  // namespace

std::string to_svg(const BarChart& chart, const ChartPaper& paper) {
    Drawing drawing(paper, chart.title, chart.says);
    if (chart.bars.empty()) {
        drawing.text(px(0), px(20), detail::Anchor::start, "soft", "There is nothing to show.");
        return drawing.take(px(32));
    }
    const Reach reach = reach_of(chart);
    RowPlot plot(drawing, reach.low, reach.high, chart.unit);
    if (chart.parts.size() > 1) {
        std::vector<std::pair<ChartFill, std::string>> parts;
        for (const std::string& part : chart.parts) parts.emplace_back(fill_of(parts.size()), part);
        plot.legend(parts);
    }
    plot.scale(chart.bars.size());
    for (const BarChart::Bar& bar : chart.bars) draw(drawing, plot, chart, bar);
    return drawing.take(plot.finish());
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
