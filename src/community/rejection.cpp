// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/rejection.hpp>

#include "core/enumerators.hpp"
#include "reason/refusal_text.hpp"

namespace crowdrules::community {

std::string_view to_text(RejectionCode code) noexcept {
    return detail::enumerator_name(code);
}

bool is_final(RejectionCode code) noexcept {
    switch (code) {
        using enum RejectionCode;
        // Time, other people or another command may still change these.
        case member_unknown:
        case idea_unknown:
        case product_unknown:
        case round_unknown:
        case phase_unknown:
        case bucket_unknown:
        case sale_unknown:
        case presale_unknown:
        case claim_unknown:
        case member_is_owed:
        case member_has_influence:
        case member_holds_title:
        case product_paused:
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
        case claim_malformed:
        case claim_id_taken:
        case claim_decided:
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

std::string to_text(const Rejection& rejection) {
    return detail::refusal_text(to_text(rejection.code), rejection.what, rejection.accepted, rejection.rule,
                                rejection.citation);
}

}  // namespace crowdrules::community
