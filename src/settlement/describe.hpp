// SPDX-License-Identifier: BSL-1.0
// Describe settlement: the fields of plans of charges, refunds, disputes and payouts, each named once.
#pragma once

#include <crowdrules/ledger/account.hpp>
#include <crowdrules/settlement/charge.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/instalment.hpp>
#include <crowdrules/settlement/payout.hpp>
#include <crowdrules/settlement/refund.hpp>
#include <crowdrules/settlement/reserve.hpp>

#include <fees/describe.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, ChargePlan& plan) {
    v("timing", plan.timing);
    v("retry_window", plan.retry_window, any_length);
    v("remind_every", plan.remind_every, any_length);
}
inline void describe(Fields& v, InstalmentPlan& plan) {
    v("count", plan.count, stated, Range{2, 60});
    v("first_after", plan.first_after, any_length);
    v("cadence", plan.cadence, stated);
    v.amount("minimum", plan.minimum, from_zero);
    v("spare", plan.spare);
    v("retry_first", plan.retry_first, any_length);
    v("retry_later", plan.retry_later, any_length);
}
inline constexpr Range some_business_days{0, 366};
inline void describe(Fields& v, PayoutShare& share) {
    v("name", share.name);
    v("share", share.share, required, part_of_all);
    v("after", share.after);
    v("wait", share.wait, any_length);
    v("business_days", share.business_days, some_business_days);
    v("not_before", share.not_before);
}
inline void describe(Fields& v, PayoutPlan& plan) {
    v("first_after", plan.first_after, any_length);
    v("business_days", plan.business_days, some_business_days);
    v("later_first_after", plan.later_first_after, any_length);
    v("later_every", plan.later_every);
    v("later_cut_off", plan.later_cut_off, any_length);
    v("calendar", plan.calendar);
    v("shares", plan.shares);
}
inline void describe(Fields& v, ReservePlan& plan) {
    v("rate", plan.rate, required, part_of_all);
    v.amount("trigger", plan.trigger, from_zero);
    v("held_for", plan.held_for, any_length);
    v("rounding", plan.rounding, required);
}
inline void describe(Fields& v, RefundPolicy& policy) {
    v("fees_returned_before_payout", policy.fees_returned_before_payout, stated);
    v("partial", policy.partial);
    v("backer_may_claim_while_live", policy.backer_may_claim_while_live);
    v("platform", policy.platform);
}
inline void describe(Fields& v, DisputePolicy& policy) {
    v("fraud", policy.fraud, stated);
    v("reward", policy.reward, stated);
    v("reversed", policy.reversed);
    v.amount("fee", policy.fee);
    v("fee_bearer", policy.fee_bearer);
    v("fee_returned_if_won", policy.fee_returned_if_won);
}

}  // namespace crowdrules::detail
