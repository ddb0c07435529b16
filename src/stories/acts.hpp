// SPDX-License-Identifier: BSL-1.0
// Acts: whether a platform or a company acts by itself on what falls due, as the settlement of a story says.
#pragma once

#include <array>
#include <campaign/schema/terms.hpp>
#include <cstdint>
#include <string_view>

namespace crowdrules::detail {

/// Whether the platform acts by itself.
enum class Acts : std::uint8_t { when_due, by_hand };

template <>
inline constexpr std::array<std::string_view, 2> enumerators<Acts>{"when due", "by hand"};

}  // namespace crowdrules::detail
