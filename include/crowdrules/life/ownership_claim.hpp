// SPDX-License-Identifier: BSL-1.0
// Ownership claim: somebody says that an idea is theirs. While it is open, what it is on waits; then people of the
// platform dismiss or uphold it. What waits, and what an upheld claim takes down, each kind of life says for itself.
//
//   raised      claim 7 of Rex on the hinge    a campaign pauses; a product stands still, its royalties unshared
//   dismissed   and none other is open         what waited goes on
//   upheld                                     the campaign, the product is taken down
#pragma once

#include <crowdrules/core/id.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace crowdrules {

using ClaimId = Id<struct ClaimKind>;  ///< somebody's claim that an idea is theirs

/// Somebody says that what a campaign offers is theirs. The campaign pauses, and nothing is paid to the creator.
struct RaiseClaim {
    ClaimId claim{};
    std::string claimant{};
    std::string on{};  ///< what is claimed
    std::string decided_by{};
};
/// The claim was not justified; once none is open, what was paused for them goes on.
struct DismissClaim {
    ClaimId claim{};
    std::string reason{};
    std::string decided_by{};
};
/// The claim was justified: what it is on is taken down. A campaign releases every pledge.
struct UpholdClaim {
    ClaimId claim{};
    std::string reason{};
    std::string decided_by{};
};

struct ClaimRaised {
    ClaimId claim{};
    std::string claimant{};
    std::string on{};
    std::string decided_by{};
    bool operator==(const ClaimRaised&) const = default;
};
struct ClaimDismissed {
    ClaimId claim{};
    std::string reason{};
    std::string decided_by{};
    bool operator==(const ClaimDismissed&) const = default;
};
struct ClaimUpheld {
    ClaimId claim{};
    std::string reason{};
    std::string decided_by{};
    std::int64_t to_platform = 0;  ///< of a campaign: disputes that it made good, which nobody is owed now
    bool operator==(const ClaimUpheld&) const = default;
};

struct OwnershipClaim {
    enum class State : std::uint8_t { open, dismissed, upheld };

    std::string claimant{};
    std::string on{};  ///< what is claimed
    Instant raised_at{};
    std::uint64_t product = 0;  ///< the number of the product that it is on; 0: the campaign
    State state = State::open;

    bool operator==(const OwnershipClaim&) const = default;
};

/// The claims that were raised, and which of them are open. Every question costs O(log claims).
class OwnershipClaims {
  public:
    /// The claim, or null.
    [[nodiscard]] const OwnershipClaim* find(ClaimId claim) const;
    [[nodiscard]] std::size_t size() const noexcept { return claims_.size(); }
    /// The open claim on a product, or on the campaign, that has the smallest number; none: none is open.
    [[nodiscard]] ClaimId first_open(std::uint64_t product = 0) const;
    [[nodiscard]] bool any_open(std::uint64_t product = 0) const { return open_.contains(product); }
    /// Whether this one is open, and no other on the same.
    [[nodiscard]] bool is_last_open(ClaimId claim) const;

    /// Throws ContractViolation for an id that is none, or taken.
    void raise(ClaimId claim, OwnershipClaim raised);
    /// Dismissed, or upheld. Throws ContractViolation when there is no such claim.
    const OwnershipClaim& decide(ClaimId claim, OwnershipClaim::State state);

    bool operator==(const OwnershipClaims&) const = default;

  private:
    std::map<std::uint64_t, OwnershipClaim> claims_{};
    std::map<std::uint64_t, std::set<std::uint64_t>> open_{};  ///< by product
};

/// "claim 7 of Rex on the hinge".
[[nodiscard]] std::string to_text(ClaimId id, const OwnershipClaim& claim);

}  // namespace crowdrules
