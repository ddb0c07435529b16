// SPDX-License-Identifier: BSL-1.0
// Guards: what the platform reports about people and claims, and what the terms make of it.
#include <fmt/format.h>

#include "judge.hpp"
#include "life/claim_rules.hpp"
#include "campaign/due/payouts.hpp"
#include "time/calendar_bounds.hpp"
#include <algorithm>

namespace crowdrules::campaign {

namespace {

constexpr std::string_view claim_rule = "campaign.pause";

constexpr std::uint64_t the_creator = 0;

std::string who(BackerId account) {
    return account.is_none() ? "the creator" : fmt::format("backer {}", account.value);
}

bool is_verified(const std::optional<Verification>& verification, Instant at) {
    return verification && verification->holds_at(at);
}

std::string lack_of(const std::optional<Verification>& verification) {
    if (!verification) return "was never verified";
    return fmt::format("was verified until {} ({})", crowdrules::to_text(*verification->until), verification->what);
}

std::optional<Verification> verification_of(const State& state, BackerId backer) {
    const auto found = state.guards.backers.find(backer.value);
    return found == state.guards.backers.end() ? std::nullopt : std::optional(found->second);
}

/// What one person has given so far: the standing pledges of all accounts that are theirs.
Int128 given_by(const State& state, BackerId backer) {
    const GuardRecord& guards = state.guards;
    const std::uint64_t person = guards.person_behind(backer.value);
    Int128 given = 0;
    const auto add = [&](std::uint64_t account) {
        const Handle handle = state.book.backers.find(account);
        if (handle != no_handle) given += state.book.given_of[handle];
    };
    if (person != the_creator) add(person);
    for (const auto& [account, owner] : guards.owner) {
        if (guards.person_behind(account) == person) add(account);
    }
    return given;
}

}  // namespace

Judge::Guard Judge::refuse_if_undecided(const std::string& decided_by) const {
    const auto& guards = terms().guards;
    if (!guards || !guards->named_deciders || !decided_by.empty()) return std::nullopt;
    return reject(RejectionCode::decider_missing, "nobody is named who decided this", "the name in 'decided_by'",
                  "guards.named_deciders");
}

Judge::Guard Judge::refuse_if_claimed() const {
    const ClaimId open = state.guards.claims.first_open();
    if (open.is_none()) return std::nullopt;
    const OwnershipClaim& claim = *state.guards.claims.find(open);
    return reject(RejectionCode::claim_open,
                  fmt::format("{} is open since {}", to_text(open, claim), crowdrules::to_text(claim.raised_at)),
                  "its dismissal first", "campaign.pause");
}

Judge::Guard Judge::refuse_if_creator_unverified(bool before_payout) const {
    const auto& guards = terms().guards;
    if (!guards) return std::nullopt;
    const IdentityGuard& identity = guards->identity;
    const bool wanted = before_payout ? identity.creator_before_payout : identity.creator_before_pledges;
    if (!wanted || is_verified(state.guards.creator, at)) return std::nullopt;
    return reject(RejectionCode::creator_not_verified, "the creator " + lack_of(state.guards.creator),
                  "a verification that holds", "guards.identity");
}

bool holds_payouts(const State& state, Instant at) {
    return state.guards.claims.any_open() || Judge{state, at}.refuse_if_creator_unverified(true);
}

Judge::Guard Judge::refuse_account(BackerId backer) const {
    const auto& guards = terms().guards;
    if (!guards || !state.guards.owner.contains(backer.value)) return std::nullopt;
    const std::uint64_t person = state.guards.person_behind(backer.value);
    if (person == the_creator && guards->creators_own == AccountRule::refused) {
        return reject(RejectionCode::backer_is_creator, fmt::format("account {} belongs to the creator", backer.value),
                      "pledges of others", "guards.creators_own");
    }
    if (person != the_creator && guards->related == AccountRule::refused) {
        return reject(RejectionCode::backer_is_related,
                      fmt::format("account {} belongs to backer {}", backer.value, person),
                      fmt::format("a pledge of backer {}", person), "guards.related");
    }
    return std::nullopt;
}

Judge::Guard Judge::refuse_person(BackerId backer, RewardId reward, std::int64_t amount,
                                  const std::optional<Giver>& giver, Handle replaced) const {
    const auto& guards = terms().guards;
    if (!guards || (!state.keeps_given && guards->identity.rewards.empty())) return std::nullopt;
    Int128 before = state.keeps_given ? given_by(state, backer) : 0;
    if (replaced != no_handle) before -= state.book.records[replaced].amount;
    const IdentityGuard& identity = guards->identity;
    const auto& rewards = identity.rewards;
    const bool for_reward = std::find(rewards.begin(), rewards.end(), reward) != rewards.end();
    const bool for_amount = identity.backers_from && before + amount >= *identity.backers_from;
    if (for_reward || for_amount) {
        if (const auto verification = verification_of(state, backer); !is_verified(verification, at)) {
            return reject(RejectionCode::backer_not_verified,
                          fmt::format("backer {} {}", backer.value, lack_of(verification)),
                          for_amount ? fmt::format("a verification that holds, or less than {} in all",
                                                   to_grouped_text(money(*identity.backers_from)))
                                     : "a verification that holds, or another reward",
                          "guards.identity");
        }
    }
    if (!guards->person) return std::nullopt;
    const auto refuse_unknown_giver = [&](std::string what, std::string accepted) {
        return reject(RejectionCode::giver_unknown, std::move(what), std::move(accepted), "guards.person");
    };
    if (!giver)
        return refuse_unknown_giver("nothing is said of who gives",
                                 "the class of the giver, and what was given elsewhere");
    // All pledges of a campaign together fit into 64 bits, so those of one person do.
    const auto room = allowance_of(*guards->person, *giver, static_cast<std::int64_t>(before));
    if (!room && room.error() == GiverProblem::means_missing)
        return refuse_unknown_giver("income or net worth of the giver is not given", "both of them");
    if (!room) {
        std::string classes;
        for (const PersonClass& known : guards->person->classes)
            classes += (classes.empty() ? "one of '" : ", '") + known.name + "'";
        return refuse_unknown_giver(fmt::format("there is no class '{}' of givers", giver->of_class), classes);
    }
    if (amount <= room->left) return std::nullopt;
    return reject(RejectionCode::person_limit_exceeded,
                  fmt::format("{} were given of at most {} ({}), and with this it would be {} more",
                              to_grouped_text(money(room->given)), to_grouped_text(money(room->most)), room->limit,
                              to_grouped_text(money(amount))),
                  fmt::format("at most {}", to_grouped_text(money(room->left))), "guards.person");
}

Verdict Judge::judge(const RecordVerification& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (command.what.empty() || (command.until && (*command.until <= at || *command.until > latest_instant))) {
        return reject(RejectionCode::verification_malformed,
                      command.what.empty() ? "it does not say what was verified"
                                           : fmt::format("it holds until {}, and it is {}",
                                                         crowdrules::to_text(*command.until), crowdrules::to_text(at)),
                      "what was verified, and a later end or none", "guards.identity");
    }
    return std::vector<EventBody>{IdentityVerified{command.backer, command.what, command.until, command.decided_by}};
}

Verdict Judge::judge(const RelateAccounts& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    const GuardRecord& known = state.guards;
    if (command.account.is_none() || known.person_behind(command.to.value) == command.account.value) {
        return reject(RejectionCode::account_is_its_own,
                      command.account.is_none()
                          ? "it does not say whose account was found"
                          : fmt::format("{} belongs to {} already", who(command.to), who(command.account)),
                      "an account, and somebody else whose it is", "guards.related");
    }
    if (const auto owner = known.owner.find(command.account.value); owner != known.owner.end()) {
        return reject(RejectionCode::account_related_already,
                      fmt::format("{} belongs to {}", who(command.account), who(BackerId{owner->second})),
                      "an account without owner", "guards.related");
    }
    AccountsRelated related{.account = command.account,
                            .to = command.to,
                            .reason = command.reason,
                            .decided_by = command.decided_by,
                            .uncounted = {}};
    const auto counts_no_more = [&](std::uint64_t account) {
        if (!known.uncounted.contains(account)) related.uncounted.emplace_back(account);
    };
    const auto& guards = terms().guards;
    const bool is_creators = known.person_behind(command.to.value) == the_creator;
    if (guards && is_creators && guards->creators_own == AccountRule::not_counted) {
        counts_no_more(command.account.value);
        for (const auto& [account, owner] : known.owner) {
            if (known.person_behind(account) == command.account.value) counts_no_more(account);
        }
    } else if (guards && !is_creators && guards->related == AccountRule::not_counted) {
        counts_no_more(command.account.value);
    }

    Support after = support_of(state);
    if (!related.uncounted.empty()) {
        for (Handle pledge = 0; pledge < state.book.records.size(); ++pledge) {
            const PledgeRecord& record = state.book.records[pledge];
            if (!is_standing(record.state) || record.has(PledgeRecord::late)) continue;
            const BackerId backer{state.book.backers.id_of(record.backer)};
            const auto& gone = related.uncounted;
            if (std::find(gone.begin(), gone.end(), backer) == gone.end()) continue;
            Support own = support_of(state, pledge);
            own.backers = 0;  // once for each backer, below
            after = after - own;
        }
        for (const BackerId backer : related.uncounted) {
            const Handle handle = state.book.backers.find(backer.value);
            if (handle != no_handle && state.book.standing_of[handle] > 0) after.backers -= 1;
        }
    }
    std::vector<EventBody> events{std::move(related)};
    if (!state.closed) follow_up(after, events);
    return events;
}

Verdict Judge::judge(const RaiseClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_claim(*this, state.guards.claims, command, claim_rule)) return rejection;
    std::vector<EventBody> events{ClaimRaised{command.claim, command.claimant, command.on, command.decided_by}};
    // After its end a campaign has nothing to pause: its money only waits for the decision.
    if (state.phase == Phase::live && !state.closed)
        events.emplace_back(CampaignPaused{fmt::format("claim {}", command.claim.value), command.decided_by});
    return events;
}

Verdict Judge::judge(const DismissClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_decision(*this, state.guards.claims, command.claim, claim_rule)) return rejection;
    std::vector<EventBody> events{ClaimDismissed{command.claim, command.reason, command.decided_by}};
    if (state.guards.claims.is_last_open(command.claim) && state.guards.paused_by_claim &&
        state.phase == Phase::paused) {
        if (auto rejection = refuse_if_deadline_too_late(resumed_deadline())) return rejection;
        events.emplace_back(CampaignResumed{resumed_deadline(), command.reason, command.decided_by});
    }
    return events;
}

Verdict Judge::judge(const UpholdClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_decision(*this, state.guards.claims, command.claim, claim_rule)) return rejection;
    const auto paid = std::find_if(state.payouts.begin(), state.payouts.end(),
                                   [](const PayoutLine& line) { return line.paid_at.has_value(); });
    if (paid != state.payouts.end()) {
        return reject(RejectionCode::payout_already_made,
                      fmt::format("money went to the creator {}", crowdrules::to_text(*paid->paid_at)),
                      "a dismissal, and refunds pledge by pledge", "campaign.pause");
    }
    return std::vector<EventBody>{
        ClaimUpheld{command.claim, command.reason, command.decided_by, state.totals.borne_by_platform}};
}

}  // namespace crowdrules::campaign
