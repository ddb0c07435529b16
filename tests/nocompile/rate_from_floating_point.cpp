// SPDX-License-Identifier: BSL-1.0
// The floating-point number 0.05 is not 5%: it is a little more.
#include <crowdrules/money/decimal.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Decimal rate = 0.05;
#else
crowdrules::Decimal rate = crowdrules::Decimal::of(5, 2);
#endif
