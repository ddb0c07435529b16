// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/command.hpp>

#include "campaign/schema/command.hpp"

namespace crowdrules::campaign {

CommandBody::CommandBody() = default;
CommandBody::CommandBody(const CommandBody& other) = default;
CommandBody::CommandBody(CommandBody&& other) noexcept = default;
CommandBody& CommandBody::operator=(const CommandBody& other) = default;
CommandBody& CommandBody::operator=(CommandBody&& other) noexcept = default;
CommandBody::~CommandBody() = default;

std::string_view name_of(const CommandBody& what) noexcept {
    return std::visit([]<class Body>(const Body&) { return detail::alternative_name<Body>; }, what);
}

}  // namespace crowdrules::campaign
