// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/postings.hpp>

namespace crowdrules {

namespace {

Movements list(std::initializer_list<Movement> items) {
    Movements movements;
    for (const Movement& item : items) movements.items[movements.count++] = item;
    return movements;
}

/// A presale's creator is the company.
Account with_company(Account account) {
    return account == Account::creator ? Account::company : account;
}

struct MovementsOf {
    Movements operator()(const IdeaHandedIn& e) const { return list({{Account::members, Account::company, e.fee}}); }
    Movements operator()(const IdeaScreenedOut& e) const {
        return list({{Account::company, Account::members, e.refund}});
    }
    Movements operator()(const PresaleHappened& e) const {
        Movements movements = movements_of(e.what);
        for (std::size_t i = 0; i < movements.count; ++i) {
            movements.items[i].from = with_company(movements.items[i].from);
            movements.items[i].to = with_company(movements.items[i].to);
        }
        return movements;
    }
    Movements operator()(const SaleRecorded& e) const { return list({{Account::customers, Account::company, e.paid}}); }
    Movements operator()(const ReturnRecorded& e) const {
        return list({{Account::company, Account::customers, e.amount}});
    }
    Movements operator()(const RoyaltyShared& e) const {
        return list(
            {{Account::company, Account::community, e.pool}, {Account::community, Account::company, e.to_company}});
    }
    Movements operator()(const RoyaltyCorrected& e) const {
        return list({{Account::company, Account::community, e.from_company}});
    }
    Movements operator()(const IdeaReacquired& e) const {
        return list({{Account::members, Account::company, e.price}});
    }
    Movements operator()(const RoyaltyPaid& e) const {
        return list({{Account::community, Account::members, e.net},
                     {Account::community, Account::tax, e.withheld},
                     {Account::community, Account::processing_fees, e.fee}});
    }

    // The rest moves no money. Spelled out, so that a new event without its movements does not compile.
    Movements operator()(const CommunityFounded&) const { return {}; }
    Movements operator()(const MemberJoined&) const { return {}; }
    Movements operator()(const MemberLeft&) const { return {}; }
    Movements operator()(const IdeaWithdrawn&) const { return {}; }
    Movements operator()(const SimilarIdeaNamed&) const { return {}; }
    Movements operator()(const IdeaDeclined&) const { return {}; }
    Movements operator()(const RoundOpened&) const { return {}; }
    Movements operator()(const VoteCast&) const { return {}; }
    Movements operator()(const VoteTakenBack&) const { return {}; }
    Movements operator()(const IdeaRated&) const { return {}; }
    Movements operator()(const RoundClosed&) const { return {}; }
    Movements operator()(const IdeaAccepted&) const { return {}; }
    Movements operator()(const PhaseOpened&) const { return {}; }
    Movements operator()(const Contributed&) const { return {}; }
    Movements operator()(const WinnersPicked&) const { return {}; }
    Movements operator()(const PhaseClosed&) const { return {}; }
    Movements operator()(const MembersCredited&) const { return {}; }
    Movements operator()(const BucketAdded&) const { return {}; }
    Movements operator()(const PresaleOpened&) const { return {}; }
    Movements operator()(const ProductReady&) const { return {}; }
    Movements operator()(const SalesStarted&) const { return {}; }
    Movements operator()(const PeriodClosed&) const { return {}; }
    Movements operator()(const ProductEnded&) const { return {}; }
    Movements operator()(const ProductAbandoned&) const { return {}; }
    Movements operator()(const ProductPaused&) const { return {}; }
    Movements operator()(const ProductResumed&) const { return {}; }
    Movements operator()(const ProductTakenDown&) const { return {}; }
};

}  // namespace

Movements movements_of(const InventionEventBody& what) noexcept {
    return std::visit(MovementsOf{}, what);
}

std::optional<Entry> postings(const InventionEvent& event, Currency currency) {
    const Movements movements = movements_of(event.what);
    std::vector<Posting> lines;
    for (std::size_t i = 0; i < movements.count; ++i) {
        const Movement& item = movements.items[i];
        if (item.minor == 0) continue;
        lines.push_back({item.from, -Money(item.minor, currency)});
        lines.push_back({item.to, Money(item.minor, currency)});
    }
    if (lines.empty()) return std::nullopt;
    return Entry(event.at, std::string(name_of(event.what)), std::move(lines));
}

}  // namespace crowdrules
