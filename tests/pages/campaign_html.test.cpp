// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/pages/html_report.hpp>

#include <doctest/doctest.h>

#include "../stories/campaign/sample_play.hpp"
#include <algorithm>
#include <pages/trace.hpp>

using namespace crowdrules;
using crowdrules::test::played;
using crowdrules::test::played_text;
using crowdrules::test::small_campaign;

namespace {

bool has(const std::string& page, std::string_view text) {
    return page.find(text) != std::string::npos;
}

}  // namespace

TEST_SUITE_BEGIN("pages");

TEST_CASE("html report: the same campaign gives the same bytes, from its events too") {
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "60.00" } },
        { at = "launch + 1 day", pledge = { by = "Ben", reward = "Mug", bonus = "60.00" } },
    )");
    const std::string page = html_report(play);
    CHECK(page == html_report(play));
    CHECK(page == html_report(play.events));
    for (const char* text :
         {"Succeeded on 1 Jul 2016, 12:00 UTC", "130.00", "119.20", "6.50", "4.30", "Where the money went"})
        CHECK(has(page, text));
}

TEST_CASE("html report: nothing that people wrote becomes markup") {
    std::string scenario = small_campaign(R"({ at = "launch", pledge = { reward = "Mug", count = 20 } })");
    scenario.replace(scenario.find("A small campaign"), 16, "<script>alert(1)</script>");
    for (std::size_t at = scenario.find("\"Mug\""); at != std::string::npos; at = scenario.find("\"Mug\"", at + 1))
        scenario.replace(at, 5, "'\"><img src=x onerror=alert(2)>'");
    const std::string page = html_report(played_text(scenario));
    CHECK(!has(page, "<script"));
    CHECK(!has(page, "<img"));
    CHECK(has(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(has(page, "&lt;img src=x onerror=alert(2)&gt;"));
}

TEST_CASE("html report: needs nothing from elsewhere") {
    const std::string page = html_report(played(R"({ at = "launch", pledge = { amount = "160.00" } })"));
    CHECK(has(page, "default-src 'none'") == false);  // escaped in its attribute
    CHECK(has(page, "default-src &#39;none&#39;"));
    for (const char* text : {" src=", "@import", "url(http", "href=\"http", "<link", "<iframe", "javascript:"})
        CHECK(!has(page, text));
    for (auto at = page.find("http"); at != std::string::npos; at = page.find("http", at + 1)) {
        const std::string found = page.substr(at, 26);
        CHECK((found == "http://www.w3.org/2000/svg" || found.starts_with("http-equiv")));
    }
}

TEST_CASE("html report: no pledges, a failure, and a campaign without a goal or an end") {
    CHECK(has(html_report(played("")), "Failed on"));
    CHECK(has(html_report(played(R"({ at = "launch", pledge = { amount = "99.99" } })")), "was not reached"));
    const Play open = played_text(R"(
timeline = [{ at = "launch + 1 day", pledge = { amount = "5.00" } }]
[scenario]
title = "Patrons"
[terms]
currency = "USD"
model = { goal = "0.00", miss = "keep", judged = "when_reached" }
window = { opens = 2016-06-01T12:00:00Z }
charges = { timing = "at_pledge" }
)");
    CHECK(has(html_report(open), "Patrons"));
}

TEST_CASE("html report: a page does not grow with the pledges") {
    const auto size = [](int count) {
        return html_report(played("{ at = \"launch\", pledge = { amount = \"10.00\", count = " + std::to_string(count) +
                                  " } }"))
            .size();
    };
    CHECK(size(20'000) < size(20) + 1000);
}

TEST_CASE("trace: pledges are counted by day, what happens to the campaign has a line of its own") {
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "60.00" } },
        { at = "launch + 1 hour", pledge = { by = "Ben", amount = "70.00" } },
        { at = "launch + 2 days", pledge = { by = "Cleo", amount = "30.00" } },
        { at = "launch + 3 days", cancel = "Cleo" },
    )");
    std::string lines;
    for (const auto& line : detail::trace(play.events))
        lines += line.what + " " + std::to_string(line.count) + " " +
                 (line.amount ? std::to_string(static_cast<long long>(*line.amount)) : "-") + "\n";
    CHECK(lines ==
          "campaign launched 1 -\npledge made 2 13000\npledge made 1 3000\npledge cancelled 1 3000\n"
          "campaign closed 1 -\ncampaign succeeded 1 13000\ncharge collected 2 13000\npayout made: payout 1 1 11920\n");
    CHECK(detail::trace(play.events, 6).size() <= 7);
}

TEST_SUITE_END();
