// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/invention/event.hpp>

#include "describe_event.hpp"

namespace crowdrules {

InventionEventBody::InventionEventBody() = default;
InventionEventBody::InventionEventBody(const InventionEventBody& other) = default;
InventionEventBody::InventionEventBody(InventionEventBody&& other) noexcept = default;
InventionEventBody& InventionEventBody::operator=(const InventionEventBody& other) = default;
InventionEventBody& InventionEventBody::operator=(InventionEventBody&& other) noexcept = default;
InventionEventBody::~InventionEventBody() = default;
bool InventionEventBody::operator==(const InventionEventBody& other) const = default;

std::string_view name_of(const InventionEventBody& what) noexcept {
    return std::visit([]<class Body>(const Body&) { return detail::alternative_name<Body>; }, what);
}

}  // namespace crowdrules
