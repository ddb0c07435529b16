// SPDX-License-Identifier: BSL-1.0
// Payout plan: when the creator is paid what was collected.
//
//   Kickstarter, from a deadline T: the campaign's money at T+14d; late pledges at T+17d (those of days 1 to 14), T+24d
//   (days 15 to 21) and every 7 days from then on, each covering what came in until 3 days before.
//   Source: features.kickstarter.com/late-pledges.
#pragma once

#include <crowdrules/money/decimal.hpp>
#include <crowdrules/time/business_calendar.hpp>
#include <crowdrules/time/cadence.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// What a share of the money waits for.
enum class PayoutAfter : std::uint8_t {
    outcome,   ///< the success or, where charges wait for it, the readiness to ship
    delivery,  ///< the creator reports that what was promised was delivered
    approval,  ///< somebody approves the milestone of the share's name
};

[[nodiscard]] std::string_view to_text(PayoutAfter event) noexcept;

/// A part of each payout's money. What waits stays in escrow when the rest is paid.
///   80% at once, 20% ten days after delivery:
///   {"", 80%}, {"delivery", 20%, PayoutAfter::delivery, 10 days}
struct PayoutShare {
    std::string name{};  ///< of the milestone; needed where it is approved
    Decimal share{};     ///< of the payout's money after fees, debts and reserve; all of them together are 100%
    PayoutAfter after = PayoutAfter::outcome;  ///< what it waits for
    Elapsed wait{};                       ///< from that event
    int business_days = 0;                ///< further working days of the plan's calendar
    std::optional<Instant> not_before{};  ///< not before this instant

    /// Whether it is paid with the payout itself.
    [[nodiscard]] bool is_at_once() const noexcept {
        return after == PayoutAfter::outcome && wait == Elapsed::zero() && business_days == 0 && !not_before;
    }
    bool operator==(const PayoutShare&) const = default;
};

struct PayoutPlan {
    Elapsed first_after{};        ///< from success to the payout of the campaign's money
    int business_days = 0;        ///< further working days of the calendar, from there on
    Elapsed later_first_after{};  ///< from success to the first payout of later money; zero: with the campaign's
    Cadence later_every{};        ///< from that one on; no cadence: there is only the first
    Elapsed later_cut_off{};      ///< a later payout covers what was collected until this long before it

    std::optional<HolidayList> calendar{};  ///< whose working days are counted
    std::vector<PayoutShare> shares{};      ///< none: a payout is paid whole

    [[nodiscard]] bool counts_business_days() const noexcept;
    bool operator==(const PayoutPlan&) const = default;
};

/// When what waits for `event` is paid: `wait` later, and then so many working days of the plan's calendar.
/// Refuses what lies beyond the calendar.
[[nodiscard]] Result<Instant> payout_due(const PayoutPlan& plan, Instant event, Elapsed wait, int business_days);
/// The same of the campaign's money. Expects: the calendar reaches so far; terms see to it.
[[nodiscard]] Instant first_payout_due(const PayoutPlan& plan, Instant success);

/// The number of the payout that covers later money collected at `collected`: 0 is the first of the later payouts.
/// Expects: collected >= success. Without a cadence all later money is in payout 0.
[[nodiscard]] std::int64_t later_payout_of(const PayoutPlan& plan, Instant success, Instant collected);

/// When later payout number `n` falls due.
[[nodiscard]] Instant later_payout_due(const PayoutPlan& plan, Instant success, std::int64_t n);

}  // namespace crowdrules
