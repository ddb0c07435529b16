// SPDX-License-Identifier: BSL-1.0
// Business calendar: which dates are working days, by a named list.
//
//   add_business_days(us_2004, 2004-11-24, 5)    2004-12-02: Thanksgiving and a weekend lie between
//
// "48 hours" counts the time line, "5 business days" counts dates of a calendar: they are different types on purpose.
// A calendar is data that the caller gives: its weekend, its holidays and the dates that its list covers.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/time/instant.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace crowdrules {

/// A number of working days; not convertible to an Elapsed.
struct BusinessDays {
    int count = 0;
    constexpr auto operator<=>(const BusinessDays&) const = default;
};

/// A calendar as data: Saturdays, Sundays and the days listed are no working days. Beyond `last` nothing is known.
struct HolidayList {
    std::string name{};            ///< "us_federal_reserve"; a name alone stands for the calendar that comes with it
    Date first{};                  ///< the list is complete from this day
    Date last{};                   ///< to this one
    std::vector<Date> holidays{};  ///< of those days
    Citation source{};

    bool operator==(const HolidayList&) const = default;
};

class BusinessCalendar {
  public:
    /// A calendar that answers for dates from `first` to `last`, inclusive.
    /// Expects: dates and weekdays that exist; first <= last; at least one weekday is a working day.
    /// Holidays outside the range are ignored.
    BusinessCalendar(std::string name, Date first, Date last, std::vector<std::chrono::weekday> weekend,
                     std::vector<Date> holidays);
    /// Expects: the dates exist, and the last is not before the first.
    explicit BusinessCalendar(const HolidayList& list);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Refuses a date outside the range of the list: an unknown holiday is not a working day by default.
    [[nodiscard]] Result<bool> is_business_day(Date day) const;
    /// The date `days` working days after `day` (before it when negative); `day` itself is not counted.
    /// With zero days: `day` if it is a working day, otherwise the next one.
    /// Refuses when `day` or the answer is outside the range of the list.
    [[nodiscard]] Result<Date> add(Date day, BusinessDays days) const;
    /// The same on the time line: the date is that in UTC, and the time of the day stays.
    [[nodiscard]] Result<Instant> add(Instant at, BusinessDays days) const;

  private:
    std::string name_;
    std::chrono::sys_days first_, last_;
    std::vector<bool> working_;  ///< one for each day of the range
};

}  // namespace crowdrules
