// SPDX-License-Identifier: BSL-1.0
// A number is not an instant: nobody can see whether it counts seconds or milliseconds, or from when.
#include <crowdrules/time/instant.hpp>

#ifdef MUST_NOT_COMPILE
crowdrules::Instant at = 1'337'396'400;
#else
crowdrules::Instant at{crowdrules::Elapsed{1'337'396'400}};
#endif
