// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/revenue/royalty.hpp>

#include "core/enumerators.hpp"
#include "money/rate.hpp"
#include "reason/refusal.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::revenue {
namespace {

bool is_amount_of(const std::optional<Money>& amount, Currency currency) {
    return !amount || (amount->currency() == currency && !amount->is_negative());
}

template <class Named>
const Named* find_by_name(const std::vector<Named>& all, const std::string& name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

// ---------------------------------------------------------------------------------------------------------- defects

void check_tiers(const RateTerms& terms, const std::string& path, Findings& findings) {
    if (terms.tiers.empty())
        findings.push_back(refusal(path + ".tiers", "no rate", "at least one tier, a single rate being one"));
    std::optional<std::int64_t> below;
    for (std::size_t i = 0; i < terms.tiers.size(); ++i) {
        const RateTier& tier = terms.tiers[i];
        const bool is_last = i + 1 == terms.tiers.size();
        if (!is_rate(tier.rate))
            findings.push_back(refusal(path + ".rate", "a rate of " + to_percent(tier.rate), "0% to 100%"));
        if (is_last == tier.up_to.has_value() || (tier.up_to && *tier.up_to <= below.value_or(0)))
            findings.push_back(refusal(path + ".tiers",
                                       "tier " + std::to_string(i + 1) + " does not end above the one before it",
                                       "rising borders above 0, and a last tier without one"));
        below = tier.up_to ? tier.up_to : below;
    }
    if (terms.tiering != Tiering::whole) return;
    const auto falls = [](const RateTier& a, const RateTier& b) { return b.rate < a.rate; };
    if (terms.counting == Counting::lifetime ||
        std::adjacent_find(terms.tiers.begin(), terms.tiers.end(), falls) != terms.tiers.end())
        findings.push_back(refusal(path + ".tiering",
                                   "a rate on everything counted would be applied to sales under other terms, or take "
                                   "earnings back",
                                   "counting since the row or by period, and rates that do not fall"));
}

void check_rates(const RoyaltyTerms& terms, const RoyaltyChannel& channel, const std::string& path,
                 Findings& findings) {
    if (channel.rates.rows().empty())
        findings.push_back(refusal(path, "no rate from any day", "at least one dated rate"));
    for (const DatedRow<RateTerms>& row : channel.rates.rows()) {
        check_tiers(row.value, path, findings);
        if (!is_amount_of(row.value.per_unit, terms.currency) ||
            !is_amount_of(row.value.floor_per_unit, terms.currency))
            findings.push_back(refusal(path + ".per_unit", "an amount below zero or of another currency",
                                       "amounts of " + std::string(terms.currency.code())));
    }
}

void check_reserve(const ReturnsReserve& reserve, Findings& findings) {
    if (reserve.rates.empty() || !std::all_of(reserve.rates.begin(), reserve.rates.end(), is_rate))
        findings.push_back(refusal("royalty.reserve.rates", "no rate, or one outside 0% to 100%",
                                   "a rate of 0% to 100% for each period, the last for all that follow"));
    if (reserve.released_after == 0)
        findings.push_back(refusal("royalty.reserve.released_after", "a reserve released in the period it is kept",
                                   "at least 1 period later"));
}

// ----------------------------------------------------------------------------------------------------------- tiers

std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t total = 0;
    if (__builtin_add_overflow(a, b, &total)) throw Overflow("a count of sales leaves 64 bits");
    return total;
}

const RateTier& tier_of(const std::vector<RateTier>& tiers, std::int64_t count) {
    return *std::find_if(tiers.begin(), tiers.end(),
                         [&](const RateTier& tier) { return !tier.up_to || count <= *tier.up_to; });
}

/// How much of the way from one count to a higher one lies in each tier.
std::vector<std::int64_t> cut_at_borders(const std::vector<RateTier>& tiers, std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> amounts;
    std::int64_t at = from;
    for (const RateTier& tier : tiers) {
        const std::int64_t end = std::max(at, tier.up_to ? std::min(to, *tier.up_to) : to);
        amounts.push_back(end - at);
        at = end;
    }
    return amounts;
}

/// Slices of a line that takes its count from `before` to `after`; a return takes the same way back.
std::vector<RateSlice> marginal_slices(const RateTerms& terms, std::int64_t before, std::int64_t after, Money base,
                                       std::int64_t units) {
    if (before == after) return {{base, units, tier_of(terms.tiers, before).rate}};
    const std::int64_t sign = after < before ? -1 : 1;
    const std::vector<std::int64_t> amounts =
        cut_at_borders(terms.tiers, std::min(before, after), std::max(before, after));
    // Tiers by units cut the base by units; an allocation, so that the slices add up to it.
    std::vector<Money> bases;
    if (terms.basis == TierBasis::units) bases = allocate(base, amounts, {AllocationMethod::largest_remainder});
    std::vector<RateSlice> slices;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        if (amounts[i] == 0) continue;
        const std::int64_t amount = sign * amounts[i];
        if (terms.basis == TierBasis::units)
            slices.push_back({bases[i], amount, terms.tiers[i].rate});
        else
            slices.push_back({Money(amount, base.currency()), 0, terms.tiers[i].rate});
    }
    return slices;
}

/// Gross less what the rate's base leaves out.
Money base_of(const SalesLine& sale, const RateTerms& terms) {
    Money base = sale.gross;
    for (const auto& [deduction, amount] : sale.deductions)
        if (terms.less.contains(deduction)) base -= amount;
    return base;
}

std::string tiers_text(const RoyaltyLine& line) {
    std::string text;
    for (const RateSlice& slice : line.slices)
        text += (text.empty() ? "" : " + ") + to_percent(slice.rate) + " of " + to_grouped_text(slice.base);
    return text + (line.at_floor ? ", raised to the floor per unit" : "");
}

}  // namespace

std::string_view to_text(Deduction deduction) noexcept {
    return detail::enumerator_name(deduction);
}

Findings defects_of(const RoyaltyTerms& terms) {
    Findings findings;
    std::set<std::string> accounts, works;
    const auto named_twice = [&](std::set<std::string>& names, const std::string& name, const std::string& path) {
        if (!names.insert(name).second)
            findings.push_back(refusal(path, "the name \"" + name + "\" stands twice", "names that differ"));
    };
    if (terms.accounts.empty()) findings.push_back(refusal("royalty.accounts", "no account", "at least one account"));
    for (const RoyaltyAccount& account : terms.accounts) {
        named_twice(accounts, account.name, "royalty.accounts");
        if (account.works.empty())
            findings.push_back(refusal("royalty." + account.name, "an account without works", "at least one work"));
        if (!is_amount_of(account.cap, terms.currency))
            findings.push_back(refusal("royalty." + account.name + ".cap", "a cap below zero or of another currency",
                                       "an amount of " + std::string(terms.currency.code())));
        for (const RoyaltyWork& work : account.works) {
            named_twice(works, work.name, "royalty." + account.name);
            if (work.channels.empty())
                findings.push_back(refusal("royalty." + work.name, "a work without channels", "at least one channel"));
            std::set<std::string> channels;
            for (const RoyaltyChannel& channel : work.channels) {
                named_twice(channels, channel.name, "royalty." + work.name);
                check_rates(terms, channel, "royalty." + work.name + '.' + channel.name, findings);
            }
        }
    }
    if (terms.reserve) check_reserve(*terms.reserve, findings);
    if (!is_amount_of(terms.guarantee, terms.currency))
        findings.push_back(refusal("royalty.guarantee", "a guarantee below zero or of another currency",
                                   "an amount of " + std::string(terms.currency.code())));
    if (terms.rounding.step < 1)
        findings.push_back(refusal("royalty.rounding", "a step below one minor unit", "a step of at least 1"));
    return findings;
}

// ---------------------------------------------------------------------------------------------------- one line

RoyaltyLine royalty_on(const SalesLine& sale, const DatedRow<RateTerms>& row, SoldBefore before) {
    const RateTerms& terms = row.value;
    const Money base = base_of(sale, terms);
    RoyaltyLine line{sale, base, {}, {}, false, row.from, row.citation};
    const bool by_units = terms.basis == TierBasis::units;
    const std::int64_t from = by_units ? before.units : before.base;
    const std::int64_t to = sum(from, by_units ? sale.units : base.minor());
    switch (terms.tiering) {
        case Tiering::marginal:
            line.slices = marginal_slices(terms, from, to, base, sale.units);
            break;
        case Tiering::at_sale:
            // Where the first of it lies, which what was sold before has not filled.
            line.slices = {{base, sale.units, tier_of(terms.tiers, sum(std::min(from, to), 1)).rate}};
            break;
        case Tiering::whole: {
            const Decimal now = tier_of(terms.tiers, to).rate, earlier = tier_of(terms.tiers, from).rate;
            line.slices = {{base, sale.units, now}};
            if (now != earlier)
                line.slices.push_back({Money(before.base, base.currency()), before.units, now - earlier});
            break;
        }
    }
    for (const RateSlice& slice : line.slices) line.earned = line.earned + slice.base.units() * slice.rate;
    if (terms.per_unit) line.earned = line.earned + terms.per_unit->units() * Decimal(sale.units);
    if (terms.floor_per_unit) {
        const Decimal floor = terms.floor_per_unit->units() * Decimal(sale.units);
        line.at_floor = sale.units < 0 ? floor < line.earned : floor > line.earned;
        if (line.at_floor) line.earned = floor;
    }
    return line;
}

// ---------------------------------------------------------------------------------------------------- the contract

RoyaltyContract::RoyaltyContract(RoyaltyTerms terms) : terms_(std::move(terms)) {
    const Money nothing = Money::zero(terms_.currency);
    state_.accounts.assign(terms_.accounts.size(), Account{Accrual(terms_.currency), nothing, {}, {}, nothing});
    for (std::size_t i = 0; i < terms_.accounts.size(); ++i)
        for (std::size_t work = 0; work < terms_.accounts[i].works.size(); ++work)
            works_.emplace(terms_.accounts[i].works[work].name, std::pair{i, work});
}

Result<RoyaltyContract, Findings> RoyaltyContract::of(RoyaltyTerms terms) {
    if (Findings defects = defects_of(terms); !defects.empty()) return failure(std::move(defects));
    return RoyaltyContract(std::move(terms));
}

std::optional<std::size_t> RoyaltyContract::index_of(const std::string& account) const {
    const RoyaltyAccount* found = find_by_name(terms_.accounts, account);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - terms_.accounts.data());
}

Result<void, Finding> RoyaltyContract::advance(const std::string& account, const std::string& name, Money amount) {
    const std::optional<std::size_t> index = index_of(account);
    if (!index)
        return failure(
            refusal("royalty.advance", "no account is called \"" + account + '"', "an account of the terms"));
    if (amount.currency() != terms_.currency || !amount.is_positive())
        return failure(refusal("royalty.advance", "an advance of " + to_text(amount),
                               "a positive amount of " + std::string(terms_.currency.code())));
    state_.accounts[*index].recoupables.push_back({name, amount, Money::zero(terms_.currency)});
    return {};
}

Result<void, Finding> RoyaltyContract::take(const SalesLine& sale, State& state) const {
    const std::string path = "royalty." + sale.work + '.' + sale.channel;
    const auto place = works_.find(sale.work);
    const RoyaltyChannel* channel =
        place == works_.end()
            ? nullptr
            : find_by_name(terms_.accounts[place->second.first].works[place->second.second].channels, sale.channel);
    if (channel == nullptr)
        return failure(refusal(path, "no account has this work and channel", "works and channels of the terms"));
    const DatedRow<RateTerms>* row = channel->rates.on(sale.sold_on);
    if (row == nullptr)
        return failure(refusal(path, "sold on " + crowdrules::to_text(sale.sold_on) + ", but no rate was in force yet",
                               "sales from " + crowdrules::to_text(channel->rates.rows().front().from) + " on"));
    const auto is_foreign = [&](const auto& deduction) { return deduction.second.currency() != terms_.currency; };
    if (sale.gross.currency() != terms_.currency ||
        std::any_of(sale.deductions.begin(), sale.deductions.end(), is_foreign))
        return failure(refusal(path, "an amount in another currency than the contract's",
                               "amounts of " + std::string(terms_.currency.code())));
    const RateTerms& terms = row->value;
    const Money base = base_of(sale, terms);
    const bool is_return = sale.units < 0 || base.is_negative();
    const auto first = state.first_sold.find({sale.work, sale.channel});
    const bool is_earlier = is_return && first != state.first_sold.end() && sale.sold_on < first->second;
    if (is_earlier && terms.tiers.size() > 1)
        return failure(refusal(path + ".returns",
                               "sold on " + crowdrules::to_text(sale.sold_on) + ", before the first sale told, of " +
                                   crowdrules::to_text(first->second) + ", in a tier that nobody knows",
                               "returns of sales that were told", row->citation));
    SoldBefore& sold = state.sold[{sale.work, sale.channel, row->from}];
    const SoldBefore sold_after =
        is_earlier ? sold : SoldBefore{sum(sold.units, sale.units), sum(sold.base, base.minor())};
    if (sold_after.units < 0 || sold_after.base < 0)
        return failure(refusal(path + ".returns",
                               "returns take what was sold since " + crowdrules::to_text(row->from) + " to " +
                                   to_text(Money(sold_after.base, terms_.currency)) + " and " +
                                   std::to_string(sold_after.units) + " units",
                               "returns of at most what was sold"));

    const std::string& counter = terms.counter.empty() ? sale.channel : terms.counter;
    SoldBefore& count = terms.counting == Counting::period      ? state.of_period[{sale.work, counter, row->from}]
                        : terms.counting == Counting::since_row ? state.counts[{sale.work, counter, row->from}]
                                                                : state.counts[{sale.work, counter, Date{}}];
    const SoldBefore count_after =
        is_earlier ? count : SoldBefore{sum(count.units, sale.units), sum(count.base, base.minor())};
    RoyaltyLine line = royalty_on(sale, *row, is_earlier ? SoldBefore{} : count);
    if (terms_.rounded == RoyaltyRounding::each_line)
        line.earned = money_of(line.earned, terms_.currency, terms_.rounding).units();

    Account& account = state.accounts[place->second.first];
    Accrual accrual = account.accrual;
    accrual.add(line.earned);
    const Decimal reservable = channel->reserved ? account.reservable + line.earned : account.reservable;
    account.lines.push_back(std::move(line));
    // From here on nothing is refused, and nothing throws but for want of memory.
    if (!is_return && !is_earlier) {
        Date& earliest = state.first_sold.try_emplace({sale.work, sale.channel}, sale.sold_on).first->second;
        earliest = std::min(earliest, sale.sold_on);
    }
    sold = sold_after;
    count = count_after;
    account.accrual = accrual;
    account.reservable = reservable;
    return {};
}

Result<void, Finding> RoyaltyContract::report(const SalesLine& sale) {
    return take(sale, state_);
}

void RoyaltyContract::settle(const RoyaltyAccount& terms, Account& account, AccountStatement& out) const {
    const Money nothing = Money::zero(terms_.currency);
    out.lines = std::move(account.lines);
    account.lines.clear();
    const Decimal reservable = std::exchange(account.reservable, Decimal(0));
    const Money uncapped = account.accrual.settle(terms_.rounding);
    const Money ever = terms.cap ? std::min(account.accrual.settled(), *terms.cap) : account.accrual.settled();
    out.earned = ever - account.earned;
    out.above_cap = uncapped - out.earned;
    account.earned = ever;

    const auto keep_back = [&](Money most) {
        const std::vector<Decimal>& rates = terms_.reserve->rates;
        const Decimal& rate = rates[std::min(account.withheld.size(), rates.size() - 1)];
        const Decimal base = std::max(Decimal(0), std::min(reservable, most.units()));
        return money_of(base * rate, terms_.currency, terms_.reserve->rounding);
    };
    Money available = out.carried_before + out.earned;
    if (terms_.reserve) {
        const std::size_t period = account.withheld.size(), after = terms_.reserve->released_after;
        if (period >= after) out.released = account.withheld[period - after];
        if (terms_.reserve->order == ReserveOrder::before_recoupment) {
            out.withheld = keep_back(out.earned);
            available += out.released - out.withheld;
        }
    }
    for (Recoupable& recoupable : account.recoupables) {
        const Money left = recoupable.amount - recoupable.recouped;
        const Money paid = std::clamp(available, nothing, left);
        recoupable.recouped += paid;
        available -= paid;
        out.recouped += paid;
        out.unrecouped += left - paid;
    }
    if (terms_.reserve && terms_.reserve->order == ReserveOrder::after_recoupment) {
        out.withheld = keep_back(available);
        available += out.released - out.withheld;
    }
    account.withheld.push_back(out.withheld);
    out.payable = std::max(available, nothing);
    out.carried_after = account.carried = std::min(available, nothing);
}

Result<RoyaltyStatement, Finding> RoyaltyContract::settle(std::span<const SalesLine> sales) {
    State next = state_;
    const Money nothing = Money::zero(terms_.currency);
    RoyaltyStatement statement{next.periods + 1, {}, nothing, nothing};
    for (std::size_t i = 0; i < terms_.accounts.size(); ++i)
        statement.accounts.push_back({terms_.accounts[i].name,
                                      {},
                                      next.accounts[i].carried,
                                      nothing,
                                      nothing,
                                      nothing,
                                      nothing,
                                      nothing,
                                      nothing,
                                      nothing,
                                      nothing});

    for (const SalesLine& sale : sales)
        if (auto taken = take(sale, next); !taken) return failure(std::move(taken.error()));
    for (std::size_t i = 0; i < terms_.accounts.size(); ++i) {
        settle(terms_.accounts[i], next.accounts[i], statement.accounts[i]);
        statement.payable += statement.accounts[i].payable;
    }
    next.of_period.clear();
    if (terms_.guarantee && statement.payable < *terms_.guarantee) {
        statement.top_up = *terms_.guarantee - statement.payable;
        statement.payable = *terms_.guarantee;
    }
    ++next.periods;
    state_ = std::move(next);
    return statement;
}

const std::vector<Recoupable>& RoyaltyContract::recoupables(const std::string& account) const {
    const std::optional<std::size_t> index = index_of(account);
    expects(index.has_value(), "RoyaltyContract::recoupables: an account of the terms");
    return state_.accounts[*index].recoupables;
}

Money RoyaltyContract::reserved() const {
    Money total = Money::zero(terms_.currency);
    if (!terms_.reserve) return total;
    for (const Account& account : state_.accounts) {
        const std::size_t open = std::min(account.withheld.size(), terms_.reserve->released_after);
        for (std::size_t i = account.withheld.size() - open; i < account.withheld.size(); ++i)
            total += account.withheld[i];
    }
    return total;
}

Derivation explain(const RoyaltyStatement& statement) {
    Derivation whole{
        "payable", to_grouped_text(statement.payable), "period " + std::to_string(statement.period), {}, {}, {}};
    for (const AccountStatement& account : statement.accounts) {
        Derivation earned{"earned",
                          to_grouped_text(account.earned),
                          account.above_cap.is_zero() ? "the lines below"
                                                      : to_grouped_text(account.above_cap) + " above the cap left out",
                          {},
                          {},
                          {}};
        for (const RoyaltyLine& line : account.lines)
            earned.from.push_back({line.sale.work + ", " + line.sale.channel,
                                   to_text(line.earned),
                                   tiers_text(line),
                                   "rate from " + crowdrules::to_text(line.rate_from),
                                   line.citation,
                                   {}});
        Derivation payable{
            account.account,    to_grouped_text(account.payable), "what the account leaves to pay", {}, {},
            {std::move(earned)}};
        const auto add = [&](const char* figure, Money amount, const char* formula) {
            if (!amount.is_zero()) payable.from.push_back({figure, to_grouped_text(amount), formula, {}, {}, {}});
        };
        add("carried over", account.carried_before, "returns beyond earnings of earlier periods");
        add("withheld", -account.withheld, "kept in reserve against returns");
        add("released", account.released, "reserve of an earlier period");
        add("recouped", -account.recouped, "advances paid back");
        add("carried on", -account.carried_after, "to be worked off by later earnings");
        whole.from.push_back(std::move(payable));
    }
    if (!statement.top_up.is_zero())
        whole.from.push_back({"top up", to_grouped_text(statement.top_up), "to the guarantee", {}, {}, {}});
    return whole;
}

}  // namespace crowdrules::revenue
