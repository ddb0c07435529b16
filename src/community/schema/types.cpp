// SPDX-License-Identifier: BSL-1.0
// The types that many units walk over, compiled once.
#include "command.hpp"
#include "event.hpp"

namespace crowdrules::detail {

template <>
const Type& type_of<community::Terms>() noexcept {
    return type_object<community::Terms>;
}

template <>
const Type& type_of<community::CommandBody>() noexcept {
    return type_object<community::CommandBody>;
}

template <>
const Type& type_of<community::EventBody>() noexcept {
    return type_object<community::EventBody>;
}

}  // namespace crowdrules::detail
