// SPDX-License-Identifier: BSL-1.0
// Acts: whether a platform or a company acts by itself on what falls due, as the settlement of a story says.
#pragma once

#include <campaign/describe.hpp>
#include <cstdint>
#include <string_view>

namespace crowdrules::detail {

/// Whether the platform acts by itself.
enum class Acts : std::uint8_t { when_due, by_hand };

template <>
inline constexpr Acts last_of<Acts> = Acts::by_hand;
template <>
[[nodiscard]] inline std::string_view enumerator_name(Acts value) noexcept {
    return value == Acts::when_due ? "when due" : "by hand";
}

}  // namespace crowdrules::detail
