// SPDX-License-Identifier: BSL-1.0
// The types that many units walk over, compiled once.
#include "command.hpp"
#include "event.hpp"

namespace crowdrules::detail {

template <>
const Type& type_of<campaign::Terms>() noexcept {
    return type_object<campaign::Terms>;
}

template <>
const Type& type_of<campaign::CommandBody>() noexcept {
    return type_object<campaign::CommandBody>;
}

template <>
const Type& type_of<campaign::EventBody>() noexcept {
    return type_object<campaign::EventBody>;
}

}  // namespace crowdrules::detail
