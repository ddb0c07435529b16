// SPDX-License-Identifier: BSL-1.0
// Limits: how much a text may hold beside its depth (document.hpp), so that none can exhaust the memory.
#pragma once

#include <crowdrules/core/text_error.hpp>

#include "document.hpp"
#include <string>
#include <utility>

namespace crowdrules::detail {

inline constexpr std::size_t most_values = 4'000'000;

[[nodiscard]] inline TextError nested_too_deeply(TextPosition where) {
    return {std::move(where), "nested too deeply", {}, "at most " + std::to_string(deepest_nesting) + " levels"};
}

[[nodiscard]] inline TextError too_many_values(TextPosition where) {
    return {std::move(where), "too many values", {}, "at most " + std::to_string(most_values)};
}

}  // namespace crowdrules::detail
