// SPDX-License-Identifier: BSL-1.0
// What a description is held against: how many fields a struct has, and that every enumerator has a name.
#pragma once

#include <crowdrules/core/contract.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <campaign/schema/terms.hpp>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// Stands for a field of any type.
struct Anything {
    template <class T>
    operator T() const {  // NOLINT(google-explicit-constructor): that is its purpose
        throw ContractViolation("stands for a type only");
    }
};

/// How many fields a struct has: the most values that it can be made from.
template <class T, class... Parts>
constexpr std::size_t field_count() {
    std::size_t most = 0;
    if constexpr (requires { T{Parts{}...}; }) most = sizeof...(Parts);
    if constexpr (sizeof...(Parts) < 30) most = std::max(most, field_count<T, Parts..., Anything>());
    return most;
}

struct Names : Fields {
    std::size_t count = 0;
    std::set<std::string> names;

  private:
    void on_field(const Field& field, Value) override {
        if (field.role == Role::counted_in) return;
        count += 1;
        names.emplace(field.name);
    }
};

template <class Enum>
void check_names() {
    std::set<std::string_view> names;
    for (const std::string_view name : enumerators<Enum>) {
        names.insert(name);
        CHECK(enumerator_name(*enumerator_called<Enum>(name)) == name);
    }
    CHECK(names.size() == enumerators<Enum>.size());
    CHECK(names.count("") == 0);
    // The one after the last is as unknown as any other number.
    CHECK(enumerator_name(static_cast<Enum>(enumerators<Enum>.size())) == "unknown");
    CHECK(enumerator_name(static_cast<Enum>(200)) == "unknown");
}

}  // namespace crowdrules::detail
