// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/charge.hpp>

#include "core/enumerators.hpp"

namespace crowdrules {

std::string_view to_text(ChargeTiming timing) noexcept {
    return detail::enumerator_name(timing);
}

Instant dropped_at(const ChargePlan& plan, Instant due) {
    return due + plan.retry_window.value_or(Elapsed::zero());
}

std::vector<Instant> reminders(const ChargePlan& plan, Instant due) {
    std::vector<Instant> instants;
    if (plan.remind_every <= Elapsed::zero()) return instants;
    expects((dropped_at(plan, due) - due) / plan.remind_every <= most_reminders, "a charge has at most 100 reminders");
    for (Instant at = due + plan.remind_every; at < dropped_at(plan, due); at += plan.remind_every)
        instants.push_back(at);
    return instants;
}

}  // namespace crowdrules
