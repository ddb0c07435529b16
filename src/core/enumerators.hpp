// SPDX-License-Identifier: BSL-1.0
// Enumerators: the names of an enumeration's values, from its declaration. No list of names stands beside it, so a
// value that is added is there at once: in texts, files, schemas and Python.
//
//   enum class Bearer : std::uint8_t { creator, platform };
//   enumerator_name(Bearer::creator)            "creator"
//   enumerator_called<Bearer>("platform")       Bearer::platform
//
// Expects: the values of an enumeration count from 0 without a gap, as they do where none is given.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace crowdrules::detail {

/// What the compiler calls `value`, or "" where the enumeration has no such value. Compilers end what they say of a
/// function with its arguments: "[with auto value = crowdrules::Bearer::creator]", or "(crowdrules::Bearer)7".
template <auto value>
consteval std::string_view spelled() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("value = "));
    text = text.substr(0, text.find_first_of(";]"));
    text.remove_prefix(text.find_last_of(":)") + 1);
    return text.front() >= '0' && text.front() <= '9' ? std::string_view{} : text;
}

template <class Enum, std::size_t from = 0>
consteval std::size_t enumerator_count() {
    if constexpr (spelled<static_cast<Enum>(from)>().empty())
        return from;
    else
        return enumerator_count<Enum, from + 1>();
}

/// The letters of all names, and nothing else of what the compiler says.
template <class Enum, class Places = std::make_index_sequence<enumerator_count<Enum>()>>
struct Enumerators;
template <class Enum, std::size_t... place>
struct Enumerators<Enum, std::index_sequence<place...>> {
    static_assert(sizeof...(place) > 0, "the first value of an enumeration is 0");

    static constexpr auto letters = [] {
        std::array<char, (spelled<static_cast<Enum>(place)>().size() + ...)> all{};
        std::size_t end = 0;
        for (const std::string_view name : {spelled<static_cast<Enum>(place)>()...})
            for (const char letter : name) all[end++] = letter;
        return all;
    }();
    static constexpr auto names = [] {
        std::array<std::string_view, sizeof...(place)> all{spelled<static_cast<Enum>(place)>()...};
        std::size_t begin = 0;
        for (std::string_view& name : all) {
            name = {letters.data() + begin, name.size()};
            begin += name.size();
        }
        return all;
    }();
};

/// The names of all values of an enumeration, in their order. Where files have other words for them, a specialization
/// has those.
template <class Enum>
inline constexpr auto enumerators = Enumerators<Enum>::names;

template <class Enum>
[[nodiscard]] constexpr std::span<const std::string_view> enumerator_names() noexcept {
    return enumerators<Enum>;
}

/// What people call a value, where that is not its name: one phrase for each value, in their order.
template <class Enum, std::size_t count>
[[nodiscard]] constexpr std::string_view phrase_of(Enum value, const std::string_view (&phrases)[count]) noexcept {
    static_assert(count == enumerators<Enum>.size(), "each value has a phrase");
    const auto place = static_cast<std::size_t>(value);
    return place < count ? phrases[place] : "unknown";
}

/// The name of a value; "unknown" of one outside the enumeration, by a cast.
template <class Enum>
[[nodiscard]] constexpr std::string_view enumerator_name(Enum value) noexcept {
    const auto place = static_cast<std::size_t>(value);
    return place < enumerators<Enum>.size() ? enumerators<Enum>[place] : "unknown";
}

/// The value with this name.
template <class Enum>
[[nodiscard]] constexpr std::optional<Enum> enumerator_called(std::string_view name) noexcept {
    for (std::size_t place = 0; place < enumerators<Enum>.size(); ++place)
        if (enumerators<Enum>[place] == name) return static_cast<Enum>(place);
    return std::nullopt;
}

}  // namespace crowdrules::detail
