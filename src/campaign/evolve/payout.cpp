// SPDX-License-Identifier: BSL-1.0
// Money that goes to the creator, and what its shares wait for.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

void Application::apply(const Delivered&) const {
    state.delivered_at = at;
    date_shares();
}

void Application::apply(const MilestoneApproved& e) const {
    decide(e, MilestoneState::approved);
}

void Application::apply(const MilestoneRejected& e) const {
    decide(e, MilestoneState::rejected);
}

template <class Decision>
void Application::decide(const Decision& e, MilestoneState becomes) const {
    if (e.share >= state.milestones.size()) throw ContractViolation("no such share of the payouts");
    state.milestones[e.share] = {.state = becomes, .decided_at = at};
    date_shares();
    note(e, state.terms->payouts.shares[e.share].name, e.reason, e.decided_by);
}

void Application::date_shares() const {
    for (PayoutLine& line : state.payouts) {
        if (line.kind == PayoutLine::Kind::share && !line.paid_at && line.due == never)
            line.due = share_due(state, static_cast<std::size_t>(line.number), at);
    }
}

void Application::apply(const PayoutMade& e) const {
    if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
    for (const HeldShare& held : e.held) {
        if (held.share >= state.milestones.size() || held.amount <= 0)
            throw ContractViolation("money is held for a share that is none");
    }
    PayoutLine& line = state.payouts[e.payout];
    line.platform_fee = e.platform_fee;
    line.tax = e.tax;
    line.reserve = e.reserve;
    line.recouped = e.recouped;
    line.net = e.net;
    line.fee = e.fee;
    line.held = e.held_in_all();
    line.paid_at = at;
    state.totals.payout_fees += e.fee;
    for (const HeldShare& held : e.held) {
        const Instant due = share_due(state, held.share, at);
        state.payouts[payout_line(state, PayoutLine::Kind::share, held.share, due)].carried += held.amount;
    }
    remember_reference(state, "payout", e.reference, {.about = e.payout, .amount = e.net});
}

void Application::apply(const ReserveReleased& e) const {
    if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
    state.payouts[e.payout].reserve_released = true;
    state.totals.reserve_released += e.amount - e.recouped;
}

void Application::apply(const PayoutReturned& e) const {
    if (e.payout >= state.payouts.size() || !state.payouts[e.payout].paid_at)
        throw ContractViolation("only a payout that was made can come back");
    state.payouts[e.payout].returned += e.amount;
    (void)carry(state, PayoutLine::Kind::returned, e.amount, at);
    remember_reference(state, "payout return", e.reference, {.about = e.payout, .amount = e.amount});
}

void Application::apply(const PayoutAdded& e) const {
    (void)carry(state, PayoutLine::Kind::released, e.amount, at);
}

}  // namespace crowdrules::campaign
