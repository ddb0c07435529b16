// SPDX-License-Identifier: BSL-1.0
// Invention enums: the enumerations of a community that invents. Those that texts have are in src/invention/
// describe.hpp; the others are here.
#pragma once

#include <crowdrules/invention/agenda.hpp>
#include <crowdrules/invention/rejection.hpp>

#include "enums.hpp"
#include <invention/describe.hpp>

namespace crowdrules::detail {

template <>
inline constexpr IdeaStage last_of<IdeaStage> = IdeaStage::accepted;
template <>
inline constexpr PhaseState last_of<PhaseState> = PhaseState::closed;
template <>
inline constexpr ProductStage last_of<ProductStage> = ProductStage::taken_down;
template <>
inline constexpr InventionRejectionCode last_of<InventionRejectionCode> = InventionRejectionCode::payment_fee_exceeds;

// For people these are several words.
template <>
[[nodiscard]] inline std::string_view enumerator_name(ProductStage value) noexcept {
    return named<ProductStage, 6>(value, {"in_development", "ready", "on_sale", "ended", "abandoned", "taken_down"});
}

}  // namespace crowdrules::detail
