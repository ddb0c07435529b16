// SPDX-License-Identifier: BSL-1.0
// Settling from columns gives what playing the campaign through its events does.
#include <crowdrules/campaign/settle.hpp>

#include "books.hpp"

using namespace crowdrules;
using namespace crowdrules::sample;

namespace {

struct Columns {
    std::vector<std::int64_t> amounts{};
    std::vector<std::uint16_t> rewards{};
    std::vector<std::uint8_t> collected{};

    [[nodiscard]] PledgeColumns view() const { return {amounts, rewards, collected}; }
};

/// The same campaign, pledge by pledge.
Statement played(const Terms& agreed, const Columns& columns) {
    Player play(agreed, agreed.window.opens);
    for (std::size_t i = 0; i < columns.amounts.size(); ++i) {
        play.pledge(i + 1, {.reward = RewardId{columns.rewards.empty() ? 0u : columns.rewards[i]},
                            .ship_to = "US",
                            .amount = {columns.amounts[i], agreed.currency}});
    }
    play.pass(agreed.window.ended_at());
    if (play.state().succeeded_at) {
        for (std::size_t i = 0; i < columns.amounts.size(); ++i) {
            if (columns.collected.empty() || columns.collected[i] != 0) play.charge(i + 1);
        }
        play.pass(agreed.window.ended_at() + days{14});
        for (const Due& item : agenda(play.campaign())) play.does(PayOut{item.payout});
    }
    balances(play);
    return statement(play.campaign());
}

Terms any_everyday_terms(std::mt19937_64& random) {
    Terms agreed = terms(FundingModel::all_or_nothing(cents(static_cast<std::int64_t>(1 + any(random, 1'500'00)))));
    agreed.limits.minimum = 0;
    agreed.rewards = {{.name = "Thanks", .minimum = 1}, {.name = "Limited", .minimum = 5, .quantity = 100}};
    agreed.add_ons.clear();
    if (any(random, 3) == 0) agreed.model.miss = Miss::keep;
    if (any(random, 4) == 0) agreed.model = FundingModel::headcount(static_cast<std::int64_t>(1 + any(random, 40)));
    if (any(random, 2) == 0) {
        agreed.fees.processing.bands = {{.rate = decimal("5%"), .fixed = 5},
                                        {.from = 10'00, .rate = decimal("3%"), .fixed = 20}};
    }
    if (any(random, 2) == 0) agreed.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("9%")}}};
    if (any(random, 2) == 0) {
        const FeeTax tax{.rate = decimal("19%"), .rounding = {RoundingMode::half_up}, .included = any(random, 2) == 0};
        agreed.fees.processing.tax = tax;
        if (any(random, 2) == 0) agreed.fees.platform.tax = tax;
    }
    if (any(random, 3) == 0) agreed.window.closing = ClosingInstant::included;
    return agreed;
}

using Fates = std::vector<PledgeFate>;

FateSums sums_of(const Terms& agreed, const std::vector<std::int64_t>& amounts, const Fates& fates) {
    FateSums sums;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const Money fee = fee_on(agreed.fees.processing, {amounts[i], agreed.currency});
        const Money tax = tax_on(agreed.fees.processing, fee);
        const bool included = agreed.fees.processing.tax && agreed.fees.processing.tax->included;
        FateSum& sum = sums[fates[i]];
        ++sum.count;
        sum.amount += amounts[i];
        sum.fee += (included ? fee - tax : fee).minor();
        sum.tax += tax.minor();
    }
    return sums;
}

/// The same campaign, pledge by pledge, each to its end.
Statement played(const Terms& agreed, const std::vector<std::int64_t>& amounts, const Fates& fates) {
    Player play(agreed, agreed.window.opens);
    const auto each = [&](auto visit) {
        for (std::size_t i = 0; i < amounts.size(); ++i) visit(i + 1, Money(amounts[i], agreed.currency), fates[i]);
    };
    const auto pay_out = [&] {
        for (const Due& item : agenda(play.campaign()))
            if (!play.refused(PayOut{item.payout})) play.does(PayOut{item.payout});
    };
    each([&](std::uint64_t id, Money amount, PledgeFate) { play.pledge(id, amount); });
    each([&](std::uint64_t id, Money, PledgeFate fate) {
        if (fate == PledgeFate::cancelled) play.does(CancelPledge{PledgeId{id}});
    });
    play.pass(agreed.window.ended_at());
    if (!play.state().succeeded_at) return statement(play.campaign());
    each([&](std::uint64_t id, Money, PledgeFate fate) {
        if (fate != PledgeFate::cancelled) play.charge(id, fate != PledgeFate::dropped);
    });
    each([&](std::uint64_t id, Money amount, PledgeFate fate) {
        if (fate == PledgeFate::refunded) play.does(RefundPledge{PledgeId{id}, amount});
    });
    play.pass(agreed.window.ended_at() + days{14});
    pay_out();
    each([&](std::uint64_t id, Money amount, PledgeFate fate) {
        if (fate == PledgeFate::refunded_after_payout) play.does(RefundPledge{PledgeId{id}, amount});
    });
    each([&](std::uint64_t id, Money, PledgeFate fate) {
        if (fate != PledgeFate::lost_to_fraud && fate != PledgeFate::lost_over_reward) return;
        const auto reason = fate == PledgeFate::lost_to_fraud ? DisputeReason::fraud : DisputeReason::reward;
        play.does(OpenDispute{.pledge = PledgeId{id}, .reason = reason});
        play.does(CloseDispute{PledgeId{id}, false});
    });
    pay_out();
    balances(play);
    return statement(play.campaign());
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

}  // namespace

TEST_SUITE("campaign") {
    TEST_CASE("columns and events give the same statement, whatever the terms and the pledges") {
        int succeeded = 0, failed = 0, kept = 0;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            const Terms agreed = any_everyday_terms(random);
            const Columns columns = any_columns(random);
            const Statement settled = settle(agreed, columns.view());
            const Statement expected = played(agreed, columns);
            CHECK(settled == expected);
            succeeded += settled.phase == Phase::succeeded && !settled.goal_missed ? 1 : 0;
            failed += settled.phase == Phase::failed ? 1 : 0;
            kept += settled.goal_missed ? 1 : 0;
        }
        CHECK(succeeded > 50);
        CHECK(failed > 50);
        CHECK(kept > 20);
    }

    TEST_CASE("sums of pledges that end alike give the statement of the pledges, whatever becomes of them") {
        int refunded = 0, charged_back = 0, owed = 0;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            Terms agreed = any_everyday_terms(random);
            agreed.rewards.clear();
            agreed.refunds.fees_returned_before_payout = any(random, 2) == 0;
            agreed.disputes.fraud = any(random, 2) == 0 ? Bearer::platform : Bearer::creator;
            agreed.disputes.reward = any(random, 2) == 0 ? Bearer::platform : Bearer::creator;
            std::vector<std::int64_t> amounts;
            Fates fates;
            const std::uint64_t count = any(random, 40);
            const std::uint64_t kept_of_ten = any(random, 10);  // from all to hardly any
            for (std::uint64_t i = 0; i < count; ++i) {
                amounts.push_back(static_cast<std::int64_t>(1 + any(random, any(random, 2) == 0 ? 50 : 100'00)));
                fates.push_back(any(random, 10) < kept_of_ten
                                    ? PledgeFate::kept
                                    : static_cast<PledgeFate>(any(random, pledge_fate_count)));
            }
            const Statement settled = settle_sums(agreed, sums_of(agreed, amounts, fates));
            CHECK(settled == played(agreed, amounts, fates));
            refunded += settled.refunded.is_positive() ? 1 : 0;
            charged_back += settled.charged_back.is_positive() ? 1 : 0;
            owed += settled.owed.is_positive() ? 1 : 0;
        }
        CHECK(refunded > 50);
        CHECK(charged_back > 50);
        CHECK(owed > 50);
    }

    TEST_CASE("sums that cannot be are refused") {
        Terms everyday = terms();
        everyday.add_ons.clear();
        FateSums sums;
        CHECK(settle_sums(everyday, sums).phase == Phase::failed);
        sums[PledgeFate::kept] = {.count = 1, .amount = -1};
        CHECK_THROWS_AS((void)settle_sums(everyday, sums), ContractViolation);
        sums[PledgeFate::kept] = {.count = 1, .amount = std::numeric_limits<std::int64_t>::max()};
        sums[PledgeFate::dropped] = {.count = 1, .amount = 1};
        CHECK_THROWS_AS((void)settle_sums(everyday, sums), Overflow);
        CHECK_THROWS_AS((void)settle_sums(terms(), FateSums{}), ContractViolation);  // add-ons
    }

    TEST_CASE("a campaign without pledges fails, and one whose every pledge is dropped pays nothing") {
        Terms agreed = terms();
        agreed.add_ons.clear();
        CHECK(settle(agreed, {}).phase == Phase::failed);
        const Columns all_dropped{.amounts = {600'00, 600'00}, .collected = {0, 0}};
        const Statement nothing = settle(agreed, all_dropped.view());
        CHECK(nothing.phase == Phase::succeeded);
        CHECK(nothing.dropped == StatementCount{2, cents(1'200'00)});
        CHECK(nothing.paid == cents(0));
        CHECK(nothing == played(agreed, all_dropped));
    }

    TEST_CASE("what columns cannot say is refused") {
        Terms everyday = terms();
        everyday.add_ons.clear();
        const Columns good{.amounts = {600'00, 600'00}};
        CHECK_NOTHROW((void)settle(everyday, good.view()));
        const auto refuses = [&](auto bend) {
            Terms agreed = everyday;
            Columns columns = good;
            bend(agreed, columns);
            CHECK_THROWS_AS((void)settle(agreed, columns.view()), ContractViolation);
        };
        refuses([](Terms& t, Columns&) { t.charges.timing = ChargeTiming::at_pledge; });
        refuses([](Terms& t, Columns&) { t.reserve = ReservePlan{.rate = decimal("5%")}; });
        refuses([](Terms& t, Columns&) { t.instalments = InstalmentPlan{}; });
        refuses([](Terms& t, Columns&) { t.model.cap = Cap{.at = 5'000'00}; });
        refuses([](Terms& t, Columns&) { t.model.judged = Judged::when_reached; });
        refuses([](Terms&, Columns& c) { c.amounts[0] = 0; });
        refuses([](Terms&, Columns& c) { c.amounts[0] = -1; });
        refuses([](Terms&, Columns& c) { c.collected = {1}; });
        refuses([](Terms&, Columns& c) { c.rewards = {1, 9}; });
        const std::int64_t most = std::numeric_limits<std::int64_t>::max();
        const Columns huge{.amounts = {most, most}};
        CHECK_THROWS_AS((void)settle(everyday, huge.view()), Overflow);
    }
}
