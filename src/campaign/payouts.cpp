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

std::int64_t kept_of(const PayoutLine& line) noexcept {
    return line.gross - line.refunded - line.charged_back - line.disputed;
}

PayoutMade payout_parts(const CampaignState& state, const std::vector<PayoutLine>& lines, std::uint32_t payout) {
    const Currency currency = state.terms->currency;
    std::int64_t base = kept_of(lines[payout]);
    std::int64_t fee_taken = 0;
    std::int64_t tax_taken = 0;
    std::int64_t reserve_taken = 0;
    for (const PayoutLine& line : lines) {
        if (!line.paid_at) continue;
        base += kept_of(line);
        fee_taken += line.platform_fee;
        tax_taken += line.tax;
        reserve_taken += line.reserve;
    }
    // Fee and reserve are those of the running total less what earlier payouts bore; they never fall.
    const FeeParts fee = fee_parts(platform_schedule(state), {std::max<std::int64_t>(base, 0), currency});
    PayoutMade made{.payout = payout,
                    .platform_fee = std::max<std::int64_t>(fee.fee - fee_taken, 0),
                    .tax = std::max<std::int64_t>(fee.tax - tax_taken, 0)};
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
