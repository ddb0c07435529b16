// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/charge.hpp>

namespace crowdrules {

std::string_view to_text(ChargeTiming timing) noexcept {
    switch (timing) {
        case ChargeTiming::at_success:
            return "at_success";
        case ChargeTiming::at_pledge:
            return "at_pledge";
        case ChargeTiming::when_ready:
            return "when_ready";
    }
    return "";
}

Instant dropped_at(const ChargePlan& plan, Instant due) {
    return due + plan.retry_window;
}

std::vector<Instant> reminders(const ChargePlan& plan, Instant due) {
    std::vector<Instant> instants;
    if (plan.remind_every <= Elapsed::zero()) return instants;
    expects(plan.retry_window / plan.remind_every <= most_reminders, "a charge has at most 100 reminders");
    for (Instant at = due + plan.remind_every; at < dropped_at(plan, due); at += plan.remind_every)
        instants.push_back(at);
    return instants;
}

}  // namespace crowdrules
