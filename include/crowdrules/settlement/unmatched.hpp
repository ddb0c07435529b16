// SPDX-License-Identifier: BSL-1.0
// Unmatched: what becomes of money that came when nothing was due, twice or from nobody, or of a provider's row of a
// kind that nobody knows.
#pragma once

#include <cstdint>
#include <string_view>

namespace crowdrules {

enum class UnmatchedEnd : std::uint8_t {
    sent_back,    ///< to whoever sent it; of what was taken: it was given back
    to_pledge,    ///< it pays a charge that is due
    to_platform,  ///< the platform has it, or bears it
};

[[nodiscard]] std::string_view to_text(UnmatchedEnd end) noexcept;

}  // namespace crowdrules
