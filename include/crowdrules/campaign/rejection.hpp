// SPDX-License-Identifier: BSL-1.0
// Rejection: why a command may not happen, with both sides of the mismatch and the rule that says so.
//
//   reward_sold_out: 200 of 200 'Early bird' are taken; choose another reward or none
//   [rewards.quantity; help.kickstarter.com/hc/articles/14048704843035, read 2026-11, official]
#pragma once

#include <crowdrules/core/citation.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace crowdrules::campaign {

/// In order of precedence: when several apply, the first one is given.
enum class RejectionCode : std::uint8_t {
    // about the command itself
    command_older_than_last,         ///< commands come in order of time
    command_conflicts_with_earlier,  ///< this command id was used with other content
    command_too_late,                ///< what the terms let follow it would lie beyond the year 9999
    reference_already_reported,      ///< this movement of money was reported before: there is nothing to do
    reference_used_for_other_money,  ///< the provider's reference named another movement before

    decider_missing,  ///< the terms want to know who decided

    // about the campaign
    campaign_ended,  ///< failed, cancelled or suspended: nothing more can happen to it
    campaign_not_open_yet,
    campaign_paused,
    claim_open,  ///< on what the campaign offers: it is decided first
    campaign_not_paused,
    campaign_closed,           ///< past its deadline or closed early
    campaign_not_succeeded,    ///< this can only happen after a success
    creator_not_verified,      ///< the terms want it before pledges, or before a payout
    late_pledges_not_offered,  ///< the terms have none, or they were closed
    supplements_not_offered,   ///< the terms let nobody be charged again
    deadline_is_fixed,         ///< the terms do not let it be moved
    deadline_not_later,        ///< an extension must be to a later instant
    deadline_too_late,         ///< what the terms let follow the new deadline would lie beyond the year 9999
    early_close_not_allowed,   ///< the terms do not allow it, or what is needed is not reached
    readiness_not_awaited,     ///< the charges of this campaign do not wait until it is ready to ship
    readiness_already_reported,
    delivery_already_reported,
    calendar_ends_before,  ///< working days are counted that the calendar of the terms does not reach

    // about the thing it names
    reward_unknown,
    add_on_unknown,
    line_unknown,  ///< the terms have no rule for it, or it is a part of the pledge itself
    pledge_unknown,
    payout_unknown,
    instalment_unknown,
    claim_unknown,
    unmatched_unknown,  ///< no money is held under this reference
    method_unknown,     ///< the terms have no fee for this method of payment
    milestone_unknown,  ///< no share of the payouts waits for one of this name
    milestone_decided,  ///< approved or rejected before

    // about verifications, accounts and claims
    verification_malformed,   ///< it says not what was verified, or until when it held in the past
    account_is_its_own,       ///< no account belongs to itself
    account_related_already,  ///< an account has one owner, and keeps it
    claim_malformed,          ///< no id, nobody who claims, or nothing claimed
    claim_id_taken,
    claim_decided,

    // about rewards and add-ons being changed
    item_has_backers,  ///< frozen: only its quantity may rise
    quantity_may_not_fall,
    item_malformed,  ///< what terms may not hold either: no name, a negative price, above the maximum pledge, ...
    too_many_items,

    // about a new or changed pledge
    id_missing,  ///< pledge and backer need ids other than 0, unmatched money a reference
    pledge_id_taken,
    backer_has_pledged,   ///< one pledge per backer
    backer_is_creator,    ///< the account belongs to the creator
    backer_is_related,    ///< the account belongs to another backer
    pledge_not_standing,  ///< cancelled, dropped, released or refunded
    pledge_already_charged,
    reward_required,
    reward_hidden,
    reward_not_started,
    reward_expired,
    reward_not_late,  ///< not offered after the deadline
    reward_sold_out,
    quantity_without_reward,  ///< so many of no reward, or none of one
    add_on_without_reward,
    add_on_not_with_reward,
    add_on_locked,
    add_on_not_started,
    add_on_expired,
    add_on_not_late,
    add_on_over_limit,  ///< more than one backer may have
    add_on_sold_out,
    not_shipped_there,
    currency_differs,
    amount_not_positive,
    amount_below_minimum,  ///< of the campaign or of what was chosen
    amount_above_maximum,
    amount_too_large,  ///< a total would leave 64 bits
    line_malformed,      ///< named twice, with an amount and a rate, or with a rate that is none
    line_below_zero,
    line_above_amount,   ///< contained in an amount that is less
    line_incalculable,   ///< no amount covers the fee on itself
    instalments_not_offered,
    amount_below_instalment_minimum,
    backer_not_verified,  ///< the terms want it for so much, or for this reward
    giver_unknown,        ///< limits by person need to know who gives: a class, and means where these count
    person_limit_exceeded,
    cap_exceeded,
    would_fall_below_goal,  ///< a cut in the last stretch

    // about money
    charge_not_due,
    charge_already_collected,
    capture_above_charge,  ///< more than the charge, or something of one that failed
    fee_above_amount,      ///< a fee below zero or above what it was taken from
    nothing_collected,
    refund_not_positive,
    refund_above_collected,
    refund_above_item,            ///< more than what is left of the reward, add-ons, bonus or shipping it is for
    partial_refund_rule_missing,  ///< not established by the pack: the campaign must state it
    refund_not_made,              ///< more came back than was refunded
    fee_returned_above_fee,       ///< below zero, or more than is left of what was taken
    dispute_above_charge,         ///< more than is left of the charge
    dispute_already_open,
    dispute_not_open,
    unmatched_above_held,  ///< more than is held of unmatched money, or in the other direction
    payout_already_made,
    payout_not_made,  ///< it cannot come back
    payout_already_returned,
    payout_not_due,
    arrived_above_payout,  ///< more than was paid, or less than nothing
    nothing_to_pay_out,
};

/// "reward_sold_out".
[[nodiscard]] std::string_view to_text(RejectionCode code) noexcept;
/// Whether trying the same command again later can never succeed.
[[nodiscard]] bool is_final(RejectionCode code) noexcept;

struct Rejection {
    RejectionCode code;
    std::string what{};      ///< both sides of the mismatch: "200 of 200 'Early bird' are taken"
    std::string accepted{};  ///< what would be accepted: "another reward, or none"
    std::string rule{};      ///< path of the rule: "rewards.quantity"
    Citation citation{};

    bool operator==(const Rejection&) const = default;
};

/// "code: what; accepted [rule; citation]".
[[nodiscard]] std::string to_text(const Rejection& rejection);

}  // namespace crowdrules::campaign
