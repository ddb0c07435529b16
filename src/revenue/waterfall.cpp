// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/waterfall.hpp>

#include "money/rate.hpp"
#include "money/running_split.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <tuple>

namespace crowdrules::revenue {
namespace {

template <class... Cases>
struct ByCase : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
ByCase(Cases...) -> ByCase<Cases...>;

Weight total_weight(const std::vector<Share>& shares) {
    Weight total = 0;
    for (const Share& share : shares) total += share.weight;  // checked by defects_of
    return total;
}

template <class IsCounted>
Weight weight_of(const std::vector<Share>& shares, IsCounted is_counted) {
    Weight total = 0;
    for (const Share& share : shares)
        if (is_counted(share.payee)) total += share.weight;
    return total;
}

// ---------------------------------------------------------------------------------------------------------- defects

/// Looks at the steps in their order, as money would.
class StepInspector {
  public:
    explicit StepInspector(const WaterfallTerms& terms) : terms_(terms) {}

    Findings inspect() {
        if (terms_.steps.empty()) refuse("waterfall.steps", "no steps", "at least one step");
        for (index_ = 0; index_ < terms_.steps.size(); ++index_) inspect(terms_.steps[index_]);
        if (!terms_.steps.empty() && blocked_.empty())
            refuse(path(), "it can be satisfied, and what comes after would be nobody's",
                   "a last step that divides without end");
        return std::move(findings_);
    }

  private:
    std::string path() const { return "waterfall." + terms_.steps[std::min(index_, terms_.steps.size() - 1)].name; }

    void refuse(std::string rule, std::string what, std::string accepted) {
        findings_.push_back(refusal(std::move(rule), std::move(what), std::move(accepted)));
    }

    void inspect(const WaterfallStep& step) {
        const auto same_name = [&](const WaterfallStep& other) { return other.name == step.name; };
        const auto here = terms_.steps.begin() + static_cast<std::ptrdiff_t>(index_);
        if (std::any_of(terms_.steps.begin(), here, same_name))
            refuse(path(), "two steps have this name", "a name for each step");
        Findings defects = defects_of(SplitTerms{.shares = step.to, .totalling = Totalling::relative, .whole = 0});
        if (!blocked_.empty()) refuse(path(), "it can never be reached: " + blocked_, "steps in an order that ends");
        const bool has_shares = defects.empty();
        for (Finding& defect : defects) refuse(path() + ".to", std::move(defect.what), std::move(defect.accepted));
        if (has_shares && blocked_.empty()) std::visit([&](const auto& claim) { judge(claim, step); }, step.claim);
    }

    void judge(const OffTheTop& claim, const WaterfallStep&) {
        if (!is_rate(claim.rate) || claim.rate.is_zero())
            refuse(path() + ".rate", "a rate of " + to_percent(claim.rate), "more than 0%, up to 100%");
        else if (!claim.limit)
            check_room(claim.rate, Money::zero(terms_.currency), std::nullopt);
        if (claim.limit) check_amount(*claim.limit, ".limit");
        if (!claim.limit) off_the_top_ = off_the_top_ + claim.rate;
        if (off_the_top_ >= Decimal(1))
            blocked_ = "what is taken off the top totals " + to_percent(off_the_top_) + " with " + name();
    }

    void judge(const Corridor& claim, const WaterfallStep&) {
        if (!is_rate(claim.rate) || claim.rate.is_zero())
            refuse(path() + ".rate", "a rate of " + to_percent(claim.rate), "more than 0%, up to 100%");
        if (claim.from.currency() != terms_.currency || claim.up_to.currency() != terms_.currency ||
            claim.from.is_negative() || claim.up_to <= claim.from)
            return refuse(path() + ".up_to", "a corridor from " + to_text(claim.from) + " to " + to_text(claim.up_to),
                          "two rising marks of the gross, in " + std::string(terms_.currency.code()));
        if (is_rate(claim.rate)) check_room(claim.rate, claim.from, claim.up_to);
        corridors_.push_back(claim);
    }

    /// Of every unit that comes in between two marks (without `up_to`: for ever) there must be enough for this rate and
    /// for those that the steps before it take there.
    void check_room(const Decimal& rate, Money from, std::optional<Money> up_to) {
        const auto beside_at = [&](Money mark) {
            Decimal sum = off_the_top_;
            for (const Corridor& other : corridors_)
                if (other.from <= mark && mark < other.up_to) sum = sum + other.rate;
            return sum;
        };
        Decimal most = beside_at(from);
        for (const Corridor& other : corridors_)
            if (other.from > from && (!up_to || other.from < *up_to)) most = std::max(most, beside_at(other.from));
        if (most + rate <= Decimal(1)) return;
        refuse(path() + ".rate",
               to_percent(rate) + " beside " + to_percent(most) +
                   (most == off_the_top_ ? " off the top" : " off the top and in corridors"),
               "at most 100% together");
    }

    void judge(const FixedClaim& claim, const WaterfallStep&) {
        check_amount(claim.amount, ".amount");
        if (claim.premium.is_negative())
            refuse(path() + ".premium", "a premium of " + to_percent(claim.premium), "at least 0%");
        if (claim.every.every > Elapsed::zero() && claim.every.months > 0)
            refuse(path() + ".every", "a cadence counts either months or elapsed time", "one of the two");
    }

    void judge(const ReturnOfCapital&, const WaterfallStep&) {
        if (returns_capital_) refuse(path(), "an earlier step has returned all capital", "one return of capital");
        returns_capital_ = true;
        multiple_ = std::max(multiple_, Decimal(1));
    }

    void judge(const PreferredReturn& claim, const WaterfallStep&) { check_return(claim, ".rate"); }

    void judge(const CatchUp& claim, const WaterfallStep& step) {
        if (!is_rate(claim.carry) || claim.carry.is_zero() || claim.carry == Decimal(1))
            return refuse(path() + ".carry", "a carry of " + to_percent(claim.carry), "more than 0%, below 100%");
        for (const std::string& on : claim.on) {
            const auto here = terms_.steps.begin() + static_cast<std::ptrdiff_t>(index_);
            if (std::none_of(terms_.steps.begin(), here, [&](const WaterfallStep& other) { return other.name == on; }))
                refuse(path() + ".on", "it catches up on \"" + on + "\", which is no step before it",
                       "names of earlier steps");
        }
        if (claim.on.empty()) refuse(path() + ".on", "it catches up on nothing", "the names of earlier steps");
        const Weight manager = weight_of(step.to, [&](PayeeId payee) { return payee == claim.manager; });
        if (manager == 0)
            return refuse(path() + ".manager", "the manager has no share of the catch-up", "a share for the manager");
        if (claim.reading == CatchUpReading::true_up &&
            Decimal(manager) <= claim.carry * Decimal(total_weight(step.to)))
            blocked_ = name() + " never catches up, because its manager's part is no more than the carry of " +
                       to_percent(claim.carry);
    }

    void judge(const Divide& claim, const WaterfallStep& step) {
        if (!claim.until) {
            blocked_ = name() + " divides without end";
            return;
        }
        const auto is_investor = [&](PayeeId payee) {
            return std::find(terms_.investors.begin(), terms_.investors.end(), payee) != terms_.investors.end();
        };
        if (weight_of(step.to, is_investor) == 0) {
            blocked_ = name() + " never reaches its hurdle, because no investor has a share of it";
            return;
        }
        if (const auto* multiple = std::get_if<Decimal>(&claim.until->investors_have)) {
            if (*multiple <= multiple_)
                refuse(path() + ".until",
                       "a hurdle of " + to_text(*multiple) + " times, but the investors have " + to_text(multiple_) +
                           " times before it",
                       "a higher multiple");
            multiple_ = std::max(multiple_, *multiple);
        } else {
            check_return(std::get<PreferredReturn>(claim.until->investors_have), ".until");
        }
    }

    void check_amount(Money amount, const char* field) {
        if (amount.currency() != terms_.currency || !amount.is_positive())
            refuse(path() + field, "an amount of " + to_text(amount),
                   "a positive amount of " + std::string(terms_.currency.code()));
    }

    /// A return must exceed those of its kind that were paid before.
    void check_return(const PreferredReturn& claim, const char* field) {
        if (claim.rate.is_negative() || claim.rate.is_zero() || claim.rounding.step < 1)
            refuse(path() + field, "a return of " + to_text(claim), "a rate above 0%");
        const auto is_passed = [&](const PreferredReturn& earlier) {
            return earlier.compounding == claim.compounding && earlier.day_count == claim.day_count &&
                   claim.rate <= earlier.rate;
        };
        const auto passed = std::find_if(returns_.begin(), returns_.end(), is_passed);
        if (passed != returns_.end())
            refuse(path() + field, to_text(claim) + ", but " + to_text(*passed) + " is paid before it",
                   "a higher rate");
        returns_.push_back(claim);
    }

    std::string name() const { return '"' + terms_.steps[index_].name + '"'; }

    const WaterfallTerms& terms_;
    Findings findings_;
    std::size_t index_ = 0;
    std::string blocked_;  ///< why nothing flows past the steps seen so far
    Decimal off_the_top_, multiple_;
    std::vector<Corridor> corridors_;
    std::vector<PreferredReturn> returns_;
    bool returns_capital_ = false;
};

std::optional<ReturnAccount> account_for(const WaterfallStep& step, Currency currency) {
    if (const auto* preferred = std::get_if<PreferredReturn>(&step.claim)) return ReturnAccount(*preferred, currency);
    if (const auto* divide = std::get_if<Divide>(&step.claim); divide != nullptr && divide->until)
        if (const auto* hurdle = std::get_if<PreferredReturn>(&divide->until->investors_have))
            return ReturnAccount(*hurdle, currency);
    return std::nullopt;
}

/// What is taken off the top, or from a corridor, is a fee: it is no return on capital, even for an investor.
bool is_fee(const WaterfallStep& step) {
    return std::holds_alternative<OffTheTop>(step.claim) || std::holds_alternative<Corridor>(step.claim);
}

/// Investors are first paid their return, then their capital.
void credit(ReturnAccount& account, Money amount) {
    const Money returned = std::min(amount, account.due());
    account.pay(returned);
    account.repay(std::min(amount - returned, account.capital()));
}

}  // namespace

Findings defects_of(const WaterfallTerms& terms) {
    return StepInspector(terms).inspect();
}

// --------------------------------------------------------------------------------------------------- the waterfall

Waterfall::Waterfall(WaterfallTerms terms)
    : terms_(std::move(terms)), state_{{}, Money::zero(terms_.currency), Money::zero(terms_.currency), Date{}, {}} {
    for (const WaterfallStep& step : terms_.steps) {
        StepWeights weights;
        for (const Share& share : step.to) weights.weights.push_back(share.weight);
        weights.total = weight_sum(weights.weights);
        weights_.push_back(std::move(weights));
        state_.steps.push_back({std::vector<std::int64_t>(step.to.size(), 0), Money::zero(terms_.currency),
                                account_for(step, terms_.currency), 0, Money::zero(terms_.currency)});
    }
}

Result<Waterfall, Findings> Waterfall::of(WaterfallTerms terms) {
    if (Findings defects = defects_of(terms); !defects.empty()) return failure(std::move(defects));
    return Waterfall(std::move(terms));
}

bool Waterfall::is_investor(PayeeId payee) const {
    return std::find(terms_.investors.begin(), terms_.investors.end(), payee) != terms_.investors.end();
}

Result<void, Finding> Waterfall::advance(Date on, Money amount, State& state) const {
    if (amount.currency() != terms_.currency || amount.is_negative())
        return failure(refusal("waterfall.amount", "an amount of " + to_text(amount),
                               "amounts of " + std::string(terms_.currency.code()) + " from zero up"));
    if (!on.ok() || on < state.last)
        return failure(refusal("waterfall.on", crowdrules::to_text(on) + " after " + crowdrules::to_text(state.last),
                               "days in their order: what ran down is not taken up again"));
    state.last = on;
    if (!state.first) state.first = on;
    for (std::size_t i = 0; i < state.steps.size(); ++i) {
        StepState& step = state.steps[i];
        if (step.account) step.account->accrue(on);
        const auto* fixed = std::get_if<FixedClaim>(&terms_.steps[i].claim);
        if (fixed == nullptr || !fixed->every.repeats()) continue;
        const std::int64_t period = occurrences_before(fixed->every, std::chrono::sys_days{*state.first},
                                                       std::chrono::sys_days{on} + Elapsed{1});
        if (period == step.period) continue;
        step.period = period;
        step.before = step.paid;
    }
    return {};
}

Result<void, Finding> Waterfall::contribute(Date on, Money amount) {
    State next = state_;
    if (auto advanced = advance(on, amount, next); !advanced) return advanced;
    next.contributed += amount;
    for (StepState& step : next.steps)
        if (step.account) step.account->contribute(amount);
    state_ = std::move(next);
    return {};
}

Money Waterfall::had_by_investors(std::size_t index, const State& state) const {
    Money total = Money::zero(terms_.currency);
    if (is_fee(terms_.steps[index])) return total;
    const std::vector<Share>& shares = terms_.steps[index].to;
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (is_investor(shares[i].payee)) total += Money(state.steps[index].had[i], terms_.currency);
    return total;
}

Money Waterfall::catch_up(const CatchUp& claim, const WaterfallStep& step, const State& state) const {
    Money preferred = Money::zero(terms_.currency);
    for (std::size_t i = 0; i < terms_.steps.size(); ++i)
        if (std::find(claim.on.begin(), claim.on.end(), terms_.steps[i].name) != claim.on.end())
            preferred += state.steps[i].paid;
    // With r = manager / whole: true_up is c P / (r - c), fixed_target is c P / ((1 - c) r).
    const Decimal whole(total_weight(step.to));
    const Decimal manager(weight_of(step.to, [&](PayeeId payee) { return payee == claim.manager; }));
    const Decimal divisor =
        claim.reading == CatchUpReading::true_up ? manager - claim.carry * whole : (Decimal(1) - claim.carry) * manager;
    const Decimal steps = (claim.carry * preferred.units() * whole * Decimal(terms_.currency.minor_per_unit()))
                              .quotient(divisor * Decimal(claim.rounding.step), 0, claim.rounding.mode);
    return Money(claim.rounding.step, terms_.currency).times(steps, claim.rounding);
}

Money Waterfall::until_hurdle(std::size_t index, const Hurdle& hurdle, const State& state) const {
    // What the investors still need, and what this step has given them: together what the step must give them in all.
    Money needed = had_by_investors(index, state);
    if (const auto* multiple = std::get_if<Decimal>(&hurdle.investors_have)) {
        needed += state.contributed.times(*multiple, {RoundingMode::ceiling});
        for (std::size_t i = 0; i < terms_.steps.size(); ++i) needed -= had_by_investors(i, state);
    } else {
        needed += state.steps[index].account->capital() + state.steps[index].account->due();
    }
    const std::vector<Share>& shares = terms_.steps[index].to;
    const Decimal fraction(weight_of(shares, [&](PayeeId payee) { return is_investor(payee); }));
    const Decimal units = (needed.units() * Decimal(total_weight(shares)))
                              .quotient(fraction, terms_.currency.digits(), RoundingMode::ceiling);
    return money_of(units, terms_.currency, {RoundingMode::ceiling});
}

std::optional<Money> Waterfall::claim_of(std::size_t index, const State& state) const {
    const WaterfallStep& step = terms_.steps[index];
    const auto in_all = ByCase{
        [&](const OffTheTop& claim) -> std::optional<Money> {
            const Money taken = state.received.times(claim.rate, claim.rounding);
            return claim.limit ? std::min(taken, *claim.limit) : taken;
        },
        [&](const Corridor& claim) -> std::optional<Money> {
            return (std::clamp(state.received, claim.from, claim.up_to) - claim.from).times(claim.rate, claim.rounding);
        },
        [&](const FixedClaim& claim) -> std::optional<Money> {
            return state.steps[index].before + claim.amount + claim.amount.times(claim.premium, claim.rounding);
        },
        [&](const ReturnOfCapital&) -> std::optional<Money> { return state.contributed; },
        [&](const PreferredReturn&) -> std::optional<Money> {
            return state.steps[index].paid + state.steps[index].account->due();
        },
        [&](const CatchUp& claim) -> std::optional<Money> { return catch_up(claim, step, state); },
        [&](const Divide& claim) -> std::optional<Money> {
            return claim.until ? std::optional(until_hurdle(index, *claim.until, state)) : std::nullopt;
        },
    };
    const std::optional<Money> all = std::visit(in_all, step.claim);
    if (!all) return std::nullopt;
    return Money(std::max<std::int64_t>((*all - state.steps[index].paid).minor(), 0), terms_.currency);
}

void Waterfall::pay(std::size_t index, Money paid, State& state, std::span<std::int64_t> parts) const {
    const WaterfallStep& step = terms_.steps[index];
    StepState& own = state.steps[index];
    const Money total = own.paid + paid;
    split_running(total.minor(), weights_[index].weights, weights_[index].total, own.had, parts);
    own.paid = total;
    std::int64_t to_investors = 0;  // at most what is paid, so that it cannot overflow
    for (std::size_t i = 0; i < parts.size(); ++i) {
        own.had[i] += parts[i];
        if (is_investor(step.to[i].payee) && !is_fee(step)) to_investors += parts[i];
    }
    const bool returns_capital = std::holds_alternative<ReturnOfCapital>(step.claim);
    for (std::size_t i = 0; i < terms_.steps.size(); ++i) {
        std::optional<ReturnAccount>& account = state.steps[i].account;
        if (!account) continue;
        if (std::holds_alternative<Divide>(terms_.steps[i].claim))
            credit(*account, Money(std::max<std::int64_t>(to_investors, 0), terms_.currency));
        else if (returns_capital)
            account->repay(paid);
        else if (i == index)
            account->pay(paid);
    }
}

template <class Answer>
Result<void, Finding> Waterfall::run_down(Date on, Money received, State& state, std::span<std::int64_t> parts,
                                          Answer answer) const {
    if (auto advanced = advance(on, received, state); !advanced) return advanced;
    state.received += received;
    std::int64_t left = received.minor();
    for (std::size_t i = 0; i < terms_.steps.size(); ++i) {
        const std::optional<Money> claim = claim_of(i, state);
        const Money paid(claim ? std::min(claim->minor(), left) : left, terms_.currency);
        const std::span<std::int64_t> own = parts.first(terms_.steps[i].to.size());
        parts = parts.subspan(own.size());
        if (paid.is_zero())
            std::fill(own.begin(), own.end(), std::int64_t{0});
        else
            pay(i, paid, state, own);
        left -= paid.minor();
        answer(i, claim, paid, own);
    }
    return {};
}

Result<WaterfallPayment, Finding> Waterfall::distribute(Date on, Money received) {
    State next = state_;
    WaterfallPayment payment{on, received, {}};
    std::size_t shares = 0;
    for (const WaterfallStep& step : terms_.steps) shares += step.to.size();
    std::vector<std::int64_t> places(shares);
    auto ran = run_down(on, received, next, places,
                        [&](std::size_t i, std::optional<Money> claim, Money paid, std::span<std::int64_t> parts) {
                            const WaterfallStep& step = terms_.steps[i];
                            payment.steps.push_back({step.name, claim, paid, {}, step.citation});
                            if (paid.is_zero()) return;
                            for (std::size_t j = 0; j < parts.size(); ++j)
                                payment.steps.back().parts.push_back(
                                    {step.to[j].payee, step.to[j].weight, Money(parts[j], terms_.currency), false});
                        });
    if (!ran) return failure(std::move(ran.error()));
    state_ = std::move(next);
    return payment;
}

Result<void, Finding> Waterfall::distribute_into(Date on, Money received, std::span<std::int64_t> paid,
                                                 std::span<std::int64_t> parts) {
    return run_down(
        on, received, state_, parts,
        [&](std::size_t i, std::optional<Money>, Money amount, std::span<std::int64_t>) { paid[i] = amount.minor(); });
}

Money Waterfall::paid_to(PayeeId payee) const {
    Money total = Money::zero(terms_.currency);
    for (std::size_t i = 0; i < terms_.steps.size(); ++i)
        for (std::size_t j = 0; j < terms_.steps[i].to.size(); ++j)
            if (terms_.steps[i].to[j].payee == payee) total += Money(state_.steps[i].had[j], terms_.currency);
    return total;
}

Money Waterfall::paid_by(const std::string& step) const {
    const auto found = std::find_if(terms_.steps.begin(), terms_.steps.end(),
                                    [&](const WaterfallStep& one) { return one.name == step; });
    expects(found != terms_.steps.end(), "Waterfall::paid_by: a step of the terms");
    return state_.steps[static_cast<std::size_t>(found - terms_.steps.begin())].paid;
}

Derivation explain(const WaterfallPayment& payment) {
    Derivation received{"received",
                        to_grouped_text(payment.received),
                        "run down the steps on " + crowdrules::to_text(payment.on),
                        {},
                        {},
                        {}};
    for (const StepPayment& step : payment.steps) {
        Derivation paid{step.step,
                        to_grouped_text(step.paid),
                        step.claim ? "of a claim of " + to_grouped_text(*step.claim) : "all that was left",
                        "waterfall." + step.step,
                        step.citation,
                        {}};
        Weight total = 0;
        for (const SharePart& part : step.parts) total += part.weight;
        for (const SharePart& part : step.parts)
            paid.from.push_back({to_text(part.payee),
                                 to_grouped_text(part.amount),
                                 std::to_string(part.weight) + " of " + std::to_string(total),
                                 {},
                                 {},
                                 {}});
        received.from.push_back(std::move(paid));
    }
    return received;
}

// ------------------------------------------------------------------------------------------------------------ funds

namespace {

struct FundMove {
    Date on;
    bool is_receipt;
    std::size_t number;
    std::string deal;
    Money amount;
};

/// By day; payments into deals come before receipts of the same day, otherwise the order is that of the flows.
std::vector<FundMove> moves_of(const std::vector<FundFlow>& flows) {
    std::vector<FundMove> moves;
    for (const FundFlow& flow : flows) {
        if (!flow.contributed.is_zero()) moves.push_back({flow.on, false, moves.size(), flow.deal, flow.contributed});
        if (!flow.received.is_zero()) moves.push_back({flow.on, true, moves.size(), flow.deal, flow.received});
    }
    std::sort(moves.begin(), moves.end(), [](const FundMove& a, const FundMove& b) {
        return std::tie(a.on, a.is_receipt, a.number) < std::tie(b.on, b.is_receipt, b.number);
    });
    return moves;
}

/// The clawback, to the investors in proportion to what they had.
std::vector<SharePart> given_back(const WaterfallTerms& terms, const FundOutcome& outcome) {
    std::vector<SharePart> parts;
    if (outcome.clawback.is_zero() || terms.investors.empty()) return parts;
    std::vector<Weight> weights;
    for (const PayeeId investor : terms.investors) {
        const auto had = outcome.paid.find(investor);
        weights.push_back(had == outcome.paid.end() ? 0 : had->second.minor());
    }
    if (std::all_of(weights.begin(), weights.end(), [](Weight weight) { return weight == 0; }))
        std::fill(weights.begin(), weights.end(), 1);
    const std::vector<Money> amounts = allocate(outcome.clawback, weights, {AllocationMethod::largest_remainder});
    for (std::size_t i = 0; i < amounts.size(); ++i)
        parts.push_back({terms.investors[i], weights[i], amounts[i], false});
    return parts;
}

}  // namespace

Result<FundOutcome, Findings> settle_fund(const WaterfallTerms& terms, CarryScope scope, const Clawback& clawback,
                                          const std::vector<FundFlow>& flows) {
    auto whole = Waterfall::of(terms);
    if (!whole) return failure(std::move(whole.error()));
    const auto is_investor = [&](PayeeId payee) {
        return std::find(terms.investors.begin(), terms.investors.end(), payee) != terms.investors.end();
    };
    if (is_investor(clawback.manager))
        return failure(Findings{refusal("fund.manager", to_text(clawback.manager) + " is an investor too",
                                        "a payee of its own for the carry")});

    const Money nothing = Money::zero(terms.currency);
    FundOutcome outcome{{}, {}, nothing, nothing, nothing, nothing, {}};
    ReturnAccount owed(clawback.preferred.value_or(PreferredReturn{Decimal(0), Compounding::simple}), terms.currency);
    std::map<std::string, Waterfall> waterfalls;
    Money profit = nothing;
    for (const FundMove& move : moves_of(flows)) {
        const std::string deal = scope == CarryScope::whole_fund ? "" : move.deal;
        Waterfall& waterfall = waterfalls.try_emplace(deal, *whole).first->second;
        if (!move.is_receipt) {
            if (auto paid_in = waterfall.contribute(move.on, move.amount); !paid_in)
                return failure(Findings{std::move(paid_in.error())});
            owed.accrue(move.on);
            owed.contribute(move.amount);
            profit -= move.amount;
            continue;
        }
        auto payment = waterfall.distribute(move.on, move.amount);
        if (!payment) return failure(Findings{std::move(payment.error())});
        owed.accrue(move.on);
        profit += move.amount;
        for (const StepPayment& step : payment->steps)
            for (const SharePart& part : step.parts) {
                outcome.paid.try_emplace(part.payee, nothing).first->second += part.amount;
                if (is_investor(part.payee)) credit(owed, part.amount);
                if (part.payee == clawback.manager) outcome.carry_paid += part.amount;
            }
        outcome.payments.emplace_back(deal, std::move(*payment));
    }
    outcome.carry_entitled = std::max(profit, nothing).times(clawback.carry, clawback.rounding);
    outcome.lacking = owed.capital() + owed.due();
    outcome.clawback =
        std::clamp(std::max(outcome.carry_paid - outcome.carry_entitled, outcome.lacking), nothing, outcome.carry_paid);
    outcome.returned = given_back(terms, outcome);
    return outcome;
}

}  // namespace crowdrules::revenue
