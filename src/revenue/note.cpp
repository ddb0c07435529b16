// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/note.hpp>

#include "reason/refusal.hpp"
#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules::revenue {
namespace {

void check_holders(const NoteTerms& terms, Findings& findings) {
    if (terms.holders.empty()) findings.push_back(refusal("note.holders", "nobody invested", "at least one holder"));
    std::vector<PayeeId> payees;
    for (const NoteHolder& holder : terms.holders) {
        payees.push_back(holder.payee);
        const Currency currency = terms.holders.front().invested.currency();
        if (holder.payee.is_none() || !holder.invested.is_positive() || holder.invested.currency() != currency)
            findings.push_back(refusal("note.holders", to_text(holder.payee) + " invested " + to_text(holder.invested),
                                       "payees with positive amounts of " + std::string(currency.code())));
    }
    std::sort(payees.begin(), payees.end());
    if (std::adjacent_find(payees.begin(), payees.end()) != payees.end())
        findings.push_back(refusal("note.holders", "a payee holds the note twice", "each holder once"));
}

void check_buy_outs(const NoteTerms& terms, Findings& findings) {
    std::size_t before = 0;
    for (const BuyOut& offer : terms.buy_outs) {
        if (offer.until_period <= before || offer.multiple < Decimal(1) || offer.multiple > terms.multiple)
            findings.push_back(refusal(
                "note.buy_outs", to_text(offer.multiple) + " times until period " + std::to_string(offer.until_period),
                "rising periods, and multiples from 1 to " + to_text(terms.multiple)));
        before = offer.until_period;
    }
}

Money sum_of(const std::vector<NoteHolder>& holders) {
    Money sum = Money::zero(holders.front().invested.currency());
    for (const NoteHolder& holder : holders) sum += holder.invested;
    return sum;
}

std::vector<Weight> amounts_of(const std::vector<NoteHolder>& holders) {
    std::vector<Weight> weights;
    for (const NoteHolder& holder : holders) weights.push_back(holder.invested.minor());
    return weights;
}

}  // namespace

std::string_view to_text(NoteState state) noexcept {
    return detail::enumerator_name(state);
}

Findings defects_of(const NoteTerms& terms) {
    Findings findings;
    check_holders(terms, findings);
    if (terms.revenue_share.is_negative() || terms.revenue_share.is_zero() || terms.revenue_share > Decimal(1))
        findings.push_back(refusal("note.revenue_share", "a share of " + to_percent(terms.revenue_share),
                                   "more than 0%, up to 100%", terms.citation));
    if (terms.multiple < Decimal(1))
        findings.push_back(
            refusal("note.multiple", "a multiple of " + to_text(terms.multiple), "at least 1", terms.citation));
    if (terms.rounding.step < 1)
        findings.push_back(refusal("note.rounding", "a step below one minor unit", "a step of at least 1"));
    if (terms.matures_after && *terms.matures_after <= terms.grace_periods)
        findings.push_back(refusal("note.matures_after",
                                   "maturity after " + std::to_string(*terms.matures_after) + " periods, " +
                                       std::to_string(terms.grace_periods) + " of them of grace",
                                   "a maturity after the grace", terms.citation));
    check_buy_outs(terms, findings);
    return findings;
}

RevenueNote::RevenueNote(NoteTerms terms)
    : terms_(std::move(terms)),
      principal_(sum_of(terms_.holders)),
      cap_(principal_.times(terms_.multiple, terms_.rounding)),
      state_{RunningAllocation(amounts_of(terms_.holders), principal_.currency()), Money::zero(principal_.currency())} {
}

Result<RevenueNote, Findings> RevenueNote::of(NoteTerms terms) {
    if (Findings defects = defects_of(terms); !defects.empty()) return failure(std::move(defects));
    return RevenueNote(std::move(terms));
}

/// What is to be paid for the period that `next` has just counted, with what was missed before.
Money RevenueNote::due(State& next, std::string& formula) const {
    const Money paid = next.paid.total(), rest = cap_ - paid;
    if (terms_.matures_after && next.periods >= *terms_.matures_after) {
        next.state = NoteState::matured;
        formula = "the rest of " + to_grouped_text(cap_) + ", at maturity";
        return rest;
    }
    if (next.state == NoteState::in_default) {
        formula = "the rest of " + to_grouped_text(cap_) + ", in default";
        return rest;
    }
    if (next.periods <= terms_.grace_periods) {
        formula = "period of grace";
        return Money::zero(paid.currency());
    }
    const Money share = next.shared_revenue.times(terms_.revenue_share, terms_.rounding);
    formula = to_percent(terms_.revenue_share) + " of " + to_grouped_text(next.shared_revenue) + " so far, less " +
              to_grouped_text(paid) + " paid" +
              (share > cap_ ? ", at most " + to_grouped_text(cap_) + " in all" : std::string());
    return std::min(share, cap_) - paid;
}

NotePeriod RevenueNote::pay(State& next, Money amount) const {
    NotePeriod period{0,  Money::zero(amount.currency()),    amount,     amount, Money::zero(amount.currency()),
                      {}, cap_ - next.paid.total() - amount, next.state, {},     terms_.citation};
    const std::vector<Money> parts = next.paid.add(amount);
    for (std::size_t i = 0; i < parts.size(); ++i)
        period.parts.push_back({terms_.holders[i].payee, terms_.holders[i].invested.minor(), parts[i], false});
    return period;
}

Result<NotePeriod, Finding> RevenueNote::end_period(Money revenue, std::optional<Money> paid) {
    const auto is_refused = [&](Money amount) { return amount.currency() != cap_.currency() || amount.is_negative(); };
    if (state_.state == NoteState::repaid)
        return failure(refusal("note.state", "the note is repaid", "a note that is still owed"));
    if (is_refused(revenue) || (paid && is_refused(*paid)))
        return failure(
            refusal("note.amount",
                    "revenue of " + to_text(revenue) + (paid ? " and a payment of " + to_text(*paid) : std::string()),
                    "amounts of " + std::string(cap_.currency().code()) + " from zero up"));
    State next = state_;
    ++next.periods;
    if (next.periods > terms_.grace_periods || terms_.grace == Grace::deferred) next.shared_revenue += revenue;
    std::string formula;
    const Money owed = due(next, formula);
    if (paid && *paid > owed)
        return failure(refusal("note.paid", to_text(*paid) + " paid, but " + to_text(owed) + " is due",
                               "at most what is due; buy_out ends a note early", terms_.citation));

    NotePeriod period = pay(next, paid.value_or(owed));
    period.period = next.periods;
    period.revenue = revenue;
    period.due = owed;
    period.missed = owed - period.paid;
    period.formula = std::move(formula);
    if (period.missed.is_positive() && ++next.misses > terms_.misses_allowed && next.state == NoteState::running)
        next.state = NoteState::in_default;
    if (period.outstanding.is_zero()) next.state = NoteState::repaid;
    period.state = next.state;
    state_ = std::move(next);
    return period;
}

Money RevenueNote::buy_out_price() const {
    Money whole = cap_;
    const auto offer = std::find_if(terms_.buy_outs.begin(), terms_.buy_outs.end(),
                                    [&](const BuyOut& one) { return state_.periods < one.until_period; });
    if (offer != terms_.buy_outs.end() && state_.state == NoteState::running)
        whole = principal_.times(offer->multiple, terms_.rounding);
    return std::max(whole - paid(), Money::zero(whole.currency()));
}

Result<NotePeriod, Finding> RevenueNote::buy_out() {
    if (state_.state == NoteState::repaid)
        return failure(refusal("note.state", "the note is repaid", "a note that is still owed"));
    State next = state_;
    NotePeriod period = pay(next, buy_out_price());
    period.outstanding = Money::zero(cap_.currency());
    period.state = next.state = NoteState::repaid;
    period.formula = "bought out";
    state_ = std::move(next);
    return period;
}

Money RevenueNote::paid_to(PayeeId holder) const {
    Money total = Money::zero(cap_.currency());
    for (std::size_t i = 0; i < terms_.holders.size(); ++i)
        if (terms_.holders[i].payee == holder) total += Money(state_.paid.cumulative()[i], total.currency());
    return total;
}

Derivation explain(const NotePeriod& period) {
    Derivation paid{"paid",
                    to_grouped_text(period.paid),
                    "of " + to_grouped_text(period.due) + " due; " + to_grouped_text(period.outstanding) +
                        " outstanding; " + std::string(to_text(period.state)),
                    {},
                    {},
                    {}};
    Derivation due{"due", to_grouped_text(period.due), period.formula, "note.revenue_share", period.citation, {}};
    due.from.push_back(
        {"revenue", to_grouped_text(period.revenue), "period " + std::to_string(period.period), {}, {}, {}});
    paid.from.push_back(std::move(due));
    for (const SharePart& part : period.parts)
        paid.from.push_back({to_text(part.payee), to_grouped_text(part.amount), "by what was invested", {}, {}, {}});
    return paid;
}

}  // namespace crowdrules::revenue
