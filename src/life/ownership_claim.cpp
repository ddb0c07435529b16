// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/life/ownership_claim.hpp>

#include <utility>

namespace crowdrules {

const OwnershipClaim* OwnershipClaims::find(ClaimId claim) const {
    const auto found = claims_.find(claim.value);
    return found == claims_.end() ? nullptr : &found->second;
}

ClaimId OwnershipClaims::first_open(std::uint64_t product) const {
    const auto found = open_.find(product);
    return found == open_.end() ? ClaimId{} : ClaimId{*found->second.begin()};
}

bool OwnershipClaims::is_last_open(ClaimId claim) const {
    const OwnershipClaim* found = find(claim);
    if (found == nullptr || found->state != OwnershipClaim::State::open) return false;
    return open_.at(found->product).size() == 1;
}

void OwnershipClaims::raise(ClaimId claim, OwnershipClaim raised) {
    if (claim.is_none() || claims_.contains(claim.value)) throw ContractViolation("a claim has an id of its own");
    open_[raised.product].insert(claim.value);
    claims_.emplace(claim.value, std::move(raised));
}

const OwnershipClaim& OwnershipClaims::decide(ClaimId claim, OwnershipClaim::State state) {
    const auto found = claims_.find(claim.value);
    if (found == claims_.end()) throw ContractViolation("no such claim");
    found->second.state = state;
    if (const auto open = open_.find(found->second.product); open != open_.end()) {
        open->second.erase(claim.value);
        if (open->second.empty()) open_.erase(open);
    }
    return found->second;
}

std::string to_text(ClaimId id, const OwnershipClaim& claim) {
    return "claim " + std::to_string(id.value) + " of " + claim.claimant + " on " + claim.on;
}

}  // namespace crowdrules
