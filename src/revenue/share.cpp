// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/share.hpp>

#include "reason/refusal.hpp"
#include "revenue/split_shares.hpp"
#include <algorithm>
#include <numeric>

namespace crowdrules::revenue {
namespace {

constexpr Date first_day{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};

/// The total of weights that are known not to be negative, or nothing beyond 64 bits.
std::optional<Weight> total_weight(std::span<const Share> shares) {
    Weight total = 0;
    for (const Share& share : shares)
        if (__builtin_add_overflow(total, share.weight, &total)) return std::nullopt;
    return total;
}

/// The first payee that stands in the list twice, or nobody.
PayeeId repeated_payee(const SplitTerms& terms) {
    std::vector<PayeeId> payees;
    payees.reserve(terms.shares.size() + 1);
    for (const Share& share : terms.shares) payees.push_back(share.payee);
    if (terms.totalling == Totalling::rest_to) payees.push_back(terms.rest);
    std::sort(payees.begin(), payees.end());
    const auto twice = std::adjacent_find(payees.begin(), payees.end());
    return twice == payees.end() ? PayeeId{} : *twice;
}

void check_payees(const SplitTerms& terms, Findings& findings) {
    const auto is_nobody = [](const auto& part) { return part.payee.is_none(); };
    if (terms.shares.empty() && terms.totalling != Totalling::rest_to)
        findings.push_back(refusal("split.shares", "nobody has a share", "at least one share"));
    if (std::any_of(terms.shares.begin(), terms.shares.end(), is_nobody) ||
        std::any_of(terms.fees.begin(), terms.fees.end(), is_nobody))
        findings.push_back(refusal("split.payee", "a share or fee without payee", "a payee for every share and fee"));
    if (const PayeeId payee = repeated_payee(terms); !payee.is_none())
        findings.push_back(refusal("split.payee", to_text(payee) + " stands in the split twice", "each payee once"));
}

/// " (99.99%)" of a whole that stands for percentages with decimals: who wrote 33.33% three times reads what is said.
std::string percent_of(Weight weight, Weight whole) {
    unsigned digits = 0;
    Weight power = 1;
    for (; power < whole && digits < 18; ++digits) power *= 10;
    return power == whole && digits > 2 ? " (" + to_percent(Decimal::of(weight, digits)) + ")" : "";
}

void check_totals(const SplitTerms& terms, Findings& findings) {
    for (const Share& share : terms.shares)
        if (share.weight < 0) {
            findings.push_back(refusal("split.weight",
                                       to_text(share.payee) + " has a weight of " + std::to_string(share.weight),
                                       "weights of at least 0"));
            return;
        }
    const std::optional<Weight> total = total_weight(terms.shares);
    const std::string found = total ? "the weights total " + std::to_string(*total) : "the weights leave 64 bits";
    const std::string whole = std::to_string(terms.whole) + percent_of(terms.whole, terms.whole);
    const std::string of_whole =
        " of " + std::to_string(terms.whole) + (total ? percent_of(*total, terms.whole) : std::string());
    switch (terms.totalling) {
        case Totalling::must_total:
            if (terms.whole < 1 || total != terms.whole)
                findings.push_back(refusal("split.whole", found + of_whole, "weights that total exactly " + whole));
            break;
        case Totalling::rest_to:
            if (terms.whole < 1 || !total || *total > terms.whole)
                findings.push_back(refusal("split.whole", found + of_whole, "weights of at most " + whole));
            if (terms.rest.is_none())
                findings.push_back(refusal("split.rest", "nobody is named to have the rest", "a payee for the rest"));
            break;
        case Totalling::relative:
            if (!terms.shares.empty() && (!total || *total == 0))
                findings.push_back(refusal("split.whole", found, "weights that total 1 to 2^63 - 1"));
            break;
    }
}

void check_fees(const SplitTerms& terms, Findings& findings) {
    for (std::size_t i = 0; i < terms.fees.size(); ++i) {
        const TopFee& fee = terms.fees[i];
        const std::string rule = "split.fees." + fee.schedule.name;
        const auto same_name = [&](const TopFee& earlier) { return earlier.schedule.name == fee.schedule.name; };
        if (std::any_of(terms.fees.begin(), terms.fees.begin() + static_cast<std::ptrdiff_t>(i), same_name))
            findings.push_back(refusal(rule, "two fees have this name", "a name for each fee", fee.schedule.citation));
        if (const auto defect = defect_of(fee.schedule))
            findings.push_back(refusal(rule, *defect, "a schedule without defect", fee.schedule.citation));
        if (fee.level == FeeLevel::running_total && fee.schedule.banding == Banding::whole &&
            fee.schedule.bands.size() > 1)
            findings.push_back(refusal(rule,
                                       "bands that take the whole running total would, once one is passed, change fees "
                                       "already taken",
                                       "marginal bands, or a single band", fee.schedule.citation));
        const auto& bands = fee.schedule.bands;
        const bool is_one_rate = bands.size() == 1 && bands.front().from == 0 && bands.front().fixed == 0;
        if (fee.included && (!is_one_rate || fee.schedule.minimum || fee.schedule.maximum || fee.schedule.tax))
            findings.push_back(refusal(rule, "an amount contains a tax at one rate, and this is more",
                                       "a rate alone", fee.schedule.citation));
    }
    if (const auto order = order_of(terms.fees); !order) findings.push_back(order.error());
}

/// Orders fees depth first, and remembers the way in order to name a circle.
class FeeOrder {
  public:
    explicit FeeOrder(std::span<const TopFee> fees) : fees_(fees), state_(fees.size(), State::unseen) {}

    Result<std::vector<std::size_t>, Finding> find() {
        for (std::size_t i = 0; i < fees_.size(); ++i)
            if (auto visited = visit(i); !visited) return failure(visited.error());
        return std::move(order_);
    }

  private:
    enum class State : std::uint8_t { unseen, on_the_way, done };

    Result<void, Finding> visit(std::size_t i) {
        if (state_[i] == State::done) return {};
        way_.push_back(i);
        if (state_[i] == State::on_the_way) return failure(circle());
        state_[i] = State::on_the_way;
        for (const std::string& name : fees_[i].after) {
            const auto first =
                std::find_if(fees_.begin(), fees_.end(), [&](const TopFee& fee) { return fee.schedule.name == name; });
            if (first == fees_.end())
                return failure(refusal("split.fees." + fees_[i].schedule.name,
                                       "it is taken after \"" + name + "\", which is no fee of this split",
                                       "names of other fees"));
            if (auto visited = visit(static_cast<std::size_t>(first - fees_.begin())); !visited) return visited;
        }
        state_[i] = State::done;
        way_.pop_back();
        order_.push_back(i);
        return {};
    }

    Finding circle() const {
        std::string names;
        for (auto at = std::find(way_.begin(), way_.end(), way_.back()); at != way_.end(); ++at)
            names += (names.empty() ? "" : " after ") + fees_[*at].schedule.name;
        return refusal("split.fees", "fees wait for each other in a circle: " + names,
                       "an order in which each fee is computed after those it needs");
    }

    std::span<const TopFee> fees_;
    std::vector<State> state_;
    std::vector<std::size_t> way_, order_;
};

/// What a fee asks for, tax included; mirrored for a return.
Money claim_on(const TopFee& top, Money base) {
    if (base.is_negative()) return -claim_on(top, -base);
    const FeeSchedule& schedule = top.schedule;
    if (top.included) {
        FeeSchedule with_tax;
        with_tax.tax =
            FeeTax{.rate = schedule.bands.front().rate, .rounding = schedule.rounding, .included = true};
        return tax_on(with_tax, base);
    }
    const Money fee = fee_on(schedule, base);
    return schedule.tax && !schedule.tax->included ? fee + tax_on(schedule, fee) : fee;
}

/// `claim` as far as `left` covers it, both ways of the sign.
Money covered(Money claim, Money left) {
    const Money nothing = Money::zero(left.currency());
    return left.is_negative() ? std::clamp(claim, left, nothing) : std::clamp(claim, nothing, left);
}

}  // namespace

std::vector<Share> explicit_shares(const SplitTerms& terms) {
    std::vector<Share> shares = terms.shares;
    if (terms.totalling == Totalling::rest_to)
        shares.push_back({terms.rest, terms.whole - total_weight(terms.shares).value_or(0)});
    return shares;
}

Finding no_split_in_force(Date sold_on) {
    return refusal("sharing.in_force", "no split is in force on " + crowdrules::to_text(sold_on),
                   "a sale on or after the first day of a split");
}

Finding more_than_was_shared(Money payment, Money divided, Date in_force_from) {
    return refusal("sharing.return",
                   "a return of " + to_text(-payment) + ", but only " + to_text(divided) +
                       " was shared under the split from " + crowdrules::to_text(in_force_from),
                   "a return of at most what was sold");
}

Findings defects_of(const SplitTerms& terms) {
    Findings findings;
    check_payees(terms, findings);
    check_totals(terms, findings);
    check_fees(terms, findings);
    if (terms.split.step < 1)
        findings.push_back(refusal("split.step", "steps of " + std::to_string(terms.split.step) + " minor units",
                                   "steps of at least 1"));
    return findings;
}

Result<std::vector<std::size_t>, Finding> order_of(std::span<const TopFee> fees) {
    return FeeOrder(fees).find();
}

SplitHistory always(SplitTerms terms, Citation citation) {
    return SplitHistory({{first_day, std::move(terms), std::move(citation)}});
}

// ------------------------------------------------------------------------------------------------------- the stream

Sharing::Sharing(SplitHistory standard, Currency currency, std::map<std::string, SplitHistory> items)
    : standard_(std::move(standard)), items_(std::move(items)), pot_(0, currency) {}

Result<Sharing, Findings> Sharing::of(SplitHistory standard, Currency currency,
                                      std::map<std::string, SplitHistory> items) {
    Findings findings;
    const auto check = [&](const SplitHistory& history) {
        for (std::size_t i = 0; i < history.rows().size(); ++i) {
            const auto& row = history.rows()[i];
            for (Finding& defect : defects_of(row.value)) findings.push_back(std::move(defect));
            if (i > 0 && history.rows()[i - 1].from == row.from)
                findings.push_back(
                    refusal("split.from", "two splits from " + crowdrules::to_text(row.from), "one split a day"));
        }
    };
    check(standard);
    for (const auto& [item, history] : items) check(history);
    if (!findings.empty()) return failure(std::move(findings));
    return Sharing(std::move(standard), currency, std::move(items));
}

Sharing::InForce Sharing::find(const std::string& item, Date day) const {
    if (const auto own = items_.find(item); own != items_.end())
        if (const auto* row = own->second.on(day)) return {{item, true, row->from}, row};
    const auto* row = standard_.on(day);
    return {{item, false, row == nullptr ? Date{} : row->from}, row};
}

const DatedRow<SplitTerms>* Sharing::in_force(const std::string& item, Date day) const {
    return find(item, day).row;
}

Sharing::Stream& Sharing::stream_of(const InForce& found) {
    if (const auto known = streams_.find(found.key); known != streams_.end()) return known->second;
    const SplitTerms& terms = found.row->value;
    const Money nothing = Money::zero(pot_.currency());
    Stream stream{explicit_shares(terms), {}, std::nullopt, {}, {}, nothing, 0, {}};
    for (const Share& share : stream.shares) stream.weights.push_back(share.weight);
    if (terms.dividing == Dividing::running_total)
        stream.running.emplace(stream.weights, nothing.currency());
    else
        stream.cumulative.assign(stream.weights.size(), 0);
    stream.fees.assign(terms.fees.size(), {nothing, nothing});
    return streams_.emplace(found.key, std::move(stream)).first->second;
}

namespace {

/// A return of what was cut payment by payment: everybody gives back their cut of it, and keeps at most their cut of
/// what is left, so that the pot never lends what is not in it; nobody gives back more than they had.
std::vector<Money> cut_return(const std::vector<std::int64_t>& had, const std::vector<Weight>& weights, Money left,
                              Money amount) {
    const std::vector<Money> cut = apportion(amount, weights, 1, false).parts;
    const std::vector<Money> most = apportion(left, weights, 1, false).parts;
    std::vector<Money> parts;
    for (std::size_t i = 0; i < had.size(); ++i) {
        const std::int64_t kept = std::clamp<std::int64_t>(had[i] + cut[i].minor(), 0, most[i].minor());
        parts.emplace_back(kept - had[i], amount.currency());
    }
    return parts;
}

/// What was split payment by payment is given back by those who had it: whoever had less than their part of the return
/// gives what they had, and the others the rest, in proportion to what they have left.
std::vector<Money> given_back(const std::vector<std::int64_t>& had, std::vector<Money> parts, Money amount) {
    Money missing = Money::zero(amount.currency());
    std::vector<Weight> left;
    for (std::size_t i = 0; i < had.size(); ++i) {
        const Money most(-had[i], amount.currency());
        if (parts[i] < most) {
            missing += parts[i] - most;
            parts[i] = most;
        }
        left.push_back((parts[i] - most).minor());
    }
    if (missing.is_zero()) return parts;
    const std::vector<Money> rest = allocate(missing, left, {AllocationMethod::largest_remainder});
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += rest[i];
    return parts;
}

}  // namespace

std::vector<Money> Sharing::divide_among(Stream& stream, const SplitTerms& terms, Money amount) {
    std::vector<Money> parts;
    switch (terms.dividing) {
        case Dividing::running_total:
            return stream.running->add(amount);
        case Dividing::running_total_cut:
            parts = apportion(stream.divided + amount, stream.weights, 1, false).parts;
            for (std::size_t i = 0; i < parts.size(); ++i) parts[i] -= Money(stream.cumulative[i], amount.currency());
            break;
        case Dividing::each_payment: {
            Split split = terms.split;
            if (split.spare == AllocationMethod::rotating)
                split.turn = (split.turn + stream.payments) % stream.weights.size();
            parts = allocate(amount, stream.weights, split);
            if (amount.is_negative()) parts = given_back(stream.cumulative, std::move(parts), amount);
            break;
        }
        case Dividing::each_payment_cut:
            parts = amount.is_negative()
                        ? cut_return(stream.cumulative, stream.weights, stream.divided + amount, amount)
                        : apportion(amount, stream.weights, 1, false).parts;
            break;
    }
    for (std::size_t i = 0; i < parts.size(); ++i) stream.cumulative[i] += parts[i].minor();
    return parts;
}

bool Sharing::take_fees(const SplitTerms& terms, std::vector<FeeRun>& runs, SharedPayment& shared) {
    bool covers_return = true;
    std::vector<Money> paid(terms.fees.size(), Money::zero(shared.payment.currency()));
    const std::vector<std::size_t> order = order_of(terms.fees).value();
    for (const std::size_t i : order) {
        const TopFee& fee = terms.fees[i];
        Money base = shared.payment;
        for (std::size_t j = 0; j < terms.fees.size(); ++j)
            if (std::find(fee.after.begin(), fee.after.end(), terms.fees[j].schedule.name) != fee.after.end())
                base -= paid[j];
        runs[i].base += base;
        covers_return = covers_return && !runs[i].base.is_negative();
        if (!covers_return) break;
        const Money claim = fee.level == FeeLevel::each_payment ? claim_on(fee, base)
                                                                : claim_on(fee, runs[i].base) - runs[i].paid;
        // A fee gives back at most what it was paid.
        paid[i] = covered(std::max(claim, -runs[i].paid), shared.divided);
        runs[i].paid += paid[i];
        shared.divided -= paid[i];
        if (fee.included) base -= claim;  // it is told as it reads: 15.00 on 100.00
        shared.fees.push_back({fee.schedule.name, fee.payee, base, claim, paid[i], fee.schedule.citation});
    }
    return covers_return;
}

Result<SharedPayment, Finding> Sharing::share(const std::string& item, Date sold_on, Money payment) {
    expects(payment.currency() == pot_.currency(), "Sharing::share: the payment must be in the sharing's currency");
    const InForce found = find(item, sold_on);
    if (found.row == nullptr) return failure(no_split_in_force(sold_on));
    const SplitTerms& terms = found.row->value;
    Stream& stream = stream_of(found);

    const Money nothing = Money::zero(payment.currency());
    SharedPayment shared{item, sold_on, payment, {}, payment, {}, nothing, found.key.from, found.row->citation};
    std::vector<FeeRun> runs = stream.fees;
    const bool covers_return = take_fees(terms, runs, shared);
    const Money divided = stream.divided + shared.divided;
    if (!covers_return || divided.is_negative())
        return failure(more_than_was_shared(payment, stream.divided, found.key.from));

    Money& on_that_day = stream.divided_on.try_emplace(sold_on, nothing).first->second;
    const std::vector<Money> parts = divide_among(stream, terms, shared.divided);
    stream.fees = std::move(runs);
    stream.divided = divided;
    on_that_day += shared.divided;
    ++stream.payments;

    shared.undivided = shared.divided;
    shared.parts.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Share& share = stream.shares[i];
        Dispute* dispute = dispute_over(item, share.payee);
        if (dispute != nullptr) dispute->held.try_emplace(share.payee, nothing).first->second += parts[i];
        shared.parts.push_back({share.payee, share.weight, parts[i], dispute != nullptr});
        shared.undivided -= parts[i];
    }
    pot_ += shared.undivided;
    return shared;
}

// ------------------------------------------------------------------------------------------- changes and disputes

Result<Sharing::Differences, Finding> Sharing::share_again(bool may_take_back) {
    struct Move {
        StreamKey from;
        InForce to;
        Date day;
        Money amount;
    };
    std::vector<Move> moves;
    for (const auto& [key, stream] : streams_)
        for (const auto& [day, amount] : stream.divided_on)
            if (InForce to = find(key.item, day); to.key != key) moves.push_back({key, std::move(to), day, amount});

    Differences differences;
    for (const Move& move : moves) {
        const std::string when = "income of " + crowdrules::to_text(move.day) + " was already shared";
        if (!may_take_back)
            return failure(refusal("split.change", when + ", and nobody is named to give back what changes",
                                   "a later day, or a recovery that says who gives back"));
        const SplitTerms* old_terms = nullptr;
        const SplitHistory& history = move.from.own ? items_.at(move.from.item) : standard_;
        for (const auto& row : history.rows())
            if (row.from == move.from.from) old_terms = &row.value;
        if (old_terms->fees != move.to.row->value.fees || old_terms->dividing != Dividing::running_total ||
            move.to.row->value.dividing != Dividing::running_total)
            return failure(refusal("split.change", when + " after other fees or in another way of dividing",
                                   "the same fees, and division on the running total, before and after"));
        const auto is_disputed = [&](const Dispute& dispute) { return dispute.item == move.from.item; };
        if (std::any_of(disputes_.begin(), disputes_.end(), is_disputed))
            return failure(refusal("split.change", when + ", and a share of it is in dispute",
                                   "the change after the dispute is settled"));

        const auto pass = [&](Stream& stream, const SplitTerms& terms, Money amount) {
            const std::vector<Money> parts = divide_among(stream, terms, amount);
            stream.divided += amount;
            for (std::size_t i = 0; i < parts.size(); ++i)
                differences.try_emplace(stream.shares[i].payee, Money::zero(amount.currency())).first->second +=
                    parts[i];
        };
        Stream& left = streams_.at(move.from);
        pass(left, *old_terms, -move.amount);
        left.divided_on.erase(move.day);
        Stream& joined = stream_of(move.to);
        pass(joined, move.to.row->value, move.amount);
        joined.divided_on.insert_or_assign(move.day, move.amount);
    }
    return differences;
}

Result<std::vector<SharePart>, Finding> Sharing::change(const std::string& item, DatedRow<SplitTerms> row,
                                                        std::optional<Recovery> recovery) {
    if (Findings defects = defects_of(row.value); !defects.empty()) return failure(std::move(defects.front()));
    Sharing next = *this;
    SplitHistory& history = item.empty() ? next.standard_ : next.items_[item];
    std::vector<DatedRow<SplitTerms>> rows = history.rows();
    const auto same_day = [&](const DatedRow<SplitTerms>& known) { return known.from == row.from; };
    if (std::any_of(rows.begin(), rows.end(), same_day))
        return failure(refusal("split.from", "a split from " + crowdrules::to_text(row.from) + " is on record",
                               "a split from another day: rows are followed, never edited"));
    rows.push_back(std::move(row));
    history = SplitHistory(std::move(rows));

    auto differences = next.share_again(recovery.has_value());
    if (!differences) return failure(std::move(differences.error()));
    if (recovery && !recovery->payee.is_none()) {
        // Whoever bears the change gives back for all others: their excess stays theirs.
        Money borne = Money::zero(pot_.currency());
        for (auto& [payee, amount] : *differences)
            if (amount.is_negative() && payee != recovery->payee) {
                borne += amount;
                next.corrections_.try_emplace(payee, Money::zero(pot_.currency())).first->second -= amount;
                amount -= amount;
            }
        const Money nothing = Money::zero(pot_.currency());
        differences->try_emplace(recovery->payee, nothing).first->second += borne;
        next.corrections_.try_emplace(recovery->payee, nothing).first->second += borne;
    }
    std::vector<SharePart> parts;
    for (const auto& [payee, amount] : *differences)
        if (!amount.is_zero()) parts.push_back({payee, 0, amount, false});
    *this = std::move(next);
    return parts;
}

Sharing::Dispute* Sharing::dispute_over(const std::string& item, PayeeId payee) {
    for (Dispute& dispute : disputes_)
        if (dispute.item == item && (dispute.payee == payee || dispute.payee.is_none())) return &dispute;
    return nullptr;
}

Result<void, Finding> Sharing::hold(const std::string& item, PayeeId payee) {
    if (dispute_over(item, payee) != nullptr)
        return failure(refusal("sharing.hold", "this share is in dispute already", "one dispute over a share"));
    disputes_.push_back({item, payee, {}});
    return {};
}

Result<std::vector<SharePart>, Finding> Sharing::release(const std::string& item, PayeeId payee,
                                                         std::span<const Share> settlement) {
    const auto dispute = std::find_if(disputes_.begin(), disputes_.end(),
                                      [&](const Dispute& open) { return open.item == item && open.payee == payee; });
    if (dispute == disputes_.end())
        return failure(refusal("sharing.release", "nothing of " + to_text(payee) + " is in dispute here",
                               "a dispute that was opened by hold"));
    std::vector<Weight> weights;
    for (const Share& share : settlement) weights.push_back(share.weight);
    const bool negative = std::any_of(weights.begin(), weights.end(), [](Weight weight) { return weight < 0; });
    if (!settlement.empty() && (negative || total_weight(settlement).value_or(0) == 0))
        return failure(refusal("sharing.release", "a settlement without a positive weight, or with a negative one",
                               "weights of at least 0, one of them positive"));

    const Money nothing = Money::zero(pot_.currency());
    Money held = nothing;
    for (const auto& [owner, amount] : dispute->held) held += amount;
    std::vector<SharePart> parts;
    if (settlement.empty()) {
        for (const auto& [owner, amount] : dispute->held) parts.push_back({owner, 0, amount, false});
    } else {
        const std::vector<Money> amounts = allocate(held, weights, {AllocationMethod::largest_remainder});
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            parts.push_back({settlement[i].payee, settlement[i].weight, amounts[i], false});
            corrections_.try_emplace(settlement[i].payee, nothing).first->second += amounts[i];
        }
        for (const auto& [owner, amount] : dispute->held)
            corrections_.try_emplace(owner, nothing).first->second -= amount;
    }
    disputes_.erase(dispute);
    return parts;
}

Money Sharing::total_of(PayeeId payee) const {
    Money total = Money::zero(pot_.currency());
    for (const auto& [key, stream] : streams_) {
        const std::span<const std::int64_t> cumulative =
            stream.running ? stream.running->cumulative() : std::span<const std::int64_t>(stream.cumulative);
        for (std::size_t i = 0; i < cumulative.size(); ++i)
            if (stream.shares[i].payee == payee) total += Money(cumulative[i], total.currency());
    }
    if (const auto correction = corrections_.find(payee); correction != corrections_.end()) total += correction->second;
    return total;
}

Money Sharing::held() const {
    Money total = Money::zero(pot_.currency());
    for (const Dispute& dispute : disputes_)
        for (const auto& [payee, amount] : dispute.held) total += amount;
    return total;
}

// -------------------------------------------------------------------------------------------------- one-off questions

SharedPayment share_once(const SplitTerms& terms, Money payment) {
    expects(!payment.is_negative(), "share_once: a payment, not a return");
    auto sharing = Sharing::of(always(terms), payment.currency());
    expects(sharing.has_value(), "share_once: the split must have no defect");
    return sharing->share({}, first_day, payment).value();
}

Result<SplitTerms, Finding> combined(std::span<const std::pair<Weight, SplitTerms>> parts) {
    constexpr const char* rule = "split.combined";
    // Part i has p of all parts, and its payees w of W: together p x w x (L / W), L a common multiple of all W.
    Weight multiple = 1;
    for (const auto& [weight, terms] : parts) {
        if (Findings defects = defects_of(terms); !defects.empty()) return failure(std::move(defects.front()));
        if (weight < 1 || !terms.fees.empty())
            return failure(refusal(rule,
                                   "a part of weight " + std::to_string(weight) + " with " +
                                       std::to_string(terms.fees.size()) + " fees of its own",
                                   "parts of a positive weight, without fees"));
        const Weight total = total_weight(explicit_shares(terms)).value();
        if (__builtin_mul_overflow(multiple / std::gcd(multiple, total), total, &multiple))
            return failure(refusal(rule, "the common scale of all weights leaves 64 bits", "simpler weights"));
    }
    std::map<PayeeId, Weight> weights;
    for (const auto& [weight, terms] : parts) {
        const std::vector<Share> shares = explicit_shares(terms);
        const Weight factor = multiple / total_weight(shares).value();
        for (const Share& share : shares) {
            Weight product = 0;
            Weight& sum = weights[share.payee];
            if (__builtin_mul_overflow(weight, share.weight, &product) ||
                __builtin_mul_overflow(product, factor, &product) || __builtin_add_overflow(sum, product, &sum))
                return failure(refusal(rule, "the common scale of all weights leaves 64 bits", "simpler weights"));
        }
    }
    Weight common = 0;
    for (const auto& [payee, weight] : weights) common = std::gcd(common, weight);
    SplitTerms whole{.shares = {}, .totalling = Totalling::relative, .whole = 0};
    for (const auto& [payee, weight] : weights) whole.shares.push_back({payee, weight / std::max<Weight>(common, 1)});
    if (Findings defects = defects_of(whole); !defects.empty()) return failure(std::move(defects.front()));
    return whole;
}

Derivation explain(const SharedPayment& shared) {
    Derivation divided{"shared",
                       to_grouped_text(shared.divided),
                       "what the fees left",
                       "split in force from " + crowdrules::to_text(shared.in_force_from),
                       shared.citation,
                       {}};
    Weight total = 0;
    for (const SharePart& part : shared.parts) total += part.weight;
    for (const SharePart& part : shared.parts)
        divided.from.push_back({to_text(part.payee),
                                to_grouped_text(part.amount),
                                std::to_string(part.weight) + " of " + std::to_string(total) +
                                    (part.held ? ", held back while in dispute" : ""),
                                {},
                                {},
                                {}});
    if (!shared.undivided.is_zero())
        divided.from.push_back(
            {"pot", to_grouped_text(shared.undivided), "below a cent for each, kept in the pot", {}, {}, {}});

    Derivation payment{"payment",
                       to_grouped_text(shared.payment),
                       "fees and shares of a sale on " + crowdrules::to_text(shared.sold_on),
                       {},
                       {},
                       {}};
    for (const FeeTaken& fee : shared.fees)
        payment.from.push_back({fee.name,
                                to_grouped_text(fee.paid),
                                "claim of " + to_grouped_text(fee.claim) + " on " + to_grouped_text(fee.base) +
                                    " for " + to_text(fee.payee),
                                "split.fees." + fee.name,
                                fee.citation,
                                {}});
    payment.from.push_back(std::move(divided));
    return payment;
}

}  // namespace crowdrules::revenue
