// SPDX-License-Identifier: BSL-1.0
#include "date.hpp"

#include <array>

namespace crowdrules::detail {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

Date date_of(Instant at) {
    return Date{floor<days>(at)};
}

std::string_view month_text(std::chrono::month month) {
    return month_names[static_cast<unsigned>(month) - 1];
}

std::string year_text(std::chrono::year year) {
    return std::to_string(static_cast<int>(year));
}

std::string day_and_month(const Date& date) {
    return std::to_string(static_cast<unsigned>(date.day())) + " " + std::string(month_text(date.month()));
}

std::string time_of_day(Instant at) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - floor<days>(at)).count();
    return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string day_text(Instant at) {
    const Date date = date_of(at);
    return day_and_month(date) + " " + year_text(date.year());
}

std::string moment_text(Instant at) {
    return day_text(at) + ", " + time_of_day(at);
}

}  // namespace crowdrules::detail
