// SPDX-License-Identifier: BSL-1.0
// Event: something that has happened to a campaign. Events are what a platform stores; folding them gives the campaign.
//
// An event carries every figure that was decided (the fee of a charge, the parts of a payout), so that applying it
// later needs no rule and gives the same state for ever.
#pragma once

#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/core/one_of.hpp>
#include <crowdrules/ledger/account.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/settlement/unmatched.hpp>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules::campaign {

struct CampaignLaunched {
    std::shared_ptr<const Terms> terms{};  ///< never null; frozen
    bool operator==(const CampaignLaunched& other) const {
        return terms == other.terms || (terms && other.terms && *terms == *other.terms);
    }
};
struct CampaignPaused {
    std::string reason{};
    std::string decided_by{};
    bool operator==(const CampaignPaused&) const = default;
};
struct CampaignResumed {
    Instant closes{};  ///< the deadline from now on
    std::string reason{};
    std::string decided_by{};
    bool operator==(const CampaignResumed&) const = default;
};
struct CampaignCancelled {
    std::string reason{};
    bool operator==(const CampaignCancelled&) const = default;
};
struct CampaignSuspended {
    std::string reason{};
    std::string decided_by{};
    bool operator==(const CampaignSuspended&) const = default;
};
struct DeadlineExtended {
    Instant closes{};
    bool operator==(const DeadlineExtended&) const = default;
};
/// The first of two rounds was won; the second is open until `closes`.
struct RoundWon {
    std::int64_t counted = 0;
    Instant closes{};
    bool operator==(const RoundWon&) const = default;
};
/// Enough was pledged; the campaign is judged again on what is collected.
struct CollectionStarted {
    std::int64_t counted = 0;
    bool operator==(const CollectionStarted&) const = default;
};
/// Success, latched: no later drop or refund undoes it.
struct CampaignSucceeded {
    std::int64_t counted = 0;
    bool goal_missed = false;  ///< the goal was missed and the money is kept
    bool operator==(const CampaignSucceeded&) const = default;
};
/// No more pledges at campaign prices; after a success, late ones where the terms have them.
struct CampaignClosed {
    bool operator==(const CampaignClosed&) const = default;
};
struct CampaignFailed {
    std::int64_t counted = 0;
    bool operator==(const CampaignFailed&) const = default;
};
struct LatePledgesClosed {
    bool operator==(const LatePledgesClosed&) const = default;
};
/// What was promised can be shipped: the charges that waited for it are due.
struct ReadyToShip {
    bool operator==(const ReadyToShip&) const = default;
};

struct IdentityVerified {
    BackerId backer{};  ///< none: the creator
    std::string what{};
    std::optional<Instant> until{};
    std::string decided_by{};
    bool operator==(const IdentityVerified&) const = default;
};
struct AccountsRelated {
    BackerId account{};
    BackerId to{};  ///< none: the creator
    std::string reason{};
    std::string decided_by{};
    std::vector<BackerId> uncounted{};  ///< whose pledges count toward nothing from now on
    bool operator==(const AccountsRelated&) const = default;
};
struct RewardAdded {
    Reward reward{};
    bool operator==(const RewardAdded&) const = default;
};
struct RewardChanged {
    RewardId reward{};
    Reward becomes{};
    bool operator==(const RewardChanged&) const = default;
};
struct RewardRemoved {
    RewardId reward{};
    bool operator==(const RewardRemoved&) const = default;
};
struct AddOnAdded {
    AddOn add_on{};
    bool operator==(const AddOnAdded&) const = default;
};
struct AddOnChanged {
    AddOnId add_on{};
    AddOn becomes{};
    bool operator==(const AddOnChanged&) const = default;
};
struct AddOnRemoved {
    AddOnId add_on{};
    bool operator==(const AddOnRemoved&) const = default;
};
/// The stretch goal at this place of the terms' list, from 0, was reached; its effect holds from now on.
struct StretchGoalReached {
    std::uint32_t goal = 0;
    bool operator==(const StretchGoalReached&) const = default;
};
struct StretchGoalLost {
    std::uint32_t goal = 0;
    bool operator==(const StretchGoalLost&) const = default;
};

struct PledgeMade {
    PledgeId pledge{};
    BackerId backer{};
    RewardId reward{};
    std::int64_t amount = 0;    ///< all together, minor units
    std::int64_t shipping = 0;  ///< of which shipping
    std::vector<AddOnChoice> add_ons{};
    std::string ship_to{};
    bool late = false;
    bool in_instalments = false;
    std::optional<std::uint32_t> quantity{};  ///< of the reward; none: one
    std::vector<LineAmount> lines{};  ///< of the amount, what the terms have rules for
    PledgeId supplement_to{};         ///< the pledge that this one is a further charge of
    std::int64_t declined = 0;  ///< of what was offered: it would have passed the cap
    bool operator==(const PledgeMade&) const = default;
};
struct PledgeChanged {
    PledgeId pledge{};
    RewardId reward{};
    std::int64_t amount = 0;
    std::int64_t shipping = 0;
    std::vector<AddOnChoice> add_ons{};
    std::string ship_to{};
    bool in_instalments = false;
    std::optional<std::uint32_t> quantity{};  ///< of the reward; none: one
    std::vector<LineAmount> lines{};  ///< of the amount, what the terms have rules for
    bool operator==(const PledgeChanged&) const = default;
};
struct PledgeCancelled {
    PledgeId pledge{};
    bool operator==(const PledgeCancelled&) const = default;
};
struct ChargeCollected {
    PledgeId pledge{};
    std::int64_t amount = 0;
    std::int64_t fee = 0;          ///< processing fee, without its tax
    std::int64_t tax = 0;          ///< tax on the fee
    std::uint32_t instalment = 1;  ///< from 1
    std::int64_t uncaptured = 0;   ///< of the charge; it is given up
    std::int64_t difference = 0;   ///< fee and tax as reported, less what the terms make of them
    std::string reference{};       ///< the provider's
    std::string method{};
    std::vector<LineAmount> lines{};  ///< of the amount, with whose it is
    bool operator==(const ChargeCollected&) const = default;
};
struct ChargeFailed {
    PledgeId pledge{};
    std::uint32_t instalment = 1;
    bool operator==(const ChargeFailed&) const = default;
};
/// Never collected, or only in part: what is open is given up. Instalments that came in before stay with the creator.
struct PledgeDropped {
    PledgeId pledge{};
    bool operator==(const PledgeDropped&) const = default;
};
struct PledgeRefunded {
    PledgeId pledge{};
    std::uint32_t payout = 0;  ///< the payout that the money is in
    RefundItem item = RefundItem::general;
    std::int64_t cancelled = 0;      ///< charges still open that will not be made (instalments)
    std::int64_t amount = 0;         ///< money given back to the backer
    std::int64_t fee_returned = 0;   ///< processing fee given back to where the money is from
    std::int64_t tax_returned = 0;   ///< its tax
    std::int64_t from_reserve = 0;   ///< of `amount`; the rest is from `from`
    Account from = Account::escrow;  ///< escrow before the payout, creator after it
    std::int64_t difference = 0;     ///< what the terms would return of fee and tax, less what was returned
    std::string reference{};         ///< the provider's
    std::vector<LineAmount> lines{};  ///< of `amount`, with who gives it back
    std::uint32_t instalment = 1;     ///< the charge that the money is of
    bool operator==(const PledgeRefunded&) const = default;
};
struct DisputeOpened {
    PledgeId pledge{};
    std::uint32_t instalment = 1;  ///< the charge in question, from 1
    std::int64_t amount = 0;       ///< held meanwhile
    Account held_from = Account::escrow;
    DisputeReason reason = DisputeReason::fraud;
    std::int64_t fee = 0;         ///< taken by the provider, from the same account
    std::int64_t difference = 0;  ///< the fee as reported, less that of the terms
    std::string reference{};      ///< the provider's
    std::vector<LineAmount> lines{};  ///< of the amount
    bool operator==(const DisputeOpened&) const = default;
};
struct DisputeWon {
    PledgeId pledge{};
    std::int64_t amount = 0;
    Account returns_to = Account::escrow;
    std::int64_t fee_returned = 0;   ///< of the dispute's fee, by the provider
    std::int64_t fee_made_good = 0;  ///< of it, by the platform
    std::int64_t difference = 0;     ///< what the terms would return of it, less what was returned
    bool operator==(const DisputeWon&) const = default;
};
struct DisputeLost {
    PledgeId pledge{};
    std::int64_t amount = 0;
    Bearer bearer = Bearer::platform;
    Account made_good = Account::escrow;  ///< where the platform puts it back when it bears the loss
    std::int64_t from_reserve = 0;        ///< of a creator's loss after the payout: what the reserve covers
    std::int64_t fee_returned = 0;        ///< of the dispute's fee, by the provider
    std::int64_t fee_made_good = 0;       ///< of it, by the platform
    std::int64_t difference = 0;          ///< what the terms would return of it, less what was returned
    std::vector<LineAmount> lines{};      ///< of a creator's loss, with who gives it back
    bool operator==(const DisputeLost&) const = default;
};
/// What was promised was delivered.
struct Delivered {
    bool operator==(const Delivered&) const = default;
};
struct MilestoneApproved {
    std::uint32_t share = 0;  ///< its place among the shares of the payout plan, from 0
    std::string reason{};
    std::string decided_by{};
    bool operator==(const MilestoneApproved&) const = default;
};
/// What is held for it is allotted to the backers next; what is more than theirs is the creator's.
struct MilestoneRejected {
    std::uint32_t share = 0;
    std::string reason{};
    std::string decided_by{};
    bool operator==(const MilestoneRejected&) const = default;
};
/// A part of what was held for a rejected milestone is to be refunded to this backer.
struct RefundAllotted {
    PledgeId pledge{};
    std::uint32_t share = 0;
    std::int64_t amount = 0;
    bool operator==(const RefundAllotted&) const = default;
};
/// A refund came back.
struct RefundReturned {
    PledgeId pledge{};
    RefundItem item = RefundItem::general;
    std::int64_t amount = 0;
    std::uint32_t payout = 0;
    Account to = Account::escrow;  ///< escrow before the payout, creator after it
    bool allotted = false;         ///< it had been allotted of what was rejected, and is to be refunded again
    std::string reason{};
    std::string reference{};          ///< the provider's
    std::vector<LineAmount> lines{};  ///< of the amount, with who has it again
    std::uint32_t instalment = 1;     ///< the charge that was refunded
    bool operator==(const RefundReturned&) const = default;
};
/// The cap was shared among all: this is what the pledge comes to.
struct PledgeCut {
    PledgeId pledge{};
    std::int64_t amount = 0;    ///< from now on
    std::int64_t declined = 0;  ///< what is not taken of it
    bool operator==(const PledgeCut&) const = default;
};
/// What stays in escrow of a payout for one share of the payout plan.
struct HeldShare {
    std::uint32_t share = 0;  ///< its place among the shares, from 0
    std::int64_t amount = 0;
    bool operator==(const HeldShare&) const = default;
};
struct PayoutMade {
    std::uint32_t payout = 0;
    std::int64_t platform_fee = 0;  ///< without its tax; negative: given back, because a larger sum costs less
    std::int64_t tax = 0;           ///< tax on the platform's fee
    std::int64_t reserve = 0;       ///< held back
    std::int64_t net = 0;           ///< to the creator; negative: fees that refunds left uncovered, owed by the creator
    std::int64_t recouped = 0;      ///< covers what the creator owed: it is the creator's, and stays here
    std::string reference{};        ///< the provider's
    std::vector<HeldShare> held{};  ///< stays in escrow for shares that wait
    std::int64_t fee = 0;           ///< taken on the way to the creator's bank: what did not arrive of the net
    [[nodiscard]] std::int64_t held_in_all() const noexcept {
        std::int64_t sum = 0;
        for (const HeldShare& part : held) sum += part.amount;
        return sum;
    }
    bool operator==(const PayoutMade&) const = default;
};
struct ReserveReleased {
    std::uint32_t payout = 0;
    std::int64_t amount = 0;
    std::int64_t recouped = 0;  ///< of it: covers what the creator owed, and is not paid
    bool operator==(const ReserveReleased&) const = default;
};
/// It came back from the creator's bank: there is a payout more, of the same money.
struct PayoutReturned {
    std::uint32_t payout = 0;
    std::int64_t amount = 0;
    std::string reason{};
    std::string reference{};  ///< the provider's
    bool operator==(const PayoutReturned&) const = default;
};
/// More came back to the creator than was owed (a dispute won after its money was recouped): there is a payout more.
struct PayoutAdded {
    std::int64_t amount = 0;
    bool operator==(const PayoutAdded&) const = default;
};

struct UnmatchedRecorded {
    std::string reference{};  ///< the provider's
    std::int64_t amount = 0;  ///< below zero: was taken
    std::string from{};       ///< who sent it
    std::string what{};
    bool operator==(const UnmatchedRecorded&) const = default;
};
/// Of money that pays a charge the charge is told next: it goes back to its sender here and is taken there.
struct UnmatchedResolved {
    std::string unmatched{};  ///< the reference under which it was recorded
    UnmatchedEnd end = UnmatchedEnd::sent_back;  ///< what became of it
    std::int64_t amount = 0;
    std::string reference{};  ///< the provider's, of this
    bool operator==(const UnmatchedResolved&) const = default;
};

struct EventBody
    : std::variant<CampaignLaunched, CampaignPaused, CampaignResumed, CampaignCancelled, CampaignSuspended,
                   DeadlineExtended, RoundWon, CollectionStarted, CampaignSucceeded, CampaignClosed, CampaignFailed,
                   LatePledgesClosed, ReadyToShip, IdentityVerified, AccountsRelated, ClaimRaised, ClaimDismissed,
                   ClaimUpheld, RewardAdded, RewardChanged, RewardRemoved, AddOnAdded, AddOnChanged, AddOnRemoved,
                   StretchGoalReached, StretchGoalLost, PledgeMade, PledgeChanged, PledgeCancelled, ChargeCollected,
                   ChargeFailed, PledgeDropped, PledgeRefunded, DisputeOpened, DisputeWon, DisputeLost, PayoutMade,
                   ReserveReleased, PayoutReturned, PayoutAdded, UnmatchedRecorded, UnmatchedResolved, Delivered,
                   MilestoneApproved, MilestoneRejected, RefundAllotted, RefundReturned, PledgeCut> {
    EventBody();
    /// Of one of the alternatives.
    template <AlternativeOf<variant> T>
    EventBody(T&& body) : variant(in_place<T>, std::forward<T>(body)) {}
    EventBody(const EventBody& other);
    EventBody(EventBody&& other) noexcept;
    EventBody& operator=(const EventBody& other);
    EventBody& operator=(EventBody&& other) noexcept;
    ~EventBody();
    bool operator==(const EventBody& other) const;
};

using Event = EventOf<EventBody>;
using Events = std::vector<Event>;

/// "pledge_made", "charge_collected", ...
[[nodiscard]] std::string_view name_of(const EventBody& what) noexcept;

/// The everyday events of one pledge in 32 bytes, for batches of millions: no add-ons, shipping, instalments or taxes.
struct PledgeRow {
    enum class Kind : std::uint8_t { made, changed, cancelled, collected, charge_failed, dropped };

    std::uint64_t pledge = 0;  ///< PledgeId
    std::int64_t amount = 0;   ///< made, changed: the pledge; collected: the charge
    std::uint64_t detail = 0;  ///< made: BackerId; collected: the processing fee
    std::uint16_t reward = 0;  ///< made, changed: RewardId
    Kind kind = Kind::made;
    bool late = false;  ///< made: after the deadline

    bool operator==(const PledgeRow&) const = default;
};
static_assert(sizeof(PledgeRow) == 32);

}  // namespace crowdrules::campaign
