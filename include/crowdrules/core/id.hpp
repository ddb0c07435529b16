// SPDX-License-Identifier: BSL-1.0
// Id: names that the caller gives to things. Ids of different kinds do not mix and have no arithmetic.
//
//   PledgeId pledge{7};  BackerId backer{7};      // pledge == backer does not compile
#pragma once

#include <compare>
#include <cstdint>

namespace crowdrules {

/// A 64-bit name for one kind of thing. Zero means 'none'; the caller hands out all others.
template <class Kind>
struct Id {
    std::uint64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::uint64_t v) : value(v) {}

    /// Whether this names anything at all.
    [[nodiscard]] constexpr bool is_none() const noexcept { return value == 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

using BackerId = Id<struct BackerKind>;    ///< a person or firm that pledges
using PledgeId = Id<struct PledgeKind>;    ///< one pledge of one backer
using CommandId = Id<struct CommandKind>;  ///< one command, so that a repeat is known as one

}  // namespace crowdrules
