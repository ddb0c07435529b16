// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/rejection.hpp>

#include <fmt/format.h>

namespace crowdrules {

std::string_view to_text(RejectionCode code) noexcept {
    switch (code) {
        using enum RejectionCode;
        case command_older_than_last:
            return "command_older_than_last";
        case command_conflicts_with_earlier:
            return "command_conflicts_with_earlier";
        case decider_missing:
            return "decider_missing";
        case campaign_not_open_yet:
            return "campaign_not_open_yet";
        case campaign_paused:
            return "campaign_paused";
        case claim_open:
            return "claim_open";
        case campaign_not_paused:
            return "campaign_not_paused";
        case campaign_closed:
            return "campaign_closed";
        case campaign_ended:
            return "campaign_ended";
        case campaign_not_succeeded:
            return "campaign_not_succeeded";
        case creator_not_verified:
            return "creator_not_verified";
        case late_pledges_not_offered:
            return "late_pledges_not_offered";
        case deadline_is_fixed:
            return "deadline_is_fixed";
        case deadline_not_later:
            return "deadline_not_later";
        case early_close_not_allowed:
            return "early_close_not_allowed";
        case readiness_not_awaited:
            return "readiness_not_awaited";
        case readiness_already_reported:
            return "readiness_already_reported";
        case reward_unknown:
            return "reward_unknown";
        case add_on_unknown:
            return "add_on_unknown";
        case pledge_unknown:
            return "pledge_unknown";
        case payout_unknown:
            return "payout_unknown";
        case instalment_unknown:
            return "instalment_unknown";
        case claim_unknown:
            return "claim_unknown";
        case verification_malformed:
            return "verification_malformed";
        case account_is_its_own:
            return "account_is_its_own";
        case account_related_already:
            return "account_related_already";
        case claim_malformed:
            return "claim_malformed";
        case claim_id_taken:
            return "claim_id_taken";
        case claim_decided:
            return "claim_decided";
        case item_has_backers:
            return "item_has_backers";
        case quantity_may_not_fall:
            return "quantity_may_not_fall";
        case item_malformed:
            return "item_malformed";
        case too_many_items:
            return "too_many_items";
        case id_missing:
            return "id_missing";
        case pledge_id_taken:
            return "pledge_id_taken";
        case backer_has_pledged:
            return "backer_has_pledged";
        case backer_is_creator:
            return "backer_is_creator";
        case backer_is_related:
            return "backer_is_related";
        case pledge_not_standing:
            return "pledge_not_standing";
        case pledge_already_charged:
            return "pledge_already_charged";
        case reward_required:
            return "reward_required";
        case reward_hidden:
            return "reward_hidden";
        case reward_not_started:
            return "reward_not_started";
        case reward_expired:
            return "reward_expired";
        case reward_not_late:
            return "reward_not_late";
        case reward_sold_out:
            return "reward_sold_out";
        case add_on_without_reward:
            return "add_on_without_reward";
        case add_on_not_with_reward:
            return "add_on_not_with_reward";
        case add_on_locked:
            return "add_on_locked";
        case add_on_not_started:
            return "add_on_not_started";
        case add_on_expired:
            return "add_on_expired";
        case add_on_not_late:
            return "add_on_not_late";
        case add_on_over_limit:
            return "add_on_over_limit";
        case add_on_sold_out:
            return "add_on_sold_out";
        case not_shipped_there:
            return "not_shipped_there";
        case currency_differs:
            return "currency_differs";
        case amount_not_positive:
            return "amount_not_positive";
        case amount_below_minimum:
            return "amount_below_minimum";
        case amount_above_maximum:
            return "amount_above_maximum";
        case amount_too_large:
            return "amount_too_large";
        case instalments_not_offered:
            return "instalments_not_offered";
        case amount_below_instalment_minimum:
            return "amount_below_instalment_minimum";
        case backer_not_verified:
            return "backer_not_verified";
        case giver_unknown:
            return "giver_unknown";
        case person_limit_exceeded:
            return "person_limit_exceeded";
        case cap_exceeded:
            return "cap_exceeded";
        case would_fall_below_goal:
            return "would_fall_below_goal";
        case charge_not_due:
            return "charge_not_due";
        case charge_already_collected:
            return "charge_already_collected";
        case nothing_collected:
            return "nothing_collected";
        case refund_not_positive:
            return "refund_not_positive";
        case refund_above_collected:
            return "refund_above_collected";
        case refund_above_item:
            return "refund_above_item";
        case partial_refund_rule_missing:
            return "partial_refund_rule_missing";
        case dispute_already_open:
            return "dispute_already_open";
        case dispute_not_open:
            return "dispute_not_open";
        case payout_already_made:
            return "payout_already_made";
        case payout_not_due:
            return "payout_not_due";
        case nothing_to_pay_out:
            return "nothing_to_pay_out";
    }
    return "";
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
        case nothing_collected:
        case refund_above_collected:
        case refund_above_item:
        case dispute_already_open:
        case dispute_not_open:
        case payout_not_due:
        case nothing_to_pay_out:
            return false;

        case command_older_than_last:
        case command_conflicts_with_earlier:
        case decider_missing:
        case campaign_closed:
        case campaign_ended:
        case late_pledges_not_offered:
        case deadline_is_fixed:
        case deadline_not_later:
        case readiness_not_awaited:
        case readiness_already_reported:
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
        case refund_not_positive:
        case partial_refund_rule_missing:
        case payout_already_made:
            return true;
    }
    return true;
}

std::string to_text(const Rejection& rejection) {
    std::string text = fmt::format("{}: {}", to_text(rejection.code), rejection.what);
    if (!rejection.accepted.empty()) text += fmt::format("; accepted: {}", rejection.accepted);
    if (!rejection.rule.empty()) {
        text += fmt::format(" [{}", rejection.rule);
        if (!rejection.citation.source.empty()) text += fmt::format("; {}", to_text(rejection.citation));
        text += ']';
    }
    return text;
}

}  // namespace crowdrules
