// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>

#include <fmt/format.h>

#include "campaign/state/bookkeeping.hpp"
#include "core/enumerators.hpp"
#include "campaign/due/due.hpp"
#include "campaign/due/payouts.hpp"
#include "rules.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

namespace {

class AgendaOf {
  public:
    AgendaOf(const State& state, Instant now) : state_(state), now_(std::max(now, state.last)) {}

    [[nodiscard]] std::vector<Due> items() && {
        campaign();
        for (Handle handle = 0; handle < state_.book.records.size(); ++handle) pledge(handle);
        payouts();
        return in_order();
    }
    [[nodiscard]] std::vector<Due> items_of(PledgeId id) && {
        if (const Handle handle = state_.book.pledges.find(id.value); handle != no_handle) pledge(handle);
        return in_order();
    }
    [[nodiscard]] std::vector<Due> items_of_no_pledge() && {
        campaign();
        payouts();
        return in_order();
    }

  private:
    /// Of the same instant in the order in which they were found.
    [[nodiscard]] std::vector<Due> in_order() {
        std::stable_sort(items_.begin(), items_.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
        return std::move(items_);
    }
    [[nodiscard]] Money money(std::int64_t minor) const { return {minor, state_.terms->currency}; }
    [[nodiscard]] PledgeId id_of(Handle handle) const { return PledgeId{state_.book.pledges.id_of(handle)}; }
    void add(const Due& item) { items_.push_back(item); }

    void campaign() {
        const Instant at = next_judgement(state_);
        if (at != never) {
            const bool is_second = state_.phase == Phase::collecting || state_.in_second_round;
            add({.at = at,
                 .kind = DueKind::judge,
                 .amount = money(state_.totals.standing),
                 .attempt = is_second ? 2u : 1u});
        }
        if (state_.unmatched.empty()) return;
        const auto first =
            std::min_element(state_.unmatched.begin(), state_.unmatched.end(),
                             [](const auto& a, const auto& b) { return a.second.since < b.second.since; });
        add({.at = first->second.since, .kind = DueKind::resolve_unmatched, .amount = money(state_.totals.unmatched)});
    }

    void pledge(Handle handle) {
        const PledgeRecord& record = state_.book.records[handle];
        const PledgeDetail* detail = state_.book.detail_of(handle);
        if (record.state == PledgeState::released || record.state == PledgeState::cancelled) {
            const std::int64_t gone = detail ? detail->refunded + detail->charged_back : 0;
            const std::int64_t held = bookkeeping::charged_for(record, detail) - gone;
            const bool was_released = record.state == PledgeState::released;
            if (held > 0 && !is_disputed(state_, handle))
                add({.at = was_released ? *state_.released_at : detail->cancelled_at,
                     .kind = DueKind::refund,
                     .pledge = id_of(handle),
                     .amount = money(held)});
            return;
        }
        if (detail != nullptr && detail->to_return > 0 && !is_disputed(state_, handle))
            add({.at = detail->returns_since,
                 .kind = DueKind::refund,
                 .pledge = id_of(handle),
                 .amount = money(detail->to_return),
                 .attempt = 1 + detail->allotments});
        if (!is_standing(record.state)) return;
        if (detail != nullptr && !detail->instalments.empty()) {
            for (std::size_t i = 0; i < detail->instalments.size(); ++i) instalment(handle, detail->instalments[i], i);
            return;
        }
        const Instant due = charge_due(state_, handle);
        if (!is_open(record.state) || due == never || record.has(PledgeRecord::in_instalments)) return;
        const bool is_alone = comes_after_charges(state_, record);
        const Instant drop =
            is_alone ? never : dropped_together_at(state_, record.has(PledgeRecord::after_success) ? 1 : 0);
        charge({.at = due == at_checkout ? state_.book.made_at[handle] : due,
                .kind = DueKind::charge,
                .pledge = id_of(handle),
                .amount = money(record.amount),
                .attempt = 1 + (detail ? detail->failures : 0)},
               due == at_checkout ? due : dropped_at(state_.terms->charges, due), drop);
    }

    void instalment(Handle handle, const Instalment& part, std::size_t index) {
        if (!is_open(part.state)) return;
        const Instant limit = part.due + state_.terms->instalments->retry(index);
        charge({.at = part.due,
                .kind = DueKind::charge,
                .pledge = id_of(handle),
                .instalment = static_cast<std::uint32_t>(index + 1),
                .amount = money(part.amount),
                .attempt = 1 + part.failures},
               limit, limit + instant_after);
    }

    /// An open charge, the reminders that are to come until `limit` once it has failed, and when it is dropped.
    void charge(Due item, Instant limit, Instant drop) {
        add(item);
        const Instant due = item.at;
        const bool has_failed = item.attempt > 1;
        item.attempt = 1;
        if (has_failed && limit > due) {
            item.kind = DueKind::remind;
            const ChargePlan plan{.retry_window = limit - due, .remind_every = state_.terms->charges.remind_every};
            for (const Instant at : reminders(plan, due)) {
                item.at = at;
                if (at > now_) add(item);
                ++item.attempt;
            }
            item.attempt = 1;
        }
        if (drop == never) return;
        item.kind = DueKind::drop;
        item.at = drop;
        add(item);
    }

    void payouts() {
        if (!state_.succeeded_at || has_ended_without_success(state_.phase)) return;
        std::vector<std::uint32_t> unpaid;
        for (std::uint32_t i = 0; i < state_.payouts.size(); ++i) {
            if (!state_.payouts[i].paid_at && state_.payouts[i].due != never) unpaid.push_back(i);
        }
        const auto due = [&](std::uint32_t i) { return state_.payouts[i].due; };
        std::sort(unpaid.begin(), unpaid.end(),
                  [&](auto a, auto b) { return std::pair(due(a), a) < std::pair(due(b), b); });
        // Fees are those of the running total, and what the creator owes is covered by what comes first, so that each
        // depends on the ones before it.
        std::vector<PayoutLine> lines = state_.payouts;
        std::vector<Due> releases = reserves();
        std::int64_t owed = owed_by_creator(state_);
        auto release = releases.begin();
        const auto release_until = [&](Instant at) {
            for (; release != releases.end() && release->at <= at; ++release) {
                const std::int64_t recouped = std::min(release->amount.minor(), owed);
                release->amount -= money(recouped);
                owed -= recouped;
            }
        };
        for (const std::uint32_t i : unpaid) {
            release_until(due(i));
            const PayoutMade parts = payout_parts(state_, lines, i, owed);
            if (!is_payable(lines[i], parts) || holds_payouts(state_, std::max(due(i), now_))) continue;
            add({.at = due(i), .kind = DueKind::pay_out, .payout = i, .amount = money(parts.net)});
            owed += std::max<std::int64_t>(-parts.net, 0) - parts.recouped;
            lines[i].paid_at = due(i);
            lines[i].platform_fee = parts.platform_fee;
            lines[i].tax = parts.tax;
            lines[i].reserve = parts.reserve;
        }
        release_until(never);
        for (const Due& item : releases) add(item);
    }

    /// What payouts made so far hold back, in the order in which it is released.
    [[nodiscard]] std::vector<Due> reserves() const {
        std::vector<Due> items;
        const std::vector<std::int64_t> left = reserves_left(state_);
        for (std::uint32_t i = 0; i < state_.payouts.size(); ++i) {
            const Instant at = release_at(state_, state_.payouts[i]);
            if (at == never) continue;
            items.push_back({.at = at, .kind = DueKind::release_reserve, .payout = i, .amount = money(left[i])});
        }
        std::stable_sort(items.begin(), items.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
        return items;
    }

    const State& state_;
    Instant now_;
    std::vector<Due> items_{};
};

}  // namespace

std::string_view to_text(DueKind kind) noexcept {
    return detail::enumerator_name(kind);
}

std::vector<Due> agenda(const Campaign& campaign) {
    return AgendaOf(*campaign, campaign->last).items();
}

std::vector<Due> agenda(const Campaign& campaign, Instant now) {
    if (Rules::next_due(*campaign) > now) return AgendaOf(*campaign, now).items();
    Campaign later = campaign;
    advance(later, now);
    return AgendaOf(*later, now).items();
}

std::vector<Due> agenda(const Campaign& campaign, PledgeId pledge) {
    return AgendaOf(*campaign, campaign->last).items_of(pledge);
}

std::vector<Due> agenda_without_pledges(const Campaign& campaign) {
    return AgendaOf(*campaign, campaign->last).items_of_no_pledge();
}

std::string to_text(const Due& due) {
    std::string what(to_text(due.kind));
    if (!due.pledge.is_none()) what += fmt::format(" pledge {}", due.pledge.value);
    if (due.instalment > 1) what += fmt::format(" instalment {}", due.instalment);
    if (due.kind == DueKind::pay_out || due.kind == DueKind::release_reserve)
        what += fmt::format(" payout {}", due.payout);
    return fmt::format("{} {}: {}", crowdrules::to_text(due.at), what, to_grouped_text(due.amount));
}

std::string key_of(const Due& due) {
    const std::string_view kind = to_text(due.kind);
    switch (due.kind) {
        case DueKind::judge:
            return fmt::format("{} attempt {}", kind, due.attempt);
        case DueKind::charge:
        case DueKind::remind:
            return fmt::format("{} pledge {} instalment {} attempt {}", kind, due.pledge.value, due.instalment,
                               due.attempt);
        case DueKind::drop:
            return fmt::format("{} pledge {} instalment {}", kind, due.pledge.value, due.instalment);
        case DueKind::refund:
            return due.attempt == 1
                       ? fmt::format("{} pledge {}", kind, due.pledge.value)
                       : fmt::format("{} pledge {} attempt {}", kind, due.pledge.value, due.attempt);
        case DueKind::pay_out:
        case DueKind::release_reserve:
            return fmt::format("{} payout {}", kind, due.payout);
        case DueKind::resolve_unmatched:
            return std::string(kind);
    }
    return {};
}

}  // namespace crowdrules::campaign
