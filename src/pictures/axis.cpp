// SPDX-License-Identifier: BSL-1.0
#include "axis.hpp"

#include <crowdrules/core/contract.hpp>

#include <algorithm>
#include <array>
#include <words/date.hpp>
#include <words/number.hpp>

namespace crowdrules::detail {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month;

Int128 power_of_ten(unsigned exponent) {
    Int128 power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

Int128 floor_to(Int128 value, Int128 step) {
    const Int128 rest = value % step;
    return value - rest - (rest < 0 ? step : 0);
}

/// 1, 2 or 5 times a power of ten, so that `span` has at most `most` ticks; and that power.
std::pair<Int128, unsigned> round_step(Int128 low, Int128 high, int most) {
    for (unsigned exponent = 0;; ++exponent) {
        for (const int digit : {1, 2, 5}) {
            const Int128 step = digit * power_of_ten(exponent);
            const Int128 ticks = (floor_to(high + step - 1, step) - floor_to(low, step)) / step + 1;
            if (ticks <= most) return {step, exponent};
        }
    }
}

struct Scale {
    unsigned exponent;
    std::string_view word;
};
constexpr std::array<Scale, 4> scales{{{15, "quadrillion "}, {12, "trillion "}, {9, "billion "}, {6, "million "}}};

/// Ticks of a fixed length, from the midnight before `from`.
std::vector<TimeAxis::Tick> even_ticks(Instant from, Instant to, Elapsed step) {
    std::vector<TimeAxis::Tick> ticks;
    std::optional<Date> before;
    for (Instant at = floor<days>(from); at <= to; at += step) {
        if (at < from) continue;
        const Date date = date_of(at);
        const bool hourly = step < days{1};
        TimeAxis::Tick tick{.at = at, .label = hourly ? time_of_day(at) : day_and_month(date), .below = {}};
        if (hourly && (!before || *before != date))
            tick.below = day_and_month(date) + (before ? "" : " " + year_text(date.year()));
        if (!hourly && (!before || before->year() != date.year())) tick.below = year_text(date.year());
        before = date;
        ticks.push_back(std::move(tick));
    }
    return ticks;
}

/// Ticks at firsts of months, so many months apart.
std::vector<TimeAxis::Tick> monthly_ticks(Instant from, Instant to, int step) {
    std::vector<TimeAxis::Tick> ticks;
    const Date first = date_of(from);
    const int years_apart = std::max(step / 12, 1);
    const int start_year = static_cast<int>(first.year()) / years_apart * years_apart;  // years are above zero
    std::optional<year> before;
    for (year_month month = year{start_year} / std::chrono::January;; month += months{step}) {
        const Instant at = sys_days{month / 1};
        if (at > to) return ticks;
        if (at < from) continue;
        TimeAxis::Tick tick{.at = at, .label = std::string(month_text(month.month())), .below = {}};
        if (step >= 12)
            tick.label = year_text(month.year());
        else if (!before || *before != month.year())
            tick.below = year_text(month.year());
        before = month.year();
        ticks.push_back(std::move(tick));
    }
}

}  // namespace

std::string figure_text(std::int64_t value, const ChartUnit& unit) {
    const std::string number = number_text(value, unit.decimals);
    return unit.name.empty() ? number : number + " " + unit.name;
}

Tenths place_of(Int128 value, Int128 low, Int128 high, Tenths start, Tenths end) {
    expects(low < high, "an axis has a length");
    // Half up, in whole tenths: (value - low) / (high - low) of the way, also where `end` is before `start`.
    const Int128 way = end - start;
    const Int128 twice = 2 * (value - low) * way + (high - low);
    return start + static_cast<Tenths>(floor_to(twice, 2 * (high - low)) / (2 * (high - low)));
}

AmountAxis amount_axis(std::int64_t low, std::int64_t high, const ChartUnit& unit, int most, AxisFrom from) {
    expects(most >= 3, "an axis has room for three ticks");
    AmountAxis axis{.low = std::min<std::int64_t>(low, 0), .high = std::max<std::int64_t>(high, 0), .unit = unit.name};
    if (from == AxisFrom::near && low > 0 && Int128{2} * low > high && low < high) axis.low = low;
    if (axis.low == axis.high) axis.high = power_of_ten(unit.decimals);
    const auto [step, zeros] = round_step(axis.low, axis.high, most);
    axis.low = floor_to(axis.low, step);
    axis.high = floor_to(axis.high + step - 1, step);

    const Int128 largest = std::max(axis.high, -axis.low);
    unsigned scale = 0;
    for (const Scale& candidate : scales) {
        if (largest < power_of_ten(unit.decimals + candidate.exponent)) continue;
        scale = candidate.exponent;
        axis.unit = std::string(candidate.word) + unit.name;
        break;
    }
    // As many decimals as the step has; amounts of money that are not scaled have all of theirs, or none.
    const unsigned places = unit.decimals + scale;
    unsigned decimals = places > zeros ? places - zeros : 0;
    if (scale == 0 && decimals > 0) decimals = unit.decimals;
    for (Int128 value = axis.low; value <= axis.high; value += step)
        axis.ticks.push_back({value, number_text(value / power_of_ten(places - decimals), decimals)});
    return axis;
}

Tenths TimeAxis::place(Instant at, Tenths start, Tenths end) const {
    return place_of(std::clamp(at, from, to).time_since_epoch().count(), from.time_since_epoch().count(),
                    to.time_since_epoch().count(), start, end);
}

TimeAxis time_axis(Instant from, Instant to, int most) {
    expects(most >= 2, "an axis has room for two ticks");
    constexpr Instant first = sys_days{year{1} / 1 / 1};
    constexpr Instant last = sys_days{year{9999} / 12 / 31};
    from = std::clamp(from, first, last - days{1});
    to = std::clamp(to, from, last);
    if (to - from < hours{6}) to = from + hours{6};

    TimeAxis axis{.from = from, .to = to};
    const auto fits = [&](Elapsed step) { return (to - from) / step < most; };
    for (const Elapsed step : {Elapsed{hours{1}}, Elapsed{hours{3}}, Elapsed{hours{6}}, Elapsed{hours{12}},
                               Elapsed{days{1}}, Elapsed{days{2}}, Elapsed{days{7}}, Elapsed{days{14}}}) {
        if (!fits(step)) continue;
        axis.ticks = even_ticks(from, to, step);
        return axis;
    }
    for (const int step : {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000}) {
        if (!fits(days{30} * step)) continue;
        axis.ticks = monthly_ticks(from, to, step);
        return axis;
    }
    return axis;
}

}  // namespace crowdrules::detail
