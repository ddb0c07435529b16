// SPDX-License-Identifier: BSL-1.0
#include <schema/fingerprint.hpp>

#include "describe_command.hpp"
#include "rules.hpp"

namespace crowdrules {

std::uint64_t fingerprint_of(const InventionCommand& command) {
    return detail::fingerprint_of_value(detail::value_of(command));
}

}  // namespace crowdrules
