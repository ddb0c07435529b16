// SPDX-License-Identifier: BSL-1.0
// Fee schedule: what something costs: rates, fixed parts and thresholds, as data.
//
//   Kickstarter's processing fee in the United States, per charge:
//     below 10.00 USD   5% + 0.05
//     from  10.00 USD   3% + 0.20         115.00 USD -> 3.65,  9.99 USD -> 0.55 (half_up)
//
// The band is chosen by the whole amount (`whole`), or each band applies to the slice of the amount inside it
// (`marginal`, as Ulule's commission does). A minimum and a maximum, where given, bound the result.
#pragma once

#include <crowdrules/core/citation.hpp>
#include <crowdrules/money/money.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crowdrules {

/// From `from` minor units on: `rate` of the amount plus `fixed` minor units.
struct FeeBand {
    std::int64_t from = 0;   ///< the band's lower bound, included, in minor units
    Decimal rate{};          ///< 0.05 for 5%
    std::int64_t fixed = 0;  ///< in minor units; in a marginal schedule it is due once the band is reached

    bool operator==(const FeeBand&) const = default;
};

enum class Banding : std::uint8_t {
    whole,     ///< one band applies to the whole amount
    marginal,  ///< each band applies to its own slice
};

/// Tax on the fee itself (VAT on services), where a pack says so.
struct FeeTax {
    Decimal rate{};
    Rounding rounding;
    bool included = false;  ///< the fee as computed already contains the tax
    Citation citation{};

    bool operator==(const FeeTax&) const = default;
};

struct FeeSchedule {
    std::string name{};            ///< "platform fee": as the statement calls it
    std::vector<FeeBand> bands{};  ///< ascending by `from`; empty means no fee
    Banding banding = Banding::whole;
    std::optional<std::int64_t> minimum{};  ///< minor units
    std::optional<std::int64_t> maximum{};  ///< minor units
    Rounding rounding{RoundingMode::half_even};
    std::optional<FeeTax> tax{};
    Citation citation{};

    bool operator==(const FeeSchedule&) const = default;
};

/// "5% + 0.05 below 10.00, 3% + 0.20 from 10.00 USD, half_up": one line for people.
[[nodiscard]] std::string to_text(const FeeSchedule& schedule, Currency currency);

/// Why a schedule cannot be used, or nothing: bands out of order, rates outside 0 to 1, more than 18 decimals in a
/// rate, a negative fixed part or bound, a minimum above the maximum, a step below 1.
[[nodiscard]] std::optional<std::string> defect_of(const FeeSchedule& schedule);

/// The fee on `amount`, without tax that is added to it. Zero for an amount of zero (no charge, no fee); an amount
/// below the first band is free, whatever the minimum. Rounds once, then bounds by minimum and maximum.
/// Expects: the schedule has no defect; amount >= 0. Throws ContractViolation, Overflow.
/// Cost: some 10 ns; FeeColumn takes a thirtieth of that for each of many.
[[nodiscard]] Money fee_on(const FeeSchedule& schedule, Money amount);

/// The tax that is added to a fee, or that the fee contains; zero where the schedule knows none.
/// Expects: the schedule has no defect. Throws ContractViolation, Overflow. A negative fee (one given back) has the
/// negative tax.
[[nodiscard]] Money tax_on(const FeeSchedule& schedule, Money fee);

}  // namespace crowdrules
