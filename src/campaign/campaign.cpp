// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/campaign.hpp>

#include "core/enumerators.hpp"

namespace crowdrules::campaign {

std::string_view to_text(MilestoneState state) noexcept {
    return detail::enumerator_name(state);
}

std::string_view to_text(Phase phase) noexcept {
    return detail::enumerator_name(phase);
}

std::string_view to_text(PayoutLine::Kind kind) noexcept {
    return detail::phrase_of(kind, {"campaign", "instalments", "second round", "later", "released", "returned",
                                    "supplements", "share", "given back"});
}

bool State::operator==(const State& other) const {
    const bool same_terms = terms == other.terms || (terms && other.terms && *terms == *other.terms);
    return same_terms && launched_at == other.launched_at && last == other.last && phase == other.phase &&
           window == other.window && in_second_round == other.in_second_round && closed == other.closed &&
           late_closed == other.late_closed && goal_missed == other.goal_missed && counted == other.counted &&
           paused_at == other.paused_at && closed_at == other.closed_at && succeeded_at == other.succeeded_at &&
           ready_at == other.ready_at && delivered_at == other.delivered_at && milestones == other.milestones &&
           released_at == other.released_at && guards == other.guards &&
           decisions == other.decisions && keeps_given == other.keeps_given && rewards == other.rewards &&
           add_ons == other.add_ons && reward_removed == other.reward_removed &&
           add_on_removed == other.add_on_removed && reward_taken == other.reward_taken &&
           add_on_taken == other.add_on_taken && stretch_reached == other.stretch_reached && lines == other.lines &&
           book == other.book && totals == other.totals && ledger == other.ledger && payouts == other.payouts &&
           keeps_fees == other.keeps_fees && instalment_limits == other.instalment_limits &&
           commands == other.commands && references == other.references && unmatched == other.unmatched;
}

}  // namespace crowdrules::campaign
