// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/person_limits.hpp>

#include "sample.hpp"
#include <array>
#include <limits>

namespace crowdrules::campaign {

using namespace sample;

namespace {

constexpr std::int64_t usd(std::int64_t dollars) {
    return dollars * 100;
}

// Regulation Crowdfunding, 17 CFR 227.100(a)(2), in whole dollars of each regime.
MeansTest regime(MeansBasis basis, std::int64_t cut, std::int64_t floor) {
    return {.basis = basis,
            .threshold = usd(cut),
            .share_below = decimal("5%"),
            .least_below = usd(floor),
            .share_from = decimal("10%"),
            .most_from = usd(cut)};
}
const MeansTest since_2016 = regime(MeansBasis::lesser, 100'000, 2'000);
const MeansTest since_2021 = regime(MeansBasis::greater, 107'000, 2'200);
const MeansTest since_2022 = regime(MeansBasis::greater, 124'000, 2'500);

std::int64_t dollars(const MeansTest& test, std::int64_t income, std::int64_t net_worth) {
    return limit_by_means(test, usd(income), usd(net_worth)) / 100;
}

const PersonLimits us{.classes = {{.name = "not accredited", .by_means = since_2022}, {.name = "accredited"}}};
const PersonLimits korea{.classes = {{.name = "general", .per_issuer = 5'000'000, .in_all = 10'000'000},
                                     {.name = "qualified", .per_issuer = 10'000'000, .in_all = 20'000'000},
                                     {.name = "professional"}}};
const PersonLimits australia{.classes = {{.name = "retail", .per_issuer = 10'000'00}}};

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("what an investor of 2016 may give is a share of the lesser of income and net worth") {
    CHECK(dollars(since_2016, 30'000, 105'000) == 2'000);
    CHECK(dollars(since_2016, 150'000, 80'000) == 4'000);
    CHECK(dollars(since_2016, 150'000, 100'000) == 10'000);
    CHECK(dollars(since_2016, 200'000, 900'000) == 20'000);
    CHECK(dollars(since_2016, 1'200'000, 2'000'000) == 100'000);
}

TEST_CASE("what an investor of 2022 may give is a share of the greater, and both at the threshold are above it") {
    CHECK(dollars(since_2022, 40'000, 40'000) == 2'500);
    CHECK(dollars(since_2022, 50'000, 50'000) == 2'500);
    CHECK(dollars(since_2022, 60'000, 200'000) == 10'000);
    CHECK(dollars(since_2022, 124'000, 124'000) == 12'400);
    CHECK(dollars(since_2022, 1'240'000, 1'240'000) == 124'000);
    CHECK(dollars(since_2022, 3'000'000, 3'000'000) == 124'000);
    CHECK(dollars(since_2022, 123'999, 124'000) == 6'200);  // limb (i): 5% of the greater
    CHECK(dollars(since_2022, 124'000, 123'999) == 6'200);
}

TEST_CASE("the same investor may give less after the thresholds rose") {
    CHECK(dollars(since_2021, 115'000, 115'000) == 11'500);
    CHECK(dollars(since_2022, 115'000, 115'000) == 5'750);
    CHECK(dollars(since_2021, 1'240'000, 1'240'000) == 107'000);
}

TEST_CASE("means below nothing leave the least amount, and a limit never lies above its share") {
    CHECK(dollars(since_2022, 0, 0) == 2'500);
    CHECK(dollars(since_2022, -5'000, -90'000) == 2'500);
    CHECK(limit_by_means(since_2022, 60'000'19, 0) == 3'000'00);  // 3,000.0095
    CHECK(limit_by_means(since_2022, std::numeric_limits<std::int64_t>::max(), 124'000'00) == 124'000'00);
}

TEST_CASE("what was given elsewhere and here leaves the rest of the limit, to the cent") {
    const Giver giver{.of_class = "not accredited",
                      .annual_income = usd(60'000),
                      .net_worth = usd(200'000),
                      .given_in_all = usd(8'000)};
    const auto room = allowance_of(us, giver, usd(1'000));
    REQUIRE(room);
    CHECK(*room == Allowance{.left = usd(1'000), .limit = "by_means", .most = usd(10'000), .given = usd(9'000)});
    CHECK(allowance_of(us, giver, usd(3'000))->left == 0);
    CHECK(allowance_of(us, {.of_class = "accredited"}, usd(1'000'000))->limit.empty());
}

TEST_CASE("the tightest of several limits is the one that is told") {
    const Giver giver{.of_class = "general", .given_to_issuer = 1'000'000, .given_in_all = 7'000'000};
    CHECK(*allowance_of(korea, giver, 0) ==
          Allowance{.left = 3'000'000, .limit = "in_all", .most = 10'000'000, .given = 7'000'000});
    CHECK(allowance_of(korea, {.of_class = "general", .given_to_issuer = 3'000'000, .given_in_all = 3'000'000}, 500'000)
              ->limit == "per_issuer");
    CHECK(allowance_of(australia, {.of_class = "retail", .given_in_all = 1'000'000'00}, 9'999'99)->left == 1);
}

TEST_CASE("of somebody about whom too little is known nothing is said") {
    CHECK(allowance_of(us, {.of_class = "foreign"}, 0).error() == GiverProblem::class_unknown);
    CHECK(allowance_of(us, {}, 0).error() == GiverProblem::class_unknown);
    CHECK(allowance_of(us, {.of_class = "not accredited", .net_worth = 0}, 0).error() == GiverProblem::means_missing);
}

TEST_CASE("amounts that no computer can add are above every limit") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(allowance_of(korea, {.of_class = "general", .given_in_all = most}, most)->left == 0);
    CHECK(allowance_of(korea, {.of_class = "general", .given_in_all = -most}, 0)->left == 5'000'000);
}

TEST_CASE("a gift counts until twelve months have passed, and not from that instant on") {
    const std::array<Gift, 4> gifts{
        Gift{instant("2025-03-01T12:00:00Z"), 100, false}, Gift{instant("2025-03-01T12:00:01Z"), 20, true},
        Gift{instant("2026-01-01T00:00:00Z"), 3, false}, Gift{instant("2026-04-01T00:00:00Z"), 4000, true}};
    Giver giver;
    count_gifts(giver, us, gifts, instant("2026-03-01T12:00:00Z"));
    CHECK(giver.given_in_all == 23);
    CHECK(giver.given_to_issuer == 20);
}

TEST_CASE("an issuer may raise up to its limit with what it sold in the window, and not a cent more") {
    const IssuerLimit limit{.most = usd(5'000'000)};
    CHECK(limit.allows(0, usd(5'000'000)));
    CHECK_FALSE(limit.allows(0, usd(5'000'001)));
    CHECK(limit.allows(usd(4'000'000), usd(1'000'000)));
    CHECK_FALSE(limit.allows(usd(4'000'000), usd(1'000'001)));
    CHECK_FALSE(limit.allows(std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()));
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
