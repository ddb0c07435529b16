// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/payout.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules {

std::string_view to_text(PayoutAfter event) noexcept {
    return detail::enumerator_name(event);
}

bool PayoutPlan::counts_business_days() const noexcept {
    return business_days > 0 || std::any_of(shares.begin(), shares.end(),
                                            [](const PayoutShare& share) { return share.business_days > 0; });
}

Result<Instant> payout_due(const PayoutPlan& plan, Instant event, Elapsed wait, int business_days) {
    if (business_days == 0) return event + wait;
    expects(plan.calendar.has_value(), "a plan that counts working days has a calendar");
    return BusinessCalendar(*plan.calendar).add(event + wait, {business_days});
}

Instant first_payout_due(const PayoutPlan& plan, Instant success) {
    const auto due = payout_due(plan, success, plan.first_after, plan.business_days);
    expects(due.has_value(), "the calendar of a plan reaches as far as its campaign may last");
    return *due;
}

Instant later_payout_due(const PayoutPlan& plan, Instant success, std::int64_t n) {
    const Elapsed first = plan.later_first_after > Elapsed::zero() ? plan.later_first_after : plan.first_after;
    if (n == 0) return success + first;
    expects(plan.later_every.repeats(), "a payout plan without a cadence has one later payout");
    return occurrence(plan.later_every, success + first, n);
}

std::int64_t later_payout_of(const PayoutPlan& plan, Instant success, Instant collected) {
    expects(collected >= success, "later money is collected after the success");
    if (!plan.later_every.repeats()) return 0;
    // Payout n covers what came in up to and including its cut-off, so the first payout at or after `collected +
    // cut-off`.
    return occurrences_before(plan.later_every, later_payout_due(plan, success, 0), collected + plan.later_cut_off);
}

}  // namespace crowdrules
