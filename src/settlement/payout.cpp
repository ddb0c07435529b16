// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/payout.hpp>

namespace crowdrules {

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
