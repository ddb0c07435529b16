// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/revenue/matching.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

constexpr PayeeId first{101}, second{102}, project{1}, another{2};

MatchPool pool_of(std::vector<std::string_view> left) {
    std::vector<Sponsor> sponsors;
    for (const std::string_view amount : left) sponsors.push_back({PayeeId{101 + sponsors.size()}, eur(amount)});
    return MatchPool::of(std::move(sponsors)).value();
}

MatchTerms by_factor(std::string_view factor) {
    return {.factor = rate(factor), .rounding = {RoundingMode::half_even}};
}

/// One contribution of a new backer for each amount, project by project.
std::vector<QuadraticContribution> contributions_of(const std::vector<std::vector<std::string_view>>& amounts) {
    std::vector<QuadraticContribution> contributions;
    for (std::size_t i = 0; i < amounts.size(); ++i)
        for (const std::string_view amount : amounts[i])
            contributions.push_back({PayeeId{i + 1}, BackerId{contributions.size() + 1}, usd(amount)});
    return contributions;
}

/// gitcoinco/pluralistic.js, src/test/linear.test.ts: weights of 34, 54 and 162
const std::vector<QuadraticContribution> gitcoin =
    contributions_of({{"1", "4", "1", "9"}, {"1", "1", "1", "1", "1", "1", "4"}, {"1", "9", "1", "9", "1", "9", "4"}});

QuadraticOutcome quadratic(const QuadraticTerms& terms,
                           std::span<const QuadraticContribution> contributions = gitcoin) {
    return match_quadratic(terms, contributions).value();
}

std::vector<std::string> matched(const QuadraticOutcome& outcome) {
    std::vector<std::string> amounts;
    for (const ProjectMatch& one : outcome.projects) amounts.push_back(to_amount_text(one.matched));
    return amounts;
}

using Texts = std::vector<std::string>;

std::string rule_of(const QuadraticTerms& terms, std::vector<QuadraticContribution> contributions = gitcoin) {
    const auto outcome = match_quadratic(terms, contributions);
    return outcome ? "" : outcome.error().rule;
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("a contribution is matched by a factor, up to a cap") {
        // Goteo, DuplicateInvestMatcherProcessorTest.php: cap of 100 a contribution, 150 a project. WX-058
        const auto match = [](std::string_view amount, std::string_view factor) {
            MatchTerms terms = by_factor(factor);
            terms.per_contribution = eur("100");
            terms.per_project = eur("150");
            terms.contributions_per_backer = 1;
            return pool_of({"150"}).match(terms, project, BackerId{1}, eur(amount)).value();
        };
        CHECK(match("75", "2").matched == eur("150"));
        CHECK(match("75", "1").matched == eur("75"));
        CHECK(match("110", "1").matched == eur("100"));
        CHECK(match("110", "1").limit == MatchLimit::contribution);
        CHECK(match("99", "1").matched == eur("99"));
        CHECK(match("80", "2").limit == MatchLimit::project);
    }

    TEST_CASE("project, sponsors and backer limit a match, each by its name") {
        // Goteo, testInvests and testInvestsRepeat. WX-059
        MatchTerms terms = by_factor("1");
        terms.per_contribution = eur("100");
        terms.per_project = eur("150");
        MatchPool alone = pool_of({"100"});
        CHECK(alone.match(terms, project, BackerId{1}, eur("99")).value().parts.at(0).amount == eur("99"));
        MatchPool pool = pool_of({"1", "50"});  // what the first step leaves there
        const Match rest = pool.match(terms, project, BackerId{1}, eur("99")).value();
        CHECK(rest.limit == MatchLimit::pool);
        CHECK(rest.matched == eur("51"));
        CHECK(rest.parts.at(0).amount == eur("1"));
        CHECK(rest.parts.at(1).amount == eur("50"));
        CHECK(eur("99") + eur("99") + rest.matched == eur("249"));
        CHECK(pool.left().is_zero());

        MatchPool repeated = pool_of({"500"});
        terms.contributions_per_backer = 1;
        CHECK(repeated.match(terms, project, BackerId{1}, eur("99")).value().matched == eur("99"));
        const Match again = repeated.match(terms, project, BackerId{1}, eur("5")).value();
        CHECK(again.matched.is_zero());
        CHECK(again.limit == MatchLimit::backer);
        CHECK(repeated.match(terms, another, BackerId{1}, eur("5")).value().matched == eur("5"));
        CHECK(repeated.match(terms, project, BackerId{2}, eur("99")).value().matched == eur("51"));
        CHECK(repeated.matched(project) == eur("150"));
    }

    TEST_CASE("a lump is added once, when a mark is reached") {
        // Goteo, CriteriaInvestMatcherProcessorTest.php: 100 once half of 200 is there, in whole euros. WX-060
        LumpTerms half{.lump = eur("100"), .at_share = rate("50%"), .between_sponsors = {AllocationMethod::first, 100}};
        MatchPool pool = pool_of({"100", "50"});
        CHECK(pool.match_lump(half, project, eur("1"), eur("200"), 1).value().limit == MatchLimit::not_reached);
        MatchPool exactly = pool;
        CHECK(exactly.match_lump(half, project, eur("100"), eur("200"), 1).value().matched == eur("100"));
        const Match lump = pool.match_lump(half, project, eur("150"), eur("200"), 2).value();
        CHECK(lump.parts.at(0).amount == eur("67"));
        CHECK(lump.parts.at(1).amount == eur("33"));
        CHECK(eur("150") + pool.matched(project) == eur("250"));
        const Match twice = pool.match_lump(half, project, eur("160"), eur("200"), 3).value();
        CHECK(twice.matched.is_zero());
        CHECK(twice.limit == MatchLimit::once);
        // on an amount. WX-061
        const LumpTerms amount{.lump = eur("100"), .at_amount = eur("500")};
        MatchPool by_amount = pool_of({"100"});
        CHECK(by_amount.match_lump(amount, project, eur("100"), eur("0"), 1).value().matched.is_zero());
        CHECK(by_amount.match_lump(amount, project, eur("1000"), eur("0"), 2).value().matched == eur("100"));
        const LumpTerms crowd{.lump = eur("10"), .at_backers = 3};
        MatchPool by_backers = pool_of({"100"});
        CHECK(by_backers.match_lump(crowd, project, eur("1"), eur("0"), 2).value().matched.is_zero());
        CHECK(by_backers.match_lump(crowd, project, eur("1"), eur("0"), 3).value().matched == eur("10"));
    }

    TEST_CASE("no sponsor is overdrawn, whatever the step") {
        MatchTerms terms = by_factor("1");
        terms.between_sponsors = {AllocationMethod::first, 100};
        MatchPool pool = pool_of({"50.50", "0.50"});
        const Match match = pool.match(terms, project, BackerId{1}, eur("51")).value();
        CHECK(match.parts.at(0).amount == eur("50.50"));
        CHECK(match.parts.at(1).amount == eur("0.50"));

        std::mt19937_64 random(2013);
        for (int run = 0; run < 300; ++run) {
            std::vector<Sponsor> sponsors;
            for (std::uint64_t i = 0; i < 1 + random() % 5; ++i)
                sponsors.push_back({PayeeId{i + 1}, Money(static_cast<std::int64_t>(random() % 500), EUR)});
            MatchPool any = MatchPool::of(sponsors).value();
            for (int i = 0; i < 10; ++i) {
                terms.between_sponsors = {static_cast<AllocationMethod>(random() % 4),
                                          static_cast<std::int64_t>(1 + random() % 40)};
                const Money before = any.left();
                const Match drawn =
                    any.match(terms, project, BackerId{1}, Money(static_cast<std::int64_t>(1 + random() % 200), EUR))
                        .value();
                Money sum = Money::zero(EUR);
                for (const SharePart& part : drawn.parts) sum += part.amount;
                CHECK(sum == drawn.matched);
                CHECK(before == any.left() + drawn.matched);
                for (const Sponsor& sponsor : any.sponsors()) CHECK(!sponsor.left.is_negative());
            }
        }
    }

    TEST_CASE("bad sponsors and bad contributions are refused") {
        CHECK(MatchPool::of({}).error()[0].rule == "match.sponsors");
        CHECK(MatchPool::of({{PayeeId{}, eur("1")}}).error()[0].rule == "match.sponsors");
        CHECK(MatchPool::of({{first, eur("1")}, {first, eur("1")}}).error()[0].rule == "match.sponsors");
        CHECK(MatchPool::of({{first, eur("1")}, {second, usd("1")}}).error()[0].rule == "match.sponsors");
        CHECK(MatchPool::of({{first, eur("-1")}}).error()[0].rule == "match.sponsors");
        MatchPool pool = pool_of({"100"});
        const auto rule = [&](const MatchTerms& terms, Money amount) {
            return pool.match(terms, project, BackerId{1}, amount).error().rule;
        };
        CHECK(rule(by_factor("1"), eur("0")) == "match.contribution");
        CHECK(rule(by_factor("1"), usd("1")) == "match.contribution");
        CHECK(rule(by_factor("-1"), eur("1")) == "match.terms");
        CHECK(pool.match(by_factor("1"), PayeeId{}, BackerId{1}, eur("1")).error().what == "a contribution to nobody");
        CHECK(pool.match(by_factor("1"), project, BackerId{}, eur("1")).error().what == "a contribution of nobody");
        CHECK(pool.match_lump({.lump = eur("1"), .at_backers = 1}, PayeeId{}, eur("1"), eur("1"), 1).error().what ==
              "a lump for nobody");
        // Also where nothing would be drawn.
        for (const std::int64_t step : {0, -1}) {
            MatchTerms terms = by_factor("0");
            terms.between_sponsors.step = step;
            CHECK(rule(terms, eur("1")) == "match.between_sponsors");
            const LumpTerms lump{
                .lump = eur("0"), .at_backers = 9, .between_sponsors = {AllocationMethod::first, step}};
            CHECK(pool.match_lump(lump, project, eur("1"), eur("1"), 1).error().rule == "match.between_sponsors");
        }
        CHECK(pool.match_lump({.lump = eur("1")}, project, eur("1"), eur("1"), 1).error().rule == "match.lump");
        CHECK(pool.match_lump({.lump = usd("1"), .at_backers = 1}, project, eur("1"), eur("1"), 1).error().rule ==
              "match.lump");
        CHECK(pool.left() == eur("100"));
        CHECK(pool.matched(project).is_zero());
    }

    TEST_CASE("a quadratic pool is divided by the squares of summed roots") {
        const QuadraticOutcome outcome = quadratic({.pool = usd("100")});  // WX-063
        CHECK(outcome.projects[0].weight == rate("34"));
        CHECK(outcome.projects[1].weight == rate("54"));
        CHECK(outcome.projects[2].weight == rate("162"));
        CHECK(matched(outcome) == Texts{"13.60", "21.60", "64.80"});
        CHECK(outcome.distributed == usd("100"));
        CHECK(matched(quadratic({.pool = usd("10")})) == Texts{"1.36", "2.16", "6.48"});  // WX-065
    }

    TEST_CASE("a pool that is not exhausted stays, or is given away all the same") {
        // WX-064
        const QuadraticOutcome earned = quadratic({.pool = usd("1000")});
        CHECK(matched(earned) == Texts{"34.00", "54.00", "162.00"});
        CHECK(earned.distributed == usd("250"));
        CHECK(earned.left == usd("750"));
        const QuadraticOutcome all = quadratic({.pool = usd("1000"), .saturation = Saturation::always});
        CHECK(matched(all) == Texts{"136.00", "216.00", "648.00"});
        CHECK(all.left.is_zero());
    }

    TEST_CASE("what has exact roots together has an exact weight") {
        const auto weight = [](const std::vector<std::string_view>& amounts, unsigned digits = 6) {
            const QuadraticTerms terms{.pool = usd("1000000"), .root_digits = digits, .weight_digits = 0};
            return to_text(quadratic(terms, contributions_of({amounts})).projects[0].weight);
        };
        CHECK(weight({"7", "7", "7"}) == "42");        // 3 x 2 pairs of 7.00
        CHECK(weight({"10", "40"}) == "40");           // twice the root of 400.00
        CHECK(weight({"2.50", "40", "90"}) == "170");  // 2 x (10.00 + 15.00 + 60.00)
        CHECK(weight({"10", "10", "10"}, 0) == "60");  // whatever the digits of roots
        CHECK(weight({"10", "20"}) == "28.28");        // the root of 200.00 has no end
    }

    TEST_CASE("what is above a cap is divided among the others, again and again") {
        // 13.60, 21.60, 64.80 with a cap of 40.00: 60.00 by 34:54 is 23.18 and 36.82
        const QuadraticOutcome once = quadratic({.pool = usd("100"), .cap = usd("40")});
        CHECK(matched(once) == Texts{"23.18", "36.82", "40.00"});
        CHECK(once.projects[2].is_capped);
        // with 35.00, 65.00 by 34:54 would give the second 39.89: capped too, and the first has what is left
        CHECK(matched(quadratic({.pool = usd("100"), .cap = usd("35")})) == Texts{"30.00", "35.00", "35.00"});
        const QuadraticOutcome full = quadratic({.pool = usd("100"), .cap = usd("10")});
        CHECK(matched(full) == Texts{"10.00", "10.00", "10.00"});
        CHECK(full.left == usd("70"));
        CHECK(matched(quadratic({.pool = usd("1000"), .cap = usd("50")})) == Texts{"34.00", "50.00", "50.00"});
    }

    TEST_CASE("dust is handed out, cut, or cut twice by a common factor") {
        const auto thirds = contributions_of({{"1", "1"}, {"1", "1"}, {"1", "1"}});
        const auto with = [&](QuadraticDust dust, unsigned alpha_digits) {
            return quadratic({.pool = usd("1.00"), .dust = dust, .alpha_digits = alpha_digits}, thirds);
        };
        CHECK(matched(with(QuadraticDust::handed_out, 18)) == Texts{"0.34", "0.33", "0.33"});
        CHECK(with(QuadraticDust::cut, 18).left == usd("0.01"));
        CHECK(matched(with(QuadraticDust::alpha, 18)) == Texts{"0.33", "0.33", "0.33"});
        // alpha = (budget - contributions) / (sum of squares - contributions) = 2 / 18, cut to one digit 0.1. clr.fund
        // pays alpha x square + (1 - alpha) x contributions, which is contributions + alpha x weight.
        const QuadraticOutcome tenth = quadratic({.pool = usd("2.00"), .dust = QuadraticDust::alpha, .alpha_digits = 1},
                                                 contributions_of({{"1", "1", "1"}, {"4", "4"}, {"1", "1", "1", "1"}}));
        CHECK(tenth.weight == rate("26"));
        CHECK(matched(tenth) == Texts{"0.00", "0.00", "0.00"});  // 2 / 26 cut to one digit is nothing
        const QuadraticOutcome eighteen = quadratic({.pool = usd("2.00"), .dust = QuadraticDust::alpha},
                                                    contributions_of({{"1", "1", "1"}, {"4", "4"}}));
        CHECK(matched(eighteen) == Texts{"0.85", "1.14"});  // 2 / 14 of 6 and 8
    }

    TEST_CASE("one backer is one root, however many contributions, and one backer alone is not matched") {
        const std::vector<QuadraticContribution> split{
            {project, BackerId{1}, usd("4")},  {project, BackerId{2}, usd("9")},  {project, BackerId{1}, usd("5")},
            {another, BackerId{3}, usd("50")}, {another, BackerId{3}, usd("50")}, {another, BackerId{4}, usd("0.50")}};
        const QuadraticOutcome outcome = quadratic({.pool = usd("5"), .minimum = usd("1")}, split);
        CHECK(outcome.projects[0].weight == rate("18"));  // (3 + 3)^2 - 18
        CHECK(outcome.projects[0].backers == 2);
        CHECK(outcome.projects[1].backers == 1);
        CHECK(outcome.projects[1].contributed == usd("100"));
        CHECK(matched(outcome) == Texts{"5.00", "0.00"});
        CHECK(quadratic({.pool = usd("5")}, {}).left == usd("5"));
    }

    TEST_CASE("roots are cut at their digits, on every machine alike") {
        // (sqrt 2 + sqrt 3)^2 - 5 = 2 sqrt 6 = 4.898979485566...
        const std::vector<QuadraticContribution> two{{project, BackerId{1}, usd("0.02")},
                                                     {project, BackerId{2}, usd("0.03")}};
        const auto weight = [&](unsigned roots, unsigned weights) {
            return quadratic({.pool = usd("9"), .root_digits = roots, .weight_digits = weights}, two)
                .projects[0]
                .weight;
        };
        CHECK(weight(9, 6) == rate("0.04898979"));
        CHECK(weight(2, 2) == rate("0.0485"));  // 1.41 + 1.73 = 3.14, squared 9.8596
        CHECK(weight(1, 2) == rate("0.0461"));  // 1.4 + 1.7 = 3.1, squared 9.61
        CHECK(weight(0, 0) == rate("0"));       // 1 + 1, squared 4, less 5
        const std::vector<QuadraticContribution> large{{project, BackerId{1}, Money(INT64_MAX / 8, USD)},
                                                       {project, BackerId{2}, Money(INT64_MAX / 8, USD)}};
        CHECK(quadratic({.pool = usd("9"), .root_digits = 9, .weight_digits = 0}, large).projects[0].weight ==
              Decimal::of(Int128{INT64_MAX / 8} * 2, 2));  // alike, so that nothing is cut
    }

    TEST_CASE("a vote above its cap counts in proportion") {
        // gitcoinco/grants-stack-indexer, votes.test.ts: 20 tokens worth 50, capped at 10 tokens. WX-069
        CHECK(counted(usd("50"), eur("20"), eur("10"), {RoundingMode::down}) == usd("25"));
        CHECK(counted(usd("50"), eur("10"), eur("10"), {RoundingMode::down}) == usd("50"));
        CHECK_THROWS_AS(static_cast<void>(counted(usd("50"), eur("0"), eur("10"), {RoundingMode::down})),
                        ContractViolation);
    }

    TEST_CASE("a bad round is refused") {
        CHECK(rule_of({.pool = usd("-1")}) == "quadratic.pool");
        CHECK(rule_of({.pool = usd("1"), .cap = eur("1")}) == "quadratic.pool");
        CHECK(rule_of({.pool = usd("1"), .minimum = usd("-1")}) == "quadratic.pool");
        CHECK(rule_of({.pool = usd("1"), .root_digits = 10}) == "quadratic.digits");
        CHECK(rule_of({.pool = usd("1"), .root_digits = 1, .weight_digits = 3}) == "quadratic.digits");
        CHECK(rule_of({.pool = usd("1"), .alpha_digits = 0}) == "quadratic.digits");
        CHECK(rule_of({.pool = usd("1")}, {{project, BackerId{1}, usd("0")}}) == "quadratic.contribution");
        CHECK(rule_of({.pool = usd("1")}, {{project, BackerId{}, usd("1")}}) == "quadratic.contribution");
        CHECK(rule_of({.pool = usd("1")}, {{PayeeId{}, BackerId{1}, usd("1")}}) == "quadratic.contribution");
        CHECK(rule_of({.pool = usd("1")}, {{project, BackerId{1}, eur("1")}}) == "quadratic.contribution");
        const Money huge(INT64_MAX / 4, USD);
        CHECK(rule_of({.pool = usd("1"), .weight_digits = 4},
                      {{project, BackerId{1}, huge}, {project, BackerId{2}, huge}}) == "quadratic.weight_digits");
    }

    TEST_CASE("patrons give for each other, up to their limit") {
        // Snowdrift: a tenth of a cent for each patron, at most 10.00 (wiki.snowdrift.coop)
        CHECK(crowdmatch(rate("0.001"), 163, usd("10.00")) == rate("0.163"));
        CHECK(crowdmatch(rate("0.001"), 20'000, usd("10.00")) == rate("10"));
        // crowdmatch.org: a pledge of 6 when the crowd has 978 of 36,000. WX-073
        const GoalMatch given = crowdmatch_to_goal(usd("6"), usd("978"), usd("36000"), {RoundingMode::half_even});
        CHECK(given.donation == usd("0.16"));
        CHECK(given.promise == usd("5.84"));
        CHECK(crowdmatch_to_goal(usd("6"), usd("40000"), usd("36000"), {RoundingMode::half_even}).promise.is_zero());
        CHECK_THROWS_AS(static_cast<void>(crowdmatch_to_goal(usd("6"), usd("1"), usd("2"), {RoundingMode::down, 0})),
                        ContractViolation);
    }

    TEST_CASE("matches explain themselves") {
        MatchPool pool = pool_of({"10"});
        MatchTerms terms = by_factor("1");
        terms.citation = {"call of the foundation", "2020-01"};
        const std::string one = to_text(explain(pool.match(terms, project, BackerId{1}, eur("99")).value()));
        for (const char* expected :
             {"10.00 EUR", "of 99.00 EUR asked", "what the sponsors have left", "call of the foundation", "payee 101"})
            CHECK_MESSAGE(one.find(expected) != std::string::npos, expected << "\n" << one);
        const std::string all = to_text(explain(quadratic({.pool = usd("100"), .cap = usd("40")})));
        for (const char* expected : {"weight 34 of 250", "from 7 backers who gave 34.00 USD", "at the cap"})
            CHECK_MESSAGE(all.find(expected) != std::string::npos, expected << "\n" << all);
    }

    TEST_CASE("a quadratic round conserves its pool, keeps its caps, and does not depend on the order") {
        std::mt19937_64 random(2020);
        for (int run = 0; run < 200; ++run) {
            std::vector<QuadraticContribution> contributions;
            for (std::uint64_t i = 0; i < random() % 60; ++i)
                contributions.push_back({PayeeId{1 + random() % 6}, BackerId{1 + random() % 12},
                                         Money(static_cast<std::int64_t>(1 + random() % 10'000), USD)});
            QuadraticTerms terms{.pool = Money(static_cast<std::int64_t>(random() % 200'000), USD)};
            terms.saturation = random() % 2 == 0 ? Saturation::always : Saturation::as_earned;
            terms.dust = static_cast<QuadraticDust>(random() % 3);
            if (random() % 2 == 0) terms.cap = Money(static_cast<std::int64_t>(random() % 50'000), USD);
            const QuadraticOutcome outcome = quadratic(terms, contributions);
            Money sum = outcome.left;
            bool is_any_open = false;
            for (const ProjectMatch& one : outcome.projects) {
                sum += one.matched;
                CHECK(!one.matched.is_negative());
                if (terms.cap) CHECK(one.matched <= *terms.cap);
                if (one.weight.is_zero()) CHECK(one.matched.is_zero());
                is_any_open = is_any_open || (!one.weight.is_zero() && !one.is_capped);
            }
            CHECK(sum == terms.pool);
            if (terms.saturation == Saturation::always && terms.dust == QuadraticDust::handed_out && is_any_open)
                CHECK(outcome.left.is_zero());
            for (std::size_t i = contributions.size(); i > 1; --i)
                std::swap(contributions[i - 1], contributions[random() % i]);
            CHECK(quadratic(terms, contributions) == outcome);
        }
    }
}
