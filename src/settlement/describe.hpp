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

template <>
inline constexpr ChargeTiming last_of<ChargeTiming> = ChargeTiming::when_ready;
template <>
inline constexpr DisputeReason last_of<DisputeReason> = DisputeReason::reversed;
template <>
inline constexpr Bearer last_of<Bearer> = Bearer::platform;
template <>
inline constexpr PartialRefundFee last_of<PartialRefundFee> = PartialRefundFee::proportional;
template <>
inline constexpr RefundItem last_of<RefundItem> = RefundItem::shipping;
template <>
inline constexpr Account last_of<Account> = Account::members;

inline void describe(Fields& v, ChargePlan& plan) {
    v("timing", plan.timing);
    v("retry_window", plan.retry_window);
    v("remind_every", plan.remind_every);
}
inline void describe(Fields& v, InstalmentPlan& plan) {
    v("count", plan.count, stated);
    v("first_after", plan.first_after);
    v("cadence", plan.cadence, stated);
    v.amount("minimum", plan.minimum);
    v("spare", plan.spare);
    v("retry_first", plan.retry_first);
    v("retry_later", plan.retry_later);
}
inline void describe(Fields& v, PayoutPlan& plan) {
    v("first_after", plan.first_after);
    v("later_first_after", plan.later_first_after);
    v("later_every", plan.later_every);
    v("later_cut_off", plan.later_cut_off);
}
inline void describe(Fields& v, ReservePlan& plan) {
    v("rate", plan.rate, required);
    v.amount("trigger", plan.trigger);
    v("held_for", plan.held_for);
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
