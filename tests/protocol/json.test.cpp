// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/journal.hpp>

#include <doctest/doctest.h>

#include "arbitrary.hpp"
#include <protocol/document.hpp>
#include <protocol/json_writer.hpp>
#include <protocol/reader.hpp>
#include <set>

using namespace crowdrules;

namespace {

std::string errors_of(std::string_view json, auto& value) {
    const auto node = detail::parse_json(json, "file.json");
    if (!node) return to_text(node.error());
    Findings findings;
    detail::read(*node, value, {USD}, findings);
    return to_text(findings);
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

template <std::size_t... I>
void every_event_round_trips(std::uint64_t seed, std::index_sequence<I...>) {
    detail::Arbitrary arbitrary(seed);
    campaign::Terms terms;
    terms.currency = JPY;
    terms.model.measure = seed % 2 == 0 ? campaign::Measure::money : campaign::Measure::units;
    const auto check = [&](auto alternative) {
        campaign::Event event;
        detail::describe(arbitrary, alternative);
        arbitrary("at", event.at);
        arbitrary("cause", event.cause);
        arbitrary.digest("fingerprint", event.fingerprint);
        event.what = alternative;
        const auto text = to_json(event, terms);
        CAPTURE(text);
        const auto read = event_from_json(text, terms);
        REQUIRE_MESSAGE(read, (read ? "" : to_text(read.error())));
        CHECK(*read == event);
        CHECK(to_json(*read, terms) == text);
        CHECK(text.find('\n') == text.npos);
    };
    (check(std::variant_alternative_t<I, campaign::EventBody::variant>{}), ...);
}

}  // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("an event is one line that shows money in units and leaves out what is empty") {
    campaign::Event event;
    event.at = instant("2012-04-11T07:00:00Z");
    event.what = campaign::PledgeMade{.pledge = PledgeId{1}, .backer = BackerId{7}, .amount = 11500};
    CHECK(to_json(event, campaign::Terms{}) ==
          R"({"at":"2012-04-11T07:00:00Z","event":"pledge_made","pledge":1,"backer":7,"amount":"115.00"})");
}

TEST_CASE("an event says its number, and a journal numbers what does not") {
    campaign::Event event{.at = instant("2012-04-11T07:00:00Z"), .what = campaign::CampaignFailed{1250}, .number = 7};
    CHECK(holds(to_json(event, campaign::Terms{}), R"({"n":7,"at":)"));
    CHECK(event_from_json(to_json(event, campaign::Terms{}), campaign::Terms{})->number == 7);
}

TEST_CASE("an event of a campaign in yen is not read as one in dollars, nor the other way round") {
    campaign::Terms yen, dollars;
    yen.currency = JPY;
    const campaign::Event event{.at = instant("2012-04-11T07:00:00Z"),
                                .what = campaign::PledgeMade{
                                    .pledge = PledgeId{1}, .backer = BackerId{7}, .amount = 5000}};
    CHECK(event_from_json(to_json(event, yen), yen).value() == event);
    CHECK_FALSE(event_from_json(to_json(event, yen), dollars));
    CHECK_FALSE(event_from_json(to_json(event, dollars), yen));
}

TEST_CASE("an empty event is not written") {
    CHECK_THROWS_AS((void)to_json(campaign::Event{}, campaign::Terms{}), ContractViolation);
}

TEST_CASE("a goal is counted in the measure of its campaign") {
    campaign::Event event;
    event.what = campaign::CampaignFailed{1250};
    campaign::Terms money, heads;
    heads.model.measure = campaign::Measure::backers;
    CHECK(holds(to_json(event, money), R"("counted":"12.50")"));
    CHECK(holds(to_json(event, heads), R"("counted":1250)"));
}

TEST_CASE("every kind of event, filled with anything, is read back equal") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed)
        every_event_round_trips(seed, std::make_index_sequence<std::variant_size_v<campaign::EventBody::variant>>());
}

TEST_CASE("terms filled with anything are read back equal") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        detail::Arbitrary arbitrary(seed);
        campaign::Terms terms;
        detail::describe(arbitrary, terms);
        const auto text = to_json(terms);
        CAPTURE(text);
        const auto read = terms_from_json(text);
        REQUIRE_MESSAGE(read, (read ? "" : to_text(read.error())));
        CHECK(*read == terms);
    }
}

TEST_CASE("a command filled with anything is read back with the same text") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        detail::Arbitrary arbitrary(seed);
        campaign::Command command{{}, {}, campaign::CommandBody{}};
        arbitrary("id", command.id);
        arbitrary("at", command.at);
        detail::describe(arbitrary, command);
        std::string text, again;
        detail::JsonWriter(text, {USD}).write(command);
        campaign::Command read{{}, {}, campaign::CommandBody{}};
        REQUIRE(errors_of(text, read) == "");
        detail::JsonWriter(again, {USD}).write(read);
        CHECK(again == text);
    }
}

TEST_CASE("the names of the described alternatives are those of the engine") {
    std::set<std::string_view> names;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        detail::Arbitrary arbitrary(seed);
        campaign::EventBody event;
        arbitrary.one_of("event", event);
        const auto described = std::visit([]<class T>(const T&) { return detail::alternative_name<T>; }, event);
        CHECK(described == name_of(event));
        names.insert(described);
    }
    CHECK(names.size() == std::variant_size_v<campaign::EventBody::variant>);
}

TEST_CASE("all errors of a text are told, each with what would be accepted") {
    campaign::Reward reward;
    const auto errors = errors_of(R"({"minimum":115,"quanttity":3,"late_price":"1.005","hidden":"yes","units":-1,)"
                                  R"("shipping":{"ships":"everywhere"}})",
                                  reward);
    CHECK(holds(errors, "name: 'name' is missing"));
    CHECK(holds(errors, "minimum: 115, but expected an amount as text, in quotes"));
    CHECK(holds(errors, "quanttity: 'quanttity' is no field here; accepted: 'quantity'"));
    CHECK(holds(errors, "late_price: 3 decimals, but USD has 2"));
    CHECK(holds(errors, "hidden: \"yes\", but expected true or false"));
    CHECK(holds(errors, "units: -1, but expected a whole number from 0 to 4294967295"));
    CHECK(holds(errors, "shipping.ships: 'everywhere' is unknown here"));
    CHECK(holds(errors, "file.json:1"));
}

TEST_CASE("an unknown kind of event is refused with the nearest there is") {
    const auto event =
        event_from_json(R"({"at":"2012-04-11T07:00:00Z","event":"pledge_mad","pledge":1})", campaign::Terms{});
    REQUIRE_FALSE(event);
    CHECK(holds(to_text(event.error()), "did you mean 'pledge_made'?"));
}

TEST_CASE("JSON that would lose digits, keys or the stack is refused") {
    const auto error = [](std::string_view text) {
        const auto node = detail::parse_json(text, "f");
        return node ? std::string("accepted") : to_text(node.error());
    };
    CHECK(holds(error(R"({"a":1.5})"), "is not exact"));
    CHECK(holds(error(R"({"a":1e2})"), "is not exact"));
    CHECK(holds(error(R"({"a":18446744073709551616})"), "is not exact"));
    CHECK(holds(error(R"({"a":1,"b":2,"a":1})"), "a key given twice"));
    CHECK(holds(error(R"({"a":null})"), "null is no value"));
    CHECK(holds(error(std::string(1'000'000, '[')), "nested too deeply"));
    CHECK(holds(error("{\n\"a\": 1,\n}"), "f:3:"));
    CHECK(holds(error(""), "not JSON"));
    CHECK(holds(error("{} {}"), "not JSON"));
    CHECK(error(R"({"a":18446744073709551615,"b":-9223372036854775808})") == "accepted");
}

TEST_CASE("terms with bytes changed are read or refused with words, and nothing else") {
    std::mt19937_64 random(7);
    constexpr std::string_view bytes = "\"[]{}:,.09-aZe\\\xFF";
    std::size_t refused = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        detail::Arbitrary arbitrary(seed);
        campaign::Terms terms;
        detail::describe(arbitrary, terms);
        auto text = to_json(terms);
        for (auto changes = 1 + random() % 3; changes > 0; --changes)
            text[random() % text.size()] = bytes[random() % bytes.size()];
        const auto read = terms_from_json(text);
        if (read) continue;
        ++refused;
        CHECK_FALSE(read.error().what.empty());
    }
    CHECK(refused > 200);
}

TEST_CASE("text that is no UTF-8 is not written") {
    campaign::Event event;
    event.what = campaign::CampaignPaused{"\xFF"};
    CHECK_THROWS_AS((void)to_json(event, campaign::Terms{}), ContractViolation);
}

TEST_SUITE_END();
