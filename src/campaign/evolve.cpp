// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/core/contract.hpp>

#include "judge.hpp"
#include <algorithm>

namespace crowdrules {

namespace {

// ---------------------------------------------------------------------------------------------------------------------
// Pledges. Shared by events and rows, so that both give the same state.

Handle known(const CampaignState& state, std::uint64_t pledge) {
    const Handle handle = state.book.pledges.find(pledge);
    if (handle == no_handle) throw ContractViolation("the event names a pledge that was never made");
    return handle;
}

/// Amounts of all pledges ever made are summed once, checked; every other total of amounts is a part of that sum and
/// cannot overflow.
std::int64_t checked_everything(const CampaignState& state, std::int64_t more) {
    std::int64_t everything = 0;
    if (__builtin_add_overflow(state.totals.everything, more, &everything) || everything < 0) {
        throw Overflow("the amounts of all pledges together leave 64 bits");
    }
    return everything;
}

bool is_open(PledgeState state) {
    return state == PledgeState::pledged || state == PledgeState::errored;
}

/// Adds (sign +1) or takes away (-1) what a standing pledge is worth to the campaign's running totals.
void count_standing(CampaignState& state, const PledgeRecord& record, const PledgeDetail* detail, int sign) {
    if (record.reward != 0) {
        state.reward_taken[record.reward - 1u] += static_cast<std::uint32_t>(sign);
    }
    if (detail) {
        for (const AddOnChoice& chosen : detail->add_ons) {
            state.add_on_taken[chosen.add_on.value - 1] += static_cast<std::uint32_t>(sign) * chosen.count;
        }
    }
    if (record.has(PledgeRecord::late)) return;  // late pledges never count toward the goal

    Totals& totals = state.totals;
    totals.standing += sign * record.amount;
    if (record.reward != 0) totals.standing_units += sign * std::int64_t{state.rewards[record.reward - 1u].units};
    if (detail) {
        totals.standing_shipping += sign * detail->shipping;
        for (const AddOnChoice& chosen : detail->add_ons) {
            totals.standing_units +=
                sign * std::int64_t{chosen.count} * std::int64_t{state.add_ons[chosen.add_on.value - 1].units};
        }
    }
    if (state.keeps_fees) {
        totals.standing_fees +=
            sign * fee_on(state.terms->fees.processing, {record.amount, state.terms->currency}).minor();
    }
}

void count_backer(CampaignState& state, Handle backer, int sign) {
    std::uint32_t& standing = state.book.standing_of[backer];
    standing += static_cast<std::uint32_t>(sign);
    if (sign > 0 && standing == 1) ++state.totals.backers;
    if (sign < 0 && standing == 0) --state.totals.backers;
}

void count_unpaid(CampaignState& state, const PledgeRecord& record, int sign) {
    if (record.has(PledgeRecord::late) || record.has(PledgeRecord::in_instalments)) return;
    state.totals.unpaid[record.has(PledgeRecord::after_success) ? 1 : 0] += static_cast<std::uint64_t>(sign);
}

/// Takes a pledge from one state to another, with every total that depends on it.
void move_to(CampaignState& state, Handle handle, PledgeState to) {
    PledgeRecord& record = state.book.records[handle];
    const PledgeState from = record.state;
    if (from == to) return;
    Tally& before = state.totals.by_state[static_cast<std::size_t>(from)];
    Tally& after = state.totals.by_state[static_cast<std::size_t>(to)];
    --before.count;
    before.amount -= record.amount;
    ++after.count;
    after.amount += record.amount;
    record.state = to;
    if (is_open(from) != is_open(to)) count_unpaid(state, record, is_open(to) ? 1 : -1);
    if (is_standing(from) != is_standing(to)) {
        const int sign = is_standing(to) ? 1 : -1;
        count_standing(state, record, state.book.detail_of(handle), sign);
        count_backer(state, record.backer, sign);
    }
}

Handle add_backer(CampaignState& state, std::uint64_t backer) {
    if (backer == 0) throw ContractViolation("a pledge has a backer");
    const Handle handle = state.book.backers.find_or_add(backer);
    if (handle == state.book.standing_of.size()) state.book.standing_of.push_back(0);
    return handle;
}

/// A new record in state `pledged`, without counting it as standing yet.
Handle add_record(CampaignState& state, std::uint64_t pledge, std::uint64_t backer, std::uint16_t reward,
                  std::int64_t amount, std::uint8_t flags) {
    if (pledge == 0 || amount < 0) throw ContractViolation("a pledge has an id and an amount that is not negative");
    if (reward > state.rewards.size()) throw ContractViolation("the event names a reward that there is none of");
    const std::int64_t everything = checked_everything(state, amount);
    const Handle handle = state.book.pledges.find_or_add(pledge);
    if (handle != state.book.records.size()) throw ContractViolation("the event makes a pledge that exists already");
    if (state.succeeded_at && !state.closed) flags |= PledgeRecord::after_success;
    state.book.records.push_back(
        {.amount = amount, .backer = add_backer(state, backer), .reward = reward, .flags = flags});
    if (!state.book.payout_of.empty()) state.book.payout_of.push_back(0);
    state.totals.everything = everything;
    Tally& pledged = state.totals.by_state[static_cast<std::size_t>(PledgeState::pledged)];
    ++pledged.count;
    pledged.amount += amount;
    if ((flags & PledgeRecord::late) != 0) {
        ++state.totals.late.count;
        state.totals.late.amount += amount;
    }
    return handle;
}

void stand_up(CampaignState& state, Handle handle) {
    const PledgeRecord& record = state.book.records[handle];
    count_unpaid(state, record, 1);
    count_standing(state, record, state.book.detail_of(handle), 1);
    count_backer(state, record.backer, 1);
}

void change_amount(CampaignState& state, PledgeRecord& record, std::int64_t amount) {
    state.totals.everything = checked_everything(state, amount - record.amount);
    state.totals.by_state[static_cast<std::size_t>(record.state)].amount += amount - record.amount;
    record.amount = amount;
}

PledgeDetail& detail_of(CampaignState& state, Handle handle) {
    state.book.records[handle].flags |= PledgeRecord::detailed;
    return state.book.details[handle];
}

// ---------------------------------------------------------------------------------------------------------------------
// Payouts: which one the money of a charge belongs to.

std::size_t payout_line(CampaignState& state, PayoutLine::Kind kind, std::int64_t number, Instant due) {
    for (std::size_t i = state.payouts.size(); i-- > 0;) {
        const PayoutLine& line = state.payouts[i];
        if (line.kind == kind && line.number == number && !line.paid_at) return i;
    }
    // Money that arrives after its payout was made is paid with a line of its own; see `released`.
    state.payouts.push_back({.kind = kind, .number = number, .due = due});
    return state.payouts.size() - 1;
}

/// Later parts are paid out together, when the last of them can no longer be collected.
Instant instalments_due(const CampaignState& state) {
    const InstalmentPlan& plan = *state.terms->instalments;
    return occurrence(plan.cadence, *state.succeeded_at + plan.first_after, plan.count - 1) + plan.retry_later;
}

bool repeats(const PayoutPlan& plan) {
    return plan.later_every.every > Elapsed::zero() || plan.later_every.months > 0;
}

std::size_t payout_for(CampaignState& state, const PledgeRecord& record, Instant at, std::uint32_t instalment) {
    const PayoutPlan& plan = state.terms->payouts;
    const Instant due = state.succeeded_at ? *state.succeeded_at + plan.first_after : never;
    if (instalment > 1) return payout_line(state, PayoutLine::Kind::instalments, 0, instalments_due(state));
    const bool is_later = record.has(PledgeRecord::late) || (record.has(PledgeRecord::after_success) && repeats(plan));
    if (is_later && state.succeeded_at) {
        const std::int64_t number = later_payout_of(plan, *state.succeeded_at, at);
        return payout_line(state, PayoutLine::Kind::later, number, later_payout_due(plan, *state.succeeded_at, number));
    }
    if (record.has(PledgeRecord::after_success) && state.in_second_round) {
        const Instant after_round = state.closed_at ? *state.closed_at + plan.first_after : never;
        return payout_line(state, PayoutLine::Kind::second_round, 0, after_round);
    }
    if (!state.payouts.empty() && state.payouts[0].kind == PayoutLine::Kind::campaign && !state.payouts[0].paid_at)
        return 0;
    return payout_line(state, PayoutLine::Kind::campaign, 0, std::max(due, at));
}

void remember_payout(CampaignState& state, Handle handle, std::uint32_t instalment, std::size_t line) {
    std::vector<std::uint16_t>& payout_of = state.book.payout_of;
    if (state.book.records[handle].has(PledgeRecord::in_instalments)) {
        state.book.details.at(handle).instalments[instalment - 1].payout = static_cast<std::uint32_t>(line);
        return;
    }
    if (line == 0 && payout_of.empty()) return;  // the everyday case needs no column
    expects(line <= std::numeric_limits<std::uint16_t>::max(), "a campaign has at most 65,536 payouts");
    if (payout_of.empty()) payout_of.resize(state.book.records.size());
    payout_of[handle] = static_cast<std::uint16_t>(line);
}

/// Takes money that is not in the line's own payout any more into one of its own, due at once.
void release_from(CampaignState& state, Handle handle, std::uint32_t instalment, std::size_t line, std::int64_t amount,
                  Instant at) {
    state.payouts[line].gross -= amount;
    PayoutLine fresh{.kind = PayoutLine::Kind::released,
                     .number = static_cast<std::int64_t>(state.payouts.size()),
                     .due = at,
                     .gross = amount};
    state.payouts.push_back(fresh);
    remember_payout(state, handle, instalment, state.payouts.size() - 1);
}

void collect(CampaignState& state, Instant at, Handle handle, std::int64_t amount, std::int64_t fee, std::int64_t tax,
             std::uint32_t instalment) {
    PledgeRecord& record = state.book.records[handle];
    const bool everyday = instalment == 1 && (record.flags & (PledgeRecord::late | PledgeRecord::after_success)) == 0 &&
                          !state.payouts.empty() && !state.payouts[0].paid_at;
    const std::size_t line = everyday ? 0 : payout_for(state, record, at, instalment);
    state.payouts[line].gross += amount;
    state.payouts[line].processing_fee += fee + tax;
    state.totals.collected += amount;
    ++state.totals.charges;
    remember_payout(state, handle, instalment, line);
    record.flags |= PledgeRecord::charged;
    move_to(state, handle, PledgeState::collected);
}

// ---------------------------------------------------------------------------------------------------------------------
// Instalments.

InstalmentLimit limit_of(const CampaignState& state, Handle handle, std::size_t part) {
    const InstalmentPlan& plan = *state.terms->instalments;
    const Instant due = state.book.details.at(handle).instalments[part].due;
    return {.at = due + (part == 0 ? plan.retry_first : plan.retry_later),
            .pledge = handle,
            .part = static_cast<std::uint32_t>(part)};
}

void forget_limits(CampaignState& state, Handle handle) {
    if (!state.book.records[handle].has(PledgeRecord::in_instalments)) return;
    for (std::size_t part = 0; part < state.book.details.at(handle).instalments.size(); ++part) {
        state.instalment_limits.erase(limit_of(state, handle, part));
    }
}

void schedule_instalments(CampaignState& state, Instant success) {
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

// ---------------------------------------------------------------------------------------------------------------------
// Endings.

void close(CampaignState& state, Instant at) {
    if (state.closed) return;
    state.closed = true;
    state.closed_at = at;
    std::uint64_t count = 0;
    for (const PledgeState standing :
         {PledgeState::pledged, PledgeState::errored, PledgeState::collected, PledgeState::disputed}) {
        count += state.totals.in(standing).count;
    }
    state.totals.ended = {.count = count, .amount = state.totals.standing};
    state.totals.ended_backers = state.totals.backers;
    state.totals.ended_units = state.totals.standing_units;
    if (state.succeeded_at) {
        state.phase = Phase::succeeded;
        // The money of an early success waits for the end, that of a second round for its own.
        const Instant due = at + state.terms->payouts.first_after;
        for (PayoutLine& line : state.payouts) {
            const bool waits = line.kind == PayoutLine::Kind::second_round ||
                               (line.kind == PayoutLine::Kind::campaign && !state.in_second_round);
            if (waits && !line.paid_at) line.due = due;
        }
    }
}

/// Every standing pledge is let go; what was charged is to be given back.
void release_all(CampaignState& state, Instant at, Phase phase) {
    close(state, at);
    state.phase = phase;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        if (is_standing(record.state) && record.state != PledgeState::disputed)
            move_to(state, handle, PledgeState::released);
    }
    state.instalment_limits.clear();
}

void succeed(CampaignState& state, Instant at, std::int64_t counted) {
    state.succeeded_at = at;
    state.counted = counted;
    if (state.payouts.empty()) state.payouts.push_back({.kind = PayoutLine::Kind::campaign});
    state.payouts[0].due = at + state.terms->payouts.first_after;
    schedule_instalments(state, at);
}

// ---------------------------------------------------------------------------------------------------------------------
// Stretch goals.

struct StretchChange {
    CampaignState& state;
    bool reached;

    void operator()(const UpgradeRewards&) const {}  // the upgrade is the promise itself
    void operator()(const OpenAddOn& effect) const { state.add_ons[effect.add_on.value - 1].locked = !reached; }
    void operator()(const AddStock& effect) const {
        Reward& reward = state.rewards[effect.reward.value - 1];
        if (!reward.quantity) return;  // there was no limit
        if (reached) {
            *reward.quantity += effect.count;
        } else {
            // What is taken stays taken.
            const std::uint32_t less = std::min(*reward.quantity, effect.count);
            *reward.quantity = std::max(*reward.quantity - less, state.reward_taken[effect.reward.value - 1]);
        }
    }
};

// ---------------------------------------------------------------------------------------------------------------------
// One function for each event. The dispatcher below has another name on purpose: were it called `apply` too, an event
// without its own function would convert back to the variant and call the dispatcher for ever.

struct Application {
    CampaignState& state;
    Instant at;

    template <class Item>
    static Item& at_place(std::vector<Item>& items, std::uint64_t place, const char* message) {
        if (place == 0 || place > items.size()) throw ContractViolation(message);
        return items[place - 1];
    }

    void apply(const CampaignLaunched&) const {
        throw ContractViolation("a campaign is launched once, by its first event");
    }
    void apply(const CampaignPaused&) const {
        state.phase = Phase::paused;
        state.paused_at = at;
    }
    void apply(const CampaignResumed& e) const {
        state.phase = Phase::live;
        state.paused_at.reset();
        state.window.closes = e.closes;
    }
    void apply(const CampaignCancelled&) const { release_all(state, at, Phase::cancelled); }
    void apply(const CampaignSuspended&) const { release_all(state, at, Phase::suspended); }
    void apply(const DeadlineExtended& e) const { state.window.closes = e.closes; }
    void apply(const RoundWon& e) const {
        succeed(state, at, e.counted);
        state.in_second_round = true;
        state.window.closes = e.closes;
        state.phase = Phase::live;
    }
    void apply(const CollectionStarted& e) const {
        state.phase = Phase::collecting;
        state.counted = e.counted;
    }
    void apply(const CampaignSucceeded& e) const {
        succeed(state, at, e.counted);
        state.goal_missed = e.goal_missed;
        state.phase = state.closed ? Phase::succeeded : state.phase;
    }
    void apply(const CampaignClosed&) const { close(state, at); }
    void apply(const CampaignFailed& e) const {
        release_all(state, at, Phase::failed);
        state.counted = e.counted;
    }
    void apply(const LatePledgesClosed&) const { state.late_closed = true; }

    void apply(const RewardAdded& e) const {
        state.rewards.push_back(e.reward);
        state.reward_removed.push_back(false);
        state.reward_taken.push_back(0);
    }
    void apply(const RewardChanged& e) const { at_place(state.rewards, e.reward.value, "no such reward") = e.becomes; }
    void apply(const RewardRemoved& e) const {
        (void)at_place(state.rewards, e.reward.value, "no such reward");
        state.reward_removed[e.reward.value - 1] = true;
    }
    void apply(const AddOnAdded& e) const {
        state.add_ons.push_back(e.add_on);
        state.add_on_removed.push_back(false);
        state.add_on_taken.push_back(0);
    }
    void apply(const AddOnChanged& e) const { at_place(state.add_ons, e.add_on.value, "no such add-on") = e.becomes; }
    void apply(const AddOnRemoved& e) const {
        (void)at_place(state.add_ons, e.add_on.value, "no such add-on");
        state.add_on_removed[e.add_on.value - 1] = true;
    }
    void apply(const StretchGoalReached& e) const { change_stretch(e.goal, true); }
    void apply(const StretchGoalLost& e) const { change_stretch(e.goal, false); }
    void change_stretch(std::uint32_t goal, bool reached) const {
        if (goal >= state.stretch_reached.size()) throw ContractViolation("no such stretch goal");
        state.stretch_reached[goal] = reached;
        std::visit(StretchChange{state, reached}, state.terms->stretch_goals[goal].effect);
    }

    void apply(const PledgeMade& e) const {
        for (const AddOnChoice& chosen : e.add_ons)
            (void)at_place(state.add_ons, chosen.add_on.value, "no such add-on");
        if (e.reward.value > state.rewards.size()) throw ContractViolation("no such reward");
        std::uint8_t flags = 0;
        if (e.late) flags |= PledgeRecord::late;
        if (e.in_instalments) flags |= PledgeRecord::in_instalments;
        const Handle handle = add_record(state, e.pledge.value, e.backer.value,
                                         static_cast<std::uint16_t>(e.reward.value), e.amount, flags);
        if (!e.add_ons.empty() || !e.ship_to.empty() || e.shipping != 0 || e.in_instalments) {
            PledgeDetail& detail = detail_of(state, handle);
            detail.add_ons = e.add_ons;
            detail.ship_to = e.ship_to;
            detail.shipping = e.shipping;
        }
        stand_up(state, handle);
    }
    void apply(const PledgeChanged& e) const {
        const Handle handle = known(state, e.pledge.value);
        for (const AddOnChoice& chosen : e.add_ons)
            (void)at_place(state.add_ons, chosen.add_on.value, "no such add-on");
        if (e.reward.value > state.rewards.size()) throw ContractViolation("no such reward");
        PledgeRecord& record = state.book.records[handle];
        (void)checked_everything(state, e.amount - record.amount);
        count_unpaid(state, record, -1);
        count_standing(state, record, state.book.detail_of(handle), -1);
        change_amount(state, record, e.amount);
        record.reward = static_cast<std::uint16_t>(e.reward.value);
        record.flags = static_cast<std::uint8_t>(record.flags & ~PledgeRecord::in_instalments);
        if (e.in_instalments) record.flags |= PledgeRecord::in_instalments;
        const bool needs_detail = !e.add_ons.empty() || !e.ship_to.empty() || e.shipping != 0 || e.in_instalments;
        if (needs_detail || record.has(PledgeRecord::detailed)) {
            PledgeDetail& detail = detail_of(state, handle);
            detail.add_ons = e.add_ons;
            detail.ship_to = e.ship_to;
            detail.shipping = e.shipping;
        }
        count_unpaid(state, record, 1);
        count_standing(state, record, state.book.detail_of(handle), 1);
    }
    void apply(const PledgeCancelled& e) const { move_to(state, known(state, e.pledge.value), PledgeState::cancelled); }

    void apply(const ChargeCollected& e) const {
        const Handle handle = known(state, e.pledge.value);
        if (state.book.records[handle].has(PledgeRecord::in_instalments)) {
            PledgeDetail& detail = detail_of(state, handle);
            if (e.instalment == 0 || e.instalment > detail.instalments.size())
                throw ContractViolation("no such instalment");
            Instalment& part = detail.instalments[e.instalment - 1];
            part.state = InstalmentState::collected;
            part.fee = e.fee + e.tax;
            state.instalment_limits.erase(limit_of(state, handle, e.instalment - 1));
        }
        collect(state, at, handle, e.amount, e.fee, e.tax, e.instalment);
    }
    void apply(const ChargeFailed& e) const {
        const Handle handle = known(state, e.pledge.value);
        const PledgeRecord& record = state.book.records[handle];
        if (record.has(PledgeRecord::in_instalments)) {
            PledgeDetail& detail = detail_of(state, handle);
            if (e.instalment == 0 || e.instalment > detail.instalments.size())
                throw ContractViolation("no such instalment");
            detail.instalments[e.instalment - 1].state = InstalmentState::errored;
        }
        if (!record.has(PledgeRecord::charged)) move_to(state, handle, PledgeState::errored);
    }
    void apply(const PledgeDropped& e) const {
        const Handle handle = known(state, e.pledge.value);
        if (!state.book.records[handle].has(PledgeRecord::charged)) {
            forget_limits(state, handle);
            return move_to(state, handle, PledgeState::dropped);
        }
        forget_limits(state, handle);
        for (Instalment& part : detail_of(state, handle).instalments) {
            if (part.state == InstalmentState::collected || part.state == InstalmentState::cancelled) continue;
            part.state = InstalmentState::cancelled;
            state.totals.instalments_given_up += part.amount;
        }
    }

    void apply(const PledgeRefunded& e) const {
        const Handle handle = known(state, e.pledge.value);
        if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
        PledgeDetail& detail = detail_of(state, handle);
        refund_instalments(handle, detail, e);
        detail.refunded += e.amount;
        detail.fee_returned += e.fee_returned;
        detail.tax_returned += e.tax_returned;
        state.totals.refunded += e.amount;
        PayoutLine& line = state.payouts[e.payout];
        if (e.from == Account::escrow) {
            line.refunded += e.amount;
            line.processing_fee -= e.fee_returned + e.tax_returned;
        }
        const PledgeRecord& record = state.book.records[handle];
        if (nothing_left(record, detail)) move_to(state, handle, PledgeState::refunded);
    }
    void refund_instalments(Handle handle, PledgeDetail& detail, const PledgeRefunded& e) const {
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
    [[nodiscard]] static std::int64_t collected_of(const PledgeRecord& record, const PledgeDetail& detail) {
        if (!record.has(PledgeRecord::in_instalments)) return record.amount;
        std::int64_t collected = 0;
        for (const Instalment& part : detail.instalments) {
            if (part.state == InstalmentState::collected) collected += part.amount;
        }
        return collected;
    }
    [[nodiscard]] static bool nothing_left(const PledgeRecord& record, const PledgeDetail& detail) {
        return detail.refunded + detail.charged_back == collected_of(record, detail) && !has_open_parts(detail);
    }
    [[nodiscard]] static bool has_open_parts(const PledgeDetail& detail) {
        return std::any_of(detail.instalments.begin(), detail.instalments.end(), [](const Instalment& part) {
            return part.state == InstalmentState::uncollected || part.state == InstalmentState::errored;
        });
    }

    void apply(const DisputeOpened& e) const {
        const Handle handle = known(state, e.pledge.value);
        PledgeDetail& detail = detail_of(state, handle);
        detail.disputed = e.amount;
        detail.disputed_charge = e.instalment;
        detail.held_from = e.held_from;
        detail.reason = e.reason;
        if (e.held_from == Account::escrow) state.payouts[payout_of(state, handle, e.instalment)].disputed += e.amount;
        move_to(state, handle, PledgeState::disputed);
    }
    void apply(const DisputeWon& e) const {
        const Handle handle = known(state, e.pledge.value);
        settle_dispute(handle, e.amount, e.returns_to == Account::escrow);
        move_to(state, handle, PledgeState::collected);
    }
    void apply(const DisputeLost& e) const {
        const Handle handle = known(state, e.pledge.value);
        PledgeDetail& detail = detail_of(state, handle);
        const bool was_in_escrow = detail.held_from == Account::escrow;
        state.totals.charged_back += e.amount;
        detail.charged_back += e.amount;
        if (e.bearer == Bearer::platform) state.totals.borne_by_platform += e.amount;
        if (!detail.instalments.empty()) detail.instalments[detail.disputed_charge - 1].refunded += e.amount;
        if (was_in_escrow && e.bearer == Bearer::creator) {
            PayoutLine& line = state.payouts[payout_of(state, handle, detail.disputed_charge)];
            line.disputed -= e.amount;
            line.charged_back += e.amount;
            detail.disputed = 0;
        } else {
            settle_dispute(handle, e.amount, was_in_escrow);
        }
        const bool is_over = nothing_left(state.book.records[handle], detail);
        move_to(state, handle, is_over ? PledgeState::charged_back : PledgeState::collected);
    }
    /// The held money is the creator's after all, or the platform has made it good.
    void settle_dispute(Handle handle, std::int64_t amount, bool in_escrow) const {
        PledgeDetail& detail = detail_of(state, handle);
        detail.disputed = 0;
        if (!in_escrow) return;
        const std::size_t line = payout_of(state, handle, detail.disputed_charge);
        state.payouts[line].disputed -= amount;
        if (state.payouts[line].paid_at) release_from(state, handle, detail.disputed_charge, line, amount, at);
    }

    void apply(const PayoutMade& e) const {
        if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
        PayoutLine& line = state.payouts[e.payout];
        line.platform_fee = e.platform_fee;
        line.tax = e.tax;
        line.reserve = e.reserve;
        line.net = e.net;
        line.paid_at = at;
    }
    void apply(const ReserveReleased& e) const {
        if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
        state.payouts[e.payout].reserve_released = true;
        state.totals.reserve_released += e.amount;
    }
};

Ledger after_posting(const CampaignState& state, const EventBody& what) {
    Ledger ledger = state.ledger;
    const Movements movements = movements_of(what);
    for (std::size_t i = 0; i < movements.count; ++i) {
        const Movement& item = movements.items[i];
        if (item.minor != 0) ledger.transfer(item.from, item.to, item.minor);
    }
    return ledger;
}

CampaignState state_at_launch(std::shared_ptr<const Terms> terms, Instant at) {
    CampaignState state;
    state.launched_at = at;
    state.last = at;
    state.window = terms->window;
    state.rewards = terms->rewards;
    state.add_ons = terms->add_ons;
    state.reward_removed.resize(state.rewards.size());
    state.add_on_removed.resize(state.add_ons.size());
    state.reward_taken.resize(state.rewards.size());
    state.add_on_taken.resize(state.add_ons.size());
    state.stretch_reached.resize(terms->stretch_goals.size());
    state.ledger = Ledger(terms->currency);
    for (const StretchGoal& goal : terms->stretch_goals) {
        state.keeps_fees = state.keeps_fees || (goal.measure == Measure::money && goal.basis == StretchBasis::net);
    }
    // The campaign's own payout comes first in the list; it is dated when the campaign succeeds.
    state.payouts.push_back({.kind = PayoutLine::Kind::campaign, .due = never});
    state.terms = std::move(terms);
    // Without a goal and without an end there is nothing to wait for.
    if (state.terms->model.goal == 0 && !state.window.has_end()) succeed(state, at, 0);
    return state;
}

constexpr std::size_t far_ahead = 24;   ///< rows whose index slot is fetched
constexpr std::size_t near_ahead = 12;  ///< rows whose record is fetched

}  // namespace

Event launched(Terms terms, Instant at) {
    const Findings defects = defects_of(terms);
    if (has_refusal(defects)) throw ContractViolation("no campaign can run with these terms:\n" + to_text(defects));
    return {.at = at, .what = CampaignLaunched{std::make_shared<const Terms>(std::move(terms))}};
}

Campaign launch(Terms terms, Instant at) {
    const Event event = launched(std::move(terms), at);
    return replay({&event, 1});
}

Campaign replay(std::span<const Event> events) {
    const auto* first = events.empty() ? nullptr : std::get_if<CampaignLaunched>(&events.front().what);
    if (first == nullptr || first->terms == nullptr)
        throw ContractViolation("the first event of a campaign is its launch");
    Campaign campaign;
    campaign.state_ = state_at_launch(first->terms, events.front().at);
    evolve(campaign, events.subspan(1));
    return campaign;
}

void evolve(Campaign& campaign, const Event& event) {
    CampaignState& state = campaign.state_;
    expects(event.at >= state.last, "events come in order of time");
    const Ledger ledger = after_posting(state, event.what);
    std::visit([&](const auto& what) { Application{state, event.at}.apply(what); }, event.what);
    state.ledger = ledger;
    state.last = event.at;
    if (!event.cause.is_none()) state.commands.emplace(event.cause.value, event.fingerprint);
}

void evolve(Campaign& campaign, std::span<const Event> events) {
    for (const Event& event : events) evolve(campaign, event);
}

void evolve(Campaign& campaign, Instant at, std::span<const PledgeRow> rows) {
    CampaignState& state = campaign.state_;
    expects(at >= state.last, "events come in order of time");
    state.last = at;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + far_ahead < rows.size()) state.book.pledges.prefetch(rows[i + far_ahead].pledge);
        if (i + near_ahead < rows.size()) {
            const Handle ahead = state.book.pledges.find(rows[i + near_ahead].pledge);
            if (ahead != no_handle) __builtin_prefetch(&state.book.records[ahead], 1);
        }
        const PledgeRow& row = rows[i];
        switch (row.kind) {
            case PledgeRow::Kind::made:
                stand_up(state, add_record(state, row.pledge, row.detail, row.reward, row.amount,
                                           row.late ? PledgeRecord::late : std::uint8_t{0}));
                break;
            case PledgeRow::Kind::changed:
                Application{state, at}.apply(PledgeChanged{
                    .pledge = PledgeId{row.pledge}, .reward = RewardId{row.reward}, .amount = row.amount});
                break;
            case PledgeRow::Kind::cancelled:
                move_to(state, known(state, row.pledge), PledgeState::cancelled);
                break;
            case PledgeRow::Kind::collected: {
                const Handle handle = known(state, row.pledge);
                const auto fee = static_cast<std::int64_t>(row.detail);
                Ledger ledger = state.ledger;
                ledger.transfer(Account::backers, Account::escrow, row.amount);
                ledger.transfer(Account::escrow, Account::processing_fees, fee);
                collect(state, at, handle, row.amount, fee, 0, 1);
                state.ledger = ledger;
                break;
            }
            case PledgeRow::Kind::charge_failed:
                Application{state, at}.apply(ChargeFailed{.pledge = PledgeId{row.pledge}});
                break;
            case PledgeRow::Kind::dropped:
                Application{state, at}.apply(PledgeDropped{.pledge = PledgeId{row.pledge}});
                break;
        }
    }
}

}  // namespace crowdrules
