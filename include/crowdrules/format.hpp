// SPDX-License-Identifier: BSL-1.0
// Format: fmt formatters for every type of crowdrules that has a text.
//
//   fmt::print("{:>16}\n", usd("513342.25"));      "   513342.25 USD"
//   fmt::print("{}\n", events.error());
//
// The text is that of `to_text`, and the format specification that of a string. This is the one header that needs
// fmt: link crowdrules::format.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace crowdrules::detail {

void to_text() = delete;  // hides crowdrules::to_text, so that only a type's own namespace is searched for it

/// A class or enumeration of crowdrules with a text. Times are std::chrono's and left to fmt/chrono.h, ranges to
/// fmt/ranges.h.
template <class T>
concept HasText = (std::is_class_v<T> || std::is_enum_v<T>) && requires(const T& value) {
    { to_text(value) } -> std::convertible_to<std::string_view>;
} && !requires(const T& value) { value.begin(); };

}  // namespace crowdrules::detail

// Private, so that fmt/ranges.h does not take the text for a string that it should quote.
template <class T>
    requires crowdrules::detail::HasText<T>
struct fmt::formatter<T, char> : private fmt::formatter<std::string_view, char> {
    using fmt::formatter<std::string_view, char>::parse;

    template <class Context>
    auto format(const T& value, Context& context) const {
        return fmt::formatter<std::string_view, char>::format(to_text(value), context);
    }
};
