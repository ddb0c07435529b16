// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/time/business_calendar.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crowdrules {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

TextError outside(const std::string& name, sys_days first, sys_days last, std::string what, std::string found) {
    return {{},
            std::move(what),
            std::move(found),
            fmt::format("a date from {} to {}, which the calendar '{}' covers", to_text(Date{first}),
                        to_text(Date{last}), name)};
}

}  // namespace

BusinessCalendar::BusinessCalendar(std::string name, Date first, Date last, std::vector<weekday> weekend,
                                   std::vector<Date> holidays)
    : name_(std::move(name)) {
    expects(first.ok() && last.ok(), "the first and last day of a business calendar are dates that exist");
    first_ = first;
    last_ = last;
    expects(first_ <= last_, "a business calendar does not end before it begins");

    std::array<bool, 7> works;
    works.fill(true);
    for (const weekday day : weekend) {
        expects(day.ok(), "a weekend is made of days of the week");
        works[day.c_encoding()] = false;
    }
    expects(std::find(works.begin(), works.end(), true) != works.end(), "some day of the week is a working day");

    working_.reserve(static_cast<std::size_t>((last_ - first_).count() + 1));
    for (sys_days day = first_; day <= last_; day += days{1}) working_.push_back(works[weekday{day}.c_encoding()]);
    for (const Date& holiday : holidays) {
        expects(holiday.ok(), "a holiday is a date that exists");
        const sys_days day = holiday;
        if (first_ <= day && day <= last_) working_[static_cast<std::size_t>((day - first_).count())] = false;
    }
}

BusinessCalendar::BusinessCalendar(const HolidayList& list)
    : BusinessCalendar(list.name, list.first, list.last, {std::chrono::Saturday, std::chrono::Sunday}, list.holidays) {}

Result<bool> BusinessCalendar::is_business_day(Date day) const {
    if (!day.ok() || sys_days{day} < first_ || sys_days{day} > last_)
        return failure(outside(name_, first_, last_, "no business calendar for this date", to_text(day)));
    return working_[static_cast<std::size_t>((sys_days{day} - first_).count())];
}

Result<Date> BusinessCalendar::add(Date day, BusinessDays days_to_count) const {
    const auto starts_on_working_day = is_business_day(day);
    if (!starts_on_working_day) return failure(starts_on_working_day.error());
    if (days_to_count.count == 0 && *starts_on_working_day) return day;

    const std::int64_t step = days_to_count.count < 0 ? -1 : 1;
    std::int64_t left = days_to_count.count == 0 ? 1 : step * days_to_count.count;
    const auto size = static_cast<std::int64_t>(working_.size());
    for (auto i = (sys_days{day} - first_).count() + step; 0 <= i && i < size; i += step)
        if (working_[static_cast<std::size_t>(i)] && --left == 0) return Date{first_ + days{i}};
    return failure(outside(name_, first_, last_, "the business days counted leave the calendar",
                           fmt::format("{} {:+} business days", to_text(day), days_to_count.count)));
}

Result<Instant> BusinessCalendar::add(Instant at, BusinessDays days_to_count) const {
    const auto day = std::chrono::floor<days>(at);
    const auto counted = add(Date{day}, days_to_count);
    if (!counted) return failure(counted.error());
    return sys_days{*counted} + (at - day);
}

}  // namespace crowdrules
