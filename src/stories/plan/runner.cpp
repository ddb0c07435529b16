// SPDX-License-Identifier: BSL-1.0
#include "runner.hpp"

#include <crowdrules/core/contract.hpp>

#include "reader.hpp"
#include <algorithm>
#include <reason/refusal.hpp>

namespace crowdrules::detail {
namespace {

LivePart live(const PlanPart& part, Currency currency) {
    const auto make = [&](const auto& terms) -> LivePart {
        using Part = std::decay_t<decltype(terms)>;
        if constexpr (std::is_same_v<Part, RoyaltiesPart>)
            return {LiveRoyalty{revenue::RoyaltyContract::of(terms.terms).value()}};
        else if constexpr (std::is_same_v<Part, SplitPart>)
            return {LiveSplit{revenue::Sharing::of(terms.standard, currency, terms.items).value()}};
        else if constexpr (std::is_same_v<Part, WaterfallPart>)
            return {LiveWaterfall{revenue::Waterfall::of(terms.terms).value()}};
        else if constexpr (std::is_same_v<Part, FundPart>)
            return {LiveFund{}};
        else if constexpr (std::is_same_v<Part, NotePart>)
            return {LiveNote{revenue::RevenueNote::of(terms.terms).value()}};
        else if constexpr (std::is_same_v<Part, MatchPart>)
            return {LiveMatch{revenue::MatchPool::of(terms.sponsors).value()}};
        else if constexpr (std::is_same_v<Part, QuadraticPart>)
            return {LiveQuadratic{}};
        else
            return {LiveCrowdmatch{}};
    };
    return std::visit(make, part.terms);
}

}  // namespace

PlanRunner::PlanRunner(const RevenuePlan& plan) : plan_(plan) {
    for (std::size_t i = 0; i < plan.names.size(); ++i) ids_.emplace(plan.names[i], revenue::PayeeId{i + 1});
    for (const PlanPart& part : plan.parts) {
        places_.emplace(part.name, parts_.size());
        parts_.push_back(live(part, plan.currency));
    }
    if (!plan.distribution) return;
    distribution_ = revenue::Distribution::of(*plan.distribution).value();
    for (const revenue::Payee& payee : plan.payees)
        expects(distribution_->add(payee).has_value(), "payees as parse_plan read them");
}

revenue::PayeeId PlanRunner::id_of(const std::string& name) const {
    const auto found = ids_.find(name);
    return found == ids_.end() ? revenue::PayeeId{} : found->second;
}

Decimal PlanRunner::balance(revenue::PayeeId payee) const {
    return distribution_ ? distribution_->balance(payee) : Decimal(0);
}

Result<PlanEntries, Finding> PlanRunner::carry_out(const PlanLine& line) {
    on_ = line.on;
    entries_.clear();
    places_in_entry_.clear();
    fed_.clear();
    saved_.clear();
    appended_.clear();
    const auto restore = [&] {
        for (; !appended_.empty(); appended_.pop_back()) appended_.back()();
        for (auto& [part, before] : saved_) parts_[part] = std::move(before);
    };
    try {
        Refused refused = std::visit([&](const auto& what) { return act(what); }, line.what);
        // What was given to parts is shared further; parts that feed each other in a circle were refused.
        for (std::size_t i = 0; !refused && i < fed_.size(); ++i) {
            const Fed fed = fed_[i];
            refused = std::holds_alternative<LiveSplit>(parts_[fed.part].state)
                          ? share(fed.part, "", on_, fed.amount, false)
                          : run_down(fed.part, fed.amount, false);
        }
        if (refused) {
            restore();
            refused->what = PlanReader::with_names(refused->what, plan_.names);
            refused->accepted = PlanReader::with_names(refused->accepted, plan_.names);
            return failure(std::move(*refused));
        }
    } catch (...) {
        restore();
        throw;
    }
    if (!entries_.empty()) entries_.front().line = line.text;
    return std::move(entries_);
}

// ------------------------------------------------------------------------------------------------------------- entries

void PlanRunner::begin(std::size_t part, std::string what, bool decides) {
    PlanEntry entry{on_, plan_.parts[part].name, std::move(what), 0, {}, {}, {}, {}};
    if (decides) entry.number = ++parts_[part].decided;
    entries_.push_back(std::move(entry));
}

void PlanRunner::add(const std::string& name, PlanValue value, PlanTally tally) {
    entries_.back().figures.push_back({name, std::move(value), tally});
}

void PlanRunner::add(const std::string& name, Money amount, PlanTally tally) {
    auto& figures = entries_.back().figures;
    // Those of this entry by name: a payout of many payees has many.
    if (places_of_entry_ != entries_.size()) places_in_entry_.clear();
    places_of_entry_ = entries_.size();
    for (std::size_t i = places_in_entry_.size(); i < figures.size(); ++i) places_in_entry_.emplace(figures[i].name, i);
    const auto [place, is_new] = places_in_entry_.try_emplace(name, figures.size());
    if (is_new)
        figures.push_back({name, amount, tally});
    else
        std::get<Money>(figures[place->second].value) += amount;
}

void PlanRunner::move(const std::string& from, const std::string& to, const Decimal& amount) {
    if (amount.is_negative())
        entries_.back().movements.push_back({to, from, -amount});
    else if (!amount.is_zero())
        entries_.back().movements.push_back({from, to, amount});
}

PlanRunner::Refused PlanRunner::give(std::size_t part, const std::string& to, Money amount, revenue::EarningKind kind) {
    const std::string& from = plan_.parts[part].name;
    move(from, to, amount);
    if (amount.is_zero()) return {};
    if (const auto place = places_.find(to); place != places_.end()) {
        fed_.push_back({place->second, amount});
        return {};
    }
    if (!distribution_) return {};
    if (amount.is_negative() && kind == revenue::EarningKind::earned) kind = revenue::EarningKind::taken_back;
    // What comes back is a part of what the same part has given before: cent by cent the sales of one day may differ.
    return book({.payee = id_of(to),
                 .kind = kind,
                 .amount = kind == revenue::EarningKind::taken_back ? -amount.units() : amount.units(),
                 .sold_on = on_,
                 .reference = from});
}

PlanRunner::Refused PlanRunner::book(const revenue::Earning& earning) {
    auto done = distribution_->book(earning);
    if (!done) return std::move(done.error());
    // A copy of the distribution for each line that pays would take a time that grows with the square of the payees.
    appended_.push_back([this, earning] { distribution_->unbook(earning); });
    return {};
}

void PlanRunner::because(Derivation why) {
    const auto name = [&](auto&& self, Derivation& one) -> void {
        one.figure = PlanReader::with_names(std::move(one.figure), plan_.names);
        one.formula = PlanReader::with_names(std::move(one.formula), plan_.names);
        // A rule without dated rows holds for ever.
        const std::string for_ever = " from " + to_text(always_from);
        if (one.rule.ends_with(for_ever)) one.rule.erase(one.rule.size() - for_ever.size());
        for (Derivation& part : one.from) self(self, part);
    };
    name(name, why);
    entries_.back().why.push_back(std::move(why));
}

// ------------------------------------------------------------------------------------------------------------- royalty

PlanRunner::Refused PlanRunner::act(const SaleLine& line) {
    // A sale is judged when it is told, not when its period ends. Taken or refused as a whole, and nothing after it is
    // refused: there is nothing to take back.
    revenue::RoyaltyContract& contract = std::get<LiveRoyalty>(parts_[line.part].state).contract;
    if (auto reported = contract.report(line.sale); !reported) return std::move(reported.error());
    begin(line.part, line.sale.gross.is_negative() || line.sale.units < 0 ? "return" : "sale", false);
    return {};
}

PlanRunner::Refused PlanRunner::act(const AdvanceLine& line) {
    LiveRoyalty& live = touch<LiveRoyalty>(line.part);
    if (auto added = live.contract.advance(line.account, line.name, line.amount); !added) return added.error();
    begin(line.part, line.is_paid ? "advance" : "expense", false);
    add(line.is_paid ? "advances" : "expenses", line.amount);
    if (!line.is_paid) return {};
    const std::string& part = plan_.parts[line.part].name;
    move(std::string(outside), part, line.amount);
    return give(line.part, std::get<RoyaltiesPart>(plan_.parts[line.part].terms).to.at(line.account), line.amount);
}

PlanRunner::Refused PlanRunner::settle(std::size_t part, LiveRoyalty& live) {
    const auto settled = live.contract.settle();
    if (!settled) return settled.error();
    begin(part, "period", true);
    const auto& to = std::get<RoyaltiesPart>(plan_.parts[part].terms).to;
    const std::string& name = plan_.parts[part].name;
    for (const revenue::AccountStatement& account : settled->accounts)
        book_account(account, settled->accounts.size() == 1 ? "" : "accounts." + account.account + ".");
    if (!settled->top_up.is_zero()) add("top_up", settled->top_up);
    if (settled->accounts.size() > 1 || !settled->top_up.is_zero()) {
        auto& figures = entries_.back().figures;
        std::erase_if(figures, [](const PlanFigure& figure) { return figure.name == "payable"; });
        places_in_entry_.clear();
        add("payable", settled->payable);
    }
    if (live.contract.terms().reserve) add("reserved", live.contract.reserved(), PlanTally::latest);
    because(explain(*settled));
    for (const revenue::AccountStatement& account : settled->accounts) {
        move(std::string(outside), name, account.earned);
        move(name, std::string(outside), account.recouped);
        if (auto refused = give(part, to.at(account.account), account.payable)) return refused;
    }
    move(std::string(outside), name, settled->top_up);
    return give(part, to.at(settled->accounts.front().account), settled->top_up);
}

void PlanRunner::book_account(const revenue::AccountStatement& account, const std::string& prefix) {
    std::int64_t units = 0;
    Money gross = nothing(), base = nothing();
    Decimal exactly;
    for (const revenue::RoyaltyLine& line : account.lines) {
        units += line.sale.units;
        gross += line.sale.gross;
        base += line.base;
        exactly = exactly + line.earned;
    }
    if (units != 0) add(prefix + "units", units, PlanTally::sum);
    add(prefix + "gross", gross);
    add(prefix + "base", base);
    if (exactly.scale() > plan_.currency.digits()) add(prefix + "earned_exactly", exactly, PlanTally::sum);
    if (!account.carried_before.is_zero()) add(prefix + "carried_before", account.carried_before, PlanTally::latest);
    add(prefix + "earned", account.earned);
    if (!account.above_cap.is_zero()) add(prefix + "above_cap", account.above_cap);
    add(prefix + "withheld", account.withheld);
    add(prefix + "released", account.released);
    add(prefix + "recouped", account.recouped);
    add(prefix + "unrecouped", account.unrecouped, PlanTally::latest);
    add(prefix + "carried", account.carried_after, PlanTally::latest);
    add(prefix + "payable", account.payable);
}

// --------------------------------------------------------------------------------------------------------------- notes

PlanRunner::Refused PlanRunner::settle(std::size_t part, LiveNote& live, const SettleLine& line) {
    const auto period = live.note.end_period(line.revenue.value_or(nothing()), line.paid);
    if (!period) return period.error();
    begin(part, "period", true);
    add("revenue", period->revenue);
    add("due", period->due, PlanTally::latest);
    book_period(part, *period);
    for (const revenue::SharePart& one : period->parts)
        if (auto refused = give(part, one.payee, one.amount)) return refused;
    return {};
}

void PlanRunner::book_period(std::size_t part, const revenue::NotePeriod& period) {
    add("paid", period.paid);
    add("missed", period.missed, PlanTally::latest);
    add("outstanding", period.outstanding, PlanTally::latest);
    add("state", std::string(to_text(period.state)), PlanTally::latest);
    for (const revenue::SharePart& one : period.parts) add("payees." + name_of(one.payee), one.amount);
    because(explain(period));
    move(std::string(outside), plan_.parts[part].name, period.paid);
}

PlanRunner::Refused PlanRunner::act(const BuyOutLine& line) {
    const auto period = touch<LiveNote>(line.part).note.buy_out();
    if (!period) return period.error();
    begin(line.part, "buy-out", true);
    book_period(line.part, *period);
    for (const revenue::SharePart& one : period->parts)
        if (auto refused = give(line.part, one.payee, one.amount)) return refused;
    return {};
}

PlanRunner::Refused PlanRunner::act(const SettleLine& line) {
    saved_.try_emplace(line.part, parts_[line.part]);
    auto& state = parts_[line.part].state;
    if (auto* royalty = std::get_if<LiveRoyalty>(&state)) return settle(line.part, *royalty);
    if (auto* note = std::get_if<LiveNote>(&state)) return settle(line.part, *note, line);
    if (auto* fund = std::get_if<LiveFund>(&state)) return settle(line.part, *fund);
    if (auto* round = std::get_if<LiveQuadratic>(&state)) return settle(line.part, *round);
    return settle(line.part, std::get<LiveCrowdmatch>(state));
}

// -------------------------------------------------------------------------------------------------------------- splits

PlanRunner::Refused PlanRunner::share(std::size_t part, const std::string& item, Date sold_on, Money amount,
                                      bool from_outside) {
    LiveSplit& live = touch<LiveSplit>(part);
    const auto shared = live.sharing.share(item, sold_on, amount);
    if (!shared) return shared.error();
    begin(part, amount.is_negative() ? "return" : "receipt", true);
    add("received", shared->payment);
    for (const revenue::FeeTaken& fee : shared->fees) add("fees." + fee.name, fee.paid);
    if (!shared->fees.empty()) add("divided", shared->divided);
    for (const revenue::SharePart& one : shared->parts) add("payees." + name_of(one.payee), one.amount);
    if (!live.sharing.held().is_zero()) add("held", live.sharing.held(), PlanTally::latest);
    if (!live.sharing.pot().is_zero() || !shared->undivided.is_zero())
        add("pot", live.sharing.pot(), PlanTally::latest);
    because(explain(*shared));
    if (from_outside) move(std::string(outside), plan_.parts[part].name, amount);
    for (const revenue::FeeTaken& fee : shared->fees)
        if (auto refused = give(part, fee.payee, fee.paid)) return refused;
    for (const revenue::SharePart& one : shared->parts)
        if (!one.held)
            if (auto refused = give(part, one.payee, one.amount)) return refused;
    return {};
}

PlanRunner::Refused PlanRunner::act(const DisputedLine& line) {
    if (auto held = touch<LiveSplit>(line.part).sharing.hold(line.item, line.payee); !held) return held.error();
    begin(line.part, "dispute", false);
    return {};
}

PlanRunner::Refused PlanRunner::act(const DisputeSettledLine& line) {
    LiveSplit& live = touch<LiveSplit>(line.part);
    const auto parts = live.sharing.release(line.item, line.payee, line.settlement);
    if (!parts) return parts.error();
    begin(line.part, "dispute settled", true);
    add("held", live.sharing.held(), PlanTally::latest);
    for (const revenue::SharePart& one : *parts) {
        add("released." + name_of(one.payee), one.amount);
        if (auto refused = give(line.part, one.payee, one.amount)) return refused;
    }
    return {};
}

PlanRunner::Refused PlanRunner::act(const SplitChangeLine& line) {
    const auto parts = touch<LiveSplit>(line.part).sharing.change(line.item, line.row, line.recovery);
    if (!parts) return parts.error();
    begin(line.part, "change", true);
    for (const revenue::SharePart& one : *parts) {
        add("payees." + name_of(one.payee), one.amount);
        if (auto refused = give(line.part, name_of(one.payee), one.amount, revenue::EarningKind::correction))
            return refused;
    }
    return {};
}

// --------------------------------------------------------------------------------------------------- waterfalls, funds

PlanRunner::Refused PlanRunner::run_down(std::size_t part, Money amount, bool from_outside) {
    const auto payment = touch<LiveWaterfall>(part).waterfall.distribute(on_, amount);
    if (!payment) return payment.error();
    begin(part, "receipt", true);
    book_payment(*payment, "");
    if (from_outside) move(std::string(outside), plan_.parts[part].name, amount);
    for (const revenue::StepPayment& step : payment->steps)
        for (const revenue::SharePart& one : step.parts)
            if (auto refused = give(part, one.payee, one.amount)) return refused;
    return {};
}

void PlanRunner::book_payment(const revenue::WaterfallPayment& payment, const std::string& prefix) {
    add(prefix + "received", payment.received);
    for (const revenue::StepPayment& step : payment.steps) {
        if (step.claim) add(prefix + "steps." + step.step + ".claim", *step.claim, PlanTally::latest);
        add(prefix + "steps." + step.step + ".paid", step.paid);
    }
    for (const revenue::StepPayment& step : payment.steps)
        for (const revenue::SharePart& one : step.parts) add(prefix + "payees." + name_of(one.payee), one.amount);
    because(explain(payment));
}

PlanRunner::Refused PlanRunner::act(const MoneyLine& line) {
    if (std::holds_alternative<LiveSplit>(parts_[line.part].state))
        return share(line.part, line.item, line.sold_on, line.amount, true);
    if (std::holds_alternative<LiveFund>(parts_[line.part].state)) {
        const LiveFund& fund = std::get<LiveFund>(parts_[line.part].state);
        if (fund.settled)
            return refusal("fund.settled", "the fund has been settled", "what comes before it is settled");
        const Money none = nothing();
        append(line.part, &LiveFund::flows,
               {on_, line.item, line.contributed ? line.amount : none, line.contributed ? none : line.amount});
        begin(line.part, line.contributed ? "contribution" : "receipt", false);
        add(line.contributed ? "contributed" : "received", line.amount);
        return {};
    }
    if (!line.contributed) return run_down(line.part, line.amount, true);
    if (auto done = touch<LiveWaterfall>(line.part).waterfall.contribute(on_, line.amount); !done) return done.error();
    begin(line.part, "contribution", false);
    add("contributed", line.amount);
    return {};
}

PlanRunner::Refused PlanRunner::settle(std::size_t part, LiveFund& live) {
    if (live.settled) return refusal("fund.settled", "the fund has been settled", "a fund is settled once");
    const FundPart& terms = std::get<FundPart>(plan_.parts[part].terms);
    const auto outcome = settle_fund(terms.terms, terms.scope, terms.clawback, live.flows);
    if (!outcome) return outcome.error().front();
    live.settled = true;
    begin(part, "settlement", true);
    const std::string& name = plan_.parts[part].name;
    for (const auto& [deal, payment] : outcome->payments) {
        for (const revenue::StepPayment& step : payment.steps)
            add((deal.empty() ? "steps." : "deals." + deal + ".steps.") + step.step + ".paid", step.paid);
        because(explain(payment));
        move(std::string(outside), name, payment.received);
    }
    add("carry_paid", outcome->carry_paid);
    add("carry_entitled", outcome->carry_entitled);
    add("lacking", outcome->lacking);
    add("clawback", outcome->clawback);
    add("net_carry", outcome->carry_paid - outcome->clawback);
    for (const auto& [payee, paid] : outcome->paid) {
        add("payees." + name_of(payee), paid);
        if (auto refused = give(part, payee, paid)) return refused;
    }
    add("payees." + name_of(terms.clawback.manager), -outcome->clawback);
    if (auto refused =
            give(part, name_of(terms.clawback.manager), -outcome->clawback, revenue::EarningKind::correction))
        return refused;
    for (const revenue::SharePart& one : outcome->returned) {
        add("payees." + name_of(one.payee), one.amount);
        if (auto refused = give(part, one.payee, one.amount)) return refused;
    }
    because({"clawback",
             to_grouped_text(outcome->clawback),
             "carry paid of " + to_grouped_text(outcome->carry_paid) + ", entitled to " +
                 to_grouped_text(outcome->carry_entitled) + "; the investors lack " + to_grouped_text(outcome->lacking),
             {},
             {},
             {}});
    return {};
}

}  // namespace crowdrules::detail
