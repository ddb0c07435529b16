// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/idea.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;
using namespace crowdrules::community;

namespace {

constexpr MemberId anna{1}, ben{2}, chris{3};
const Idea annas{IdeaId{3}, anna, instant("2012-01-09T12:00:00Z")};
const Idea bens{IdeaId{8}, ben, instant("2012-03-26T12:00:00Z")};
const Idea chriss{IdeaId{5}, chris, instant("2011-12-30T12:00:00Z")};

}  // namespace

TEST_SUITE("community") {
    TEST_CASE("an earlier similar idea has the credit, and alike is alike all round") {
        SimilarIdeas similar;
        CHECK(similar.credited(bens) == bens);
        REQUIRE(similar.join(annas, bens));
        CHECK(similar.credited(bens).submitter == anna);
        REQUIRE(similar.join(annas, chriss));
        CHECK(similar.credited(bens) == chriss);
        CHECK(similar.credited(annas) == chriss);
        CHECK(similar.like(bens) == std::vector<Idea>{chriss, annas, bens});
        REQUIRE(similar.join(bens, chriss));  // known already
        CHECK(similar.credited(chriss) == chriss);
    }

    TEST_CASE("of two ideas at one instant the lower id has the credit, in whatever order they are joined") {
        Idea twin = annas;
        twin.id = IdeaId{2};
        SimilarIdeas similar;
        REQUIRE(similar.join(annas, twin));
        CHECK(similar.credited(annas) == twin);
    }

    TEST_CASE("two groups become one") {
        const Idea fourth{IdeaId{9}, ben, instant("2012-04-01T12:00:00Z")};
        SimilarIdeas similar;
        REQUIRE(similar.join(bens, fourth));
        REQUIRE(similar.join(annas, chriss));
        REQUIRE(similar.join(fourth, annas));
        CHECK(similar.credited(bens) == chriss);
    }

    TEST_CASE("an idea is not compared with itself, and is the same wherever it appears") {
        SimilarIdeas similar;
        CHECK(similar.join(annas, annas).error().what == "idea 3 is compared with itself");
        CHECK(similar.join(annas, {}).error().what == "an idea without id or submitter");
        REQUIRE(similar.join(annas, bens));
        Idea other = bens;
        other.submitter = chris;
        CHECK(similar.join(other, chriss).error().what ==
              "idea 8 was submitted by member 2 at 2012-03-26T12:00:00Z, not by member 3 at 2012-03-26T12:00:00Z");
        CHECK(similar.credited(chriss) == chriss);
    }
}
