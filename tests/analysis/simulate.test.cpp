// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/columns/settle_pledges.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace crowdrules;

namespace {

Decimal share(const char* text) {
    return Decimal::parse(text).value();
}

campaign::Terms small_terms(std::string_view goal = "1000.00") {
    campaign::Terms terms;
    terms.title = "Small";
    terms.model = campaign::FundingModel::all_or_nothing(usd(goal));
    terms.window = {instant("2016-06-01T12:00:00Z"), instant("2016-07-01T12:00:00Z")};
    terms.limits.minimum = 1;
    terms.charges.retry_window = std::chrono::days{7};
    terms.payouts.first_after = std::chrono::days{14};
    terms.fees.platform = {.name = "platform fee", .bands = {{.rate = share("5%")}}};
    terms.fees.processing = {.name = "processing fee",
                             .bands = {{.rate = share("5%"), .fixed = 5}, {1'000, share("3%"), 20}},
                             .rounding = {RoundingMode::half_up}};
    terms.refunds.partial = PartialRefundFee::kept;
    return terms;
}

const PledgeChances everything_happens{.cancellation = share("4%"),
                                       .card_failure = share("10%"),
                                       .mended = share("60%"),
                                       .refund = share("2.5%"),
                                       .refund_after_payout = share("1.25%"),
                                       .fraud_dispute = share("0.75%"),
                                       .reward_dispute = share("1.5%")};

std::vector<std::int64_t> any_amounts(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    std::vector<std::int64_t> amounts(count);
    for (std::int64_t& amount : amounts) {
        const std::uint64_t most = random() % 2 == 0 ? 900 : 40'000;
        amount = static_cast<std::int64_t>(1 + random() % most);
    }
    return amounts;
}

CampaignSimulation simulation_of(CampaignPlan plan) {
    auto made = CampaignSimulation::of(std::move(plan));
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : to_text(made.error())));
    return *made;
}

/// The campaign of one run, every pledge a command that is decided and applied.
campaign::Statement played(const campaign::Terms& terms, const std::vector<SimulatedPledge>& pledges) {
    const Instant deadline = terms.window.closes;
    campaign::Events events{launched(terms, terms.window.opens)};
    campaign::Campaign campaign = replay(events);
    const auto does = [&](Instant at, campaign::CommandBody what) {
        const auto done = perform(campaign, {.at = at, .what = std::move(what)}, events);
        REQUIRE_MESSAGE(done.has_value(), (done ? "" : to_text(done.error())));
    };
    const auto each = [&](auto visit) {
        for (std::size_t i = 0; i < pledges.size(); ++i)
            visit(PledgeId{i + 1}, Money(pledges[i].amount, terms.currency), pledges[i].fate);
    };
    each([&](PledgeId id, Money amount, campaign::PledgeFate) {
        does(terms.window.opens, campaign::MakePledge{id, BackerId{id.value}, {.amount = amount}});
    });
    each([&](PledgeId id, Money, campaign::PledgeFate fate) {
        if (fate == campaign::PledgeFate::cancelled) does(deadline - std::chrono::hours{1}, campaign::CancelPledge{id});
    });
    static_cast<void>(advance(campaign, deadline));
    if (campaign->phase != campaign::Phase::succeeded) return statement(campaign);

    each([&](PledgeId id, Money, campaign::PledgeFate fate) {
        if (fate != campaign::PledgeFate::cancelled)
            does(deadline, campaign::RecordCharge{id, fate != campaign::PledgeFate::dropped});
    });
    each([&](PledgeId id, Money amount, campaign::PledgeFate fate) {
        if (fate == campaign::PledgeFate::refunded)
            does(deadline + std::chrono::days{3}, campaign::RefundPledge{id, amount});
    });
    const Instant payday = deadline + terms.payouts.first_after;
    static_cast<void>(advance(campaign, payday));
    does(payday, campaign::PayOut{0});
    each([&](PledgeId id, Money amount, campaign::PledgeFate fate) {
        const Instant later = payday + std::chrono::days{30};
        if (fate == campaign::PledgeFate::refunded_after_payout) does(later, campaign::RefundPledge{id, amount});
        if (fate != campaign::PledgeFate::lost_to_fraud && fate != campaign::PledgeFate::lost_over_reward) return;
        const auto reason = fate == campaign::PledgeFate::lost_to_fraud ? DisputeReason::fraud : DisputeReason::reward;
        does(later, campaign::OpenDispute{.pledge = id, .reason = reason});
        does(later, campaign::CloseDispute{id, false});
    });
    return statement(campaign);
}

void agrees(const SimulatedRun& run, const campaign::Statement& s) {
    CHECK(run.succeeded == (s.phase == campaign::Phase::succeeded));
    CHECK(run.of(SimulatedFigure::backers) == static_cast<std::int64_t>(s.backers));
    CHECK(run.of(SimulatedFigure::pledged) == s.gross.amount.minor());
    CHECK(run.of(SimulatedFigure::cancelled) == s.cancelled.amount.minor());
    CHECK(run.of(SimulatedFigure::dropped) == s.dropped.amount.minor());
    CHECK(run.of(SimulatedFigure::charges) == static_cast<std::int64_t>(s.collected.count));
    CHECK(run.of(SimulatedFigure::collected) == s.collected.amount.minor());
    CHECK(run.of(SimulatedFigure::refunded) == s.refunded.minor());
    CHECK(run.of(SimulatedFigure::charged_back) == s.charged_back.minor());
    CHECK(run.of(SimulatedFigure::platform_fee) == s.platform_fee.minor());
    CHECK(run.of(SimulatedFigure::processing_fee) == s.processing_fee.minor());
    CHECK(run.of(SimulatedFigure::tax) == (s.platform_tax + s.processing_tax).minor());
    CHECK(run.of(SimulatedFigure::paid) == s.paid.minor());
    CHECK(run.of(SimulatedFigure::owed) == s.owed.minor());
    CHECK(run.of(SimulatedFigure::net) == s.holders[static_cast<std::size_t>(Account::creator)].minor());
}

/// A number that changes when any figure of any run does.
std::uint64_t digest_of(std::span<const SimulatedRun> runs) {
    std::uint64_t digest = 14695981039346656037u;
    const auto mix = [&](std::uint64_t value) { digest = (digest ^ value) * 1099511628211u; };
    for (const SimulatedRun& run : runs) {
        mix(run.run);
        mix(run.succeeded ? 1 : 0);
        for (const std::uint64_t count : run.fates) mix(count);
        for (const std::int64_t figure : run.figures) mix(static_cast<std::uint64_t>(figure));
    }
    return digest;
}

DrawnPledges drawn_pledges() {
    return {.count = {{0, 20, 1}, {60, 120, 4}, {1'500, 1'500, 1}},
            .offers = {{100, share("10%")}, {1'500, share("62.5%")}, {12'345, share("27.5%")}}};
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("a simulated campaign is the campaign played through the engine, to the cent") {
        int failed = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            CAPTURE(seed);
            campaign::Terms terms = small_terms(seed % 3 == 0 ? "12000.00" : "1000.00");
            if (seed % 2 == 0)
                terms.fees.processing.tax = terms.fees.platform.tax =
                    FeeTax{.rate = share("19%"), .rounding = {RoundingMode::half_up}, .included = seed % 4 == 0};
            if (seed % 5 == 0) terms.refunds.fees_returned_before_payout = false;
            CampaignPlan plan{.terms = terms, .pledges = any_amounts(seed, 120), .chances = everything_happens};
            if (seed % 4 == 1) plan.pledges = drawn_pledges();
            const CampaignSimulation simulation = simulation_of(plan);
            for (const SimulatedRun& run : simulation.runs(seed, 0, 6)) {
                const auto pledges = simulation.pledges(seed, run.run);
                if (pledges.size() > 200) continue;  // playing takes long
                agrees(run, played(terms, pledges));
                failed += run.succeeded ? 0 : 1;
            }
        }
        CHECK(failed > 3);
    }
    TEST_CASE("what runs sum up are the pledges of the run") {
        for (const bool drawn : {false, true}) {
            CampaignPlan plan{.terms = small_terms(), .pledges = any_amounts(1, 2'500), .chances = everything_happens};
            if (drawn) plan.pledges = drawn_pledges();
            const CampaignSimulation simulation = simulation_of(plan);
            for (const SimulatedRun& run : simulation.runs(99, 40, 20)) {
                std::array<std::uint64_t, campaign::pledge_fate_count> fates{};
                std::int64_t pledged = 0;
                for (const SimulatedPledge& pledge : simulation.pledges(99, run.run)) {
                    ++fates[static_cast<std::size_t>(pledge.fate)];
                    if (pledge.fate != campaign::PledgeFate::cancelled) pledged += pledge.amount;
                }
                CHECK(run.fates == fates);
                CHECK(run.of(SimulatedFigure::pledged) == pledged);
            }
        }
    }
    TEST_CASE("the same seed gives the same runs, however they are split") {
        const CampaignSimulation simulation =
            simulation_of({.terms = small_terms(), .pledges = any_amounts(2, 300), .chances = everything_happens});
        const auto whole = simulation.runs(7, 0, 600);
        CHECK(digest_of(whole) == digest_of(simulation.runs(7, 0, 600)));
        CHECK(digest_of(whole) != digest_of(simulation.runs(8, 0, 600)));
        std::mt19937_64 random(1);
        SimulationSummary merged;
        for (std::uint64_t first = 0; first < whole.size();) {
            const std::uint64_t count = std::min<std::uint64_t>(1 + random() % 290, whole.size() - first);
            const auto part = simulation.runs(7, first, count);
            CHECK(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
            SimulationSummary summary = summarise(part);
            if (random() % 2 == 0) std::swap(summary, merged);
            merged.merge(summary);
            first += count;
        }
        CHECK(merged == summarise(whole));
        CHECK(merged.runs == 600);
        CHECK(simulation.runs(7, 5, 0).empty());
        CHECK(simulation.runs(7, UINT64_MAX - 1, 1).front().run == UINT64_MAX - 1);
    }
    TEST_CASE("the numbers are those of every other machine") {
        const CampaignSimulation given =
            simulation_of({.terms = small_terms(), .pledges = any_amounts(3, 3'000), .chances = everything_happens});
        CHECK(digest_of(given.runs(2012, 0, 100)) == 10144169691907813098u);
        const CampaignSimulation drawn =
            simulation_of({.terms = small_terms(), .pledges = drawn_pledges(), .chances = everything_happens});
        CHECK(digest_of(drawn.runs(2012, 0, 100)) == 1446442692725299209u);
    }
    TEST_CASE("what is stated happens as often as stated") {
        const CampaignSimulation simulation = simulation_of({.terms = small_terms(),
                                                             .pledges = std::vector<std::int64_t>(10'000, 2'500),
                                                             .chances = everything_happens});
        const SimulationSummary summary = summarise(simulation.runs(1, 0, 500));
        const double all = 5'000'000;
        const auto is_near = [&](campaign::PledgeFate fate, double chance) {
            const auto seen = static_cast<double>(summary.fates[static_cast<std::size_t>(fate)]);
            const double sigma = std::sqrt(all * chance * (1 - chance));
            CAPTURE(to_text(fate));
            CHECK(std::abs(seen - all * chance) < 4.5 * sigma);
        };
        const double charged = 0.96 * 0.96;
        is_near(campaign::PledgeFate::cancelled, 0.04);
        is_near(campaign::PledgeFate::dropped, 0.96 * 0.1 * 0.4);
        is_near(campaign::PledgeFate::refunded, charged * 0.025);
        is_near(campaign::PledgeFate::refunded_after_payout, charged * 0.0125);
        is_near(campaign::PledgeFate::lost_to_fraud, charged * 0.0075);
        is_near(campaign::PledgeFate::lost_over_reward, charged * 0.015);
    }
    TEST_CASE("without chances every run is the campaign itself") {
        const auto amounts = any_amounts(4, 77);
        const CampaignSimulation simulation = simulation_of({.terms = small_terms(), .pledges = amounts});
        const campaign::Statement expected = settle(small_terms(), {.amounts = amounts}).value();
        for (const SimulatedRun& run : simulation.runs(1, 0, 3)) agrees(run, expected);
        PledgeChances certain;
        certain.card_failure = Decimal(1);
        const auto all_dropped = simulation_of({.terms = small_terms(), .pledges = amounts, .chances = certain});
        CHECK(all_dropped.runs(1, 0, 1).front().of(campaign::PledgeFate::dropped) == 77);
        CHECK(all_dropped.runs(1, 0, 1).front().of(SimulatedFigure::paid) == 0);
        const auto nobody = simulation_of({.terms = small_terms(), .pledges = std::vector<std::int64_t>{}});
        CHECK_FALSE(nobody.runs(1, 0, 1).front().succeeded);
    }
    TEST_CASE("a plan that cannot be is refused, each fault by name") {
        const auto refusal_of = [](auto bend) {
            CampaignPlan plan{.terms = small_terms(), .pledges = std::vector<std::int64_t>{1'000}};
            bend(plan);
            const auto made = CampaignSimulation::of(std::move(plan));
            REQUIRE_FALSE(made.has_value());
            return made.error().front().rule + ": " + made.error().front().what;
        };
        CHECK(refusal_of([](CampaignPlan& p) { p.terms.charges.timing = ChargeTiming::at_pledge; }) ==
              "terms: settle serves pledges charged once at success, without add-ons, instalments or reserve");
        CHECK(refusal_of([](CampaignPlan& p) { p.chances.card_failure = share("101%"); }) ==
              "chances.card_failure: 101% is no part of all pledges");
        CHECK(refusal_of([](CampaignPlan& p) { p.chances.mended = share("-1%"); }) ==
              "chances.mended: -1% is no part of all pledges");
        CHECK(refusal_of([](CampaignPlan& p) { p.chances.cancellation = share("0.00001%"); }) ==
              "chances.cancellation: 0.00001% has more than 4 decimals");
        CHECK(refusal_of([](CampaignPlan& p) { p.chances.refund = p.chances.fraud_dispute = share("60%"); }) ==
              "chances.refund: refunds and disputes come to 120% of charged pledges");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = std::vector<std::int64_t>{5, 0}; }) ==
              "pledges: pledge 1 is of 0 minor units");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = std::vector<std::int64_t>{INT64_MAX, 1}; }) ==
              "pledges: the pledges together leave 64 bits");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = DrawnPledges{{}, {{100, Decimal(1)}}}; }) ==
              "pledges.count: there is no number to draw");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = DrawnPledges{always(10), {{100, share("0.5")}}}; }) ==
              "pledges.offers: the shares come to 50%");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = DrawnPledges{always(10), {{0, Decimal(1)}}}; }) ==
              "pledges.offers: a pledge of 0 minor units");
        CHECK(refusal_of([](CampaignPlan& p) { p.pledges = DrawnPledges{always(INT64_MAX), {}}; }) ==
              "pledges.count: more than 2^35 pledges");
    }
    TEST_CASE("a scenario's standing pledges become a plan") {
        const std::string text = R"(timeline = [
    { at = "launch + 1 day", pledge = { reward = "Mug", count = 11, name = "early" } },
    { at = "launch + 2 days", pledge = { amount = "25.00", by = "Anna" } },
    { at = "launch + 3 days", cancel = { of = "early", first = 1 } },
]
[scenario]
title = "A small campaign"
[terms]
currency = "USD"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
model = { goal = "100.00" }
rewards = [{ name = "Mug", minimum = "10.00" }]
charges = { retry_window = "7 days" }
payouts = { first_after = "14 days" }
[terms.fees]
platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
)";
        const auto scenario = parse_scenario(text, "small.toml");
        REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : to_text(scenario.error())));
        const auto plan = plan_of(*scenario);
        REQUIRE(plan.has_value());
        std::vector<std::int64_t> amounts(10, 1'000);
        amounts.push_back(2'500);
        CHECK(std::get<std::vector<std::int64_t>>(plan->pledges) == amounts);
        CHECK(simulation_of(*plan).runs(1, 0, 1).front().of(SimulatedFigure::pledged) == 12'500);

        Scenario cancelled = *scenario;
        TimelineLine end;
        end.at = {Moment::From::launch, std::chrono::days{4}};
        end.what = campaign::CancelCampaign{};
        cancelled.timeline.push_back(end);
        CHECK(plan_of(cancelled).error().front().what == "its campaign is cancelled");
        Scenario at_once = *scenario;
        at_once.terms.charges.timing = ChargeTiming::at_pledge;
        CHECK(plan_of(at_once).error().front().rule == "terms");
    }
}
