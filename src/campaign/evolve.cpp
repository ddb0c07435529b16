// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>

#include <fmt/format.h>

#include "campaign/state/bookkeeping.hpp"
#include "campaign/schema/event.hpp"
#include "campaign/due/payouts.hpp"
#include "rules.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

namespace {

// ---------------------------------------------------------------------------------------------------------------------
// Endings.

/// Payouts that waited are counted from now.
void date_payouts(State& state, Instant at) {
    for (PayoutLine& line : state.payouts) {
        if (line.due == never && !is_held(line)) line.due = first_payout_due(state.terms->payouts, at);
    }
}

void close(State& state, Instant at) {
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
    state.totals.ended_counted = toward_goal(state, support_of(state));
    if (state.succeeded_at) {
        state.phase = Phase::succeeded;
        if (payouts_from(state)) date_payouts(state, at);
    }
}

/// An outcome that waited for the collection was reached with what it brought in.
void close_collection(State& state) {
    if (state.phase == Phase::collecting && state.terms->model.counts == GoalBasis::collected)
        state.totals.ended_counted = toward_goal(state, support_of(state));
}

/// Instalments that will not be charged any more.
void give_up_open_parts(State& state, Handle handle) {
    const PledgeRecord& record = state.book.records[handle];
    if (!record.has(PledgeRecord::in_instalments) || !record.has(PledgeRecord::charged)) return;
    for (Instalment& part : detail_of(state, handle).instalments) {
        if (part.state == InstalmentState::collected || part.state == InstalmentState::cancelled) continue;
        part.state = InstalmentState::cancelled;
        state.totals.instalments_given_up += part.amount;
    }
}

/// Every standing pledge is let go; what was charged is to be given back.
void release_all(State& state, Instant at, Phase phase) {
    close(state, at);
    close_collection(state);
    state.phase = phase;
    state.released_at = at;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        if (!is_standing(state.book.records[handle].state)) continue;
        give_up_open_parts(state, handle);
        move_to(state, handle, PledgeState::released);
    }
    state.instalment_limits.clear();
}

void succeed(State& state, Instant at, std::int64_t counted) {
    close_collection(state);
    state.succeeded_at = at;
    state.counted = counted;
    if (state.payouts.empty()) state.payouts.push_back({.kind = PayoutLine::Kind::campaign});
    const bool waits = waits_for_end(state) || !payouts_from(state);
    state.payouts[0].due = waits ? never : first_payout_due(state.terms->payouts, at);
    schedule_instalments(state, at);
}

// ---------------------------------------------------------------------------------------------------------------------
// Stretch goals.

struct StretchChange {
    State& state;
    bool reached;

    void operator()(const UpgradeRewards&) const {}  // the upgrade is the promise itself
    void operator()(const OpenAddOn& effect) const { state.add_ons[effect.add_on.value - 1].locked = !reached; }
    void operator()(const AddStock& effect) const {
        std::optional<std::uint32_t>& quantity = state.rewards[effect.reward.value - 1].quantity;
        if (!quantity) return;  // there was no limit
        const std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
        // Lost again, the same goes away: who has one keeps it, and no place is free until fewer have than there are.
        *quantity = reached ? *quantity + std::min(effect.count, most - *quantity)
                            : *quantity - std::min(effect.count, *quantity);
    }
};

// ---------------------------------------------------------------------------------------------------------------------
// One function for each event, and none for the variant of them all: an event without its own does not compile.

struct Application {
    State& state;
    Instant at;

    template <class Item>
    static Item& at_place(std::vector<Item>& items, std::uint64_t place, const char* message) {
        if (place == 0 || place > items.size()) throw ContractViolation(message);
        return items[place - 1];
    }

    void apply(const CampaignLaunched&) const {
        throw ContractViolation("a campaign is launched once, by its first event");
    }
    void apply(const CampaignPaused& e) const {
        state.phase = Phase::paused;
        state.paused_at = at;
        // The pause that a claim brings is decided with the claim.
        if (!state.guards.paused_by_claim) note(e, {}, e.reason, e.decided_by);
    }
    void apply(const CampaignResumed& e) const {
        state.phase = Phase::live;
        state.paused_at.reset();
        state.window.closes = e.closes;
        if (!state.guards.paused_by_claim) note(e, {}, e.reason, e.decided_by);
        state.guards.paused_by_claim = false;
    }
    void apply(const CampaignCancelled&) const { release_all(state, at, Phase::cancelled); }
    void apply(const CampaignSuspended& e) const {
        release_all(state, at, Phase::suspended);
        note(e, {}, e.reason, e.decided_by);
    }
    void apply(const DeadlineExtended& e) const { state.window.closes = e.closes; }
    void apply(const RoundWon& e) const {
        expect_years_for_instalments();
        state.in_second_round = true;
        succeed(state, at, e.counted);
        state.window.closes = e.closes;
    }
    void apply(const CollectionStarted& e) const {
        state.phase = Phase::collecting;
        state.counted = e.counted;
    }
    /// Throws before anything is changed.
    void expect_years_for_instalments() const {
        if (const auto& plan = state.terms->instalments)
            (void)occurrence(plan->cadence, at + plan->first_after, plan->count - 1);
    }
    void apply(const CampaignSucceeded& e) const {
        expect_years_for_instalments();
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

    void apply(const ReadyToShip&) const {
        state.ready_at = at;
        date_payouts(state, at);
    }

    // Guards. Every decision of the platform is kept, in order.

    template <class Decision>
    void note(const Decision&, std::string about, const std::string& reason, const std::string& by) const {
        state.decisions.push_back({.at = at,
                                   .what = std::string(detail::alternative_name<Decision>),
                                   .about = std::move(about),
                                   .reason = reason,
                                   .by = by});
    }
    [[nodiscard]] static std::string person(BackerId backer) {
        return backer.is_none() ? "the creator" : fmt::format("backer {}", backer.value);
    }
    void apply(const IdentityVerified& e) const {
        const Verification verification{.what = e.what, .by = e.decided_by, .until = e.until};
        if (e.backer.is_none()) {
            state.guards.creator = verification;
        } else {
            state.guards.backers.insert_or_assign(e.backer.value, verification);
        }
        note(e, person(e.backer), e.what, e.decided_by);
    }
    void apply(const AccountsRelated& e) const {
        const bool circle = e.account.is_none() || state.guards.owner.contains(e.account.value) ||
                            state.guards.person_behind(e.to.value) == e.account.value;
        if (circle) throw ContractViolation("an account gets its owner once, and is not its own");
        state.guards.owner.emplace(e.account.value, e.to.value);
        for (const BackerId backer : e.uncounted) count_no_more(backer);
        note(e, fmt::format("{} is {}", person(e.account), person(e.to)), e.reason, e.decided_by);
    }
    void count_no_more(BackerId backer) const {
        if (!is_counted(state, backer.value)) return;
        const Handle handle = state.book.backers.find(backer.value);
        for (Handle pledge = 0; handle != no_handle && pledge < state.book.records.size(); ++pledge) {
            const PledgeRecord& record = state.book.records[pledge];
            if (record.backer != handle || !is_standing(record.state) || record.has(PledgeRecord::late)) continue;
            const PledgeDetail* detail = state.book.detail_of(pledge);
            const Uncounted worth = worth_of(state, record, detail);
            count_uncounted(state, uncounted_of(state, record, detail, worth), -1);
            count_uncounted(state, worth, 1);
        }
        state.guards.uncounted.insert(backer.value);
        if (handle != no_handle && state.book.standing_of[handle] > 0) ++state.totals.uncounted.backers;
    }
    void apply(const ClaimRaised& e) const {
        state.guards.claims.raise(e.claim, {.claimant = e.claimant, .on = e.on, .raised_at = at});
        if (state.phase == Phase::live && !state.closed) state.guards.paused_by_claim = true;
        note_claim(e, {});
    }
    void apply(const ClaimDismissed& e) const {
        state.guards.claims.decide(e.claim, OwnershipClaim::State::dismissed);
        note_claim(e, e.reason);
    }
    void apply(const ClaimUpheld& e) const {
        if (e.to_platform < 0 || e.to_platform > state.totals.borne_by_platform)
            throw ContractViolation("the platform is given back at most what it made good");
        state.guards.claims.decide(e.claim, OwnershipClaim::State::upheld);
        release_all(state, at, Phase::suspended);
        take_back_made_good(e.to_platform);
        note_claim(e, e.reason);
    }
    template <class Decision>
    void note_claim(const Decision& e, const std::string& reason) const {
        note(e, to_text(e.claim, *state.guards.claims.find(e.claim)), reason, e.decided_by);
    }

    /// The charge-backs that the platform bore are borne by the backers' own money after all.
    void take_back_made_good(std::int64_t amount) const {
        state.totals.borne_by_platform -= amount;
        for (PayoutLine& line : state.payouts) {
            const std::int64_t part = std::clamp<std::int64_t>(kept_of(line), 0, amount);
            line.charged_back += part;
            amount -= part;
        }
    }

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

    /// The lines of a pledge as they are kept. Throws unless each has a rule, once, and they are parts of the amount.
    template <class PledgeEvent>
    [[nodiscard]] std::vector<PledgeLine> lines_of(const PledgeEvent& e) const {
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
    /// Whether a pledge is more than its record says.
    template <class PledgeEvent>
    [[nodiscard]] static bool needs_detail(const PledgeEvent& e) {
        return !e.add_ons.empty() || !e.ship_to.empty() || e.shipping != 0 || e.in_instalments ||
               e.quantity || !e.lines.empty();
    }
    template <class PledgeEvent>
    void note_detail(Handle handle, const PledgeEvent& e, std::vector<PledgeLine> lines) const {
        PledgeDetail& detail = detail_of(state, handle);
        detail.add_ons = e.add_ons;
        detail.ship_to = e.ship_to;
        detail.shipping = e.shipping;
        detail.quantity = e.quantity.value_or(1);
        detail.lines = std::move(lines);
    }

    /// Throws unless what a pledge is said to be for can be counted.
    template <class PledgeEvent>
    void check_choice(const PledgeEvent& e, Handle replaced) const {
        for (const AddOnChoice& chosen : e.add_ons)
            (void)at_place(state.add_ons, chosen.add_on.value, "no such add-on");
        if (e.reward.value > state.rewards.size()) throw ContractViolation("no such reward");
        if (e.shipping < 0 || e.shipping > e.amount) throw ContractViolation("shipping is a part of the amount");
        if (!units_fit(state, e.reward, e.quantity.value_or(1), e.add_ons, replaced)) {
            throw Overflow("the units of all pledges together leave 64 bits");
        }
    }

    void apply(const PledgeMade& e) const {
        check_choice(e, no_handle);
        std::vector<PledgeLine> lines = lines_of(e);
        const Handle supplemented = e.supplement_to.is_none() ? no_handle : known(state, e.supplement_to.value);
        std::uint8_t flags = 0;
        if (e.late) flags |= PledgeRecord::late;
        if (e.in_instalments) flags |= PledgeRecord::in_instalments;
        if (supplemented != no_handle)
            flags |= static_cast<std::uint8_t>(PledgeRecord::supplement | PledgeRecord::late);
        const Handle handle = add_record(state, at, e.pledge.value, e.backer.value,
                                         static_cast<std::uint16_t>(e.reward.value), e.amount, flags);
        if (needs_detail(e) || supplemented != no_handle) note_detail(handle, e, std::move(lines));
        if (supplemented != no_handle) detail_of(state, handle).supplement_to = supplemented;
        stand_up(state, handle);
        state.totals.declined += e.declined;
    }
    void apply(const PledgeChanged& e) const {
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
    void apply(const PledgeCut& e) const {
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
    void apply(const PledgeCancelled& e) const {
        const Handle handle = known(state, e.pledge.value);
        if (state.book.records[handle].has(PledgeRecord::charged)) detail_of(state, handle).cancelled_at = at;
        move_to(state, handle, PledgeState::cancelled);
    }

    void check_instalment(Handle handle, std::uint32_t instalment) const {
        const bool in_parts = state.book.records[handle].has(PledgeRecord::in_instalments);
        const std::size_t count = in_parts ? state.book.details.at(handle).instalments.size() : 1;
        if (instalment == 0 || instalment > count) throw ContractViolation("no such instalment");
    }

    /// Throws before anything is changed.
    void check_difference(std::int64_t difference) const {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(state.totals.fee_difference, difference, &sum))
            throw Overflow("the differences of all fees leave 64 bits");
    }

    void apply(const ChargeCollected& e) const {
        const Handle handle = known(state, e.pledge.value);
        check_instalment(handle, e.instalment);
        check_difference(e.difference);
        if (e.uncaptured < 0 || e.uncaptured > state.book.records[handle].amount)
            throw ContractViolation("what was not captured is a part of the charge");
        const std::int64_t uncounted = uncounted_collected_of(state, handle);
        if (state.book.records[handle].has(PledgeRecord::in_instalments)) {
            PledgeDetail& detail = detail_of(state, handle);
            Instalment& part = detail.instalments[e.instalment - 1];
            part.state = InstalmentState::collected;
            part.fee = e.fee + e.tax;
            part.amount -= e.uncaptured;
            state.instalment_limits.erase(limit_of(state, handle, e.instalment - 1));
        }
        report_charge(handle, e);
        collect(state, at, handle, e.amount, e.fee, e.tax, e.instalment, e.lines);
        state.totals.uncounted_collected += uncounted_collected_of(state, handle) - uncounted;
    }
    /// What the provider says of a charge, where it is more than the everyday.
    void report_charge(Handle handle, const ChargeCollected& e) const {
        remember_reference(state, "charge", e.reference,
                           {.about = e.pledge.value, .instalment = e.instalment, .amount = e.amount});
        const std::int64_t free = without(*state.terms, e.lines, &LineRule::bears_processing_fee);
        const bool has_method = state.terms->fees.methods.contains(e.method);
        if (e.uncaptured == 0 && e.difference == 0 && free == 0 && !has_method) return;
        state.totals.instalments_given_up += e.uncaptured;
        state.totals.fee_difference += e.difference;
        const bool in_parts = state.book.records[handle].has(PledgeRecord::in_instalments);
        detail_of(state, handle)
            .reported.push_back({.instalment = e.instalment,
                                 .uncaptured = in_parts ? 0 : e.uncaptured,
                                 .fee = e.fee,
                                 .tax = e.tax,
                                 .difference = e.difference,
                                 .method = has_method ? e.method : std::string(),
                                 .free = free});
    }
    void apply(const ChargeFailed& e) const {
        const Handle handle = known(state, e.pledge.value);
        check_instalment(handle, e.instalment);
        const PledgeRecord& record = state.book.records[handle];
        PledgeDetail& detail = detail_of(state, handle);
        if (record.has(PledgeRecord::in_instalments)) {
            Instalment& part = detail.instalments[e.instalment - 1];
            part.state = InstalmentState::errored;
            ++part.failures;
        } else {
            ++detail.failures;
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
        give_up_open_parts(state, handle);
    }

    void apply(const PledgeRefunded& e) const {
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
    /// What goes back of a charge in lines that bear no processing fee.
    void note_free_gone(PledgeDetail& detail, std::uint32_t instalment, const std::vector<LineAmount>& lines) const {
        const std::int64_t free = without(*state.terms, lines, &LineRule::bears_processing_fee);
        for (ReportedCharge& charge : detail.reported)
            if (charge.instalment == instalment) charge.free_gone += free;
    }
    void apply(const RefundReturned& e) const {
        const Handle handle = known(state, e.pledge.value);
        if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
        PledgeDetail& detail = detail_of(state, handle);
        if (e.amount <= 0 || e.amount > detail.refunded)
            throw ContractViolation("of a refund comes back at most what was refunded");
        const PledgeState now = state.book.records[handle].state;
        if (now == PledgeState::refunded || now == PledgeState::charged_back)
            move_to(state, handle, state_before(detail));
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
    /// What a pledge was before all of it went back.
    [[nodiscard]] PledgeState state_before(const PledgeDetail& detail) const {
        if (detail.cancelled_at != Instant{}) return PledgeState::cancelled;
        return has_ended_without_success(state.phase) ? PledgeState::released : PledgeState::collected;
    }
    void allot(PledgeDetail& detail, std::int64_t amount) const {
        if (detail.to_return == 0) {
            detail.returns_since = at;
            ++detail.allotments;
        }
        detail.to_return += amount;
    }

    // Shares of the payouts.

    void apply(const Delivered&) const {
        state.delivered_at = at;
        date_shares();
    }
    void apply(const MilestoneApproved& e) const { decide(e, MilestoneState::approved); }
    void apply(const MilestoneRejected& e) const { decide(e, MilestoneState::rejected); }
    template <class Decision>
    void decide(const Decision& e, MilestoneState becomes) const {
        if (e.share >= state.milestones.size()) throw ContractViolation("no such share of the payouts");
        state.milestones[e.share] = {.state = becomes, .decided_at = at};
        date_shares();
        note(e, state.terms->payouts.shares[e.share].name, e.reason, e.decided_by);
    }
    void date_shares() const {
        for (PayoutLine& line : state.payouts) {
            if (line.kind == PayoutLine::Kind::share && !line.paid_at && line.due == never)
                line.due = share_due(state, static_cast<std::size_t>(line.number), at);
        }
    }
    void apply(const RefundAllotted& e) const {
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
    /// Allotted, and lost to a bank's decision since: it is not the backer's any more.
    void take_back_allotted(PledgeDetail& detail, std::int64_t left) const {
        const std::int64_t beyond = detail.to_return - left;
        if (beyond <= 0) return;
        detail.to_return -= beyond;
        state.payouts[payout_line(state, PayoutLine::Kind::given_back, 0, never)].carried -= beyond;
        (void)carry(state, PayoutLine::Kind::released, beyond, at);
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
        if (!record.has(PledgeRecord::in_instalments)) return record.amount - uncaptured_of(&detail);
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
        return std::any_of(detail.instalments.begin(), detail.instalments.end(),
                           [](const Instalment& part) { return is_open(part.state); });
    }

    void apply(const DisputeOpened& e) const {
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
    void apply(const DisputeWon& e) const {
        const Handle handle = known(state, e.pledge.value);
        check_difference(e.difference);
        settle_dispute(handle, e.amount, e.returns_to == Account::escrow);
        settle_dispute_fee(handle, e, e.returns_to == Account::escrow, 0);
        if (state.book.records[handle].state == PledgeState::disputed) move_to(state, handle, PledgeState::collected);
    }
    void apply(const DisputeLost& e) const {
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
    /// The held money is the creator's after all, or the platform has made it good.
    void settle_dispute(Handle handle, std::int64_t amount, bool in_escrow) const {
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

    /// What came back of the dispute's fee, from the provider or the platform, and from the payees of lines.
    template <class Closed>
    void settle_dispute_fee(Handle handle, const Closed& e, bool in_escrow, std::int64_t from_others) const {
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

    void apply(const PayoutMade& e) const {
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
    void apply(const ReserveReleased& e) const {
        if (e.payout >= state.payouts.size()) throw ContractViolation("no such payout");
        state.payouts[e.payout].reserve_released = true;
        state.totals.reserve_released += e.amount - e.recouped;
    }
    void apply(const PayoutReturned& e) const {
        if (e.payout >= state.payouts.size() || !state.payouts[e.payout].paid_at)
            throw ContractViolation("only a payout that was made can come back");
        state.payouts[e.payout].returned += e.amount;
        (void)carry(state, PayoutLine::Kind::returned, e.amount, at);
        remember_reference(state, "payout return", e.reference, {.about = e.payout, .amount = e.amount});
    }
    void apply(const PayoutAdded& e) const { (void)carry(state, PayoutLine::Kind::released, e.amount, at); }
    void apply(const UnmatchedRecorded& e) const {
        const UnmatchedMoney money{.amount = e.amount, .since = at, .from = e.from, .what = e.what};
        if (e.amount == 0 || !state.unmatched.try_emplace(e.reference, money).second)
            throw ContractViolation("unmatched money is some, under a reference of its own");
        state.totals.unmatched += e.amount;
        remember_reference(state, "unmatched", e.reference, {.about = 0, .amount = e.amount});
    }
    void apply(const UnmatchedResolved& e) const {
        const auto held = state.unmatched.find(e.unmatched);
        if (held == state.unmatched.end() || !is_part_of(e.amount, held->second.amount))
            throw ContractViolation("only unmatched money that is held can be resolved");
        held->second.amount -= e.amount;
        if (held->second.amount == 0) state.unmatched.erase(held);
        state.totals.unmatched -= e.amount;
        if (e.end == UnmatchedEnd::to_platform) state.totals.unmatched_kept += e.amount;
        if (e.end != UnmatchedEnd::to_pledge)
            remember_reference(state, "unmatched return", e.reference, {.about = 0, .amount = e.amount});
    }
};

}  // namespace

void Rules::begin(State& state, Instant at) {
    const Terms& terms = *state.terms;
    expects(!has_refusal(defects_of(terms)), "a campaign was launched with terms that it can run with");
    state.launched_at = at;
    state.window = terms.window;
    state.rewards = terms.rewards;
    state.add_ons = terms.add_ons;
    state.reward_removed.resize(state.rewards.size());
    state.add_on_removed.resize(state.add_ons.size());
    state.reward_taken.resize(state.rewards.size());
    state.add_on_taken.resize(state.add_ons.size());
    state.stretch_reached.resize(terms.stretch_goals.size());
    state.lines.resize(terms.lines.size());
    state.milestones.resize(terms.payouts.shares.size());
    for (const StretchGoal& goal : terms.stretch_goals) {
        state.keeps_fees = state.keeps_fees || (goal.measure == Measure::money && goal.basis == StretchBasis::net);
    }
    const auto& guards = terms.guards;
    state.keeps_given = guards && (guards->person || guards->identity.backers_from);
    // The campaign's own payout comes first in the list; it is dated when the campaign succeeds.
    state.payouts.push_back({.kind = PayoutLine::Kind::campaign, .due = never});
    // Without a goal and without an end there is nothing to wait for.
    if (terms.model.goal == 0 && !state.window.has_end()) succeed(state, at, 0);
}

void Rules::apply(State& state, const Event& event) {
    std::visit([&](const auto& what) { Application{state, event.at}.apply(what); }, event.what);
}

}  // namespace crowdrules::campaign
