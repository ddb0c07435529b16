// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/tables/reconcile.hpp>

#include <algorithm>
#include <utility>

namespace crowdrules {
namespace {

using namespace campaign;

/// Collects what a campaign's events book with its provider.
class Booking {
  public:
    void take(const Event& event) {
        at_ = event.at;
        std::visit([&](const auto& what) { book(what); }, event.what);
    }
    std::vector<BookedMovement> all{};

  private:
    struct OfPledge {
        std::vector<std::string> charges{};
        std::string dispute{};
    };

    void add(MovementKind kind, const std::string& reference, std::vector<std::string> about, std::int64_t gross,
             std::int64_t fee) {
        if (gross != 0 || fee != 0)
            all.push_back({kind, reference, std::move(about), at_, Money(gross, currency_), Money(fee, currency_)});
    }

    template <class Other>
    void book(const Other&) {}
    void book(const CampaignLaunched& e) { currency_ = e.terms->currency; }
    void book(const ChargeCollected& e) {
        OfPledge& pledge = pledges_[e.pledge.value];
        if (!e.reference.empty()) pledge.charges.push_back(e.reference);
        if (paying_) {  // the money came before, in a movement of its own; only now a fee is taken of it
            all[*paying_].fee += Money(e.fee + e.tax, currency_);
            paying_.reset();
            return;
        }
        add(MovementKind::charge, e.reference, {}, e.amount, e.fee + e.tax);
    }
    void book(const PledgeRefunded& e) {
        add(MovementKind::refund, e.reference, pledges_[e.pledge.value].charges, -e.amount,
            -e.fee_returned - e.tax_returned);
    }
    void book(const RefundReturned& e) {
        add(MovementKind::refund, e.reference, pledges_[e.pledge.value].charges, e.amount, 0);
    }
    void book(const DisputeOpened& e) {
        OfPledge& pledge = pledges_[e.pledge.value];
        pledge.dispute = e.reference;
        add(MovementKind::dispute, e.reference, pledge.charges, -e.amount, e.fee);
    }
    void book(const DisputeWon& e) {
        const OfPledge& pledge = pledges_[e.pledge.value];
        add(MovementKind::dispute_won, pledge.dispute, pledge.charges, e.amount, -e.fee_returned);
    }
    void book(const DisputeLost& e) {
        const OfPledge& pledge = pledges_[e.pledge.value];
        add(MovementKind::dispute_lost, pledge.dispute, pledge.charges, 0, -e.fee_returned);
    }
    // What the creator owes is taken from no account of theirs: a payout below zero moves nothing yet.
    void book(const PayoutMade& e) {
        add(MovementKind::payout, e.reference, {}, -std::max<std::int64_t>(e.net, 0), 0);
    }
    void book(const PayoutReturned& e) { add(MovementKind::payout_return, e.reference, {}, e.amount, 0); }
    void book(const ReserveReleased& e) {
        add(MovementKind::reserve_release, {}, {}, e.recouped - e.amount, 0);
    }

    void book(const UnmatchedRecorded& e) {
        unmatched_[e.reference] = all.size();
        add(MovementKind::unmatched, e.reference, {}, e.amount, 0);
    }
    void book(const UnmatchedResolved& e) {
        if (e.end == UnmatchedEnd::sent_back)
            add(MovementKind::unmatched_return, e.reference, {e.unmatched}, -e.amount, 0);
        if (e.end == UnmatchedEnd::to_pledge) paying_ = unmatched_.at(e.unmatched);
    }

    std::map<std::string, std::size_t> unmatched_{};
    std::optional<std::size_t> paying_{};  ///< the movement of which the next charge is paid
    Instant at_{};
    Currency currency_ = USD;
    std::map<std::uint64_t, OfPledge> pledges_{};
};

std::string was(std::string_view what, Money told, Money booked) {
    return std::string(what) + to_amount_text(told) + ", booked is " + to_amount_text(booked);
}

class Matching {
  public:
    Matching(std::span<const BookedMovement> booked, std::span<const ProviderRow> rows, Currency currency,
             const std::set<MovementKind>& left_out)
        : booked_(booked), currency_(currency), left_out_(left_out), result_{empty()} {
        for (const ProviderRow& row : rows) {
            try {
                problem_ = take(row);
            } catch (const Overflow& beyond) {
                problem_ = TextError{row.where, beyond.what(), "", "rows whose sums have 64 bits"};
            }
            if (problem_) return;
        }
    }

    Result<Reconciliation> result() && {
        if (!problem_) problem_ = add_up();
        if (problem_) return failure(std::move(*problem_));
        count_booked();
        match_by_reference();
        match_by_charge();
        list_the_rest();
        Money listed = Money::zero(currency_);
        for (const auto* list : {&result_.differing, &result_.missing_in_ledger, &result_.missing_at_provider,
                                 &result_.unknown_kind})
            for (const Difference& difference : *list) listed += difference.amount();
        expects(listed == result_.difference(), "what is listed is the whole difference");
        return std::move(result_);
    }

  private:
    /// A movement as the rows tell it.
    struct Told {
        const ProviderRow* row;
        Money gross;
        Money fee;
        std::size_t rows = 1;
        bool matched = false;

        [[nodiscard]] Money net() const { return gross - fee; }
    };
    using Key = std::pair<std::string, std::string>;  ///< kind and reference

    [[nodiscard]] MovementTotal none() const {
        return {.told = Money::zero(currency_), .booked = Money::zero(currency_)};
    }
    [[nodiscard]] Reconciliation empty() const {
        return {.currency = currency_, .total = none(), .left_out = none()};
    }
    [[nodiscard]] bool is_left_out(MovementKind kind) const { return left_out_.contains(kind); }
    MovementTotal& total_of(std::string_view kind) {
        return result_.totals.try_emplace(std::string(kind), none()).first->second;
    }
    void count(MovementTotal& total, const ProviderRow& row) {
        ++total.rows;
        total.told += row.net();
    }

    std::optional<TextError> take(const ProviderRow& row) {
        expects(row.gross.currency() == currency_ && row.fee.currency() == currency_, "all rows are in one currency");
        if (row.kind && is_left_out(*row.kind)) {
            count(result_.left_out, row);
            return std::nullopt;
        }
        if (row.adds != RowAdds::nothing) {
            adding_.push_back(&row);
            return std::nullopt;
        }
        if (row.kind || !row.reference.empty()) {
            const auto [place, is_new] = by_reference_.try_emplace(Key{kind_of(row), row.reference}, told_.size());
            if (!is_new) return repeat_of(*told_[place->second].row, row);
        }
        if (!row.reference.empty()) of_any_kind_.emplace(row.reference, told_.size());
        told_.push_back({&row, row.gross, row.fee});
        count(total_of(kind_of(row)), row);
        count(result_.total, row);
        return std::nullopt;
    }
    std::optional<TextError> repeat_of(const ProviderRow& first, const ProviderRow& row) {
        if (first.gross == row.gross && first.fee == row.fee && first.about == row.about && first.at == row.at) {
            ++result_.repeated;
            return std::nullopt;
        }
        return TextError{row.where, "the reference names other money on line " + std::to_string(first.where.line),
                         row.reference + ": " + to_amount_text(row.gross) + " less a fee of " + to_amount_text(row.fee),
                         to_amount_text(first.gross) + " less a fee of " + to_amount_text(first.fee) +
                             " again, or another reference"};
    }
    std::optional<TextError> add_up() {
        for (const ProviderRow* row : adding_) {
            const auto found = by_reference_.find(Key{kind_of(*row), row->reference});
            if (found == by_reference_.end())
                return TextError{row->where, "a row that adds to a " + std::string(to_text(*row->kind)) +
                                                 " which is in no row", row->reference, "its row in the same file"};
            Told& told = told_[found->second];
            told.gross += row->gross;
            told.fee += row->fee;
            ++told.rows;
            count(total_of(kind_of(*row)), *row);
            count(result_.total, *row);
        }
        return std::nullopt;
    }

    void count_booked() {
        taken_.assign(booked_.size(), false);
        for (std::size_t i = 0; i < booked_.size(); ++i) {
            const BookedMovement& movement = booked_[i];
            expects(movement.gross.currency() == currency_, "all that was booked is in one currency");
            taken_[i] = is_left_out(movement.kind);
            for (MovementTotal* total : taken_[i] ? std::vector{&result_.left_out}
                                                  : std::vector{&total_of(to_text(movement.kind)), &result_.total}) {
                ++total->movements;
                total->booked += movement.net();
            }
        }
    }
    void join(Told& told, std::size_t place) {
        const BookedMovement& booked = booked_[place];
        told.matched = taken_[place] = true;
        // Unmatched money is told under whatever kind the provider has for it, and totalled under ours.
        MovementTotal& theirs = total_of(kind_of(*told.row));
        theirs.rows -= told.rows;
        theirs.told -= told.net();
        MovementTotal& ours = total_of(to_text(booked.kind));
        ours.rows += told.rows;
        ours.told += told.net();
        if (theirs == none()) result_.totals.erase(kind_of(*told.row));
        std::string why;
        if (told.gross != booked.gross) why = was("the amount is ", told.gross, booked.gross);
        if (told.fee != booked.fee) (why += why.empty() ? "" : "; ") += was("the fee taken is ", told.fee, booked.fee);
        if (why.empty())
            ++result_.matched;
        else
            result_.differing.push_back({std::string(to_text(booked.kind)), told.row->reference, told.row->where,
                                         told.net(), booked.net(), std::move(why)});
    }
    void match_by_reference() {
        for (std::size_t i = 0; i < booked_.size(); ++i) {
            if (taken_[i] || booked_[i].reference.empty()) continue;
            const auto found = by_reference_.find(key_of(booked_[i], booked_[i].reference));
            if (found != by_reference_.end() && !told_[found->second].matched) join(told_[found->second], i);
        }
        for (std::size_t i = 0; i < booked_.size(); ++i) {
            const bool is_of_any_kind =
                booked_[i].kind == MovementKind::unmatched || booked_[i].kind == MovementKind::unmatched_return;
            if (taken_[i] || !is_of_any_kind) continue;
            const auto [begin, end] = of_any_kind_.equal_range(booked_[i].reference);
            for (auto at = begin; at != end && !taken_[i]; ++at)
                if (!told_[at->second].matched) join(told_[at->second], i);
        }
    }
    /// What is left belongs together when it is the same money about the same charge; or, where each side has but one
    /// movement of its kind about a charge, when it is about that.
    void match_by_charge() {
        std::multimap<Key, std::size_t> by_charge;
        for (std::size_t i = 0; i < booked_.size(); ++i)
            if (!taken_[i])
                for (const std::string& charge : booked_[i].about) by_charge.emplace(key_of(booked_[i], charge), i);
        std::map<Key, std::size_t> open;
        for (const Told& told : told_)
            if (!told.matched) ++open[charge_of(told)];
        for (const bool same_money : {true, false})
            for (Told& told : told_) {
                if (told.matched || told.row->about.empty()) continue;
                const auto [begin, end] = by_charge.equal_range(charge_of(told));
                for (auto at = begin; at != end && !told.matched; ++at) {
                    if (taken_[at->second]) continue;
                    const bool alone = std::next(begin) == end && open[at->first] == 1;
                    if (same_money ? told.gross == booked_[at->second].gross : alone) join(told, at->second);
                }
            }
    }
    static std::string kind_of(const ProviderRow& row) {
        return row.kind ? std::string(to_text(*row.kind)) : row.called;
    }
    static Key key_of(const BookedMovement& movement, const std::string& reference) {
        return {std::string(to_text(movement.kind)), reference};
    }
    static Key charge_of(const Told& told) { return {kind_of(*told.row), told.row->about}; }

    void list_the_rest() {
        std::map<std::string, MovementKind> booked_as;
        for (const BookedMovement& movement : booked_)
            if (!movement.reference.empty()) booked_as.emplace(movement.reference, movement.kind);
        const Money nothing = Money::zero(currency_);
        for (const Told& told : told_) {
            if (told.matched) continue;
            if (!told.row->kind) {
                result_.unknown_kind.push_back({told.row->called, told.row->reference, told.row->where, told.net(),
                                                nothing, "'" + told.row->called + "' is no kind that the shape knows"});
                continue;
            }
            const auto other = booked_as.find(told.row->reference);
            result_.missing_in_ledger.push_back(
                {std::string(to_text(*told.row->kind)), told.row->reference, told.row->where, told.net(), nothing,
                 other != booked_as.end() && other->second != *told.row->kind
                     ? "booked under this reference is a " + std::string(to_text(other->second))
                     : "nothing is booked under this reference"});
        }
        for (std::size_t i = 0; i < booked_.size(); ++i)
            if (!taken_[i])
                result_.missing_at_provider.push_back(
                    {std::string(to_text(booked_[i].kind)), booked_[i].reference, {}, nothing, booked_[i].net(),
                     booked_[i].reference.empty() ? "booked on " + to_text(booked_[i].at) + " without a reference"
                                                  : "booked on " + to_text(booked_[i].at) + "; no row tells it"});
    }

    std::span<const BookedMovement> booked_;
    Currency currency_;
    const std::set<MovementKind>& left_out_;
    Reconciliation result_;
    std::vector<Told> told_{};
    std::vector<const ProviderRow*> adding_{};
    std::map<Key, std::size_t> by_reference_{};
    std::multimap<std::string, std::size_t> of_any_kind_{};
    std::vector<bool> taken_{};
    std::optional<TextError> problem_{};
};

}  // namespace

std::vector<BookedMovement> booked_movements(std::span<const campaign::Event> events) {
    Booking booking;
    for (const Event& event : events) booking.take(event);
    return std::move(booking.all);
}

Result<Reconciliation> reconcile(std::span<const BookedMovement> booked, std::span<const ProviderRow> rows,
                                 Currency currency, const std::set<MovementKind>& left_out) {
    return Matching(booked, rows, currency, left_out).result();
}

}  // namespace crowdrules
