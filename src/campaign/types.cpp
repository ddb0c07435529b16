// SPDX-License-Identifier: BSL-1.0
// The types that many units walk over, compiled once.
#include "describe_command.hpp"
#include "describe_event.hpp"

namespace crowdrules::detail {

template <>
const Type& type_of<Terms>() noexcept {
    return type_object<Terms>;
}

template <>
const Type& type_of<CommandBody>() noexcept {
    return type_object<CommandBody>;
}

template <>
const Type& type_of<EventBody>() noexcept {
    return type_object<EventBody>;
}

}  // namespace crowdrules::detail
