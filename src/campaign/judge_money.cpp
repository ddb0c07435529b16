// SPDX-License-Identifier: BSL-1.0
// Commands about money: charges, refunds, disputes and payouts.
#include <fmt/format.h>

#include "charges.hpp"
#include "judge.hpp"
#include "payouts.hpp"
#include "statement_of.hpp"
#include <algorithm>

namespace crowdrules {

namespace {

/// The money of one pledge, as far as it came in.
struct Collected {
    std::int64_t amount = 0;    ///< collected
    std::int64_t refunded = 0;  ///< of which given back, by a refund or by a bank
    std::int64_t open = 0;      ///< instalments still to be charged
    [[nodiscard]] std::int64_t left() const { return amount - refunded; }
};

Collected collected_of(const CampaignState& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (!record.has(PledgeRecord::in_instalments)) {
        return {.amount = record.has(PledgeRecord::charged) ? record.amount : 0,
                .refunded = detail ? detail->refunded + detail->charged_back : 0};
    }
    Collected money{.refunded = detail->refunded + detail->charged_back};
    for (const Instalment& part : detail->instalments) {
        if (part.state == InstalmentState::collected) {
            money.amount += part.amount;
        } else if (part.state != InstalmentState::cancelled) {
            money.open += part.amount;
        }
    }
    return money;
}

/// Money of one charge of a pledge, and how much of it goes back.
struct RefundPart {
    std::uint32_t instalment;  ///< from 1
    std::int64_t charged;      ///< by that charge
    std::int64_t left;         ///< of it, before this refund
    std::int64_t amount;       ///< goes back now
};

/// Which charges give money back, the latest first, and what is cancelled of those still open.
std::vector<RefundPart> refund_parts(const CampaignState& state, Handle pledge, std::int64_t amount,
                                     std::int64_t& cancelled) {
    cancelled = 0;
    const std::vector<Instalment>* parts = instalments_of(state, pledge);
    if (parts == nullptr) {
        const Collected money = collected_of(state, pledge);
        return {{.instalment = 1, .charged = money.amount, .left = money.left(), .amount = amount}};
    }
    std::vector<RefundPart> refunds;
    for (const InstalmentRefund& step : refund_order(*parts, amount)) {
        const Instalment& part = (*parts)[step.index];
        if (step.cancels) {
            cancelled += step.amount;
        } else {
            refunds.push_back({.instalment = static_cast<std::uint32_t>(step.index + 1),
                               .charged = part.amount,
                               .left = part.amount - part.refunded,
                               .amount = step.amount});
        }
    }
    return refunds;
}

/// What one item of a pledge came to. Expects: an item other than `general`.
std::int64_t item_of(const CampaignState& state, Handle pledge, RefundItem item) {
    const PledgeRecord& record = state.book.records[pledge];
    const PledgeDetail* detail = state.book.detail_of(pledge);
    PledgeChoice choice{.reward = RewardId{record.reward}};
    if (detail != nullptr) {
        choice.add_ons = detail->add_ons;
        choice.ship_to = detail->ship_to;
    }
    const PricePhase phase = record.has(PledgeRecord::late) ? PricePhase::late : PricePhase::live;
    // Items that have backers are frozen: they cost what they cost when the pledge was made. Of a pledge that gave them
    // up and whose items were changed since, no item can be told.
    const auto parts = compose(state.rewards, state.add_ons, choice, 0, phase);
    if (!parts) return 0;
    switch (item) {
        case RefundItem::reward:
            return parts->reward;
        case RefundItem::add_on:
            return parts->add_ons;
        case RefundItem::shipping:
            return parts->shipping;
        case RefundItem::bonus:
        case RefundItem::general:
            return record.amount - parts->total;
    }
    return 0;
}

FeeParts operator-(FeeParts a, const FeeParts& b) {
    return {.fee = a.fee - b.fee, .tax = a.tax - b.tax};
}

/// The processing fee that a refund before the payout returns.
FeeParts returned_fee(const Terms& terms, const RefundPart& part) {
    const auto fee_of = [&](std::int64_t amount) { return fee_parts(terms.fees.processing, {amount, terms.currency}); };
    const bool everything = part.amount == part.left;
    // Earlier partial refunds have returned what the rule for them says; what is kept is the fee on what was left.
    const bool recomputes = terms.refunds.partial == PartialRefundFee::recomputed;
    const FeeParts kept_so_far = recomputes ? fee_of(part.left) : fee_of(part.charged);
    if (everything) return terms.refunds.fees_returned_before_payout ? kept_so_far : FeeParts{};
    return recomputes ? kept_so_far - fee_of(part.left - part.amount) : FeeParts{};
}

}  // namespace

std::int64_t processing_fee_of(const CampaignState& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    if (!record.has(PledgeRecord::charged)) return 0;
    const auto fee_of = [&](std::int64_t amount) {
        const FeeParts fee = fee_parts(state.terms->fees.processing, {amount, state.terms->currency});
        return fee.fee + fee.tax;
    };
    const PledgeDetail* detail = state.book.detail_of(pledge);
    std::int64_t fees = 0;
    if (const std::vector<Instalment>* parts = instalments_of(state, pledge)) {
        for (const Instalment& part : *parts)
            fees += part.state == InstalmentState::collected ? fee_of(part.amount) : 0;
    } else {
        fees = fee_of(record.amount);
    }
    return fees - (detail != nullptr ? detail->fee_returned + detail->tax_returned : 0);
}

Verdict Judge::judge(const RecordCharge& command) const {
    if (auto rejection = ended()) return rejection;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    const PledgeRecord& record = state.book.records[*pledge];
    const std::vector<Instalment>* parts = instalments_of(state, *pledge);
    const std::size_t count = parts != nullptr ? parts->size() : 1;
    if (command.instalment == 0 || command.instalment > count) {
        return reject(RejectionCode::instalment_unknown, fmt::format("there is no instalment {}", command.instalment),
                      fmt::format("1 to {}", count), "instalments");
    }
    if (!is_standing(record.state) && record.state != PledgeState::refunded &&
        record.state != PledgeState::charged_back) {
        return reject(RejectionCode::pledge_not_standing, fmt::format("the pledge is {}", to_text(record.state)),
                      "a pledge that stands", "charges.retry_window");
    }
    const Instalment* part = parts != nullptr ? &(*parts)[command.instalment - 1] : nullptr;
    const bool is_unscheduled = record.has(PledgeRecord::in_instalments) && part == nullptr;
    const Instant due = is_unscheduled ? never : part != nullptr ? part->due : charge_due(state, *pledge);
    if (due > at) {
        return reject(RejectionCode::charge_not_due,
                      due != never              ? fmt::format("it is due {}", to_text(due))
                      : awaits_readiness(state) ? "nothing is charged before the creator is ready to ship"
                                                : "nothing is charged before the campaign has succeeded",
                      "the charge once it is due", "charges.timing");
    }
    const bool is_collected =
        part != nullptr ? part->state == InstalmentState::collected : record.has(PledgeRecord::charged);
    if (is_collected) {
        return reject(
            RejectionCode::charge_already_collected,
            fmt::format("{} was charged", to_grouped_text(money(part != nullptr ? part->amount : record.amount))),
            "one charge", "charges.timing");
    }
    if (part != nullptr && part->state == InstalmentState::cancelled) {
        return reject(RejectionCode::pledge_not_standing, "the instalment is cancelled", "an instalment that is open",
                      "instalments");
    }

    std::vector<EventBody> events;
    if (!command.succeeded) {
        events.emplace_back(ChargeFailed{command.pledge, command.instalment});
        // A charge at checkout has no second try.
        const bool at_checkout =
            terms().charges.timing == ChargeTiming::at_pledge || comes_after_charges(state, record);
        if (at_checkout) {
            events.emplace_back(PledgeDropped{command.pledge});
            follow_up_without(*pledge, events);
        }
        return events;
    }
    const std::int64_t amount = part != nullptr ? part->amount : record.amount;
    const FeeParts fee = fee_parts(terms().fees.processing, money(amount));
    events.emplace_back(ChargeCollected{
        .pledge = command.pledge, .amount = amount, .fee = fee.fee, .tax = fee.tax, .instalment = command.instalment});
    const bool counts_now =
        terms().model.counts == Counted::collected && !state.closed && !record.has(PledgeRecord::late);
    if (counts_now) follow_up(support_of(state) + Support{.collected = amount, .charged = 1}, events);
    return events;
}

Verdict Judge::judge(const RefundPledge& command) const {
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (command.amount.currency() != terms().currency) {
        return reject(RejectionCode::currency_differs,
                      fmt::format("{} in a campaign of {}", to_text(command.amount), terms().currency.code()),
                      fmt::format("an amount in {}", terms().currency.code()));
    }
    const Collected paid = collected_of(state, *pledge);
    if (paid.left() == 0) {
        return reject(RejectionCode::nothing_collected,
                      paid.amount == 0 ? "nothing was charged"
                                       : fmt::format("all {} were given back", to_grouped_text(money(paid.amount))),
                      "a pledge that was charged", "refunds.before_payout");
    }
    if (!command.amount.is_positive()) {
        return reject(RejectionCode::refund_not_positive, fmt::format("a refund of {}", to_text(command.amount)),
                      fmt::format("up to {}", to_grouped_text(money(paid.left() + paid.open))));
    }
    const std::int64_t most = paid.left() + paid.open;
    if (command.amount.minor() > most) {
        return reject(RejectionCode::refund_above_collected,
                      fmt::format("{} of {} that are left of the pledge", to_grouped_text(command.amount),
                                  to_grouped_text(money(most))),
                      fmt::format("at most {}", to_grouped_text(money(most))), "refunds.before_payout");
    }
    if (command.item != RefundItem::general) {
        const PledgeDetail* detail = state.book.detail_of(*pledge);
        const std::int64_t before =
            detail != nullptr ? detail->refunded_for[static_cast<std::size_t>(command.item)] : 0;
        const std::int64_t left = item_of(state, *pledge, command.item) - before;
        if (command.amount.minor() > left) {
            return reject(RejectionCode::refund_above_item,
                          fmt::format("{} for its {}, of which {} are left", to_grouped_text(command.amount),
                                      to_text(command.item), to_grouped_text(money(left))),
                          fmt::format("at most {}, or a general refund", to_grouped_text(money(left))),
                          "refunds.before_payout");
        }
    }

    std::int64_t cancelled = 0;
    const std::vector<RefundPart> parts = refund_parts(state, *pledge, command.amount.minor(), cancelled);
    const bool before_payout = std::any_of(parts.begin(), parts.end(), [&](const RefundPart& part) {
        return part.amount < part.left && !state.payouts[payout_of(state, *pledge, part.instalment)].paid_at;
    });
    if (before_payout && !terms().refunds.partial) {
        return reject(RejectionCode::partial_refund_rule_missing,
                      "what a partial refund does to the processing fee is not established",
                      "terms with refunds.partial 'kept' or 'recomputed', or a full refund", "refunds.partial");
    }
    if (is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_already_open, "a bank is deciding on the charge", "a refund once it has",
                      "disputes.fraud");
    }

    std::vector<EventBody> events;
    std::int64_t reserve = state.ledger.balance(Account::reserve).minor();
    for (const RefundPart& part : parts) {
        const std::size_t payout = payout_of(state, *pledge, part.instalment);
        const bool is_paid = state.payouts[payout].paid_at.has_value();
        const FeeParts fee = is_paid ? FeeParts{} : returned_fee(terms(), part);
        const std::int64_t from_reserve = is_paid ? std::min(part.amount, reserve) : 0;
        reserve -= from_reserve;
        events.emplace_back(PledgeRefunded{.pledge = command.pledge,
                                           .payout = static_cast<std::uint32_t>(payout),
                                           .item = command.item,
                                           .cancelled = cancelled,
                                           .amount = part.amount,
                                           .fee_returned = fee.fee,
                                           .tax_returned = fee.tax,
                                           .from_reserve = from_reserve,
                                           .from = is_paid ? Account::creator : Account::escrow});
        cancelled = 0;
    }
    if (events.empty())
        events.emplace_back(PledgeRefunded{.pledge = command.pledge, .item = command.item, .cancelled = cancelled});
    if (command.amount.minor() == most) follow_up_without(*pledge, events);
    return events;
}

Verdict Judge::judge(const OpenDispute& command) const {
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    const std::vector<Instalment>* parts = instalments_of(state, *pledge);
    const std::size_t count = parts != nullptr ? parts->size() : 1;
    if (command.instalment == 0 || command.instalment > count) {
        return reject(RejectionCode::instalment_unknown, fmt::format("there is no instalment {}", command.instalment),
                      fmt::format("1 to {}", count), "instalments");
    }
    std::int64_t left = 0;
    if (parts != nullptr) {
        const Instalment& part = (*parts)[command.instalment - 1];
        left = part.state == InstalmentState::collected ? part.amount - part.refunded : 0;
    } else {
        left = collected_of(state, *pledge).left();
    }
    if (left == 0) {
        return reject(RejectionCode::nothing_collected, "nothing of that charge is left to dispute",
                      "a charge that was collected", "disputes.fraud");
    }
    if (is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_already_open, "a dispute about this pledge is open", "its end first",
                      "disputes.fraud");
    }
    const bool is_paid = state.payouts[payout_of(state, *pledge, command.instalment)].paid_at.has_value();
    return std::vector<EventBody>{DisputeOpened{.pledge = command.pledge,
                                                .instalment = command.instalment,
                                                .amount = left,
                                                .held_from = is_paid ? Account::creator : Account::escrow,
                                                .reason = command.reason}};
}

Verdict Judge::judge(const CloseDispute& command) const {
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    if (!is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_not_open, "no dispute about this pledge is open",
                      "a pledge that is disputed", "disputes.fraud");
    }
    const PledgeDetail& detail = *state.book.detail_of(*pledge);
    if (command.won) {
        return std::vector<EventBody>{
            DisputeWon{.pledge = command.pledge, .amount = detail.disputed, .returns_to = detail.held_from}};
    }
    // The money of a campaign without success, and of a pledge that was let go, is the backer's own: there is nobody to
    // make it good to.
    const PledgeState pledged = state.book.records[*pledge].state;
    const bool is_let_go = pledged == PledgeState::released || pledged == PledgeState::cancelled;
    const bool is_creators = state.succeeded_at && !has_ended_without_success(state.phase) && !is_let_go;
    const Bearer bearer = is_creators ? terms().disputes.bearer(detail.reason) : Bearer::creator;
    const bool is_covered = bearer == Bearer::creator && detail.held_from == Account::creator;
    const std::int64_t reserve = state.ledger.balance(Account::reserve).minor();
    std::vector<EventBody> events{DisputeLost{.pledge = command.pledge,
                                              .amount = detail.disputed,
                                              .bearer = bearer,
                                              .made_good = detail.held_from,
                                              .from_reserve = is_covered ? std::min(detail.disputed, reserve) : 0}};
    const Collected paid = collected_of(state, *pledge);
    if (detail.disputed == paid.left() + paid.open) follow_up_without(*pledge, events);
    return events;
}

Verdict Judge::judge(const PayOut& command) const {
    if (auto rejection = ended()) return rejection;
    if (auto rejection = claimed()) return rejection;
    if (!state.succeeded_at) {
        return reject(RejectionCode::campaign_not_succeeded, "the campaign has not succeeded", "a campaign that has",
                      "payouts.first_after");
    }
    if (auto rejection = creator_unverified(true)) return rejection;
    if (command.payout >= state.payouts.size()) {
        return reject(RejectionCode::payout_unknown, fmt::format("there is no payout {}", command.payout),
                      fmt::format("0 to {}", state.payouts.size() - 1), "payouts.first_after");
    }
    const PayoutLine& line = state.payouts[command.payout];
    if (line.paid_at) {
        return reject(RejectionCode::payout_already_made, fmt::format("it was made {}", to_text(*line.paid_at)),
                      "another payout", "payouts.first_after");
    }
    if (at < line.due) {
        return reject(RejectionCode::payout_not_due,
                      line.due != never         ? fmt::format("it is due {}", to_text(line.due))
                      : awaits_readiness(state) ? "the creator is not ready to ship"
                                                : "its campaign is still open",
                      "the payout once it is due",
                      line.kind == PayoutLine::Kind::later ? "payouts.later" : "payouts.first_after");
    }
    const PayoutMade made = payout_parts(state, state.payouts, command.payout);
    if (!is_payable(line, made)) {
        return reject(RejectionCode::nothing_to_pay_out,
                      fmt::format("{} collected less {} refunded and held leave {} after fees",
                                  to_grouped_text(money(line.gross)),
                                  to_grouped_text(money(line.refunded + line.charged_back + line.disputed)),
                                  to_grouped_text(money(made.net))),
                      "a payout with money in it", "payouts.first_after");
    }
    return std::vector<EventBody>{made};
}

}  // namespace crowdrules
