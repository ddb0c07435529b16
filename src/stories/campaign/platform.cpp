// SPDX-License-Identifier: BSL-1.0
#include "platform.hpp"

#include <algorithm>

namespace crowdrules::detail {

/// Whether the platform has to act, and this scenario's platform does.
bool Platform::is_mine(const Due& due) const {
    switch (due.kind) {
        case DueKind::charge:
            return conduct_.charges && !tried_.contains(act_of(due));
        case DueKind::refund:
        case DueKind::pay_out:
            return conduct_.payouts && !tried_.contains(act_of(due));
        case DueKind::judge:
        case DueKind::remind:
        case DueKind::drop:
        case DueKind::release_reserve:
            return false;
    }
    return false;
}

/// When there is next something to do, or to wait for: what happens by itself can make more fall due.
Instant Platform::next_act(const std::vector<Due>& items) const {
    Instant next = mends_.empty() ? never : mends_.begin()->first;
    for (const Due& due : items) {
        const bool by_itself =
            due.kind == DueKind::judge || due.kind == DueKind::drop || due.kind == DueKind::release_reserve;
        // At its last instant a charge may still be mended; it is dropped a second later.
        const Instant at = due.kind == DueKind::drop ? due.at + Elapsed{1} : due.at;
        if (is_mine(due) || (by_itself && at > advanced_to_)) next = std::min(next, at);
    }
    return next;
}

void Platform::act(Instant until) {
    while (true) {
        const Instant at = next_act(agenda(runner_.campaign()));
        if (at == never || at > until) return;
        runner_.advance(at);
        advanced_to_ = std::max(advanced_to_, at);

        std::vector<Due> charges;
        for (const Due& due : agenda(runner_.campaign())) {
            if (due.at > at || !is_mine(due)) continue;
            if (due.kind == DueKind::charge) {
                charges.push_back(due);
            } else {
                const bool done = due.kind == DueKind::refund
                                      ? carry_out(at, RefundPledge{due.pledge, due.amount, RefundItem::general})
                                      : carry_out(at, PayOut{due.payout});
                if (!done) tried_.insert(act_of(due));
            }
        }
        charge(charges, at);
        for (auto mend = mends_.begin(); mend != mends_.end() && mend->first <= at; mend = mends_.erase(mend))
            carry_out(at, RecordCharge{mend->second.pledge, true, mend->second.instalment});
    }
}

/// Charges that fall due together. Those whose line says nothing fail as the settlement says, evenly spread.
void Platform::charge(const std::vector<Due>& charges, Instant at) {
    std::vector<Due> open;
    for (const Due& due : charges) {
        const auto fate = due.instalment == 1 ? fates_.find(due.pledge.value) : fates_.end();
        if (fate != fates_.end())
            charge(due, fate->second, at);
        else
            open.push_back(due);
    }
    const std::uint64_t failing = conduct_.failing.of(open.size());
    const std::uint64_t mended = conduct_.mended.of(failing);
    std::uint64_t failed = 0;
    for (std::size_t i = 0; i < open.size(); ++i) {
        CardFate fate = CardFate::works;
        if (is_chosen(i, failing, open.size()))
            fate = is_chosen(failed++, mended, failing) ? CardFate::mended : CardFate::fails;
        charge(open[i], fate, at);
    }
}

void Platform::charge(const Due& due, CardFate fate, Instant at) {
    const bool done = carry_out(at, RecordCharge{due.pledge, fate == CardFate::works, due.instalment});
    // A charge that failed stays due until it is mended, and that has a time of its own.
    if (!done || fate != CardFate::works) tried_.insert(act_of(due));
    if (done && fate == CardFate::mended)
        mends_.emplace(at + conduct_.mended_after, Charge{due.pledge, due.instalment});
}

bool Platform::carry_out(Instant at, CommandBody what) {
    const auto done = runner_.perform({CommandId{}, std::max(at, runner_.campaign()->last), std::move(what)});
    if (!done) refusals_.push_back({.where = {}, .at = at, .why = done.error()});
    return done.has_value();
}

}  // namespace crowdrules::detail
