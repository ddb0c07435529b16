// SPDX-License-Identifier: BSL-1.0
// Agenda basis: what the agenda of every pledge depends on, beside the pledge itself. While it stays as it is, only
// what events name has to be looked at again.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <optional>
#include <variant>

namespace crowdrules::campaign {

struct AgendaBasis {
    Phase phase{};
    bool in_second_round = false;
    std::optional<Instant> closed_at{}, succeeded_at{}, ready_at{};

    bool operator==(const AgendaBasis&) const = default;
};

[[nodiscard]] inline AgendaBasis agenda_basis_of(const Campaign& campaign) {
    // A pause changes what may be done, not what is due.
    const Phase phase = campaign->phase == Phase::paused ? Phase::live : campaign->phase;
    return {phase, campaign->in_second_round, campaign->closed_at, campaign->succeeded_at, campaign->ready_at};
}

/// The pledge that an event is about, or none.
[[nodiscard]] inline PledgeId pledge_of(const EventBody& what) {
    return std::visit(
        [](const auto& event) {
            if constexpr (requires { event.pledge; })
                return event.pledge;
            else
                return PledgeId{};
        },
        what);
}

}  // namespace crowdrules::campaign
