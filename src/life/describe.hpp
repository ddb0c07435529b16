// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of what all that lives has in common. See schema/fields.hpp.
#pragma once

#include <crowdrules/life/ownership_claim.hpp>

#include <schema/describe.hpp>
#include <string_view>

namespace crowdrules::detail {

template <>
inline constexpr std::string_view alternative_name<RaiseClaim> = "raise_claim";
template <>
inline constexpr std::string_view alternative_name<DismissClaim> = "dismiss_claim";
template <>
inline constexpr std::string_view alternative_name<UpholdClaim> = "uphold_claim";
template <>
inline constexpr std::string_view alternative_name<ClaimRaised> = "claim_raised";
template <>
inline constexpr std::string_view alternative_name<ClaimDismissed> = "claim_dismissed";
template <>
inline constexpr std::string_view alternative_name<ClaimUpheld> = "claim_upheld";

inline void describe(Fields& v, RaiseClaim& command) {
    v("claim", command.claim, required);
    v("claimant", command.claimant, required);
    v("on", command.on, required);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, DismissClaim& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, UpholdClaim& command) {
    v("claim", command.claim, required);
    v("reason", command.reason);
    v("decided_by", command.decided_by);
}
inline void describe(Fields& v, ClaimRaised& event) {
    v("claim", event.claim, required);
    v("claimant", event.claimant, required);
    v("on", event.on, required);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, ClaimDismissed& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
}
inline void describe(Fields& v, ClaimUpheld& event) {
    v("claim", event.claim, required);
    v("reason", event.reason);
    v("decided_by", event.decided_by);
    v("to_platform", event.to_platform);
}

}  // namespace crowdrules::detail
