// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/rejection.hpp>

#include "core/enumerators.hpp"
#include "reason/refusal_text.hpp"

namespace crowdrules::campaign {

std::string_view to_text(RejectionCode code) noexcept {
    return detail::enumerator_name(code);
}

bool is_final(RejectionCode code) noexcept {
    switch (code) {
        using enum RejectionCode;
        // Time, other people or another command may still change these.
        case campaign_not_open_yet:
        case campaign_paused:
        case claim_open:
        case campaign_not_paused:
        case campaign_not_succeeded:
        case creator_not_verified:
        case early_close_not_allowed:
        case reward_unknown:
        case add_on_unknown:
        case pledge_unknown:
        case payout_unknown:
        case instalment_unknown:
        case claim_unknown:
        case unmatched_unknown:
        case item_has_backers:
        case backer_has_pledged:
        case reward_not_started:
        case reward_sold_out:
        case add_on_locked:
        case add_on_not_started:
        case add_on_sold_out:
        case amount_too_large:
        case backer_not_verified:
        case person_limit_exceeded:
        case cap_exceeded:
        case would_fall_below_goal:
        case charge_not_due:
        case refund_not_made:
        case nothing_collected:
        case refund_above_collected:
        case refund_above_item:
        case fee_returned_above_fee:
        case dispute_above_charge:
        case dispute_already_open:
        case dispute_not_open:
        case payout_not_made:
        case payout_not_due:
        case nothing_to_pay_out:
            return false;

        case command_older_than_last:
        case command_conflicts_with_earlier:
        case command_too_late:
        case reference_already_reported:
        case reference_used_for_other_money:
        case decider_missing:
        case campaign_closed:
        case campaign_ended:
        case late_pledges_not_offered:
        case supplements_not_offered:
        case deadline_is_fixed:
        case deadline_not_later:
        case deadline_too_late:
        case readiness_not_awaited:
        case readiness_already_reported:
        case delivery_already_reported:
        case calendar_ends_before:
        case milestone_unknown:
        case milestone_decided:
        case arrived_above_payout:
        case method_unknown:
        case line_unknown:
        case line_malformed:
        case line_below_zero:
        case line_above_amount:
        case line_incalculable:
        case quantity_without_reward:
        case verification_malformed:
        case account_is_its_own:
        case account_related_already:
        case claim_malformed:
        case claim_id_taken:
        case claim_decided:
        case quantity_may_not_fall:
        case item_malformed:
        case too_many_items:
        case id_missing:
        case pledge_id_taken:
        case backer_is_creator:
        case backer_is_related:
        case giver_unknown:
        case pledge_not_standing:
        case pledge_already_charged:
        case reward_required:
        case reward_hidden:
        case reward_expired:
        case reward_not_late:
        case add_on_without_reward:
        case add_on_not_with_reward:
        case add_on_expired:
        case add_on_not_late:
        case add_on_over_limit:
        case not_shipped_there:
        case currency_differs:
        case amount_not_positive:
        case amount_below_minimum:
        case amount_above_maximum:
        case instalments_not_offered:
        case amount_below_instalment_minimum:
        case charge_already_collected:
        case capture_above_charge:
        case fee_above_amount:
        case refund_not_positive:
        case partial_refund_rule_missing:
        case payout_already_made:
        case payout_already_returned:
        case unmatched_above_held:
            return true;
    }
    return true;
}

std::string to_text(const Rejection& rejection) {
    return detail::refusal_text(to_text(rejection.code), rejection.what, rejection.accepted, rejection.rule,
                                rejection.citation);
}

}  // namespace crowdrules::campaign
