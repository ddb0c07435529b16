// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/community/postings.hpp>

namespace crowdrules::community {

namespace {

/// A presale's creator is the company.
Account with_company(Account account) {
    return account == Account::creator ? Account::company : account;
}

struct MovementsOf {
    Movements operator()(const IdeaHandedIn& e) const { return {{Account::members, Account::company, e.fee}}; }
    Movements operator()(const IdeaScreenedOut& e) const { return {{Account::company, Account::members, e.refund}}; }
    Movements operator()(const PresaleHappened& e) const {
        Movements movements = movements_of(e.what);
        for (Movement& item : movements.items()) {
            item.from = with_company(item.from);
            item.to = with_company(item.to);
        }
        return movements;
    }
    Movements operator()(const SaleRecorded& e) const { return {{Account::customers, Account::company, e.paid}}; }
    Movements operator()(const ReturnRecorded& e) const { return {{Account::company, Account::customers, e.amount}}; }
    Movements operator()(const RoyaltyShared& e) const {
        return {{Account::company, Account::community, e.pool}, {Account::community, Account::company, e.to_company}};
    }
    Movements operator()(const RoyaltyCorrected& e) const {
        return {{Account::company, Account::community, e.from_company}};
    }
    Movements operator()(const IdeaReacquired& e) const { return {{Account::members, Account::company, e.price}}; }
    Movements operator()(const RoyaltyPaid& e) const {
        return {{Account::community, Account::members, e.net},
                {Account::community, Account::tax, e.withheld},
                {Account::community, Account::processing_fees, e.fee}};
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
    Movements operator()(const ProductClaimRaised&) const { return {}; }
    Movements operator()(const ClaimDismissed&) const { return {}; }
    Movements operator()(const ClaimUpheld&) const { return {}; }
};

}  // namespace

Movements movements_of(const EventBody& what) noexcept {
    return std::visit(MovementsOf{}, what);
}

}  // namespace crowdrules::community
