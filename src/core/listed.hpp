// SPDX-License-Identifier: BSL-1.0
// Lists as people read them: "tip, vat".
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// Adds an item to a list: "tip", and then "tip, vat".
inline void add_to_list(std::string& list, std::string_view item) {
    if (!list.empty()) list += ", ";
    list += item;
}

/// All items, or what `told` says of each: a function, or a member.
template <class Items, class Told = std::identity>
[[nodiscard]] std::string listed(const Items& items, Told told = {}) {
    std::string list;
    for (const auto& item : items) add_to_list(list, std::invoke(told, item));
    return list;
}

}  // namespace crowdrules::detail
