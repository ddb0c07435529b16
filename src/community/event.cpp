// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/event.hpp>

#include "community/schema/event.hpp"

namespace crowdrules::community {

EventBody::EventBody() = default;
EventBody::EventBody(const EventBody& other) = default;
EventBody::EventBody(EventBody&& other) noexcept = default;
EventBody& EventBody::operator=(const EventBody& other) = default;
EventBody& EventBody::operator=(EventBody&& other) noexcept = default;
EventBody::~EventBody() = default;
bool EventBody::operator==(const EventBody& other) const = default;

std::string_view name_of(const EventBody& what) noexcept {
    return std::visit([]<class Body>(const Body&) { return detail::alternative_name<Body>; }, what);
}

}  // namespace crowdrules::community
