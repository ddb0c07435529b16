// SPDX-License-Identifier: BSL-1.0
// Binary floating point is no amount: 0.10 is wrong as soon as it is written.
#include <crowdrules/money/money.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Money price(19.99, crowdrules::USD);
#else
crowdrules::Money price(19'99, crowdrules::USD);
#endif
