// SPDX-License-Identifier: BSL-1.0
// Five business days are dates of a named calendar, never 120 hours.
#include <crowdrules/time/business_calendar.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Elapsed notice = crowdrules::BusinessDays{5};
#else
crowdrules::Elapsed notice = std::chrono::days{5};
#endif
