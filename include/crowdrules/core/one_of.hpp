// SPDX-License-Identifier: BSL-1.0
// One of: what a variant needs that has many alternatives and whose special members are compiled once.
//
//   struct EventBody : std::variant<PledgeMade, PledgeDropped> {
//       template <AlternativeOf<variant> T>
//       EventBody(T&& body) : variant(in_place<T>, std::forward<T>(body)) {}
//       EventBody(const EventBody& other);      // and the other special members: `= default` in one source file
//   };
//
// A compiler writes the copy, move and comparison of a variant anew in every unit that uses them, which takes seconds
// for forty alternatives; and it tries a converting constructor on each alternative in turn, where the type is known.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace crowdrules {

namespace detail {
template <class T, class Variant>
inline constexpr bool is_alternative = false;
template <class T, class... Alternatives>
inline constexpr bool is_alternative<T, std::variant<Alternatives...>> = (std::same_as<T, Alternatives> || ...);
}  // namespace detail

/// T, but for const and reference, is an alternative of Variant.
template <class T, class Variant>
concept AlternativeOf = detail::is_alternative<std::remove_cvref_t<T>, Variant>;

template <class T>
inline constexpr std::in_place_type_t<std::remove_cvref_t<T>> in_place{};

}  // namespace crowdrules
