// SPDX-License-Identifier: BSL-1.0
// Settling from columns gives what playing the campaign through its events does, refusals and all.
#include <crowdrules/columns/settle_pledges.hpp>

#include "../campaign/everyday.hpp"
#include <map>
#include <numeric>

using namespace crowdrules;
using namespace crowdrules::campaign::sample;

namespace crowdrules {
inline doctest::String toString(PledgeReason reason) {
    return std::string(to_text(reason)).c_str();
}
}  // namespace crowdrules

namespace {

struct Columns {
    std::vector<std::int64_t> amounts{};
    std::vector<std::uint16_t> rewards{};
    std::vector<std::uint8_t> collected{};

    [[nodiscard]] PledgeColumns view() const { return {amounts, rewards, collected}; }
};

/// The figures of every pledge.
struct Figures {
    explicit Figures(std::size_t rows) : fee(rows), platform_fee(rows), net(rows), outcome(rows), reason(rows) {}
    std::vector<std::int64_t> fee, platform_fee, net;
    std::vector<RowOutcome> outcome;
    std::vector<PledgeReason> reason;

    [[nodiscard]] PledgeFigures view() { return {fee, platform_fee, net, outcome, reason}; }
};

struct Played {
    campaign::Statement statement;
    std::vector<std::optional<campaign::RejectionCode>> refusals;
};

/// The same campaign, pledge by pledge.
Played played(const campaign::Terms& agreed, const Columns& columns) {
    Player play(agreed, agreed.window.opens);
    std::vector<std::optional<campaign::RejectionCode>> refusals;
    for (std::size_t i = 0; i < columns.amounts.size(); ++i) {
        const campaign::MakePledge command{
            PledgeId{i + 1},
            BackerId{i + 1},
            {.reward = campaign::RewardId{columns.rewards.empty() ? 0u : columns.rewards[i]},
             .ship_to = "US",
             .amount = {columns.amounts[i], agreed.currency},
             .by_link = true}};
        refusals.push_back(play.refused(command));
        if (!refusals.back()) play.does(command);
    }
    play.pass(agreed.window.ended_at());
    if (play.state().succeeded_at) {
        for (std::size_t i = 0; i < columns.amounts.size(); ++i) {
            if (!refusals[i] && (columns.collected.empty() || columns.collected[i] != 0)) play.charge(i + 1);
        }
        play.pass(agreed.window.ended_at() + days{14});
        for (const campaign::Due& item : agenda(play.campaign()))
            if (!play.refused(campaign::PayOut{item.payout})) play.does(campaign::PayOut{item.payout});
    }
    balances(play);
    return {statement(play.campaign()), std::move(refusals)};
}

Columns any_columns(std::mt19937_64& random) {
    Columns columns;
    const std::uint64_t count = any(random, 60);
    const bool with_rewards = any(random, 2) == 0, with_drops = any(random, 2) == 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        columns.amounts.push_back(static_cast<std::int64_t>(5 + any(random, any(random, 2) == 0 ? 10'00 : 100'00)));
        if (with_rewards) columns.rewards.push_back(static_cast<std::uint16_t>(any(random, 3)));
        if (with_drops) columns.collected.push_back(any(random, 5) != 0);
    }
    return columns;
}

/// Limits of pledges and rewards that refuse some of them, and guards of every kind.
void restrict_any(std::mt19937_64& random, campaign::Terms& agreed) {
    if (any(random, 2) == 0) agreed.limits.minimum = static_cast<std::int64_t>(any(random, 8'00));
    if (any(random, 2) == 0) agreed.limits.maximum = static_cast<std::int64_t>(20'00 + any(random, 60'00));
    agreed.limits.reward_required = any(random, 4) == 0;
    for (campaign::Reward& reward : agreed.rewards) {
        if (any(random, 2) == 0) reward.minimum = static_cast<std::int64_t>(1 + any(random, 15'00));
        if (any(random, 3) == 0) reward.quantity = static_cast<std::uint32_t>(1 + any(random, 12));
        reward.hidden = any(random, 4) == 0;
        if (any(random, 4) == 0) reward.available = Window{.opens = opens - days{3}, .closes = opens + days{3}};
        if (any(random, 9) == 0) reward.available = Window{.opens = opens - days{3}, .closes = opens};
        if (any(random, 9) == 0) reward.available = Window{.opens = closes + days{1}};
        if (any(random, 3) == 0)
            reward.shipping = {.ships = any(random, 3) == 0 ? campaign::Ships::listed : campaign::Ships::anywhere,
                               .rates = {{.destination = "US", .cost = static_cast<std::int64_t>(any(random, 3'00))},
                                         {.destination = std::string(campaign::everywhere), .cost = 9'00}}};
    }
    if (any(random, 9) == 0) agreed.model.shipping_counts = false;
    if (any(random, 2) == 0) return;
    campaign::Guards& guards = agreed.guards.emplace();
    guards.creators_own = static_cast<campaign::AccountRule>(any(random, 3));
    guards.related = static_cast<campaign::AccountRule>(any(random, 3));
    guards.named_deciders = any(random, 2) == 0;
    guards.identity.creator_before_pledges = any(random, 6) == 0;
    guards.identity.creator_before_payout = any(random, 6) == 0;
    if (any(random, 6) == 0) guards.identity.backers_from = static_cast<std::int64_t>(1 + any(random, 50'00));
    if (any(random, 6) == 0) guards.identity.rewards = {campaign::RewardId{1 + any(random, 2)}};
    if (any(random, 6) == 0)
        guards.person = campaign::PersonLimits{.classes = {{.name = "general", .per_campaign = 30'00}}};
}

PledgeReason reason_of(const std::optional<campaign::RejectionCode>& refusal) {
    for (std::size_t i = 0; i < pledge_reason_count; ++i) {
        const auto reason = static_cast<PledgeReason>(i);
        if (refusal && to_text(reason) == to_text(*refusal)) return reason;
    }
    return PledgeReason::none;
}

std::int64_t sum_of(const std::vector<std::int64_t>& figures) {
    return std::accumulate(figures.begin(), figures.end(), std::int64_t{0});
}

}  // namespace

TEST_SUITE("columns") {
    TEST_CASE("columns and events give the same statement, whatever the terms and the pledges") {
        int succeeded = 0, failed = 0, kept = 0;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            const campaign::Terms agreed = any_everyday_terms(random);
            const Columns columns = any_columns(random);
            const campaign::Statement settled = settle(agreed, columns.view()).value();
            CHECK(settled == played(agreed, columns).statement);
            succeeded += settled.phase == campaign::Phase::succeeded && !settled.goal_missed ? 1 : 0;
            failed += settled.phase == campaign::Phase::failed ? 1 : 0;
            kept += settled.goal_missed ? 1 : 0;
        }
        CHECK(succeeded > 50);
        CHECK(failed > 50);
        CHECK(kept > 20);
    }

    TEST_CASE("a pledge is refused as decide refuses it, or the terms are, whatever limits and guards they have") {
        int settled_count = 0, refused_terms = 0, guarded = 0;
        std::map<campaign::RejectionCode, int> seen;
        for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            campaign::Terms agreed = any_everyday_terms(random);
            restrict_any(random, agreed);
            const Columns columns = any_columns(random);
            if (has_refusal(defects_of(agreed))) continue;
            if (why_not_settled_by_columns(agreed)) {
                ++refused_terms;
                CHECK_THROWS_AS((void)settle(agreed, columns.view()), ContractViolation);
                continue;
            }
            Figures rows(columns.amounts.size());
            const campaign::Statement settled = settle(agreed, columns.view(), rows.view()).value();
            const Played expected = played(agreed, columns);
            CHECK(settled == expected.statement);
            for (std::size_t i = 0; i < columns.amounts.size(); ++i) {
                const auto& refusal = expected.refusals[i];
                CAPTURE(i);
                CHECK((rows.outcome[i] == RowOutcome::refused) == refusal.has_value());
                if (refusal) CHECK(rows.reason[i] == reason_of(refusal));
                if (refusal) ++seen[*refusal];
            }
            CHECK(sum_of(rows.fee) == (settled.processing_fee + settled.processing_tax).minor());
            CHECK(sum_of(rows.platform_fee) == (settled.platform_fee + settled.platform_tax).minor());
            CHECK(sum_of(rows.net) == (settled.paid - settled.owed).minor());
            CHECK(settle(agreed, columns.view()).value() == settled);
            ++settled_count;
            guarded += agreed.guards ? 1 : 0;
        }
        CHECK(settled_count > 400);
        CHECK(refused_terms > 200);
        CHECK(guarded > 100);
        for (const campaign::RejectionCode code :
             {campaign::RejectionCode::amount_below_minimum, campaign::RejectionCode::amount_above_maximum,
              campaign::RejectionCode::reward_sold_out, campaign::RejectionCode::reward_required,
              campaign::RejectionCode::reward_not_started, campaign::RejectionCode::reward_expired})
            CHECK(seen[code] > 20);
    }

    TEST_CASE("what a pledge of the worked example comes to") {
        campaign::Terms agreed = terms(campaign::FundingModel::all_or_nothing(cents(100'00)));
        agreed.add_ons.clear();
        const Columns columns{.amounts = {20'00, 30'00, 20'00, 40'00, 20'00, 20'00, 50},
                              .rewards = {2, 0, 2, 1, 2, 2, 0},
                              .collected = {1, 0, 1, 1, 1, 1, 1}};
        Figures rows(columns.amounts.size());
        const campaign::Statement settled = settle(agreed, columns.view(), rows.view()).value();
        CHECK(rows.outcome[1] == RowOutcome::dropped);
        CHECK(rows.reason[1] == PledgeReason::never_collected);
        CHECK(rows.reason[5] == PledgeReason::reward_sold_out);  // three early birds are gone
        CHECK(rows.reason[6] == PledgeReason::amount_below_minimum);
        CHECK(rows.fee == std::vector<std::int64_t>{80, 0, 80, 1'40, 80, 0, 0});
        CHECK(rows.platform_fee == std::vector<std::int64_t>{1'00, 0, 1'00, 2'00, 1'00, 0, 0});
        CHECK(rows.net == std::vector<std::int64_t>{18'20, 0, 18'20, 36'60, 18'20, 0, 0});
        CHECK(settled.paid == cents(91'20));

        agreed.model.goal = 1'000'00;
        CHECK(settle(agreed, columns.view(), rows.view()).value().phase == campaign::Phase::failed);
        CHECK(rows.outcome[0] == RowOutcome::released);
        CHECK(rows.reason[0] == PledgeReason::goal_missed);
        CHECK(rows.reason[6] == PledgeReason::amount_below_minimum);
        CHECK(sum_of(rows.net) == 0);
    }

    TEST_CASE("a reward that is sent nowhere is chosen by nobody, and its cheapest shipping is in the pledge") {
        campaign::Terms agreed = terms();
        agreed.add_ons.clear();
        const auto reason = [&](std::int64_t amount) {
            Figures rows(1);
            const Columns columns{.amounts = {amount}, .rewards = {3}};
            (void)settle(agreed, columns.view(), rows.view()).value();
            return rows.reason[0];
        };
        CHECK(reason(105'00) == PledgeReason::goal_missed);
        CHECK(reason(104'99) == PledgeReason::amount_below_minimum);
        agreed.rewards[2].shipping = {.ships = campaign::Ships::anywhere,
                                      .rates = {{.destination = "US", .cost = 5'00}}};
        CHECK(reason(100'00) == PledgeReason::goal_missed);  // elsewhere it is free
        agreed.rewards[2].shipping = {.ships = campaign::Ships::listed, .rates = {}};
        if (!has_refusal(defects_of(agreed))) CHECK(reason(200'00) == PledgeReason::not_shipped_there);
    }

    TEST_CASE("a campaign without pledges fails, and one whose every pledge is dropped pays nothing") {
        campaign::Terms agreed = terms();
        agreed.add_ons.clear();
        CHECK(settle(agreed, {}).value().phase == campaign::Phase::failed);
        const Columns all_dropped{.amounts = {600'00, 600'00}, .collected = {0, 0}};
        const campaign::Statement nothing = settle(agreed, all_dropped.view()).value();
        CHECK(nothing.phase == campaign::Phase::succeeded);
        CHECK(nothing.dropped == campaign::StatementCount{2, cents(1'200'00)});
        CHECK(nothing.paid == cents(0));
        CHECK(nothing == played(agreed, all_dropped).statement);
    }

    TEST_CASE("a payout that refunds make possible is made once, and one that was made is not made again") {
        campaign::Terms agreed = terms(campaign::FundingModel::keep_what_is_raised(cents(1'000'00)));
        agreed.add_ons.clear();
        agreed.refunds.fees_returned_before_payout = true;
        campaign::FateSums sums;
        // Fees are all that came in, until one of the two charges is given back with its own.
        agreed.fees.platform.bands = {{.rate = decimal("0%")}};
        sums[campaign::PledgeFate::kept] = {.count = 1, .amount = 30'00, .fee = 20'00};
        sums[campaign::PledgeFate::refunded_after_payout] = {.count = 1, .amount = 10'00, .fee = 20'00};
        const campaign::Statement late = settle_sums(agreed, sums);
        CHECK(late.collected == campaign::StatementCount{2, cents(40'00)});  // ever
        CHECK(late.processing_fee == cents(20'00));
        CHECK(late.paid == cents(10'00));
        CHECK(late.payouts.at(0).net == 10'00);

        agreed.fees.platform.bands = {{.rate = decimal("5%")}};
        sums[campaign::PledgeFate::kept] = {.count = 2, .amount = 100'00, .fee = 3'40};
        sums[campaign::PledgeFate::refunded_after_payout] = {.count = 1, .amount = 10'00, .fee = 50};
        const campaign::Statement early = settle_sums(agreed, sums);
        CHECK(early.processing_fee == cents(3'90));
        CHECK(early.platform_fee == cents(5'50));
        CHECK(early.paid == cents(100'60));
        REQUIRE(early.payouts.size() == 1);
        CHECK(early.payouts[0].net == 100'60);
        CHECK(early.holders[static_cast<std::size_t>(Account::escrow)] == cents(0));
        CHECK(early.holders[static_cast<std::size_t>(Account::creator)] == cents(90'60));
    }

    TEST_CASE("pledges that together leave 64 bits are refused from the first that does") {
        campaign::Terms agreed = terms();
        agreed.add_ons.clear();
        agreed.limits.maximum.reset();
        agreed.fees = {};
        const std::int64_t most = std::numeric_limits<std::int64_t>::max();
        const Columns huge{.amounts = {most - 5'00, 5'01, 5'00}};
        Figures rows(3);
        CHECK(settle(agreed, huge.view(), rows.view()).value() == played(agreed, huge).statement);
        CHECK(rows.reason == std::vector{PledgeReason::none, PledgeReason::amount_too_large, PledgeReason::none});
    }

    TEST_CASE("terms that columns cannot settle break the contract") {
        campaign::Terms everyday = terms();
        everyday.add_ons.clear();
        const Columns good{.amounts = {600'00, 600'00}};
        CHECK_NOTHROW((void)settle(everyday, good.view()).value());
        const auto refuses = [&](auto bend) {
            campaign::Terms agreed = everyday;
            Columns columns = good;
            bend(agreed, columns);
            CHECK_THROWS_AS((void)settle(agreed, columns.view()), ContractViolation);
        };
        refuses([](campaign::Terms& t, Columns&) { t.charges.timing = ChargeTiming::at_pledge; });
        refuses([](campaign::Terms& t, Columns&) { t.reserve = ReservePlan{.rate = decimal("5%")}; });
        refuses([](campaign::Terms& t, Columns&) { t.instalments = InstalmentPlan{}; });
        refuses([](campaign::Terms& t, Columns&) { t.model.cap = campaign::Cap{.at = 5'000'00}; });
        refuses([](campaign::Terms& t, Columns&) { t.model.judged = campaign::OutcomeTiming::when_reached; });
        refuses([](campaign::Terms& t, Columns&) { t.guards.emplace().identity.creator_before_pledges = true; });
        refuses([](campaign::Terms&, Columns& c) { c.collected = {1}; });
    }

    TEST_CASE("a row that is no pledge is named, with what would be one") {
        campaign::Terms everyday = terms();
        everyday.add_ons.clear();
        const auto error = [&](const Columns& columns) { return to_text(settle(everyday, columns.view()).error()); };
        CHECK(error({.amounts = {1, 0}}) == "amounts, row 1: 0 is no pledge; accepted: at least 1 minor unit of USD");
        CHECK(error({.amounts = {1, 1, -4}}) ==
              "amounts, row 2: -4 is no pledge; accepted: at least 1 minor unit of USD");
        CHECK(error({.amounts = {1, 1}, .rewards = {1, 9}}) ==
              "rewards, row 1: there is no reward 9; accepted: 0 for none, or 1 to 3");
        CHECK(error({.amounts = {1}, .collected = {2}}) ==
              "collected, row 0: 2 is neither 1 nor 0; accepted: 1 for charged, 0 for never charged");
    }
}
