// SPDX-License-Identifier: BSL-1.0
// Decisions of the platform. Every one is kept, in order.
#include <fmt/format.h>

#include "campaign/due/payouts.hpp"
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

std::string Application::person(BackerId backer) {
    return backer.is_none() ? "the creator" : fmt::format("backer {}", backer.value);
}

void Application::apply(const IdentityVerified& e) const {
    const Verification verification{.what = e.what, .by = e.decided_by, .until = e.until};
    if (e.backer.is_none()) {
        state.guards.creator = verification;
    } else {
        state.guards.backers.insert_or_assign(e.backer.value, verification);
    }
    note(e, person(e.backer), e.what, e.decided_by);
}

void Application::apply(const AccountsRelated& e) const {
    const bool circle = e.account.is_none() || state.guards.owner.contains(e.account.value) ||
                        state.guards.person_behind(e.to.value) == e.account.value;
    if (circle) throw ContractViolation("an account gets its owner once, and is not its own");
    state.guards.owner.emplace(e.account.value, e.to.value);
    for (const BackerId backer : e.uncounted) count_no_more(backer);
    note(e, fmt::format("{} is {}", person(e.account), person(e.to)), e.reason, e.decided_by);
}

void Application::count_no_more(BackerId backer) const {
    if (!is_counted(state, backer.value)) return;
    const Handle handle = state.book.backers.find(backer.value);
    for (Handle pledge = 0; handle != no_handle && pledge < state.book.records.size(); ++pledge) {
        const PledgeRecord& record = state.book.records[pledge];
        if (record.backer != handle || !is_standing(record.state) || record.has(PledgeRecord::late)) continue;
        const PledgeDetail* detail = state.book.detail_of(pledge);
        const Uncounted worth = worth_of(state, record, detail);
        count_uncounted(state, uncounted_of(state, record, detail, worth), -1);
        count_uncounted(state, worth, 1);
    }
    state.guards.uncounted.insert(backer.value);
    if (handle != no_handle && state.book.standing_of[handle] > 0) ++state.totals.uncounted.backers;
}

void Application::apply(const ClaimRaised& e) const {
    state.guards.claims.raise(e.claim, {.claimant = e.claimant, .on = e.on, .raised_at = at});
    if (state.phase == Phase::live && !state.closed) state.guards.paused_by_claim = true;
    note_claim(e, {});
}

void Application::apply(const ClaimDismissed& e) const {
    state.guards.claims.decide(e.claim, OwnershipClaim::State::dismissed);
    note_claim(e, e.reason);
}

void Application::apply(const ClaimUpheld& e) const {
    if (e.to_platform < 0 || e.to_platform > state.totals.borne_by_platform)
        throw ContractViolation("the platform is given back at most what it made good");
    state.guards.claims.decide(e.claim, OwnershipClaim::State::upheld);
    release_all(state, at, Phase::suspended);
    take_back_made_good(e.to_platform);
    note_claim(e, e.reason);
}

template <class Decision>
void Application::note_claim(const Decision& e, const std::string& reason) const {
    note(e, to_text(e.claim, *state.guards.claims.find(e.claim)), reason, e.decided_by);
}

void Application::take_back_made_good(std::int64_t amount) const {
    state.totals.borne_by_platform -= amount;
    for (PayoutLine& line : state.payouts) {
        const std::int64_t part = std::clamp<std::int64_t>(kept_of(line), 0, amount);
        line.charged_back += part;
        amount -= part;
    }
}

}  // namespace crowdrules::campaign
