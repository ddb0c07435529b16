// SPDX-License-Identifier: BSL-1.0
// Application of events: one function for each event, and none for the variant of them all. An event without its own
// does not compile.
#pragma once

#include <crowdrules/core/contract.hpp>

#include "campaign/schema/event.hpp"
#include "campaign/state/bookkeeping.hpp"
#include <string>
#include <vector>

namespace crowdrules::campaign {

/// Payouts that waited are counted from now.
void date_payouts(State& state, Instant at);
/// Instalments that will not be charged any more.
void give_up_open_parts(State& state, Handle handle);
/// Every standing pledge is let go; what was charged is to be given back.
void release_all(State& state, Instant at, Phase phase);
void succeed(State& state, Instant at, std::int64_t counted);

/// Each function throws ContractViolation, and changes nothing, when the event cannot follow on what happened before.
struct Application {
    State& state;
    Instant at;

    // What becomes of the campaign, its rewards and its stretch goals.
    void apply(const CampaignLaunched&) const;
    void apply(const CampaignPaused& e) const;
    void apply(const CampaignResumed& e) const;
    void apply(const CampaignCancelled&) const;
    void apply(const CampaignSuspended& e) const;
    void apply(const DeadlineExtended& e) const;
    void apply(const RoundWon& e) const;
    void apply(const CollectionStarted& e) const;
    /// Throws before anything is changed.
    void expect_years_for_instalments() const;
    void apply(const CampaignSucceeded& e) const;
    void apply(const CampaignClosed&) const;
    void apply(const CampaignFailed& e) const;
    void apply(const LatePledgesClosed&) const;
    void apply(const ReadyToShip&) const;
    void apply(const RewardAdded& e) const;
    void apply(const RewardChanged& e) const;
    void apply(const RewardRemoved& e) const;
    void apply(const AddOnAdded& e) const;
    void apply(const AddOnChanged& e) const;
    void apply(const AddOnRemoved& e) const;
    void apply(const StretchGoalReached& e) const;
    void apply(const StretchGoalLost& e) const;
    void change_stretch(std::uint32_t goal, bool reached) const;

    // Decisions of the platform. Every one is kept, in order.
    [[nodiscard]] static std::string person(BackerId backer);
    void apply(const IdentityVerified& e) const;
    void apply(const AccountsRelated& e) const;
    void count_no_more(BackerId backer) const;
    void apply(const ClaimRaised& e) const;
    void apply(const ClaimDismissed& e) const;
    void apply(const ClaimUpheld& e) const;
    template <class Decision>
    void note_claim(const Decision& e, const std::string& reason) const;
    /// The charge-backs that the platform bore are borne by the backers' own money after all.
    void take_back_made_good(std::int64_t amount) const;

    // Pledges made, changed, cut and cancelled.
    /// The lines of a pledge as they are kept. Throws unless each has a rule, once, and they are parts of the amount.
    template <class PledgeEvent>
    [[nodiscard]] std::vector<PledgeLine> lines_of(const PledgeEvent& e) const;
    /// Whether a pledge is more than its record says.
    template <class PledgeEvent>
    [[nodiscard]] static bool needs_detail(const PledgeEvent& e);
    template <class PledgeEvent>
    void note_detail(Handle handle, const PledgeEvent& e, std::vector<PledgeLine> lines) const;
    /// Throws unless what a pledge is said to be for can be counted.
    template <class PledgeEvent>
    void check_choice(const PledgeEvent& e, Handle replaced) const;
    void apply(const PledgeMade& e) const;
    void apply(const PledgeChanged& e) const;
    void apply(const PledgeCut& e) const;
    void apply(const PledgeCancelled& e) const;

    // Money that comes in.
    void check_instalment(Handle handle, std::uint32_t instalment) const;
    /// Throws before anything is changed.
    void check_difference(std::int64_t difference) const;
    void apply(const ChargeCollected& e) const;
    /// What the provider says of a charge, where it is more than the everyday.
    void report_charge(Handle handle, const ChargeCollected& e) const;
    void apply(const ChargeFailed& e) const;
    void apply(const PledgeDropped& e) const;
    void apply(const UnmatchedRecorded& e) const;
    void apply(const UnmatchedResolved& e) const;

    // Money that goes back to a backer.
    void apply(const PledgeRefunded& e) const;
    /// What goes back of a charge in lines that bear no processing fee.
    void note_free_gone(PledgeDetail& detail, std::uint32_t instalment, const std::vector<LineAmount>& lines) const;
    void apply(const RefundReturned& e) const;
    /// What a pledge was before all of it went back.
    [[nodiscard]] PledgeState state_before(const PledgeDetail& detail) const;
    void allot(PledgeDetail& detail, std::int64_t amount) const;
    void apply(const RefundAllotted& e) const;
    /// Allotted, and lost to a bank's decision since: it is not the backer's any more.
    void take_back_allotted(PledgeDetail& detail, std::int64_t left) const;
    void refund_instalments(Handle handle, PledgeDetail& detail, const PledgeRefunded& e) const;
    [[nodiscard]] static std::int64_t collected_of(const PledgeRecord& record, const PledgeDetail& detail);
    [[nodiscard]] static bool nothing_left(const PledgeRecord& record, const PledgeDetail& detail);
    [[nodiscard]] static bool has_open_parts(const PledgeDetail& detail);

    // Charges that a bank takes back.
    void apply(const DisputeOpened& e) const;
    void apply(const DisputeWon& e) const;
    void apply(const DisputeLost& e) const;
    /// The held money is the creator's after all, or the platform has made it good.
    void settle_dispute(Handle handle, std::int64_t amount, bool in_escrow) const;
    /// What came back of the dispute's fee, from the provider or the platform, and from the payees of lines.
    template <class Closed>
    void settle_dispute_fee(Handle handle, const Closed& e, bool in_escrow, std::int64_t from_others) const;

    // Money that goes to the creator, and what its shares wait for.
    void apply(const Delivered&) const;
    void apply(const MilestoneApproved& e) const;
    void apply(const MilestoneRejected& e) const;
    template <class Decision>
    void decide(const Decision& e, MilestoneState becomes) const;
    void date_shares() const;
    void apply(const PayoutMade& e) const;
    void apply(const ReserveReleased& e) const;
    void apply(const PayoutReturned& e) const;
    void apply(const PayoutAdded& e) const;

    template <class Item>
    static Item& at_place(std::vector<Item>& items, std::uint64_t place, const char* message) {
        if (place == 0 || place > items.size()) throw ContractViolation(message);
        return items[place - 1];
    }
    template <class Decision>
    void note(const Decision&, std::string about, const std::string& reason, const std::string& by) const {
        state.decisions.push_back({.at = at,
                                   .what = std::string(detail::alternative_name<Decision>),
                                   .about = std::move(about),
                                   .reason = reason,
                                   .by = by});
    }
};

}  // namespace crowdrules::campaign
