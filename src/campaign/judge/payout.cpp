// SPDX-License-Identifier: BSL-1.0
// Commands about money that goes to the creator.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "campaign/due/payouts.hpp"
#include "campaign/judge/judge.hpp"
#include <algorithm>

namespace crowdrules::campaign {

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

}  // namespace crowdrules::campaign
