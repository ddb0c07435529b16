// SPDX-License-Identifier: BSL-1.0
// Vote: a round in which members choose among ideas, what their votes may be, and what a vote on the winner weighs.
//
//   2012, 15 votes a member     Anna votes for ideas 1, 2, 3 and 4, and takes 4 back       3 votes cast, 12 left
//   idea 1 wins, diluted by the inverse of votes cast      Anna's vote weighs 1/3, Ben's only one weighs 1
//
//   40 ideas, a bar of 75%      29 rated on all criteria: no    30: yes    40: yes         (quirky-rating-bar)
//
// Budgets changed by era: unlimited with dilution (2010-11), 15 a member (businessinsider.com, 2012-05), so many a day
// (networkn8.com, 2013-11), 3 in a branding round (archive.harbus.org, 2010). How far a vote is diluted was never
// published, nor how ties were broken: both must be named.
#pragma once

#include <crowdrules/community/idea.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/time/window.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::community {

/// How many votes a member has.
enum class Budget : std::uint8_t { unlimited, each_round, each_day };
struct VoteBudget {
    Budget per = Budget::unlimited;
    std::uint32_t votes = 0;          ///< for `each_round` and `each_day`
    Elapsed day_begins = Elapsed{0};  ///< for `each_day`: a new day begins this long after midnight UTC

    bool operator==(const VoteBudget&) const = default;
};

/// How the weight of a vote falls with the votes that its member has standing in the round.
enum class Dilution : std::uint8_t {
    undiluted,  ///< every vote weighs 1
    inverse,    ///< 1/n with n votes cast
    table,      ///< the n-th weight of a table, the last for all beyond
};
struct VoteWeight {
    Dilution by = Dilution::undiluted;
    std::vector<Weight> table{};

    bool operator==(const VoteWeight&) const = default;
};

/// Which of two ideas with as many votes goes first. Each ends with the lower id, so that no tie is left.
enum class TieBreak : std::uint8_t {
    earlier_submission,
    later_submission,
    higher_rating,  ///< the higher mean of all stars, then the earlier submission
    lower_id,
};

/// Which ideas go on when a round closes.
enum class SelectBy : std::uint8_t {
    top,        ///< the first `count` of the ranking that have a vote at all
    threshold,  ///< every idea with at least `count` votes
};
struct SelectionTerms {
    SelectBy by = SelectBy::top;
    std::uint32_t count = 1;
    std::uint32_t staff_picks = 0;  ///< so many more at most, whatever their votes

    bool operator==(const SelectionTerms&) const = default;
};

/// Who counts as having rated a round.
struct RatingTerms {
    std::vector<std::string> criteria;  ///< each idea is rated on each of them
    std::uint32_t stars = 5;            ///< 1 to `stars`
    Decimal bar;                        ///< of the ideas in the round: 0.75 for 75%

    bool operator==(const RatingTerms&) const = default;
};

/// What holds in every round; each has a window of its own.
struct RoundTerms {
    VoteBudget budget{};
    std::optional<VoteWeight> weight{};   ///< required: no source says how far votes are diluted
    std::optional<TieBreak> tie_break{};  ///< required: no source says how ties are broken
    SelectionTerms selection{};
    std::optional<RatingTerms> rating{};  ///< none: nothing is rated in this round

    bool operator==(const RoundTerms&) const = default;
};

[[nodiscard]] std::string_view to_text(Budget budget) noexcept;
[[nodiscard]] std::string_view to_text(Dilution dilution) noexcept;
[[nodiscard]] std::string_view to_text(TieBreak tie_break) noexcept;
[[nodiscard]] std::string_view to_text(SelectBy select_by) noexcept;

/// Everything that forbids `terms`, in this order: a budget of no vote; a day
/// that begins outside a day; a missing weight, and a table that is empty, begins at 0, rises or is negative; a missing
/// tie-break; a selection of none; no criterion, a criterion twice, no star, a bar outside 0 to 1.
[[nodiscard]] Findings defects_of(const RoundTerms& terms);

/// What a member brings to the sharing of influence: `parts`/`of`, exactly.
struct Claim {
    MemberId member;
    Weight parts = 1;
    Weight of = 1;

    bool operator==(const Claim&) const = default;
};

/// An idea's place at the end of a round.
struct Ranked {
    IdeaId idea;
    std::size_t votes = 0;
    std::size_t place = 0;  ///< 1 for the first; no two ideas share one
    bool tied = false;      ///< as many votes as the idea before it: the tie-break put it here

    bool operator==(const Ranked&) const = default;
};

enum class SelectedAs : std::uint8_t { top, threshold, staff_pick };
struct Selected {
    Ranked ranked;
    SelectedAs as = SelectedAs::top;

    bool operator==(const Selected&) const = default;
};

/// One round of voting and rating. Every refusal leaves it as it was.
class Round {
  public:
    /// Refuses: what defects_of refuses; a window that closes before it opens.
    [[nodiscard]] static Result<Round, Findings> of(RoundTerms terms, Window window);

    /// Lets an idea stand in the round. Refuses: an idea without id or submitter; one that was entered before.
    Result<void, Finding> enter(const Idea& idea);
    /// Takes an idea out (infeasible, withdrawn); its votes are free again and its ratings no longer count.
    /// Refuses: an idea that does not stand in the round.
    Result<void, Finding> remove(IdeaId idea);

    /// Refuses: outside the window; nobody; an idea that does not stand in the round; a second vote for the same idea;
    ///   a vote beyond the budget.
    Result<void, Finding> vote(MemberId member, IdeaId idea, Instant at);
    /// Takes a vote back while the round is open; it counts as never cast. Refuses: outside the window; no such vote.
    Result<void, Finding> take_back(MemberId member, IdeaId idea, Instant at);
    /// Rates an idea on one criterion; a later rating replaces an earlier one.
    /// Refuses: a round without ratings; outside the window; nobody; an idea that does not stand in the round; an
    ///   unknown criterion; stars outside 1 to the terms' stars.
    Result<void, Finding> rate(MemberId member, IdeaId idea, const std::string& criterion, std::uint32_t stars,
                               Instant at);

    [[nodiscard]] const RoundTerms& terms() const noexcept { return terms_; }
    [[nodiscard]] const Window& window() const noexcept { return window_; }
    [[nodiscard]] std::size_t ideas() const noexcept { return entries_.size(); }
    [[nodiscard]] bool stands(IdeaId idea) const { return entries_.contains(idea); }
    /// Whether a vote of `member` for `idea` stands.
    [[nodiscard]] bool has_voted(MemberId member, IdeaId idea) const;
    /// The votes of `member` that stand. Cost: O(log members).
    [[nodiscard]] std::size_t votes_cast(MemberId member) const;
    /// What `member` may still cast at `at`; none: without limit.
    [[nodiscard]] std::optional<std::size_t> votes_left(MemberId member, Instant at) const;
    [[nodiscard]] std::size_t votes_for(IdeaId idea) const;
    /// The ideas that `member` has rated on all criteria.
    [[nodiscard]] std::size_t fully_rated(MemberId member) const;

    /// All ideas, by votes and tie-break. Cost: O(ideas log ideas).
    [[nodiscard]] std::vector<Ranked> ranking() const;
    /// The ideas that go on: those the terms select, in order of place, then `staff_picks` in the order given.
    /// Refuses: more picks than the terms allow; a pick that does not stand in the round, is selected anyway, or twice.
    [[nodiscard]] Result<std::vector<Selected>, Finding> select(std::span<const IdeaId> staff_picks = {}) const;

    /// What the votes for `winner` weigh, by member. Cost: O(votes for it).
    [[nodiscard]] std::vector<Claim> voters_of(IdeaId winner) const;
    /// Whether `member` rated all criteria of at least the bar of the ideas.
    [[nodiscard]] bool qualifies_as_rater(MemberId member) const;
    /// Who qualifies, one claim each, by member.
    [[nodiscard]] std::vector<Claim> raters() const;

    bool operator==(const Round&) const = default;

  private:
    struct Entry {
        Idea idea;
        std::map<MemberId, Instant> votes;
        std::map<MemberId, std::vector<std::uint32_t>> stars;  ///< by criterion; 0: not rated

        bool operator==(const Entry&) const = default;
    };
    struct Totals {
        std::uint64_t stars = 0;
        std::uint64_t ratings = 0;
    };

    Round(RoundTerms terms, Window window) : terms_(std::move(terms)), window_(window) {}
    [[nodiscard]] Result<void, Finding> may_act(MemberId member, IdeaId idea, Instant at) const;
    [[nodiscard]] std::size_t votes_on_day_of(MemberId member, Instant at) const;
    [[nodiscard]] bool meets_bar(std::size_t rated) const;
    [[nodiscard]] static Totals totals_of(const Entry& entry);

    RoundTerms terms_;
    Window window_;
    std::map<IdeaId, Entry> entries_;
    std::map<MemberId, std::vector<Instant>> cast_;  ///< when each standing vote was cast
};

}  // namespace crowdrules::community
