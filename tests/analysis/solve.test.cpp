// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/solve.hpp>
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/core/contract.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

namespace {

campaign::Terms everyday_terms() {
    campaign::Terms terms;
    terms.title = "Everyday";
    terms.model = campaign::FundingModel::all_or_nothing(usd("100.00"));
    terms.window = {instant("2016-06-01T12:00:00Z"), instant("2016-07-01T12:00:00Z")};
    terms.charges.retry_window = std::chrono::days{7};
    terms.payouts.first_after = std::chrono::days{14};
    terms.fees.platform = {.name = "platform fee", .bands = {{.rate = rate("0.05")}}};
    terms.fees.processing = {.name = "processing fee",
                             .bands = {{.rate = rate("0.05"), .fixed = 5}, {1'000, rate("0.03"), 20}},
                             .rounding = {RoundingMode::half_up}};
    return terms;
}

/// The answer by trying every number.
std::int64_t by_trying(SearchRange range, std::int64_t wanted, const auto& value) {
    std::int64_t number = range.from;
    while (value(number) < wanted) number += range.step;
    return number;
}

revenue::NoteTerms note() {
    return {.holders = {{revenue::PayeeId{1}, usd("600.00")}, {revenue::PayeeId{2}, usd("400.00")}},
            .revenue_share = rate("0.05"),
            .multiple = rate("1.5"),
            .rounding = {RoundingMode::half_up}};
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("the least number that reaches what is wanted, between two that prove it") {
        const auto square = [](std::int64_t number) { return number * number; };
        for (const std::int64_t step : {1, 3, 7}) {
            for (std::int64_t wanted = -5; wanted <= 2'500; wanted += 13) {
                const SearchRange range{0, 60, step};
                const auto solved = least_reaching(range, wanted, square);
                REQUIRE(solved.has_value());
                CHECK(solved->answer.number == by_trying(range, wanted, square));
                CHECK(solved->answer.value >= wanted);
                CHECK(solved->below.has_value() == (solved->answer.number > 0));
                if (solved->below) {
                    CHECK(solved->below->number == solved->answer.number - step);
                    CHECK(solved->below->value < wanted);
                }
                if (solved->above) CHECK(solved->above->value >= solved->answer.value);
                CHECK(std::is_sorted(solved->tried.begin(), solved->tried.end(),
                                     [](const Tried& a, const Tried& b) { return a.number < b.number; }));
            }
        }
        const auto alone = least_reaching({5, 5, 1}, 25, square);
        CHECK(alone->answer == Tried{5, 25});
        CHECK_FALSE(alone->below.has_value());
        CHECK_FALSE(alone->above.has_value());
        // The widest range there is.
        const auto widest = least_reaching({INT64_MIN, INT64_MAX, 1}, -7, [](std::int64_t number) { return number; });
        CHECK(widest->answer == Tried{-7, -7});
    }
    TEST_CASE("without an answer it says what was tried") {
        const auto none = least_reaching({1, 9, 2}, 82, [](std::int64_t number) { return number * number; });
        REQUIRE_FALSE(none.has_value());
        CHECK(to_text(none.error()) ==
              "no number of the range reaches 82: 1 gives 1, 9 gives 81; tried: 1 gives 1, 9 gives 81");
        // It falls by one from 10 to 11, just at the answer.
        const auto dips = least_reaching({0, 20, 1}, 10, [](std::int64_t number) { return number == 11 ? 9 : number; });
        REQUIRE_FALSE(dips.has_value());
        CHECK(to_text(dips.error()).find("more brings less: 10 gives 10, but 11 gives 9") == 0);
        CHECK_THROWS_AS((void)least_reaching({2, 1, 1}, 0, [](std::int64_t n) { return n; }), ContractViolation);
        CHECK_THROWS_AS((void)least_reaching({1, 2, 0}, 0, [](std::int64_t n) { return n; }), ContractViolation);
    }
    TEST_CASE("the goal that nets a wanted sum") {
        const GoalQuestion question{.terms = everyday_terms(), .pledge = usd("50.00")};
        // 219 pledges, the goal spread evenly: settled one by one.
        const std::vector<std::int64_t> amounts = [] {
            std::vector<std::int64_t> parts(219);
            allocate_into(10'939'00, std::vector<Weight>(219, 1), {AllocationMethod::first}, parts);
            return parts;
        }();
        CHECK(net_of_goal(question, usd("10939.00")) == settle(question.terms, {.amounts = amounts}).value().paid);

        const SearchRange goals{1'00, 50'000'00, 1'00};
        const auto solved = goal_that_nets(question, usd("10000.00"), goals);
        REQUIRE(solved.has_value());
        CHECK(solved->answer == Tried{10'919'00, 10'000'75});
        CHECK(solved->below == Tried{10'918'00, 9'999'80});
        CHECK(solved->above == Tried{10'920'00, 10'001'70});
        const auto net = [&](std::int64_t goal) { return net_of_goal(question, {goal, USD}).minor(); };
        CHECK(solved->answer.number == by_trying({9'000'00, 50'000'00, 1'00}, 10'000'00, net));

        GoalQuestion failing = question;
        failing.dropped = rate("0.03");
        const auto higher = goal_that_nets(failing, usd("10000.00"), goals);
        REQUIRE(higher.has_value());
        CHECK(higher->answer.number > solved->answer.number);
        CHECK_FALSE(goal_that_nets(question, usd("50000.00"), goals).has_value());
    }
    TEST_CASE("the stretch goal that still pays for itself") {
        const StretchQuestion question{.terms = everyday_terms(),
                                       .pledge = usd("50.00"),
                                       .backers = 100,
                                       .fixed_cost = usd("500.00"),
                                       .cost_per_backer = usd("3.00")};
        const auto solved = stretch_that_pays(question, 10'000);
        REQUIRE(solved.has_value());
        // A pledge of 50.00 leaves 50.00 - 2.50 - 1.70 = 45.80; the reward costs 3.00 of it for each, and 500.00.
        //   42.80 x backers - 500.00 >= 45.80 x 100   from 119 backers on (118.69)
        CHECK(solved->answer.number == 119);
        CHECK(solved->below->number == 118);
        StretchQuestion dear = question;
        dear.cost_per_backer = usd("46.00");
        CHECK_FALSE(stretch_that_pays(dear, 10'000).has_value());
        CHECK_THROWS_AS((void)stretch_that_pays(question, 100), ContractViolation);
    }
    TEST_CASE("a loan is repaid by the lowest level payment that is enough") {
        const LoanPlan plan = plan_of({.principal = usd("1000.00"), .yearly_rate = rate("0.12"), .months = 12});
        // The formula: 1,000 x 0.01 / (1 - 1.01^-12) = 88.8488.
        CHECK(plan.payment == usd("88.85"));
        CHECK(plan.interest == plan.payment * 11 + plan.last - usd("1000.00"));
        CHECK(plan.last <= plan.payment);
        CHECK(plan_of({.principal = usd("1000.00"), .yearly_rate = {}, .months = 3}) ==
              LoanPlan{usd("333.34"), usd("333.32"), usd("0.00")});
        CHECK(plan_of({.principal = usd("0.01"), .yearly_rate = rate("1"), .months = 1}).interest == usd("0.00"));
        CHECK_THROWS_AS((void)plan_of({.principal = usd("0.00"), .yearly_rate = {}, .months = 3}), ContractViolation);
        CHECK_THROWS_AS((void)plan_of({.principal = usd("1.00"), .yearly_rate = {}, .months = 0}), ContractViolation);
    }
    TEST_CASE("the multiple at which a note costs more than a loan") {
        const std::vector<Money> revenue(16, usd("3000.00"));  // 150.00 a period
        CHECK(cost_of_note(note(), revenue).value() == usd("500.00"));
        const auto solved = multiple_above_loan(note(), revenue, usd("120.00"));
        REQUIRE(solved.has_value());
        CHECK(solved->answer == Tried{1'121, 121'00});
        CHECK(solved->below == Tried{1'120, 120'00});  // costs as much, not more
        CHECK(solved->above == Tried{1'122, 122'00});

        // 2,400.00 comes in at most, however high the multiple.
        const auto never = multiple_above_loan(note(), revenue, usd("1500.00"));
        REQUIRE_FALSE(never.has_value());
        CHECK(to_text(never.error()).find("no number of the range reaches 150001") == 0);
        revenue::NoteTerms defective = note();
        defective.holders.clear();
        CHECK_FALSE(multiple_above_loan(defective, revenue, usd("1.00")).has_value());
    }
}
