// SPDX-License-Identifier: BSL-1.0
#include "platform.hpp"

#include <algorithm>
#include <campaign/rules.hpp>

namespace crowdrules::detail {

/// Whether the platform has to act, and this scenario's platform does.
bool Platform::is_mine(const campaign::Due& due) const {
    switch (due.kind) {
        case campaign::DueKind::charge:
            return conduct_.charges && !tried_.contains(act_of(due));
        case campaign::DueKind::refund:
        case campaign::DueKind::pay_out:
            return conduct_.payouts && !tried_.contains(act_of(due));
        case campaign::DueKind::judge:
        case campaign::DueKind::remind:
        case campaign::DueKind::drop:
        case campaign::DueKind::release_reserve:
        case campaign::DueKind::resolve_unmatched:
            return false;
    }
    return false;
}

void Platform::give_up(const campaign::Due& due) {
    tried_.insert(act_of(due));
    if (!due.pledge.is_none()) pledges_due_.touch(due.pledge);
}

std::vector<campaign::Due> Platform::payouts_due() const {
    if (runner_.campaign()->payouts.empty()) return {};
    std::vector<campaign::Due> items = agenda_without_pledges(runner_.campaign());
    std::erase_if(items, [this](const campaign::Due& due) { return !is_mine(due); });
    return items;
}

void Platform::take_in_events() {
    const campaign::Events& events = runner_.events();
    for (; seen_ < events.size(); ++seen_) pledges_due_.happened(events[seen_].what);
}

Instant Platform::next() {
    take_in_events();
    Instant next = mends_.empty() ? never : mends_.begin()->first;
    next = std::min({next, campaign::Rules::next_due(*runner_.campaign()), pledges_due_.next(runner_.campaign())});
    for (const campaign::Due& due : payouts_due()) next = std::min(next, std::max(due.at, runner_.campaign()->last));
    return next;
}

void Platform::act(Instant until) {
    while (true) {
        const Instant at = next();
        if (at == never || at > until) return;
        runner_.advance(at);
        take_in_events();

        std::vector<campaign::Due> items = pledges_due_.until(runner_.campaign(), at);
        for (const campaign::Due& due : payouts_due())
            if (due.at <= at) items.push_back(due);
        std::stable_sort(items.begin(), items.end(),
                         [](const campaign::Due& a, const campaign::Due& b) { return a.at < b.at; });
        std::vector<campaign::Due> charges;
        for (const campaign::Due& due : items) {
            if (due.kind == campaign::DueKind::charge) {
                charges.push_back(due);
                continue;
            }
            const bool done = due.kind == campaign::DueKind::refund
                                  ? carry_out(at, campaign::RefundPledge{.pledge = due.pledge, .amount = due.amount})
                                  : carry_out(at, campaign::PayOut{due.payout});
            if (!done) give_up(due);
        }
        charge(charges, at);
        for (auto mend = mends_.begin(); mend != mends_.end() && mend->first <= at; mend = mends_.erase(mend))
            carry_out(at, campaign::RecordCharge{mend->second.pledge, true, mend->second.instalment});
    }
}

/// Charges that fall due together. Those whose line says nothing fail as the settlement says, evenly spread.
void Platform::charge(const std::vector<campaign::Due>& charges, Instant at) {
    std::vector<campaign::Due> open;
    for (const campaign::Due& due : charges) {
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

void Platform::charge(const campaign::Due& due, CardFate fate, Instant at) {
    const bool done = carry_out(at, campaign::RecordCharge{due.pledge, fate == CardFate::works, due.instalment});
    // A charge that failed stays due until it is mended, and that has a time of its own.
    if (!done || fate != CardFate::works) give_up(due);
    if (done && fate == CardFate::mended)
        mends_.emplace(at + conduct_.mended_after, Charge{due.pledge, due.instalment});
}

bool Platform::carry_out(Instant at, campaign::CommandBody what) {
    const auto done = runner_.perform({CommandId{}, std::max(at, runner_.campaign()->last), std::move(what)});
    if (!done) refusals_.push_back({.where = {}, .at = at, .why = done.error()});
    return done.has_value();
}

}  // namespace crowdrules::detail
