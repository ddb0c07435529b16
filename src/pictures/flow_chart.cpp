// SPDX-License-Identifier: BSL-1.0
// Streams between holders, as wide as the amounts, each holder with its name and figure beside it.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "chart_table.hpp"
#include "drawing.hpp"
#include <algorithm>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::Anchor;
using detail::Drawing;
using detail::Pen;
using detail::px;
using detail::Tenths;

constexpr Tenths node_width = px(12);
constexpr Tenths full_height = px(240);  ///< of the column that has the most
constexpr Tenths least_slot = px(38);    ///< room for a name and a figure
constexpr Tenths gap = px(8);
constexpr Tenths top = px(8);

struct Node {
    Int128 in = 0, out = 0;
    Tenths y = 0, height = 0;
    Int128 given = 0, taken = 0;  ///< how much of it has been drawn

    [[nodiscard]] Int128 all() const { return std::max(in, out); }
};

class Flow {
  public:
    Flow(const FlowChart& chart, const ChartPaper& paper)
        : chart_(chart), drawing_(paper, chart.title, chart.says), nodes_(chart.nodes.size()) {
        for (const FlowChart::Link& link : chart.links) {
            expects(link.from < nodes_.size() && link.to < nodes_.size(), "a stream goes from one holder to another");
            expects(chart.nodes[link.from].column < chart.nodes[link.to].column, "streams go from left to right");
            expects(link.value >= 0, "a stream has an amount of zero or more");
            nodes_[link.from].out += link.value;
            nodes_[link.to].in += link.value;
        }
        for (const FlowChart::Node& node : chart.nodes) columns_ = std::max<std::size_t>(columns_, node.column + 1);
        std::vector<Int128> sums(columns_);
        for (std::size_t i = 0; i < nodes_.size(); ++i) sums[chart.nodes[i].column] += nodes_[i].all();
        for (const Int128 sum : sums) most_ = std::max(most_, sum);
    }

    std::string svg() {
        if (most_ == 0) {
            drawing_.text(px(0), px(20), Anchor::start, "soft", "No money has moved.");
            return drawing_.take(px(32));
        }
        Tenths bottom = top;
        std::vector<Tenths> free(columns_, top);
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].all() == 0) continue;
            Tenths& y = free[chart_.nodes[i].column];
            nodes_[i].y = y;
            nodes_[i].height = std::max(height(nodes_[i].all()), px(2));
            y += std::max(nodes_[i].height, least_slot) + gap;
            bottom = std::max(bottom, y);
        }
        for (const FlowChart::Link& link : chart_.links) stream(link);
        for (std::size_t i = 0; i < nodes_.size(); ++i) node(i);
        return drawing_.take(bottom);
    }

  private:
    [[nodiscard]] Tenths height(Int128 value) const { return detail::place_of(value, 0, most_, 0, full_height); }
    [[nodiscard]] Tenths x(std::size_t column) const {
        // The names of the last column stand to its right.
        const Tenths last = drawing_.width() - label_width() - node_width - px(8);
        return columns_ == 1 ? 0 : last * static_cast<Tenths>(column) / static_cast<Tenths>(columns_ - 1);
    }
    [[nodiscard]] Tenths label_width() const { return drawing_.width() >= px(500) ? px(190) : px(118); }

    void stream(const FlowChart::Link& link) {
        if (link.value == 0) return;
        Node& from = nodes_[link.from];
        Node& to = nodes_[link.to];
        const Tenths x0 = x(chart_.nodes[link.from].column) + node_width, x1 = x(chart_.nodes[link.to].column);
        const Tenths y0 = from.y + height(from.given), y1 = to.y + height(to.taken);
        from.given += link.value;
        to.taken += link.value;
        const Tenths y0_end = std::max(from.y + height(from.given), y0 + px(1));
        const Tenths y1_end = std::max(to.y + height(to.taken), y1 + px(1));
        Pen path;
        path.move(x0, y0).swing(x0, x1, y0, y1).line(x1, y1_end).swing(x1, x0, y1_end, y0_end).close();
        drawing_.area(path, chart_.nodes[link.to].fill,
                      chart_.nodes[link.from].name + " to " + chart_.nodes[link.to].name + ": " +
                          detail::figure_text(link.value, chart_.unit),
                      true);
    }

    void node(std::size_t i) {
        const Node& node = nodes_[i];
        if (node.all() == 0) return;
        const FlowChart::Node& named = chart_.nodes[i];
        const Tenths at = x(named.column);
        const std::string figure = detail::number_text(node.all(), chart_.unit.decimals) + " " + chart_.unit.name;
        drawing_.box(at, node.y, node_width, node.height, named.fill, named.name + ": " + figure);
        const Tenths words = at + node_width + px(7);
        const Tenths next = named.column + 1 < columns_ ? x(named.column + 1) : drawing_.width();
        // A name in the middle of a high holder, or at the top of a low one.
        const Tenths base = node.y + (node.height > least_slot ? node.height / 2 - px(4) : px(13));
        const Tenths width = next - words - px(4);
        drawing_.text(words, base, Anchor::start, "strong", detail::fitted(named.name, width, 14), named.name);
        drawing_.text(
            words, base + px(16), Anchor::start, "",
            detail::fitted(
                detail::width_of(figure, 13) <= width ? figure : detail::number_text(node.all(), chart_.unit.decimals),
                width, 13),
            figure);
    }

    const FlowChart& chart_;
    Drawing drawing_;
    std::vector<Node> nodes_;
    std::size_t columns_ = 0;
    Int128 most_ = 0;
};

}  // namespace

std::string to_svg(const FlowChart& chart, const ChartPaper& paper) {
    return Flow(chart, paper).svg();
}

std::string to_html_table(const FlowChart& chart) {
    detail::ChartTable table(chart.title);
    table.head({"from", "to", chart.unit.name}, 2);
    for (const FlowChart::Link& link : chart.links)
        if (link.value != 0)
            table.row({chart.nodes[link.from].name, chart.nodes[link.to].name,
                       detail::number_text(link.value, chart.unit.decimals)});
    return table.take();
}

}  // namespace crowdrules
