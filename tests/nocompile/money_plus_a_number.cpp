// SPDX-License-Identifier: BSL-1.0
// A number has no currency: nobody can see whether 5 is dollars or cents.
#include <crowdrules/money/money.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Money raised(crowdrules::Money price) { return price + 5; }
#else
crowdrules::Money raised(crowdrules::Money price) { return price + crowdrules::Money(5, price.currency()); }
#endif
