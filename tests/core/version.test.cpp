// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/version.hpp>

#include <doctest/doctest.h>

TEST_CASE("the library says which version it is") {
    CHECK(crowdrules::version() == CROWDRULES_VERSION);
}
