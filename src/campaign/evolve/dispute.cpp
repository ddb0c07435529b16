// SPDX-License-Identifier: BSL-1.0
// Charges that a bank takes back.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

void Application::apply(const DisputeOpened& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_instalment(handle, e.instalment);
    check_difference(e.difference);
    PledgeDetail& detail = detail_of(state, handle);
    detail.disputed = e.amount;
    detail.disputed_free = without(*state.terms, e.lines, &LineRule::bears_platform_fee);
    detail.disputed_charge = e.instalment;
    detail.held_from = e.held_from;
    detail.reason = e.reason;
    detail.dispute_fee = e.fee;
    detail.dispute_fees += e.fee;
    state.totals.dispute_fees += e.fee;
    state.totals.fee_difference += e.difference;
    remember_reference(state, "dispute", e.reference,
                       {.about = e.pledge.value, .instalment = e.instalment, .amount = e.amount});
    if (e.held_from == Account::escrow) {
        PayoutLine& line = state.payouts[payout_of(state, handle, e.instalment)];
        line.disputed += e.amount;
        line.free -= detail.disputed_free;
        line.processing_fee += e.fee;
    } else {
        state.totals.fees_of_creator += e.fee;
    }
    // A pledge let go or cancelled stays so: its money only waits for the bank.
    if (is_standing(state.book.records[handle].state)) move_to(state, handle, PledgeState::disputed);
}

void Application::apply(const DisputeWon& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_difference(e.difference);
    settle_dispute(handle, e.amount, e.returns_to == Account::escrow);
    settle_dispute_fee(handle, e, e.returns_to == Account::escrow, 0);
    if (state.book.records[handle].state == PledgeState::disputed) move_to(state, handle, PledgeState::collected);
}

void Application::apply(const DisputeLost& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_difference(e.difference);
    PledgeDetail& detail = detail_of(state, handle);
    const bool was_in_escrow = detail.held_from == Account::escrow;
    state.totals.charged_back += e.amount;
    const std::int64_t held = held_without_right(state, handle);
    const std::int64_t uncounted = uncounted_collected_of(state, handle);
    note_lines_gone(state, handle, e.lines);
    note_free_gone(detail, detail.disputed_charge, e.lines);
    detail.charged_back += e.amount;
    state.totals.to_give_back += held_without_right(state, handle) - held;
    state.totals.uncounted_collected += uncounted_collected_of(state, handle) - uncounted;
    if (e.bearer == Bearer::platform) state.totals.borne_by_platform += e.amount;
    if (!detail.instalments.empty()) detail.instalments[detail.disputed_charge - 1].refunded += e.amount;
    if (was_in_escrow && e.bearer == Bearer::creator) {
        PayoutLine& line = state.payouts[payout_of(state, handle, detail.disputed_charge)];
        line.disputed -= e.amount;
        line.charged_back += e.amount;
        detail.disputed = 0;
        detail.disputed_free = 0;
    } else {
        settle_dispute(handle, e.amount, was_in_escrow);
    }
    settle_dispute_fee(handle, e, was_in_escrow, of_others(e.lines));
    const PledgeRecord& record = state.book.records[handle];
    take_back_allotted(detail, collected_of(record, detail) - detail.refunded - detail.charged_back);
    if (nothing_left(record, detail)) {
        move_to(state, handle, PledgeState::charged_back);
    } else if (record.state == PledgeState::disputed) {
        move_to(state, handle, PledgeState::collected);
    }
}

void Application::settle_dispute(Handle handle, std::int64_t amount, bool in_escrow) const {
    PledgeDetail& detail = detail_of(state, handle);
    detail.disputed = 0;
    const std::int64_t free = std::exchange(detail.disputed_free, 0);
    if (!in_escrow) return;
    const std::size_t line = payout_of(state, handle, detail.disputed_charge);
    state.payouts[line].disputed -= amount;
    if (state.payouts[line].paid_at) {
        release_from(state, handle, detail.disputed_charge, line, amount, free, at);
    } else {
        state.payouts[line].free += free;
    }
}

template <class Closed>
void Application::settle_dispute_fee(Handle handle, const Closed& e, bool in_escrow, std::int64_t from_others) const {
    PledgeDetail& detail = detail_of(state, handle);
    const std::int64_t back = e.fee_returned + e.fee_made_good;
    detail.dispute_fee = 0;
    detail.dispute_fees -= back;
    state.totals.dispute_fees -= e.fee_returned;
    state.totals.fee_difference += e.difference;
    if (!in_escrow) {
        state.totals.fees_of_creator -= back;
        return;
    }
    if (back == 0 && from_others == 0) return;
    std::size_t line = payout_of(state, handle, detail.disputed_charge);
    // Its payout bore the fee already: what comes back is paid with a line of its own.
    if (state.payouts[line].paid_at) line = carry(state, PayoutLine::Kind::released, 0, at);
    state.payouts[line].processing_fee -= back;
    state.payouts[line].to_others -= from_others;
}

}  // namespace crowdrules::campaign
