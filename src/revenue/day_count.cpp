// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/revenue/day_count.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules::revenue {
namespace {

using std::chrono::sys_days;

std::int64_t days_between(Date from, Date to) {
    return (sys_days(to) - sys_days(from)).count();
}

std::int64_t thirty_days(Date from, Date to, bool later_31st_always_30th) {
    const auto number = [](Date date) { return static_cast<std::int64_t>(static_cast<unsigned>(date.day())); };
    const std::int64_t first = std::min<std::int64_t>(number(from), 30);
    const std::int64_t second =
        later_31st_always_30th || first == 30 ? std::min<std::int64_t>(number(to), 30) : number(to);
    const std::int64_t months = (to.year() / to.month() - from.year() / from.month()).count();
    return months * 30 + second - first;
}

/// Days of leap years count 365 of 365 x 366, other days 366: each year adds up to the whole.
std::int64_t weighted_days(Date from, Date to) {
    std::int64_t sum = 0;
    for (Date at = from; at < to;) {
        const Date next =
            std::min(to, Date{at.year() + std::chrono::years{1}, std::chrono::January, std::chrono::day{1}});
        sum += days_between(at, next) * (at.year().is_leap() ? 365 : 366);
        at = next;
    }
    return sum;
}

}  // namespace

std::string_view to_text(DayCount convention) noexcept {
    return detail::enumerator_name(convention);
}

YearFraction year_fraction(DayCount convention, Date from, Date to) {
    expects(from.ok() && to.ok() && from <= to, "year_fraction: from a valid date to one that is not earlier");
    switch (convention) {
        case DayCount::actual_365:
            return {days_between(from, to), 365};
        case DayCount::actual_360:
            return {days_between(from, to), 360};
        case DayCount::actual_actual:
            return {weighted_days(from, to), 365 * 366};
        case DayCount::thirty_360:
            return {thirty_days(from, to, false), 360};
        case DayCount::thirty_e_360:
            return {thirty_days(from, to, true), 360};
    }
    throw ContractViolation("a DayCount outside the enumeration");
}

}  // namespace crowdrules::revenue
