// SPDX-License-Identifier: BSL-1.0
// The command that gives a backer money back.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/judge/judge.hpp"
#include "campaign/judge/money.hpp"
#include "campaign/state/lines.hpp"
#include "core/listed.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

namespace {

/// Money of one charge of a pledge, and how much of it goes back.
struct RefundPart {
    std::uint32_t instalment;  ///< from 1
    std::int64_t charged;      ///< by that charge
    std::int64_t left;         ///< of it, before this refund
    std::int64_t amount;       ///< goes back now
};

/// Which charges give money back, the latest first, and what is cancelled of those still open.
std::vector<RefundPart> refund_parts(const State& state, Handle pledge, std::int64_t amount, std::int64_t& cancelled) {
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
std::int64_t item_of(const State& state, Handle pledge, RefundItem item) {
    const PledgeRecord& record = state.book.records[pledge];
    const PledgeDetail* detail = state.book.detail_of(pledge);
    PledgeChoice choice{.reward = RewardId{record.reward}};
    std::int64_t on_top = 0;
    if (detail != nullptr) {
        choice.quantity = detail->quantity;
        for (const PledgeLine& line : detail->lines)
            if (!is_part_of_pledge(state.terms->lines[line.rule].name)) on_top += line.amount;
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
            return std::max<std::int64_t>(record.amount - on_top - parts->total, 0);
    }
    return 0;
}

FeeParts operator-(FeeParts a, const FeeParts& b) {
    return {.fee = a.fee - b.fee, .tax = a.tax - b.tax};
}

/// The processing fee that was taken with a charge: as reported, or else as the terms say.
FeeParts fee_taken(const State& state, Handle pledge, std::uint32_t instalment, std::int64_t charged) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    const ReportedCharge* reported = detail != nullptr ? detail->reported_of(instalment) : nullptr;
    if (reported != nullptr) return {.fee = reported->fee, .tax = reported->tax};
    return fee_parts(processing_schedule(state, pledge, {}), {charged, state.terms->currency});
}

/// The processing fee that a refund before the payout returns by the terms. `taken` is that of the charge.
FeeParts returned_fee(const State& state, Handle pledge, const RefundPart& part, const FeeParts& taken,
                      const std::vector<LineAmount>& lines) {
    const Terms& terms = *state.terms;
    const PledgeDetail* detail = state.book.detail_of(pledge);
    const ReportedCharge* reported = detail != nullptr ? detail->reported_of(part.instalment) : nullptr;
    const std::string_view method = reported != nullptr ? std::string_view(reported->method) : std::string_view();
    const FeeSchedule& schedule = processing_schedule(state, pledge, method);
    const std::int64_t free = reported != nullptr ? reported->free : 0;
    const std::int64_t free_left = reported != nullptr ? free - reported->free_gone : 0;
    const std::int64_t free_now = without(terms, lines, &LineRule::bears_processing_fee);
    const auto fee_of = [&](std::int64_t amount, std::int64_t of_it_free) {
        return fee_parts(schedule, {std::max<std::int64_t>(amount - of_it_free, 0), terms.currency});
    };
    const auto share_of = [&](std::int64_t gone) -> FeeParts {
        return {.fee = in_proportion(taken.fee, gone, part.charged, schedule.rounding),
                .tax = in_proportion(taken.tax, gone, part.charged,
                                     schedule.tax ? schedule.tax->rounding : schedule.rounding)};
    };
    const bool everything = part.amount == part.left;
    if (everything && !terms.refunds.fees_returned_before_payout) return {};
    // Earlier partial refunds have returned what the rule for them says.
    const std::int64_t gone = part.charged - part.left;
    switch (terms.refunds.partial.value_or(PartialRefundFee::kept)) {
        case PartialRefundFee::kept:
            return everything ? taken : FeeParts{};
        case PartialRefundFee::recomputed:
            // What a provider took besides stays with the charge until all of it goes back.
            if (everything) return taken - (fee_of(part.charged, free) - fee_of(part.left, free_left));
            return fee_of(part.left, free_left) - fee_of(part.left - part.amount, free_left - free_now);
        case PartialRefundFee::proportional:
            return share_of(gone + part.amount) - share_of(gone);
    }
    return {};
}

/// What was taken with all charges of a pledge and has not come back.
FeeParts fee_left(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    const PledgeDetail* detail = state.book.detail_of(pledge);
    FeeParts left;
    const auto add = [&](std::uint32_t instalment, std::int64_t charged) {
        const FeeParts taken = fee_taken(state, pledge, instalment, charged);
        left.fee += taken.fee;
        left.tax += taken.tax;
    };
    if (const std::vector<Instalment>* parts = instalments_of(state, pledge)) {
        for (std::size_t i = 0; i < parts->size(); ++i) {
            if ((*parts)[i].state == InstalmentState::collected)
                add(static_cast<std::uint32_t>(i + 1), (*parts)[i].amount);
        }
    } else {
        add(1, record.amount - uncaptured_of(detail));
    }
    if (detail != nullptr) left = left - FeeParts{.fee = detail->fee_returned, .tax = detail->tax_returned};
    return left;
}

/// The place of a line of this name among those of a pledge.
std::optional<std::size_t> place_of(const Terms& terms, const LinesLeft& lines, std::string_view name) {
    for (std::size_t i = 0; !lines.empty() && i < lines.lines->size(); ++i)
        if (terms.lines[(*lines.lines)[i].rule].name == name) return i;
    return std::nullopt;
}

/// The line that an item of a refund is, where the terms have a rule for it.
std::string_view line_of(RefundItem item) {
    return item == RefundItem::add_on ? std::string_view("add_ons") : to_text(item);
}

/// "tip, vat": the lines of a pledge as people choose from them.
std::string names_of(const Terms& terms, const LinesLeft& lines) {
    if (lines.empty()) return "no line: it has none";
    return detail::listed(*lines.lines,
                          [&](const PledgeLine& line) -> const auto& { return terms.lines[line.rule].name; });
}

/// Money of payouts made that is still in escrow, and what of it is one backer's: what was allotted to it or, when
/// every pledge was let go, whatever there is.
class HeldBack {
  public:
    HeldBack(const State& state, Handle pledge) : left_(state.payouts.size()) {
        const PledgeDetail* detail = state.book.detail_of(pledge);
        const bool is_over = has_ended_without_success(state.phase);
        std::int64_t allotted = detail != nullptr ? detail->to_return : 0;
        for (std::size_t i = 0; i < left_.size(); ++i) {
            const PayoutLine& line = state.payouts[i];
            if (line.paid_at || line.gross != 0 || line.carried <= 0) continue;
            const std::int64_t in_it = std::min(line.carried, std::max<std::int64_t>(line.in_escrow(), 0));
            if (is_over) {
                left_[i] = in_it;
            } else if (line.kind == PayoutLine::Kind::given_back) {
                left_[i] = std::min(in_it, allotted);
            }
        }
    }

    /// Gives back up to `amount` of it, of all lines alike: it is the creator's money. Returns how much.
    std::int64_t give_back(std::int64_t amount, const RefundPledge& command, std::int64_t cancelled, const Terms& terms,
                           LinesLeft& lines, std::vector<EventBody>& events) {
        std::int64_t given = 0;
        for (std::size_t i = 0; i < left_.size() && given < amount; ++i) {
            const std::int64_t part = std::min(left_[i], amount - given);
            if (part == 0) continue;
            left_[i] -= part;
            given += part;
            events.emplace_back(PledgeRefunded{.pledge = command.pledge,
                                               .payout = static_cast<std::uint32_t>(i),
                                               .item = command.item,
                                               .cancelled = std::exchange(cancelled, 0),
                                               .amount = part,
                                               .reference = command.reference,
                                               .lines = lines.take(terms, part, moved_with_the_rest)});
        }
        return given;
    }

  private:
    std::vector<std::int64_t> left_;
};

}  // namespace

Verdict Judge::judge(const RefundPledge& command) const {
    if (auto rejection = refuse_if_reported_before("refund", command.reference,
                                                   {.about = command.pledge.value, .amount = command.amount.minor()}))
        return rejection;
    const auto pledge = find(command.pledge);
    if (!pledge) return failure(pledge.error());
    const std::optional<Money> wanted = command.amount;
    if (auto rejection = refuse_other_currency({&wanted, &command.fee_returned})) return rejection;
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
    const PledgeDetail* detail = state.book.detail_of(*pledge);
    LinesLeft lines_left = lines_collected(state, *pledge);
    std::optional<std::size_t> first;  // the line that the money is of, or what is beside all lines
    if (!command.line.empty()) {
        first = place_of(terms(), lines_left, command.line);
        const std::int64_t left = first ? lines_left.left[*first] : 0;
        if (!first || command.amount.minor() > left) {
            return reject(first ? RejectionCode::refund_above_item : RejectionCode::line_unknown,
                          first ? fmt::format("{} of '{}', of which {} are left", to_grouped_text(command.amount),
                                              command.line, to_grouped_text(money(left)))
                                : fmt::format("the pledge has no line '{}'", command.line),
                          first ? fmt::format("at most {}, or a general refund", to_grouped_text(money(left)))
                                : names_of(terms(), lines_left),
                          "lines");
        }
    } else if (command.item != RefundItem::general && !lines_left.empty()) {
        first = place_of(terms(), lines_left, line_of(command.item)).value_or(lines_left.lines->size());
    }
    if (command.item != RefundItem::general) {
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
    if (before_payout && !terms().refunds.partial && !command.fee_returned) {
        return reject(RejectionCode::partial_refund_rule_missing,
                      "what a partial refund does to the processing fee is not established",
                      "terms with refunds.partial 'kept', 'recomputed' or 'proportional', the fee that the provider "
                      "returned, or a full refund",
                      "refunds.partial");
    }
    const FeeParts left = fee_left(state, *pledge);
    if (command.fee_returned) {
        const std::int64_t returned = command.fee_returned->minor();
        if (returned < 0 || returned > left.fee + left.tax || (parts.empty() && returned > 0)) {
            return reject(RejectionCode::fee_returned_above_fee,
                          fmt::format("{} of fees returned, and {} were taken", to_grouped_text(*command.fee_returned),
                                      to_grouped_text(money(left.fee + left.tax))),
                          fmt::format("0 to {}", to_grouped_text(money(parts.empty() ? 0 : left.fee + left.tax))),
                          "refunds.partial");
        }
    }
    if (is_disputed(state, *pledge)) {
        return reject(RejectionCode::dispute_already_open, "a bank is deciding on the charge", "a refund once it has",
                      "disputes.fraud");
    }

    std::vector<EventBody> events;
    std::int64_t reserve = state.ledger.balance(Account::reserve).minor();
    std::int64_t reported = command.fee_returned ? command.fee_returned->minor() : 0;
    FeeParts fee_open = left;
    std::int64_t to_creator = 0;
    std::int64_t gone_counted = 0;
    HeldBack held(state, *pledge);
    for (RefundPart part : parts) {
        const std::size_t payout = payout_of(state, *pledge, part.instalment);
        const bool is_paid = state.payouts[payout].paid_at.has_value();
        const FeeParts taken = fee_taken(state, *pledge, part.instalment, part.charged);
        const std::size_t before = events.size();
        if (is_paid) part.amount -= held.give_back(part.amount, command, cancelled, terms(), lines_left, events);
        if (events.size() > before) cancelled = 0;
        std::vector<LineAmount> lines = lines_left.take(terms(), part.amount, returned_from, first);
        const FeeParts computed = is_paid ? FeeParts{} : returned_fee(state, *pledge, part, taken, lines);
        // Where less was taken than the terms say, less came back with earlier parts too, and never less than nothing.
        FeeParts fee{.fee = std::max<std::int64_t>(std::min(computed.fee, fee_open.fee), 0),
                     .tax = std::max<std::int64_t>(std::min(computed.tax, fee_open.tax), 0)};
        const std::int64_t by_terms = fee.fee + fee.tax;
        if (command.fee_returned) {
            // The latest charge first, and of each the fee before its tax.
            fee.fee = std::min(reported, fee_open.fee);
            fee.tax = std::min(reported - fee.fee, fee_open.tax);
            reported -= fee.fee + fee.tax;
        }
        fee_open = fee_open - fee;
        if (part.amount == 0 && events.size() > before && fee.fee + fee.tax + by_terms == 0) continue;
        const std::int64_t from_others = of_others(lines);
        // The reserve covers what nobody else gives back.
        const std::int64_t from_reserve = is_paid ? std::min(part.amount - from_others, reserve) : 0;
        reserve -= from_reserve;
        if (is_paid) to_creator += fee.fee + fee.tax + from_others - (part.amount - from_reserve);
        gone_counted += part.amount - without(terms(), lines, &LineRule::counts);
        events.emplace_back(PledgeRefunded{.pledge = command.pledge,
                                           .payout = static_cast<std::uint32_t>(payout),
                                           .item = command.item,
                                           .cancelled = cancelled,
                                           .amount = part.amount,
                                           .fee_returned = fee.fee,
                                           .tax_returned = fee.tax,
                                           .from_reserve = from_reserve,
                                           .from = is_paid ? Account::creator : Account::escrow,
                                           .difference = by_terms - fee.fee - fee.tax,
                                           .reference = command.reference,
                                           .lines = std::move(lines),
                                           .instalment = part.instalment});
        cancelled = 0;
    }
    if (events.empty()) {
        events.emplace_back(PledgeRefunded{
            .pledge = command.pledge, .item = command.item, .cancelled = cancelled, .reference = command.reference});
    }
    credit(state, to_creator, events);
    if (command.amount.minor() == most && !state.closed) {
        follow_up_without(*pledge, events);
    } else {
        follow_collected_without(*pledge, gone_counted, events);
    }
    return events;
}

}  // namespace crowdrules::campaign
