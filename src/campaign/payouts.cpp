// SPDX-License-Identifier: BSL-1.0
#include "payouts.hpp"

#include <algorithm>

namespace crowdrules {

FeeParts fee_parts(const FeeSchedule& schedule, Money amount) {
    const Money fee = fee_on(schedule, amount);
    if (!schedule.tax) return {.fee = fee.minor()};
    const std::int64_t tax = tax_on(schedule, fee).minor();
    return {.fee = schedule.tax->included ? fee.minor() - tax : fee.minor(), .tax = tax};
}

const FeeSchedule& platform_schedule(const CampaignState& state) {
    const CampaignFees& fees = state.terms->fees;
    return state.goal_missed && fees.platform_on_miss ? *fees.platform_on_miss : fees.platform;
}

FeeParts fee_still_due(const CampaignState& state, std::int64_t paid, std::int64_t base, FeeParts taken) {
    const auto fee_of = [&](std::int64_t amount) {
        return fee_parts(platform_schedule(state), {std::max<std::int64_t>(amount, 0), state.terms->currency});
    };
    const FeeParts now = fee_of(base);
    FeeParts due{.fee = now.fee - taken.fee, .tax = now.tax - taken.tax};
    if (due.fee >= 0 && due.tax >= 0) return due;
    const FeeParts before = base > paid ? fee_of(paid) : now;
    const auto given_back = [](std::int64_t difference, std::int64_t fallen) {
        return std::max(difference, std::min<std::int64_t>(fallen, 0));
    };
    if (due.fee < 0) due.fee = given_back(due.fee, now.fee - before.fee);
    if (due.tax < 0) due.tax = given_back(due.tax, now.tax - before.tax);
    return due;
}

std::int64_t kept_of(const PayoutLine& line) noexcept {
    return line.gross - line.refunded - line.charged_back - line.disputed;
}

PayoutMade payout_parts(const CampaignState& state, const std::vector<PayoutLine>& lines, std::uint32_t payout) {
    const Currency currency = state.terms->currency;
    std::int64_t paid = 0;
    FeeParts taken;
    std::int64_t reserve_taken = 0;
    for (const PayoutLine& line : lines) {
        if (!line.paid_at) continue;
        paid += kept_of(line);
        taken.fee += line.platform_fee;
        taken.tax += line.tax;
        reserve_taken += line.reserve;
    }
    // Fee and reserve are those of the running total less what earlier payouts bore; the reserve never falls.
    const std::int64_t base = paid + kept_of(lines[payout]);
    const FeeParts fee = fee_still_due(state, paid, base, taken);
    PayoutMade made{.payout = payout, .platform_fee = fee.fee, .tax = fee.tax};
    const std::int64_t after_fees = lines[payout].in_escrow() - made.platform_fee - made.tax;
    if (state.terms->reserve) {
        const std::int64_t wanted = reserve_on(*state.terms->reserve, {base, currency}).minor() - reserve_taken;
        made.reserve = std::clamp<std::int64_t>(wanted, 0, std::max<std::int64_t>(after_fees, 0));
    }
    made.net = after_fees - made.reserve;
    return made;
}

bool is_payable(const PayoutLine& line, const PayoutMade& made) noexcept {
    // A shortage may still be covered by what a bank decides on.
    if (made.net < 0) return line.disputed == 0;
    return made.net > 0 || made.platform_fee > 0 || made.tax > 0 || made.reserve > 0;
}

}  // namespace crowdrules
