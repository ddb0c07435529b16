// SPDX-License-Identifier: BSL-1.0
// Stories of many lines: their time grows with their length, not with its square.
#include <crowdrules/stories/community/report.hpp>
#include <crowdrules/stories/community/story.hpp>
#include <crowdrules/stories/plan/play.hpp>
#include <crowdrules/stories/story.hpp>

#include <doctest/doctest.h>

#include "campaign/sample_play.hpp"
#include <ctime>
#include <functional>

using namespace crowdrules;
using crowdrules::test::small_campaign;

namespace {

/// Processor seconds of reading, playing and reporting a story; the least of two tries.
double seconds(const std::string& text) {
    double least = 1e9;
    for (int i = 0; i < 2; ++i) {
        const std::clock_t start = std::clock();
        const auto story = parse_story(text, "long.toml");
        REQUIRE_MESSAGE(story.has_value(), (story ? "" : to_text(story.error().front())));
        auto played = play_story(*story);
        REQUIRE_MESSAGE(played.has_value(), (played ? "" : to_text(played.error())));
        const auto surprises = story_surprises(*played);
        REQUIRE_MESSAGE(surprises.empty(), surprises.front());
        (void)story_report(subject_of(std::move(*played)));
        least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return least;
}

/// Four times the length takes four times as long where the time grows with the length, sixteen times where it grows
/// with its square. The sizes are such that a square would show: it would take minutes.
void grows_with_length(const std::function<std::string(int)>& story, int size) {
    const double one = seconds(story(size)), four = seconds(story(4 * size));
    CAPTURE(one);
    CAPTURE(four);
    CHECK(four < 8 * one + 0.05);
}

std::string lines(int count, const std::function<std::string(const std::string& number)>& line) {
    std::string all;
    for (int i = 1; i <= count; ++i) all += line(std::to_string(i)) + ",\n";
    return all;
}

std::string small_community(const std::string& timeline, const std::string& more = "") {
    return "timeline = [\n" + timeline + R"(]
[community]
title = "Many"
founded = 2012-04-01T00:00:00Z
decided_by = "the staff"
[terms]
currency = "USD"
submission = { fee = "10.00", refunded_when_infeasible = true }
evaluation.budget = { per = "each_round", votes = 15 }
evaluation.weight = { by = "inverse" }
evaluation.tie_break = "earlier_submission"
evaluation.selection = { by = "top", count = 1 }
influence = { unclaimed = { to = "to_payee", payee = "The company" } }
rights.company = "The company"
rights.assignment = "on_acceptance"
rights.citation = { source = "terms of use", read = "2012", evidence = "official" }
payouts = { from = 2012-04-01T00:00:00Z, every = "3 months", minimum = "1.00" }
royalty.rounding = "half_even"
royalty.channels = [
    { name = "direct", rates = [{ from = 2009-06-02, rate = { tiers = [{ rate = "30%" }] } }] },
]
)" + more;
}

/// From one idea of Anna's to its sale, decided by the votes of `voter`.
std::string kettle(const std::string& voter) {
    return R"({ at = 2012-04-02T17:00:00Z, hand_in_idea = { idea = "Kettle", member = "Anna" } },
{ at = 2012-04-09T16:00:00Z, open_round = { round = "w", ideas = ["Kettle"], closes = 2012-04-16T16:00:00Z } },
{ at = 2012-04-10T16:00:00Z, cast_vote = { round = "w", member = ")" +
           voter + R"(", idea = "Kettle" } },
{ at = 2012-04-20T16:00:00Z, accept_idea = { idea = "Kettle", phases = [
    { name = "evaluation", kind = "evaluation", buckets = [
        { name = "inventor", share = "40%", rule = "winners" },
        { name = "voters", share = "60%", rule = "votes" } ] } ] } },
{ at = 2012-05-01T16:00:00Z, report_product_ready = { product = "Kettle" } },
{ at = 2012-05-02T16:00:00Z, start_sales = { product = "Kettle" } },
)";
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("scale: a campaign of many lines that each name somebody") {
    grows_with_length(
        [](int count) {
            return small_campaign(lines(count, [](const std::string& i) {
                return R"({ at = "launch", pledge = { by = "b)" + i + R"(", amount = "1.00" } })";
            }));
        },
        4'000);
}

TEST_CASE("scale: a campaign whose cards are charged with each line") {
    grows_with_length(
        [](int count) {
            std::string story = small_campaign(lines(count, [](const std::string& i) {
                return R"({ at = "launch", pledge = { by = "b)" + i + R"(", amount = "1.00" } })";
            }));
            const std::string at_end = R"(charges = { retry_window = "7 days" })";
            story.replace(story.find(at_end), at_end.size(), R"(charges = { timing = "at_pledge" })");
            const std::string model = R"(model = { goal = "100.00" })";
            return story.replace(story.find(model), model.size(), R"(model = { goal = "100.00", miss = "keep" })");
        },
        4'000);
}

TEST_CASE("scale: many lines that each choose of one large group") {
    grows_with_length(
        [](int count) {
            return small_campaign(R"({ at = "launch", pledge = { name = "crowd", count = )" + std::to_string(count) +
                                  R"(, amount = "1.00" } }, { at = "launch", pledge = { amount = "100.00" } },)" +
                                  lines(count,
                                        [](const std::string& i) {
                                            return R"({ at = "launch", change = { of = "crowd", last = 1, amount = ")" +
                                                   i + R"(.00" } })";
                                        }) +
                                  lines(count, [](const std::string& i) {
                                      return R"({ at = "launch", change = { of = "crowd", first = 1, amount = ")" + i +
                                             R"(.50" } })";
                                  }));
        },
        4'000);
}

TEST_CASE("scale: a community of many members, who join one by one") {
    grows_with_length(
        [](int count) {
            return small_community(lines(count, [](const std::string& i) {
                return R"({ at = 2012-04-02T16:00:00Z, join_community = "m)" + i + R"(" })";
            }));
        },
        4'000);
}

TEST_CASE("scale: a product of many voters") {
    grows_with_length(
        [](int count) {
            return small_community(R"({ at = 2012-04-02T16:00:00Z, join_community = ["Anna"] },
{ at = 2012-04-02T16:00:00Z, join_community = { member = "m", count = )" +
                                   std::to_string(count) + " } },\n" + kettle("m") +
                                   R"(
{ at = 2012-06-02T16:00:00Z, record_sale = { product = "Kettle", channel = "direct", sold_on = 2012-06-02,)"
                                   R"( units = 100000, gross = "10000000.00" } },
{ at = 2012-07-03T16:00:00Z, expect = { royalties = "3000000.00" } },
)");
        },
        4'000);
}

TEST_CASE("scale: many sales of one period") {
    grows_with_length(
        [](int count) {
            return small_community(
                R"({ at = 2012-04-02T16:00:00Z, join_community = ["Anna", "Bert"] },)" + kettle("Bert") +
                lines(count, [](const std::string&) {
                    return R"({ at = 2012-06-02T16:00:00Z, record_sale = { product = "Kettle",)"
                           R"( channel = "direct", sold_on = 2012-06-02, units = 1, gross = "10.00" } })";
                }));
        },
        2'000);
}

TEST_CASE("scale: many returns of one royalty period") {
    grows_with_length(
        [](int count) {
            return R"(timeline = [{ on = 2020-01-31, sale = { units = 1000000, gross = "1000000.00" } },)" +
                   lines(count,
                         [](const std::string&) {
                             return R"({ on = 2020-01-31, return = { units = 1, gross = "1.00" } })";
                         }) +
                   R"({ on = 2020-01-31, period_end = "book" }]
[plan]
title = "Many returns"
currency = "USD"
[royalty.book]
rate = "10%"
rounding = "half_even"
to = "author"
)";
        },
        4'000);
}

TEST_CASE("scale: many lines that pay two of many payees") {
    grows_with_length(
        [](int count) {
            std::string all;
            for (int i = 1; i <= count; ++i) all += (i == 1 ? "p" : ", p") + std::to_string(i) + " = 1";
            return "timeline = [" +
                   lines(count,
                         [](const std::string&) {
                             return R"({ on = 2020-01-31, receipt = { into = "pair", amount = "1.00" } })";
                         }) +
                   R"({ on = 2020-01-31, pay_out = {} }]
[plan]
title = "Many payees"
currency = "USD"
[split.all]
totalling = "relative"
shares = { )" + all +
                   R"( }
[split.pair]
shares = { p1 = 50, p2 = 50 }
[distribution]
minimum = "10.00"
)";
        },
        2'000);
}

TEST_CASE("scale: pledges for many rewards, each by its name") {
    grows_with_length(
        [](int count) {
            std::string story = small_campaign(lines(count, [](const std::string& i) {
                return R"({ at = "launch", pledge = { reward = "r)" + i + R"(" } })";
            }));
            const std::string rewards = "rewards = [";
            return story.replace(story.find(rewards), rewards.size(),
                                 rewards + "\n" + lines(count, [](const std::string& i) {
                                     return R"({ name = "r)" + i + R"(", minimum = "1.00" })";
                                 }));
        },
        2'000);
}

TEST_CASE("scale: a presale whose cards are charged with each line") {
    grows_with_length(
        [](int count) {
            const std::string presale =
                R"({ at = 2012-04-25T16:00:00Z, open_presale = { product = "Kettle", terms = { currency = "USD",)"
                R"( model = { goal = "100.00", miss = "keep" }, charges = { timing = "at_pledge" },)"
                R"( window = { opens = 2012-04-25T16:00:00Z, closes = 2012-04-30T16:00:00Z },)"
                R"( rewards = [{ name = "Kettle", minimum = "40.00" }], payouts = { first_after = "14 days" } } } },)"
                "\n";
            std::string timeline = R"({ at = 2012-04-02T16:00:00Z, join_community = ["Anna"] },
{ at = 2012-04-02T16:00:00Z, join_community = { member = "m", count = )" +
                                   std::to_string(count) + " } },\n" + kettle("m");
            timeline.insert(timeline.find("{ at = 2012-05-01T16:00:00Z, report"),
                            presale + lines(count, [](const std::string& i) {
                                return R"({ at = 2012-04-26T16:00:00Z, commit = { product = "Kettle",)"
                                       R"( member = "m )" +
                                       i + R"(" } })";
                            }));
            return small_community(timeline);
        },
        1'000);
}
