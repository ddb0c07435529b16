// SPDX-License-Identifier: BSL-1.0
// Plan words: what the choices of revenue are called in a plan file.
#pragma once

#include <crowdrules/scenario/plan.hpp>

#include <array>
#include <campaign/describe.hpp>
#include <string_view>

namespace crowdrules::detail {

template <class Enum, std::size_t count>
[[nodiscard]] std::string_view named(Enum value, const std::array<std::string_view, count>& names) noexcept {
    return names[static_cast<std::size_t>(value)];
}

template <>
inline constexpr Deduction last_of<Deduction> = Deduction::costs;
template <>
inline constexpr TierBasis last_of<TierBasis> = TierBasis::units;
template <>
[[nodiscard]] inline std::string_view enumerator_name(TierBasis value) noexcept {
    return named<TierBasis, 2>(value, {"base", "units"});
}
template <>
inline constexpr Tiering last_of<Tiering> = Tiering::whole;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Tiering value) noexcept {
    return named<Tiering, 3>(value, {"marginal", "at_sale", "whole"});
}
template <>
inline constexpr Counting last_of<Counting> = Counting::period;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Counting value) noexcept {
    return named<Counting, 3>(value, {"lifetime", "since_row", "period"});
}
template <>
inline constexpr ReserveOrder last_of<ReserveOrder> = ReserveOrder::after_recoupment;
template <>
[[nodiscard]] inline std::string_view enumerator_name(ReserveOrder value) noexcept {
    return named<ReserveOrder, 2>(value, {"before_recoupment", "after_recoupment"});
}
template <>
inline constexpr RoyaltyRounding last_of<RoyaltyRounding> = RoyaltyRounding::running_total;
template <>
[[nodiscard]] inline std::string_view enumerator_name(RoyaltyRounding value) noexcept {
    return named<RoyaltyRounding, 2>(value, {"each_line", "running_total"});
}
template <>
inline constexpr Totalling last_of<Totalling> = Totalling::relative;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Totalling value) noexcept {
    return named<Totalling, 3>(value, {"must_total", "rest_to", "relative"});
}
template <>
inline constexpr Dividing last_of<Dividing> = Dividing::each_payment_cut;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Dividing value) noexcept {
    return named<Dividing, 4>(value, {"running_total", "running_total_cut", "each_payment", "each_payment_cut"});
}
template <>
inline constexpr FeeLevel last_of<FeeLevel> = FeeLevel::running_total;
template <>
[[nodiscard]] inline std::string_view enumerator_name(FeeLevel value) noexcept {
    return named<FeeLevel, 2>(value, {"each_payment", "running_total"});
}
template <>
inline constexpr DayCount last_of<DayCount> = DayCount::thirty_e_360;
template <>
inline constexpr Compounding last_of<Compounding> = Compounding::yearly;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Compounding value) noexcept {
    return named<Compounding, 6>(value, {"flat", "simple", "monthly", "quarterly", "half_yearly", "yearly"});
}
template <>
inline constexpr CatchUpReading last_of<CatchUpReading> = CatchUpReading::fixed_target;
template <>
[[nodiscard]] inline std::string_view enumerator_name(CatchUpReading value) noexcept {
    return named<CatchUpReading, 2>(value, {"true_up", "fixed_target"});
}
template <>
inline constexpr CarryScope last_of<CarryScope> = CarryScope::deal_by_deal;
template <>
[[nodiscard]] inline std::string_view enumerator_name(CarryScope value) noexcept {
    return named<CarryScope, 2>(value, {"whole_fund", "deal_by_deal"});
}
template <>
inline constexpr Grace last_of<Grace> = Grace::deferred;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Grace value) noexcept {
    return named<Grace, 2>(value, {"free", "deferred"});
}
template <>
inline constexpr Saturation last_of<Saturation> = Saturation::always;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Saturation value) noexcept {
    return named<Saturation, 2>(value, {"as_earned", "always"});
}
template <>
inline constexpr QuadraticDust last_of<QuadraticDust> = QuadraticDust::alpha;
template <>
[[nodiscard]] inline std::string_view enumerator_name(QuadraticDust value) noexcept {
    return named<QuadraticDust, 3>(value, {"handed_out", "cut", "alpha"});
}
template <>
inline constexpr MinimumRule last_of<MinimumRule> = MinimumRule::above;
template <>
[[nodiscard]] inline std::string_view enumerator_name(MinimumRule value) noexcept {
    return named<MinimumRule, 2>(value, {"at_least", "above"});
}

}  // namespace crowdrules::detail
