// SPDX-License-Identifier: BSL-1.0
// Plan words: what the choices of waterfalls, funds and matching are called in a plan file.
#pragma once

#include <crowdrules/stories/plan/plan.hpp>

#include <array>
#include <invention/describe_revenue.hpp>
#include <string_view>

namespace crowdrules::detail {

template <class Enum, std::size_t count>
[[nodiscard]] std::string_view named(Enum value, const std::array<std::string_view, count>& names) noexcept {
    return names[static_cast<std::size_t>(value)];
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

}  // namespace crowdrules::detail
