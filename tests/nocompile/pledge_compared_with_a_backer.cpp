// SPDX-License-Identifier: BSL-1.0
// A pledge is not a backer, even when both have the number 7.
#include <crowdrules/core/id.hpp>

#ifdef MUST_NOT_COMPILE
bool same(crowdrules::PledgeId a, crowdrules::BackerId b) { return a == b; }
#else
bool same(crowdrules::PledgeId a, crowdrules::PledgeId b) { return a == b; }
#endif
