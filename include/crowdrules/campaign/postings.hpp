// SPDX-License-Identifier: BSL-1.0
// Postings of a campaign: what an event moves, as a balanced entry (life/postings.hpp).
//
//   charge_collected 115.00, fee 3.65:   backers -115.00, escrow +111.35, processing_fees +3.65
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/ledger/movements.hpp>
#include <crowdrules/life/postings.hpp>

namespace crowdrules::campaign {

/// What it moves, account by account.
[[nodiscard]] Movements movements_of(const EventBody& what) noexcept;

}  // namespace crowdrules::campaign
