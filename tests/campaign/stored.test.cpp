// SPDX-License-Identifier: BSL-1.0
// Stored events: what is applied twice, out of order or empty is found out; a redelivered command is not done twice.
#include <crowdrules/campaign/agenda.hpp>

#include "sample.hpp"

namespace crowdrules::campaign {

using namespace sample;

namespace {

/// What an exception says; empty when there is none.
template <class F>
std::string said_by(F does) {
    try {
        does();
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

Player charged() {
    Player play(terms());
    play.pledge(1, cents(1'200'00));
    play.pass(closes);
    play.charge(1);
    return play;
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("events are numbered from 1 in the order in which they happen") {
    const Player play = charged();
    for (std::size_t i = 0; i < play.happened().size(); ++i) CHECK(play.happened()[i].number == i + 1);
    CHECK(play.campaign().events() == play.happened().size());
}

TEST_CASE("a stored event that is applied twice, or before its time, is found out and changes nothing") {
    const Player play = charged();
    Campaign campaign = play.campaign();
    CHECK(said_by([&] { evolve(campaign, play.happened().back()); }) ==
          "event 5 was applied already: the last one is 5");
    CHECK(campaign == play.campaign());

    Events gap = play.happened();
    gap.erase(gap.begin() + 1);
    CHECK(said_by([&] { (void)replay(gap); }) == "event 3 does not follow event 1");
    Events swapped = play.happened();
    std::swap(swapped[3], swapped[4]);
    CHECK_THROWS_AS((void)replay(swapped), ContractViolation);
    CHECK_THROWS_AS((void)replay(std::span(play.happened()).subspan(1)), ContractViolation);
}

TEST_CASE("an event of another campaign that stands elsewhere is found out") {
    const Player play = charged();
    Campaign other = launch(terms(), opens);
    CHECK_THROWS_AS(evolve(other, play.happened().back()), ContractViolation);
}

TEST_CASE("events without numbers are applied as they come, and counted") {
    Events events = charged().happened();
    for (Event& event : events) event.number = 0;
    CHECK(replay(events) == charged().campaign());
}

TEST_CASE("rows of everyday events count as their events do") {
    Campaign by_rows = launch(terms(), opens), by_events = by_rows;
    const PledgeRow row{.pledge = 1, .amount = 25'00, .detail = 7};
    evolve(by_rows, opens, std::span(&row, 1));
    const PledgeMade made{.pledge = PledgeId{1}, .backer = BackerId{7}, .amount = row.amount};
    evolve(by_events, Event{.at = opens, .what = made});
    CHECK(by_rows.events() == 2);
    CHECK(by_rows == by_events);
}

TEST_CASE("an empty event equals another, begins no life and is applied to none") {
    CHECK(Event{} == Event{});
    CHECK_FALSE(Event{} == launched(terms(), opens));
    Campaign campaign = launch(terms(), opens);
    CHECK_THROWS_AS(evolve(campaign, Event{.at = opens, .what = {}}), ContractViolation);
    CHECK_THROWS_AS((void)replay(std::span<const Event>{}), ContractViolation);
    CHECK_THROWS_AS((void)replay({}), ContractViolation);
    const Event empty{};
    CHECK_THROWS_AS((void)replay({&empty, 1}), ContractViolation);
}

TEST_CASE("a command that is delivered again later is done already, with another content it is refused") {
    Campaign campaign = launch(terms(), opens);
    Events happened;
    Command wish{.id = CommandId{1},
                 .at = opens + 1min,
                 .what = MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(25'00)}, {}}};
    CHECK(perform(campaign, wish, happened) == Performed::done);
    const Campaign once = campaign;
    wish.at += 1min;
    CHECK(decide(campaign, wish)->already_done);
    CHECK(perform(campaign, wish, happened) == Performed::already_done);
    CHECK(campaign == once);
    wish.what = MakePledge{PledgeId{1}, BackerId{1}, {.amount = cents(26'00)}, {}};
    CHECK(perform(campaign, wish, happened).error().code == RejectionCode::command_conflicts_with_earlier);
}

TEST_CASE("the value of what was refused throws what the refusal says") {
    const auto refused = decide(launch(terms(), opens), {.at = opens, .what = CancelPledge{PledgeId{9}}});
    REQUIRE_FALSE(refused);
    CHECK(said_by([&] { (void)refused.value(); }) == to_text(refused.error()));
    CHECK(said_by([] { (void)Money::parse("10.505 USD").value(); }) == to_text(Money::parse("10.505 USD").error()));
}

TEST_CASE("the reading of a clock is an instant by name, rounded down") {
    const std::chrono::sys_time<std::chrono::milliseconds> reading{-1ms};
    CHECK(instant(reading) == Instant{-1s});
    CHECK(instant(std::chrono::system_clock::now()) > opens - days{36500});
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
