// SPDX-License-Identifier: BSL-1.0
// Influence in Python, with the claims of which it was made.
#pragma once

#include <crowdrules/community/influence.hpp>

#include "bind.hpp"

namespace crowdrules::python {

struct ClaimedInfluence : community::Influence {
    community::Claims claims;

    bool operator==(const ClaimedInfluence&) const = default;
};

/// Raises FindingsError with what forbids it.
[[nodiscard]] ClaimedInfluence claimed_influence(const community::InfluenceTerms& terms,
                                                 const community::Claims& claims);

}  // namespace crowdrules::python
