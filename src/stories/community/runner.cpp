// SPDX-License-Identifier: BSL-1.0
#include "runner.hpp"

#include <algorithm>
#include <invention/rules.hpp>

namespace crowdrules::detail {

Result<Performed, InventionRejection> CommunityRunner::perform(InventionCommand command) {
    ++performed_;
    if (progress_ && performed_ % 4096 == 0) progress_(performed_, std::max(performed_, expected_));
    return crowdrules::perform(invention_, command, events_);
}

void CommunityRunner::let_pass(Instant until) {
    const InventionEvents happened = crowdrules::advance(invention_, until);
    events_.insert(events_.end(), happened.begin(), happened.end());
}

/// Whether the company has to act, and this story's company does.
bool CommunityRunner::is_mine(const InventionDue& due) const {
    switch (due.kind) {
        case InventionDueKind::pay:
            return conduct_.payments && !tried_.contains(to_text(due));
        case InventionDueKind::presale: {
            const DueKind kind = due.of_presale->kind;
            const bool is_act = kind == DueKind::charge || kind == DueKind::refund || kind == DueKind::pay_out;
            return conduct_.charges && is_act && !tried_.contains(to_text(due));
        }
        case InventionDueKind::close_round:
        case InventionDueKind::return_rights:
        case InventionDueKind::close_period:
            return false;
    }
    return false;
}

void CommunityRunner::act_on(const InventionDue& due, Instant at) {
    InventionCommandBody what;
    if (due.kind == InventionDueKind::pay) {
        what = PayRoyalty{.member = due.member};
    } else {
        const Due& act = *due.of_presale;
        if (act.kind == DueKind::charge)
            what = ActOnPresale{due.product, RecordCharge{act.pledge, true, act.instalment}};
        else if (act.kind == DueKind::refund)
            what = ActOnPresale{due.product, RefundPledge{act.pledge, act.amount, RefundItem::general}};
        else
            what = ActOnPresale{due.product, PayOut{act.payout}};
    }
    const Instant when = std::max(at, invention_->last);
    const auto done = perform({CommandId{}, when, std::move(what)});
    if (done) return;
    tried_.insert(to_text(due));
    refusals_.push_back({.where = {}, .at = when, .why = done.error()});
}

/// A bound that is cheap to ask for after every line: the agenda looks at every member and every pledge.
Instant CommunityRunner::next_at_the_earliest() {
    const auto is_act = [](const Due& due) { return due.kind == DueKind::charge || due.kind == DueKind::refund; };
    for (; seen_ < events_.size(); ++seen_) {
        const InventionEventBody& what = events_[seen_].what;
        if (const auto* presale = std::get_if<PresaleHappened>(&what))
            presales_.try_emplace(presale->product.value, is_act).first->second.happened(presale->what);
        if (std::holds_alternative<RoyaltyShared>(what) || std::holds_alternative<RoyaltyCorrected>(what) ||
            std::holds_alternative<RoyaltyPaid>(what) || std::holds_alternative<PeriodClosed>(what))
            next_payment_.reset();
    }
    Instant next = Rules<InventionTypes>::next_due(*invention_);
    for (const ProductRecord& product : invention_->products) {
        if (!product.presale || !conduct_.charges) continue;
        next = std::min(next, presales_.try_emplace(product.idea.value, is_act).first->second.next(*product.presale));
        for (const Due& due : agenda_without_pledges(*product.presale)) next = std::min(next, due.at);
    }
    if (!next_payment_) {
        next_payment_ = never;
        if (conduct_.payments)
            for (const InventionDue& due : agenda(invention_))
                if (due.kind == InventionDueKind::pay) next_payment_ = std::min(*next_payment_, due.at);
    }
    return std::min(next, *next_payment_);
}

void CommunityRunner::advance(Instant until) {
    Instant passed = Instant::min();
    while (next_at_the_earliest() <= until) {
        // What happens by itself can make more fall due, so time goes on from one thing to the next.
        Instant next = never;
        for (const InventionDue& due : agenda(invention_)) {
            const bool by_itself =
                due.kind == InventionDueKind::close_round || due.kind == InventionDueKind::return_rights ||
                due.kind == InventionDueKind::close_period || (due.kind == InventionDueKind::presale && !is_mine(due));
            if (is_mine(due) || (by_itself && due.at > passed)) next = std::min(next, due.at);
        }
        if (next == never || next > until) break;
        let_pass(next);
        passed = std::max(passed, next);
        const std::vector<InventionDue> items = agenda(invention_);
        for (const InventionDue& due : items)
            if (due.at <= next && is_mine(due)) act_on(due, next);
    }
    let_pass(until);
}

InventionPlay CommunityRunner::result() && {
    if (progress_) progress_(performed_, performed_);
    return {std::move(invention_), std::move(events_), std::move(refusals_), {}};
}

}  // namespace crowdrules::detail
