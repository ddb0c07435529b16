// SPDX-License-Identifier: BSL-1.0
// Report style: how the report of a story looks, whichever its kind.
#pragma once

#include <cstdint>

namespace crowdrules {

/// How a report looks.
enum class ReportStyle : std::uint8_t {
    plain,     ///< text alone: for files, pipes and terminals without colour
    coloured,  ///< headings set off with the escape codes of terminals
};

}  // namespace crowdrules
