// SPDX-License-Identifier: BSL-1.0
// Commands about money that comes in: charges, and money that nobody expects.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/judge/judge.hpp"
#include "campaign/judge/money.hpp"
#include "campaign/state/lines.hpp"
#include "core/listed.hpp"
#include <limits>
#include <ranges>
#include <utility>

namespace crowdrules::campaign {

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
        const std::string known = detail::listed(std::views::keys(methods));
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
        support_of(state) + Support{.collected = amount - without(terms(), of_lines, &LineRule::counts), .charged = 1};
    if (terms().model.counts == GoalBasis::collected && !state.closed) {
        follow_up(after, events);
    } else {
        follow_collected(after, events);
    }
    return events;
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
        const std::string known = detail::listed(std::views::keys(state.unmatched));
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
