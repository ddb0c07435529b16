// SPDX-License-Identifier: BSL-1.0
// Ranges, one below the other: where most lies, where half of it lies, and the middle.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "chart_table.hpp"
#include "row_plot.hpp"
#include <algorithm>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::Drawing;
using detail::px;
using detail::RowPlot;
using detail::Tenths;

void draw(Drawing& drawing, RowPlot& plot, const RangeChart& chart, const RangeChart::Range& range) {
    const auto number = [&](std::int64_t value) { return detail::number_text(value, chart.unit.decimals); };
    const Tenths top =
        plot.row(range.name, number(range.middle) + " (" + number(range.low) + " to " + number(range.high) + ")");
    const auto box = [&](std::int64_t from, std::int64_t to, Tenths inset, ChartFill fill, const std::string& what) {
        drawing.box(plot.x(from), top + inset, std::max(plot.x(to) - plot.x(from), px(1)),
                    RowPlot::bar_height - 2 * inset, fill,
                    range.name + ", " + what + ": " + number(from) + " to " + detail::figure_text(to, chart.unit));
    };
    box(range.low, range.high, px(3), ChartFill::stripes, chart.outer);
    box(range.lower, range.upper, px(0), ChartFill::solid, chart.inner);
    const Tenths at = plot.x(range.middle);
    drawing.line(at, top - px(4), at, top + RowPlot::bar_height + px(4), "middle");
}

}  // namespace

std::string to_svg(const RangeChart& chart, const ChartPaper& paper) {
    Drawing drawing(paper, chart.title, chart.says);
    if (chart.ranges.empty()) {
        drawing.text(px(0), px(20), detail::Anchor::start, "soft", "There is nothing to show.");
        return drawing.take(px(32));
    }
    std::int64_t low = chart.ranges.front().low, high = chart.ranges.front().high;
    for (const RangeChart::Range& range : chart.ranges) {
        expects(range.low <= range.lower && range.lower <= range.middle && range.middle <= range.upper &&
                    range.upper <= range.high,
                "the figures of a range ascend");
        low = std::min(low, range.low);
        high = std::max(high, range.high);
    }
    RowPlot plot(drawing, low, high, chart.unit, detail::AxisFrom::near);
    plot.legend({{ChartFill::stripes, chart.outer}, {ChartFill::solid, chart.inner}}, chart.middle);
    plot.scale(chart.ranges.size());
    for (const RangeChart::Range& range : chart.ranges) draw(drawing, plot, chart, range);
    return drawing.take(plot.finish());
}

std::string to_html_table(const RangeChart& chart) {
    detail::ChartTable table(chart.title);
    table.head({chart.of_what, chart.outer + ": from", chart.inner + ": from", chart.middle, chart.inner + ": to",
                chart.outer + ": to"},
               1);
    const auto number = [&](std::int64_t value) { return detail::number_text(value, chart.unit.decimals); };
    for (const RangeChart::Range& range : chart.ranges)
        table.row({range.name, number(range.low), number(range.lower), number(range.middle), number(range.upper),
                   number(range.high)});
    return table.take();
}

}  // namespace crowdrules
