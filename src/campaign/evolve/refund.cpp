// SPDX-License-Identifier: BSL-1.0
// Money that goes back to a backer.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

void Application::apply(const PledgeRefunded& e) const {
    const Handle handle = known(state, e.pledge.value);
    if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
    check_difference(e.difference);
    PledgeDetail& detail = detail_of(state, handle);
    const std::int64_t uncounted = uncounted_collected_of(state, handle);
    refund_instalments(handle, detail, e);
    note_lines_gone(state, handle, e.lines);
    note_free_gone(detail, e.instalment, e.lines);
    const std::int64_t held = held_without_right(state, handle);
    detail.refunded += e.amount;
    detail.refunded_for[static_cast<std::size_t>(e.item)] += e.cancelled + e.amount;
    state.totals.to_give_back += held_without_right(state, handle) - held;
    state.totals.uncounted_collected += uncounted_collected_of(state, handle) - uncounted;
    detail.fee_returned += e.fee_returned;
    detail.tax_returned += e.tax_returned;
    state.totals.refunded += e.amount;
    state.totals.fee_difference += e.difference;
    remember_reference(state, "refund", e.reference, {.about = e.pledge.value, .amount = e.amount + e.cancelled});
    PayoutLine& line = state.payouts[e.payout];
    if (e.from == Account::escrow && line.gross == 0) {
        line.carried -= e.amount;  // what was held in escrow when its payout was made
        if (line.kind == PayoutLine::Kind::given_back) {
            detail.to_return -= std::min(detail.to_return, e.amount);
            detail.allotted_refunded += e.amount;
        }
    } else if (e.from == Account::escrow) {
        line.refunded += e.amount;
        line.processing_fee -= e.fee_returned + e.tax_returned;
        const std::int64_t free = without(*state.terms, e.lines, &LineRule::bears_platform_fee);
        line.to_others -= of_others(e.lines);
        line.free -= free;
        line.free_refunded += free;
    } else {
        state.totals.fees_of_creator -= e.fee_returned + e.tax_returned;
    }
    const PledgeRecord& record = state.book.records[handle];
    if (nothing_left(record, detail)) move_to(state, handle, PledgeState::refunded);
}

void Application::note_free_gone(PledgeDetail& detail, std::uint32_t instalment,
                                 const std::vector<LineAmount>& lines) const {
    const std::int64_t free = without(*state.terms, lines, &LineRule::bears_processing_fee);
    for (ReportedCharge& charge : detail.reported)
        if (charge.instalment == instalment) charge.free_gone += free;
}

void Application::apply(const RefundReturned& e) const {
    const Handle handle = known(state, e.pledge.value);
    if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
    PledgeDetail& detail = detail_of(state, handle);
    if (e.amount <= 0 || e.amount > detail.refunded)
        throw ContractViolation("of a refund comes back at most what was refunded");
    const PledgeState now = state.book.records[handle].state;
    if (now == PledgeState::refunded || now == PledgeState::charged_back) move_to(state, handle, state_before(detail));
    const std::int64_t uncounted = uncounted_collected_of(state, handle);
    std::vector<LineAmount> no_longer_gone = e.lines;
    for (LineAmount& amount : no_longer_gone) amount.amount = -amount.amount;
    note_lines_gone(state, handle, no_longer_gone);
    note_free_gone(detail, e.instalment, no_longer_gone);
    const std::int64_t held = held_without_right(state, handle);
    detail.refunded -= e.amount;
    detail.refunded_for[static_cast<std::size_t>(e.item)] -= e.amount;
    state.totals.to_give_back += held_without_right(state, handle) - held;
    state.totals.uncounted_collected += uncounted_collected_of(state, handle) - uncounted;
    state.totals.refunded -= e.amount;
    std::int64_t left = e.amount;
    for (Instalment& part : detail.instalments) {  // the latest part went back first
        const std::int64_t back = std::min(part.refunded, left);
        part.refunded -= back;
        left -= back;
    }
    PayoutLine& line = state.payouts[e.payout];
    if (e.allotted) {
        line.carried += e.amount;
        detail.allotted_refunded -= e.amount;
        allot(detail, e.amount);
    } else if (e.to == Account::escrow) {
        line.refunded -= e.amount;
        const std::int64_t free = without(*state.terms, e.lines, &LineRule::bears_platform_fee);
        line.to_others += of_others(e.lines);
        line.free += free;
        line.free_refunded -= free;
    }
    remember_reference(state, "refund return", e.reference, {.about = e.pledge.value, .amount = e.amount});
}

PledgeState Application::state_before(const PledgeDetail& detail) const {
    if (detail.cancelled_at != Instant{}) return PledgeState::cancelled;
    return has_ended_without_success(state.phase) ? PledgeState::released : PledgeState::collected;
}

void Application::allot(PledgeDetail& detail, std::int64_t amount) const {
    if (detail.to_return == 0) {
        detail.returns_since = at;
        ++detail.allotments;
    }
    detail.to_return += amount;
}

void Application::apply(const RefundAllotted& e) const {
    const Handle handle = known(state, e.pledge.value);
    const auto from = std::find_if(state.payouts.begin(), state.payouts.end(), [&](const PayoutLine& line) {
        return line.kind == PayoutLine::Kind::share && line.number == e.share && !line.paid_at;
    });
    if (from == state.payouts.end() || e.amount <= 0 || e.amount > from->carried)
        throw ContractViolation("only what is held for a share can be allotted");
    from->carried -= e.amount;
    state.payouts[payout_line(state, PayoutLine::Kind::given_back, 0, never)].carried += e.amount;
    allot(detail_of(state, handle), e.amount);
}

void Application::take_back_allotted(PledgeDetail& detail, std::int64_t left) const {
    const std::int64_t beyond = detail.to_return - left;
    if (beyond <= 0) return;
    detail.to_return -= beyond;
    state.payouts[payout_line(state, PayoutLine::Kind::given_back, 0, never)].carried -= beyond;
    (void)carry(state, PayoutLine::Kind::released, beyond, at);
}

void Application::refund_instalments(Handle handle, PledgeDetail& detail, const PledgeRefunded& e) const {
    if (detail.instalments.empty()) return;
    for (const InstalmentRefund& step : refund_order(detail.instalments, e.cancelled + e.amount)) {
        Instalment& part = detail.instalments[step.index];
        if (!step.cancels) {
            part.refunded += step.amount;
            continue;
        }
        state.totals.instalments_given_up += step.amount;
        part.amount -= step.amount;
        if (part.amount > 0) continue;
        part.state = InstalmentState::cancelled;
        state.instalment_limits.erase(limit_of(state, handle, step.index));
    }
}

std::int64_t Application::collected_of(const PledgeRecord& record, const PledgeDetail& detail) {
    if (!record.has(PledgeRecord::in_instalments)) return record.amount - uncaptured_of(&detail);
    std::int64_t collected = 0;
    for (const Instalment& part : detail.instalments) {
        if (part.state == InstalmentState::collected) collected += part.amount;
    }
    return collected;
}

bool Application::nothing_left(const PledgeRecord& record, const PledgeDetail& detail) {
    return detail.refunded + detail.charged_back == collected_of(record, detail) && !has_open_parts(detail);
}

bool Application::has_open_parts(const PledgeDetail& detail) {
    return std::any_of(detail.instalments.begin(), detail.instalments.end(),
                       [](const Instalment& part) { return is_open(part.state); });
}

}  // namespace crowdrules::campaign
