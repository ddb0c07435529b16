// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>

#include "../money/random.hpp"
#include "sample.hpp"
#include <type_traits>
#include <unordered_map>

namespace crowdrules::campaign {

using namespace sample;

namespace {

PledgeMade plain(std::uint64_t pledge, std::uint64_t backer, std::int64_t amount, RewardId reward = no_reward) {
    return {.pledge = PledgeId{pledge}, .backer = BackerId{backer}, .reward = reward, .amount = amount};
}

/// Applies both forms of the same happening to copies and compares them.
struct TwoForms {
    explicit TwoForms(Terms agreed) : by_events(launch(agreed, opens)), by_rows(launch(std::move(agreed), opens)) {}

    void happen(Instant at, std::span<const PledgeRow> rows) {
        for (const PledgeRow& row : rows) evolve(by_events, Event{.at = at, .what = event_of(row)});
        evolve(by_rows, at, rows);
    }
    void happen(Instant at, EventBody what) {
        const Event event{.at = at, .what = std::move(what)};
        evolve(by_events, event);
        evolve(by_rows, event);
    }
    static EventBody event_of(const PledgeRow& row) {
        const PledgeId pledge{row.pledge};
        switch (row.kind) {
            case PledgeRow::Kind::made: {
                PledgeMade made = plain(row.pledge, row.detail, row.amount, RewardId{row.reward});
                made.late = row.late;
                return made;
            }
            case PledgeRow::Kind::changed:
                return PledgeChanged{.pledge = pledge, .reward = RewardId{row.reward}, .amount = row.amount};
            case PledgeRow::Kind::cancelled:
                return PledgeCancelled{pledge};
            case PledgeRow::Kind::collected:
                return ChargeCollected{
                    .pledge = pledge, .amount = row.amount, .fee = static_cast<std::int64_t>(row.detail)};
            case PledgeRow::Kind::charge_failed:
                return ChargeFailed{.pledge = pledge};
            case PledgeRow::Kind::dropped:
                return PledgeDropped{pledge};
        }
        throw std::logic_error("no such row");
    }

    Campaign by_events;
    Campaign by_rows;
};

/// Ids that a careless table would confuse.
std::uint64_t awkward_id(Random& random) {
    switch (random.below(6)) {
        case 0:
            return random.below(64) << 32;
        case 1:
            return UINT64_MAX - random.below(8);
        case 2:
            return random.below(8);
        case 3:
            return (random.below(64) << 32) + random.below(4);
        case 4:
            return std::uint64_t{1} << random.below(64);
        default:
            return random.below(4'000);
    }
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

static_assert(std::is_copy_constructible_v<Campaign> && std::is_nothrow_move_constructible_v<Campaign>);
static_assert(!std::is_default_constructible_v<Campaign>, "every campaign was launched");

// -------------------------------------------------------------------------------------------------- replay

TEST_CASE("replaying a whole life gives the same campaign at every point of it") {
    Terms agreed = terms();
    agreed.late_pledges = LatePledges{};
    agreed.instalments = InstalmentPlan{.retry_first = days{7}, .retry_later = days{7}};
    agreed.stretch_goals = {{.name = "More", .at = 500'00, .kept = false, .effect = AddStock{early_bird, 2}}};
    Player play(agreed);
    play.pledge(1, {.reward = kit, .add_ons = {{cable, 2}}, .ship_to = "JP", .amount = cents(900'00)});
    play.does(MakePledge{PledgeId{500}, BackerId{7}, {.amount = cents(300'00), .in_instalments = true}});
    play.pledge(3, cents(20'00), early_bird);
    play.does(ChangePledge{PledgeId{3}, {.reward = poster, .amount = cents(25'00)}});
    play.does(opens + days{1}, PauseCampaign{"a claim"}, CommandId{1});
    play.does(opens + days{2}, ResumeCampaign{}, CommandId{2});
    play.pledge(4, cents(10'00));
    play.does(CancelPledge{PledgeId{4}});
    play.pass(closes);
    play.charge(1);
    play.charge(500);
    play.charge(3, false);
    play.pledge(9, cents(50'00));
    play.charge(9);
    play.pass(closes + days{20});
    play.does(PayOut{0});
    play.does(RefundPledge{PledgeId{1}, cents(100'00)});

    const Events& events = play.happened();
    CHECK(replay(events) == play.campaign());
    Campaign folded = replay({events.data(), 1});
    for (std::size_t i = 1; i < events.size(); ++i) {
        evolve(folded, events[i]);
        CHECK(folded == replay({events.data(), i + 1}));
    }
    CHECK(folded == play.campaign());
    CHECK(check(folded).empty());
}

TEST_CASE("equality of campaigns is about everything that is known of them") {
    Player one(terms());
    Player other(terms());
    CHECK(one.campaign() == other.campaign());
    one.does(opens, AddReward{{.name = "Mug"}}, CommandId{1});
    other.does(opens, AddReward{{.name = "Mug"}}, CommandId{2});
    CHECK_FALSE(one.campaign() == other.campaign());  // another command would be answered as done
}

TEST_CASE("the first event is the launch, no other is, and events come in order of time") {
    CHECK_THROWS_AS((void)replay({}), ContractViolation);
    Event launch_event = launched(terms(), opens);
    const Event paused{.at = opens, .what = CampaignPaused{}};
    CHECK_THROWS_AS((void)replay({&paused, 1}), ContractViolation);
    const Event nothing{.at = opens, .what = CampaignLaunched{}};
    CHECK_THROWS_AS((void)replay({&nothing, 1}), ContractViolation);
    Campaign campaign = replay({&launch_event, 1});
    CHECK_THROWS_AS(evolve(campaign, launch_event), ContractViolation);
    CHECK_THROWS_AS(evolve(campaign, Event{.at = opens - 1s, .what = CampaignPaused{}}), ContractViolation);
    const PledgeRow row{.pledge = 1, .amount = 1, .detail = 1};
    CHECK_THROWS_AS(evolve(campaign, opens - 1s, {&row, 1}), ContractViolation);
    CHECK(campaign == replay({&launch_event, 1}));
}

// -------------------------------------------------------------------------------------------------- contracts

TEST_CASE("an event that names what there is none of throws and changes nothing") {
    for (const std::uint64_t first : {std::uint64_t{1}, std::uint64_t{1} << 40}) {  // dense ids, and others
        Terms agreed = terms();
        agreed.limits.maximum.reset();
        agreed.instalments = InstalmentPlan{.retry_first = days{7}, .retry_later = days{7}};
        agreed.add_ons[0].units = UINT32_MAX;
        Player play(agreed);
        play.pledge(first, cents(1'000'00));
        play.pass(closes);
        play.charge(first);
        Campaign campaign = play.campaign();
        const std::uint64_t no_such = 77;
        const PledgeId pledge{first};
        const auto with_add_on = [&](AddOnId add_on, std::uint32_t count) {
            PledgeMade made = plain(no_such, 5, 100);
            made.add_ons = {{add_on, count}};
            return made;
        };
        const auto with_shipping = [&](std::int64_t shipping) {
            PledgeMade made = plain(no_such, 5, 100);
            made.shipping = shipping;
            return made;
        };
        const EventBody wrong[] = {
            plain(first, 5, 100),
            plain(0, 5, 100),
            plain(no_such, 0, 100),
            plain(no_such, 5, -1),
            plain(no_such, 5, INT64_MAX),  // all pledges together leave 64 bits
            plain(no_such, 5, 100, RewardId{4}),
            plain(no_such, 5, 100, RewardId{65'536}),
            with_add_on(AddOnId{}, 1),
            with_add_on(AddOnId{3}, 1),
            with_add_on(sticker, UINT32_MAX),
            with_shipping(-1),
            with_shipping(101),
            PledgeChanged{.pledge = PledgeId{no_such}, .amount = 100},
            PledgeChanged{.pledge = pledge, .amount = 100},  // charged already
            PledgeChanged{.pledge = pledge, .amount = INT64_MIN},
            PledgeChanged{.pledge = pledge, .reward = RewardId{4}, .amount = 100},
            PledgeCancelled{PledgeId{no_such}},
            PledgeCancelled{PledgeId{}},
            ChargeCollected{.pledge = PledgeId{no_such}, .amount = 100},
            ChargeCollected{.pledge = pledge, .amount = 100, .instalment = 2},
            ChargeCollected{.pledge = pledge, .amount = 100, .instalment = 0},
            ChargeCollected{.pledge = pledge, .amount = INT64_MAX},
            ChargeCollected{.pledge = pledge, .amount = 100, .uncaptured = -1},
            ChargeCollected{.pledge = pledge, .amount = 100, .uncaptured = INT64_MAX},
            ChargeFailed{.pledge = pledge, .instalment = 2},
            PledgeDropped{PledgeId{no_such}},
            PledgeRefunded{.pledge = PledgeId{no_such}, .amount = 1},
            PledgeRefunded{.pledge = pledge, .payout = 9, .amount = 1},
            DisputeOpened{.pledge = PledgeId{no_such}, .amount = 1},
            DisputeOpened{.pledge = pledge, .instalment = 2, .amount = 1},
            DisputeWon{.pledge = PledgeId{no_such}, .amount = 1},
            DisputeLost{.pledge = PledgeId{no_such}, .amount = 1},
            PayoutMade{.payout = 9},
            ReserveReleased{.payout = 9},
            PayoutReturned{.payout = 9, .amount = 1},
            PayoutReturned{.payout = 0, .amount = 1},  // it was not made
            UnmatchedRecorded{.reference = "txn_1"},
            UnmatchedResolved{.unmatched = "txn_1", .amount = 1},
            RewardChanged{RewardId{4}, {}},
            RewardChanged{RewardId{}, {}},
            RewardRemoved{RewardId{4}},
            AddOnChanged{AddOnId{3}, {}},
            AddOnRemoved{AddOnId{}},
            StretchGoalReached{0},
            StretchGoalLost{0},
            CampaignLaunched{},
        };
        for (const EventBody& what : wrong) {
            CAPTURE(name_of(what));
            CHECK_THROWS_AS(evolve(campaign, Event{.at = campaign->last, .what = what}), ContractViolation);
            CHECK(campaign == play.campaign());
        }
        // Parts of a pledge would fall due beyond the year 9999.
        Player open(agreed);
        open.pledge(1, {.amount = cents(300'00), .in_instalments = true});
        Campaign unjudged = open.campaign();
        const Instant end_of_time = instant("9999-12-31T00:00:00Z");
        const Event success{.at = end_of_time, .what = CampaignSucceeded{.counted = 300'00}};
        CHECK_THROWS_AS(evolve(unjudged, success), Overflow);
        CHECK(unjudged == open.campaign());
        // And it goes on as if nothing had been said.
        evolve(campaign, Event{.at = campaign->last, .what = plain(no_such, 5, 100)});
        CHECK(find_pledge(campaign, PledgeId{no_such})->backer == BackerId{5});
    }
}

// -------------------------------------------------------------------------------------------------- rows

TEST_CASE("rows give the same campaign as their events") {
    for (const bool dense : {true, false}) {
        Random random(dense ? 1 : 2);
        TwoForms both(terms());
        const std::uint64_t stride = dense ? 1 : 0x1'0000'0001ull;
        std::vector<PledgeRow> made;
        for (std::uint64_t i = 1; i <= 3'000; ++i) {
            made.push_back({.pledge = i * stride,
                            .amount = static_cast<std::int64_t>(random.below(50'000)),
                            .detail = dense ? i : 1 + random.below(900),
                            .reward = static_cast<std::uint16_t>(random.below(4))});
        }
        both.happen(opens, made);
        CHECK(both.by_rows == both.by_events);

        std::vector<PledgeRow> changes;
        for (int i = 0; i < 2'000; ++i) {
            const std::uint64_t pledge = (1 + random.below(3'000)) * stride;
            const PledgeRecord& record = both.by_rows->book.records[both.by_rows->book.pledges.find(pledge)];
            if (record.state != PledgeState::pledged) continue;
            changes.assign({{.pledge = pledge, .kind = PledgeRow::Kind::cancelled}});
            if (random.below(2) == 0) {
                changes.assign({{.pledge = pledge,
                                 .amount = static_cast<std::int64_t>(random.below(50'000)),
                                 .reward = static_cast<std::uint16_t>(random.below(4)),
                                 .kind = PledgeRow::Kind::changed}});
            }
            both.happen(opens + 1h, changes);
        }
        CHECK(both.by_rows == both.by_events);

        both.happen(closes, CampaignClosed{});
        both.happen(closes, CampaignSucceeded{.counted = 1});
        std::vector<PledgeRow> charges;
        for (Handle handle = 0; handle < both.by_rows->book.records.size(); ++handle) {
            const PledgeRecord& record = both.by_rows->book.records[handle];
            if (record.state != PledgeState::pledged) continue;
            const std::uint64_t pledge = both.by_rows->book.pledges.id_of(handle);
            switch (random.below(4)) {
                case 0:
                    charges.push_back({.pledge = pledge, .kind = PledgeRow::Kind::charge_failed});
                    charges.push_back({.pledge = pledge, .kind = PledgeRow::Kind::dropped});
                    break;
                case 1:
                    charges.push_back({.pledge = pledge, .kind = PledgeRow::Kind::charge_failed});
                    [[fallthrough]];
                default:
                    charges.push_back({.pledge = pledge,
                                       .amount = record.amount,
                                       .detail = random.below(static_cast<std::uint64_t>(record.amount) + 1),
                                       .kind = PledgeRow::Kind::collected});
            }
        }
        charges.push_back({.pledge = 999'999, .amount = 500, .detail = 999'999, .late = true});
        charges.push_back({.pledge = 999'999, .amount = 500, .detail = 5, .kind = PledgeRow::Kind::collected});
        both.happen(closes + 1h, charges);
        CHECK(both.by_rows == both.by_events);
        CHECK(both.by_rows->totals.charges > 1'000);
    }
}

TEST_CASE("rows are counted the same where counting is special") {
    Terms net = terms();  // fees are summed for a net stretch goal
    net.stretch_goals = {{.name = "Net", .at = 1'00, .basis = StretchBasis::net}};
    FundingModel early = FundingModel::all_or_nothing(cents(1'000'00));
    early.judged = OutcomeTiming::when_reached;  // pledges after the success are marked
    for (const Terms& agreed : {net, terms(early)}) {
        TwoForms both(agreed);
        const PledgeRow first[] = {{.pledge = 1, .amount = 900'00, .detail = 1, .reward = 3}};
        both.happen(opens, first);
        both.happen(opens, CampaignSucceeded{.counted = 900'00});
        const PledgeRow more[] = {{.pledge = 2, .amount = 100'00, .detail = 2, .reward = 1},
                                  {.pledge = 1, .amount = 900'00, .detail = 27'20, .kind = PledgeRow::Kind::collected},
                                  {.pledge = 2, .amount = 100'00, .detail = 3'20, .kind = PledgeRow::Kind::collected}};
        both.happen(opens + 1h, more);
        CHECK(both.by_rows == both.by_events);
    }
}

TEST_CASE("rows before one that is wrong stay applied, and the wrong one leaves nothing behind") {
    const PledgeRow good{.pledge = 1, .amount = 100, .detail = 1};
    const PledgeRow wrong[] = {
        good,
        {.pledge = 0, .amount = 100, .detail = 2},
        {.pledge = 2, .amount = 100, .detail = 0},
        {.pledge = 2, .amount = -1, .detail = 2},
        {.pledge = 2, .amount = INT64_MAX, .detail = 2},
        {.pledge = 2, .amount = 100, .detail = 2, .reward = 4},
        {.pledge = 2, .amount = 100, .kind = PledgeRow::Kind::changed},
        {.pledge = 1, .amount = -1, .kind = PledgeRow::Kind::changed},
        {.pledge = 1, .amount = INT64_MIN, .kind = PledgeRow::Kind::changed},
        {.pledge = 0, .kind = PledgeRow::Kind::cancelled},
        {.pledge = 2, .kind = PledgeRow::Kind::cancelled},
        {.pledge = 2, .kind = PledgeRow::Kind::charge_failed},
        {.pledge = 2, .kind = PledgeRow::Kind::dropped},
        {.pledge = 1, .amount = INT64_MIN, .kind = PledgeRow::Kind::collected},
        {.pledge = 1, .amount = INT64_MAX, .detail = 1ull << 63, .kind = PledgeRow::Kind::collected},
    };
    for (const bool sparse : {false, true}) {
        Campaign start = launch(terms(), opens);
        const PledgeRow far{.pledge = 1ull << 33, .amount = 7, .detail = 1ull << 33};
        if (sparse) evolve(start, opens, {&far, 1});
        Campaign expected = start;
        evolve(expected, opens, {&good, 1});
        for (const PledgeRow& row : wrong) {
            Campaign campaign = start;
            const PledgeRow rows[] = {good, row, {.pledge = 3, .amount = 100, .detail = 3}};
            CHECK_THROWS_AS(evolve(campaign, opens, rows), ContractViolation);
            CHECK(campaign == expected);
        }
    }
}

// -------------------------------------------------------------------------------------------------- ids

TEST_CASE("ids of any kind give the same answers as dense ones") {
    const auto play_with = [](auto id) {
        Player play(terms());
        for (std::uint64_t i = 1; i <= 40; ++i) {
            play.does(
                MakePledge{PledgeId{id(i)}, BackerId{id(i)}, {.amount = cents(static_cast<std::int64_t>(i) * 100)}});
        }
        for (std::uint64_t i = 1; i <= 40; i += 3) play.does(CancelPledge{PledgeId{id(i)}});
        play.pledge(id(7'000), cents(900'00));
        play.pass(closes);
        for (std::uint64_t i = 2; i <= 40; i += 3) play.charge(id(i), i % 2 == 0);
        play.pass(closes + days{30});
        play.does(PayOut{0});
        return statement(play.campaign());
    };
    const Statement dense = play_with([](std::uint64_t i) { return i; });
    CHECK(play_with([](std::uint64_t i) { return i << 32; }) == dense);
    CHECK(play_with([](std::uint64_t i) { return UINT64_MAX - i; }) == dense);
    CHECK(play_with([](std::uint64_t i) { return i * 0x9E37'79B9'7F4A'7C15ull | 1; }) == dense);
}

TEST_CASE("the index of handles answers as a hash map does, whatever the ids") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Random random(seed);
        HandleIndex index;
        std::unordered_map<std::uint64_t, Handle> expected;
        std::vector<std::uint64_t> ids;
        const std::uint64_t dense_first = random.below(100);
        for (std::uint64_t i = 0; i < 3'000; ++i) {
            const std::uint64_t id = i < dense_first ? i + 1 : awkward_id(random);
            if (random.below(50) == 0) index.reserve(random.below(500), id + (id == 0 ? 1 : 0));
            const auto known = expected.find(id);
            CHECK(index.find(id) == (known == expected.end() ? no_handle : known->second));
            if (id == 0) {
                CHECK_THROWS_AS((void)index.find_or_add(id), ContractViolation);
                continue;
            }
            const auto [place, is_new] = expected.try_emplace(id, static_cast<Handle>(ids.size()));
            if (is_new) ids.push_back(id);
            CHECK(index.find_or_add(id) == place->second);
        }
        REQUIRE(index.size() == ids.size());
        for (Handle handle = 0; handle < index.size(); ++handle) CHECK(index.id_of(handle) == ids[handle]);

        HandleIndex again;
        for (const std::uint64_t id : ids) (void)again.find_or_add(id);
        CHECK(again == index);
        (void)again.find_or_add(0xABCDEF);
        CHECK_FALSE(again == index);
    }
}

TEST_CASE("an index that met a wrong id equals one that did not") {
    HandleIndex index;
    for (std::uint64_t id = 1; id <= 5; ++id) (void)index.find_or_add(id);
    const HandleIndex before = index;
    CHECK_THROWS_AS((void)index.find_or_add(0), ContractViolation);
    CHECK(index == before);
    CHECK(index.find(0) == no_handle);
    CHECK(index.find(5) == 4);
    CHECK(index.find_or_add(6) == 5);
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
