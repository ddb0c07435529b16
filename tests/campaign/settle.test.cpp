// SPDX-License-Identifier: BSL-1.0
// Settling from sums gives what playing the campaign through its events does.
#include <crowdrules/campaign/settle.hpp>

#include "books.hpp"
#include "everyday.hpp"

using namespace crowdrules;
using namespace crowdrules::campaign;
using namespace crowdrules::campaign::sample;

namespace {

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

}  // namespace

TEST_SUITE("campaign") {
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
            if (any(random, 2) == 0) agreed.disputes.fee = 15'00;
            if (any(random, 3) == 0) agreed.disputes.fee_bearer = Bearer::platform;
            if (any(random, 3) == 0) agreed.refunds.platform = PartialRefundFee::kept;
            if (any(random, 3) == 0) agreed.refunds.platform = PartialRefundFee::proportional;
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

    TEST_CASE("sums are not settled where they do not say what the terms ask") {
        Terms everyday = terms();
        everyday.add_ons.clear();
        everyday.guards = Guards{.named_deciders = true};  // nobody decides anything
        CHECK(why_not_settled_by_columns(everyday) == std::nullopt);
        const auto bent = [&](auto bend) {
            Terms agreed = everyday;
            bend(agreed);
            CHECK(defects_of(agreed).empty());
            CHECK_THROWS_AS((void)settle_sums(agreed, FateSums{}), ContractViolation);
            return why_not_settled_by_columns(agreed).value_or("");
        };
        const auto says = [](const std::string& text, const char* part) {
            CAPTURE(text);
            CHECK(text.find(part) != std::string::npos);
        };
        says(bent([](Terms& t) { t.guards->identity.creator_before_pledges = true; }), "whether the creator is");
        says(bent([](Terms& t) { t.guards->identity.creator_before_payout = true; }), "whether the creator is");
        says(bent([](Terms& t) { t.guards->identity.backers_from = 100'00; }), "which of them are");
        says(bent([](Terms& t) { t.guards->identity.rewards = {poster}; }), "which of them are");
        says(bent([](Terms& t) {
                 t.guards->person = PersonLimits{.classes = {{.name = "general", .per_campaign = 500'00}}};
             }),
             "who gives");
        says(bent([](Terms& t) { t.model.shipping_counts = false; }), "how much of a pledge is shipping");
        says(bent([](Terms& t) { t.stretch_goals = {{.name = "More", .at = 2'000'00}}; }), "stretch goals");
    }
}
