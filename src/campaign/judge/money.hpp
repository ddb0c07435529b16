// SPDX-License-Identifier: BSL-1.0
// What came in of a pledge, for every command about its money.
#pragma once

#include <crowdrules/campaign/event.hpp>

#include "campaign/state/bookkeeping.hpp"
#include <cstdint>
#include <vector>

namespace crowdrules::campaign {

/// The money of one pledge, as far as it came in.
struct Collected {
    std::int64_t amount = 0;    ///< collected
    std::int64_t refunded = 0;  ///< of which given back, by a refund or by a bank
    std::int64_t open = 0;      ///< instalments still to be charged
    [[nodiscard]] std::int64_t left() const { return amount - refunded; }
};

[[nodiscard]] Collected collected_of(const State& state, Handle pledge);

/// What comes to the creator beyond what is owed is due to the creator. `inflow` is what the events bring.
void credit(const State& state, std::int64_t inflow, std::vector<EventBody>& events);

}  // namespace crowdrules::campaign
