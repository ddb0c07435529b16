// SPDX-License-Identifier: BSL-1.0
// Command: something that somebody wants to happen to a campaign. `decide` says whether it may.
//
//   Command{.at = now, .what = MakePledge{.pledge = PledgeId{1}, .backer = BackerId{7}, .choice = {.reward = black,
//   .amount = usd("115.00")}}}
//
// Every command says when it happens, and one with an id may be sent twice: life/envelope.hpp.
#pragma once

#include <crowdrules/campaign/guard.hpp>
#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/campaign/stretch_goal.hpp>
#include <crowdrules/core/one_of.hpp>
#include <crowdrules/life/envelope.hpp>
#include <crowdrules/life/ownership_claim.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/refund.hpp>
#include <crowdrules/settlement/unmatched.hpp>
#include <crowdrules/time/instant.hpp>

#include <optional>
#include <string>
#include <variant>

namespace crowdrules::campaign {

// The campaign as a whole.

/// Nothing may be pledged, changed or cancelled until it is resumed: a claim on the idea is being looked into.
struct PauseCampaign {
    std::string reason{};
    std::string decided_by{};
};
struct ResumeCampaign {
    std::string reason{};
    std::string decided_by{};
};
/// The creator gives up before the outcome, or before what was promised is ready to ship: every pledge is released.
struct CancelCampaign {
    std::string reason{};
};
/// The platform ends the campaign for good: every pledge is released.
struct SuspendCampaign {
    std::string reason{};
    std::string decided_by{};
};
/// The deadline moves to a later instant, where the terms allow it.
struct ExtendDeadline {
    Instant closes{};
};
/// The creator ends a campaign that has what it needs, where the terms allow it.
struct CloseEarly {};
/// No late pledge is taken from now on.
struct CloseLatePledges {};
/// The creator can ship what was promised: the charges that waited for it fall due, and a campaign still open closes.
struct ReportReadyToShip {};
/// What was promised was delivered: payouts that wait for it fall due.
struct ReportDelivered {};
/// What the payout's share of this name waits for was reached.
struct ApproveMilestone {
    std::string milestone{};
    std::string reason{};
    std::string decided_by{};
};
/// It was not: what is held for it goes back to the backers, in proportion to what is left of their pledges.
struct RejectMilestone {
    std::string milestone{};
    std::string reason{};
    std::string decided_by{};
};

// Guards. The platform looks into people and claims, and reports.

/// Somebody's identity was verified; a later verification takes the place of an earlier one.
struct RecordVerification {
    BackerId backer{};               ///< none: the creator
    std::string what{};              ///< "identity card", "bank account"
    std::optional<Instant> until{};  ///< it holds before this instant; none: for good
    std::string decided_by{};
};
/// An account was found to be somebody else's as well. It stays so.
struct RelateAccounts {
    BackerId account{};
    BackerId to{};  ///< whose it is; none: the creator's
    std::string reason{};
    std::string decided_by{};
};
// Claims on what the campaign offers: life/ownership_claim.hpp.

// Rewards and add-ons. What has a backer is frozen, but for its quantity, which may rise and never fall.

struct AddReward {
    Reward reward{};
};
struct ChangeReward {
    RewardId reward{};
    Reward becomes{};
};
struct RemoveReward {
    RewardId reward{};
};
struct AddAddOn {
    AddOn add_on{};
};
struct ChangeAddOn {
    AddOnId add_on{};
    AddOn becomes{};
};
struct RemoveAddOn {
    AddOnId add_on{};
};

// Pledges.

/// A pledge while the campaign runs, or a late one after its success.
struct MakePledge {
    PledgeId pledge{};
    BackerId backer{};
    PledgeChoice choice{};
    std::optional<Giver> giver{};  ///< where the terms limit what a person may give
};
/// The new choice replaces the old one whole.
struct ChangePledge {
    PledgeId pledge{};
    PledgeChoice choice{};
    std::optional<Giver> giver{};  ///< what was given elsewhere: without this pledge
};
struct CancelPledge {
    PledgeId pledge{};
};
/// After the success of a campaign that is over, who has pledged is charged again: for shipping, tax, add-ons, an
/// upgrade. It is a charge of its own, due at once, that counts toward nothing.
struct MakeSupplement {
    PledgeId supplement{};  ///< the id of this charge, among those of the pledges
    PledgeId to{};          ///< the pledge that it supplements
    std::vector<AddOnChoice> add_ons{};
    std::string ship_to{};            ///< destination; empty: where the pledge goes
    Money amount{0, USD};             ///< add-ons and their shipping, and whatever more is agreed; without lines on top
    std::vector<LineChoice> lines{};  ///< on top of the amount, or contained in it
};

// Money. The platform moves it and reports. What the provider took is booked as it is reported; what is not reported is
// computed here. A reference names one movement of money: reported again it is refused by that name, and so is another
// movement under it.

/// A charge that was due went through, or did not. `instalment` counts from 1; 1 for a pledge charged at once.
struct RecordCharge {
    PledgeId pledge{};
    bool succeeded = true;
    std::uint32_t instalment = 1;
    std::optional<Money> amount{};  ///< captured, up to the charge; the rest is given up. None: all of it
    std::optional<Money> fee{};     ///< processing fee taken, without a tax that is reported beside it
    std::optional<Money> tax{};     ///< on that fee; none beside a fee: none was taken
    std::string reference{};        ///< the provider's, of this charge
    std::string method{};           ///< "card", "sepa_debit"
};
/// Money of one pledge goes back: `amount`, for the named item.
struct RefundPledge {
    PledgeId pledge{};
    Money amount;
    RefundItem item = RefundItem::general;
    std::string line{};                   ///< out of this line alone; none: out of all of them alike
    std::optional<Money> fee_returned{};  ///< processing fee that came back with it, before the payout or after it
    std::string reference{};              ///< the provider's, of this refund
};
/// A refund did not go through, or not whole: what came back is whose it was before.
struct ReturnRefund {
    PledgeId pledge{};
    std::string refund{};           ///< the reference of the refund; none: of any of the pledge
    std::optional<Money> amount{};  ///< that came back; none: all of the refund, or of all refunds
    RefundItem item = RefundItem::general;  ///< what the refund was for
    std::string reason{};                   ///< "expired_or_canceled_card"
    std::string reference{};                ///< the provider's, of this return
};
/// A backer's bank asks for a charge back. It is held meanwhile.
struct OpenDispute {
    PledgeId pledge{};
    std::uint32_t instalment = 1;  ///< the charge in question; 1 for a pledge charged at once
    DisputeReason reason = DisputeReason::fraud;
    std::optional<Money> amount{};  ///< of the charge; none: the whole of what is left of it
    std::optional<Money> fee{};     ///< taken by the provider; none: as the terms say
    std::string reference{};        ///< the provider's, of this dispute
};
/// The bank has decided.
struct CloseDispute {
    PledgeId pledge{};
    bool won = false;                     ///< by the creator and the platform
    std::optional<Money> fee_returned{};  ///< of the dispute's fee; none: as the terms say
};
/// A payout that is due was made; `payout` is its place in the statement's list, from 0.
struct PayOut {
    std::uint32_t payout = 0;
    std::string reference{};  ///< the provider's, of this payout
    std::optional<Money> arrived{};  ///< at the creator's bank; what is missing was a fee on the way. None: all of it
};
/// A payout came back from the creator's bank after it was made: it is the creator's again, and due again at once.
struct ReturnPayout {
    std::uint32_t payout = 0;
    std::string reason{};     ///< "account_closed"
    std::string reference{};  ///< the provider's, of the return
};

/// Money that nothing here is about: it came when nothing was due, twice or from nobody, or it is a row of a kind that
/// nobody knows. It is held, apart from the campaign's money, until ResolveUnmatched; in every phase.
struct RecordUnmatched {
    std::string reference{};  ///< the provider's, of this movement; it is called by it from now on
    Money amount;             ///< came in; below zero: was taken
    std::string from{};       ///< who sent it, as far as it is known
    std::string what{};       ///< what it was called: the provider's word for the row
};
/// What becomes of it, or of a part of it.
struct ResolveUnmatched {
    std::string unmatched{};  ///< the reference under which it was recorded
    UnmatchedEnd end = UnmatchedEnd::sent_back;  ///< what becomes of it
    std::optional<Money> amount{};  ///< none: all that is held of it
    PledgeId pledge{};              ///< whose charge it pays
    std::uint32_t instalment = 1;   ///< of that pledge, from 1
    std::optional<Money> fee{};     ///< processing fee taken of that charge; none: as the terms say
    std::string reference{};        ///< the provider's, of what was sent back or kept, or of the charge; none: a charge
                                    ///< has that of the money
};

/// New commands come last: the place of a command is part of its fingerprint.
struct CommandBody
    : std::variant<PauseCampaign, ResumeCampaign, CancelCampaign, SuspendCampaign, ExtendDeadline, CloseEarly,
                   CloseLatePledges, AddReward, ChangeReward, RemoveReward, AddAddOn, ChangeAddOn, RemoveAddOn,
                   MakePledge, ChangePledge, CancelPledge, RecordCharge, RefundPledge, OpenDispute, CloseDispute,
                   PayOut, ReportReadyToShip, RecordVerification, RelateAccounts, RaiseClaim, DismissClaim, UpholdClaim,
                   ReturnPayout, RecordUnmatched, ResolveUnmatched, MakeSupplement, ReportDelivered, ApproveMilestone,
                   RejectMilestone, ReturnRefund> {
    CommandBody();
    /// Of one of the alternatives.
    template <AlternativeOf<variant> T>
    CommandBody(T&& body) : variant(in_place<T>, std::forward<T>(body)) {}
    CommandBody(const CommandBody& other);
    CommandBody(CommandBody&& other) noexcept;
    CommandBody& operator=(const CommandBody& other);
    CommandBody& operator=(CommandBody&& other) noexcept;
    ~CommandBody();
};

using Command = CommandOf<CommandBody>;

/// "make_pledge", "record_charge", ...
[[nodiscard]] std::string_view name_of(const CommandBody& what) noexcept;

}  // namespace crowdrules::campaign
