// SPDX-License-Identifier: BSL-1.0
// What payouts wait for: delivery, and milestones that are approved or rejected.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/allocate.hpp>

#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/state/lines.hpp"
#include "core/listed.hpp"
#include "judge.hpp"
#include <algorithm>

namespace crowdrules::campaign {

Judge::Guard Judge::refuse_beyond_calendar(Elapsed wait, int business_days) const {
    const auto due = payout_due(terms().payouts, at, wait, business_days);
    if (due) return std::nullopt;
    return reject(RejectionCode::calendar_ends_before, fmt::format("{}: {}", due.error().what, due.error().found),
                  due.error().expected, "payouts.calendar");
}

Verdict Judge::judge(const ReportDelivered&) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (!state.succeeded_at) {
        return reject(RejectionCode::campaign_not_succeeded, "the campaign has not succeeded", "a campaign that has",
                      "payouts.shares");
    }
    if (state.delivered_at) {
        return reject(RejectionCode::delivery_already_reported,
                      fmt::format("it was reported {}", crowdrules::to_text(*state.delivered_at)), "one report",
                      "payouts.shares");
    }
    for (const PayoutShare& share : terms().payouts.shares) {
        if (share.after != PayoutAfter::delivery) continue;
        if (auto rejection = refuse_beyond_calendar(share.wait, share.business_days)) return rejection;
    }
    return std::vector<EventBody>{Delivered{}};
}

Result<std::uint32_t, Rejection> Judge::open_milestone(const std::string& name, const std::string& decided_by) const {
    if (auto rejection = refuse_if_undecided(decided_by)) return failure(*rejection);
    if (auto rejection = refuse_if_ended()) return failure(*rejection);
    if (!state.succeeded_at) {
        return failure(*reject(RejectionCode::campaign_not_succeeded, "the campaign has not succeeded",
                               "a campaign that has", "payouts.shares"));
    }
    const std::vector<PayoutShare>& shares = terms().payouts.shares;
    std::string known;
    for (std::uint32_t i = 0; i < shares.size(); ++i) {
        if (shares[i].after != PayoutAfter::approval) continue;
        if (shares[i].name != name) {
            detail::add_to_list(known, "'" + shares[i].name + "'");
            continue;
        }
        const Milestone& milestone = state.milestones[i];
        if (milestone.state == MilestoneState::open) return i;
        return failure(*reject(
            RejectionCode::milestone_decided,
            fmt::format("'{}' was {} {}", name, to_text(milestone.state), crowdrules::to_text(milestone.decided_at)),
            "a milestone that is open", "payouts.shares"));
    }
    return failure(*reject(RejectionCode::milestone_unknown,
                           fmt::format("no share of the payouts waits for '{}'", name),
                           known.empty() ? "terms with milestones" : known, "payouts.shares"));
}

Verdict Judge::judge(const ApproveMilestone& command) const {
    const auto share = open_milestone(command.milestone, command.decided_by);
    if (!share) return failure(share.error());
    const PayoutShare& agreed = terms().payouts.shares[*share];
    if (auto rejection = refuse_beyond_calendar(agreed.wait, agreed.business_days)) return rejection;
    return std::vector<EventBody>{
        MilestoneApproved{.share = *share, .reason = command.reason, .decided_by = command.decided_by}};
}

Verdict Judge::judge(const RejectMilestone& command) const {
    const auto share = open_milestone(command.milestone, command.decided_by);
    if (!share) return failure(share.error());
    std::vector<EventBody> events{
        MilestoneRejected{.share = *share, .reason = command.reason, .decided_by = command.decided_by}};
    std::int64_t held = 0;
    for (const PayoutLine& line : state.payouts) {
        const bool is_its = line.kind == PayoutLine::Kind::share && line.number == *share && !line.paid_at;
        if (is_its) held += line.carried;
    }
    // What the creator owes is covered first: it was advanced for refunds of the same backers.
    allot(*share, held - std::min(held, owed_by_creator(state)), no_payout, events);
    return events;
}

void Judge::allot(std::uint32_t share, std::int64_t amount, std::size_t payout, std::vector<EventBody>& events) const {
    std::vector<Handle> handles;
    std::vector<Weight> weights;
    std::int64_t sum = 0;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        if (!record.has(PledgeRecord::charged) || !is_standing(record.state)) continue;
        const std::size_t line = payout_of(state, handle, 1);
        if (!state.payouts[line].paid_at && line != payout) continue;  // its money was not paid, so none of it is held
        const PledgeDetail* detail = state.book.detail_of(handle);
        const std::int64_t gone = detail == nullptr ? 0
                                                    : uncaptured_of(detail) + detail->refunded + detail->charged_back +
                                                          detail->disputed + detail->to_return;
        const std::int64_t left = record.amount - gone;
        if (left <= 0) continue;
        handles.push_back(handle);
        weights.push_back(static_cast<Weight>(left));
        sum += left;
    }
    amount = std::min(amount, sum);
    if (amount <= 0) return;
    std::vector<std::int64_t> parts(weights.size());
    allocate_into(amount, weights, Split{}, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i] > 0)
            events.emplace_back(RefundAllotted{
                .pledge = PledgeId{state.book.pledges.id_of(handles[i])}, .share = share, .amount = parts[i]});
    }
}

Verdict Judge::judge(const ReturnRefund& command) const {
    const std::int64_t reported = command.amount ? command.amount->minor() : 0;
    if (auto rejection = refuse_if_reported_before("refund return", command.reference,
                                                   {.about = command.pledge.value, .amount = reported}))
        return rejection;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (auto rejection = refuse_other_currency({&command.amount})) return rejection;
    const PledgeDetail* detail = state.book.detail_of(*pledge);
    std::int64_t most = detail != nullptr ? detail->refunded : 0;
    if (detail != nullptr && command.item != RefundItem::general)
        most = std::min(most, detail->refunded_for[static_cast<std::size_t>(command.item)]);
    if (!command.refund.empty()) {
        const auto known = state.references.find("refund " + command.refund);
        const bool is_its = known != state.references.end() && known->second.about == command.pledge.value;
        most = is_its ? std::min(most, known->second.amount) : 0;
    }
    const std::int64_t amount = command.amount ? reported : most;
    if (amount <= 0 || amount > most) {
        return reject(
            RejectionCode::refund_not_made,
            fmt::format("{} came back of {} refunded", to_grouped_text(money(amount)), to_grouped_text(money(most))),
            most > 0 ? fmt::format("up to {}", to_grouped_text(money(most))) : "a refund that was made",
            "refunds.before_payout");
    }
    if (is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_already_open, "a bank is deciding on the charge", "the report once it has",
                      "disputes.fraud");
    }
    std::vector<EventBody> events;
    RefundReturned back{
        .pledge = command.pledge, .item = command.item, .reason = command.reason, .reference = command.reference};
    std::int64_t left = amount;
    LinesLeft gone = lines_gone(state, *pledge);
    const auto return_to = [&](std::int64_t part, std::size_t payout, Account to, bool allotted) {
        if (part == 0) return;
        back.lines = gone.take(terms(), part, allotted ? moved_with_the_rest : returned_from);
        back.amount = part;
        back.payout = static_cast<std::uint32_t>(payout);
        back.to = to;
        back.allotted = allotted;
        events.emplace_back(back);
        left -= part;
    };
    if (!has_ended_without_success(state.phase)) {
        for (std::size_t i = 0; i < state.payouts.size(); ++i) {
            if (state.payouts[i].kind == PayoutLine::Kind::given_back)
                return_to(std::min(left, detail->allotted_refunded), i, Account::escrow, true);
        }
    }
    std::int64_t to_creator = 0;
    const auto return_to_owner = [&](std::int64_t part, std::uint32_t instalment) {
        const std::size_t payout = payout_of(state, *pledge, instalment);
        const bool is_paid = state.payouts[payout].paid_at.has_value();
        back.instalment = instalment;
        return_to(part, payout, is_paid ? Account::creator : Account::escrow, false);
        if (is_paid) to_creator += part - of_others(back.lines);
    };
    if (const std::vector<Instalment>* parts = instalments_of(state, *pledge)) {
        for (std::uint32_t i = 0; i < parts->size() && left > 0; ++i)
            return_to_owner(std::min(left, (*parts)[i].refunded), i + 1);
    } else {
        return_to_owner(left, 1);
    }
    const std::int64_t beyond = to_creator - owed_by_creator(state);
    if (to_creator > 0 && beyond > 0) events.emplace_back(PayoutAdded{beyond});
    return events;
}

}  // namespace crowdrules::campaign
