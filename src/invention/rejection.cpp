// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/rejection.hpp>

#include "reason/refusal_text.hpp"

namespace crowdrules {

std::string_view to_text(InventionRejectionCode code) noexcept {
    switch (code) {
        using enum InventionRejectionCode;
        case command_older_than_last:
            return "command_older_than_last";
        case command_conflicts_with_earlier:
            return "command_conflicts_with_earlier";
        case command_too_late:
            return "command_too_late";
        case id_missing:
            return "id_missing";
        case decider_missing:
            return "decider_missing";
        case member_unknown:
            return "member_unknown";
        case idea_unknown:
            return "idea_unknown";
        case product_unknown:
            return "product_unknown";
        case round_unknown:
            return "round_unknown";
        case phase_unknown:
            return "phase_unknown";
        case bucket_unknown:
            return "bucket_unknown";
        case channel_unknown:
            return "channel_unknown";
        case sale_unknown:
            return "sale_unknown";
        case presale_unknown:
            return "presale_unknown";
        case id_taken:
            return "id_taken";
        case member_is_company:
            return "member_is_company";
        case withholding_malformed:
            return "withholding_malformed";
        case member_is_owed:
            return "member_is_owed";
        case member_has_influence:
            return "member_has_influence";
        case member_holds_title:
            return "member_holds_title";
        case product_paused:
            return "product_paused";
        case product_not_paused:
            return "product_not_paused";
        case product_over:
            return "product_over";
        case product_not_ready:
            return "product_not_ready";
        case product_not_made:
            return "product_not_made";
        case product_made:
            return "product_made";
        case idea_is_contribution:
            return "idea_is_contribution";
        case idea_not_open:
            return "idea_not_open";
        case similar_to_itself:
            return "similar_to_itself";
        case not_its_submitter:
            return "not_its_submitter";
        case round_empty:
            return "round_empty";
        case idea_in_round:
            return "idea_in_round";
        case closing_not_later:
            return "closing_not_later";
        case round_closed:
            return "round_closed";
        case nothing_is_rated:
            return "nothing_is_rated";
        case idea_not_in_round:
            return "idea_not_in_round";
        case vote_cast_already:
            return "vote_cast_already";
        case votes_used_up:
            return "votes_used_up";
        case vote_not_cast:
            return "vote_not_cast";
        case rating_malformed:
            return "rating_malformed";
        case earlier_similar_idea:
            return "earlier_similar_idea";
        case idea_not_selected:
            return "idea_not_selected";
        case staff_picks_used_up:
            return "staff_picks_used_up";
        case phase_kind_differs:
            return "phase_kind_differs";
        case phase_not_waiting:
            return "phase_not_waiting";
        case phase_not_open:
            return "phase_not_open";
        case phase_still_open:
            return "phase_still_open";
        case winner_not_in_phase:
            return "winner_not_in_phase";
        case bucket_not_credited:
            return "bucket_not_credited";
        case claims_malformed:
            return "claims_malformed";
        case phases_malformed:
            return "phases_malformed";
        case influence_malformed:
            return "influence_malformed";
        case bucket_out_of_order:
            return "bucket_out_of_order";
        case recovery_missing:
            return "recovery_missing";
        case rights_forbid:
            return "rights_forbid";
        case presale_open_already:
            return "presale_open_already";
        case presale_malformed:
            return "presale_malformed";
        case presale_not_over:
            return "presale_not_over";
        case presale_missed:
            return "presale_missed";
        case presale_refused:
            return "presale_refused";
        case currency_differs:
            return "currency_differs";
        case amount_malformed:
            return "amount_malformed";
        case sold_before_start:
            return "sold_before_start";
        case sold_after_report:
            return "sold_after_report";
        case no_rate_in_force:
            return "no_rate_in_force";
        case sale_malformed:
            return "sale_malformed";
        case return_malformed:
            return "return_malformed";
        case return_larger_than_sale:
            return "return_larger_than_sale";
        case amount_too_large:
            return "amount_too_large";
        case nothing_due:
            return "nothing_due";
        case balance_negative:
            return "balance_negative";
        case below_minimum:
            return "below_minimum";
        case payment_fee_exceeds:
            return "payment_fee_exceeds";
    }
    return "";
}

bool is_final(InventionRejectionCode code) noexcept {
    switch (code) {
        using enum InventionRejectionCode;
        // Time, other people or another command may still change these.
        case member_unknown:
        case idea_unknown:
        case product_unknown:
        case round_unknown:
        case phase_unknown:
        case bucket_unknown:
        case sale_unknown:
        case presale_unknown:
        case member_is_owed:
        case member_has_influence:
        case member_holds_title:
        case product_paused:
        case product_not_paused:
        case product_not_ready:
        case product_not_made:
        case idea_not_open:
        case idea_in_round:
        case idea_not_in_round:
        case vote_cast_already:
        case votes_used_up:
        case vote_not_cast:
        case earlier_similar_idea:
        case idea_not_selected:
        case staff_picks_used_up:
        case phase_not_waiting:
        case phase_not_open:
        case phase_still_open:
        case winner_not_in_phase:
        case influence_malformed:
        case rights_forbid:
        case presale_not_over:
        case presale_refused:
        case sold_after_report:
        case return_larger_than_sale:
        case amount_too_large:
        case nothing_due:
        case balance_negative:
        case below_minimum:
        case payment_fee_exceeds:
            return false;

        case command_older_than_last:
        case command_conflicts_with_earlier:
        case command_too_late:
        case id_missing:
        case decider_missing:
        case channel_unknown:
        case id_taken:
        case member_is_company:
        case withholding_malformed:
        case product_over:
        case product_made:
        case idea_is_contribution:
        case similar_to_itself:
        case not_its_submitter:
        case round_empty:
        case closing_not_later:
        case round_closed:
        case nothing_is_rated:
        case rating_malformed:
        case phase_kind_differs:
        case bucket_not_credited:
        case claims_malformed:
        case phases_malformed:
        case bucket_out_of_order:
        case recovery_missing:
        case presale_open_already:
        case presale_malformed:
        case presale_missed:
        case currency_differs:
        case amount_malformed:
        case sold_before_start:
        case no_rate_in_force:
        case sale_malformed:
        case return_malformed:
            return true;
    }
    return true;
}

std::string to_text(const InventionRejection& rejection) {
    return detail::refusal_text(to_text(rejection.code), rejection.what, rejection.accepted, rejection.rule,
                                rejection.citation);
}

}  // namespace crowdrules
