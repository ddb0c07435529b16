// SPDX-License-Identifier: BSL-1.0
// What holds for every campaign, whatever happens to it: random commands with fixed seeds.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/stories/campaign/report.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string_view>

using namespace crowdrules;

namespace {

/// Numbers that are the same on every platform: no distribution of the standard library is.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
    bool one_in(std::uint64_t chances) { return below(chances) == 0; }

  private:
    std::mt19937_64 engine_;
};

const Instant launch_time = instant("2016-06-01T12:00:00Z");

FeeSchedule fee(std::string name, std::vector<FeeBand> bands) {
    FeeSchedule schedule;
    schedule.name = std::move(name);
    schedule.bands = std::move(bands);
    schedule.rounding = {RoundingMode::half_up};
    return schedule;
}

/// Kickstarter's rules in outline, with everything on: limits, add-ons, shipping, stretch goals, instalments, late
/// pledges.
campaign::Terms rich_terms() {
    campaign::Terms terms;
    terms.title = "properties";
    terms.model = campaign::FundingModel::all_or_nothing(usd("500.00"));
    terms.window = {launch_time, launch_time + std::chrono::days{30}};
    terms.limits = {.minimum = 100, .maximum = 1'000'000, .locked_before_end = std::chrono::hours{24}};
    terms.rewards = {
        {.name = "limited", .minimum = 2'000, .quantity = 5},
        {.name = "shipped",
         .minimum = 3'500,
         .late_price = 4'000,
         .shipping = {campaign::Ships::anywhere, {{"US", 500}}}},
        {.name = "plain", .minimum = 1'000},
    };
    terms.add_ons = {{.name = "strap", .price = 700}, {.name = "coin", .price = 300, .locked = true}};
    terms.stretch_goals = {
        {.name = "coins", .at = 60'000, .kept = false, .effect = campaign::OpenAddOn{campaign::AddOnId{2}}},
        {.name = "more",
         .measure = campaign::Measure::backers,
         .at = 10,
         .effect = campaign::AddStock{campaign::RewardId{1}, 5}},
    };
    terms.charges = {.retry_window = std::chrono::days{7}, .remind_every = std::chrono::hours{48}};
    InstalmentPlan instalments;
    instalments.minimum = 5'000;
    instalments.retry_first = std::chrono::days{7};
    instalments.retry_later = std::chrono::days{14};
    terms.instalments = instalments;
    terms.late_pledges = campaign::LatePledges{};
    terms.payouts = {.first_after = std::chrono::days{14},
                     .later_first_after = std::chrono::days{17},
                     .later_every = {.every = std::chrono::days{7}},
                     .later_cut_off = std::chrono::days{3}};
    terms.fees.platform = fee("platform fee", {{0, rate("5%"), 0}});
    terms.fees.processing = fee("processing fee", {{0, rate("5%"), 5}, {1'000, rate("3%"), 20}});
    terms.refunds.partial = PartialRefundFee::recomputed;
    return terms;
}

campaign::PledgeChoice some_choice(Dice& dice) {
    campaign::PledgeChoice choice;
    choice.reward = campaign::RewardId{dice.below(4)};
    if (dice.one_in(3))
        choice.add_ons.push_back({campaign::AddOnId{1 + dice.below(2)}, 1 + static_cast<std::uint32_t>(dice.below(3))});
    if (choice.reward == campaign::RewardId{2} || dice.one_in(4)) choice.ship_to = dice.one_in(2) ? "US" : "NZ";
    choice.amount = Money(static_cast<std::int64_t>(dice.below(20'000)), dice.one_in(40) ? EUR : USD);
    choice.in_instalments = dice.one_in(8);
    return choice;
}

/// Anything that somebody might want, sensible or not.
campaign::CommandBody some_command(Dice& dice, std::uint64_t& pledges) {
    const PledgeId old{1 + dice.below(pledges + 1)};
    const PledgeId disputed{1 + dice.below(8)};  // few, so that many disputes also end
    switch (dice.below(16)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
            ++pledges;
            return campaign::MakePledge{PledgeId{pledges}, BackerId{1 + dice.below(40)}, some_choice(dice)};
        case 5:
            return campaign::ChangePledge{old, some_choice(dice)};
        case 6:
            return campaign::CancelPledge{old};
        case 7:
        case 8:
        case 9:
            return campaign::RecordCharge{old, !dice.one_in(4), 1 + static_cast<std::uint32_t>(dice.below(3))};
        case 10:
            return campaign::RefundPledge{old, Money(static_cast<std::int64_t>(dice.below(8'000)), USD),
                                          RefundItem::general};
        case 11:
            return campaign::OpenDispute{.pledge = disputed,
                                         .reason = dice.one_in(2) ? DisputeReason::fraud : DisputeReason::reward};
        case 12:
            return campaign::CloseDispute{disputed, dice.one_in(2)};
        case 13:
            return campaign::PayOut{static_cast<std::uint32_t>(dice.below(4))};
        case 14:
            if (dice.one_in(10)) return campaign::PauseCampaign{"a claim"};
            return campaign::ResumeCampaign{};
        default:
            if (dice.one_in(60)) return campaign::SuspendCampaign{"an investigation"};
            return campaign::CloseLatePledges{};
    }
}

/// Everything that a platform would have stored after `commands` random commands.
struct PlayedLife {
    std::vector<campaign::Command> commands;
    campaign::Campaign campaign = launch(rich_terms(), launch_time);
    campaign::Events events{launched(rich_terms(), launch_time)};
    int refused = 0;
};

PlayedLife some_life(std::uint64_t seed, int commands) {
    Dice dice(seed);
    PlayedLife life;
    Instant now = launch_time;
    std::uint64_t pledges = 0;
    for (int i = 0; i < commands; ++i) {
        now += Elapsed{static_cast<std::int64_t>(dice.below(12 * 3600))};
        life.commands.push_back({CommandId{}, now, some_command(dice, pledges)});
        if (!perform(life.campaign, life.commands.back(), life.events)) ++life.refused;
    }
    return life;
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("properties: replaying what was stored gives the live state, and so does replaying its journal") {
    std::set<std::string_view> kinds;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        const PlayedLife life = some_life(seed, 250);
        REQUIRE(replay(life.events) == life.campaign);
        const auto read = read_journal(write_journal(life.events));
        REQUIRE(read.has_value());
        REQUIRE(*read == life.events);
        REQUIRE(report(replay(*read)) == report(life.campaign));
        for (const campaign::Event& event : life.events) kinds.insert(name_of(event.what));
    }
    // The lives are worth looking at: most of what can happen does happen in them.
    for (const char* kind : {"pledge_changed", "pledge_cancelled", "pledge_dropped", "charge_failed", "pledge_refunded",
                             "dispute_opened", "dispute_won", "dispute_lost", "payout_made", "campaign_paused",
                             "campaign_succeeded", "campaign_suspended", "stretch_goal_lost", "late_pledges_closed"})
        CHECK_MESSAGE(kinds.contains(kind), std::string(kind));
}

TEST_CASE("properties: after every event the postings sum to zero and the books agree") {
    for (std::uint64_t seed = 101; seed <= 120; ++seed) {
        CAPTURE(seed);
        const PlayedLife life = some_life(seed, 200);
        campaign::Campaign campaign = replay(std::span(life.events).first(1));
        Ledger ledger(USD);
        for (const campaign::Event& event : std::span(life.events).subspan(1)) {
            if (const auto entry = postings(event, USD)) ledger.post(*entry);
            evolve(campaign, event);
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < account_count; ++i) sum += ledger.balance(static_cast<Account>(i)).minor();
            REQUIRE(sum == 0);
            REQUIRE(ledger == campaign->ledger);
            REQUIRE(check(campaign) == std::vector<std::string>{});
            REQUIRE(campaign->totals.refunded + campaign->totals.charged_back <= campaign->totals.collected);
        }
    }
}

TEST_CASE("properties: deciding changes nothing, and a refused command leaves everything as it was") {
    for (std::uint64_t seed = 201; seed <= 215; ++seed) {
        CAPTURE(seed);
        const PlayedLife life = some_life(seed, 200);
        CHECK(life.refused > 0);
        campaign::Campaign campaign = launch(rich_terms(), launch_time);
        campaign::Events events;
        for (const campaign::Command& command : life.commands) {
            const campaign::Events fallen_due = advance(campaign, command.at);
            const campaign::Campaign before = campaign;
            const auto first = decide(campaign, command);
            REQUIRE(campaign == before);
            const auto done = perform(campaign, command, events);
            REQUIRE(done.has_value() == first.has_value());
            if (done) continue;
            REQUIRE(campaign == before);
            REQUIRE(done.error() == first.error());
        }
        REQUIRE(campaign == life.campaign);
    }
}

TEST_CASE("properties: one step in time equals many") {
    for (std::uint64_t seed = 301; seed <= 315; ++seed) {
        CAPTURE(seed);
        const PlayedLife life = some_life(seed, 120);
        const Instant end = life.campaign->last + std::chrono::days{120};
        campaign::Campaign leaps = life.campaign, steps = life.campaign;
        const campaign::Events in_one = advance(leaps, end);
        campaign::Events in_many;
        Dice dice(seed);
        for (Instant now = life.campaign->last; now < end;) {
            now = std::min(end, now + Elapsed{static_cast<std::int64_t>(1 + dice.below(5 * 86'400))});
            const campaign::Events some = advance(steps, now);
            in_many.insert(in_many.end(), some.begin(), some.end());
        }
        REQUIRE(in_one == in_many);
        REQUIRE(leaps == steps);
    }
}

TEST_CASE("properties: columns of pledges come to the same statement as their events") {
    for (std::uint64_t seed = 401; seed <= 440; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        campaign::Terms terms = rich_terms();
        terms.rewards = {{.name = "a", .minimum = 100}, {.name = "b", .minimum = 2'500}};
        terms.add_ons.clear();
        terms.stretch_goals.clear();
        terms.instalments.reset();
        terms.limits.locked_before_end = Elapsed{};
        std::vector<std::int64_t> amounts;
        std::vector<std::uint16_t> rewards;
        std::vector<std::uint8_t> collected;
        for (std::uint64_t i = 0, count = 1 + dice.below(60); i < count; ++i) {
            rewards.push_back(static_cast<std::uint16_t>(dice.below(3)));
            amounts.push_back(static_cast<std::int64_t>(2'500 + dice.below(3'000)));
            collected.push_back(dice.one_in(5) ? 0 : 1);
        }
        campaign::Campaign campaign = launch(terms, launch_time);
        campaign::Events events;
        for (std::size_t i = 0; i < amounts.size(); ++i)
            REQUIRE(perform(
                campaign,
                {CommandId{}, launch_time,
                 campaign::MakePledge{PledgeId{i + 1},
                                      BackerId{i + 1},
                                      {.reward = campaign::RewardId{rewards[i]}, .amount = Money(amounts[i], USD)}}},
                events));
        const Instant end = terms.window.ended_at();
        advance(campaign, end);
        if (campaign->phase == campaign::Phase::succeeded) {
            for (std::size_t i = 0; i < amounts.size(); ++i)
                REQUIRE(perform(
                    campaign, {CommandId{}, end, campaign::RecordCharge{PledgeId{i + 1}, collected[i] != 0}}, events));
            const Instant payout = end + std::chrono::days{14};
            advance(campaign, payout);
            for (const campaign::Due& due : agenda(campaign))
                if (due.kind == campaign::DueKind::pay_out)
                    REQUIRE(perform(campaign, {CommandId{}, payout, campaign::PayOut{due.payout}}, events));
        }
        REQUIRE(settle(terms, {amounts, rewards, collected}).value() == statement(campaign));
    }
}

TEST_SUITE_END();
