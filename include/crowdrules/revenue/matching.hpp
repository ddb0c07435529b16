// SPDX-License-Identifier: BSL-1.0
// Matching: money of sponsors that follows what the crowd gives.
//
//   one to one, at most 100.00 of a contribution, two sponsors with 100.00 and 50.00 left
//     a contribution of 99.00   99.00 is added: 66.00 and 33.00
//   quadratic, a pool of 100.00: each project's weight is (the sum of the square roots of what each backer gave)
//   squared, less the sum: many small backers weigh more than one large
//     1, 4, 1, 9   34          1, 1, 1, 1, 1, 1, 4   54          1, 9, 1, 9, 1, 9, 4   162       of 250
//     13.60                    21.60                             64.80
//
// Square roots are integers at a stated number of digits, cut; nothing here is binary floating point, so that every
// machine finds the same winners. Sources: GoteoFoundation/goteo (factor, caps, sponsors, lump),
// gitcoinco/pluralistic.js (quadratic, cap, saturation), clrfund/monorepo FundingRound.sol (alpha), wiki.snowdrift.coop
// and crowdmatch.org.
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/revenue/share.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crowdrules::revenue {

// ------------------------------------------------------------------------------------------------------ by a factor

/// Somebody who matches, and what they still give.
struct Sponsor {
    PayeeId payee;
    Money left;

    bool operator==(const Sponsor&) const = default;
};

struct MatchTerms {
    Decimal factor;  ///< 1 adds as much again
    Rounding rounding;
    std::optional<Money> per_contribution{};                ///< the part of a contribution that is matched at most
    std::optional<Money> per_project{};                     ///< the most that one project is matched
    std::optional<std::size_t> contributions_per_backer{};  ///< for one project; later ones are not matched
    Split between_sponsors{
        AllocationMethod::first};  ///< by what each has left; cent by cent where a step would overdraw one
    Citation citation{};

    bool operator==(const MatchTerms&) const = default;
};

/// A sum that is added once, when a project reaches a mark.
struct LumpTerms {
    Money lump;
    std::optional<Decimal> at_share{};  ///< of the project's target: 0.5 for half
    std::optional<Money> at_amount{};
    std::size_t at_backers = 0;
    Split between_sponsors{AllocationMethod::first};
    Citation citation{};

    bool operator==(const LumpTerms&) const = default;
};

/// What kept a match below what the factor or the lump asks for.
enum class MatchLimit : std::uint8_t { none, contribution, project, backer, pool, not_reached, once };
[[nodiscard]] std::string_view to_text(MatchLimit limit) noexcept;

/// What was added, and by whom. Ensures: the parts sum to `matched`.
struct Match {
    PayeeId project;
    Money asked;  ///< by the factor or the lump, before project, backer and pool limit it
    Money matched;
    MatchLimit limit = MatchLimit::none;  ///< the last that applied
    std::vector<SharePart> parts;         ///< by sponsor
    Citation citation{};

    bool operator==(const Match&) const = default;
};

/// Sponsors who match contributions to projects. Every refusal leaves it as it was.
class MatchPool {
  public:
    /// Refuses: no sponsors, one of them nobody, twice, with less than nothing or in another currency.
    [[nodiscard]] static Result<MatchPool, Findings> of(std::vector<Sponsor> sponsors);

    /// Matches a contribution. Refuses: nobody as project or backer; an amount that is not positive, or of another
    ///   currency; a negative factor or cap; a split between sponsors in steps below 1.
    Result<Match, Finding> match(const MatchTerms& terms, PayeeId project, BackerId backer, Money contribution);
    /// Adds a lump once a project has `raised` (matches not counted) from `backers`.
    /// Refuses: no project; terms without a mark; amounts below zero or of another currency; steps below 1.
    Result<Match, Finding> match_lump(const LumpTerms& terms, PayeeId project, Money raised, Money target,
                                      std::size_t backers);

    [[nodiscard]] const std::vector<Sponsor>& sponsors() const noexcept { return sponsors_; }
    [[nodiscard]] Money left() const;
    [[nodiscard]] Money matched(PayeeId project) const;

  private:
    explicit MatchPool(std::vector<Sponsor> sponsors) : sponsors_(std::move(sponsors)) {}
    void draw(Match& match, Split split);

    std::vector<Sponsor> sponsors_;
    std::map<PayeeId, Money> matched_;
    std::map<std::pair<PayeeId, BackerId>, std::size_t> contributions_;
    std::set<PayeeId> had_lump_;
};

[[nodiscard]] Derivation explain(const Match& match);

// -------------------------------------------------------------------------------------------------------- quadratic

struct QuadraticContribution {
    PayeeId project;
    BackerId backer;
    Money amount;

    bool operator==(const QuadraticContribution&) const = default;
};

/// Whether a pool that is larger than all weights together is given away all the same.
enum class Saturation : std::uint8_t {
    as_earned,  ///< no: nobody has more than their weight, and the rest stays in the pool
    always,     ///< yes: weights are raised to the pool
};

/// What becomes of fractions of a cent.
enum class QuadraticDust : std::uint8_t {
    handed_out,  ///< by largest remainder: the matches sum to the pool
    cut,         ///< each match is cut, and the dust stays in the pool (pluralistic.js)
    alpha,       ///< the common factor is cut to `alpha_digits`, then each match (clr.fund: 18)
};

struct QuadraticTerms {
    Money pool;
    Saturation saturation = Saturation::as_earned;
    QuadraticDust dust = QuadraticDust::handed_out;
    std::optional<Money> cap{};      ///< for each project; what is above it is divided among the others, repeatedly
    std::optional<Money> minimum{};  ///< smaller contributions are not counted at all
    unsigned root_digits = 6;        ///< decimals of a root of minor units, 0 to 9; cut, but where all are exact
    unsigned weight_digits = 2;      ///< decimals of each weight in minor units, at most 2 x root_digits; cut
    unsigned alpha_digits = 18;      ///< 1 to 18
    Citation citation{};

    bool operator==(const QuadraticTerms&) const = default;
};

struct ProjectMatch {
    PayeeId project;
    std::size_t backers = 0;
    Money contributed;  ///< counted
    Decimal weight;     ///< units: what it would be matched with a pool without end; 0 with fewer than two backers
    Money matched;
    bool is_capped = false;

    bool operator==(const ProjectMatch&) const = default;
};

struct QuadraticOutcome {
    std::vector<ProjectMatch> projects;  ///< by id
    Decimal weight;                      ///< of all
    Money distributed;
    Money left;  ///< in the pool
    Citation citation{};

    bool operator==(const QuadraticOutcome&) const = default;
};

/// Divides a pool. What one backer gave one project in several contributions counts as one.
/// Refuses: a pool, cap or minimum below zero or of another currency; digits out of range; a contribution of nobody,
///   to nobody, not positive or of another currency; weights that leave 64 bits at `weight_digits`.
/// Ensures: distributed + left == pool; no match above the cap; none without weight.
/// Cost: O(n log n) in the contributions, O(n) when they come ordered by project and backer.
[[nodiscard]] Result<QuadraticOutcome, Finding> match_quadratic(const QuadraticTerms& terms,
                                                                std::span<const QuadraticContribution> contributions);

/// What a contribution above a cap counts in the currency of the round: its value there, in proportion.
/// Expects: given, cap > 0 and of one currency.
[[nodiscard]] Money counted(Money value, Money given, Money cap, Rounding rounding);

[[nodiscard]] Derivation explain(const QuadraticOutcome& outcome);

// ------------------------------------------------------------------------------------------------------- crowdmatch

/// What each patron gives for a month when every patron gives `per_patron` units for every patron, up to `limit`:
/// exactly, because it is often below the cent. Expects: per_patron and limit not negative.
[[nodiscard]] Decimal crowdmatch(const Decimal& per_patron, std::int64_t patrons, Money limit);

/// A pledge of which so much is given as the crowd has come of its way to the goal.
struct GoalMatch {
    Money donation;
    Money promise;  ///< the rest of the pledge

    bool operator==(const GoalMatch&) const = default;
};
/// Expects: amounts of one currency; pledge and crowd not negative; goal positive.
[[nodiscard]] GoalMatch crowdmatch_to_goal(Money pledge, Money crowd, Money goal, Rounding rounding);

}  // namespace crowdrules::revenue
