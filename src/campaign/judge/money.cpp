// SPDX-License-Identifier: BSL-1.0
// Commands about money: charges, refunds, disputes and payouts.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "judge.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/state/lines.hpp"
#include "campaign/state/statement_of.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

namespace {

/// The money of one pledge, as far as it came in.
struct Collected {
    std::int64_t amount = 0;    ///< collected
    std::int64_t refunded = 0;  ///< of which given back, by a refund or by a bank
    std::int64_t open = 0;      ///< instalments still to be charged
    [[nodiscard]] std::int64_t left() const { return amount - refunded; }
};

Collected collected_of(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    const PledgeDetail* detail = state.book.detail_of(pledge);
    if (!record.has(PledgeRecord::in_instalments)) {
        return {.amount = record.has(PledgeRecord::charged) ? record.amount - uncaptured_of(detail) : 0,
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
    std::vector<std::string_view> names;
    for (const PledgeLine& line : *lines.lines) names.push_back(terms.lines[line.rule].name);
    return fmt::format("{}", fmt::join(names, ", "));
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
    std::int64_t give_back(std::int64_t amount, const RefundPledge& command, std::int64_t cancelled,
                           const Terms& terms, LinesLeft& lines, std::vector<EventBody>& events) {
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

/// What comes to the creator beyond what is owed is due to the creator. `inflow` is what the events bring.
void credit(const State& state, std::int64_t inflow, std::vector<EventBody>& events) {
    const std::int64_t beyond = inflow - owed_by_creator(state);
    if (inflow > 0 && beyond > 0) events.emplace_back(PayoutAdded{beyond});
}

}  // namespace

Judge::Guard Judge::refuse_if_reported_before(std::string_view kind, const std::string& reference,
                                              const ReportedMovement& movement) const {
    if (reference.empty()) return std::nullopt;
    const auto known = state.references.find(fmt::format("{} {}", kind, reference));
    if (known == state.references.end()) return std::nullopt;
    const ReportedMovement& before = known->second;
    const bool is_same = before.about == movement.about && before.instalment == movement.instalment &&
                         (movement.amount == 0 || movement.amount == before.amount);
    if (is_same) {
        return reject(
            RejectionCode::reference_already_reported,
            fmt::format("the {} {} of {} was reported before", kind, reference, to_grouped_text(money(before.amount))),
            "nothing: it is booked");
    }
    const std::string thing =
        kind.starts_with("unmatched")
            ? std::string()
            : fmt::format(" of {} {}", kind.starts_with("payout") ? "payout" : "pledge", before.about);
    return reject(RejectionCode::reference_used_for_other_money,
                  fmt::format("{} is the {} of {}{}", reference, kind, to_grouped_text(money(before.amount)), thing),
                  "a reference of its own for each movement");
}

Judge::Guard Judge::refuse_other_currency(std::initializer_list<const std::optional<Money>*> amounts) const {
    for (const std::optional<Money>* amount : amounts) {
        if (!*amount || (*amount)->currency() == terms().currency) continue;
        return reject(RejectionCode::currency_differs,
                      fmt::format("{} in a campaign of {}", to_text(**amount), terms().currency.code()),
                      fmt::format("an amount in {}", terms().currency.code()));
    }
    return std::nullopt;
}

std::int64_t processing_fee_of(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    if (!record.has(PledgeRecord::charged)) return 0;
    const PledgeDetail* detail = state.book.detail_of(pledge);
    const auto fee_of = [&](std::uint32_t instalment, std::int64_t amount) {
        const ReportedCharge* charge = detail != nullptr ? detail->reported_of(instalment) : nullptr;
        const std::string_view method = charge != nullptr ? std::string_view(charge->method) : std::string_view();
        if (charge != nullptr) amount -= charge->free;
        const FeeParts fee = fee_parts(processing_schedule(state, pledge, method), {amount, state.terms->currency});
        return fee.fee + fee.tax;
    };
    std::int64_t fees = 0;
    if (const std::vector<Instalment>* parts = instalments_of(state, pledge)) {
        for (std::size_t i = 0; i < parts->size(); ++i) {
            const Instalment& part = (*parts)[i];
            if (part.state == InstalmentState::collected)
                fees += fee_of(static_cast<std::uint32_t>(i + 1), part.amount);
        }
    } else {
        fees = fee_of(1, record.amount - uncaptured_of(detail));
    }
    if (detail == nullptr) return fees;
    for (const ReportedCharge& charge : detail->reported) fees += charge.difference;
    return fees - detail->fee_returned - detail->tax_returned + detail->dispute_fees;
}

Verdict Judge::judge(const RecordCharge& command) const {
    if (auto rejection = refuse_if_reported_before("charge", command.reference,
                                                   {.about = command.pledge.value,
                                                    .instalment = command.instalment,
                                                    .amount = command.amount ? command.amount->minor() : 0}))
        return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
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
    if (auto rejection = refuse_other_currency({&command.amount, &command.fee, &command.tax})) return rejection;
    if (command.amount && !command.amount->is_positive()) {
        return reject(RejectionCode::amount_not_positive, fmt::format("{} captured", to_text(*command.amount)),
                      "an amount above zero, or a charge that failed");
    }
    const Instalment* part = parts != nullptr ? &(*parts)[command.instalment - 1] : nullptr;
    const bool is_unscheduled = record.has(PledgeRecord::in_instalments) && part == nullptr;
    const Instant due = is_unscheduled ? never : part != nullptr ? part->due : charge_due(state, *pledge);
    if (due > at) {
        return reject(RejectionCode::charge_not_due,
                      due != never              ? fmt::format("it is due {}", crowdrules::to_text(due))
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

    const auto& methods = terms().fees.methods;
    if (!methods.empty() && !command.method.empty() && !methods.contains(command.method)) {
        std::string known;
        for (const auto& [method, schedule] : methods) known += (known.empty() ? "" : ", ") + method;
        return reject(RejectionCode::method_unknown, fmt::format("there is no fee for '{}'", command.method),
                      fmt::format("{}, or none", known), "fees.methods");
    }
    const std::int64_t charge = part != nullptr ? part->amount : record.amount;
    const std::int64_t amount = command.amount ? command.amount->minor() : charge;
    const bool reports_money = command.amount || command.fee || command.tax;
    if (amount > charge || (!command.succeeded && reports_money)) {
        return reject(
            RejectionCode::capture_above_charge,
            command.succeeded ? fmt::format("{} captured of a charge of {}", to_grouped_text(money(amount)),
                                            to_grouped_text(money(charge)))
                              : "money of a charge that failed",
            command.succeeded ? fmt::format("at most {}", to_grouped_text(money(charge))) : "neither amount nor fee",
            "charges.timing");
    }
    const std::int64_t fee_reported = command.fee ? command.fee->minor() : 0;
    const std::int64_t tax_reported = command.tax ? command.tax->minor() : 0;
    if (fee_reported < 0 || tax_reported < 0 || fee_reported > amount || tax_reported > amount - fee_reported) {
        return reject(RejectionCode::fee_above_amount,
                      fmt::format("a fee of {} and {} of tax on {}", to_grouped_text(money(fee_reported)),
                                  to_grouped_text(money(tax_reported)), to_grouped_text(money(amount))),
                      fmt::format("0 to {} together", to_grouped_text(money(amount))), "fees.processing");
    }

    std::vector<EventBody> events;
    if (!command.succeeded) {
        events.emplace_back(ChargeFailed{command.pledge, command.instalment});
        // A charge at checkout has no second try.
        const bool is_at_checkout =
            terms().charges.timing == ChargeTiming::at_pledge || comes_after_charges(state, record);
        if (is_at_checkout) {
            events.emplace_back(PledgeDropped{command.pledge});
            follow_up_without(*pledge, events);
        }
        return events;
    }
    LinesLeft lines_left = lines_to_charge(state, *pledge);
    LinesLeft of_charge{.lines = lines_left.lines, .left = lines_left.left};
    if (!lines_left.empty() && amount < charge) {
        // What is captured of a charge falls to its lines as the charge does to those of the pledge.
        (void)lines_left.take(terms(), charge, account_of);
        for (std::size_t i = 0; i < of_charge.left.size(); ++i) of_charge.left[i] -= lines_left.left[i];
    }
    std::vector<LineAmount> lines = of_charge.take(terms(), amount, account_of);
    const std::int64_t free = without(terms(), lines, &LineRule::bears_processing_fee);
    const FeeParts computed = fee_parts(processing_schedule(state, *pledge, command.method), money(amount - free));
    const bool is_reported = command.fee || command.tax;
    const FeeParts fee = is_reported ? FeeParts{.fee = fee_reported, .tax = tax_reported} : computed;
    events.emplace_back(ChargeCollected{.pledge = command.pledge,
                                        .amount = amount,
                                        .fee = fee.fee,
                                        .tax = fee.tax,
                                        .instalment = command.instalment,
                                        .uncaptured = charge - amount,
                                        .difference = fee.fee + fee.tax - computed.fee - computed.tax,
                                        .reference = command.reference,
                                        .method = command.method,
                                        .lines = std::move(lines)});
    if (record.has(PledgeRecord::late)) return events;
    const auto& of_lines = std::get<ChargeCollected>(events.back()).lines;
    const Support after =
        support_of(state) +
        Support{.collected = amount - without(terms(), of_lines, &LineRule::counts), .charged = 1};
    if (terms().model.counts == GoalBasis::collected && !state.closed) {
        follow_up(after, events);
    } else {
        follow_collected(after, events);
    }
    return events;
}

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

Verdict Judge::judge(const PayOut& command) const {
    if (auto rejection = refuse_if_reported_before("payout", command.reference, {.about = command.payout}))
        return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_claimed()) return rejection;
    if (!state.succeeded_at) {
        return reject(RejectionCode::campaign_not_succeeded, "the campaign has not succeeded", "a campaign that has",
                      "payouts.first_after");
    }
    if (auto rejection = refuse_if_creator_unverified(true)) return rejection;
    if (command.payout >= state.payouts.size()) {
        return reject(RejectionCode::payout_unknown, fmt::format("there is no payout {}", command.payout),
                      fmt::format("0 to {}", state.payouts.size() - 1), "payouts.first_after");
    }
    const PayoutLine& line = state.payouts[command.payout];
    if (line.paid_at) {
        return reject(RejectionCode::payout_already_made,
                      fmt::format("it was made {}", crowdrules::to_text(*line.paid_at)), "another payout",
                      "payouts.first_after");
    }
    if (at < line.due) {
        return reject(RejectionCode::payout_not_due,
                      line.due != never         ? fmt::format("it is due {}", crowdrules::to_text(line.due))
                      : awaits_readiness(state) ? "the creator is not ready to ship"
                                                : "its campaign is still open",
                      "the payout once it is due",
                      line.kind == PayoutLine::Kind::later ? "payouts.later" : "payouts.first_after");
    }
    PayoutMade made = payout_parts(state, state.payouts, command.payout, owed_by_creator(state));
    made.reference = command.reference;
    const std::optional<Money> arrived = command.arrived;
    if (auto rejection = refuse_other_currency({&arrived})) return rejection;
    if (arrived && (arrived->is_negative() || arrived->minor() > std::max<std::int64_t>(made.net, 0))) {
        return reject(RejectionCode::arrived_above_payout,
                      fmt::format("{} arrived of {} paid", to_grouped_text(*arrived), to_grouped_text(money(made.net))),
                      fmt::format("0 to {}", to_grouped_text(money(std::max<std::int64_t>(made.net, 0)))),
                      "payouts.first_after");
    }
    if (arrived) made.fee = std::max<std::int64_t>(made.net, 0) - arrived->minor();
    if (!is_payable(line, made)) {
        return reject(RejectionCode::nothing_to_pay_out,
                      fmt::format("{} collected less {} refunded and held leave {} after fees",
                                  to_grouped_text(money(line.gross)),
                                  to_grouped_text(money(line.refunded + line.charged_back + line.disputed)),
                                  to_grouped_text(money(made.net))),
                      "a payout with money in it", "payouts.first_after");
    }
    std::vector<EventBody> events{made};
    for (const HeldShare& held : made.held) {
        if (state.milestones[held.share].state == MilestoneState::rejected)
            allot(held.share, held.amount, command.payout, events);
    }
    return events;
}

Verdict Judge::judge(const ReturnPayout& command) const {
    if (auto rejection = refuse_if_reported_before("payout return", command.reference, {.about = command.payout}))
        return rejection;
    if (command.payout >= state.payouts.size()) {
        return reject(RejectionCode::payout_unknown, fmt::format("there is no payout {}", command.payout),
                      fmt::format("0 to {}", state.payouts.size() - 1), "payouts.first_after");
    }
    const PayoutLine& line = state.payouts[command.payout];
    if (!line.paid_at || line.net <= line.fee) {
        return reject(RejectionCode::payout_not_made,
                      !line.paid_at ? fmt::format("payout {} was not made", command.payout)
                                    : fmt::format("nothing was paid in payout {}", command.payout),
                      "a payout that was made", "payouts.first_after");
    }
    if (line.returned > 0) {
        return reject(RejectionCode::payout_already_returned,
                      fmt::format("its {} came back before", to_grouped_text(money(line.returned))),
                      "the payout in which they were paid again", "payouts.first_after");
    }
    return std::vector<EventBody>{PayoutReturned{.payout = command.payout,
                                                 .amount = line.net - line.fee,
                                                 .reason = command.reason,
                                                 .reference = command.reference}};
}

Verdict Judge::judge(const RecordUnmatched& command) const {
    const std::int64_t amount = command.amount.minor();
    if (auto rejection = refuse_if_reported_before("unmatched", command.reference, {.about = 0, .amount = amount}))
        return rejection;
    if (command.reference.empty()) {
        return reject(RejectionCode::id_missing, "unmatched money without a reference",
                      "the provider's reference, by which it is told from other money");
    }
    const std::optional<Money> reported = command.amount;
    if (auto rejection = refuse_other_currency({&reported})) return rejection;
    if (amount == 0) {
        return reject(RejectionCode::amount_not_positive, to_text(command.amount) + " came in",
                      "an amount above zero, or below it when it was taken");
    }
    const auto size = [](std::int64_t minor) { return minor < 0 ? -Int128{minor} : Int128{minor}; };
    const Totals& totals = state.totals;
    if (size(amount) + size(totals.unmatched) + size(totals.unmatched_kept) + totals.everything >
        std::numeric_limits<std::int64_t>::max()) {
        return reject(RejectionCode::amount_too_large, "with all pledges it would leave 64 bits",
                      "less of it, or a currency with fewer decimals");
    }
    return std::vector<EventBody>{UnmatchedRecorded{
        .reference = command.reference, .amount = amount, .from = command.from, .what = command.what}};
}

Verdict Judge::judge(const ResolveUnmatched& command) const {
    const bool pays_charge = command.end == UnmatchedEnd::to_pledge;
    const std::string& reference = pays_charge && command.reference.empty() ? command.unmatched : command.reference;
    if (auto rejection = refuse_if_reported_before(pays_charge ? "charge" : "unmatched return", reference,
                                                   {.about = pays_charge ? command.pledge.value : 0,
                                                    .instalment = pays_charge ? command.instalment : 1,
                                                    .amount = command.amount ? command.amount->minor() : 0}))
        return rejection;
    const auto held = state.unmatched.find(command.unmatched);
    if (held == state.unmatched.end()) {
        std::string known;
        for (const auto& [other, money] : state.unmatched) (known += known.empty() ? "" : ", ") += other;
        return reject(RejectionCode::unmatched_unknown,
                      fmt::format("no unmatched money is held under '{}'", command.unmatched),
                      known.empty() ? "nothing: none is held" : "one of " + known);
    }
    if (auto rejection = refuse_other_currency({&command.amount, &command.fee})) return rejection;
    const std::int64_t amount = command.amount ? command.amount->minor() : held->second.amount;
    if (!is_part_of(amount, held->second.amount)) {
        return reject(RejectionCode::unmatched_above_held,
                      fmt::format("{} of {} that are held under {}", to_grouped_text(money(amount)),
                                  to_grouped_text(money(held->second.amount)), command.unmatched),
                      fmt::format("up to {}", to_grouped_text(money(held->second.amount))));
    }
    std::vector<EventBody> events{UnmatchedResolved{.unmatched = command.unmatched,
                                                    .end = command.end,
                                                    .amount = amount,
                                                    .reference = pays_charge ? std::string() : command.reference}};
    if (!pays_charge) return events;
    // It pays a charge as any other money would.
    const auto charged = judge(RecordCharge{.pledge = command.pledge,
                                            .instalment = command.instalment,
                                            .amount = money(amount),
                                            .fee = command.fee,
                                            .reference = reference});
    if (!charged) return failure(charged.error());
    events.insert(events.end(), charged->begin(), charged->end());
    return events;
}

}  // namespace crowdrules::campaign
