// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/vote.hpp>

#include "community/naming.hpp"
#include "core/enumerators.hpp"
#include "core/listed.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <set>
#include <words/number.hpp>

namespace crowdrules::community {
namespace {

Finding missing(std::string rule, std::string what, std::string accepted) {
    return {FindingKind::missing, std::move(rule), std::move(what), std::move(accepted), {}, {}};
}

/// Whether every criterion has stars.
bool is_full(const std::vector<std::uint32_t>& stars) {
    return std::find(stars.begin(), stars.end(), 0U) == stars.end();
}

void check_weight(const RoundTerms& terms, Findings& findings) {
    if (!terms.weight) {
        findings.push_back(missing("round.weight", "nothing says what a vote on the winner weighs",
                                   "undiluted, inverse or a table of weights"));
        return;
    }
    const std::vector<Weight>& table = terms.weight->table;
    if (terms.weight->by != Dilution::table) {
        if (!table.empty())
            findings.push_back(refusal("round.weight", "a table of weights that is not asked for", "no table"));
        return;
    }
    if (table.empty() || table.front() < 1)
        findings.push_back(refusal("round.weight", "a single vote weighs nothing", "a table that begins above 0"));
    if (std::any_of(table.begin(), table.end(), [](Weight weight) { return weight < 0; }))
        findings.push_back(refusal("round.weight", "a weight below 0", "weights of at least 0"));
    if (!std::is_sorted(table.rbegin(), table.rend()))
        findings.push_back(
            refusal("round.weight", "a vote would gain by more votes", "weights that fall with the votes cast"));
}

void check_rating(const RatingTerms& rating, Findings& findings) {
    if (rating.criteria.empty())
        findings.push_back(refusal("round.rating.criteria", "nothing to rate by", "at least one criterion"));
    if (std::set<std::string>(rating.criteria.begin(), rating.criteria.end()).size() != rating.criteria.size())
        findings.push_back(refusal("round.rating.criteria", "a criterion twice", "each criterion once"));
    if (rating.stars == 0) findings.push_back(refusal("round.rating.stars", "no star to give", "at least one"));
    if (rating.bar.is_negative() || rating.bar > Decimal(1))
        findings.push_back(refusal("round.rating.bar", "a bar of " + to_percent(rating.bar), "0% to 100%"));
}

}  // namespace

std::string_view to_text(Budget budget) noexcept {
    return detail::enumerator_name(budget);
}

std::string_view to_text(Dilution dilution) noexcept {
    return detail::enumerator_name(dilution);
}

std::string_view to_text(TieBreak tie_break) noexcept {
    return detail::enumerator_name(tie_break);
}

std::string_view to_text(SelectBy select_by) noexcept {
    return detail::enumerator_name(select_by);
}

Findings defects_of(const RoundTerms& terms) {
    Findings findings;
    if (terms.budget.per != Budget::unlimited && terms.budget.votes == 0)
        findings.push_back(refusal("round.budget", "nobody has a vote", "at least one vote"));
    if (terms.budget.day_begins < Elapsed{0} || terms.budget.day_begins >= std::chrono::days{1})
        findings.push_back(
            refusal("round.budget",
                    "a day that begins " + std::to_string(terms.budget.day_begins.count()) + " seconds after midnight",
                    "0 seconds to less than a day"));
    check_weight(terms, findings);
    if (!terms.tie_break)
        findings.push_back(missing("round.tie_break", "nothing says which of two ideas with as many votes goes first",
                                   "earlier_submission, later_submission, higher_rating or lower_id"));
    if (terms.selection.count == 0)
        findings.push_back(refusal("round.selection", "a count of 0", "at least one idea, or one vote"));
    if (terms.rating) check_rating(*terms.rating, findings);
    return findings;
}

Result<Round, Findings> Round::of(RoundTerms terms, Window window) {
    Findings defects = defects_of(terms);
    if (window.closes <= window.opens)
        defects.push_back(
            refusal("round.window", "it closes before it opens: " + to_text(window), "a closing after the opening"));
    if (!defects.empty()) return failure(std::move(defects));
    return Round(std::move(terms), window);
}

// ---------------------------------------------------------------------------------------------------- ideas and votes

Result<void, Finding> Round::enter(const Idea& idea) {
    if (idea.id.is_none() || idea.submitter.is_none())
        return failure(refusal("round.enter", "an idea without id or submitter", "an idea with both"));
    if (!entries_.try_emplace(idea.id, Entry{idea, {}, {}}).second)
        return failure(refusal("round.enter", idea_text(idea.id) + " stands in the round already", "each idea once"));
    return {};
}

Result<void, Finding> Round::remove(IdeaId idea) {
    const auto entry = entries_.find(idea);
    if (entry == entries_.end())
        return failure(refusal("round.remove", idea_text(idea) + " does not stand in the round", "one that does"));
    for (const auto& [member, at] : entry->second.votes) {
        std::vector<Instant>& cast = cast_.at(member);
        cast.erase(std::find(cast.begin(), cast.end(), at));
    }
    entries_.erase(entry);
    return {};
}

Result<void, Finding> Round::may_act(MemberId member, IdeaId idea, Instant at) const {
    if (!window_.contains(at))
        return failure(refusal("round.window",
                               crowdrules::to_text(at) + " is not in the round, which runs " + to_text(window_),
                               "an instant in the round"));
    if (member.is_none()) return failure(refusal("round.member", "nobody acts", "a member"));
    if (!stands(idea))
        return failure(refusal("round.idea", idea_text(idea) + " does not stand in the round", "one that does"));
    return {};
}

std::size_t Round::votes_on_day_of(MemberId member, Instant at) const {
    const auto day = [&](Instant instant) {
        return std::chrono::floor<std::chrono::days>(instant - terms_.budget.day_begins);
    };
    const auto cast = cast_.find(member);
    if (cast == cast_.end()) return 0;
    return static_cast<std::size_t>(std::count_if(cast->second.begin(), cast->second.end(),
                                                  [&](Instant instant) { return day(instant) == day(at); }));
}

std::optional<std::size_t> Round::votes_left(MemberId member, Instant at) const {
    const std::size_t budget = terms_.budget.votes;
    switch (terms_.budget.per) {
        case Budget::unlimited:
            break;
        case Budget::each_round:
            return budget - votes_cast(member);
        case Budget::each_day:
            return budget - votes_on_day_of(member, at);
    }
    return std::nullopt;
}

Result<void, Finding> Round::vote(MemberId member, IdeaId idea, Instant at) {
    if (auto allowed = may_act(member, idea, at); !allowed) return allowed;
    Entry& entry = entries_.at(idea);
    if (entry.votes.contains(member))
        return failure(refusal("round.vote", member_text(member) + " has a vote for " + idea_text(idea) + " already",
                               "one vote of a member for an idea"));
    if (votes_left(member, at) == std::size_t{0})
        return failure(refusal("round.budget",
                               member_text(member) + " has cast all " + detail::counted(terms_.budget.votes, "vote") +
                                   (terms_.budget.per == Budget::each_day ? " of the day" : " of the round"),
                               "a vote after another is taken back"));
    entry.votes.emplace(member, at);
    cast_[member].push_back(at);
    return {};
}

Result<void, Finding> Round::take_back(MemberId member, IdeaId idea, Instant at) {
    if (auto allowed = may_act(member, idea, at); !allowed) return allowed;
    Entry& entry = entries_.at(idea);
    const auto vote = entry.votes.find(member);
    if (vote == entry.votes.end())
        return failure(refusal("round.take_back", member_text(member) + " has no vote for " + idea_text(idea),
                               "a vote that was cast"));
    std::vector<Instant>& cast = cast_.at(member);
    cast.erase(std::find(cast.begin(), cast.end(), vote->second));
    entry.votes.erase(vote);
    return {};
}

Result<void, Finding> Round::rate(MemberId member, IdeaId idea, const std::string& criterion, std::uint32_t stars,
                                  Instant at) {
    if (!terms_.rating) return failure(refusal("round.rating", "nothing is rated in this round", "a vote"));
    if (auto allowed = may_act(member, idea, at); !allowed) return allowed;
    const std::vector<std::string>& criteria = terms_.rating->criteria;
    const auto found = std::find(criteria.begin(), criteria.end(), criterion);
    if (found == criteria.end()) {
        const std::string names = detail::listed(criteria);
        return failure(refusal("round.rating.criteria", "\"" + criterion + "\" is no criterion of the round", names));
    }
    if (stars == 0 || stars > terms_.rating->stars)
        return failure(refusal("round.rating.stars", detail::counted(stars, "star"),
                               "1 to " + std::to_string(terms_.rating->stars)));
    std::vector<std::uint32_t>& given = entries_.at(idea).stars[member];
    given.resize(criteria.size());
    given[static_cast<std::size_t>(found - criteria.begin())] = stars;
    return {};
}

// ------------------------------------------------------------------------------------------------- counts and ranking

bool Round::has_voted(MemberId member, IdeaId idea) const {
    const auto entry = entries_.find(idea);
    return entry != entries_.end() && entry->second.votes.contains(member);
}

std::size_t Round::votes_cast(MemberId member) const {
    const auto cast = cast_.find(member);
    return cast == cast_.end() ? 0 : cast->second.size();
}

std::size_t Round::votes_for(IdeaId idea) const {
    const auto entry = entries_.find(idea);
    return entry == entries_.end() ? 0 : entry->second.votes.size();
}

std::size_t Round::fully_rated(MemberId member) const {
    return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
        const auto given = entry.second.stars.find(member);
        return given != entry.second.stars.end() && is_full(given->second);
    }));
}

Round::Totals Round::totals_of(const Entry& entry) {
    Totals totals;
    for (const auto& [member, given] : entry.stars)
        for (const std::uint32_t stars : given) {
            totals.stars += stars;
            totals.ratings += stars > 0 ? 1 : 0;
        }
    return totals;
}

std::vector<Ranked> Round::ranking() const {
    struct Row {
        const Entry* entry;
        Totals totals;
    };
    std::vector<Row> rows;
    rows.reserve(entries_.size());
    for (const auto& [id, entry] : entries_) rows.push_back({&entry, totals_of(entry)});

    const auto goes_before = [&](const Row& one, const Row& other) {
        const Idea& a = one.entry->idea;
        const Idea& b = other.entry->idea;
        if (one.entry->votes.size() != other.entry->votes.size())
            return one.entry->votes.size() > other.entry->votes.size();
        const TieBreak tie_break = *terms_.tie_break;
        if (tie_break == TieBreak::higher_rating) {
            // Means as fractions, an idea without ratings behind every other: no stars of one rating.
            const auto mean_times = [](const Totals& of, const Totals& against) {
                return Int128(of.stars) * Int128(std::max<std::uint64_t>(against.ratings, 1));
            };
            const Int128 mine = mean_times(one.totals, other.totals);
            const Int128 theirs = mean_times(other.totals, one.totals);
            if (mine != theirs) return mine > theirs;
        }
        if (tie_break != TieBreak::lower_id && a.submitted_at != b.submitted_at)
            return (a.submitted_at < b.submitted_at) == (tie_break != TieBreak::later_submission);
        return a.id < b.id;
    };
    std::sort(rows.begin(), rows.end(), goes_before);

    std::vector<Ranked> ranked;
    ranked.reserve(rows.size());
    for (const Row& row : rows) {
        const std::size_t votes = row.entry->votes.size();
        ranked.push_back(
            {row.entry->idea.id, votes, ranked.size() + 1, !ranked.empty() && ranked.back().votes == votes});
    }
    return ranked;
}

Result<std::vector<Selected>, Finding> Round::select(std::span<const IdeaId> staff_picks) const {
    constexpr const char* rule = "round.selection.staff_picks";
    const SelectionTerms& selection = terms_.selection;
    if (staff_picks.size() > selection.staff_picks)
        return failure(refusal(rule, detail::counted(staff_picks.size(), "staff pick"),
                               "at most " + std::to_string(selection.staff_picks)));
    const std::vector<Ranked> ranked = ranking();
    std::vector<Selected> selected;
    for (const Ranked& idea : ranked) {
        const bool goes_on = selection.by == SelectBy::top ? idea.place <= selection.count && idea.votes > 0
                                                           : idea.votes >= selection.count;
        if (goes_on)
            selected.push_back({idea, selection.by == SelectBy::top ? SelectedAs::top : SelectedAs::threshold});
    }
    for (const IdeaId pick : staff_picks) {
        const auto same = [&](const Ranked& idea) { return idea.idea == pick; };
        const auto found = std::find_if(ranked.begin(), ranked.end(), same);
        if (found == ranked.end())
            return failure(refusal(rule, idea_text(pick) + " does not stand in the round", "one that does"));
        if (std::any_of(selected.begin(), selected.end(), [&](const Selected& other) { return same(other.ranked); }))
            return failure(refusal(rule, idea_text(pick) + " is selected already", "an idea that is not"));
        selected.push_back({*found, SelectedAs::staff_pick});
    }
    return selected;
}

// --------------------------------------------------------------------------------------------------------- influence

std::vector<Claim> Round::voters_of(IdeaId winner) const {
    std::vector<Claim> claims;
    const auto entry = entries_.find(winner);
    if (entry == entries_.end()) return claims;
    for (const auto& [member, at] : entry->second.votes) {
        const std::size_t cast = votes_cast(member);
        Claim claim{member};
        switch (terms_.weight->by) {
            case Dilution::undiluted:
                break;
            case Dilution::inverse:
                claim.of = static_cast<Weight>(cast);
                break;
            case Dilution::table: {
                const std::vector<Weight>& table = terms_.weight->table;
                claim.parts = table[std::min(cast, table.size()) - 1];
                break;
            }
        }
        claims.push_back(claim);
    }
    return claims;
}

bool Round::meets_bar(std::size_t rated) const {
    const Decimal ideas(static_cast<std::int64_t>(entries_.size()));
    return rated > 0 && Decimal(static_cast<std::int64_t>(rated)) >= terms_.rating->bar * ideas;
}

bool Round::qualifies_as_rater(MemberId member) const {
    return terms_.rating && meets_bar(fully_rated(member));
}

std::vector<Claim> Round::raters() const {
    std::map<MemberId, std::size_t> rated;
    for (const auto& [id, entry] : entries_)
        for (const auto& [member, stars] : entry.stars) rated[member] += is_full(stars) ? 1 : 0;
    std::vector<Claim> claims;
    for (const auto& [member, ideas] : rated)
        if (meets_bar(ideas)) claims.push_back({member});
    return claims;
}

}  // namespace crowdrules::community
