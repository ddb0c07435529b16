// SPDX-License-Identifier: BSL-1.0
// Claim rules: when an ownership claim may be raised and decided, the same for all that lives. A judge of any kind
// gives its rejections, whose codes have the same names everywhere.
#pragma once

#include <crowdrules/life/ownership_claim.hpp>

#include <string>
#include <string_view>

namespace crowdrules {

inline std::string_view to_text(OwnershipClaim::State state) noexcept {
    switch (state) {
        case OwnershipClaim::State::open:
            return "open";
        case OwnershipClaim::State::dismissed:
            return "dismissed";
        case OwnershipClaim::State::upheld:
            return "upheld";
    }
    return "";
}

/// Why a claim cannot be raised: it says too little, or its id is taken. `rule`: where the terms speak of claims.
template <class Judge, class Command>
[[nodiscard]] typename Judge::Guard refuse_claim(const Judge& judge, const OwnershipClaims& claims,
                                                 const Command& command, std::string_view rule) {
    using Code = typename Judge::Code;
    const std::string id = std::to_string(command.claim.value);
    if (command.claim.is_none() || command.claimant.empty() || command.on.empty()) {
        return judge.reject(Code::claim_malformed,
                            command.claim.is_none()    ? "the claim has no id"
                            : command.claimant.empty() ? "it does not say who claims"
                                                       : "it does not say what is claimed",
                            "an id other than 0, who claims, and what", rule);
    }
    if (claims.find(command.claim) != nullptr)
        return judge.reject(Code::claim_id_taken, "there is a claim " + id + " already", "a new id", rule);
    return {};
}

/// Why there is nothing to decide about a claim.
template <class Judge>
[[nodiscard]] typename Judge::Guard refuse_decision(const Judge& judge, const OwnershipClaims& claims, ClaimId claim,
                                                    std::string_view rule) {
    using Code = typename Judge::Code;
    const std::string id = std::to_string(claim.value);
    const OwnershipClaim* found = claims.find(claim);
    if (found == nullptr)
        return judge.reject(Code::claim_unknown, "there is no claim " + id,
                            "one of the " + std::to_string(claims.size()) + " raised", rule);
    if (found->state != OwnershipClaim::State::open)
        return judge.reject(Code::claim_decided,
                            "claim " + id + " was " + std::string(to_text(found->state)) + " before",
                            "a claim that is open", rule);
    return {};
}

}  // namespace crowdrules
