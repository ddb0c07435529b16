// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/settlement/reserve.hpp>

namespace crowdrules {

Money reserve_on(const ReservePlan& plan, Money collected) {
    if (collected.minor() < plan.trigger || !collected.is_positive()) return Money::zero(collected.currency());
    return collected.times(plan.rate, plan.rounding);
}

}  // namespace crowdrules
