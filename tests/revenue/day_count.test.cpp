// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/revenue/day_count.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

std::int64_t days(DayCount convention, const char* from, const char* to) {
    return year_fraction(convention, date(from), date(to)).days;
}

std::string as_decimal(YearFraction fraction) {
    return to_text(Decimal(fraction.days).quotient(Decimal(fraction.basis), 12, RoundingMode::half_even));
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("conventions disagree about the same dates, as their examples say") {
        // QuantLib's tests of the ISDA 2008-12-22 examples
        CHECK(days(DayCount::thirty_360, "2007-02-28", "2007-08-31") == 183);
        CHECK(days(DayCount::thirty_e_360, "2007-02-28", "2007-08-31") == 182);
        CHECK(days(DayCount::actual_365, "2007-02-28", "2007-08-31") == 184);
        CHECK(days(DayCount::thirty_360, "2006-08-31", "2007-02-28") == 178);
        CHECK(days(DayCount::thirty_360, "2007-01-31", "2007-03-31") == 60);
        CHECK(days(DayCount::thirty_360, "2007-01-30", "2007-03-31") == 60);
        CHECK(days(DayCount::thirty_360, "2007-01-29", "2007-03-31") == 62);
        CHECK(days(DayCount::thirty_e_360, "2007-01-29", "2007-03-31") == 61);
        CHECK(as_decimal(year_fraction(DayCount::actual_actual, date("2003-11-01"), date("2004-05-01"))) ==
              "0.497724380567");
        CHECK(year_fraction(DayCount::actual_360, date("2004-01-01"), date("2005-01-01")) == YearFraction{366, 360});
    }

    TEST_CASE("a whole year of actual_actual is a year, and a day cut anywhere adds up") {
        CHECK(year_fraction(DayCount::actual_actual, date("2004-01-01"), date("2005-01-01")) ==
              YearFraction{365 * 366, 365 * 366});
        CHECK(year_fraction(DayCount::actual_actual, date("2005-01-01"), date("2007-01-01")) ==
              YearFraction{2 * 365 * 366, 365 * 366});
        for (const DayCount convention : {DayCount::actual_365, DayCount::actual_360, DayCount::actual_actual})
            CHECK(days(convention, "2003-03-07", "2004-02-29") + days(convention, "2004-02-29", "2009-07-01") ==
                  days(convention, "2003-03-07", "2009-07-01"));
        CHECK(days(DayCount::thirty_360, "2004-02-29", "2004-02-29") == 0);
        CHECK_THROWS_AS(days(DayCount::actual_365, "2004-02-29", "2004-02-28"), ContractViolation);
    }
}
