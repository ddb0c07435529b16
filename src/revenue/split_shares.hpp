// SPDX-License-Identifier: BSL-1.0
// Split shares: what Sharing and the columns of payments both ask of a split.
#pragma once

#include <crowdrules/revenue/share.hpp>

namespace crowdrules::revenue {

/// The shares, `rest` made explicit and last.
[[nodiscard]] std::vector<Share> explicit_shares(const SplitTerms& terms);

/// Why a payment cannot be shared: no split is in force on its day.
[[nodiscard]] Finding no_split_in_force(Date sold_on);
/// Why a return cannot be: only so much was divided under the split from `in_force_from`.
[[nodiscard]] Finding more_than_was_shared(Money payment, Money divided, Date in_force_from);

}  // namespace crowdrules::revenue
