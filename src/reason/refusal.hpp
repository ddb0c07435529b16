// SPDX-License-Identifier: BSL-1.0
// Refusal: the finding that a rule of this floor forbids what was given.
#pragma once

#include <crowdrules/reason/finding.hpp>

#include <string>
#include <utility>

namespace crowdrules {

[[nodiscard]] inline Finding refusal(std::string rule, std::string what, std::string accepted, Citation citation = {}) {
    return {FindingKind::forbidden, std::move(rule), std::move(what), std::move(accepted), std::move(citation), {}};
}

}  // namespace crowdrules
