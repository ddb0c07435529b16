// SPDX-License-Identifier: BSL-1.0
#include "row_plot.hpp"

#include <algorithm>

namespace crowdrules::detail {

RowPlot::RowPlot(Drawing& drawing, std::int64_t low, std::int64_t high, const ChartUnit& unit, AxisFrom from)
    : drawing_(drawing),
      axis_(amount_axis(low, high, unit, drawing.width() >= px(500) ? 7 : 5, from)),
      right_(drawing.width() - px(12)) {}

Tenths RowPlot::x(Int128 value) const {
    return place_of(value, axis_.low, axis_.high, left_, right_);
}

void RowPlot::legend(const std::vector<std::pair<ChartFill, std::string>>& parts, const std::string& line) {
    Tenths at = px(0);
    y_ = px(20);
    const auto entry = [&](const std::string& whole, const auto& mark) {
        const std::string name = fitted(whole, drawing_.width() - px(26), 13);
        const Tenths width = px(20) + width_of(name, 13) + px(14);
        if (at > px(0) && at + width > drawing_.width()) {
            at = px(0);
            y_ += px(22);
        }
        mark();
        drawing_.text(at + px(20), y_, Anchor::start, "", name, whole);
        at += width;
    };
    for (const auto& part : parts)
        entry(part.second, [&] { drawing_.box(at + px(1), y_ - px(12), px(14), px(14), part.first); });
    if (!line.empty()) entry(line, [&] { drawing_.line(at + px(8), y_ - px(13), at + px(8), y_ + px(3), "middle"); });
    y_ += px(14);
}

void RowPlot::scale(std::size_t rows) {
    const Tenths end = y_ + row_height * static_cast<Tenths>(rows) + px(2);
    for (const auto& tick : axis_.ticks)
        drawing_.line(x(tick.value), y_, x(tick.value), end, tick.value == 0 ? "axis" : "rule");
}

Tenths RowPlot::row(const std::string& name, const std::string& figure) {
    const std::string shown = fitted(figure, drawing_.width() * 2 / 3, 13);
    const Tenths room = drawing_.width() - width_of(shown, 13) - px(12);
    drawing_.text(px(0), y_ + px(18), Anchor::start, "strong", fitted(name, room, 14), name);
    drawing_.text(drawing_.width(), y_ + px(18), Anchor::end, "", shown, figure);
    y_ += row_height;
    return y_ - row_height + px(25);
}

Tenths RowPlot::finish() {
    Tenths free = px(0);
    for (const auto& tick : axis_.ticks) {
        const Tenths half = width_of(tick.label, 12) / 2;
        const Tenths at = std::clamp(x(tick.value), half, drawing_.width() - half);
        if (at - half < free) continue;
        free = at + half + px(8);
        drawing_.text(at, y_ + px(18), Anchor::middle, "soft", tick.label);
    }
    drawing_.text(px(0), y_ + px(36), Anchor::start, "soft", axis_.unit);
    return y_ + px(42);
}

}  // namespace crowdrules::detail
