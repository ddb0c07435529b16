// SPDX-License-Identifier: BSL-1.0
// Axis: round numbers and dates along the edge of a chart, and where on the paper a figure lies.
//
//   amount_axis(0, 10'266'845'00, USD, 6)    0, 2, 4, ... 12 million USD
//   time_axis(11 April, 18 May, 6)           "11 Apr 2012", "18 Apr", "25 Apr", ...
#pragma once

#include <crowdrules/money/decimal.hpp>
#include <crowdrules/pictures/chart.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::detail {

/// Places on paper are tenths of a pixel, whole, so that they are the same on every machine.
using Tenths = std::int64_t;
[[nodiscard]] constexpr Tenths px(std::int64_t pixels) {
    return pixels * 10;
}

/// "10,266,845.00 USD".
[[nodiscard]] std::string figure_text(std::int64_t value, const ChartUnit& unit);

/// Where `value` lies when `low` lies at `start` and `high` at `end`. Expects: low < high.
[[nodiscard]] Tenths place_of(Int128 value, Int128 low, Int128 high, Tenths start, Tenths end);

struct AmountAxis {
    struct Tick {
        Int128 value = 0;
        std::string label{};
    };
    Int128 low = 0;
    Int128 high = 0;
    std::string unit{};  ///< what the labels are in: "million USD"
    std::vector<Tick> ticks{};
};
/// Where an axis of amounts begins.
enum class AxisFrom : std::uint8_t {
    zero,  ///< lengths can be compared
    near,  ///< near the lowest figure, where that is more than half of the highest: from zero, all would lie at the
           ///< edge
};
/// An axis from zero or below it to zero or above it, with at most `most` ticks at round figures. Expects: most >= 3.
[[nodiscard]] AmountAxis amount_axis(std::int64_t low, std::int64_t high, const ChartUnit& unit, int most,
                                     AxisFrom from = AxisFrom::zero);

struct TimeAxis {
    struct Tick {
        Instant at{};
        std::string label{};  ///< "18 Apr", "07:00", "2012"
        std::string below{};  ///< what changed with it: the year or the day
    };
    Instant from{};
    Instant to{};  ///< after `from`
    std::vector<Tick> ticks{};

    [[nodiscard]] Tenths place(Instant at, Tenths start, Tenths end) const;
};
/// An axis over these instants, at most `most` ticks at midnights, firsts of months or of years. Expects: most >= 2.
[[nodiscard]] TimeAxis time_axis(Instant from, Instant to, int most);

}  // namespace crowdrules::detail
