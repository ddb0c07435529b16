// SPDX-License-Identifier: BSL-1.0
// Postings: what an event moves, as a balanced entry. The ledger of a campaign is the fold of these.
//
//   charge_collected 115.00, fee 3.65:   backers -115.00, escrow +111.35, processing_fees +3.65
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/ledger/entry.hpp>

#include <optional>

namespace crowdrules {

/// The entry of an event, or nothing when it moves no money.
[[nodiscard]] std::optional<Entry> postings(const Event& event, Currency currency);

/// One movement inside an event, from one account to another.
struct Movement {
    Account from;
    Account to;
    std::int64_t minor{};
};
/// At most four movements make up any event; those of zero are left in.
struct Movements {
    Movement items[5];
    std::size_t count = 0;
};
[[nodiscard]] Movements movements_of(const EventBody& what) noexcept;

}  // namespace crowdrules
