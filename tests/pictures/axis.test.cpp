// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <limits>
#include <pictures/axis.hpp>

using namespace crowdrules;
using namespace crowdrules::detail;

namespace {

std::string labels(const AmountAxis& axis) {
    std::string all;
    for (const auto& tick : axis.ticks) all += (all.empty() ? "" : " ") + tick.label;
    return all + " [" + axis.unit + "]";
}
std::string labels(const TimeAxis& axis) {
    std::string all;
    for (const auto& tick : axis.ticks)
        all += (all.empty() ? "" : ", ") + tick.label + (tick.below.empty() ? "" : "/" + tick.below);
    return all;
}

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE_BEGIN("pictures");

TEST_CASE("amount axis: round figures, as people write them") {
    const ChartUnit usd = ChartUnit::of(USD), jpy = ChartUnit::of(JPY);
    CHECK(labels(amount_axis(0, 10'266'845'00, usd, 7)) == "0 2 4 6 8 10 12 [million USD]");
    CHECK(labels(amount_axis(0, 395'500, jpy, 7)) == "0 100,000 200,000 300,000 400,000 [JPY]");
    CHECK(labels(amount_axis(0, 7, usd, 7)) == "0.00 0.02 0.04 0.06 0.08 [USD]");
    CHECK(labels(amount_axis(0, 0, usd, 6)) == "0.00 0.20 0.40 0.60 0.80 1.00 [USD]");
    CHECK(labels(amount_axis(0, 0, {.name = "backers"}, 6)) == "0 1 [backers]");
    CHECK(labels(amount_axis(-50'00, 120'00, usd, 7)) == "−50 0 50 100 150 [USD]");
    CHECK(labels(amount_axis(0, 2'500'000'00, usd, 7)) == "0.0 0.5 1.0 1.5 2.0 2.5 [million USD]");
    CHECK(labels(amount_axis(least, most, usd, 5)) == "−100 −50 0 50 100 [quadrillion USD]");
    CHECK(labels(amount_axis(9'200'000'00, 9'260'000'00, usd, 7, AxisFrom::near)) ==
          "9.20 9.21 9.22 9.23 9.24 9.25 9.26 [million USD]");
    CHECK(labels(amount_axis(4'000'00, 10'000'00, usd, 7, AxisFrom::near)) ==
          labels(amount_axis(0, 10'000'00, usd, 7)));
    CHECK(labels(amount_axis(5'00, 5'00, usd, 7, AxisFrom::near)) == labels(amount_axis(0, 5'00, usd, 7)));
    CHECK(labels(amount_axis(-10'00, 90'00, usd, 7, AxisFrom::near)) == labels(amount_axis(-10'00, 90'00, usd, 7)));
    for (const std::int64_t high : {1, 2, 3, 9, 10, 11, 99, 101, 12'345, 999'999, 1'000'000}) {
        for (int ticks = 3; ticks < 12; ++ticks) {
            const AmountAxis axis = amount_axis(-high / 3, high, usd, ticks);
            CHECK(axis.ticks.size() <= static_cast<std::size_t>(ticks));
            CHECK(axis.low <= -high / 3);
            CHECK(axis.high >= high);
        }
    }
}

TEST_CASE("time axis: midnights, firsts of months and years, the year where it changes") {
    CHECK(labels(time_axis(instant("2012-04-11T07:00:00Z"), instant("2012-05-18T07:00:00Z"), 8)) ==
          "18 Apr/2012, 25 Apr, 2 May, 9 May, 16 May");
    CHECK(labels(time_axis(instant("2015-12-30T00:00:00Z"), instant("2016-01-03T00:00:00Z"), 8)) ==
          "30 Dec/2015, 31 Dec, 1 Jan/2016, 2 Jan, 3 Jan");
    CHECK(labels(time_axis(instant("2016-02-28T18:00:00Z"), instant("2016-02-29T12:00:00Z"), 8)) ==
          "18:00/28 Feb 2016, 21:00, 00:00/29 Feb, 03:00, 06:00, 09:00, 12:00");
    CHECK(labels(time_axis(instant("2015-11-15T00:00:00Z"), instant("2016-07-02T00:00:00Z"), 5)) ==
          "Jan/2016, Apr, Jul");
    CHECK(labels(time_axis(instant("1999-01-01T00:00:00Z"), instant("2031-01-01T00:00:00Z"), 5)) ==
          "2000, 2010, 2020, 2030");
    const TimeAxis moment = time_axis(instant("2016-07-02T00:00:00Z"), instant("2016-07-02T00:00:00Z"), 4);
    CHECK(moment.from < moment.to);
    CHECK(labels(time_axis(Instant::min(), Instant::max(), 6)) == "2000, 4000, 6000, 8000");
}

TEST_CASE("places: whole tenths of a pixel, exact at both ends, in either direction") {
    CHECK(place_of(0, 0, 10, px(5), px(25)) == px(5));
    CHECK(place_of(10, 0, 10, px(5), px(25)) == px(25));
    CHECK(place_of(5, 0, 10, px(25), px(5)) == px(15));
    CHECK(place_of(1, 0, 3, px(0), px(1)) == 3);
    CHECK(place_of(most, least, most, px(0), px(1000)) == px(1000));
    CHECK_THROWS((void)place_of(1, 3, 3, px(0), px(1)));
}

TEST_SUITE_END();
