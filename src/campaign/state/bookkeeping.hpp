// SPDX-License-Identifier: BSL-1.0
// Bookkeeping: how pledges and their money are entered into a campaign's state, with every total that depends on them.
//
// Shared by the two forms in which events come (evolve.cpp and evolve_rows.cpp), so that both give the same state.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/core/contract.hpp>

#include "campaign/due/charges.hpp"
#include "lines.hpp"
#include "support.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign::bookkeeping {

// ---------------------------------------------------------------------------------------------------------------------
// Pledges.

inline Handle known(const State& state, std::uint64_t pledge) {
    const Handle handle = state.book.pledges.find(pledge);
    if (handle == no_handle) throw ContractViolation("the event names a pledge that was never made");
    return handle;
}

/// Amounts of all pledges ever made are summed once, checked; every other total of amounts is a part of that sum and
/// cannot overflow.
inline std::int64_t checked_everything(const State& state, std::int64_t more) {
    std::int64_t everything = 0;
    if (__builtin_add_overflow(state.totals.everything, more, &everything) || everything < 0) {
        throw Overflow("the amounts of all pledges together leave 64 bits");
    }
    return everything;
}

/// How many of its reward a pledge has.
inline std::uint32_t quantity_of(const PledgeDetail* detail) noexcept {
    return detail ? detail->quantity : 1;
}

/// What one pledge is worth while it stands, whether that counts or not.
inline Uncounted worth_of(const State& state, const PledgeRecord& record, const PledgeDetail* detail) {
    Uncounted worth{.amount = record.amount};
    if (record.reward != 0) worth.units = std::int64_t{quantity_of(detail)} * state.rewards[record.reward - 1u].units;
    if (detail) {
        worth.shipping = detail->shipping;
        for (const AddOnChoice& chosen : detail->add_ons)
            worth.units += std::int64_t{chosen.count} * std::int64_t{state.add_ons[chosen.add_on.value - 1].units};
    }
    if (state.keeps_fees)
        worth.fees = fee_on(state.terms->fees.processing, {record.amount, state.terms->currency}).minor();
    return worth;
}

/// What of a standing pledge counts toward nothing: its lines that do not, or all of it.
inline Uncounted uncounted_of(const State& state, const PledgeRecord& record, const PledgeDetail* detail,
                              const Uncounted& worth) {
    if (!is_counted(state, state.book.backers.id_of(record.backer))) return worth;
    Uncounted uncounted;
    if (!detail || detail->lines.empty()) return uncounted;
    uncounted.amount = without(*state.terms, detail->lines, &LineRule::counts);
    // Shipping that does not count is not taken off once more where it does not count toward the goal.
    for (const PledgeLine& line : detail->lines) {
        const LineRule& rule = state.terms->lines[line.rule];
        if (rule.name == "shipping" && !rule.counts) uncounted.shipping += line.amount;
    }
    return uncounted;
}

inline void count_uncounted(State& state, const Uncounted& worth, int sign) {
    Uncounted& uncounted = state.totals.uncounted;
    uncounted.amount += sign * worth.amount;
    uncounted.shipping += sign * worth.shipping;
    uncounted.units += sign * worth.units;
    uncounted.fees += sign * worth.fees;
}

/// Adds (sign +1) or takes away (-1) what a standing pledge is worth to the campaign's running totals.
inline void count_standing(State& state, const PledgeRecord& record, const PledgeDetail* detail, int sign) {
    if (record.reward != 0) {
        state.reward_taken[record.reward - 1u] += static_cast<std::uint32_t>(sign) * quantity_of(detail);
    }
    if (detail) {
        for (const AddOnChoice& chosen : detail->add_ons) {
            state.add_on_taken[chosen.add_on.value - 1] += static_cast<std::uint32_t>(sign) * chosen.count;
        }
    }
    if (state.keeps_given) state.book.given_of[record.backer] += sign * record.amount;
    if (record.has(PledgeRecord::late)) return;  // late pledges never count toward the goal

    const Uncounted worth = worth_of(state, record, detail);
    Totals& totals = state.totals;
    totals.standing += sign * worth.amount;
    totals.standing_shipping += sign * worth.shipping;
    totals.standing_units += sign * worth.units;
    totals.standing_fees += sign * worth.fees;
    count_uncounted(state, uncounted_of(state, record, detail, worth), sign);
}

inline void count_backer(State& state, Handle backer, int sign) {
    std::uint32_t& standing = state.book.standing_of[backer];
    standing += static_cast<std::uint32_t>(sign);
    const bool changes = sign > 0 ? standing == 1 : standing == 0;
    if (!changes) return;
    state.totals.backers += static_cast<std::uint64_t>(sign);
    if (!is_counted(state, state.book.backers.id_of(backer))) state.totals.uncounted.backers += sign;
}

inline void count_unpaid(State& state, const PledgeRecord& record, int sign) {
    if (comes_after_charges(state, record) || record.has(PledgeRecord::in_instalments)) return;
    state.totals.unpaid[record.has(PledgeRecord::after_success) ? 1 : 0] += static_cast<std::uint64_t>(sign);
}

/// What was charged for a pledge, in one or in parts.
inline std::int64_t charged_for(const PledgeRecord& record, const PledgeDetail* detail) {
    if (!record.has(PledgeRecord::charged)) return 0;
    if (!record.has(PledgeRecord::in_instalments)) return record.amount - uncaptured_of(detail);
    std::int64_t charged = 0;
    for (const Instalment& part : detail->instalments) {
        if (part.state == InstalmentState::collected) charged += part.amount;
    }
    return charged;
}

/// Money of a pledge that must be given back because the pledge does not stand any more.
inline std::int64_t held_without_right(const State& state, Handle handle) {
    const PledgeRecord& record = state.book.records[handle];
    const bool was_let_go = record.state == PledgeState::cancelled || record.state == PledgeState::released;
    if (!was_let_go || !record.has(PledgeRecord::charged)) return 0;
    const PledgeDetail* detail = state.book.detail_of(handle);
    return charged_for(record, detail) - (detail ? detail->refunded + detail->charged_back : 0);
}

/// Takes a pledge from one state to another, with every total that depends on it.
inline void move_to(State& state, Handle handle, PledgeState to) {
    PledgeRecord& record = state.book.records[handle];
    const PledgeState from = record.state;
    if (from == to) return;
    Tally& before = state.totals.by_state[static_cast<std::size_t>(from)];
    Tally& after = state.totals.by_state[static_cast<std::size_t>(to)];
    --before.count;
    before.amount -= record.amount;
    ++after.count;
    after.amount += record.amount;
    state.totals.to_give_back -= held_without_right(state, handle);
    state.totals.uncounted_collected -= uncounted_collected_of(state, handle);
    record.state = to;
    state.totals.to_give_back += held_without_right(state, handle);
    state.totals.uncounted_collected += uncounted_collected_of(state, handle);
    if (is_open(from) != is_open(to)) count_unpaid(state, record, is_open(to) ? 1 : -1);
    if (is_standing(from) != is_standing(to)) {
        const int sign = is_standing(to) ? 1 : -1;
        count_standing(state, record, state.book.detail_of(handle), sign);
        count_backer(state, record.backer, sign);
    }
}

inline Handle add_backer(State& state, std::uint64_t backer) {
    const Handle handle = state.book.backers.find_or_add(backer);
    if (handle == state.book.standing_of.size()) {
        state.book.standing_of.push_back(0);
        if (state.keeps_given) state.book.given_of.push_back(0);
    }
    return handle;
}

/// When a pledge was made, from the first on that is charged then.
inline void remember_made(State& state, Handle handle, Instant at) {
    std::vector<Instant>& made_at = state.book.made_at;
    if (made_at.empty() && charge_due(state, handle) != at_checkout) return;
    made_at.resize(handle + std::size_t{1}, at);
}

/// A new record in state `pledged`, without counting it as standing yet.
inline Handle add_record(State& state, Instant at, std::uint64_t pledge, std::uint64_t backer, std::uint16_t reward,
                         std::int64_t amount, std::uint8_t flags) {
    if (pledge == 0 || backer == 0) throw ContractViolation("a pledge has an id and a backer");
    if (amount < 0) throw ContractViolation("an amount is not negative");
    if (reward > state.rewards.size()) throw ContractViolation("the event names a reward that there is none of");
    const std::int64_t everything = checked_everything(state, amount);
    const Handle handle = state.book.pledges.find_or_add(pledge);
    if (handle != state.book.records.size()) throw ContractViolation("the event makes a pledge that exists already");
    if (state.succeeded_at && !state.closed) flags |= PledgeRecord::after_success;
    if (state.ready_at) flags |= PledgeRecord::after_ready;
    state.book.records.push_back(
        {.amount = amount, .backer = add_backer(state, backer), .reward = reward, .flags = flags});
    if (!state.book.payout_of.empty()) state.book.payout_of.push_back(0);
    remember_made(state, handle, at);
    state.totals.everything = everything;
    Tally& pledged = state.totals.by_state[static_cast<std::size_t>(PledgeState::pledged)];
    ++pledged.count;
    pledged.amount += amount;
    if ((flags & PledgeRecord::late) != 0) {
        Tally& made = (flags & PledgeRecord::supplement) != 0 ? state.totals.supplements : state.totals.late;
        ++made.count;
        made.amount += amount;
    }
    return handle;
}

inline void stand_up(State& state, Handle handle) {
    const PledgeRecord& record = state.book.records[handle];
    count_unpaid(state, record, 1);
    count_standing(state, record, state.book.detail_of(handle), 1);
    count_backer(state, record.backer, 1);
}

inline void change_amount(State& state, PledgeRecord& record, std::int64_t amount) {
    state.totals.everything = checked_everything(state, amount - record.amount);
    state.totals.by_state[static_cast<std::size_t>(record.state)].amount += amount - record.amount;
    record.amount = amount;
}

inline PledgeDetail& detail_of(State& state, Handle handle) {
    state.book.records[handle].flags |= PledgeRecord::detailed;
    return state.book.details[handle];
}

// ---------------------------------------------------------------------------------------------------------------------
// Payouts: which one the money of a charge belongs to.

inline std::size_t payout_line(State& state, PayoutLine::Kind kind, std::int64_t number, Instant due) {
    for (std::size_t i = state.payouts.size(); i-- > 0;) {
        const PayoutLine& line = state.payouts[i];
        if (line.kind == kind && line.number == number && !line.paid_at) return i;
    }
    // Money that arrives after its payout was made is paid with a line of its own; see `released`.
    state.payouts.push_back({.kind = kind, .number = number, .due = due});
    return state.payouts.size() - 1;
}

/// Later parts are paid out together, when the last of them can no longer be collected.
inline Instant instalments_due(const State& state) {
    const InstalmentPlan& plan = *state.terms->instalments;
    return occurrence(plan.cadence, *state.succeeded_at + plan.first_after, plan.count - 1) + plan.retry(1);
}

/// Whether the money of a line is held for something else than the creator's payouts: it is dated by what that is.
inline bool is_held(const PayoutLine& line) noexcept {
    return line.kind == PayoutLine::Kind::share || line.kind == PayoutLine::Kind::given_back;
}

/// From when payouts are counted: the success or, where charges wait for it, the readiness to ship. None before.
inline std::optional<Instant> payouts_from(const State& state) {
    return state.terms->charges.timing == ChargeTiming::when_ready ? state.ready_at : state.succeeded_at;
}

/// When money held for a share is paid; `never` while what it waits for has not happened. What is left of a rejected
/// one is due now.
inline Instant share_due(const State& state, std::size_t place, Instant at) {
    const PayoutShare& share = state.terms->payouts.shares[place];
    const Milestone& milestone = state.milestones[place];
    if (milestone.state == MilestoneState::rejected) return at;
    std::optional<Instant> from = payouts_from(state);
    if (share.after == PayoutAfter::delivery) from = state.delivered_at;
    if (share.after == PayoutAfter::approval) {
        from.reset();
        if (milestone.state == MilestoneState::approved) from = milestone.decided_at;
    }
    if (!from) return never;
    const auto due = payout_due(state.terms->payouts, *from, share.wait, share.business_days);
    if (!due) throw ContractViolation("the calendar of the payouts ends before the share falls due");
    return std::max({*due, share.not_before.value_or(at), at});
}

/// Whether the money of a success waits for the end of the campaign: an early one that is not paid out by period.
inline bool waits_for_end(const State& state) {
    return !state.closed && !state.in_second_round && state.window.has_end() &&
           !state.terms->payouts.later_every.repeats();
}

inline std::size_t payout_for(State& state, const PledgeRecord& record, Instant at, std::uint32_t instalment) {
    const PayoutPlan& plan = state.terms->payouts;
    const std::optional<Instant> from = payouts_from(state);
    const Instant due = from ? first_payout_due(plan, *from) : never;
    if (instalment > 1) return payout_line(state, PayoutLine::Kind::instalments, 0, instalments_due(state));
    // Charges that wait for the product fall due together, however the pledges came in.
    const bool comes_by_period = record.has(PledgeRecord::after_success) && plan.later_every.repeats() &&
                                 state.terms->charges.timing != ChargeTiming::when_ready;
    if ((record.has(PledgeRecord::late) || comes_by_period) && from) {
        const std::int64_t number = later_payout_of(plan, *from, at);
        const PayoutLine::Kind kind =
            record.has(PledgeRecord::supplement) ? PayoutLine::Kind::supplements : PayoutLine::Kind::later;
        return payout_line(state, kind, number, later_payout_due(plan, *from, number));
    }
    if (record.has(PledgeRecord::after_success) && state.in_second_round) {
        const Instant after_round =
            state.closed_at && from ? first_payout_due(plan, std::max(*state.closed_at, *from)) : never;
        return payout_line(state, PayoutLine::Kind::second_round, 0, after_round);
    }
    if (!state.payouts.empty() && state.payouts[0].kind == PayoutLine::Kind::campaign && !state.payouts[0].paid_at)
        return 0;
    return payout_line(state, PayoutLine::Kind::campaign, 0, std::max(due, at));
}

inline void remember_payout(State& state, Handle handle, std::uint32_t instalment, std::size_t line) {
    std::vector<std::uint32_t>& payout_of = state.book.payout_of;
    if (state.book.records[handle].has(PledgeRecord::in_instalments)) {
        state.book.details.at(handle).instalments[instalment - 1].payout = static_cast<std::uint32_t>(line);
        return;
    }
    if (line == 0 && payout_of.empty()) return;  // the everyday case needs no column
    if (payout_of.empty()) payout_of.resize(state.book.records.size());
    payout_of[handle] = static_cast<std::uint32_t>(line);
}

/// Takes money that is not in the line's own payout any more into one of its own, due at once.
inline void release_from(State& state, Handle handle, std::uint32_t instalment, std::size_t line, std::int64_t amount,
                         std::int64_t free, Instant at) {
    state.payouts[line].gross -= amount;
    PayoutLine fresh{.kind = PayoutLine::Kind::released,
                     .number = static_cast<std::int64_t>(state.payouts.size()),
                     .due = at,
                     .gross = amount,
                     .free = free};
    state.payouts.push_back(fresh);
    remember_payout(state, handle, instalment, state.payouts.size() - 1);
}

/// Money that bore its fees in a payout before: a line of its own, due at once. Returns its place.
inline std::size_t carry(State& state, PayoutLine::Kind kind, std::int64_t amount, Instant at) {
    state.payouts.push_back(
        {.kind = kind, .number = static_cast<std::int64_t>(state.payouts.size()), .due = at, .carried = amount});
    return state.payouts.size() - 1;
}

/// What a provider's reference stands for, once all that it brought about has happened.
inline void remember_reference(State& state, std::string_view kind, const std::string& reference,
                               const ReportedMovement& movement) {
    if (reference.empty()) return;
    ReportedMovement& known = state.references[std::string(kind) + ' ' + reference];
    const std::int64_t before = known.amount;  // a refund over instalments is several events
    known = movement;
    known.amount += before;
}

/// Notes down what one event says of the lines of a pledge.
inline void note_lines(State& state, Handle handle, const std::vector<LineAmount>& lines,
                       void (*note)(PledgeLine&, LineTotals&, const LineAmount&)) {
    for (const LineAmount& amount : lines) {
        const auto rule = find_rule(*state.terms, amount.line);
        auto& known = state.book.details.at(handle).lines;
        const auto line = std::find_if(known.begin(), known.end(), [&](const PledgeLine& l) { return l.rule == rule; });
        if (!rule || line == known.end()) throw ContractViolation("the event names a line that its pledge lacks");
        note(*line, state.lines[*rule], amount);
    }
}

/// Money that goes back to a backer, line by line.
inline void note_lines_gone(State& state, Handle handle, const std::vector<LineAmount>& lines) {
    note_lines(state, handle, lines, [](PledgeLine& line, LineTotals& totals, const LineAmount& gone) {
        line.gone += gone.amount;
        totals.gone += gone.amount;
        if (gone.account != Account::escrow) totals.returned += gone.amount;
    });
}

inline void collect(State& state, Instant at, Handle handle, std::int64_t amount, std::int64_t fee, std::int64_t tax,
                    std::uint32_t instalment, const std::vector<LineAmount>& lines = {}) {
    PledgeRecord& record = state.book.records[handle];
    const bool everyday = instalment == 1 && (record.flags & (PledgeRecord::late | PledgeRecord::after_success)) == 0 &&
                          !state.payouts.empty() && !state.payouts[0].paid_at;
    const std::size_t line = everyday ? 0 : payout_for(state, record, at, instalment);
    state.payouts[line].gross += amount;
    state.payouts[line].processing_fee += fee + tax;
    if (!lines.empty()) {
        state.payouts[line].to_others += of_others(lines);
        state.payouts[line].free += without(*state.terms, lines, &LineRule::bears_platform_fee);
        note_lines(state, handle, lines, [](PledgeLine& known, LineTotals& totals, const LineAmount& charged) {
            known.charged += charged.amount;
            totals.charged += charged.amount;
        });
    }
    state.totals.collected += amount;
    ++state.totals.charges;
    remember_payout(state, handle, instalment, line);
    record.flags |= PledgeRecord::charged;
    // A later part of a pledge that is in dispute for an earlier one leaves it so.
    if (record.state != PledgeState::disputed) move_to(state, handle, PledgeState::collected);
}

// ---------------------------------------------------------------------------------------------------------------------
// Instalments.

inline InstalmentLimit limit_of(const State& state, Handle handle, std::size_t part) {
    const InstalmentPlan& plan = *state.terms->instalments;
    const Instant due = state.book.details.at(handle).instalments[part].due;
    return {.at = due + plan.retry(part),
            .pledge = handle,
            .part = static_cast<std::uint32_t>(part)};
}

inline void forget_limits(State& state, Handle handle) {
    if (!state.book.records[handle].has(PledgeRecord::in_instalments)) return;
    for (std::size_t part = 0; part < state.book.details.at(handle).instalments.size(); ++part) {
        state.instalment_limits.erase(limit_of(state, handle, part));
    }
}

inline void schedule_instalments(State& state, Instant success) {
    if (!state.terms->instalments) return;
    const InstalmentPlan& plan = *state.terms->instalments;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        if (!record.has(PledgeRecord::in_instalments) || !is_standing(record.state)) continue;
        PledgeDetail& detail = state.book.details[handle];
        if (!detail.instalments.empty()) continue;
        detail.instalments = instalments_of(plan, {record.amount, state.terms->currency}, success);
        for (std::size_t part = 0; part < detail.instalments.size(); ++part) {
            state.instalment_limits.insert(limit_of(state, handle, part));
        }
    }
}

}  // namespace crowdrules::campaign::bookkeeping
