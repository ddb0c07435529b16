// SPDX-License-Identifier: BSL-1.0
#include "runner.hpp"

#include <algorithm>
#include <community/rules.hpp>
#include <utility>

namespace crowdrules::detail {

Result<Performed, community::Rejection> CommunityRunner::perform(community::Command command) {
    ++performed_;
    if (progress_ && performed_ % 4096 == 0) progress_(performed_, std::max(performed_, expected_));
    return crowdrules::perform(community_, command, events_);
}

void CommunityRunner::let_pass(Instant until) {
    const community::Events happened = crowdrules::advance(community_, until);
    events_.insert(events_.end(), happened.begin(), happened.end());
}

/// Whether the company has to act, and this story's company does.
bool CommunityRunner::is_mine(const community::Due& due) const {
    switch (due.kind) {
        case community::DueKind::pay:
            return conduct_.payments && !tried_.contains(to_text(due));
        case community::DueKind::presale: {
            const campaign::DueKind kind = due.of_presale->kind;
            const bool is_act = kind == campaign::DueKind::charge || kind == campaign::DueKind::refund ||
                                kind == campaign::DueKind::pay_out;
            return conduct_.charges && is_act && !tried_.contains(to_text(due));
        }
        case community::DueKind::close_round:
        case community::DueKind::return_rights:
        case community::DueKind::close_period:
            return false;
    }
    return false;
}

void CommunityRunner::act_on(const community::Due& due, Instant at) {
    community::CommandBody what;
    if (due.kind == community::DueKind::pay) {
        what = community::PayRoyalty{.member = due.member};
    } else {
        const campaign::Due& act = *due.of_presale;
        if (act.kind == campaign::DueKind::charge)
            what = community::ActOnPresale{due.product, campaign::RecordCharge{act.pledge, true, act.instalment}};
        else if (act.kind == campaign::DueKind::refund)
            what = community::ActOnPresale{due.product,
                                           campaign::RefundPledge{act.pledge, act.amount, RefundItem::general}};
        else
            what = community::ActOnPresale{due.product, campaign::PayOut{act.payout}};
    }
    const Instant when = std::max(at, community_->last);
    const auto done = perform({CommandId{}, when, std::move(what)});
    if (done) return;
    tried_.insert(to_text(due));
    if (due.of_presale && !due.of_presale->pledge.is_none()) {
        presale_of(due.product).touch(due.of_presale->pledge);
        refused_.emplace_back(due.product, due.of_presale->pledge);
    }
    refusals_.push_back({.where = {}, .at = when, .why = done.error()});
}

PledgesDue& CommunityRunner::presale_of(community::IdeaId product) {
    const auto is_act = [this, product](const campaign::Due& due) { return is_mine(due_of(product, due)); };
    return presales_.try_emplace(product.value, is_act).first->second;
}

/// What is due of a presale, as the agenda of the community has it.
community::Due CommunityRunner::due_of(community::IdeaId product, const campaign::Due& due) const {
    return {.at = std::max(due.at, community_->last),
            .kind = community::DueKind::presale,
            .product = product,
            .amount = due.amount,
            .of_presale = due};
}

void CommunityRunner::take_in_events() {
    for (; seen_ < events_.size(); ++seen_) {
        const community::EventBody& what = events_[seen_].what;
        if (const auto* presale = std::get_if<community::PresaleHappened>(&what))
            presale_of(presale->product).happened(presale->what);
        if (std::holds_alternative<community::RoyaltyShared>(what) ||
            std::holds_alternative<community::RoyaltyCorrected>(what) ||
            std::holds_alternative<community::PeriodClosed>(what))
            next_payment_.reset();
        // What was refused while a claim was open may be tried again.
        if (!std::holds_alternative<ClaimDismissed>(what)) continue;
        for (const auto& [product, pledge] : std::exchange(refused_, {})) presale_of(product).touch(pledge);
        tried_.clear();
    }
}

std::vector<community::Due> CommunityRunner::payments_due() const {
    std::vector<community::Due> items;
    if (conduct_.payments) items = agenda(community_);
    std::erase_if(items,
                  [this](const community::Due& due) { return due.kind != community::DueKind::pay || !is_mine(due); });
    return items;
}

/// When there is next something to do, or to wait for. Cheap to ask for after every line: the agenda looks at every
/// member and every pledge.
Instant CommunityRunner::next() {
    take_in_events();
    Instant next = community::Rules::next_due(*community_);
    for (const community::ProductRecord& product : community_->products) {
        if (!product.presale || !conduct_.charges) continue;
        next = std::min(next, presale_of(product.idea).next(*product.presale));
        for (const campaign::Due& due : agenda_without_pledges(*product.presale))
            if (const community::Due act = due_of(product.idea, due); is_mine(act)) next = std::min(next, act.at);
    }
    if (!next_payment_) {
        next_payment_ = never;
        for (const community::Due& due : payments_due()) next_payment_ = std::min(*next_payment_, due.at);
    }
    return std::min(next, *next_payment_);
}

/// What the company has to act on up to and including `at`, in the order of `agenda`.
std::vector<community::Due> CommunityRunner::acts(Instant at) {
    take_in_events();
    std::vector<community::Due> items;
    for (const community::ProductRecord& product : community_->products) {
        if (!product.presale || !conduct_.charges) continue;
        std::vector<community::Due> of_presale;
        for (const campaign::Due& due : presale_of(product.idea).until(*product.presale, at))
            of_presale.push_back(due_of(product.idea, due));
        for (const campaign::Due& due : agenda_without_pledges(*product.presale))
            of_presale.push_back(due_of(product.idea, due));
        std::erase_if(of_presale, [&](const community::Due& due) { return due.at > at || !is_mine(due); });
        items.insert(items.end(), of_presale.begin(), of_presale.end());
    }
    if (!next_payment_ || *next_payment_ <= at) {
        next_payment_.reset();
        for (const community::Due& due : payments_due())
            if (due.at <= at) items.push_back(due);
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const community::Due& one, const community::Due& other) { return one.at < other.at; });
    return items;
}

void CommunityRunner::advance(Instant until) {
    Instant passed = Instant::min();
    for (Instant at = next(); at <= until; at = next()) {
        // What happens by itself can make more fall due, so time goes on from one thing to the next.
        const std::size_t before = events_.size();
        let_pass(at);
        const std::vector<community::Due> items = acts(at);
        for (const community::Due& due : items) act_on(due, at);
        if (at == passed && items.empty() && events_.size() == before) break;
        passed = at;
    }
    let_pass(until);
}

CommunityPlay CommunityRunner::result() && {
    if (progress_) progress_(performed_, performed_);
    return {std::move(community_), std::move(events_), std::move(refusals_), {}};
}

}  // namespace crowdrules::detail
