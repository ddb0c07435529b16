// SPDX-License-Identifier: BSL-1.0
// Commands about members, ideas and rounds.
#include <fmt/format.h>

#include "judge.hpp"
#include "community/naming.hpp"
#include <algorithm>

namespace crowdrules::community {

// ------------------------------------------------------------------------------------------------------------ members

Verdict Judge::judge(const JoinCommunity& command) const {
    if (auto rejection = refuse_without_id(command.member.value, "member")) return rejection;
    const MemberRecord* known = find_member(state, command.member);
    if (auto rejection = refuse_if_taken(known != nullptr && !known->left, "member", command.member.value))
        return rejection;
    if (command.member == terms().rights.company) {
        return reject(Code::member_is_company, fmt::format("{} is the company", member_text(command.member)),
                      "anybody else", "rights.company");
    }
    for (const revenue::Withholding& withholding : command.withholding) {
        if (withholding.source.empty()) continue;
        return reject(Code::withholding_malformed,
                      fmt::format("withholding from earnings of '{}' alone", withholding.source),
                      "withholding of all earnings: a royalty has no single source", "payouts.withholding");
    }
    auto payouts = revenue::Distribution::of(distribution_of(terms()));
    if (auto added = payouts->add({command.member, {}, command.withholding}); !added)
        return reject(Code::withholding_malformed, added.error());
    return std::vector<EventBody>{MemberJoined{command.member, command.withholding, command.name}};
}

namespace {

/// Whether royalties of the product may still come to whoever has a part in it.
bool may_still_earn(const ProductRecord& product) {
    if (product.stage == ProductStage::abandoned) return false;
    return product.stage != ProductStage::taken_down || !product.streams.empty();
}

bool has_part_in(const ProductRecord& product, MemberId member) {
    for (const auto& [bucket, claims] : product.claims) {
        for (const Claim& claim : claims) {
            if (claim.member == member) return true;
        }
    }
    for (const RoyaltyStream& stream : product.streams) {
        for (const revenue::Share& share : stream.influence.shares) {
            if (share.payee == member) return true;
        }
    }
    return false;
}

}  // namespace

Verdict Judge::judge(const LeaveCommunity& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    const std::int64_t balance = find_member(state, command.member)->balance();
    if (balance != 0) {
        return reject(Code::member_is_owed,
                      balance > 0 ? fmt::format("{} is owed {}", member_text(command.member), to_text(money(balance)))
                                  : fmt::format("{} owes {}", member_text(command.member), to_text(money(-balance))),
                      "a member whose account is settled", "payouts");
    }
    for (const ProductRecord& product : state.products) {
        if (!may_still_earn(product) || !has_part_in(product, command.member)) continue;
        return reject(Code::member_has_influence,
                      fmt::format("{} has a part in {}, which is {}", member_text(command.member),
                                  idea_text(product.idea), to_text(product.stage)),
                      "a member without a part in what may still earn", "influence");
    }
    for (const IdeaRecord& idea : state.ideas) {
        if (idea.idea.submitter != command.member || idea.stage != IdeaStage::open) continue;
        return reject(Code::member_holds_title,
                      fmt::format("{} of {} is open", idea_text(idea.idea.id), member_text(command.member)),
                      "a member whose ideas are withdrawn or decided", "rights");
    }
    return std::vector<EventBody>{MemberLeft{command.member}};
}

// -------------------------------------------------------------------------------------------------------------- ideas

Verdict Judge::judge(const HandInIdea& command) const {
    if (auto rejection = refuse_without_id(command.idea.value, "idea")) return rejection;
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_if_taken(find_idea(state, command.idea) != nullptr, "idea", command.idea.value))
        return rejection;
    const std::int64_t fee = *terms().submission.fee;
    std::int64_t all = 0;
    if (__builtin_add_overflow(state.totals.fees, fee, &all)) {
        return reject(Code::amount_too_large, "the fees of all ideas leave 64 bits", "a community with smaller fees",
                      "submission.fee");
    }
    return std::vector<EventBody>{IdeaHandedIn{command.idea, command.member, command.title, fee}};
}

Verdict Judge::judge(const WithdrawIdea& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    const IdeaRecord& idea = *find_idea(state, command.idea);
    if (auto rejection = refuse_contribution(idea)) return rejection;
    if (idea.stage == IdeaStage::withdrawn || idea.stage == IdeaStage::accepted) {
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(command.idea), to_text(idea.stage)),
                      "an idea that was not accepted", "rights.withdraw");
    }
    if (idea.idea.submitter != command.member) {
        return reject(Code::not_its_submitter,
                      fmt::format("{} did not hand in {}", member_text(command.member), idea_text(command.idea)),
                      member_text(idea.idea.submitter), "rights.withdraw");
    }
    RightsRegister rights = idea.rights;
    if (auto allowed = rights.withdraw(at, command.member); !allowed)
        return reject(Code::rights_forbid, allowed.error());
    return std::vector<EventBody>{IdeaWithdrawn{command.idea, command.member}};
}

Verdict Judge::judge(const ScreenOutIdea& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    const IdeaRecord& idea = *find_idea(state, command.idea);
    if (auto rejection = refuse_contribution(idea)) return rejection;
    if (idea.stage != IdeaStage::open) {
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(command.idea), to_text(idea.stage)),
                      "an idea that is not decided", "submission");
    }
    const bool refunds = terms().submission.refunded_when_infeasible.value_or(false);
    return std::vector<EventBody>{
        IdeaScreenedOut{command.idea, refunds ? idea.fee : 0, command.reason, command.decided_by}};
}

Verdict Judge::judge(const NameSimilarIdea& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    for (const IdeaId id : {command.idea, command.similar}) {
        if (auto rejection = refuse_unknown_idea(id)) return rejection;
    }
    for (const IdeaId id : {command.idea, command.similar}) {
        if (auto rejection = refuse_contribution(*find_idea(state, id))) return rejection;
    }
    for (const IdeaId id : {command.idea, command.similar}) {
        const IdeaStage stage = find_idea(state, id)->stage;
        if (stage == IdeaStage::open || stage == IdeaStage::declined) continue;
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(id), to_text(stage)),
                      "ideas that may still be accepted; for a product, a bucket for those who were alike",
                      "evaluation.similar");
    }
    SimilarIdeas similar = state.similar;
    const Idea& idea = find_idea(state, command.idea)->idea;
    if (auto joined = similar.join(idea, find_idea(state, command.similar)->idea); !joined)
        return reject(Code::similar_to_itself, joined.error());
    return std::vector<EventBody>{
        SimilarIdeaNamed{command.idea, command.similar, similar.credited(idea).id, command.decided_by}};
}

namespace {

/// Whether the idea stands in a round that is still open.
bool is_in_open_round(const State& state, const IdeaRecord& idea) {
    const RoundRecord* round = find_round(state, idea.round);
    return round != nullptr && !round->closed;
}

}  // namespace

Verdict Judge::judge(const DeclineIdea& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    const IdeaRecord& idea = *find_idea(state, command.idea);
    if (auto rejection = refuse_contribution(idea)) return rejection;
    if (idea.stage != IdeaStage::open) {
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(command.idea), to_text(idea.stage)),
                      "an idea that is not decided", "evaluation");
    }
    if (is_in_open_round(state, idea)) {
        return reject(Code::idea_in_round,
                      fmt::format("{} stands in round {}", idea_text(command.idea), idea.round.value),
                      "a decision once the round is closed", "evaluation");
    }
    return std::vector<EventBody>{IdeaDeclined{command.idea, command.reason, command.decided_by}};
}

// ------------------------------------------------------------------------------------------------------------- rounds

Verdict Judge::judge(const OpenRound& command) const {
    if (auto rejection = refuse_without_id(command.round.value, "round")) return rejection;
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    for (const IdeaId id : command.ideas) {
        if (auto rejection = refuse_unknown_idea(id)) return rejection;
    }
    if (auto rejection = refuse_if_taken(find_round(state, command.round) != nullptr, "round", command.round.value))
        return rejection;
    for (const IdeaId id : command.ideas) {
        if (auto rejection = refuse_contribution(*find_idea(state, id))) return rejection;
    }
    for (const IdeaId id : command.ideas) {
        const IdeaStage stage = find_idea(state, id)->stage;
        if (stage == IdeaStage::open) continue;
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(id), to_text(stage)),
                      "ideas that are not decided", "evaluation");
    }
    if (command.ideas.empty())
        return reject(Code::round_empty, "there is nothing to vote on", "at least one idea", "evaluation");
    std::vector<IdeaId> sorted = command.ideas;
    std::sort(sorted.begin(), sorted.end());
    const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
    for (const IdeaId id : sorted) {
        if (!is_in_open_round(state, *find_idea(state, id)) && (twice == sorted.end() || *twice != id)) continue;
        return reject(Code::idea_in_round, fmt::format("{} would stand in two places", idea_text(id)),
                      "each idea once, and in one round at a time", "evaluation");
    }
    if (auto rejection = refuse_if_closing_too_early(command.closes)) return rejection;
    return std::vector<EventBody>{RoundOpened{command.round, command.ideas, command.closes, command.decided_by}};
}

Verdict Judge::judge(const CastVote& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    if (auto rejection = refuse_unknown_round(command.round)) return rejection;
    const RoundRecord& record = *find_round(state, command.round);
    if (auto rejection = refuse_if_outside(record, command.idea)) return rejection;
    if (record.round.has_voted(command.member, command.idea)) {
        return reject(Code::vote_cast_already,
                      fmt::format("{} has a vote for {}", member_text(command.member), idea_text(command.idea)),
                      "one vote of a member for an idea", "evaluation.budget");
    }
    if (record.round.votes_left(command.member, at) == std::size_t{0}) {
        const VoteBudget& budget = record.round.terms().budget;
        return reject(Code::votes_used_up,
                      fmt::format("{} has cast {} of {} votes a {}", member_text(command.member), budget.votes,
                                  budget.votes, budget.per == Budget::each_day ? "day" : "round"),
                      "a vote after another is taken back", "evaluation.budget");
    }
    return std::vector<EventBody>{VoteCast{command.round, command.member, command.idea}};
}

Verdict Judge::judge(const TakeBackVote& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    if (auto rejection = refuse_unknown_round(command.round)) return rejection;
    const RoundRecord& record = *find_round(state, command.round);
    if (auto rejection = refuse_if_outside(record, command.idea)) return rejection;
    if (!record.round.has_voted(command.member, command.idea)) {
        return reject(Code::vote_not_cast,
                      fmt::format("{} has no vote for {}", member_text(command.member), idea_text(command.idea)),
                      "a vote that was cast", "evaluation.budget");
    }
    return std::vector<EventBody>{VoteTakenBack{command.round, command.member, command.idea}};
}

Verdict Judge::judge(const RateIdea& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    if (auto rejection = refuse_unknown_round(command.round)) return rejection;
    const RoundRecord& record = *find_round(state, command.round);
    if (auto rejection = refuse_if_outside(record, command.idea)) return rejection;
    // The round knows its criteria; the rating is tried on a copy of its terms, without the votes.
    Round blank = Round::of(record.round.terms(), record.round.window()).value();
    (void)blank.enter(find_idea(state, command.idea)->idea);
    if (auto rated = blank.rate(command.member, command.idea, command.criterion, command.stars, at); !rated)
        return reject(record.round.terms().rating ? Code::rating_malformed : Code::nothing_is_rated, rated.error());
    return std::vector<EventBody>{
        IdeaRated{command.round, command.member, command.idea, command.criterion, command.stars}};
}

}  // namespace crowdrules::community
