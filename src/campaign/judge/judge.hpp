// SPDX-License-Identifier: BSL-1.0
// Judge: one function for each command. Guards come first, in the order of RejectionCode, then what happens.
#pragma once

#include "campaign/rules.hpp"
#include "campaign/state/support.hpp"
#include <initializer_list>
#include <life/refusal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// A campaign to which everything due has happened, at the instant of a command.
struct Judge {
    const State& state;
    Instant at;

    // The campaign: src/campaign/judge/campaign.cpp
    [[nodiscard]] Verdict judge(const PauseCampaign& command) const;
    [[nodiscard]] Verdict judge(const ResumeCampaign& command) const;
    [[nodiscard]] Verdict judge(const CancelCampaign& command) const;
    [[nodiscard]] Verdict judge(const SuspendCampaign& command) const;
    [[nodiscard]] Verdict judge(const ExtendDeadline& command) const;
    [[nodiscard]] Verdict judge(const CloseEarly& command) const;
    [[nodiscard]] Verdict judge(const CloseLatePledges& command) const;
    [[nodiscard]] Verdict judge(const ReportReadyToShip& command) const;
    [[nodiscard]] Verdict judge(const AddReward& command) const;
    [[nodiscard]] Verdict judge(const ChangeReward& command) const;
    [[nodiscard]] Verdict judge(const RemoveReward& command) const;
    [[nodiscard]] Verdict judge(const AddAddOn& command) const;
    [[nodiscard]] Verdict judge(const ChangeAddOn& command) const;
    [[nodiscard]] Verdict judge(const RemoveAddOn& command) const;

    // Guards: src/campaign/judge/guard.cpp
    [[nodiscard]] Verdict judge(const RecordVerification& command) const;
    [[nodiscard]] Verdict judge(const RelateAccounts& command) const;
    [[nodiscard]] Verdict judge(const RaiseClaim& command) const;
    [[nodiscard]] Verdict judge(const DismissClaim& command) const;
    [[nodiscard]] Verdict judge(const UpholdClaim& command) const;

    // Pledges: src/campaign/judge/pledge.cpp
    [[nodiscard]] Verdict judge(const MakePledge& command) const;
    [[nodiscard]] Verdict judge(const ChangePledge& command) const;
    [[nodiscard]] Verdict judge(const CancelPledge& command) const;
    [[nodiscard]] Verdict judge(const MakeSupplement& command) const;

    // Money: src/campaign/judge/money.cpp
    [[nodiscard]] Verdict judge(const RecordCharge& command) const;
    [[nodiscard]] Verdict judge(const RefundPledge& command) const;
    [[nodiscard]] Verdict judge(const OpenDispute& command) const;
    [[nodiscard]] Verdict judge(const CloseDispute& command) const;
    [[nodiscard]] Verdict judge(const PayOut& command) const;
    [[nodiscard]] Verdict judge(const ReturnPayout& command) const;
    [[nodiscard]] Verdict judge(const RecordUnmatched& command) const;
    [[nodiscard]] Verdict judge(const ResolveUnmatched& command) const;

    // What payouts wait for: src/campaign/judge/milestone.cpp
    [[nodiscard]] Verdict judge(const ReportDelivered& command) const;
    [[nodiscard]] Verdict judge(const ApproveMilestone& command) const;
    [[nodiscard]] Verdict judge(const RejectMilestone& command) const;
    [[nodiscard]] Verdict judge(const ReturnRefund& command) const;

    [[nodiscard]] const Terms& terms() const noexcept { return *state.terms; }
    [[nodiscard]] Money money(std::int64_t minor) const noexcept { return {minor, terms().currency}; }

    using Code = RejectionCode;
    using Guard = RefusalOf<Rejection>;
    /// The rejection of this code, with the citation of its rule.
    [[nodiscard]] Guard reject(Code code, std::string what, std::string accepted, std::string_view rule = {}) const;
    /// Why a reported movement of money is not booked: its reference was used, for the same or for something else. An
    /// amount of zero is one that was not reported.
    [[nodiscard]] Guard refuse_if_reported_before(std::string_view kind, const std::string& reference,
                                                  const ReportedMovement& movement) const;
    /// Why reported amounts cannot be booked: one is in another currency.
    [[nodiscard]] Guard refuse_other_currency(std::initializer_list<const std::optional<Money>*> amounts) const;
    /// Why nothing can happen to a campaign that failed, was cancelled or suspended.
    [[nodiscard]] Guard refuse_if_ended() const;
    /// Why a decision is not taken: nobody says to have taken it, and the terms want to know.
    [[nodiscard]] Guard refuse_if_undecided(const std::string& decided_by) const;
    /// Why a claim holds this up.
    [[nodiscard]] Guard refuse_if_claimed() const;
    /// Why the creator may not take pledges yet, or money.
    [[nodiscard]] Guard refuse_if_creator_unverified(bool before_payout) const;
    /// Why an account may not pledge at all.
    [[nodiscard]] Guard refuse_account(BackerId backer) const;
    /// Why a person may not pledge so much, in place of what `replaced` (if any) comes to.
    [[nodiscard]] Guard refuse_person(BackerId backer, RewardId reward, std::int64_t amount,
                                      const std::optional<Giver>& giver, Handle replaced) const;
    /// Why nothing happens to a campaign that is paused.
    [[nodiscard]] Guard refuse_if_paused() const;
    /// Why the campaign as a whole cannot be called off any more.
    [[nodiscard]] Guard refuse_if_outcome_stands() const;
    /// Why pledges at campaign prices cannot be made, changed or cancelled now.
    [[nodiscard]] Guard refuse_if_not_taking_pledges() const;
    /// The standing or other pledge of this id, or why there is none.
    [[nodiscard]] Result<Handle, Rejection> find(PledgeId pledge) const;

    /// Why something that starts working days now cannot happen: the calendar does not reach so far.
    [[nodiscard]] Guard refuse_beyond_calendar(Elapsed wait, int business_days) const;
    /// The share of the payouts that waits for the milestone of this name, or why it cannot be decided.
    [[nodiscard]] Result<std::uint32_t, Rejection> open_milestone(const std::string& name,
                                                                  const std::string& decided_by) const;
    static constexpr std::size_t no_payout = static_cast<std::size_t>(-1);
    /// What is held for a rejected share goes back to those whose money was paid out, or is in `payout`, in proportion
    /// to what is left of their pledges.
    void allot(std::uint32_t share, std::int64_t amount, std::size_t payout, std::vector<EventBody>& events) const;

    /// The deadline of a paused campaign that is resumed now.
    [[nodiscard]] Instant resumed_deadline() const;
    /// Why the deadline cannot be moved so far.
    [[nodiscard]] Guard refuse_if_deadline_too_late(Instant closes) const;
    /// The campaign closes with this counted: a success that stands already stays, any other is judged now or once its
    /// money is collected.
    void close(std::int64_t counted, std::vector<EventBody>& events) const;
    /// What support `after` brings about besides: success when it is judged at once, stretch goals, the cap.
    void follow_up(const Support& after, std::vector<EventBody>& events) const;
    /// Stretch goals that support `after` reaches or loses.
    void follow_stretch(const Support& after, bool only_collected, std::vector<EventBody>& events) const;
    /// What it brings about besides that support is `after`, where only what is collected has changed.
    void follow_collected(const Support& after, std::vector<EventBody>& events) const;
    /// The same when so much of what was collected for a pledge goes back.
    void follow_collected_without(Handle pledge, std::int64_t counted, std::vector<EventBody>& events) const;
    /// What it brings about besides that a pledge stands no more.
    void follow_up_without(Handle pledge, std::vector<EventBody>& events) const;
};

}  // namespace crowdrules::campaign
