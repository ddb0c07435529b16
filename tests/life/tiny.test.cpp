// SPDX-License-Identifier: BSL-1.0
// A third life: a club whose members pay dues. It costs its rules and nothing else: repeats, time, replay, ledger, who
// decided what, journal and JSON are those of every life.
#include <crowdrules/life/platform_decision.hpp>

#include <doctest/doctest.h>

#include "life/living.hpp"
#include "protocol/event_journal.hpp"
#include "schema/fingerprint.hpp"
#include <map>

// clang-format off: a line for what is small
namespace crowdrules {
namespace club {

struct Rules; struct Terms { Currency currency = USD; std::int64_t dues = 0; Elapsed lasts{}; };

struct Join { BackerId member{}; };
struct PayDues { BackerId member{}; };
struct Expel { BackerId member{}; std::string reason{}, by{}; };
using Command = CommandOf<std::variant<Join, PayDues, Expel>>;

struct Opened { std::shared_ptr<const Terms> terms{}; };
struct Joined { BackerId member{}; };
struct DuesPaid { BackerId member{}; std::int64_t amount = 0; };
struct Expelled { BackerId member{}; std::string reason{}, by{}; };
struct Lapsed { BackerId member{}; };
using EventBody = std::variant<Opened, Joined, DuesPaid, Expelled, Lapsed>;
using Event = EventOf<EventBody>;
enum class Code { command_older_than_last, command_conflicts_with_earlier, command_too_late, unknown, already };
struct Rejection { Code code; std::string what{}, accepted{}; };

struct State {
    std::shared_ptr<const Terms> terms{};
    Instant last{};
    Ledger ledger{USD};
    std::map<std::uint64_t, std::uint64_t> commands{};
    std::vector<PlatformDecision> decisions{};
    std::map<BackerId, Instant> members{};  ///< until when each has paid
    bool operator==(const State& o) const { return last == o.last && ledger == o.ledger && members == o.members; }
};
struct Types {
    using State = club::State; using Terms = club::Terms; using Command = club::Command; using Event = club::Event;
    using First = club::Opened; using Rejection = club::Rejection; using Rules = club::Rules;
};
using Club = Life<Types>;

Findings defects_of(const Terms& terms) {
    return terms.dues > 0 ? Findings{} : Findings{{FindingKind::forbidden, "dues", "members pay nothing", "an amount"}};
}
Movements movements_of(const EventBody& what) {
    const auto* paid = std::get_if<DuesPaid>(&what);
    return {{Account::members, Account::community, paid ? paid->amount : 0}};
}
/// Everything due after what has happened, in order of time: who must have paid by when.
std::vector<std::pair<Instant, BackerId>> agenda(const State& club) {
    std::vector<std::pair<Instant, BackerId>> items;
    for (const auto& [member, until] : club.members) items.emplace_back(until, member);
    std::sort(items.begin(), items.end());
    return items;
}

/// The fields of whatever it is: those that it has.
template <class T> requires std::is_aggregate_v<T> void describe(detail::Fields& v, T& value) {
    if constexpr (requires { value.currency; }) v.currency("currency", value.currency, detail::required);
    if constexpr (requires { value.dues; }) v.amount("dues", value.dues), v("lasts", value.lasts);
    if constexpr (requires { value.at; }) v("at", value.at, detail::required), v.one_of("what", value.what);
    if constexpr (requires { value.cause; }) v("cause", value.cause), v.digest("fingerprint", value.fingerprint);
    if constexpr (requires { value.terms; }) v("terms", value.terms, detail::required);
    if constexpr (requires { value.member; }) v("member", value.member, detail::required);
    if constexpr (requires { value.amount; }) v.amount("amount", value.amount);
    if constexpr (requires { value.reason; }) v("reason", value.reason), v("by", value.by);
}
std::uint64_t fingerprint_of(const Command& command) { return fingerprint_of_command(detail::value_of(command)); }
Instant latest_start(const Terms&) { return latest_instant; }
struct Rules {
    using Bodies = std::vector<EventBody>;
    static constexpr const char *no_terms = "no club has such terms", *no_beginning = "a club is opened first";
    static void begin(State&, Instant) {}
    static VerdictOf<Types> judge(const State& club, const Command& command) {
        const BackerId member = std::visit([](const auto& c) { return c.member; }, command.what);
        const bool joins = std::holds_alternative<Join>(command.what), is_there = club.members.contains(member);
        if (joins && is_there) return failure(Rejection{Code::already, "a member", "others"});
        if (!joins && !is_there) return failure(Rejection{Code::unknown, "no member", "members"});
        if (joins) return Bodies{Joined{member}};
        if (const auto* expel = std::get_if<Expel>(&command.what))
            return Bodies{Expelled{member, expel->reason, expel->by}};
        return Bodies{DuesPaid{member, club.terms->dues}};
    }
    static void apply(State& club, const Event& event) {
        if (auto* e = std::get_if<Joined>(&event.what)) club.members[e->member] = event.at;
        if (auto* e = std::get_if<DuesPaid>(&event.what)) club.members[e->member] += club.terms->lasts;
        if (auto* e = std::get_if<Lapsed>(&event.what)) club.members.erase(e->member);
        const auto* e = std::get_if<Expelled>(&event.what);
        if (e == nullptr) return;
        club.members.erase(e->member);
        club.decisions.push_back({event.at, "expelled", std::to_string(e->member.value), e->reason, e->by});
    }
    static Instant next_due(const State& c) { return c.members.empty() ? never : agenda(c)[0].first + Elapsed{1}; }
    static Bodies fall_due(const State& c, Instant) { return {Lapsed{agenda(c)[0].second}}; }
};
}  // namespace club

template <> struct detail::JournalKind<club::EventBody> : club::Types {
    static constexpr const char *kind = "club", *not_first = "the club is not opened", *twice = "it is opened twice",
                                *accepted = "opened as the first event and nowhere else";
    static CountedIn counted_in(const Terms* terms) { return {terms ? terms->currency : USD}; }
};

template <> inline constexpr std::string_view detail::alternative_name<club::Join> = "join";
template <> inline constexpr std::string_view detail::alternative_name<club::PayDues> = "pay_dues";
template <> inline constexpr std::string_view detail::alternative_name<club::Expel> = "expel";
template <> inline constexpr std::string_view detail::alternative_name<club::Opened> = "opened";
template <> inline constexpr std::string_view detail::alternative_name<club::Joined> = "joined";
template <> inline constexpr std::string_view detail::alternative_name<club::DuesPaid> = "dues_paid";
template <> inline constexpr std::string_view detail::alternative_name<club::Expelled> = "expelled";
template <> inline constexpr std::string_view detail::alternative_name<club::Lapsed> = "lapsed";

TEST_CASE("a third life costs its rules and nothing else") {
    using namespace club;
    using Lived = Living<club::Types>;
    const auto day = [](int n) { return instant("2026-01-01T00:00:00Z") + std::chrono::days{n}; };
    std::vector<club::Event> events{Lived::first({.dues = 30'00, .lasts = std::chrono::days{30}}, day(0))};
    Club club = Lived::replay(events);
    const BackerId ann{1}, bob{2};
    const club::Command joins{CommandId{7}, day(1), Join{ann}};
    CHECK(perform(club, joins, events) == Performed::done);
    CHECK(perform(club, {{}, day(1), PayDues{ann}}, events) == Performed::done);
    CHECK(perform(club, {{}, day(1), Join{bob}}, events) == Performed::done);
    CHECK(agenda(*club)[0] == std::pair(day(1), bob));
    CHECK(due(club, day(2)).size() == 1);

    // Bob has not paid in time. A repeat comes before age, and age before content.
    CHECK(perform(club, {{}, day(3), PayDues{bob}}, events).error().code == Code::unknown);
    CHECK(perform(club, joins, events) == Performed::already_done);
    CHECK(decide(club, {CommandId{7}, day(3), Join{bob}}).error().code == Code::command_conflicts_with_earlier);
    CHECK(decide(club, {{}, day(1), Join{ann}}).error().code == Code::command_older_than_last);
    CHECK(decide(club, {{}, day(40), PayDues{ann}}).error().code == Code::unknown);
    CHECK(perform(club, {{}, day(4), Expel{ann, "sings", "Cy"}}, events) == Performed::done);
    CHECK(to_text(decisions(club)[0]) == "2026-01-05T00:00:00Z expelled by Cy: 1: sings");
    CHECK(club->ledger.balance(Account::community) == usd("30.00"));

    const std::string journal = detail::write_events<club::EventBody>(events);
    CHECK(journal.find(R"("what":"dues_paid","member":1,"amount":"30.00")") != std::string::npos);
    CHECK(Lived::replay(detail::read_events<club::EventBody>(journal, "club").value()) == club);
    CHECK_FALSE(detail::read_events<club::EventBody>(journal.substr(journal.find('\n') + 1), "club"));
}
}  // namespace crowdrules
