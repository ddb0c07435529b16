// SPDX-License-Identifier: BSL-1.0
#include "invention_stage.hpp"

#include <algorithm>

namespace crowdrules::detail {

Result<Performed, InventionRejection> InventionStage::perform(InventionCommand command) {
    ++performed_;
    if (progress_ && performed_ % 4096 == 0) progress_(performed_, std::max(performed_, expected_));
    return crowdrules::perform(invention_, command, events_);
}

void InventionStage::let_pass(Instant until) {
    const InventionEvents happened = crowdrules::advance(invention_, until);
    events_.insert(events_.end(), happened.begin(), happened.end());
}

/// Whether the company has to act, and this story's company does.
bool InventionStage::is_mine(const InventionDue& due) const {
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

void InventionStage::act_on(const InventionDue& due, Instant at) {
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

void InventionStage::advance(Instant until) {
    Instant passed = Instant::min();
    while (true) {
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

InventionPlay InventionStage::result() && {
    if (progress_) progress_(performed_, performed_);
    return {std::move(invention_), std::move(events_), std::move(refusals_), {}};
}

}  // namespace crowdrules::detail
