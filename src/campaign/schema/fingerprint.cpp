// SPDX-License-Identifier: BSL-1.0
#include "command.hpp"
#include "campaign/rules.hpp"
#include <schema/fingerprint.hpp>

namespace crowdrules::campaign {

std::uint64_t fingerprint_of(const Command& command) {
    return detail::fingerprint_of_command(detail::value_of(command));
}

}  // namespace crowdrules::campaign
