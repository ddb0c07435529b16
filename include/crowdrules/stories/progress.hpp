// SPDX-License-Identifier: BSL-1.0
// Progress: how far a long play has come.
#pragma once

#include <cstdint>
#include <functional>

namespace crowdrules {

/// How far a long play has come: commands carried out, of about so many.
using PlayProgress = std::function<void(std::uint64_t done, std::uint64_t all)>;

}  // namespace crowdrules
