// SPDX-License-Identifier: BSL-1.0
// A small community that tests bend to their purpose, and somebody who plays it.
//
//   CommunityPlayer play(sample::community());                   // Anna, Ben, Chris, Dora and Emil have joined
//   play.does(HandInIdea{IdeaId{1}, anna, "Pivot Power"});     // accepted, or the test fails
//   CHECK(play.refused(StartSales{IdeaId{1}, staff}) == RejectionCode::product_unknown);
//   play.pass(week(1));                                        // what falls due by then happens
#pragma once

#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/decide.hpp>
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/community/postings.hpp>
#include <crowdrules/community/statement.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace crowdrules::community {

// How doctest shows a mismatch.
inline doctest::String toString(RejectionCode code) {
    return std::string(to_text(code)).c_str();
}
inline doctest::String toString(const std::optional<RejectionCode>& code) {
    return code ? toString(*code) : "accepted";
}
inline doctest::String toString(ProductStage stage) {
    return std::string(to_text(stage)).c_str();
}
inline doctest::String toString(const Money& amount) {
    return to_text(amount).c_str();
}

namespace sample {

using namespace std::chrono_literals;
using std::chrono::days;
using Code = RejectionCode;

inline Money cents(std::int64_t minor) {
    return {minor, USD};
}
inline Decimal decimal(std::string_view text) {
    return Decimal::parse(text).value();
}

inline const Instant start = instant("2012-01-01T00:00:00Z");
inline Instant day(int number) {
    return start + days{number};
}
inline Date date_of(Instant at) {
    return Date{std::chrono::floor<days>(at)};
}

inline constexpr MemberId anna{1}, ben{2}, chris{3}, dora{4}, emil{5};
inline constexpr MemberId company{1000};
inline constexpr IdeaId lamp{1}, hook{2};
inline const std::string staff = "staff";

/// A fee of 10.00 that is refunded; 3 votes a member, the first idea and one staff pick go on; 30% of direct and 10% of
/// indirect revenue less returns; quarters from 2012 on, payments from 5.00 on, unclaimed influence to the company.
inline Terms community() {
    Terms terms;
    terms.title = "Sample";
    terms.submission = {.fee = 10'00, .refunded_when_infeasible = true};
    terms.evaluation = {.budget = {.per = Budget::each_round, .votes = 3},
                        .weight = VoteWeight{Dilution::inverse},
                        .tie_break = TieBreak::earlier_submission,
                        .selection = {.by = SelectBy::top, .count = 1, .staff_picks = 1},
                        .rating = RatingTerms{{"use", "price"}, 5, decimal("75%")}};
    terms.influence = {.unclaimed = UnclaimedPolicy{Unclaimed::to_payee, company}};
    terms.rights = {.company = company};
    const auto channel = [](std::string name, std::string_view rate) {
        const revenue::RateTerms flat{.less = {revenue::Deduction::returns, revenue::Deduction::discounts},
                                      .tiers = {{{}, decimal(rate)}}};
        return revenue::RoyaltyChannel{std::move(name), Dated<revenue::RateTerms>({{date("2009-01-01"), flat, {}}})};
    };
    terms.royalty = {.channels = {channel("direct", "30%"), channel("indirect", "10%")},
                     .rounding = Rounding{RoundingMode::half_even}};
    terms.payouts = {.from = start, .minimum = 5'00};
    return terms;
}

/// inventor 40%, voters 20% of the evaluation; research 5%; naming: the name 25%, its voters 5%; buyers 5%.
inline std::vector<ProductPhase> phases() {
    const RoundTerms naming{.budget = {.per = Budget::each_round, .votes = 3},
                            .weight = VoteWeight{Dilution::undiluted},
                            .tie_break = TieBreak::earlier_submission};
    return {{.name = "evaluation",
             .kind = PhaseKind::evaluation,
             .buckets = {{.name = "inventor", .share = decimal("40%"), .rule = BucketRule::winners},
                         {.name = "voters", .share = decimal("20%"), .rule = BucketRule::votes}}},
            {.name = "research",
             .kind = PhaseKind::participation,
             .buckets = {{.name = "answers", .share = decimal("5%"), .rule = BucketRule::equal}}},
            {.name = "naming",
             .kind = PhaseKind::contributions,
             .buckets = {{.name = "name", .share = decimal("25%"), .rule = BucketRule::winners},
                         {.name = "name voters", .share = decimal("5%"), .rule = BucketRule::votes}},
             .voting = naming},
            {.name = "presale",
             .kind = PhaseKind::participation,
             .buckets = {{.name = "buyers", .share = decimal("5%"), .rule = BucketRule::equal}}}};
}

/// Plays a community and keeps what happened.
class CommunityPlayer {
  public:
    explicit CommunityPlayer(Terms terms = sample::community(), Instant at = start)
        : community_(found(terms, at)), at_(at) {
        happened_.push_back(founded(std::move(terms), at));
        for (const MemberId member : {anna, ben, chris, dora, emil}) does(JoinCommunity{member});
    }

    [[nodiscard]] const Community& community() const noexcept { return community_; }
    [[nodiscard]] const State& state() const noexcept { return *community_; }
    [[nodiscard]] const Events& happened() const noexcept { return happened_; }
    [[nodiscard]] Instant at() const noexcept { return at_; }
    [[nodiscard]] const ProductRecord& product(IdeaId idea = lamp) const { return *find_product(state(), idea); }
    [[nodiscard]] const MemberRecord& member(MemberId id) const { return *find_member(state(), id); }

    /// The command must be accepted; what it alone brought about, without what fell due before it.
    Events does(Instant at, CommandBody what, CommandId id = {}) {
        pass(at);
        const auto decision = decide(community_, {.id = id, .at = at, .what = std::move(what)});
        if (!decision) FAIL(to_text(decision.error()));
        evolve(community_, decision->events);
        happened_.insert(happened_.end(), decision->events.begin(), decision->events.end());
        return decision->events;
    }
    Events does(CommandBody what) { return does(at_, std::move(what)); }

    /// Why the command is refused, or nothing when it would be accepted. Changes nothing.
    [[nodiscard]] std::optional<Code> refused(CommandBody what) const {
        const Community before = community_;
        const auto decision = decide(community_, {.at = at_, .what = std::move(what)});
        CHECK(community_ == before);
        if (decision) return std::nullopt;
        return decision.error().code;
    }
    [[nodiscard]] Rejection refusal(CommandBody what) const {
        const auto decision = decide(community_, {.at = at_, .what = std::move(what)});
        if (decision) FAIL("it is accepted");
        return decision.error();
    }

    /// Time goes on to `at`, and what is due by then happens.
    Events pass(Instant at) {
        Events due = advance(community_, at);
        happened_.insert(happened_.end(), due.begin(), due.end());
        at_ = std::max(at_, at);
        return due;
    }

    // Ways that many tests go.

    /// Idea 1 of Anna and idea 2 of Ben; Chris votes for both, Dora for the first; a week later the first is selected.
    void evaluate() {
        does(HandInIdea{lamp, anna, "Lamp"});
        does(HandInIdea{hook, ben, "Hook"});
        does(OpenRound{RoundId{1}, {lamp, hook}, at_ + days{7}, staff});
        does(CastVote{RoundId{1}, chris, lamp});
        does(CastVote{RoundId{1}, chris, hook});
        does(CastVote{RoundId{1}, dora, lamp});
        pass(at_ + days{7});
    }
    void accept() {
        evaluate();
        does(AcceptIdea{lamp, false, phases(), staff});
    }
    /// The answers are Emil's, the name is Ben's, Anna voted for it; nobody bought it before.
    void develop() {
        accept();
        does(OpenPhase{.product = lamp, .phase = "research", .decided_by = staff});
        does(CreditMembers{lamp, "answers", {{.member = emil}}, staff});
        does(ClosePhase{lamp, "research", staff});
        does(OpenPhase{lamp, "naming", RoundId{2}, at_ + days{3}, staff});
        does(Contribute{IdeaId{11}, lamp, "naming", ben, "Lumo"});
        does(Contribute{IdeaId{12}, lamp, "naming", chris, "Licht"});
        does(CastVote{RoundId{2}, anna, IdeaId{11}});
        does(CastVote{RoundId{2}, emil, IdeaId{12}});
        pass(at_ + days{3});
        does(PickWinners{lamp, "naming", {{IdeaId{11}}}, staff});
    }
    /// On sale from 2012-01-11 on: Anna 45%, Ben 25%, Chris 20/3%, Dora 40/3%, Emil 5%, the company 5%.
    void sell() {
        develop();
        does(ReportProductReady{lamp, staff});
        does(StartSales{lamp, staff});
    }
    void sale(std::uint64_t id, Money gross, std::string channel = "direct") {
        does(RecordSale{SaleId{id}, lamp, std::move(channel), date_of(at_), 1, gross});
    }

  private:
    Community community_;
    Instant at_;
    Events happened_;
};

/// How many events of one kind there are.
template <class Body>
std::size_t count_of(const Events& events) {
    std::size_t count = 0;
    for (const Event& event : events) count += std::holds_alternative<Body>(event.what) ? 1 : 0;
    return count;
}
/// The first event of a kind; the test fails when there is none.
template <class Body>
const Body& first_of(const Events& events) {
    for (const Event& event : events) {
        if (const auto* body = std::get_if<Body>(&event.what)) return *body;
    }
    FAIL("there is no such event");
    throw std::logic_error("unreachable: FAIL ends the test");
}

/// What must hold in every community at any time.
inline void balances(const CommunityPlayer& play) {
    const std::vector<std::string> reasons = check(play.community());
    CHECK_MESSAGE(reasons.empty(), (reasons.empty() ? std::string() : reasons.front()));
    (void)statement(play.community());
    Ledger folded(play.community().terms().currency);
    for (const Event& event : play.happened()) {
        if (const auto entry = postings(event, folded.currency())) folded.post(*entry);
    }
    CHECK(folded == play.state().ledger);
    CHECK(replay(play.happened()) == play.community());
}

}  // namespace sample
}  // namespace crowdrules::community
