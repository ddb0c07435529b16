// SPDX-License-Identifier: BSL-1.0
// Pledges made, changed, cut and cancelled.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

template <class PledgeEvent>
std::vector<PledgeLine> Application::lines_of(const PledgeEvent& e) const {
    std::vector<PledgeLine> lines;
    std::int64_t left = e.amount;
    for (const LineAmount& line : e.lines) {
        const auto rule = find_rule(*state.terms, line.line);
        const auto is_same = [&](const PledgeLine& other) { return other.rule == rule; };
        if (!rule || std::any_of(lines.begin(), lines.end(), is_same))
            throw ContractViolation("a pledge has each line once, and the terms a rule for it");
        if (line.amount < 0 || line.amount > left) throw ContractViolation("lines are parts of the amount");
        left -= line.amount;
        lines.push_back({.rule = *rule, .amount = line.amount});
    }
    return lines;
}

template <class PledgeEvent>
bool Application::needs_detail(const PledgeEvent& e) {
    return !e.add_ons.empty() || !e.ship_to.empty() || e.shipping != 0 || e.in_instalments || e.quantity ||
           !e.lines.empty();
}

template <class PledgeEvent>
void Application::note_detail(Handle handle, const PledgeEvent& e, std::vector<PledgeLine> lines) const {
    PledgeDetail& detail = detail_of(state, handle);
    detail.add_ons = e.add_ons;
    detail.ship_to = e.ship_to;
    detail.shipping = e.shipping;
    detail.quantity = e.quantity.value_or(1);
    detail.lines = std::move(lines);
}

template <class PledgeEvent>
void Application::check_choice(const PledgeEvent& e, Handle replaced) const {
    for (const AddOnChoice& chosen : e.add_ons) (void)at_place(state.add_ons, chosen.add_on.value, "no such add-on");
    if (e.reward.value > state.rewards.size()) throw ContractViolation("no such reward");
    if (e.shipping < 0 || e.shipping > e.amount) throw ContractViolation("shipping is a part of the amount");
    if (!units_fit(state, e.reward, e.quantity.value_or(1), e.add_ons, replaced)) {
        throw Overflow("the units of all pledges together leave 64 bits");
    }
}

void Application::apply(const PledgeMade& e) const {
    check_choice(e, no_handle);
    std::vector<PledgeLine> lines = lines_of(e);
    const Handle supplemented = e.supplement_to.is_none() ? no_handle : known(state, e.supplement_to.value);
    std::uint8_t flags = 0;
    if (e.late) flags |= PledgeRecord::late;
    if (e.in_instalments) flags |= PledgeRecord::in_instalments;
    if (supplemented != no_handle) flags |= static_cast<std::uint8_t>(PledgeRecord::supplement | PledgeRecord::late);
    const Handle handle = add_record(state, at, e.pledge.value, e.backer.value,
                                     static_cast<std::uint16_t>(e.reward.value), e.amount, flags);
    if (needs_detail(e) || supplemented != no_handle) note_detail(handle, e, std::move(lines));
    if (supplemented != no_handle) detail_of(state, handle).supplement_to = supplemented;
    stand_up(state, handle);
    state.totals.declined += e.declined;
}

void Application::apply(const PledgeChanged& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_choice(e, handle);
    std::vector<PledgeLine> lines = lines_of(e);
    PledgeRecord& record = state.book.records[handle];
    if (!is_open(record.state)) throw ContractViolation("the event changes a pledge that is settled");
    (void)checked_everything(state, e.amount - record.amount);
    count_unpaid(state, record, -1);
    count_standing(state, record, state.book.detail_of(handle), -1);
    change_amount(state, record, e.amount);
    record.reward = static_cast<std::uint16_t>(e.reward.value);
    record.flags = static_cast<std::uint8_t>(record.flags & ~PledgeRecord::in_instalments);
    if (e.in_instalments) record.flags |= PledgeRecord::in_instalments;
    if (needs_detail(e) || record.has(PledgeRecord::detailed)) note_detail(handle, e, std::move(lines));
    count_unpaid(state, record, 1);
    count_standing(state, record, state.book.detail_of(handle), 1);
}

void Application::apply(const PledgeCut& e) const {
    const Handle handle = known(state, e.pledge.value);
    PledgeRecord& record = state.book.records[handle];
    if (!is_open(record.state) || e.amount <= 0 || e.amount > record.amount)
        throw ContractViolation("a pledge that is not charged is cut to a part of it");
    count_standing(state, record, state.book.detail_of(handle), -1);
    change_amount(state, record, e.amount);
    if (record.has(PledgeRecord::detailed)) {
        PledgeDetail& detail = detail_of(state, handle);
        detail.shipping = std::min(detail.shipping, e.amount);
    }
    count_standing(state, record, state.book.detail_of(handle), 1);
    state.totals.declined += e.declined;
}

void Application::apply(const PledgeCancelled& e) const {
    const Handle handle = known(state, e.pledge.value);
    if (state.book.records[handle].has(PledgeRecord::charged)) detail_of(state, handle).cancelled_at = at;
    move_to(state, handle, PledgeState::cancelled);
}

}  // namespace crowdrules::campaign
