// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/command.hpp>

#include "describe_command.hpp"

namespace crowdrules {

InventionCommandBody::InventionCommandBody() = default;
InventionCommandBody::InventionCommandBody(const InventionCommandBody& other) = default;
InventionCommandBody::InventionCommandBody(InventionCommandBody&& other) noexcept = default;
InventionCommandBody& InventionCommandBody::operator=(const InventionCommandBody& other) = default;
InventionCommandBody& InventionCommandBody::operator=(InventionCommandBody&& other) noexcept = default;
InventionCommandBody::~InventionCommandBody() = default;

std::string_view name_of(const InventionCommandBody& what) noexcept {
    return std::visit([]<class Body>(const Body&) { return detail::alternative_name<Body>; }, what);
}

}  // namespace crowdrules
