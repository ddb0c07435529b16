// SPDX-License-Identifier: BSL-1.0
// The names of enumerations, from their declarations.
#include <doctest/doctest.h>

#include <core/enumerators.hpp>
#include <cstdint>

namespace crowdrules::detail {
namespace {

struct Kettle {
    enum class State : std::uint8_t { cold, heats_up, boils };
};
enum class Side : std::int8_t { left, right };

TEST_SUITE_BEGIN("core");

TEST_CASE("every value of an enumeration has the name that its declaration gives it") {
    CHECK(enumerators<Kettle::State>.size() == 3);
    CHECK(enumerator_name(Kettle::State::heats_up) == "heats_up");
    CHECK(enumerator_called<Kettle::State>("boils") == Kettle::State::boils);
    CHECK(enumerator_names<Side>().back() == "right");
}

TEST_CASE("what is no value has no name, and what is no name no value") {
    CHECK(enumerator_name(static_cast<Kettle::State>(3)) == "unknown");
    CHECK(enumerator_name(static_cast<Side>(-1)) == "unknown");
    CHECK_FALSE(enumerator_called<Side>("up"));
    CHECK_FALSE(enumerator_called<Side>(""));
}

TEST_CASE("people may have other words for a value") {
    CHECK(phrase_of(Kettle::State::heats_up, {"cold", "warms up", "boils"}) == "warms up");
    CHECK(phrase_of(static_cast<Kettle::State>(9), {"cold", "warms up", "boils"}) == "unknown");
}

TEST_SUITE_END();

}  // namespace
}  // namespace crowdrules::detail
