// SPDX-License-Identifier: BSL-1.0
// The statement of a state, however its totals came about: by events, or by columns.
#pragma once

#include <crowdrules/campaign/statement.hpp>

namespace crowdrules::campaign {

[[nodiscard]] Statement statement_of(const State& state);

/// The processing fee of a pledge, with its tax, as far as it was charged and not returned; computed anew from the
/// schedule.
[[nodiscard]] std::int64_t processing_fee_of(const State& state, Handle pledge);

/// What of the base of the platform's fee is in supplements that bear a fee of their own.
[[nodiscard]] Money supplements_fee_base(const Statement& statement, const Terms& terms);

}  // namespace crowdrules::campaign
