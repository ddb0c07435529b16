// SPDX-License-Identifier: BSL-1.0
// Text may be wrong: reading it is asked for by name and answered by a Result.
#include <crowdrules/money/money.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Money price = "19.99 USD";
#else
crowdrules::Money price = crowdrules::Money::parse("19.99 USD").value();
#endif
