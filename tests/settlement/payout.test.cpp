// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/payout.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const Instant deadline = instant("2024-01-01T02:44:00Z");
/// The published calendar: the campaign's money after 14 days, late pledges after 17 and then every 7, each covering
/// what came in until 3 days before. [features.kickstarter.com/late-pledges]
const PayoutPlan kickstarter{.first_after = days{14},
                             .later_first_after = days{17},
                             .later_every = {.every = days{7}},
                             .later_cut_off = days{3}};

}  // namespace

TEST_SUITE("settlement") {
    TEST_CASE("late pledges are paid on the published days") {
        CHECK(deadline + kickstarter.first_after == instant("2024-01-15T02:44:00Z"));
        CHECK(later_payout_due(kickstarter, deadline, 0) == instant("2024-01-18T02:44:00Z"));
        CHECK(later_payout_due(kickstarter, deadline, 1) == instant("2024-01-25T02:44:00Z"));
        CHECK(later_payout_due(kickstarter, deadline, 2) == instant("2024-02-01T02:44:00Z"));
    }

    TEST_CASE("the first late payout covers days 1 to 14, the second days 15 to 21, and so on") {
        const auto covering = [](Elapsed after) { return later_payout_of(kickstarter, deadline, deadline + after); };
        CHECK(covering(0s) == 0);
        CHECK(covering(days{14}) == 0);
        CHECK(covering(days{14} + 1s) == 1);
        CHECK(covering(days{21}) == 1);
        CHECK(covering(days{21} + 1s) == 2);
        CHECK(covering(days{28}) == 2);
        CHECK(covering(days{14 + 7 * 52}) == 52);
    }

    TEST_CASE("no money is paid before its cut-off and none waits longer than a period and the cut-off") {
        for (Elapsed after = 0s; after < days{60}; after += 5h) {
            const Instant collected = deadline + after;
            const Instant paid =
                later_payout_due(kickstarter, deadline, later_payout_of(kickstarter, deadline, collected));
            CHECK(paid >= collected + kickstarter.later_cut_off);
            if (after > days{14}) CHECK(paid < collected + kickstarter.later_cut_off + days{7});
        }
    }

    TEST_CASE("without a cadence all later money is in one payout") {
        const PayoutPlan once{.first_after = days{14}, .later_first_after = days{30}};
        CHECK(later_payout_of(once, deadline, deadline + days{400}) == 0);
        CHECK(later_payout_due(once, deadline, 0) == deadline + days{30});
        CHECK_THROWS_AS((void)later_payout_due(once, deadline, 1), ContractViolation);
    }

    TEST_CASE("later money goes with the campaign's when it has no date of its own") {
        CHECK(later_payout_due({.first_after = days{14}}, deadline, 0) == deadline + days{14});
    }

    TEST_CASE("monthly payouts keep their day of the month") {
        const PayoutPlan monthly{.first_after = days{0}, .later_every = {.months = 1}};
        const Instant start = instant("2024-01-31T00:00:00Z");
        CHECK(later_payout_due(monthly, start, 1) == instant("2024-02-29T00:00:00Z"));
        CHECK(later_payout_due(monthly, start, 2) == instant("2024-03-31T00:00:00Z"));
        CHECK(later_payout_of(monthly, start, instant("2024-02-29T00:00:00Z")) == 1);
        CHECK(later_payout_of(monthly, start, instant("2024-02-29T00:00:01Z")) == 2);
    }

    TEST_CASE("later money is collected after the success") {
        CHECK_THROWS_AS((void)later_payout_of(kickstarter, deadline, deadline - 1s), ContractViolation);
    }
}
