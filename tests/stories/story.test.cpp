// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/check.hpp>
#include <crowdrules/stories/story.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

constexpr std::string_view small_campaign = R"(
timeline = [{ at = "launch", pledge = { amount = "120.00", count = 3 } }]
[scenario]
title = "Three lamps"
[terms]
currency = "USD"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
model = { goal = "300.00" }
charges = { retry_window = "0 seconds" }
payouts = { first_after = "14 days" }
[terms.fees]
platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
[expect]
collected = "360.00"
)";

std::string first_error(std::string_view text) {
    const auto story = parse_story(text, "s.toml");
    return story ? "it can be read" : to_text(story.error().front());
}

std::string journal_of(const StoryPlay& play) {
    std::string journal;
    write_story_journal(play, [&](std::string_view line) { journal += line; });
    return journal;
}

Result<StorySubject> replayed(std::string_view journal, std::size_t piece) {
    StoryReplay replay("j");
    for (std::size_t at = 0; at < journal.size(); at += piece)
        if (const auto added = replay.add(journal.substr(at, piece)); !added) return failure(added.error());
    return replay.finish();
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("a file tells by its table what kind of story it is") {
    REQUIRE(parse_story(small_campaign));
    CHECK(std::holds_alternative<Scenario>(*parse_story(small_campaign)));
    CHECK(first_error("[scenari]\ntitle = \"A\"\n")
              .find("s.toml:1:1: nothing here tells what kind of story it is; "
                    "accepted: [scenario]") == 0);
    CHECK(first_error("title = ").find("s.toml:1:") == 0);
    constexpr std::string_view without_terms = "[scenario]\ntitle = \"A\"\n";
    CHECK(first_error(without_terms) == to_text(parse_scenario(without_terms, "s.toml").error().front()));
}

TEST_CASE("a story replays from its journal to the identical statement, in pieces of any size") {
    const auto played = play_story(parse_story(small_campaign).value());
    REQUIRE(played);
    CHECK(story_surprises(*played).empty());
    CHECK(story_comparisons(*played).size() == 1);
    const std::string journal = journal_of(*played);
    const StorySubject subject = subject_of(*played);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{200}, journal.size()}) {
        const auto again = replayed(journal, piece);
        REQUIRE(again);
        CHECK(story_report(*again) == story_report(subject));
        CHECK(story_json(*again) == story_json(subject));
        CHECK(explain_story(*again, "collected") == explain_story(subject, "collected"));
    }
    CHECK_FALSE(explain_story(subject, "colected"));
}

TEST_CASE("a journal that tells nothing is refused") {
    CHECK(to_text(replayed("", 1).error()).find("j:1: the journal ends after 0 events") == 0);
    CHECK(to_text(replayed("hello\n", 1).error()).find("j:1: not a whole line of a journal") == 0);
    StoryReplay replay("j");
    CHECK_FALSE(replay.add("hello\n"));
    CHECK_FALSE(replay.add("hello\n"));
    CHECK_FALSE(replay.finish());
}

TEST_SUITE_END();
