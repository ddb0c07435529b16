// SPDX-License-Identifier: BSL-1.0
// Postings: what an event moves, as a balanced entry. The ledger of all that lives is the fold of these.
//
//   charge_collected 115.00, fee 3.65:   backers -115.00, escrow +111.35, processing_fees +3.65
#pragma once

#include <crowdrules/ledger/movements.hpp>
#include <crowdrules/life/envelope.hpp>

#include <optional>
#include <string>

namespace crowdrules {

/// The entry of an event, or nothing when it moves no money.
template <class Body>
[[nodiscard]] std::optional<Entry> postings(const EventOf<Body>& event, Currency currency) {
    return entry_of(movements_of(event.what), event.at, std::string(name_of(event.what)), currency);
}

}  // namespace crowdrules
