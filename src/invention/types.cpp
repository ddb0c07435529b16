// SPDX-License-Identifier: BSL-1.0
// The types that many units walk over, compiled once.
#include "describe_command.hpp"
#include "describe_event.hpp"

namespace crowdrules::detail {

template <>
const Type& type_of<InventionTerms>() noexcept {
    return type_object<InventionTerms>;
}

template <>
const Type& type_of<InventionCommandBody>() noexcept {
    return type_object<InventionCommandBody>;
}

template <>
const Type& type_of<InventionEventBody>() noexcept {
    return type_object<InventionEventBody>;
}

}  // namespace crowdrules::detail
