// SPDX-License-Identifier: BSL-1.0
// Chart: figures as a picture: an SVG that needs nothing else, and a table of the same figures.
//
//   BarChart chart{.title = "What the creator gets", .unit = ChartUnit::of(USD), .parts = {"to the creator", "fees"}};
//   chart.bars.push_back({.name = "Kickstarter", .values = {9'343'791'24, 823'551'69}});
//   to_svg(chart)          one file that every browser shows
//   to_html_table(chart)   the figures themselves, to the cent
//
// Charts are made for people who cannot tell colours apart, or hear a page instead of seeing it: every part has a
// pattern and a name, every picture says in words what it shows, and no figure is in the picture alone. Figures are
// whole minor units, and only their places on the paper are rounded, so the same chart gives the same bytes on every
// machine.
#pragma once

#include <crowdrules/money/currency.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

/// What figures are counted in, and how many of their digits stand after the point.
struct ChartUnit {
    std::string name{};     ///< "USD", "backers"
    unsigned decimals = 0;  ///< 2: 11500 is 115.00

    [[nodiscard]] static ChartUnit of(Currency currency);
    bool operator==(const ChartUnit&) const = default;
};

/// How a part is filled, so that parts differ without colour.
enum class ChartFill : std::uint8_t {
    solid,
    stripes,
    dots,
    grid,
    dashes,
    hollow,
};
inline constexpr std::size_t chart_fill_count = 6;

/// A figure that changes with time, as a line of steps or of straight pieces.
struct TimeLine {
    struct Point {
        Instant at{};
        std::int64_t value = 0;
        bool operator==(const Point&) const = default;
    };
    std::string name{};
    std::vector<Point> points{};  ///< in order of time
    bool steps = true;            ///< the value stands until the next point; false: straight from point to point

    bool operator==(const TimeLine&) const = default;
};

/// A range that changes with time: between which figures half of all runs lie.
struct TimeBand {
    struct Point {
        Instant at{};
        std::int64_t low = 0;
        std::int64_t high = 0;
        bool operator==(const Point&) const = default;
    };
    std::string name{};
    std::vector<Point> points{};  ///< in order of time

    bool operator==(const TimeBand&) const = default;
};

/// Figures over time, with levels (a goal) and moments (a deadline) marked.
struct TimeChart {
    struct Level {
        std::string name{};
        std::int64_t value = 0;
        bool operator==(const Level&) const = default;
    };
    struct Moment {
        std::string name{};
        Instant at{};
        bool operator==(const Moment&) const = default;
    };
    std::string title{};
    std::string says{};  ///< what the picture shows, in a sentence, for who does not see it
    ChartUnit unit{};
    std::vector<TimeBand> bands{};  ///< the widest first
    std::vector<TimeLine> lines{};
    std::vector<Level> levels{};
    std::vector<Moment> moments{};

    bool operator==(const TimeChart&) const = default;
};

/// Bars, one below the other, each of one or more parts.
struct BarChart {
    struct Bar {
        std::string name{};
        std::vector<std::int64_t> values{};   ///< one for each part; negative ones go to the left
        std::optional<std::int64_t> limit{};  ///< marked: how many there are
        std::string note{};                   ///< beside the bar; empty: the sum of its values
        bool operator==(const Bar&) const = default;
    };
    std::string title{};
    std::string says{};
    std::string of_what{};  ///< what a bar stands for: the head of the table's first column
    ChartUnit unit{};
    std::vector<std::string> parts{};  ///< what each value of a bar is
    std::vector<Bar> bars{};

    bool operator==(const BarChart&) const = default;
};

/// Between which figures something lies: the fan of a simulation, from what is certain to what is left at the end.
struct RangeChart {
    struct Range {
        std::string name{};
        std::int64_t low = 0, lower = 0, middle = 0, upper = 0, high = 0;  ///< ascending
        bool operator==(const Range&) const = default;
    };
    std::string title{};
    std::string says{};
    std::string of_what{};
    ChartUnit unit{};
    std::string outer{};   ///< what lies between low and high: "9 of 10 runs"
    std::string inner{};   ///< what lies between lower and upper: "half of all runs"
    std::string middle{};  ///< what the mark is: "median"
    std::vector<Range> ranges{};

    bool operator==(const RangeChart&) const = default;
};

/// Streams from holders on the left to holders on the right; widths are amounts.
struct FlowChart {
    struct Node {
        std::string name{};
        unsigned column = 0;  ///< from the left
        ChartFill fill = ChartFill::solid;
        bool operator==(const Node&) const = default;
    };
    struct Link {
        std::size_t from = 0;  ///< places in `nodes`; the column of `from` is left of that of `to`
        std::size_t to = 0;
        std::int64_t value = 0;  ///< at least 0
        bool operator==(const Link&) const = default;
    };
    std::string title{};
    std::string says{};
    ChartUnit unit{};
    std::vector<Node> nodes{};
    std::vector<Link> links{};

    bool operator==(const FlowChart&) const = default;
};

/// What happens when: a row for each thing, with its day or its span on a common scale of time.
struct CalendarChart {
    struct Row {
        std::string name{};
        Instant from{};
        std::optional<Instant> to{};          ///< of a span; none: a moment
        std::optional<std::int64_t> value{};  ///< an amount that belongs to it
        std::string note{};                   ///< "paid", "due"
        bool done = true;                     ///< false: still to come, drawn hollow
        bool operator==(const Row&) const = default;
    };
    std::string title{};
    std::string says{};
    ChartUnit unit{};
    std::vector<Row> rows{};
    std::vector<TimeChart::Moment> moments{};

    bool operator==(const CalendarChart&) const = default;
};

/// The paper that a chart is drawn on.
struct ChartPaper {
    int width = 720;           ///< in pixels; at least 280. The height follows from what there is to draw
    std::string id = "c";      ///< begins every id inside, so that many charts fit on one page: letters and digits
    bool stands_alone = true;  ///< brings its own colours; false: a page has them for all its charts
};

/// The picture. Names that do not fit are shortened there, and whole in the table.
/// Expects: times in order; a value for each part of a bar; ranges ascending; links from left to right, none negative.
[[nodiscard]] std::string to_svg(const TimeChart& chart, const ChartPaper& paper = {});
[[nodiscard]] std::string to_svg(const BarChart& chart, const ChartPaper& paper = {});
[[nodiscard]] std::string to_svg(const RangeChart& chart, const ChartPaper& paper = {});
[[nodiscard]] std::string to_svg(const FlowChart& chart, const ChartPaper& paper = {});
[[nodiscard]] std::string to_svg(const CalendarChart& chart, const ChartPaper& paper = {});

/// The figures as a <table>, in whole amounts.
[[nodiscard]] std::string to_html_table(const TimeChart& chart);
[[nodiscard]] std::string to_html_table(const BarChart& chart);
[[nodiscard]] std::string to_html_table(const RangeChart& chart);
[[nodiscard]] std::string to_html_table(const FlowChart& chart);
[[nodiscard]] std::string to_html_table(const CalendarChart& chart);

}  // namespace crowdrules
