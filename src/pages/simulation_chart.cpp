// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pages/charts.hpp>

#include <algorithm>
#include <pictures/axis.hpp>
#include <words/number.hpp>

namespace crowdrules {

RangeChart simulation_chart(const SimulationSummary& summary, Currency currency) {
    RangeChart chart{.title = "Between which figures the runs lie",
                     .of_what = "figure",
                     .unit = ChartUnit::of(currency),
                     .outer = "9 of 10 runs",
                     .inner = "half of all runs",
                     .middle = "median"};
    chart.says = detail::grouped(summary.runs, "run") + ", " + detail::grouped(summary.succeeded) +
                 " of them a success.";
    for (std::size_t i = 0; i < simulated_figure_count; ++i) {
        const auto figure = static_cast<SimulatedFigure>(i);
        const Sample& sample = summary.of(figure);
        if (is_count(figure) || sample.count() == 0) continue;
        const auto at = [&](std::int64_t percent) { return sample.quantile(Decimal::of(percent, 2)); };
        std::string name(to_text(figure));
        std::replace(name.begin(), name.end(), '_', ' ');
        RangeChart::Range range{name, at(5), at(25), at(50), at(75), at(95)};
        // What never happened says nothing.
        if (range.low == 0 && range.high == 0 && sample.sum() == 0) continue;
        if (figure == SimulatedFigure::net)
            chart.says += " In half of them the creator has " + detail::figure_text(range.lower, chart.unit) + " to " +
                          detail::figure_text(range.upper, chart.unit) + " in the end.";
        chart.ranges.push_back(std::move(range));
    }
    return chart;
}

}  // namespace crowdrules
