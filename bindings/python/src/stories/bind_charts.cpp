// SPDX-License-Identifier: BSL-1.0
// Charts: figures as pictures, and what campaigns and plans look like.
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pictures/chart.hpp>

#include "convert.hpp"
#include "campaign/live_campaign.hpp"
#include "pages.hpp"

namespace crowdrules::python {
namespace {

/// What every chart has: words, a unit, and two ways to be shown.
template <class Chart>
void bind_common(py::class_<Chart>& cls) {
    cls.def_readonly("title", &Chart::title, "What it is called.")
        .def_readonly("says", &Chart::says, "What the picture shows, in words.")
        .def_property_readonly(
            "unit", [](const Chart& self) { return self.unit.name; }, "What figures are counted in.")
        .def_property_readonly(
            "decimals", [](const Chart& self) { return self.unit.decimals; },
            "How many digits of a figure stand after its point: 2 for USD, where 11500 is 115.00.")
        .def(
            "svg", [](const Chart& self, int width) { return to_svg(self, {.width = width}); }, py::arg("width") = 720,
            "The picture as the text of an SVG file, at least 280 pixels wide.")
        .def(
            "table", [](const Chart& self) { return to_html_table(self); }, "Its figures as an HTML table.")
        .def(
            "plot", [](const py::object& self, const py::object& ax) { return drawn(self, ax); },
            py::arg("ax") = py::none(), "Draws it with matplotlib, on `ax` or a figure of its own. Returns the axes.")
        .def("_repr_html_", [](const Chart& self) { return to_svg(self, {.width = 720}) + to_html_table(self); })
        .def("__repr__", [](const Chart& self) {
            return "<" + std::string(py::str(py::type::of<Chart>().attr("__name__"))) + " " +
                   std::string(py::repr(py::str(self.title))) + ">";
        });
}

py::tuple line_of(const TimeLine& line) {
    py::list points;
    for (const TimeLine::Point& point : line.points) points.append(py::make_tuple(write(point.at), point.value));
    return py::make_tuple(line.name, py::tuple(points), line.steps);
}
py::tuple band_of(const TimeBand& band) {
    py::list points;
    for (const TimeBand::Point& point : band.points)
        points.append(py::make_tuple(write(point.at), point.low, point.high));
    return py::make_tuple(band.name, py::tuple(points));
}
py::tuple marks_of(const std::vector<TimeChart::Moment>& moments) {
    py::list marks;
    for (const TimeChart::Moment& moment : moments) marks.append(py::make_tuple(moment.name, write(moment.at)));
    return py::tuple(marks);
}

void bind_time_chart(py::module_& m) {
    py::class_<TimeChart> cls(m, "TimeChart",
                              "Figures over time, with levels (a goal) and moments (a deadline) marked.");
    bind_common(cls);
    cls.def_property_readonly(
           "lines",
           [](const TimeChart& self) {
               py::list lines;
               for (const TimeLine& line : self.lines) lines.append(line_of(line));
               return py::tuple(lines);
           },
           "Each (name, points, whether it goes in steps); a point is (when, figure).")
        .def_property_readonly(
            "bands",
            [](const TimeChart& self) {
                py::list bands;
                for (const TimeBand& band : self.bands) bands.append(band_of(band));
                return py::tuple(bands);
            },
            "Each (name, points); a point is (when, low, high).")
        .def_property_readonly(
            "levels",
            [](const TimeChart& self) {
                py::list levels;
                for (const TimeChart::Level& level : self.levels)
                    levels.append(py::make_tuple(level.name, level.value));
                return py::tuple(levels);
            },
            "Each (name, figure).")
        .def_property_readonly(
            "moments", [](const TimeChart& self) { return marks_of(self.moments); }, "Each (name, when).");
}

void bind_bar_chart(py::module_& m) {
    using Given = std::pair<std::string, std::vector<std::int64_t>>;
    py::class_<BarChart> cls(m, "BarChart",
                             R"(Bars, each of one or more parts. Figures are whole numbers of minor units.

>>> chart = BarChart('What is left', unit='USD', decimals=2, parts=['net', 'fees'],
...                  bars=[('here', [9500, 500]), ('there', [9200, 800])])
>>> chart.bars
(('here', (9500, 500), None, ''), ('there', (9200, 800), None, ''))
)");
    cls.def(py::init([](std::string title, std::string unit, unsigned decimals, std::vector<std::string> parts,
                        const py::iterable& bars, std::string says, std::string of_what) {
                BarChart chart{.title = std::move(title),
                               .says = std::move(says),
                               .of_what = std::move(of_what),
                               .unit = {std::move(unit), decimals},
                               .parts = std::move(parts)};
                for (const py::handle bar : bars) {
                    auto [name, values] = py::cast<Given>(bar);
                    chart.bars.push_back({.name = std::move(name), .values = std::move(values)});
                }
                (void)to_svg(chart);  // refuses bars of another number of parts
                return chart;
            }),
            py::arg("title"), py::kw_only(), py::arg("unit"), py::arg("decimals"), py::arg("parts"), py::arg("bars"),
            py::arg("says") = "", py::arg("of_what") = "");
    bind_common(cls);
    cls.def_readonly("of_what", &BarChart::of_what, "What a bar stands for.")
        .def_property_readonly(
            "parts", [](const BarChart& self) { return self.parts; }, "What each figure of a bar is.")
        .def_property_readonly(
            "bars",
            [](const BarChart& self) {
                py::list bars;
                for (const BarChart::Bar& bar : self.bars)
                    bars.append(py::make_tuple(bar.name, write(bar.values), write(bar.limit), bar.note));
                return py::tuple(bars);
            },
            "Each (name, figures, limit or None, note).");
}

void bind_range_chart(py::module_& m) {
    using Given = std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;
    py::class_<RangeChart> cls(m, "RangeChart", "Between which figures something lies: the fan of a simulation.");
    cls.def(py::init([](std::string title, std::string unit, unsigned decimals, const py::iterable& ranges,
                        std::string says, std::string outer, std::string inner, std::string middle) {
                RangeChart chart{.title = std::move(title),
                                 .says = std::move(says),
                                 .of_what = "figure",
                                 .unit = {std::move(unit), decimals},
                                 .outer = std::move(outer),
                                 .inner = std::move(inner),
                                 .middle = std::move(middle)};
                for (const py::handle range : ranges) {
                    auto [name, low, lower, mid, upper, high] = py::cast<Given>(range);
                    chart.ranges.push_back({std::move(name), low, lower, mid, upper, high});
                }
                (void)to_svg(chart);  // refuses figures that do not ascend
                return chart;
            }),
            py::arg("title"), py::kw_only(), py::arg("unit"), py::arg("decimals"), py::arg("ranges"),
            py::arg("says") = "", py::arg("outer") = "9 of 10", py::arg("inner") = "half",
            py::arg("middle") = "median");
    bind_common(cls);
    cls.def_readonly("outer", &RangeChart::outer, "What lies between the lowest and the highest figure.")
        .def_readonly("inner", &RangeChart::inner, "What lies between the second and the fourth.")
        .def_readonly("middle", &RangeChart::middle, "What the third is.")
        .def_property_readonly(
            "ranges",
            [](const RangeChart& self) {
                py::list ranges;
                for (const auto& range : self.ranges)
                    ranges.append(
                        py::make_tuple(range.name, range.low, range.lower, range.middle, range.upper, range.high));
                return py::tuple(ranges);
            },
            "Each (name, and five figures, ascending).");
}

void bind_flow_chart(py::module_& m) {
    py::class_<FlowChart> cls(m, "FlowChart", "Streams from holders on the left to holders on the right.");
    bind_common(cls);
    cls.def_property_readonly(
           "nodes",
           [](const FlowChart& self) {
               py::list nodes;
               for (const FlowChart::Node& node : self.nodes)
                   nodes.append(py::make_tuple(node.name, node.column, static_cast<int>(node.fill)));
               return py::tuple(nodes);
           },
           "Each (name, column from the left, pattern).")
        .def_property_readonly(
            "links",
            [](const FlowChart& self) {
                py::list links;
                for (const FlowChart::Link& link : self.links)
                    links.append(py::make_tuple(link.from, link.to, link.value));
                return py::tuple(links);
            },
            "Each (from which node, to which, figure).");
}

void bind_calendar_chart(py::module_& m) {
    py::class_<CalendarChart> cls(m, "CalendarChart", "What happens when, a row for each thing.");
    bind_common(cls);
    cls.def_property_readonly(
           "rows",
           [](const CalendarChart& self) {
               py::list rows;
               for (const auto& row : self.rows)
                   rows.append(
                       py::make_tuple(row.name, write(row.from), write(row.to), write(row.value), row.note, row.done));
               return py::tuple(rows);
           },
           "Each (name, from, to or None, figure or None, note, whether it is done).")
        .def_property_readonly(
            "moments", [](const CalendarChart& self) { return marks_of(self.moments); }, "Each (name, when).");
}

}  // namespace

void bind_charts(py::module_& m) {
    bind_time_chart(m);
    bind_bar_chart(m);
    bind_range_chart(m);
    bind_flow_chart(m);
    bind_calendar_chart(m);

    m.def(
        "funding_chart", [](const LiveCampaign& campaign) { return funding_chart(campaign.events); },
        py::arg("campaign"), "How what counts toward the goal grew, with goal, stretch goals and end.");
    m.def(
        "money_chart", [](const LiveCampaign& campaign) { return money_chart(campaign.campaign); }, py::arg("campaign"),
        "Where the money went: from everything pledged to who has it now.");
    m.def(
        "outcome_chart", [](const LiveCampaign& campaign) { return outcome_chart(campaign.campaign); },
        py::arg("campaign"), "What became of the pledges.");
    m.def(
        "payout_chart", [](const LiveCampaign& campaign) { return payout_chart(campaign.campaign, campaign.events); },
        py::arg("campaign"), "When the creator was and will be paid.");
    m.def(
        "reward_chart", [](const LiveCampaign& campaign) { return reward_chart(campaign.campaign); },
        py::arg("campaign"), "How often each reward was taken.");
}

}  // namespace crowdrules::python
