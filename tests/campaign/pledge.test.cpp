// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/pledge.hpp>

#include "sample.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

/// The official client's own test data: every location costs 10.00.
Shipping ten_everywhere(bool ships) {
    if (!ships) return {};
    return {.ships = Ships::anywhere, .rates = {{.destination = "Canada", .cost = 10'00}}};
}

MakePledge pledge_of(std::uint64_t id, PledgeChoice choice) {
    return {PledgeId{id}, BackerId{id}, std::move(choice)};
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

// -------------------------------------------------------------------------------------------------- composition

TEST_CASE("the total of a pledge follows the published formula, to the published figures") {
    // Source: PledgeDataExtTest.kt of Kickstarter's Android client.
    struct Row {
        PricePhase phase;
        bool reward_ships;
        bool add_ons_ship;
        std::int64_t bonus;
        std::int64_t total;
    };
    const Row rows[] = {
        {PricePhase::late, true, true, 3'00, 98'00},   {PricePhase::live, false, false, 4'00, 19'00},
        {PricePhase::live, true, false, 4'00, 29'00},  {PricePhase::late, false, false, 0, 35'00},
        {PricePhase::late, false, false, 7'00, 42'00}, {PricePhase::live, false, false, 0, 15'00},
        {PricePhase::live, false, false, 7'00, 22'00},
    };
    for (const Row& row : rows) {
        const std::vector<Reward> rewards = {
            {.name = "R", .minimum = 2'00, .late_price = 8'00, .shipping = ten_everywhere(row.reward_ships)}};
        const std::vector<AddOn> add_ons = {
            {.name = "A", .price = 3'00, .late_price = 5'00, .shipping = ten_everywhere(row.add_ons_ship)},
            {.name = "B", .price = 2'00, .late_price = 6'00, .shipping = ten_everywhere(row.add_ons_ship)}};
        const PledgeChoice choice{
            .reward = RewardId{1}, .add_ons = {{AddOnId{1}, 3}, {AddOnId{2}, 2}}, .ship_to = "Canada"};
        const auto parts = compose(rewards, add_ons, choice, row.bonus, row.phase);
        REQUIRE(parts);
        CHECK(parts->total == row.total);
        CHECK(parts->reward + parts->add_ons + parts->bonus + parts->shipping == parts->total);
    }
}

TEST_CASE("a late price of zero is no late price") {
    const std::vector<Reward> rewards = {{.name = "R", .minimum = 2'00, .late_price = 0}};
    CHECK(compose(rewards, {}, {.reward = RewardId{1}}, 0, PricePhase::late)->total == 2'00);
}

TEST_CASE("shipping costs the destination's rate, else the rate of everywhere, else nothing") {
    Shipping shipping{.ships = Ships::anywhere,
                      .rates = {{.destination = "everywhere", .cost = 15'00}, {.destination = "US", .cost = 5'00}}};
    CHECK(shipping.cost_to("US") == 5'00);
    CHECK(shipping.cost_to("JP") == 15'00);
    shipping.rates.erase(shipping.rates.begin());
    CHECK(shipping.cost_to("JP") == 0);
    shipping.ships = Ships::listed;
    CHECK(shipping.cost_to("US") == 5'00);
    CHECK(shipping.cost_to("JP") == std::nullopt);
    shipping.rates.push_back({.destination = "everywhere", .cost = 15'00});
    CHECK(shipping.cost_to("JP") == std::nullopt);  // listed means listed
}

TEST_CASE("what is sent to listed destinations only is refused to all others, and to none at all") {
    Terms agreed = terms();
    agreed.rewards[2].shipping.ships = Ships::listed;
    const Player play(agreed);
    const auto to = [&](std::string where) {
        return play.refused(pledge_of(1, {.reward = kit, .ship_to = std::move(where), .amount = cents(500'00)}));
    };
    CHECK(to("US") == std::nullopt);
    CHECK(to("JP") == RejectionCode::not_shipped_there);
    CHECK(to("") == RejectionCode::not_shipped_there);
}

TEST_CASE("whatever is given above the choice is bonus support, and less than it is refused") {
    const Player play(terms());
    const auto with = [&](std::int64_t amount) {
        return play.refused(
            pledge_of(1, {.reward = kit, .add_ons = {{cable, 2}}, .ship_to = "JP", .amount = cents(amount)}));
    };
    const std::int64_t least = 100'00 + 2 * 8'00 + 15'00 + 2 * 15'00;
    CHECK(with(least - 1) == RejectionCode::amount_below_minimum);
    CHECK(with(least) == std::nullopt);
    CHECK(with(10'000'00) == std::nullopt);
    CHECK(with(10'000'01) == RejectionCode::amount_above_maximum);
}

TEST_CASE("a choice whose price leaves 64 bits is refused, not a crash") {
    Terms agreed = terms();
    agreed.limits.maximum.reset();
    agreed.add_ons[0].price = INT64_MAX / 2;
    const Player play(agreed);
    const auto sum = pledge_of(1, {.reward = poster, .add_ons = {{sticker, 3}}, .amount = cents(INT64_MAX)});
    CHECK(play.refused(sum) == RejectionCode::amount_too_large);
}

TEST_CASE("all pledges together stay within 64 bits") {
    Terms agreed = terms();
    agreed.limits.maximum.reset();
    Player play(agreed);
    play.pledge(1, cents(INT64_MAX));
    CHECK(play.refused(pledge_of(2, {.amount = cents(1'00)})) == RejectionCode::amount_too_large);
    play.does(ChangePledge{PledgeId{1}, {.amount = cents(INT64_MAX - 1'00)}});
    CHECK(play.refused(pledge_of(2, {.amount = cents(1'00)})) == std::nullopt);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.amount = cents(INT64_MAX)}}) == std::nullopt);
}

TEST_CASE("a pledge whose fees cannot be told is refused, and hurts nobody else") {
    Terms agreed = terms();
    agreed.limits.maximum.reset();
    agreed.limits.one_per_backer = false;
    const auto too_large = [&](const Terms& with) {
        Player play(with);
        play.pledge(1, cents(10'00));
        if (play.refused(pledge_of(2, {.amount = cents(INT64_MAX - 10'00)})) != RejectionCode::amount_too_large)
            return false;
        (void)statement(play.campaign());
        return true;
    };
    CHECK_FALSE(too_large(agreed));
    SUBCASE("the processing fee") {
        agreed.fees.processing.bands[0] = {.rate = decimal("100%"), .fixed = 10'01};
    }
    SUBCASE("the platform fee") {
        agreed.fees.platform.bands[0] = {.rate = decimal("100%"), .fixed = 1};
    }
    SUBCASE("the fee for a miss") {
        agreed.fees.platform_on_miss = FeeSchedule{.bands = {{.rate = decimal("100%"), .fixed = 1}}};
    }
    SUBCASE("a tax on top of it") {
        agreed.fees.platform = {.bands = {{.rate = decimal("60%")}},
                                .tax = FeeTax{.rate = decimal("80%"), .rounding = {}}};
    }
    SUBCASE("a reserve") {
        agreed.reserve = ReservePlan{.rate = decimal("100%"), .held_for = days{1},
                                      .rounding = {RoundingMode::up, 10'00}};
    }
    CHECK(too_large(agreed));
}

// -------------------------------------------------------------------------------------------------- add-ons

TEST_CASE("an add-on has a limit for each backer and a stock for all") {
    Player play(terms());
    const auto choice = [](AddOnId add_on, std::uint32_t count) {
        return PledgeChoice{.reward = kit, .add_ons = {{add_on, count}}, .ship_to = "US", .amount = cents(900'00)};
    };
    CHECK(play.refused(pledge_of(1, choice(sticker, 10))) == std::nullopt);
    CHECK(play.refused(pledge_of(1, choice(sticker, 11))) == RejectionCode::add_on_over_limit);
    PledgeChoice twice = choice(sticker, 6);
    twice.add_ons.push_back({sticker, 5});  // named twice is counted together
    CHECK(play.refused(pledge_of(1, twice)) == RejectionCode::add_on_over_limit);

    play.pledge(1, choice(cable, 3));
    CHECK(remaining(play.campaign(), cable) == 2);
    CHECK(play.refused(pledge_of(2, choice(cable, 3))) == RejectionCode::add_on_sold_out);
    play.pledge(2, choice(cable, 2));
    CHECK(remaining(play.campaign(), cable) == 0);
    // Whoever has some keeps them, may have fewer, and not more.
    CHECK(play.refused(ChangePledge{PledgeId{1}, choice(cable, 3)}) == std::nullopt);
    CHECK(play.refused(ChangePledge{PledgeId{1}, choice(cable, 4)}) == RejectionCode::add_on_sold_out);
    play.does(ChangePledge{PledgeId{1}, choice(cable, 1)});
    CHECK(remaining(play.campaign(), cable) == 2);
    play.does(CancelPledge{PledgeId{2}});
    CHECK(remaining(play.campaign(), cable) == 4);
}

TEST_CASE("the same add-on named twice is kept once") {
    Player play(terms());
    play.pledge(1, {.reward = poster, .add_ons = {{sticker, 1}, {sticker, 2}}, .amount = cents(34'00)});
    CHECK(play.state().book.details.at(0).add_ons == std::vector<AddOnChoice>{{sticker, 3}});
    CHECK(play.state().add_on_taken[0] == 3);
}

TEST_CASE("an add-on needs a reward, and one that it goes with") {
    const Player play(terms());
    const auto with = [&](RewardId reward, AddOnId add_on) {
        return play.refused(
            pledge_of(1, {.reward = reward, .add_ons = {{add_on}}, .ship_to = "US", .amount = cents(200'00)}));
    };
    CHECK(with(no_reward, sticker) == RejectionCode::add_on_without_reward);
    CHECK(with(poster, cable) == RejectionCode::add_on_not_with_reward);
    CHECK(with(kit, cable) == std::nullopt);
}

TEST_CASE("of several add-ons the refusal that comes first is given, whichever was named first") {
    Terms agreed = terms();
    agreed.add_ons[0].per_backer = 1;
    agreed.add_ons[1].locked = true;
    const Player play(agreed);
    const auto with = [&](std::vector<AddOnChoice> add_ons) {
        return play.refused(
            pledge_of(1, {.reward = kit, .add_ons = std::move(add_ons), .ship_to = "US", .amount = cents(200'00)}));
    };
    CHECK(with({{sticker, 2}, {cable, 1}}) == RejectionCode::add_on_locked);
    CHECK(with({{cable, 1}, {sticker, 2}}) == RejectionCode::add_on_locked);
}

TEST_CASE("how many of an add-on are taken is never lost, however many that is") {
    Terms agreed = terms();
    agreed.add_ons[0] = {.name = "Pixel", .price = 0, .per_backer = UINT32_MAX, .units = 1};
    Player play(agreed);
    const auto choice = [](std::uint32_t count) {
        return PledgeChoice{.reward = poster, .add_ons = {{sticker, count}}, .amount = cents(25'00)};
    };
    play.pledge(1, choice(1u << 31));
    CHECK(play.refused(pledge_of(2, choice(1u << 31))) == RejectionCode::amount_too_large);
    play.pledge(2, choice((1u << 31) - 1));
    CHECK(play.state().add_on_taken[0] == UINT32_MAX);
    CHECK(play.refused(RemoveAddOn{sticker}) == RejectionCode::item_has_backers);
    CHECK(play.refused(ChangePledge{PledgeId{2}, choice(1u << 31)}) == RejectionCode::amount_too_large);
    CHECK(play.refused(ChangePledge{PledgeId{1}, choice(1)}) == std::nullopt);
}

TEST_CASE("the units of all pledges together stay within 64 bits") {
    Terms agreed = terms();
    agreed.add_ons[0] = {.name = "Pixel", .price = 0, .per_backer = UINT32_MAX, .units = UINT32_MAX};
    Player play(agreed);
    const auto choice = [](std::uint32_t count) {
        return PledgeChoice{.reward = poster, .add_ons = {{sticker, count}}, .amount = cents(25'00)};
    };
    CHECK(play.refused(pledge_of(1, choice(UINT32_MAX))) == RejectionCode::amount_too_large);
    play.pledge(1, choice(1u << 31));
    CHECK(play.refused(pledge_of(2, choice(1))) == RejectionCode::amount_too_large);
    CHECK(play.refused(ChangePledge{PledgeId{1}, choice(1)}) == std::nullopt);
}

// -------------------------------------------------------------------------------------------------- rewards

TEST_CASE("a hidden reward is for who holds its link") {
    Terms agreed = terms();
    agreed.rewards[0].hidden = true;
    const Player play(agreed);
    CHECK(play.refused(pledge_of(1, {.reward = poster, .amount = cents(25'00)})) == RejectionCode::reward_hidden);
    CHECK(play.refused(pledge_of(1, {.reward = poster, .amount = cents(25'00), .by_link = true})) == std::nullopt);
}

TEST_CASE("a reward with times of its own can be chosen from its opening until its closing") {
    const Instant from = opens + days{2};
    const Instant until = opens + days{4};
    for (const ClosingInstant closing : {ClosingInstant::excluded, ClosingInstant::included}) {
        Terms agreed = terms();
        agreed.rewards[0].available = Window{.opens = from, .closes = until, .closing = closing};
        const Player play(agreed);
        const auto at = [&](Instant when) {
            return play.refused(when, pledge_of(1, {.reward = poster, .amount = cents(25'00)}));
        };
        CHECK(at(from - 1s) == RejectionCode::reward_not_started);
        CHECK(at(from) == std::nullopt);
        CHECK(at(until - 1s) == std::nullopt);
        const bool is_in = closing == ClosingInstant::included;
        CHECK(at(until) == (is_in ? std::nullopt : std::optional(RejectionCode::reward_expired)));
        CHECK(at(until + 1s) == RejectionCode::reward_expired);
    }
}

TEST_CASE("whoever holds an expired or sold-out reward keeps it when the pledge changes") {
    Terms agreed = terms();
    agreed.rewards[0].available = Window{.opens = opens, .closes = opens + days{1}};
    agreed.rewards[0].quantity = 1;
    Player play(agreed);
    play.pledge(1, cents(25'00), poster);
    play.pass(opens + days{2});
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.reward = poster, .amount = cents(30'00)}}) == std::nullopt);
    play.does(ChangePledge{PledgeId{1}, {.amount = cents(30'00)}});
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.reward = poster, .amount = cents(30'00)}}) ==
          RejectionCode::reward_expired);
}

TEST_CASE("the place of a limited reward is taken by a pledge and returned when it is given up") {
    Player play(terms());
    for (const std::uint64_t id : {1u, 2u, 3u}) play.pledge(id, cents(20'00), early_bird);
    const auto fourth = pledge_of(4, {.reward = early_bird, .amount = cents(20'00)});
    CHECK(remaining(play.campaign(), early_bird) == 0);
    CHECK(play.refused(fourth) == RejectionCode::reward_sold_out);

    SUBCASE("by a cancellation") {
        play.does(CancelPledge{PledgeId{2}});
    }
    SUBCASE("by a change to another reward") {
        play.does(ChangePledge{PledgeId{2}, {.reward = poster, .amount = cents(25'00)}});
    }
    SUBCASE("by a change to none") {
        play.does(ChangePledge{PledgeId{2}, {.amount = cents(20'00)}});
    }
    CHECK(remaining(play.campaign(), early_bird) == 1);
    play.does(fourth);
    CHECK(remaining(play.campaign(), early_bird) == 0);
}

TEST_CASE("a quantity may rise and never fall") {
    Player play(terms());
    Reward more = play.state().rewards[1];
    more.quantity = 2;
    CHECK(play.refused(ChangeReward{early_bird, more}) == RejectionCode::quantity_may_not_fall);
    play.pledge(1, cents(20'00), early_bird);
    CHECK(play.refused(ChangeReward{early_bird, more}) == RejectionCode::quantity_may_not_fall);
    more.quantity = 4;
    play.does(ChangeReward{early_bird, more});
    CHECK(remaining(play.campaign(), early_bird) == 3);
    more.quantity.reset();
    play.does(ChangeReward{early_bird, more});
    more.quantity = 1'000'000;  // a limit where there was none is less
    CHECK(play.refused(ChangeReward{early_bird, more}) == RejectionCode::quantity_may_not_fall);
    Reward limited = play.state().rewards[0];
    limited.quantity = 7;
    CHECK(play.refused(ChangeReward{poster, limited}) == std::nullopt);  // nobody has it yet
}

TEST_CASE("what has a backer is frozen, what has none is not") {
    Player play(terms());
    Reward cheaper = play.state().rewards[0];
    cheaper.minimum = 24'00;
    CHECK(play.refused(ChangeReward{poster, cheaper}) == std::nullopt);
    play.pledge(1, {.reward = poster, .add_ons = {{sticker}}, .amount = cents(28'00)});
    AddOn dearer = play.state().add_ons[0];
    dearer.price = 5'00;
    CHECK(play.refused(ChangeReward{poster, cheaper}) == RejectionCode::item_has_backers);
    CHECK(play.refused(RemoveReward{poster}) == RejectionCode::item_has_backers);
    CHECK(play.refused(ChangeAddOn{sticker, dearer}) == RejectionCode::item_has_backers);
    CHECK(play.refused(RemoveAddOn{sticker}) == RejectionCode::item_has_backers);
    play.does(CancelPledge{PledgeId{1}});
    play.does(ChangeReward{poster, cheaper});
    play.does(ChangeAddOn{sticker, dearer});
    play.does(RemoveReward{poster});
    play.does(RemoveAddOn{sticker});
    CHECK(play.refused(pledge_of(2, {.reward = poster, .amount = cents(25'00)})) == RejectionCode::reward_unknown);
    CHECK(play.refused(RemoveReward{poster}) == RejectionCode::reward_unknown);
    CHECK(play.refused(pledge_of(2, {.reward = kit, .add_ons = {{sticker}}, .amount = cents(125'00)})) ==
          RejectionCode::add_on_unknown);
}

TEST_CASE("what is added while the campaign runs can be chosen like the rest") {
    Player play(terms());
    play.does(AddReward{{.name = "Mug", .minimum = 12'00, .quantity = 1}});
    play.does(AddAddOn{{.name = "Spoon", .price = 2'00, .only_with = {RewardId{4}}}});
    play.pledge(1, {.reward = RewardId{4}, .add_ons = {{AddOnId{3}, 2}}, .amount = cents(16'00)});
    CHECK(remaining(play.campaign(), RewardId{4}) == 0);
    CHECK(play.state().add_on_taken == std::vector<std::uint32_t>{0, 0, 2});
}

TEST_CASE("an item that no terms may hold cannot be added or changed into either") {
    const Player play(terms());
    const auto refused = [&](Reward reward) {
        const auto added = play.refused(AddReward{reward});
        CHECK(play.refused(ChangeReward{poster, reward}) == added);
        return added;
    };
    const auto malformed = RejectionCode::item_malformed;
    CHECK(refused({.name = "Mug", .minimum = 12'00}) == std::nullopt);
    CHECK(refused({.minimum = 12'00}) == malformed);
    CHECK(refused({.name = "Mug", .minimum = -1}) == malformed);
    CHECK(refused({.name = "Mug", .late_price = -1}) == malformed);
    CHECK(refused({.name = "Mug", .minimum = 10'000'01}) == malformed);
    CHECK(refused({.name = "Mug", .available = Window{.opens = closes, .closes = opens}}) == malformed);
    CHECK(refused({.name = "Mug", .shipping = {.ships = Ships::anywhere, .rates = {{"US", -1}}}}) == malformed);

    const auto refused_add_on = [&](AddOn add_on) {
        const auto added = play.refused(AddAddOn{add_on});
        CHECK(play.refused(ChangeAddOn{sticker, add_on}) == added);
        return added;
    };
    CHECK(refused_add_on({.name = "Pin"}) == std::nullopt);  // free add-ons exist
    CHECK(refused_add_on({.name = "Pin", .per_backer = 0}) == malformed);
    CHECK(refused_add_on({.name = "Pin", .only_with = {RewardId{4}}}) == malformed);
    CHECK(refused_add_on({.name = "Pin", .only_with = {RewardId{}}}) == malformed);
    CHECK(refused_add_on({.name = "Pin", .shipping = {.ships = Ships::listed, .rates = {{"US", -1}}}}) == malformed);
}

// -------------------------------------------------------------------------------------------------- changes

TEST_CASE("a backer has one pledge at a time, and may make another after cancelling it") {
    Player play(terms());
    play.pledge(1, cents(10'00));
    const MakePledge second{PledgeId{2}, BackerId{1}, {.amount = cents(10'00)}};
    CHECK(play.refused(second) == RejectionCode::backer_has_pledged);
    play.does(CancelPledge{PledgeId{1}});
    play.does(second);
    CHECK(play.state().totals.backers == 1);
    CHECK(play.refused(MakePledge{PledgeId{1}, BackerId{9}, {.amount = cents(10'00)}}) ==
          RejectionCode::pledge_id_taken);  // the id of a cancelled pledge stays taken
}

TEST_CASE("a change replaces the old choice whole") {
    Player play(terms());
    play.pledge(1, {.reward = kit, .add_ons = {{cable}}, .ship_to = "JP", .amount = cents(150'00)});
    play.does(ChangePledge{PledgeId{1}, {.reward = poster, .amount = cents(30'00)}});

    CHECK(find_pledge(play.campaign(), PledgeId{1})->amount == cents(30'00));
    CHECK(play.state().totals.standing == 30'00);  // not 180.00
    CHECK(play.state().totals.standing_shipping == 0);
    CHECK(play.state().totals.standing_units == 1);
    CHECK(play.state().reward_taken == std::vector<std::uint32_t>{1, 0, 0});
    CHECK(play.state().add_on_taken == std::vector<std::uint32_t>{0, 0});
    CHECK(play.state().totals.in(PledgeState::pledged) == Tally{1, 30'00});
}

TEST_CASE("nobody can name a pledge that has no id") {
    for (const std::uint64_t id : {1ull, 77ull}) {  // dense ids, and others
        Player play(terms());
        play.pledge(id, cents(10'00));
        CHECK(play.refused(CancelPledge{PledgeId{}}) == RejectionCode::pledge_unknown);
        CHECK(play.refused(ChangePledge{PledgeId{}, {.amount = cents(10'00)}}) == RejectionCode::pledge_unknown);
        CHECK(play.refused(RefundPledge{PledgeId{}, cents(1)}) == RejectionCode::pledge_unknown);
        CHECK_FALSE(find_pledge(play.campaign(), PledgeId{}));
    }
}

TEST_CASE("in the last 24 hours no cut may take the campaign below its goal") {
    Terms agreed = terms();
    agreed.limits.locked_before_end = 24h;
    Player play(agreed);
    play.pledge(1, cents(900'00));
    play.pledge(2, cents(200'00));
    const Instant locked = closes - 24h;
    const CancelPledge cancel{PledgeId{2}};
    const auto cut_to = [](std::int64_t amount) { return ChangePledge{PledgeId{2}, {.amount = cents(amount)}}; };

    CHECK(play.refused(locked - 1s, cancel) == std::nullopt);
    CHECK(play.refused(locked - 1s, cut_to(99'99)) == std::nullopt);
    CHECK(play.refused(locked, cancel) == RejectionCode::would_fall_below_goal);
    CHECK(play.refused(locked, cut_to(99'99)) == RejectionCode::would_fall_below_goal);
    CHECK(play.refused(locked, cut_to(100'00)) == std::nullopt);  // exactly at the goal
    CHECK(play.refused(closes - 1s, cancel) == RejectionCode::would_fall_below_goal);

    SUBCASE("a campaign below its goal has nothing to fall from") {
        play.does(locked - 1s, cut_to(99'99));
        CHECK(play.refused(locked, cancel) == std::nullopt);
    }
    SUBCASE("without the rule everything may be cut until the end") {
        agreed.limits.locked_before_end = {};
        Player free(agreed);
        free.pledge(1, cents(1'000'00));
        CHECK(free.refused(closes - 1s, CancelPledge{PledgeId{1}}) == std::nullopt);
    }
    SUBCASE("an extension moves it") {
        agreed.may_extend = true;
        Player extended(agreed);
        extended.pledge(1, cents(1'000'00));
        extended.does(ExtendDeadline{closes + days{1}});
        CHECK(extended.refused(locked, CancelPledge{PledgeId{1}}) == std::nullopt);
        CHECK(extended.refused(closes, CancelPledge{PledgeId{1}}) == RejectionCode::would_fall_below_goal);
    }
}

TEST_CASE("the last-24-hours rule counts what the goal counts") {
    Terms agreed = terms(FundingModel::units(2));
    agreed.limits.locked_before_end = 24h;
    Player play(agreed);
    play.pledge(1, {.reward = kit, .ship_to = "US", .amount = cents(500'00)});
    play.pass(closes - 1h);
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.reward = kit, .ship_to = "US", .amount = cents(105'00)}}) ==
          std::nullopt);  // less money, the same pieces
    CHECK(play.refused(ChangePledge{PledgeId{1}, {.reward = poster, .amount = cents(500'00)}}) ==
          RejectionCode::would_fall_below_goal);
}

TEST_CASE("a pledge has its bounds, in the campaign's currency") {
    const Player play(terms());
    const auto of = [&](Money amount) { return play.refused(pledge_of(1, {.amount = amount})); };
    CHECK(of(cents(1'00)) == std::nullopt);
    CHECK(of(cents(99)) == RejectionCode::amount_below_minimum);
    CHECK(of(cents(0)) == RejectionCode::amount_not_positive);
    CHECK(of(cents(INT64_MIN)) == RejectionCode::amount_not_positive);
    CHECK(of(cents(10'000'00)) == std::nullopt);
    CHECK(of(cents(10'000'01)) == RejectionCode::amount_above_maximum);
    CHECK(of(cents(INT64_MAX)) == RejectionCode::amount_above_maximum);
    CHECK(of({100'00, EUR}) == RejectionCode::currency_differs);
}

// -------------------------------------------------------------------------------------------------- late pledges

TEST_CASE("late pledges have late prices, their own window, and no part in the goal") {
    Terms agreed = terms();
    agreed.late_pledges = LatePledges{.open_for = days{10}};
    agreed.rewards[0].late = false;
    agreed.add_ons[1].late = false;
    Player play(agreed);
    play.pledge(1, cents(1'000'00));
    play.pass(closes);

    const auto kit_for = [](std::int64_t amount) {
        return pledge_of(2, {.reward = kit, .ship_to = "US", .amount = cents(amount)});
    };
    CHECK(play.refused(kit_for(124'99)) == RejectionCode::amount_below_minimum);
    CHECK(play.refused(closes + days{10} - 1s, kit_for(125'00)) == std::nullopt);
    CHECK(play.refused(closes + days{10}, kit_for(125'00)) == RejectionCode::late_pledges_not_offered);
    CHECK(play.refused(pledge_of(2, {.reward = poster, .amount = cents(25'00)})) == RejectionCode::reward_not_late);
    CHECK(play.refused(pledge_of(2, {.reward = kit, .add_ons = {{cable}}, .ship_to = "US", .amount = cents(500'00)})) ==
          RejectionCode::add_on_not_late);
    CHECK(play.refused(pledge_of(2, {.reward = early_bird, .amount = cents(20'00)})) == std::nullopt);

    play.does(kit_for(125'00));
    CHECK(find_pledge(play.campaign(), PledgeId{2})->late);
    CHECK(play.state().totals.late == Tally{1, 125'00});
    CHECK(play.state().totals.ended == Tally{1, 1'000'00});
    CHECK(play.state().totals.standing == 1'000'00);
    CHECK(percent_funded(play.campaign()) == 100);
    CHECK(play.refused(CancelPledge{PledgeId{2}}) == RejectionCode::campaign_closed);
    CHECK(play.refused(MakePledge{PledgeId{3}, BackerId{1}, {.amount = cents(10'00)}}) ==
          RejectionCode::backer_has_pledged);
    play.does(CloseLatePledges{});
    CHECK(play.refused(pledge_of(4, {.amount = cents(10'00)})) == RejectionCode::late_pledges_not_offered);
    CHECK(play.refused(CloseLatePledges{}) == RejectionCode::late_pledges_not_offered);
    CHECK(check(play.campaign()).empty());
}

TEST_CASE("late pledges come after a success only, and only where the terms have them") {
    Player without(terms());
    without.pledge(1, cents(1'000'00));
    without.pass(closes);
    CHECK(without.refused(pledge_of(2, {.amount = cents(10'00)})) == RejectionCode::campaign_closed);

    Terms agreed = terms();
    agreed.late_pledges = LatePledges{};
    Player failed(agreed);
    failed.pledge(1, cents(999'99));
    failed.pass(closes);
    CHECK(failed.refused(pledge_of(2, {.amount = cents(10'00)})) == RejectionCode::campaign_ended);

    Player open(agreed);
    open.pledge(1, cents(1'000'00));
    CHECK(open.refused(closes + days{100'000}, pledge_of(2, {.amount = cents(10'00)})) == std::nullopt);
}

// -------------------------------------------------------------------------------------------------- instalments

TEST_CASE("instalments are for pledges that are charged at the success, and large enough") {
    FundingModel model = FundingModel::all_or_nothing(cents(1'000'00));
    model.judged = OutcomeTiming::when_reached;
    Terms agreed = terms(model);
    agreed.instalments = InstalmentPlan{.minimum = 125'00, .retry_first = days{7}, .retry_later = days{7}};
    agreed.late_pledges = LatePledges{};
    Player play(agreed);
    const auto in_parts = [](std::uint64_t id, std::int64_t amount) {
        return pledge_of(id, {.amount = cents(amount), .in_instalments = true});
    };
    CHECK(play.refused(in_parts(1, 124'99)) == RejectionCode::amount_below_instalment_minimum);
    play.does(in_parts(1, 125'00));
    play.pledge(2, cents(1'000'00));
    CHECK(play.state().succeeded_at);
    // From now on pledges are charged as they come: nothing would ever schedule the parts.
    CHECK(play.refused(in_parts(3, 500'00)) == RejectionCode::instalments_not_offered);
    play.pass(closes);
    CHECK(play.refused(in_parts(3, 500'00)) == RejectionCode::instalments_not_offered);
    CHECK(Player(terms()).refused(in_parts(3, 500'00)) == RejectionCode::instalments_not_offered);
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
