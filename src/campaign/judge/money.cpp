// SPDX-License-Identifier: BSL-1.0
// What every command about money asks: what came in, what was reported before.
#include "campaign/judge/money.hpp"

#include <fmt/format.h>

#include "campaign/due/payouts.hpp"
#include "campaign/judge/judge.hpp"
#include "campaign/state/statement_of.hpp"

namespace crowdrules::campaign {

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

void credit(const State& state, std::int64_t inflow, std::vector<EventBody>& events) {
    const std::int64_t beyond = inflow - owed_by_creator(state);
    if (inflow > 0 && beyond > 0) events.emplace_back(PayoutAdded{beyond});
}

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

}  // namespace crowdrules::campaign
