// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/id.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <type_traits>

using namespace crowdrules;

static_assert(sizeof(PledgeId) == 8);
static_assert(std::is_trivially_copyable_v<PledgeId>);
static_assert(!std::equality_comparable_with<PledgeId, BackerId>);
static_assert(!std::convertible_to<std::uint64_t, PledgeId>);
static_assert(!std::convertible_to<PledgeId, std::uint64_t>);

TEST_SUITE("core") {
    TEST_CASE("an id that nobody gave names nothing") {
        CHECK(PledgeId{}.is_none());
        CHECK_FALSE(PledgeId{7}.is_none());
    }

    TEST_CASE("ids of one kind are equal and ordered by their number") {
        CHECK(PledgeId{7} == PledgeId{7});
        CHECK(PledgeId{7} < PledgeId{8});
    }
}
