// SPDX-License-Identifier: BSL-1.0
// Postings of a community: what an event moves, as a balanced entry (life/postings.hpp).
//
//   sale_recorded 1,000.00        customers -1,000.00   company +1,000.00
//   royalty_shared 300.00         company     -300.00   community +300.00
//   royalty_paid 210.00           community   -210.00   members +210.00
//
// A presale moves money as the campaign it is; its creator is the company.
#pragma once

#include <crowdrules/community/event.hpp>
#include <crowdrules/ledger/movements.hpp>
#include <crowdrules/life/postings.hpp>

namespace crowdrules::community {

/// What it moves, account by account.
[[nodiscard]] Movements movements_of(const EventBody& what) noexcept;

}  // namespace crowdrules::community
