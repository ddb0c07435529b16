// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/solve.hpp>
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_schedule.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace crowdrules {

namespace {

/// Values that are asked for once.
class Table {
  public:
    Table(const SearchRange& range, const std::function<std::int64_t(std::int64_t)>& value)
        : range_(range), value_(value) {}

    /// The number at a place of the range, and its value.
    Tried at(std::uint64_t place) {
        const auto known = values_.find(place);
        const std::int64_t number = number_at(place);
        if (known != values_.end()) return {number, known->second};
        return {number, values_.emplace(place, value_(number)).first->second};
    }
    [[nodiscard]] std::vector<Tried> tried() const {
        std::vector<Tried> all;
        for (const auto& [place, value] : values_) all.push_back({number_at(place), value});
        return all;
    }

  private:
    [[nodiscard]] std::int64_t number_at(std::uint64_t place) const {
        const std::uint64_t distance = place * static_cast<std::uint64_t>(range_.step);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(range_.from) + distance);
    }

    const SearchRange& range_;
    const std::function<std::int64_t(std::int64_t)>& value_;
    std::map<std::uint64_t, std::int64_t> values_;
};

std::string text_of(const Tried& tried) {
    return std::to_string(tried.number) + " gives " + std::to_string(tried.value);
}

/// `amount` spread evenly over as few pledges of at most `pledge` as need be, all with one fate.
void add_pledges(campaign::FateSums& sums, campaign::PledgeFate fate, std::int64_t amount,
                 const GoalQuestion& question) {
    if (amount == 0) return;
    const std::int64_t pledge = question.pledge.minor();
    const std::int64_t count = amount / pledge + (amount % pledge == 0 ? 0 : 1);
    const std::int64_t larger = amount % count;  // so many are of one minor unit more
    campaign::FateSum& sum = sums[fate];
    const FeeSchedule& schedule = question.terms.fees.processing;
    const auto add = [&](std::int64_t times, std::int64_t each) {
        if (times == 0) return;
        const Money fee = fee_on(schedule, {each, question.terms.currency});
        const Money tax = tax_on(schedule, fee);
        const Money without_tax = schedule.tax && schedule.tax->included ? fee - tax : fee;
        sum.count += static_cast<std::uint64_t>(times);
        sum.amount += (Money(each, question.terms.currency) * times).minor();
        sum.fee += (without_tax * times).minor();
        sum.tax += (tax * times).minor();
    };
    add(larger, amount / count + 1);
    add(count - larger, amount / count);
}

Money paid_for(const campaign::Terms& terms, const campaign::FateSums& sums) {
    const campaign::Statement statement = settle_sums(terms, sums);
    return statement.paid - statement.owed;
}

Money net_of_backers(const StretchQuestion& question, std::int64_t backers) {
    campaign::FateSums sums;
    const GoalQuestion each{question.terms, question.pledge, {}};
    add_pledges(sums, campaign::PledgeFate::kept, (question.pledge * backers).minor(), each);
    return paid_for(question.terms, sums);
}

/// What is left to pay after the months, and what they paid.
struct Repayment {
    std::int64_t left = 0;
    std::int64_t paid = 0;
    std::int64_t last = 0;
};
Repayment repay(const Loan& loan, std::int64_t payment) {
    Repayment result{.left = loan.principal.minor()};
    for (std::size_t month = 0; month < loan.months && result.left > 0; ++month) {
        // A twelfth of the yearly interest, rounded once.
        const Decimal yearly = Decimal(result.left) * loan.yearly_rate;
        const Decimal steps = yearly.quotient(Decimal(12) * Decimal(loan.rounding.step), 0, loan.rounding.mode);
        const auto interest = static_cast<std::int64_t>(steps.coefficient()) * loan.rounding.step;
        result.last = std::min(payment, result.left + interest);
        result.left += interest - result.last;
        result.paid += result.last;
    }
    return result;
}

}  // namespace

std::string to_text(const Unsolved& unsolved) {
    std::string text = unsolved.what;
    for (const Tried& tried : unsolved.tried)
        text += (&tried == &unsolved.tried.front() ? "; tried: " : ", ") + text_of(tried);
    return text;
}

Result<Solved, Unsolved> least_reaching(const SearchRange& range, std::int64_t wanted,
                                        const std::function<std::int64_t(std::int64_t)>& value) {
    expects(range.from <= range.to && range.step >= 1, "a range with a number and a step of at least 1");
    const std::uint64_t width = static_cast<std::uint64_t>(range.to) - static_cast<std::uint64_t>(range.from);
    const std::uint64_t last = width / static_cast<std::uint64_t>(range.step);
    Table table(range, value);
    const auto refuse = [&](std::string what) { return failure(Unsolved{std::move(what), table.tried()}); };

    const Tried first_tried = table.at(0);
    if (const Tried most = table.at(last); most.value < wanted)
        return refuse("no number of the range reaches " + std::to_string(wanted) + ": " + text_of(first_tried) + ", " +
                      text_of(most));
    std::uint64_t low = 0;  // below the answer, or the answer itself
    std::uint64_t high = last;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (table.at(middle).value >= wanted)
            high = middle;
        else
            low = middle + 1;
    }
    Solved solved;
    solved.answer = table.at(high);
    if (high > 0) solved.below = table.at(high - 1);
    if (high < last) solved.above = table.at(high + 1);
    solved.tried = table.tried();
    const auto falls = std::adjacent_find(solved.tried.begin(), solved.tried.end(),
                                          [](const Tried& a, const Tried& b) { return b.value < a.value; });
    if (falls != solved.tried.end())
        return refuse("more brings less: " + text_of(*falls) + ", but " + text_of(*(falls + 1)));
    return solved;
}

// ------------------------------------------------------------------------------------------------------------- goals

Money net_of_goal(const GoalQuestion& question, Money goal) {
    expects(question.pledge.is_positive(), "a backer gives something");
    expects(!question.dropped.is_negative() && question.dropped <= Decimal(1), "a part of 0 to 1 is dropped");
    GoalQuestion own = question;
    own.terms.model.goal = goal.minor();
    const Money collected = goal.times(Decimal(1) - question.dropped, {RoundingMode::down});
    campaign::FateSums sums;
    add_pledges(sums, campaign::PledgeFate::kept, collected.minor(), own);
    add_pledges(sums, campaign::PledgeFate::dropped, (goal - collected).minor(), own);
    return paid_for(own.terms, sums);
}

Result<Solved, Unsolved> goal_that_nets(const GoalQuestion& question, Money wanted, const SearchRange& goals) {
    return least_reaching(goals, wanted.minor(), [&](std::int64_t goal) {
        return net_of_goal(question, {goal, question.terms.currency}).minor();
    });
}

Result<Solved, Unsolved> stretch_that_pays(const StretchQuestion& question, std::int64_t most_backers) {
    expects(question.pledge.is_positive(), "a backer gives something");
    expects(question.backers >= 0 && question.backers < most_backers, "more backers than without the stretch goal");
    const Money without = net_of_backers(question, question.backers);
    return least_reaching({question.backers + 1, most_backers, 1}, without.minor(), [&](std::int64_t backers) {
        return (net_of_backers(question, backers) - question.fixed_cost - question.cost_per_backer * backers).minor();
    });
}

// ------------------------------------------------------------------------------------------------- a note or a loan

LoanPlan plan_of(const Loan& loan) {
    expects(loan.principal.is_positive(), "a loan of something");
    expects(loan.months >= 1 && loan.months <= 1'200, "1 to 1,200 months");
    expects(!loan.yearly_rate.is_negative() && loan.yearly_rate <= Decimal(1), "a yearly rate of 0 to 1");
    const Currency currency = loan.principal.currency();
    // Twice the principal a month always repays it: a month's interest is at most a twelfth, rounded.
    const std::int64_t most = (loan.principal * 2).minor() + loan.rounding.step;
    const auto solved =
        least_reaching({1, most, 1}, 0, [&](std::int64_t payment) { return -repay(loan, payment).left; });
    expects(solved.has_value(), "a higher payment leaves no more to pay");
    const Repayment repaid = repay(loan, solved->answer.number);
    return {.payment = {solved->answer.number, currency},
            .last = {repaid.last, currency},
            .interest = Money(repaid.paid, currency) - loan.principal};
}

Result<Money, Findings> cost_of_note(const revenue::NoteTerms& terms, const std::vector<Money>& revenue) {
    auto note = revenue::RevenueNote::of(terms);
    if (!note) return failure(note.error());
    for (const Money& of_period : revenue) {
        if (note->state() == revenue::NoteState::repaid) break;
        if (const auto period = note->end_period(of_period); !period) return failure(Findings{period.error()});
    }
    return note->paid() - note->principal();
}

Result<Solved, Unsolved> multiple_above_loan(const revenue::NoteTerms& terms, const std::vector<Money>& revenue,
                                             Money loan_cost, std::int64_t most_thousandths) {
    expects(most_thousandths >= 1'000, "multiples from 1,000 thousandths on");
    const auto at = [&](std::int64_t thousandths) {
        revenue::NoteTerms other = terms;
        other.multiple = Decimal::of(thousandths, 3);
        return cost_of_note(other, revenue);
    };
    if (const auto least = at(1'000); !least) return failure(Unsolved{to_text(least.error()), {}});
    return least_reaching({1'000, most_thousandths, 1}, (loan_cost + Money(1, loan_cost.currency())).minor(),
                          [&](std::int64_t thousandths) { return at(thousandths).value().minor(); });
}

}  // namespace crowdrules
