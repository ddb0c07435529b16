// SPDX-License-Identifier: BSL-1.0
#include "command.hpp"
#include "community/rules.hpp"
#include <schema/fingerprint.hpp>

namespace crowdrules::community {

std::uint64_t fingerprint_of(const Command& command) {
    return detail::fingerprint_of_command(detail::value_of(command));
}

}  // namespace crowdrules::community
