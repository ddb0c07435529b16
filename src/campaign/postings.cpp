// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/postings.hpp>

namespace crowdrules::campaign {

namespace {

std::int64_t sum_of(const std::vector<LineAmount>& lines, Account account) {
    std::int64_t sum = 0;
    for (const LineAmount& line : lines)
        if (line.account == account) sum += line.amount;
    return sum;
}

struct MovementsOf {
    Movements operator()(const ChargeCollected& e) const {
        return {{Account::backers, Account::escrow, e.amount},
                {Account::escrow, Account::processing_fees, e.fee},
                {Account::escrow, Account::tax, e.tax},
                {Account::escrow, Account::platform_fees, sum_of(e.lines, Account::platform_fees)},
                {Account::escrow, Account::parties, sum_of(e.lines, Account::parties)}};
    }
    Movements operator()(const PledgeRefunded& e) const {
        return {{Account::processing_fees, e.from, e.fee_returned},
                {Account::tax, e.from, e.tax_returned},
                {Account::platform_fees, e.from, sum_of(e.lines, Account::platform_fees)},
                {Account::parties, e.from, sum_of(e.lines, Account::parties)},
                {Account::reserve, Account::backers, e.from_reserve},
                {e.from, Account::backers, e.amount - e.from_reserve}};
    }
    Movements operator()(const DisputeOpened& e) const {
        return {{e.held_from, Account::disputed, e.amount}, {e.held_from, Account::processing_fees, e.fee}};
    }
    Movements operator()(const DisputeWon& e) const {
        return {{Account::disputed, e.returns_to, e.amount},
                {Account::processing_fees, e.returns_to, e.fee_returned},
                {Account::platform_fees, e.returns_to, e.fee_made_good}};
    }
    Movements operator()(const DisputeLost& e) const {
        const std::int64_t borne_by_platform = e.bearer == Bearer::platform ? e.amount : 0;
        const std::int64_t from_platform =
            borne_by_platform + e.fee_made_good + sum_of(e.lines, Account::platform_fees);
        return {{Account::disputed, Account::backers, e.amount},
                {Account::platform_fees, e.made_good, from_platform},
                {Account::processing_fees, e.made_good, e.fee_returned},
                {Account::parties, e.made_good, sum_of(e.lines, Account::parties)},
                {Account::reserve, Account::creator, e.from_reserve}};
    }
    Movements operator()(const PayoutMade& e) const {
        return {{Account::escrow, Account::platform_fees, e.platform_fee},
                {Account::escrow, Account::tax, e.tax},
                {Account::escrow, Account::reserve, e.reserve},
                {Account::escrow, Account::creator, e.net + e.recouped},
                {Account::creator, Account::processing_fees, e.fee}};
    }
    Movements operator()(const ClaimUpheld& e) const {
        return {{Account::escrow, Account::platform_fees, e.to_platform}};
    }
    Movements operator()(const ReserveReleased& e) const { return {{Account::reserve, Account::creator, e.amount}}; }
    Movements operator()(const PayoutReturned& e) const { return {{Account::creator, Account::escrow, e.amount}}; }
    Movements operator()(const PayoutAdded& e) const { return {{Account::creator, Account::escrow, e.amount}}; }
    Movements operator()(const RefundReturned& e) const {
        return {{Account::backers, e.to, e.amount},
                {e.to, Account::platform_fees, sum_of(e.lines, Account::platform_fees)},
                {e.to, Account::parties, sum_of(e.lines, Account::parties)}};
    }
    Movements operator()(const UnmatchedRecorded& e) const {
        return {{Account::backers, Account::unmatched, e.amount}};
    }
    Movements operator()(const UnmatchedResolved& e) const {
        const bool is_kept = e.end == UnmatchedEnd::to_platform;
        return {{Account::unmatched, is_kept ? Account::platform_fees : Account::backers, e.amount}};
    }

    // The rest moves no money. Spelled out, so that a new event without its movements does not compile.
    Movements operator()(const CampaignLaunched&) const { return {}; }
    Movements operator()(const CampaignPaused&) const { return {}; }
    Movements operator()(const CampaignResumed&) const { return {}; }
    Movements operator()(const CampaignCancelled&) const { return {}; }
    Movements operator()(const CampaignSuspended&) const { return {}; }
    Movements operator()(const DeadlineExtended&) const { return {}; }
    Movements operator()(const RoundWon&) const { return {}; }
    Movements operator()(const CollectionStarted&) const { return {}; }
    Movements operator()(const CampaignSucceeded&) const { return {}; }
    Movements operator()(const CampaignClosed&) const { return {}; }
    Movements operator()(const CampaignFailed&) const { return {}; }
    Movements operator()(const LatePledgesClosed&) const { return {}; }
    Movements operator()(const ReadyToShip&) const { return {}; }
    Movements operator()(const IdentityVerified&) const { return {}; }
    Movements operator()(const AccountsRelated&) const { return {}; }
    Movements operator()(const ClaimRaised&) const { return {}; }
    Movements operator()(const ClaimDismissed&) const { return {}; }
    Movements operator()(const RewardAdded&) const { return {}; }
    Movements operator()(const RewardChanged&) const { return {}; }
    Movements operator()(const RewardRemoved&) const { return {}; }
    Movements operator()(const AddOnAdded&) const { return {}; }
    Movements operator()(const AddOnChanged&) const { return {}; }
    Movements operator()(const AddOnRemoved&) const { return {}; }
    Movements operator()(const StretchGoalReached&) const { return {}; }
    Movements operator()(const StretchGoalLost&) const { return {}; }
    Movements operator()(const PledgeMade&) const { return {}; }
    Movements operator()(const PledgeChanged&) const { return {}; }
    Movements operator()(const PledgeCancelled&) const { return {}; }
    Movements operator()(const Delivered&) const { return {}; }
    Movements operator()(const MilestoneApproved&) const { return {}; }
    Movements operator()(const MilestoneRejected&) const { return {}; }
    Movements operator()(const RefundAllotted&) const { return {}; }
    Movements operator()(const PledgeCut&) const { return {}; }
    Movements operator()(const ChargeFailed&) const { return {}; }
    Movements operator()(const PledgeDropped&) const { return {}; }
};

}  // namespace

Movements movements_of(const EventBody& what) noexcept {
    return std::visit(MovementsOf{}, what);
}

}  // namespace crowdrules::campaign
