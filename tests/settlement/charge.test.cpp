// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/charge.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Instant due = instant("2024-01-01T02:44:00Z");
const ChargePlan kickstarter{.retry_window = days{7}, .remind_every = 48h};

}  // namespace

TEST_SUITE("settlement") {
    TEST_CASE("a failed charge may be mended until its window ends") {
        CHECK(dropped_at(kickstarter, due) == instant("2024-01-08T02:44:00Z"));
        CHECK(dropped_at(ChargePlan{}, due) == due);
    }

    TEST_CASE("reminders come every 48 hours, all before the last try") {
        CHECK(reminders(kickstarter, due) == std::vector{instant("2024-01-03T02:44:00Z"),
                                                         instant("2024-01-05T02:44:00Z"),
                                                         instant("2024-01-07T02:44:00Z")});
    }

    TEST_CASE("a reminder that would come with the end of the window does not come") {
        const ChargePlan even{.retry_window = days{6}, .remind_every = 48h};
        CHECK(reminders(even, due) == std::vector{due + days{2}, due + days{4}});
        const ChargePlan one_second_more{.retry_window = days{6} + 1s, .remind_every = 48h};
        CHECK(reminders(one_second_more, due).size() == 3);
    }

    TEST_CASE("there are no reminders without a span between them or without a window") {
        CHECK(reminders({.retry_window = days{7}}, due).empty());
        CHECK(reminders({.remind_every = 48h}, due).empty());
    }

    TEST_CASE("a charge timing has a name") {
        CHECK(to_text(ChargeTiming::at_success) == "at_success");
        CHECK(to_text(ChargeTiming::at_pledge) == "at_pledge");
        CHECK(to_text(ChargeTiming::when_ready) == "when_ready");
    }
}
