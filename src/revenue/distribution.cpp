// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/balance_payment.hpp>
#include <crowdrules/revenue/distribution.hpp>

#include "reason/refusal.hpp"
#include "core/enumerators.hpp"
#include "revenue/payment_figures.hpp"
#include "revenue/withholding.hpp"
#include <algorithm>

namespace crowdrules::revenue {
namespace {

Decimal sum_of(const std::map<std::string, Decimal>& amounts) {
    Decimal sum;
    for (const auto& [source, amount] : amounts) sum = sum + amount;
    return sum;
}

Finding unknown(PayeeId payee) {
    return refusal("distribution.payee", to_text(payee) + " is not known", "a payee that was added");
}

/// An earning in the currency of the balances, exactly: at the rate of the sale and of no other day.
Result<Decimal, Finding> in_currency(const Earning& earning, Currency currency) {
    if (!earning.rate) return earning.amount;
    if (earning.rate->to != currency || earning.rate->rate <= Decimal(0))
        return failure(refusal("distribution.rate",
                               to_text(earning.rate->rate) + " to " + std::string(earning.rate->to.code()),
                               "a positive rate to " + std::string(currency.code())));
    return earning.amount * earning.rate->rate;
}

/// The amount as text with its currency: "0.005 USD".
std::string text_of(const Decimal& amount, Currency currency) {
    if (amount.scale() <= currency.digits()) return to_grouped_text(money_of(amount, currency, {RoundingMode::down}));
    return to_text(amount) + ' ' + std::string(currency.code());
}

}  // namespace

std::string_view to_text(Unpaid reason) noexcept {
    return detail::phrase_of(reason, {"paid", "nothing due", "more was taken back than earned", "below the minimum",
                                      "the fee would leave nothing"});
}

std::string_view to_text(FeeBearer bearer) noexcept {
    return detail::enumerator_name(bearer);
}

BalancePayment payment_of(const DistributionTerms& terms, const Decimal& free, Money withheld, Money minimum,
                          MinimumRule rule) {
    const auto fee = [&](std::int64_t left) {
        Money taken = fee_on(*terms.fee, {left, terms.currency});
        if (terms.fee->tax && !terms.fee->tax->included) taken += tax_on(*terms.fee, taken);
        return taken.minor();
    };
    const PaymentFigures figures =
        payment_figures(money_of(free, terms.currency, terms.rounding).minor(), free.is_negative(), withheld.minor(),
                        minimum.minor(), rule, terms.fee_borne_by,
                        [&](std::int64_t left) { return terms.fee ? fee(left) : 0; });
    const auto money = [&](std::int64_t minor) { return Money(minor, terms.currency); };
    return {money(figures.gross), money(figures.fee), money(figures.paid), figures.reason};
}

std::vector<Withheld> withheld_of(const std::vector<Withholding>& rules, Money gross,
                                  const std::map<std::string, Decimal>& free) {
    std::vector<Withheld> withheld;
    Money left = gross;
    for (const Withholding& rule : rules) {
        Decimal base = gross.units();
        if (!rule.source.empty()) {
            const auto earned = free.find(rule.source);
            base =
                std::clamp(earned == free.end() ? Decimal(0) : earned->second, Decimal(0), std::max(base, Decimal(0)));
        }
        const Money amount = std::min(money_of(base * rule.rate, gross.currency(), rule.rounding), left);
        withheld.push_back({rule, money_of(base, gross.currency(), {RoundingMode::half_even}), amount});
        left -= amount;
    }
    return withheld;
}

Money total_of(const std::vector<Withheld>& withheld, Currency currency) {
    Money total = Money::zero(currency);
    for (const Withheld& one : withheld) total += one.amount;
    return total;
}

Money minimum_of(const DistributionTerms& terms, PayeeId payee) {
    const auto higher = terms.higher_minimums.find(payee);
    return higher == terms.higher_minimums.end() ? terms.minimum : std::max(terms.minimum, higher->second);
}

Result<Distribution, Findings> Distribution::of(DistributionTerms terms) {
    Findings findings;
    const auto check_minimum = [&](Money minimum, const std::string& whose) {
        if (minimum.currency() != terms.currency || minimum.is_negative())
            findings.push_back(refusal("distribution.minimum" + whose, "a minimum of " + to_text(minimum),
                                       "an amount of " + std::string(terms.currency.code()) + " from zero up"));
    };
    check_minimum(terms.minimum, "");
    for (const auto& [payee, minimum] : terms.higher_minimums) check_minimum(minimum, " of " + to_text(payee));
    if (terms.hold < std::chrono::days{0})
        findings.push_back(refusal("distribution.hold", std::to_string(terms.hold.count()) + " days", "at least 0"));
    if (terms.rounding.step < 1)
        findings.push_back(refusal("distribution.rounding", "a step below one minor unit", "a step of at least 1"));
    if (terms.fee)
        if (const auto defect = defect_of(*terms.fee))
            findings.push_back(refusal("distribution.fee", *defect, "a schedule without defect", terms.fee->citation));
    if (!findings.empty()) return failure(std::move(findings));
    return Distribution(std::move(terms));
}

Distribution::Account* Distribution::find(PayeeId payee) {
    const auto found = index_.find(payee.value);
    return found == index_.end() ? nullptr : &accounts_[found->second];
}

Result<void, Finding> Distribution::add(Payee payee) {
    if (payee.id.is_none() || find(payee.id) != nullptr)
        return failure(refusal("distribution.payee", to_text(payee.id) + " is nobody, or is known already",
                               "each payee once, by an id above 0"));
    Decimal total;
    for (const Withholding& rule : payee.withholding) {
        total = total + rule.rate;
        if (rule.rate.is_negative() || total > Decimal(1) || rule.rounding.step < 1)
            return failure(refusal("distribution.withholding",
                                   "withholding of " + to_percent(total) + " from " + to_text(payee.id),
                                   "rates from 0%, at most 100% in all", rule.citation));
    }
    index_.emplace(payee.id.value, accounts_.size());
    accounts_.push_back({std::move(payee), {}, {}, {}, {}, {}, {}, {}});
    return {};
}

Result<void, Finding> Distribution::book(const Earning& earning) {
    Account* account = find(earning.payee);
    if (account == nullptr) return failure(unknown(earning.payee));
    if (!earning.sold_on.ok())
        return failure(refusal("distribution.sold_on", "an impossible date", "the day of the sale"));
    if (earning.amount.is_negative() && earning.kind != EarningKind::correction)
        return failure(refusal("distribution.amount", "an amount of " + to_text(earning.amount),
                               "amounts from zero up; what is taken back has a kind of its own"));
    const auto converted = in_currency(earning, terms_.currency);
    if (!converted) return failure(converted.error());
    const Decimal amount = earning.kind == EarningKind::taken_back ? -*converted : *converted;

    Decimal of_sale;
    if (earning.kind != EarningKind::correction) {
        const auto known = account->by_reference.find(earning.reference);
        const Decimal before = known == account->by_reference.end() ? Decimal(0) : known->second;
        of_sale = before + amount;
        if (of_sale.is_negative())
            return failure(refusal(
                "distribution.taken_back",
                to_text(*converted) + " taken back of \"" + earning.reference + "\", which earned " + to_text(before),
                "at most what the sale has earned"));
    }
    // Sums first: they may throw, and then nothing has changed.
    Decimal& since = earning.kind == EarningKind::earned       ? account->earned
                     : earning.kind == EarningKind::taken_back ? account->taken_back
                                                               : account->corrected;
    const Decimal total = since + (earning.kind == EarningKind::taken_back ? *converted : amount);
    const Date free_on{std::chrono::sys_days(earning.sold_on) + terms_.hold};
    Decimal& held = account->held[{free_on, earning.source}];
    held = held + amount;
    since = total;
    if (earning.kind != EarningKind::correction) account->by_reference[earning.reference] = of_sale;
    return {};
}

void Distribution::unbook(const Earning& earning) {
    Account* account = find(earning.payee);
    expects(account != nullptr, "Distribution::unbook: an earning that was booked");
    const Decimal converted = in_currency(earning, terms_.currency).value();
    const Decimal amount = earning.kind == EarningKind::taken_back ? -converted : converted;
    const auto held = account->held.find({Date{std::chrono::sys_days(earning.sold_on) + terms_.hold}, earning.source});
    expects(held != account->held.end(), "Distribution::unbook: an earning that was booked");
    held->second = held->second - amount;
    if (held->second == Decimal(0)) account->held.erase(held);
    if (earning.kind == EarningKind::correction) {
        account->corrected = account->corrected - amount;
        return;
    }
    Decimal& since = earning.kind == EarningKind::earned ? account->earned : account->taken_back;
    since = since - converted;
    Decimal& of_sale = account->by_reference.at(earning.reference);
    of_sale = of_sale - amount;
}

Result<void, Finding> Distribution::check_day(Date on) const {
    if (on.ok() && on >= last_) return {};
    return failure(refusal("distribution.on", crowdrules::to_text(on) + " after " + crowdrules::to_text(last_),
                           "days in their order"));
}

Distribution::Sources Distribution::free_on(const Account& account, Date on) {
    Sources free = account.free;
    for (const auto& [day_and_source, amount] : account.held) {
        if (day_and_source.first > on) break;
        Decimal& of_source = free[day_and_source.second];
        of_source = of_source + amount;
    }
    return free;
}

PayeeStatement Distribution::statement_of(const Account& account, Date on, Money minimum, MinimumRule rule) const {
    const Money nothing = Money::zero(terms_.currency);
    PayeeStatement statement{account.payee.id,
                             account.payee.name,
                             on,
                             account.opening,
                             account.earned,
                             account.taken_back,
                             account.corrected,
                             {},
                             nothing,
                             {},
                             nothing,
                             nothing,
                             {},
                             Unpaid::paid};
    const Sources sources = free_on(account, on);
    const Decimal free = sum_of(sources);
    statement.on_hold = account.opening + account.earned - account.taken_back + account.corrected - free;
    statement.withheld =
        withheld_of(account.payee.withholding, money_of(free, terms_.currency, terms_.rounding), sources);
    const BalancePayment payment =
        payment_of(terms_, free, total_of(statement.withheld, terms_.currency), minimum, rule);
    statement.gross = payment.gross;
    statement.fee = payment.fee;
    statement.paid = payment.paid;
    statement.reason = payment.reason;
    if (payment.reason != Unpaid::paid) statement.withheld.clear();
    statement.carried = free + statement.on_hold - statement.gross.units();
    return statement;
}

void Distribution::commit(Account& account, const PayeeStatement& statement) {
    account.free = free_on(account, statement.on);
    if (statement.reason == Unpaid::paid) account.free = {{"", statement.carried - statement.on_hold}};
    while (!account.held.empty() && account.held.begin()->first.first <= statement.on)
        account.held.erase(account.held.begin());
    account.opening = statement.carried;
    account.earned = account.taken_back = account.corrected = Decimal(0);
}

Result<std::vector<PayeeStatement>, Finding> Distribution::statements(Date on) const {
    if (auto day = check_day(on); !day) return failure(std::move(day.error()));
    std::vector<PayeeStatement> statements;
    statements.reserve(accounts_.size());
    for (const Account& account : accounts_) {
        statements.push_back(statement_of(account, on, minimum_of(terms_, account.payee.id), terms_.rule));
    }
    return statements;
}

void Distribution::pay(std::span<const PayeeStatement> statements) {
    expects(statements.size() == accounts_.size(), "Distribution::pay: a statement for each payee");
    for (std::size_t i = 0; i < accounts_.size(); ++i) commit(accounts_[i], statements[i]);
    if (!statements.empty()) last_ = statements.front().on;
}

Result<std::vector<PayeeStatement>, Finding> Distribution::pay_out(Date on) {
    auto statements = this->statements(on);
    if (!statements) return statements;
    pay(*statements);
    last_ = on;
    return statements;
}

Result<PayeeStatement, Finding> Distribution::pay_out_below_minimum(PayeeId payee, Date on) {
    if (auto day = check_day(on); !day) return failure(std::move(day.error()));
    Account* account = find(payee);
    if (account == nullptr) return failure(unknown(payee));
    PayeeStatement statement = statement_of(*account, on, Money::zero(terms_.currency), MinimumRule::at_least);
    commit(*account, statement);
    last_ = on;
    return statement;
}

Result<Decimal, Finding> Distribution::remove(PayeeId payee) {
    const Account* account = find(payee);
    if (account == nullptr) return failure(unknown(payee));
    const Decimal left = balance(payee);
    if (!money_of(left, terms_.currency, {RoundingMode::down}).is_zero())
        return failure(refusal("distribution.remove",
                               to_text(payee) + (left.is_negative() ? " owes " : " is owed ") +
                                   text_of(left.is_negative() ? -left : left, terms_.currency),
                               "a payee whose balance is below one minor unit"));
    accounts_.erase(accounts_.begin() + (account - accounts_.data()));
    index_.clear();
    for (std::size_t i = 0; i < accounts_.size(); ++i) index_.emplace(accounts_[i].payee.id.value, i);
    return left;
}

Decimal Distribution::balance(PayeeId payee) const {
    const auto found = index_.find(payee.value);
    if (found == index_.end()) return {};
    const Account& account = accounts_[found->second];
    Decimal sum = sum_of(account.free);
    for (const auto& [day_and_source, amount] : account.held) sum = sum + amount;
    return sum;
}

Derivation explain(const PayeeStatement& statement) {
    const Currency currency = statement.paid.currency();
    Derivation paid{"paid", to_grouped_text(statement.paid), std::string(to_text(statement.reason)), {}, {}, {}};
    const auto add = [&](Derivation& to, const char* figure, const Decimal& amount, const char* formula) {
        if (!amount.is_zero()) to.from.push_back({figure, text_of(amount, currency), formula, {}, {}, {}});
    };
    Derivation gross{
        "gross", to_grouped_text(statement.gross), "what was free on " + crowdrules::to_text(statement.on), {}, {}, {}};
    add(gross, "carried over", statement.opening, "from the statement before");
    add(gross, "earned", statement.earned, "since then");
    add(gross, "taken back", -statement.taken_back, "sales that were returned");
    add(gross, "corrected", statement.corrected, "by agreement");
    add(gross, "on hold", -statement.on_hold, "not free yet");
    add(gross, "carried on", -(statement.carried - statement.on_hold), "to the next statement");
    paid.from.push_back(std::move(gross));
    for (const Withheld& part : statement.withheld)
        paid.from.push_back({"withheld",
                             to_grouped_text(-part.amount),
                             to_percent(part.rule.rate) + " of " + to_grouped_text(part.base) +
                                 (part.rule.source.empty() ? "" : " from " + part.rule.source),
                             "payee.withholding",
                             part.rule.citation,
                             {}});
    const bool is_taken_off = statement.paid + total_of(statement.withheld, currency) != statement.gross;
    if (is_taken_off)
        paid.from.push_back({"fee", to_grouped_text(-statement.fee), "for the payment", "distribution.fee", {}, {}});
    return paid;
}

}  // namespace crowdrules::revenue
