// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/time/window.hpp>

#include <doctest/doctest.h>

#include <type_traits>

using namespace crowdrules;
using namespace std::chrono_literals;

static_assert(std::is_trivially_copyable_v<Window>);
static_assert(!Window{}.has_end() && Window{}.contains(Instant{}));

namespace {

const Instant opens = instant("2012-04-11T07:00:00Z");
const Instant closes = instant("2012-05-18T07:00:00Z");

}  // namespace

TEST_SUITE("time") {
    TEST_CASE("a pledge at the closing instant is too late") {
        const Window window{opens, closes};
        CHECK_FALSE(window.contains(opens - 1s));
        CHECK(window.contains(opens));
        CHECK(window.contains(closes - 1s));
        CHECK_FALSE(window.contains(closes));
        CHECK_FALSE(window.is_past(closes - 1s));
        CHECK(window.is_past(closes));
        CHECK(window.ended_at() == closes);
    }

    TEST_CASE("a pledge at the closing instant counts where the rule includes it") {
        const Window window{opens, closes, ClosingInstant::included};
        CHECK(window.contains(closes));
        CHECK_FALSE(window.contains(closes + 1s));
        CHECK_FALSE(window.is_past(closes));
        CHECK(window.is_past(closes + 1s));
        CHECK(window.ended_at() == closes + 1s);
    }

    TEST_CASE("a window is past at the instant that it ended, and not a second before") {
        for (const auto closing : {ClosingInstant::excluded, ClosingInstant::included}) {
            const Window window{opens, closes, closing};
            CHECK(window.is_past(window.ended_at()));
            CHECK_FALSE(window.is_past(window.ended_at() - 1s));
        }
    }

    TEST_CASE("a window without end is never past") {
        for (const auto closing : {ClosingInstant::excluded, ClosingInstant::included}) {
            const Window window{opens, never, closing};
            CHECK_FALSE(window.has_end());
            CHECK(window.contains(instant("9999-12-31T23:59:59Z")));
            CHECK_FALSE(window.is_past(instant("9999-12-31T23:59:59Z")));
            CHECK(window.ended_at() == never);
        }
    }

    TEST_CASE("a window that closes as it opens holds nothing, or that one instant") {
        CHECK_FALSE(Window{opens, opens}.contains(opens));
        CHECK(Window{opens, opens, ClosingInstant::included}.contains(opens));
    }

    TEST_CASE("a window says when and how it closes") {
        CHECK(to_text(Window{opens, closes}) ==
              "2012-04-11T07:00:00Z to 2012-05-18T07:00:00Z, closing instant excluded");
        CHECK(to_text(Window{opens, closes, ClosingInstant::included}) ==
              "2012-04-11T07:00:00Z to 2012-05-18T07:00:00Z, closing instant included");
        CHECK(to_text(Window{opens}) == "from 2012-04-11T07:00:00Z, without end");
    }
}
