// SPDX-License-Identifier: BSL-1.0
// Postings: what an event moves, as a balanced entry. The ledger of a campaign is the fold of these.
//
//   charge_collected 115.00, fee 3.65:   backers -115.00, escrow +111.35, processing_fees +3.65
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/ledger/movements.hpp>

#include <optional>

namespace crowdrules {

/// The entry of an event, or nothing when it moves no money.
[[nodiscard]] std::optional<Entry> postings(const Event& event, Currency currency);

/// What it moves, account by account.
[[nodiscard]] Movements movements_of(const EventBody& what) noexcept;

}  // namespace crowdrules
