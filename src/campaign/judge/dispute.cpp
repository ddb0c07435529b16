// SPDX-License-Identifier: BSL-1.0
// Commands about charges that a bank takes back.
#include <fmt/format.h>

#include "campaign/due/payouts.hpp"
#include "campaign/judge/judge.hpp"
#include "campaign/judge/money.hpp"
#include "campaign/state/lines.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

Verdict Judge::judge(const OpenDispute& command) const {
    if (auto rejection = refuse_if_reported_before("dispute", command.reference,
                                                   {.about = command.pledge.value,
                                                    .instalment = command.instalment,
                                                    .amount = command.amount ? command.amount->minor() : 0}))
        return rejection;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    const std::vector<Instalment>* parts = instalments_of(state, *pledge);
    const std::size_t count = parts != nullptr ? parts->size() : 1;
    if (command.instalment == 0 || command.instalment > count) {
        return reject(RejectionCode::instalment_unknown, fmt::format("there is no instalment {}", command.instalment),
                      fmt::format("1 to {}", count), "instalments");
    }
    if (auto rejection = refuse_other_currency({&command.amount, &command.fee})) return rejection;
    if (command.amount && !command.amount->is_positive()) {
        return reject(RejectionCode::amount_not_positive, fmt::format("{} disputed", to_text(*command.amount)),
                      "an amount above zero");
    }
    std::int64_t left = 0;
    if (parts != nullptr) {
        const Instalment& part = (*parts)[command.instalment - 1];
        left = part.state == InstalmentState::collected ? part.amount - part.refunded : 0;
    } else {
        left = collected_of(state, *pledge).left();
    }
    const std::int64_t fee = command.fee ? command.fee->minor() : terms().disputes.fee;
    if (fee < 0 || fee > largest_fixed_fee) {
        return reject(RejectionCode::fee_above_amount, fmt::format("a fee of {}", to_grouped_text(money(fee))),
                      fmt::format("0 to {}", to_grouped_text(money(largest_fixed_fee))), "disputes.fee");
    }
    if (left == 0) {
        return reject(RejectionCode::nothing_collected, "nothing of that charge is left to dispute",
                      "a charge that was collected", "disputes.fraud");
    }
    const std::int64_t amount = command.amount ? command.amount->minor() : left;
    if (amount > left) {
        return reject(RejectionCode::dispute_above_charge,
                      fmt::format("{} disputed of {} that are left of the charge", to_grouped_text(money(amount)),
                                  to_grouped_text(money(left))),
                      fmt::format("at most {}", to_grouped_text(money(left))), "disputes.fraud");
    }
    if (is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_already_open, "a dispute about this pledge is open", "its end first",
                      "disputes.fraud");
    }
    const bool is_paid = state.payouts[payout_of(state, *pledge, command.instalment)].paid_at.has_value();
    std::vector<LineAmount> lines = lines_collected(state, *pledge).take(terms(), amount, moved_with_the_rest);
    return std::vector<EventBody>{DisputeOpened{.pledge = command.pledge,
                                                .instalment = command.instalment,
                                                .amount = amount,
                                                .held_from = is_paid ? Account::creator : Account::escrow,
                                                .reason = command.reason,
                                                .fee = fee,
                                                .difference = fee - terms().disputes.fee,
                                                .reference = command.reference,
                                                .lines = std::move(lines)}};
}

Verdict Judge::judge(const CloseDispute& command) const {
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (!is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_not_open, "no dispute about this pledge is open",
                      "a pledge that is disputed", "disputes.fraud");
    }
    if (auto rejection = refuse_other_currency({&command.fee_returned})) return rejection;
    const PledgeDetail& detail = *state.book.detail_of(*pledge);
    const std::int64_t returned_by_terms = command.won && terms().disputes.fee_returned_if_won ? detail.dispute_fee : 0;
    const std::int64_t fee_returned = command.fee_returned ? command.fee_returned->minor() : returned_by_terms;
    if (fee_returned < 0 || fee_returned > detail.dispute_fee) {
        return reject(RejectionCode::fee_returned_above_fee,
                      fmt::format("{} returned of a fee of {}", to_grouped_text(money(fee_returned)),
                                  to_grouped_text(money(detail.dispute_fee))),
                      fmt::format("0 to {}", to_grouped_text(money(detail.dispute_fee))), "disputes.fee");
    }
    // The money of a campaign without success, and of a pledge that was let go, is the backer's own: there is nobody to
    // make it good to.
    const PledgeState pledged = state.book.records[*pledge].state;
    const bool is_let_go = pledged == PledgeState::released || pledged == PledgeState::cancelled;
    const bool is_creators = state.succeeded_at && !has_ended_without_success(state.phase) && !is_let_go;
    const std::int64_t fee_kept = detail.dispute_fee - fee_returned;
    const bool is_fee_made_good = is_creators && terms().disputes.bearer_of_fee(detail.reason) == Bearer::platform;
    const std::int64_t fee_made_good = is_fee_made_good ? fee_kept : 0;
    const bool is_held_from_creator = detail.held_from == Account::creator;
    std::int64_t to_creator = fee_returned + fee_made_good;
    if (command.won) {
        std::vector<EventBody> events{DisputeWon{.pledge = command.pledge,
                                                 .amount = detail.disputed,
                                                 .returns_to = detail.held_from,
                                                 .fee_returned = fee_returned,
                                                 .fee_made_good = fee_made_good,
                                                 .difference = returned_by_terms - fee_returned}};
        if (is_held_from_creator) credit(state, detail.disputed + to_creator, events);
        return events;
    }
    const Bearer bearer = is_creators ? terms().disputes.bearer(detail.reason) : Bearer::creator;
    // Whoever bears the loss for the creator leaves the lines where they are.
    std::vector<LineAmount> lines;
    if (bearer == Bearer::creator)
        lines = lines_collected(state, *pledge).take(terms(), detail.disputed, returned_from);
    const std::int64_t from_others = of_others(lines);
    to_creator += from_others;
    if (bearer == Bearer::platform) to_creator += detail.disputed;
    std::int64_t from_reserve = 0;
    if (is_held_from_creator) {
        // The reserve covers what is still owed of the loss: a payout in between may have covered it.
        const std::int64_t loss =
            (bearer == Bearer::creator ? detail.disputed - from_others : 0) + fee_kept - fee_made_good;
        const std::int64_t owed = std::max<std::int64_t>(owed_by_creator(state) - to_creator, 0);
        from_reserve = std::min({loss, state.ledger.balance(Account::reserve).minor(), owed});
    }
    std::vector<EventBody> events{DisputeLost{.pledge = command.pledge,
                                              .amount = detail.disputed,
                                              .bearer = bearer,
                                              .made_good = detail.held_from,
                                              .from_reserve = from_reserve,
                                              .fee_returned = fee_returned,
                                              .fee_made_good = fee_made_good,
                                              .difference = returned_by_terms - fee_returned,
                                              .lines = std::move(lines)}};
    if (is_held_from_creator) credit(state, to_creator, events);
    const Collected paid = collected_of(state, *pledge);
    if (detail.disputed == paid.left() + paid.open && !state.closed) {
        follow_up_without(*pledge, events);
    } else {
        const auto& gone = std::get<DisputeLost>(events.front()).lines;
        follow_collected_without(*pledge, detail.disputed - without(terms(), gone, &LineRule::counts), events);
    }
    return events;
}

}  // namespace crowdrules::campaign
