// SPDX-License-Identifier: BSL-1.0
// Solve: the least number with which enough comes out, and the two beside it that prove it.
//
//   goal_that_nets({.terms = terms, .pledge = usd("50.00")}, usd("10000.00"), {10'000'00, 20'000'00, 1'00})
//     answer 10,919.00 USD   nets 10,000.75
//     below  10,918.00 USD   nets  9,999.80
//     above  10,920.00 USD   nets 10,001.70
//
// The answer is exact, not an approximation: with the number below it too little comes out, with it enough. That holds
// only while more never brings less; where a number that was tried shows otherwise, there is no answer but a reason.
#pragma once

#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/revenue/note.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

/// The numbers among which the answer is looked for: from, from + step, ... up to `to`.
struct SearchRange {
    std::int64_t from = 0;
    std::int64_t to = 0;  ///< included where a step ends on it
    std::int64_t step = 1;

    bool operator==(const SearchRange&) const = default;
};

/// A number and what comes out with it.
struct Tried {
    std::int64_t number = 0;
    std::int64_t value = 0;

    bool operator==(const Tried&) const = default;
};

struct Solved {
    Tried answer;
    std::optional<Tried> below;  ///< with it too little comes out; none: the answer is the first of the range
    std::optional<Tried> above;  ///< with it no less comes out; none: the answer is the last of the range
    std::vector<Tried> tried;    ///< all that were, ascending

    bool operator==(const Solved&) const = default;
};

/// Why there is no answer.
struct Unsolved {
    std::string what;
    std::vector<Tried> tried;  ///< ascending

    bool operator==(const Unsolved&) const = default;
};
[[nodiscard]] std::string to_text(const Unsolved& unsolved);

/// The least number of the range whose value is at least `wanted`.
/// Expects: a range with a number and a step of at least 1. Throws ContractViolation, and whatever `value` throws.
/// Refuses: a range of which no number reaches `wanted`; values of tried numbers that fall while the numbers rise.
/// Cost: one value for each halving of the range, and the two neighbours.
[[nodiscard]] Result<Solved, Unsolved> least_reaching(const SearchRange& range, std::int64_t wanted,
                                                      const std::function<std::int64_t(std::int64_t)>& value);

// ------------------------------------------------------------------------------------------------------------- goals

/// A campaign that raises just its goal.
struct GoalQuestion {
    campaign::Terms terms;  ///< that settle_sums serves; their goal is the one looked for
    Money pledge;           ///< what a backer gives; the goal is spread evenly over as few as need be
    Decimal dropped{};      ///< the part of the money that is never collected
};
/// What the creator is paid when such a campaign with this goal is over. Throws as settle_sums.
[[nodiscard]] Money net_of_goal(const GoalQuestion& question, Money goal);
/// The lowest goal with which the creator is paid `wanted`. Numbers and values are minor units.
[[nodiscard]] Result<Solved, Unsolved> goal_that_nets(const GoalQuestion& question, Money wanted,
                                                      const SearchRange& goals);

/// A stretch goal whose reward costs so much, once and for each backer.
struct StretchQuestion {
    campaign::Terms terms;     ///< that settle_sums serves
    Money pledge;              ///< what each backer gives
    std::int64_t backers = 0;  ///< with whom the campaign ends without the stretch goal
    Money fixed_cost;
    Money cost_per_backer;
};
/// The fewest backers in all with whom the creator, the stretch reward paid for, has no less than without it: the
/// stretch goal is theirs times the pledge. Values are what is left, in minor units.
[[nodiscard]] Result<Solved, Unsolved> stretch_that_pays(const StretchQuestion& question, std::int64_t most_backers);

// ------------------------------------------------------------------------------------------------- a note or a loan

/// A loan that is paid back month by month.
struct Loan {
    Money principal;
    Decimal yearly_rate;
    std::size_t months = 0;
    Rounding rounding{RoundingMode::half_up};  ///< of each month's interest

    bool operator==(const Loan&) const = default;
};
struct LoanPlan {
    Money payment;  ///< every month; the last may be smaller
    Money last;
    Money interest;  ///< all of it: what the loan costs

    bool operator==(const LoanPlan&) const = default;
};
/// The lowest level payment that repays the loan in time.
/// Expects: a positive principal, 1 to 1,200 months, a rate of 0 to 1. Throws ContractViolation.
[[nodiscard]] LoanPlan plan_of(const Loan& loan);

/// What a note costs its issuer: all that is paid on it less the principal, as revenue comes in by period.
/// Refuses: what RevenueNote refuses.
[[nodiscard]] Result<Money, Findings> cost_of_note(const revenue::NoteTerms& terms, const std::vector<Money>& revenue);

/// The lowest multiple, in thousandths from 1,000 to `most_thousandths`, with which the note costs more than
/// `loan_cost`. Values are what the note costs, in minor units.
/// Refuses: note terms with a defect; a note that costs no more at any multiple, because the revenue ends.
[[nodiscard]] Result<Solved, Unsolved> multiple_above_loan(const revenue::NoteTerms& terms,
                                                           const std::vector<Money>& revenue, Money loan_cost,
                                                           std::int64_t most_thousandths = 10'000);

}  // namespace crowdrules
