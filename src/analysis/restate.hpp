// SPDX-License-Identifier: BSL-1.0
// Restate: every amount of a described struct put into another currency.
#pragma once

#include <crowdrules/money/money.hpp>

#include <functional>
#include <schema/fields.hpp>

namespace crowdrules::detail {

/// Replaces the minor units of each amount in `record` by what `other` makes of them; each count in the measure of a
/// goal too, where `goal_is_money`.
void restate(Value record, bool goal_is_money, const std::function<std::int64_t(std::int64_t)>& other);

}  // namespace crowdrules::detail
