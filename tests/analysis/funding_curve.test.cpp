// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/funding_curve.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>

#include <doctest/doctest.h>

#include "../stories/campaign/sample_play.hpp"
#include <algorithm>

using namespace crowdrules;
using crowdrules::test::played;

TEST_SUITE_BEGIN("analysis");

TEST_CASE("funding curve: every change of what counts, from launch to end") {
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "60.00" } },
        { at = "launch + 1 day", pledge = { by = "Ben", amount = "70.00" } },
        { at = "launch + 2 days", cancel = "Anna" },
        { at = "launch + 3 days", pledge = { by = "Cleo", amount = "35.00" } },
    )");
    const FundingCurve curve = funding_curve(play.events);
    const Instant launch = instant("2016-06-01T12:00:00Z"), end = instant("2016-07-01T12:00:00Z");
    using std::chrono::days;
    CHECK(curve.points == std::vector<FundingPoint>{{launch, 60'00, 1},
                                                    {launch + days{1}, 130'00, 2},
                                                    {launch + days{2}, 70'00, 1},
                                                    {launch + days{3}, 105'00, 2},
                                                    {end, 105'00, 2}});
    CHECK(curve.reached_at == launch + days{1});
    CHECK(curve.closed_at == end);
}

TEST_CASE("funding curve: a failure ends with what stood before everything was let go") {
    const Play play = played(R"({ at = "launch + 1 day", pledge = { amount = "99.99" } })");
    const FundingCurve curve = funding_curve(play.events);
    CHECK(curve.points.back() == FundingPoint{instant("2016-07-01T12:00:00Z"), 99'99, 1});
    CHECK(!curve.reached_at);

    const FundingCurve nobody = funding_curve(played("").events);
    CHECK(nobody.points.size() == 2);
    CHECK(nobody.points.back().counted == 0);
}

TEST_CASE("funding curve: many pledges give few points, each of them exact") {
    std::string timeline;
    for (int hour = 1; hour < 700; ++hour)
        timeline += "{ at = \"launch + " + std::to_string(hour) + " hours\", pledge = { amount = \"" +
                    std::to_string(10 + hour % 7) + ".00\" } },\n";
    const Play play = played(timeline);
    const FundingCurve whole = funding_curve(play.events, 100'000);
    CHECK(whole.points.size() == 701);
    for (const std::size_t most : {2u, 3u, 10u, 100u, 700u}) {
        const FundingCurve few = funding_curve(play.events, most);
        CHECK(few.points.size() <= most);
        CHECK(few.points.front() == whole.points.front());
        CHECK(few.points.back() == whole.points.back());
        CHECK(few.reached_at == whole.reached_at);
        for (const FundingPoint& point : few.points)
            CHECK(std::find(whole.points.begin(), whole.points.end(), point) != whole.points.end());
    }
    CHECK_THROWS((void)funding_curve(play.events, 1));
    CHECK_THROWS((void)funding_curve({}));
}

TEST_CASE("funding curve: a campaign under way ends at its latest event") {
    const Play play = played(R"({ at = "launch + 1 day", pledge = { amount = "60.00" } })");
    const auto first = std::find_if(play.events.begin(), play.events.end(), [](const campaign::Event& event) {
        return event.at > instant("2016-06-03T00:00:00Z");
    });
    const FundingCurve curve = funding_curve(std::span(play.events).first(first - play.events.begin()));
    CHECK(curve.points.back() == FundingPoint{instant("2016-06-02T12:00:00Z"), 60'00, 1});
    CHECK(!curve.closed_at);
}

TEST_SUITE_END();
