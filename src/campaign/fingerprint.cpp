// SPDX-License-Identifier: BSL-1.0
#include "fingerprint.hpp"

#include "describe_command.hpp"
#include "rules.hpp"

namespace crowdrules {

std::uint64_t fingerprint_of(const Command& command) {
    detail::Fingerprint fingerprint;
    detail::describe(fingerprint, command);
    return fingerprint.value();
}

}  // namespace crowdrules
