// SPDX-License-Identifier: BSL-1.0
// Counted in: what bare numbers of a campaign's values are counted in.
#pragma once

#include <crowdrules/campaign/terms.hpp>

#include <schema/type.hpp>

namespace crowdrules::detail {

struct CountedIn {
    Currency currency;                                     ///< of amounts in minor units
    campaign::Measure measure = campaign::Measure::money;  ///< of goals
    bool has_currency = true;   ///< false: no amount can be read, because its currency is not known
    bool all_decimals = false;  ///< an amount is written with all decimals of its currency, as events are
};

/// What a choice says that amounts or units are counted in.
[[nodiscard]] inline campaign::Measure measure_of(Value choice) {
    if (choice.type.is<campaign::Measure>()) return as<campaign::Measure>(choice.at);
    const auto names = static_cast<const EnumerationType&>(choice.type).names;
    return names[static_cast<std::size_t>(whole_of(choice.type, choice.at))] == to_text(campaign::Measure::units)
               ? campaign::Measure::units
               : campaign::Measure::money;
}

[[nodiscard]] inline CountedIn counted_in(const campaign::Terms& terms) {
    return {terms.currency, terms.model.measure};
}

}  // namespace crowdrules::detail
