// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <words/page.hpp>

using namespace crowdrules::detail;

TEST_SUITE_BEGIN("words");

TEST_CASE("page: columns as wide as the widest line needs, prose as it is") {
    Page page;
    page.prose("A title that is longer than any line of the page", true);
    page.heading("Pledges", "", "USD");
    page.line("goal", "", "100.00");
    page.line("pledged", "68,929", "10,266,845.00", "of backers");
    page.line("für später", "1", "3.00");
    CHECK(page.text(false) == "A title that is longer than any line of the page\n"
                              "\n"
                              "Pledges                         USD\n"
                              "  goal                       100.00\n"
                              "  pledged     68,929  10,266,845.00  of backers\n"
                              "  für später       1           3.00\n");
    CHECK(page.text(true).find("\x1b[1mPledges") != std::string::npos);
}

TEST_CASE("page: what files hold cannot act on a terminal") {
    CHECK(printable("a\x1b[1m\n\x7f\xC3\xBC") == "a\\x1b[1m\\x0a\\x7f\xC3\xBC");
    CHECK(columns_of("für") == 3);
    CHECK(words("goal_missed") == "goal missed");
}

TEST_SUITE_END();
