// SPDX-License-Identifier: BSL-1.0
// Later: a part of a file that is kept as it stands until more is known (a currency, names), and what it is then read
// as.
//
//   Later<std::string, ChosenText> cancel;      cancel = "Anna", or cancel = { of = "early birds", last = 3 }
//
// The code that reads it takes its forms from here, and so does whoever describes files without reading them.
#pragma once

#include <crowdrules/protocol/node.hpp>

#include <functional>
#include <schema/type.hpp>

namespace crowdrules::detail {

/// A part of a file that may be anything.
template <>
inline constexpr bool is_other<Node> = true;

/// One that is read as one of `Forms`.
template <class... Forms>
struct Later : Node {};

template <class... Forms>
inline constexpr bool is_other<Later<Forms...>> = true;

struct LaterType : Type {
    using Take = std::function<void(Value nothing)>;
    void (*forms)(const Take& take) = nullptr;  ///< gives `take` a value of nothing of each form
};

template <class... Forms>
struct Make<Later<Forms...>, Kind::other> {
    using Made = LaterType;
    template <class Form>
    static void give(const LaterType::Take& take) {
        Form nothing = blank<Form>(USD);
        take(value_of(nothing));
    }
    static void forms(const LaterType::Take& take) { (give<Forms>(take), ...); }
    static consteval Made made() {
        return {{Kind::other, &typeid(Later<Forms...>), sizeof(Later<Forms...>)}, forms};
    }
};

}  // namespace crowdrules::detail
