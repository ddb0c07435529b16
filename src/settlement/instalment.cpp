// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/settlement/instalment.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules {

std::string_view to_text(InstalmentState state) noexcept {
    return detail::enumerator_name(state);
}

std::vector<Instalment> instalments_of(const InstalmentPlan& plan, Money total, Instant success) {
    expects(plan.count >= 2 && plan.count <= 60, "an instalment plan has 2 to 60 parts");
    expects(total.is_positive(), "only a positive amount can be paid in instalments");
    const std::vector<Weight> equal(static_cast<std::size_t>(plan.count), 1);
    const std::vector<Money> amounts = allocate(total, equal, {.spare = plan.spare});
    std::vector<Instalment> parts;
    parts.reserve(amounts.size());
    for (const Money amount : amounts) {
        const auto n = static_cast<std::int64_t>(parts.size());
        parts.push_back({.due = occurrence(plan.cadence, success + plan.first_after, n), .amount = amount.minor()});
    }
    return parts;
}

std::vector<InstalmentRefund> refund_order(const std::vector<Instalment>& parts, std::int64_t amount) {
    expects(amount > 0, "a refund is of a positive amount");
    std::vector<InstalmentRefund> steps;
    const auto take_backwards = [&](bool cancels) {
        for (std::size_t i = parts.size(); i-- > 0 && amount > 0;) {
            const Instalment& part = parts[i];
            const bool fits = cancels ? is_open(part.state) : part.state == InstalmentState::collected;
            const std::int64_t taken = fits ? std::min(amount, part.amount - part.refunded) : 0;
            if (taken == 0) continue;
            steps.push_back({.index = i, .cancels = cancels, .amount = taken});
            amount -= taken;
        }
    };
    take_backwards(true);
    take_backwards(false);
    expects(amount == 0, "a refund is at most what is neither cancelled nor refunded yet");
    return steps;
}

}  // namespace crowdrules
