// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/curation.hpp>

#include "sample.hpp"
#include <limits>

namespace crowdrules::campaign {

using namespace sample;

namespace {

const Instant half_way = opens + days{15};

Facts facts(std::string name, std::int64_t goal, std::int64_t pledged, std::int64_t backers = 10) {
    return {.name = std::move(name),
            .goal = goal,
            .pledged = pledged,
            .backers = backers,
            .opens = opens,
            .closes = closes,
            .last_update = {}};
}

std::vector<std::string> names(const std::vector<Facts>& campaigns, const CurationResult& result) {
    std::vector<std::string> names;
    for (const CurationPlace& place : result.places) names.push_back(campaigns[place.campaign].name);
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("campaigns are ranked by what they reached of their goal, those without one last") {
    const std::vector<Facts> all{facts("half", 100, 50), facts("open", 0, 9'999), facts("third", 3, 1),
                                 facts("twice", 100, 200)};
    const Curation by_progress{.criteria = {{.measure = CurationMeasure::progress}}};
    const CurationResult result = curate(all, by_progress, half_way);
    CHECK(names(all, result) == Names{"twice", "half", "third", "open"});
    CHECK(result.places[0].why.from[0].value == "200%");
    CHECK(result.places[2].why.from[0].value == "33.33%");
    CHECK(result.places[3].why.from[0].value == "not known");
    CHECK(result.places[1].why.value == "place 2 of 4");
}

TEST_CASE("fractions are compared exactly, however close and however large") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::vector<Facts> all{facts("less", most, most - 1), facts("more", most - 1, most)};
    all.push_back(facts("one", most, most));
    const CurationResult result = curate(all, {.criteria = {{.measure = CurationMeasure::pace}}}, half_way);
    CHECK(names(all, result) == Names{"more", "one", "less"});
    CHECK(result.places[1].why.from[0].value == "200%");
}

TEST_CASE("pace is progress against the time that has passed: two thirds in half the time are 133%") {
    const std::vector<Facts> all{facts("slow", 300, 100), facts("quick", 300, 200)};
    const CurationResult result = curate(all, {.criteria = {{.measure = CurationMeasure::pace}}}, half_way);
    CHECK(names(all, result) == Names{"quick", "slow"});
    CHECK(result.places[0].why.from[0].value == "133.33%");
    // Before it opens a campaign has no pace, and after its end it has what it had there.
    CHECK(curate(all, {.criteria = {{.measure = CurationMeasure::pace}}}, opens).places[0].why.from[0].value ==
          "not known");
    CHECK(
        curate(all, {.criteria = {{.measure = CurationMeasure::pace}}}, closes + days{9}).places[0].why.from[0].value ==
        "66.66%");
}

TEST_CASE("campaigns alike in all that is asked keep their order, and the next criterion tells others apart") {
    std::vector<Facts> all{facts("a", 100, 50, 3), facts("b", 10, 5, 7), facts("c", 2, 1, 7)};
    CHECK(names(all, curate(all, {.criteria = {{.measure = CurationMeasure::progress}}}, half_way)) ==
          Names{"a", "b", "c"});
    const Curation then_backers{
        .criteria = {{.measure = CurationMeasure::progress}, {.measure = CurationMeasure::backers}}};
    CHECK(names(all, curate(all, then_backers, half_way)) == Names{"b", "c", "a"});
}

TEST_CASE("by points, a campaign has one for each that it is better than, times the weight") {
    std::vector<Facts> all{facts("fresh", 100, 10), facts("funded", 100, 100), facts("stale", 100, 50)};
    all[0].last_update = half_way - days{1};
    all[1].last_update = half_way - days{20};
    all[2].last_update = half_way - days{30};
    Curation curation{.order = CurationOrder::by_points,
                      .criteria = {{.measure = CurationMeasure::progress, .weight = 1},
                                   {.measure = CurationMeasure::update_age, .weight = 3}}};
    const CurationResult result = curate(all, curation, half_way);
    CHECK(names(all, result) == Names{"fresh", "funded", "stale"});
    CHECK(result.places[0].points == 6);
    CHECK(result.places[1].points == 5);
    CHECK(result.places[2].points == 1);
    CHECK(result.places[1].why.from[1].formula == "better than 1 of 2, times 3");
    curation.criteria[1].weight = 0;
    CHECK(names(all, curate(all, curation, half_way)) == Names{"funded", "stale", "fresh"});
}

TEST_CASE("filters leave out with the reason, at the bound itself they do not") {
    std::vector<Facts> all{facts("exact", 100, 100), facts("just below", 10'000, 9'999), facts("open", 0, 5)};
    const Curation funded{.criteria = {{.measure = CurationMeasure::progress, .at_least = decimal("100%")}}};
    const CurationResult result = curate(all, funded, half_way);
    CHECK(names(all, result) == Names{"exact"});
    REQUIRE(result.left_out.size() == 2);
    CHECK(result.left_out[0].why == "progress is 99.99%, and at least 100% is wanted");
    CHECK(result.left_out[1].why == "progress is not known, and it is asked for");

    all[0].last_update = half_way - days{7};
    all[1].last_update = half_way - days{7} - 1s;
    const Curation recent{.criteria = {{.measure = CurationMeasure::update_age, .at_most = decimal("7")}}};
    CHECK(names(all, curate(all, recent, half_way)) == Names{"exact"});
    CHECK(curate({}, recent, half_way).places.empty());
    CHECK_THROWS_AS((void)curate(all, {}, half_way), ContractViolation);
}

TEST_CASE("the facts of a campaign are those of its standing pledges, people with several counted once") {
    Terms agreed = terms();
    agreed.limits.one_per_backer = false;
    Player play(agreed);
    play.pledge(1, cents(10'00));
    play.does(MakePledge{PledgeId{2}, BackerId{1}, {.amount = cents(15'01)}, {}});
    play.pledge(3, cents(25'00));
    play.pledge(4, cents(1'00));
    play.does(CancelPledge{PledgeId{4}});
    const Facts facts = facts_of(play.campaign(), 25'00);
    CHECK(facts.name == "Sample");
    CHECK(facts.pledged == 50'01);
    CHECK(facts.backers == 2);
    CHECK(facts.small_backers == 1);
    CHECK(facts.closes == closes);
}

TEST_CASE("every measure has a name, and is found by it") {
    for (std::size_t i = 0; i < curation_measure_count; ++i) {
        const auto measure = static_cast<CurationMeasure>(i);
        CHECK(curation_measure(to_text(measure)) == measure);
    }
    CHECK_FALSE(curation_measure("luck"));
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
