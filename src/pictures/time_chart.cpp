// SPDX-License-Identifier: BSL-1.0
// Figures over time: bands, lines, levels and moments.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "chart_table.hpp"
#include "drawing.hpp"
#include <algorithm>
#include <limits>
#include <words/date.hpp>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::Anchor;
using detail::Drawing;
using detail::fitted;
using detail::Pen;
using detail::px;
using detail::Tenths;
using detail::width_of;

constexpr int letters = 13;
constexpr ChartFill band_fills[] = {ChartFill::dashes, ChartFill::stripes, ChartFill::grid};
constexpr std::string_view curves[] = {"curve", "curve curve1", "curve curve2", "curve curve3"};

struct Extent {
    std::int64_t low = 0, high = 0;
    std::optional<Instant> from{}, to{};

    void add(std::int64_t value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    void add(Instant at) {
        from = std::min(from.value_or(at), at);
        to = std::max(to.value_or(at), at);
    }
};

Extent extent_of(const TimeChart& chart) {
    Extent extent;
    for (const TimeBand& band : chart.bands) {
        for (const TimeBand::Point& point : band.points) {
            extent.add(point.low);
            extent.add(point.high);
            extent.add(point.at);
        }
    }
    for (const TimeLine& line : chart.lines) {
        for (const TimeLine::Point& point : line.points) {
            extent.add(point.value);
            extent.add(point.at);
        }
    }
    for (const TimeChart::Level& level : chart.levels) extent.add(level.value);
    for (const TimeChart::Moment& moment : chart.moments) extent.add(moment.at);
    return extent;
}

template <class Points>
void expect_in_order(const Points& points) {
    expects(std::is_sorted(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.at < b.at; }),
            "the points of a chart come in order of time");
}

/// A label beside the plot, at the height of what it names.
struct SideLabel {
    Tenths at = 0;  ///< where it should be
    Tenths y = 0;   ///< where there is room
    std::string name{};
    std::string figure{};
    bool strong = false;
};

constexpr Tenths label_height = px(31);

/// Moves labels apart until none covers another, in their order from top to bottom.
void spread(std::vector<SideLabel>& labels, Tenths top, Tenths bottom) {
    std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    Tenths free = top;
    for (SideLabel& label : labels) {
        label.y = std::max(label.at, free);
        free = label.y + label_height;
    }
    Tenths least = bottom;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::min(label->y, least);
        least = label->y - label_height;
    }
}

class Plot {
  public:
    Plot(const TimeChart& chart, const ChartPaper& paper)
        : chart_(chart),
          drawing_(paper, chart.title, chart.says),
          wide_(paper.width >= 500),
          extent_(extent_of(chart)) {
        const Instant from = extent_.from.value_or(Instant{});
        time_ = detail::time_axis(from, extent_.to.value_or(from), wide_ ? 8 : 4);
        amount_ = detail::amount_axis(extent_.low, extent_.high, chart.unit, 7);
        Tenths widest = 0;
        for (const auto& tick : amount_.ticks) widest = std::max(widest, width_of(tick.label, 12));
        left_ = widest + px(10);
        right_ = drawing_.width() - (wide_ ? px(168) : px(104));
    }

    std::string svg() {
        moments();
        bottom_ = top_ + plot_height();
        axes();
        for (std::size_t i = 0; i < chart_.bands.size(); ++i)
            band(chart_.bands[i], band_fills[std::min<std::size_t>(i, 2)]);
        for (std::size_t i = 0; i < chart_.lines.size(); ++i) line(chart_.lines[i], curves[i % 4]);
        for (const TimeChart::Level& level : chart_.levels)
            drawing_.line(left_, y(level.value), right_, y(level.value), "mark");
        labels();
        return drawing_.take(bottom_ + px(46));
    }

  private:
    [[nodiscard]] Tenths plot_height() const { return px(wide_ ? 260 : 220); }
    [[nodiscard]] Tenths x(Instant at) const { return time_.place(at, left_, right_); }
    [[nodiscard]] Tenths y(std::int64_t value) const {
        return detail::place_of(value, amount_.low, amount_.high, bottom_, top_);
    }

    /// The names of moments stand above the plot, in as many rows as it takes for none to cover another.
    void moments() {
        std::vector<TimeChart::Moment> moments = chart_.moments;
        std::stable_sort(moments.begin(), moments.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        struct Placed {
            Tenths x, from;
            std::size_t row;
            std::string text;
            const std::string* name;
        };
        std::vector<Placed> placed;
        std::vector<Tenths> row_ends;
        for (const TimeChart::Moment& moment : moments) {
            const Tenths at = x(moment.at);
            const std::string text = fitted(moment.name, right_ - left_, 12);
            const Tenths width = width_of(text, 12);
            const Tenths from = std::clamp(at - width / 2, px(2), drawing_.width() - width - px(2));
            std::size_t row = 0;
            while (row < row_ends.size() && row_ends[row] > from) ++row;
            if (row == row_ends.size()) row_ends.push_back(0);
            row_ends[row] = from + width + px(10);
            placed.push_back({at, from, row, text, &moment.name});
        }
        constexpr std::size_t most_rows = 4;
        const std::size_t rows = std::min(row_ends.size(), most_rows);
        const Tenths words = px(24);
        top_ = words + px(10) + px(17) * static_cast<Tenths>(rows);
        drawing_.text(px(0), px(14), Anchor::start, "soft", amount_.unit);
        for (const Placed& label : placed) {
            if (label.row >= most_rows) continue;  // it is in the table
            const Tenths base = words + px(17) * static_cast<Tenths>(label.row) + px(6);
            drawing_.line(label.x, base + px(4), label.x, top_ + plot_height(), "when");
            drawing_.text(label.from, base, Anchor::start, "soft", label.text, *label.name);
        }
    }

    void axes() {
        for (const auto& tick : amount_.ticks) {
            const Tenths at = detail::place_of(tick.value, amount_.low, amount_.high, bottom_, top_);
            drawing_.line(left_, at, right_, at, tick.value == 0 ? "axis" : "rule");
            drawing_.text(left_ - px(6), at + px(4), Anchor::end, "soft", tick.label);
        }
        Tenths free = px(0), free_below = px(0);
        for (const auto& tick : time_.ticks) {
            const Tenths at = x(tick.at);
            drawing_.line(at, bottom_, at, bottom_ + px(5), "axis");
            const Tenths half = width_of(tick.label, 12) / 2, half_below = width_of(tick.below, 12) / 2;
            if (at - half >= free) {
                drawing_.text(at, bottom_ + px(19), Anchor::middle, "soft", tick.label);
                free = at + half + px(6);
            }
            if (!tick.below.empty() && at - half_below >= free_below) {
                drawing_.text(at, bottom_ + px(35), Anchor::middle, "soft", tick.below);
                free_below = at + half_below + px(6);
            }
        }
        drawing_.text(drawing_.width(), bottom_ + px(35), Anchor::end, "soft", wide_ ? "dates in UTC" : "UTC");
    }

    void band(const TimeBand& band, ChartFill fill) {
        if (band.points.empty()) return;
        expect_in_order(band.points);
        Pen path;
        path.move(x(band.points.front().at), y(band.points.front().low));
        for (const auto& point : band.points) path.line(x(point.at), y(point.high));
        for (auto point = band.points.rbegin(); point != band.points.rend(); ++point)
            path.line(x(point->at), y(point->low));
        drawing_.area(path.close(), fill, band.name);
    }

    void line(const TimeLine& line, std::string_view style) {
        if (line.points.empty()) return;
        expect_in_order(line.points);
        Pen path;
        Tenths last_x = x(line.points.front().at), last_y = y(line.points.front().value);
        path.move(last_x, last_y);
        for (const TimeLine::Point& point : line.points) {
            const Tenths to_x = x(point.at), to_y = y(point.value);
            if (to_x == last_x && to_y == last_y) continue;
            if (line.steps) {
                if (to_x != last_x) path.across(to_x);
                if (to_y != last_y) path.down(to_y);
            } else {
                path.line(to_x, to_y);
            }
            last_x = to_x;
            last_y = to_y;
        }
        drawing_.path(path, style);
        drawing_.dot(last_x, last_y, px(3), "done", detail::figure_text(line.points.back().value, chart_.unit));
    }

    void labels() {
        std::vector<SideLabel> labels;
        const auto add = [&](const std::string& name, std::int64_t value, std::string figure, bool strong) {
            labels.push_back({.at = y(value), .name = name, .figure = std::move(figure), .strong = strong});
        };
        const auto number = [&](std::int64_t value) { return detail::number_text(value, chart_.unit.decimals); };
        for (const TimeLine& line : chart_.lines)
            if (!line.points.empty()) add(line.name, line.points.back().value, number(line.points.back().value), true);
        for (const TimeBand& band : chart_.bands) {
            if (band.points.empty()) continue;
            const auto& last = band.points.back();
            add(band.name, last.high, number(last.low) + " to " + number(last.high), false);
        }
        for (const TimeChart::Level& level : chart_.levels) add(level.name, level.value, number(level.value), false);
        // What has no room beside the plot is in the table.
        const auto room = static_cast<std::size_t>((bottom_ - top_) / label_height + 1);
        if (labels.size() > room) labels.resize(room);
        spread(labels, top_, bottom_ - px(8));

        const Tenths at = right_ + px(18), width = drawing_.width() - at;
        for (const SideLabel& label : labels) {
            drawing_.path(Pen().move(right_, label.at).line(right_ + px(6), label.at).line(at - px(4), label.y),
                          "lead");
            drawing_.text(at, label.y, Anchor::start, label.strong ? "strong" : "",
                          fitted(label.name, width, letters + (label.strong ? 1 : 0)), label.name);
            drawing_.text(at, label.y + px(14), Anchor::start, "soft", fitted(label.figure, width, 12), label.figure);
        }
    }

    const TimeChart& chart_;
    Drawing drawing_;
    bool wide_;
    Extent extent_;
    detail::TimeAxis time_;
    detail::AmountAxis amount_;
    Tenths left_ = 0, right_ = 0, top_ = 0, bottom_ = 0;
};

/// At most so many rows of a long line, evenly chosen, the first and the last among them.
std::vector<std::size_t> chosen_rows(std::size_t count) {
    constexpr std::size_t most = 40;
    std::vector<std::size_t> rows;
    const std::size_t wanted = std::min(count, most);
    for (std::size_t i = 0; i < wanted; ++i) rows.push_back(wanted == 1 ? 0 : i * (count - 1) / (wanted - 1));
    return rows;
}

}  // namespace

std::string to_svg(const TimeChart& chart, const ChartPaper& paper) {
    return Plot(chart, paper).svg();
}

std::string to_html_table(const TimeChart& chart) {
    detail::ChartTable table(chart.title);
    table.head({"when (UTC)", "what", chart.unit.name}, 2);
    const auto number = [&](std::int64_t value) { return detail::number_text(value, chart.unit.decimals); };
    for (const TimeChart::Level& level : chart.levels) table.row({"", level.name, number(level.value)});
    for (const TimeChart::Moment& moment : chart.moments) table.row({detail::moment_text(moment.at), moment.name, ""});
    for (const TimeLine& line : chart.lines)
        for (const std::size_t i : chosen_rows(line.points.size()))
            table.row({detail::moment_text(line.points[i].at), line.name, number(line.points[i].value)});
    for (const TimeBand& band : chart.bands) {
        for (const std::size_t i : chosen_rows(band.points.size())) {
            const auto& point = band.points[i];
            table.row({detail::moment_text(point.at), band.name, number(point.low) + " to " + number(point.high)});
        }
    }
    return table.take();
}

}  // namespace crowdrules
