// SPDX-License-Identifier: BSL-1.0
// Reserve plan: a share of what is paid out that the platform holds back for a time against refunds and disputes.
//
//   Indiegogo: once 1,000 is raised, 5% of the running total is held for at least 6 months. [support article
//   360000990627]
#pragma once

#include <crowdrules/money/money.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>

namespace crowdrules {

struct ReservePlan {
    Decimal rate{};            ///< of the running total collected: 0.05; above 0
    std::int64_t trigger = 0;  ///< nothing is held while less than this was collected, in minor units
    Elapsed held_for{};        ///< from the payout that held it to its release; above 0
    Rounding rounding{RoundingMode::half_even};

    bool operator==(const ReservePlan&) const = default;
};

/// What should be held when `collected` was collected in all.
[[nodiscard]] Money reserve_on(const ReservePlan& plan, Money collected);

}  // namespace crowdrules
