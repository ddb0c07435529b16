// SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include "community/judge/judge.hpp"
#include "core/listed.hpp"
#include "naming.hpp"
#include "time/calendar_bounds.hpp"

namespace crowdrules::community {

// ---------------------------------------------------------------------------------------------- what judges use

Judge::Guard Judge::reject(Code code, std::string what, std::string accepted, std::string_view rule) const {
    return refused<Rejection>(terms(), code, std::move(what), std::move(accepted), rule);
}

Judge::Guard Judge::reject(Code code, const Finding& finding) const {
    auto rejection = reject(code, finding.what, finding.accepted, finding.rule);
    if (!finding.citation.source.empty()) rejection->citation = finding.citation;
    return rejection;
}

Judge::Guard Judge::refuse_if_undecided(const std::string& decided_by) const {
    if (!decided_by.empty()) return std::nullopt;
    return reject(Code::decider_missing, "nobody is named who decided it", "the name of who did", "decisions");
}

Judge::Guard Judge::refuse_without_id(std::uint64_t id, std::string_view what) const {
    if (id != 0) return std::nullopt;
    return reject(Code::id_missing, fmt::format("the {} has no id", what), "an id other than 0");
}

Judge::Guard Judge::refuse_if_unknown(MemberId member) const {
    const MemberRecord* record = find_member(state, member);
    if (record != nullptr && !record->left) return std::nullopt;
    return reject(
        Code::member_unknown,
        record ? fmt::format("{} has left", member_text(member)) : fmt::format("{} is no member", member_text(member)),
        fmt::format("one of the {} members", state.totals.members));
}

Judge::Guard Judge::refuse_unknown_idea(IdeaId idea) const {
    if (find_idea(state, idea) != nullptr) return std::nullopt;
    return reject(Code::idea_unknown, fmt::format("there is no idea {}", idea.value),
                  fmt::format("one of the {} handed in", state.ideas.size()));
}

Judge::Guard Judge::refuse_unknown_product(IdeaId product) const {
    if (find_product(state, product) != nullptr) return std::nullopt;
    const IdeaRecord* idea = find_idea(state, product);
    return reject(Code::product_unknown,
                  idea ? fmt::format("{} was not accepted: it is {}", idea_text(product), to_text(idea->stage))
                       : fmt::format("there is no idea {}", product.value),
                  fmt::format("one of the {} accepted", state.products.size()));
}

Judge::Guard Judge::refuse_unknown_round(RoundId round) const {
    if (find_round(state, round) != nullptr) return std::nullopt;
    return reject(Code::round_unknown, fmt::format("there is no round {}", round.value),
                  fmt::format("one of the {} opened", state.rounds.size()));
}

Judge::Guard Judge::refuse_unknown_phase(const ProductRecord& product, const std::string& phase) const {
    if (find_phase(product, phase) != nullptr) return std::nullopt;
    const std::string names =
        detail::listed(product.phases, [](const PhaseRecord& known) -> const auto& { return known.phase.name; });
    return reject(Code::phase_unknown, fmt::format("{} has no phase '{}'", idea_text(product.idea), phase), names);
}

Judge::Guard Judge::refuse_unknown_bucket(const ProductRecord& product, const std::string& bucket) const {
    std::string names;
    for (const Bucket& known : product.influence.buckets) {
        if (known.name == bucket) return std::nullopt;
        detail::add_to_list(names, known.name);
    }
    return reject(Code::bucket_unknown, fmt::format("{} has no bucket '{}'", idea_text(product.idea), bucket), names,
                  "influence.buckets");
}

Judge::Guard Judge::refuse_unknown_claimant(const std::vector<Claim>& claims) const {
    for (const Claim& claim : claims) {
        if (auto rejection = refuse_if_unknown(claim.member)) return rejection;
    }
    return std::nullopt;
}

Judge::Guard Judge::refuse_if_taken(bool is_taken, std::string_view what, std::uint64_t id) const {
    if (!is_taken) return std::nullopt;
    return reject(Code::id_taken, fmt::format("there is a {} {} already", what, id), "an id that is not in use");
}

Judge::Guard Judge::refuse_contribution(const IdeaRecord& idea) const {
    if (idea.product.is_none()) return std::nullopt;
    return reject(
        Code::idea_is_contribution,
        fmt::format("{} is a contribution to '{}' of {}", idea_text(idea.idea.id), idea.phase, idea_text(idea.product)),
        "an idea of its own");
}

Judge::Guard Judge::refuse_if_at_a_stand(const ProductRecord& product) const {
    if (product.paused) {
        const ClaimId open = state.claims.first_open(product.idea.value);
        return reject(Code::product_paused,
                      idea_text(product.idea) + " is paused by " + to_text(open, *state.claims.find(open)),
                      "the same once the claim is dismissed", "claims.pause");
    }
    if (is_over(product.stage)) {
        return reject(Code::product_over, fmt::format("{} is {}", idea_text(product.idea), to_text(product.stage)),
                      "a product that is developed or sold");
    }
    return std::nullopt;
}

Judge::Guard Judge::refuse_if_not_in_the_making(const ProductRecord& product) const {
    if (auto rejection = refuse_if_at_a_stand(product)) return rejection;
    if (product.stage != ProductStage::on_sale) return std::nullopt;
    return reject(
        Code::product_made,
        fmt::format("{} is on sale since {}", idea_text(product.idea), crowdrules::to_text(*product.on_sale_at)),
        "a product that is still developed");
}

Judge::Guard Judge::refuse_if_closing_too_early(Instant closes) const {
    if (closes > at && closes <= latest_instant) return std::nullopt;
    return reject(Code::closing_not_later,
                  fmt::format("it is {} and would close {}", crowdrules::to_text(at), crowdrules::to_text(closes)),
                  "a later instant up to the year 9999", "evaluation.window");
}

Judge::Guard Judge::refuse_if_outside(const RoundRecord& round, IdeaId idea) const {
    if (!round.product.is_none()) {
        if (auto rejection = refuse_if_at_a_stand(*find_product(state, round.product))) return rejection;
    }
    if (round.closed || !round.round.window().contains(at)) {
        return reject(
            Code::round_closed,
            fmt::format("it is {} and the round runs {}", crowdrules::to_text(at), to_text(round.round.window())),
            "an instant in the round", "evaluation.window");
    }
    if (!round.round.stands(idea)) {
        return reject(Code::idea_not_in_round,
                      fmt::format("{} does not stand in round {}", idea_text(idea), round.id.value),
                      "an idea that does", "evaluation");
    }
    return std::nullopt;
}

Judge::Guard Judge::refuse_if_malformed(const std::vector<Claim>& claims) const {
    for (const Claim& claim : claims) {
        if (claim.parts >= 1 && claim.of >= 1) continue;
        return reject(Code::claims_malformed,
                      fmt::format("{} would have {}/{} of a claim", member_text(claim.member), claim.parts, claim.of),
                      "claims above zero", "influence.claims");
    }
    return std::nullopt;
}

Judge::Guard Judge::refuse_if_foreign(Money amount) const {
    if (amount.currency() == terms().currency) return std::nullopt;
    return reject(Code::currency_differs,
                  fmt::format("{} in a community that counts in {}", to_text(amount), terms().currency.code()),
                  fmt::format("an amount of {}", terms().currency.code()), "currency");
}

// ---------------------------------------------------------------------------------------------------------- questions

IdeaId credited(const State& state, const IdeaRecord& idea) {
    for (const Idea& like : state.similar.like(idea.idea)) {
        const IdeaStage stage = find_idea(state, like.id)->stage;
        if (stage != IdeaStage::withdrawn && stage != IdeaStage::infeasible) return like.id;
    }
    return idea.idea.id;
}

const PhaseRecord* find_phase(const ProductRecord& product, std::string_view phase) {
    for (const PhaseRecord& record : product.phases) {
        if (record.phase.name == phase) return &record;
    }
    return nullptr;
}

const PhaseRecord* phase_of_bucket(const ProductRecord& product, std::string_view bucket) {
    for (const PhaseRecord& record : product.phases) {
        for (const Bucket& known : record.phase.buckets) {
            if (known.name == bucket) return &record;
        }
    }
    return nullptr;
}

// ----------------------------------------------------------------------------------------------------------- deciding

Verdict Rules::judge(const State& state, const Command& command) {
    const Judge judge{state, command.at};
    return std::visit([&](const auto& what) { return judge.judge(what); }, command.what);
}

}  // namespace crowdrules::community
