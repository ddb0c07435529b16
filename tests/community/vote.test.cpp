// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/vote.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace crowdrules;
using namespace crowdrules::community;

namespace {

constexpr MemberId anna{1}, ben{2}, chris{3};
const Instant opens = instant("2012-05-07T16:00:00Z");
const Window week{opens, opens + std::chrono::days{7}};
const Instant during = opens + std::chrono::hours{24};

RoundTerms terms_of_2012() {
    RoundTerms terms{.budget = {Budget::each_round, 15}};
    terms.weight = VoteWeight{Dilution::inverse};
    terms.tie_break = TieBreak::earlier_submission;
    return terms;
}

/// Idea 1 is submitted last, the highest first.
Idea idea(std::uint64_t id) {
    return {IdeaId{id}, MemberId{100 + id}, opens - std::chrono::hours{id}};
}

Round round_of(RoundTerms terms, std::uint64_t ideas) {
    Round round = Round::of(std::move(terms), week).value();
    for (std::uint64_t id = 1; id <= ideas; ++id) REQUIRE(round.enter(idea(id)));
    return round;
}

std::string first_refusal(const RoundTerms& terms) {
    const Findings findings = defects_of(terms);
    return findings.empty() ? "" : findings.front().rule + ": " + findings.front().what;
}

std::vector<std::uint64_t> ids(const std::vector<Ranked>& ranking) {
    std::vector<std::uint64_t> ids;
    for (const Ranked& ranked : ranking) ids.push_back(ranked.idea.value);
    return ids;
}

}  // namespace

TEST_SUITE("community") {
    TEST_CASE("in 2012 a member has 15 votes, and one that is taken back may be cast again") {
        Round round = round_of(terms_of_2012(), 20);
        for (std::uint64_t id = 1; id <= 15; ++id) REQUIRE(round.vote(anna, IdeaId{id}, during));
        CHECK(round.votes_left(anna, during) == 0);
        const auto refused = round.vote(anna, IdeaId{16}, during);
        CHECK(to_text(refused.error()) ==
              "round.budget: member 1 has cast all 15 votes of the round; "
              "accepted: a vote after another is taken back");
        REQUIRE(round.take_back(anna, IdeaId{3}, during));
        CHECK(round.votes_for(IdeaId{3}) == 0);
        CHECK(round.vote(anna, IdeaId{16}, during).has_value());
    }

    TEST_CASE("in 2013 votes are limited by the day, which begins when the terms say") {
        RoundTerms terms = terms_of_2012();
        terms.budget = {Budget::each_day, 2, std::chrono::hours{5}};
        Round round = round_of(terms, 6);
        const Instant late = instant("2012-05-09T04:59:59Z");
        REQUIRE(round.vote(anna, IdeaId{1}, instant("2012-05-08T05:00:00Z")));
        REQUIRE(round.vote(anna, IdeaId{2}, late));
        CHECK_FALSE(round.vote(anna, IdeaId{3}, late));
        CHECK(round.votes_left(anna, late + std::chrono::seconds{1}) == 2);
        CHECK(round.vote(anna, IdeaId{3}, late + std::chrono::seconds{1}));
    }

    TEST_CASE("in 2010 votes are unlimited, and each weighs less the more its member cast") {
        RoundTerms terms = terms_of_2012();
        terms.budget = {};
        Round round = round_of(terms, 30);
        for (std::uint64_t id = 1; id <= 30; ++id) REQUIRE(round.vote(anna, IdeaId{id}, during));
        REQUIRE(round.vote(ben, IdeaId{7}, during));
        CHECK(round.votes_left(anna, during) == std::nullopt);
        CHECK(round.voters_of(IdeaId{7}) == std::vector<Claim>{{anna, 1, 30}, {ben, 1, 1}});
        REQUIRE(round.take_back(anna, IdeaId{30}, during));  // a vote taken back dilutes nothing
        CHECK(round.voters_of(IdeaId{7}).front() == Claim{anna, 1, 29});
        CHECK(round.voters_of(IdeaId{99}).empty());
    }

    TEST_CASE("the weight of a vote may come from a table, whose last row holds beyond") {
        RoundTerms terms = terms_of_2012();
        terms.weight = VoteWeight{Dilution::table, {10, 6, 5}};
        Round round = round_of(terms, 5);
        for (std::uint64_t id = 1; id <= 5; ++id) REQUIRE(round.vote(anna, IdeaId{id}, during));
        for (std::uint64_t id = 1; id <= 2; ++id) REQUIRE(round.vote(ben, IdeaId{id}, during));
        CHECK(round.voters_of(IdeaId{1}) == std::vector<Claim>{{anna, 5, 1}, {ben, 6, 1}});
        round = round_of(terms_of_2012(), 1);
    }

    TEST_CASE("votes count in the window of the round only") {
        Round round = round_of(terms_of_2012(), 1);
        const Instant closes = round.window().closes;
        CHECK(round.vote(anna, IdeaId{1}, opens));
        CHECK_FALSE(round.vote(ben, IdeaId{1}, opens - std::chrono::seconds{1}));
        CHECK(round.vote(ben, IdeaId{1}, closes - std::chrono::seconds{1}));
        CHECK(round.vote(chris, IdeaId{1}, closes).error().rule == "round.window");
        CHECK(round.take_back(anna, IdeaId{1}, closes).error().rule == "round.window");
        CHECK(round.votes_for(IdeaId{1}) == 2);
    }

    TEST_CASE("a vote needs a member, an idea that stands, and none for the same idea before") {
        Round round = round_of(terms_of_2012(), 2);
        CHECK(round.vote({}, IdeaId{1}, during).error().what == "nobody acts");
        CHECK(round.vote(anna, IdeaId{3}, during).error().what == "idea 3 does not stand in the round");
        REQUIRE(round.vote(anna, IdeaId{1}, during));
        CHECK(round.vote(anna, IdeaId{1}, during).error().what == "member 1 has a vote for idea 1 already");
        CHECK(round.take_back(anna, IdeaId{2}, during).error().what == "member 1 has no vote for idea 2");
        CHECK(round.enter(idea(1)).error().what == "idea 1 stands in the round already");
        CHECK(round.votes_cast(anna) == 1);
    }

    TEST_CASE("an idea that is taken out of the round gives its votes back") {
        Round round = round_of(terms_of_2012(), 16);
        for (std::uint64_t id = 1; id <= 15; ++id) REQUIRE(round.vote(anna, IdeaId{id}, during));
        REQUIRE(round.remove(IdeaId{15}));
        CHECK_FALSE(round.remove(IdeaId{15}));
        CHECK(round.votes_left(anna, during) == 1);
        CHECK(round.vote(anna, IdeaId{16}, during));
    }

    TEST_CASE("a rater qualifies by rating all criteria of at least the bar of the ideas") {
        // quirky-rating-bar: 40 ideas, 75%: 29 no, 30 yes, 40 yes
        RoundTerms terms = terms_of_2012();
        terms.rating = RatingTerms{{"design", "use"}, 5, Decimal::parse("75%").value()};
        Round round = round_of(terms, 40);
        const auto rate_all = [&](MemberId member, std::uint64_t ideas) {
            for (std::uint64_t id = 1; id <= ideas; ++id)
                for (const char* criterion : {"design", "use"})
                    REQUIRE(round.rate(member, IdeaId{id}, criterion, 4, during));
        };
        rate_all(anna, 29);
        rate_all(ben, 30);
        rate_all(chris, 40);
        REQUIRE(round.rate(anna, IdeaId{30}, "design", 5, during));  // one criterion of two is not a rating of the idea
        CHECK_FALSE(round.qualifies_as_rater(anna));
        CHECK(round.raters() == std::vector<Claim>{{ben}, {chris}});
        REQUIRE(round.remove(IdeaId{40}));  // 29 of 39 are still less than 29.25
        CHECK_FALSE(round.qualifies_as_rater(anna));
        REQUIRE(round.remove(IdeaId{39}));
        CHECK(round.qualifies_as_rater(anna));
        CHECK_FALSE(round.qualifies_as_rater(MemberId{77}));
    }

    TEST_CASE("ratings are given by criterion, within the stars there are") {
        RoundTerms terms = terms_of_2012();
        CHECK(round_of(terms, 1).rate(anna, IdeaId{1}, "design", 1, during).error().what ==
              "nothing is rated in this round");
        CHECK_FALSE(round_of(terms, 1).qualifies_as_rater(anna));
        terms.rating = RatingTerms{{"design", "use"}, 5, Decimal::parse("0.8").value()};
        Round round = round_of(terms, 1);
        CHECK(to_text(round.rate(anna, IdeaId{1}, "price", 1, during).error()) ==
              "round.rating.criteria: \"price\" is no criterion of the round; accepted: design, use");
        CHECK(round.rate(anna, IdeaId{1}, "use", 6, during).error().what == "6 stars");
        CHECK(round.rate(anna, IdeaId{1}, "use", 0, during).error().what == "0 stars");
        CHECK(round.raters().empty());
    }

    TEST_CASE("ties are broken by name, and never left") {
        const auto order = [](TieBreak tie_break) {
            RoundTerms terms = terms_of_2012();
            terms.tie_break = tie_break;
            terms.rating = RatingTerms{{"use"}, 5, Decimal::parse("0.8").value()};
            Round round = round_of(terms, 4);
            REQUIRE(round.vote(anna, IdeaId{2}, during));
            REQUIRE(round.rate(anna, IdeaId{3}, "use", 4, during));
            REQUIRE(round.rate(anna, IdeaId{1}, "use", 5, during));
            REQUIRE(round.rate(ben, IdeaId{1}, "use", 2, during));  // a mean of 3.5
            return ids(round.ranking());
        };
        using Ids = std::vector<std::uint64_t>;
        CHECK(order(TieBreak::earlier_submission) == Ids{2, 4, 3, 1});
        CHECK(order(TieBreak::later_submission) == Ids{2, 1, 3, 4});
        CHECK(order(TieBreak::higher_rating) == Ids{2, 3, 1, 4});
        CHECK(order(TieBreak::lower_id) == Ids{2, 1, 3, 4});
    }

    TEST_CASE("in 2011 the five with most votes go on, and one more that the staff picks") {
        RoundTerms terms = terms_of_2012();
        terms.selection = {SelectBy::top, 5, 1};
        Round round = round_of(terms, 9);
        for (std::uint64_t id = 1; id <= 7; ++id)
            for (std::uint64_t voter = 1; voter <= id; ++voter)
                REQUIRE(round.vote(MemberId{voter}, IdeaId{id}, during));
        const std::vector<IdeaId> picks{IdeaId{9}};
        const auto selected = round.select(picks).value();
        REQUIRE(selected.size() == 6);
        CHECK(selected.front() == Selected{{IdeaId{7}, 7, 1, false}, SelectedAs::top});
        CHECK(selected[4].ranked.idea == IdeaId{3});
        CHECK(selected[5] == Selected{{IdeaId{9}, 0, 8, false}, SelectedAs::staff_pick});

        CHECK(round.select(std::vector<IdeaId>{IdeaId{8}, IdeaId{9}}).error().what == "2 staff picks");
        CHECK(round.select(std::vector<IdeaId>{IdeaId{7}}).error().what == "idea 7 is selected already");
        CHECK(round.select(std::vector<IdeaId>{IdeaId{70}}).error().what == "idea 70 does not stand in the round");
    }

    TEST_CASE("an idea without a vote is never among the top, and a round may select none") {
        CHECK(round_of(terms_of_2012(), 3).select().value().empty());
    }

    TEST_CASE("in 2013 an idea goes on with 200 votes") {
        RoundTerms terms = terms_of_2012();
        terms.selection = {SelectBy::threshold, 200, 0};
        Round round = round_of(terms, 2);
        for (std::uint64_t voter = 1; voter <= 200; ++voter) {
            REQUIRE(round.vote(MemberId{voter}, IdeaId{1}, during));
            if (voter < 200) REQUIRE(round.vote(MemberId{voter}, IdeaId{2}, during));
        }
        const auto selected = round.select().value();
        REQUIRE(selected.size() == 1);
        CHECK(selected.front() == Selected{{IdeaId{1}, 200, 1, false}, SelectedAs::threshold});
    }

    TEST_CASE("defective terms are refused with every reason, and what no source says is missing") {
        CHECK(defects_of(terms_of_2012()).empty());
        RoundTerms terms = terms_of_2012();
        terms.weight.reset();
        terms.tie_break.reset();
        const Findings findings = Round::of(terms, week).error();
        REQUIRE(findings.size() == 2);
        CHECK(findings[0].kind == FindingKind::missing);
        CHECK(findings[0].rule == "round.weight");
        CHECK(findings[1].rule == "round.tie_break");

        const auto with = [](auto change) {
            RoundTerms changed = terms_of_2012();
            change(changed);
            return first_refusal(changed);
        };
        CHECK(Round::of(terms_of_2012(), {opens, opens}).error().front().what ==
              "it closes before it opens: 2012-05-07T16:00:00Z to 2012-05-07T16:00:00Z, closing instant excluded");
        CHECK(with([](RoundTerms& t) { t.budget.votes = 0; }) == "round.budget: nobody has a vote");
        CHECK(with([](RoundTerms& t) { t.budget.day_begins = std::chrono::days{1}; }) ==
              "round.budget: a day that begins 86400 seconds after midnight");
        CHECK(with([](RoundTerms& t) { t.weight = VoteWeight{Dilution::table, {}}; }) ==
              "round.weight: a single vote weighs nothing");
        CHECK(with([](RoundTerms& t) { t.weight = VoteWeight{Dilution::table, {1, 2}}; }) ==
              "round.weight: a vote would gain by more votes");
        CHECK(with([](RoundTerms& t) { t.weight = VoteWeight{Dilution::table, {1, -2}}; }) ==
              "round.weight: a weight below 0");
        CHECK(with([](RoundTerms& t) { t.weight = VoteWeight{Dilution::inverse, {1}}; }) ==
              "round.weight: a table of weights that is not asked for");
        CHECK(with([](RoundTerms& t) { t.selection.count = 0; }) == "round.selection: a count of 0");
        CHECK(with([](RoundTerms& t) { t.rating = RatingTerms{{}, 5, {}}; }) ==
              "round.rating.criteria: nothing to rate by");
        CHECK(with([](RoundTerms& t) { t.rating = RatingTerms{{"a", "a"}, 5, {}}; }) ==
              "round.rating.criteria: a criterion twice");
        CHECK(with([](RoundTerms& t) { t.rating = RatingTerms{{"a"}, 0, {}}; }) ==
              "round.rating.stars: no star to give");
        CHECK(with([](RoundTerms& t) { t.rating = RatingTerms{{"a"}, 5, Decimal(2)}; }) ==
              "round.rating.bar: a bar of 200%");
    }

    TEST_CASE("whatever is voted and taken back at random, nobody exceeds the budget and the counts agree") {
        std::mt19937 random(20120507);
        RoundTerms terms = terms_of_2012();
        terms.budget.votes = 3;
        Round round = round_of(terms, 8);
        std::set<std::pair<std::uint64_t, std::uint64_t>> standing;  // member, idea
        for (int step = 0; step < 4000; ++step) {
            const std::uint64_t member = 1 + random() % 5, id = 1 + random() % 8;
            const bool votes = random() % 3 != 0;
            const auto done = votes ? round.vote(MemberId{member}, IdeaId{id}, during)
                                    : round.take_back(MemberId{member}, IdeaId{id}, during);
            if (done && votes) standing.emplace(member, id);
            if (done && !votes) standing.erase({member, id});
            std::size_t all = 0;
            for (std::uint64_t each = 1; each <= 5; ++each) {
                CHECK(round.votes_cast(MemberId{each}) <= 3);
                all += round.votes_cast(MemberId{each});
            }
            CHECK(all == standing.size());
        }
        std::size_t ranked = 0;
        for (const Ranked& place : round.ranking()) ranked += place.votes;
        CHECK(ranked == standing.size());
    }
}
