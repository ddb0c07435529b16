// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/sweep.hpp>

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>

using namespace crowdrules;

namespace {

Scenario small(const std::string& more = "") {
    const std::string text = R"(timeline = [
    { at = "launch + 1 day", pledge = { reward = "Mug", count = 40, name = "mugs" } },
    { at = "launch + 2 days", pledge = { amount = "55.00", by = "Anna" } },
    { at = "success + 20 days", refund = { of = "Anna" } },
]
[scenario]
title = "Mugs"
[terms]
currency = "USD"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
model = { goal = "100.00" }
rewards = [{ name = "Mug", minimum = "10.00" }]
charges = { retry_window = "7 days" }
payouts = { first_after = "14 days" }
refunds = { fees_returned_before_payout = true, partial = "kept" }
[terms.fees]
platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
)" + more;
    const auto scenario = parse_scenario(text, "mugs.toml");
    REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : to_text(scenario.error())));
    return *scenario;
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("a grid has every combination, the last axis changing fastest") {
        const std::vector<SweepAxis> axes{{"goal", {Node::of("1.00"), Node::of("2.00")}},
                                          {"limits.minimum", {Node::of("3.00"), Node::of("4.00"), Node::of("5.00")}}};
        const auto points = grid(axes);
        REQUIRE(points.size() == 6);
        CHECK(points[0] == SweepPoint{{"goal", Node::of("1.00")}, {"limits.minimum", Node::of("3.00")}});
        CHECK(points[1] == SweepPoint{{"goal", Node::of("1.00")}, {"limits.minimum", Node::of("4.00")}});
        CHECK(points[3] == SweepPoint{{"goal", Node::of("2.00")}, {"limits.minimum", Node::of("3.00")}});
        CHECK(grid({}) == std::vector<SweepPoint>(1));
        CHECK(grid(std::vector<SweepAxis>{{"goal", {}}}).empty());
    }
    TEST_CASE("every row is the scenario played with its changes") {
        const Scenario scenario = small();
        const SweepRow same = sweep_row(scenario, {});
        CHECK(same.statement->collected.amount == usd("455.00"));
        CHECK(same.statement->platform_fee == usd("22.75"));
        CHECK(same.fingerprint == fingerprint_of(scenario));

        const SweepRow dearer = sweep_row(scenario, SweepPoint{{"fees.platform.bands[1].rate", Node::of("10%")}});
        CHECK(dearer.statement->platform_fee == usd("45.50"));
        CHECK(dearer.fingerprint != same.fingerprint);
        CHECK(dearer == sweep_row(scenario, SweepPoint{{"fees.platform.bands[1].rate", Node::of("10%")}}));

        const SweepRow fewer = sweep_row(scenario, SweepPoint{{"settlement.failing", Node::of("50%")}});
        CHECK(fewer.statement->dropped.count == 20);
        const SweepRow limited = sweep_row(scenario, SweepPoint{{"limits.maximum", Node::of("50.00")}});
        CHECK_FALSE(limited.statement.has_value());  // without Anna's pledge there is nothing to refund
        CHECK(limited.findings.front().rule == "timeline");
    }
    TEST_CASE("a row tells how far its play has come, and ends where that throws") {
        const Scenario scenario = small();
        std::uint64_t told = 0;
        const SweepRow row = sweep_row(scenario, {}, [&](std::uint64_t done, std::uint64_t all) {
            CHECK(done <= all);
            told = done;
        });
        CHECK(told > 41);
        CHECK(row == sweep_row(scenario, {}));
        const auto enough = [](std::uint64_t, std::uint64_t) { throw std::runtime_error("enough"); };
        CHECK_THROWS_AS(static_cast<void>(sweep_row(scenario, {}, enough)), std::runtime_error);
    }
    TEST_CASE("a row that cannot be says why, and has no figures") {
        const Scenario scenario = small();
        const auto why = [&](const char* path, Node value) {
            const SweepRow row = sweep_row(scenario, SweepPoint{{path, std::move(value)}});
            CHECK_FALSE(row.statement.has_value());
            CHECK(row.fingerprint.empty());
            REQUIRE_FALSE(row.findings.empty());
            return row.findings.front().rule + ": " + row.findings.front().what;
        };
        CHECK(why("goal", Node::of("0.00")).substr(0, 10) == "model.goal");
        CHECK(why("settlement.failing", Node::of("3")) == "settlement.failing: cannot be read");
        CHECK(why("settlement.failing", Node::of("101%")) == "settlement.failing: cannot be read");
        CHECK(why("settlement.charges", Node::of("3%")) ==
              "settlement.charges: no part of a conduct that can be changed");
        CHECK(why("settlement.mended", Node::of("3%")) ==
              "settlement.mended: the scenario does not say when cards are mended");
        // Success never comes, so there is no moment to refund Anna.
        const SweepRow missed = sweep_row(scenario, SweepPoint{{"goal", Node::of("5000.00")}});
        CHECK_FALSE(missed.statement.has_value());
        CHECK(missed.findings.front().rule == "timeline");
        CHECK_FALSE(missed.fingerprint.empty());
    }
    TEST_CASE("a fingerprint changes with anything that a play depends on") {
        const Scenario scenario = small();
        std::set<std::string> seen{fingerprint_of(scenario)};
        CHECK(fingerprint_of(small()) == *seen.begin());
        const auto changes_it = [&](auto bend) {
            Scenario other = scenario;
            bend(other);
            CHECK(seen.insert(fingerprint_of(other)).second);
        };
        changes_it([](Scenario& s) { s.terms.model.goal += 1; });
        changes_it([](Scenario& s) { s.timeline[0].at.offset += Elapsed{1}; });
        changes_it([](Scenario& s) { std::get<PledgeLine>(s.timeline[0].what).count = 41; });
        changes_it([](Scenario& s) { std::get<PledgeLine>(s.timeline[1].what).wanted.amount = usd("55.01"); });
        changes_it([](Scenario& s) { std::get<PledgeLine>(s.timeline[1].what).wanted.bonus = 1; });
        changes_it([](Scenario& s) { std::get<RefundLine>(s.timeline[2].what).chosen.first = 1; });
        changes_it([](Scenario& s) { s.timeline.pop_back(); });
        changes_it([](Scenario& s) { s.timeline.emplace_back().what = campaign::PauseCampaign{}; });
        changes_it([](Scenario& s) { s.conduct.failing.size = 1u; });
        changes_it([](Scenario& s) { s.conduct.failing.size = Decimal(1); });
        changes_it([](Scenario& s) { s.conduct.charges = false; });
        changes_it([](Scenario& s) { s.spreads.push_back({.amount = usd("1.00"), .except = {}, .where = {}}); });
    }
}
