// SPDX-License-Identifier: BSL-1.0
// Commands about acceptance, phases and influence.
#include <fmt/format.h>

#include "judge.hpp"
#include "community/naming.hpp"
#include <algorithm>
#include <map>
#include <set>

namespace crowdrules::community {

namespace {

void append(std::vector<Claim>& claims, std::vector<Claim> more) {
    claims.insert(claims.end(), more.begin(), more.end());
}

/// The round in which an idea stood last, once it is closed; null when there is none.
const RoundRecord* closed_round(const State& state, const IdeaRecord& idea) {
    const RoundRecord* round = find_round(state, idea.round);
    return round != nullptr && round->closed && round->round.stands(idea.idea.id) ? round : nullptr;
}

/// What follows from the evaluation of the accepted idea, for a bucket of this rule.
std::vector<Claim> evaluation_claims(const State& state, const IdeaRecord& idea, BucketRule rule) {
    const RoundRecord* round = closed_round(state, idea);
    switch (rule) {
        case BucketRule::winners:
            return {{.member = idea.idea.submitter}};
        case BucketRule::votes:
            return round ? round->round.voters_of(idea.idea.id) : std::vector<Claim>{};
        case BucketRule::raters:
            return round ? round->round.raters() : std::vector<Claim>{};
        case BucketRule::equal:
        case BucketRule::points:
            break;  // credited later
    }
    return {};
}

/// What was brought to later ideas that are like the accepted one.
std::vector<Claim> similar_claims(const State& state, const IdeaRecord& accepted, BucketRule rule) {
    std::vector<Claim> claims;
    for (const Idea& like : state.similar.like(accepted.idea)) {
        const IdeaRecord& idea = *find_idea(state, like.id);
        if (like.id == accepted.idea.id || idea.stage == IdeaStage::withdrawn) continue;
        if (rule == BucketRule::winners || rule == BucketRule::equal) claims.push_back({.member = like.submitter});
        if (rule == BucketRule::winners || rule == BucketRule::points) continue;
        append(claims, evaluation_claims(state, idea, rule == BucketRule::equal ? BucketRule::votes : rule));
    }
    return claims;
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- acceptance

namespace {

/// Why these phases cannot be those of a product.
std::optional<Finding> defect_of(const std::vector<ProductPhase>& phases) {
    const auto defect = [](std::string what, std::string accepted) {
        return Finding{FindingKind::forbidden, "phases", std::move(what), std::move(accepted), {}, {}};
    };
    if (phases.empty()) return defect("no phase", "at least one phase");
    std::set<std::string> names;
    std::map<PhaseKind, int> kinds;
    for (const ProductPhase& phase : phases) {
        if (phase.name.empty()) return defect("a phase without a name", "a name for each");
        if (!names.insert(phase.name).second)
            return defect(fmt::format("two phases are called '{}'", phase.name), "names that differ");
        const bool once = phase.kind == PhaseKind::evaluation || phase.kind == PhaseKind::similar;
        if (++kinds[phase.kind] > 1 && once)
            return defect(fmt::format("two phases of kind '{}'", to_text(phase.kind)), "one at most");
        if (!phase.voting) continue;
        if (phase.kind != PhaseKind::contributions)
            return defect(fmt::format("'{}' is voted on, and nothing is contributed to it", phase.name),
                          "votes on contributions alone");
        if (Findings findings = defects_of(*phase.voting); !findings.empty()) return std::move(findings.front());
    }
    return std::nullopt;
}

InfluenceTerms influence_terms(const std::vector<ProductPhase>& phases, const InfluencePolicy& policy) {
    InfluenceTerms terms{.buckets = {}, .unclaimed = policy.unclaimed, .units = policy.units};
    for (const ProductPhase& phase : phases)
        terms.buckets.insert(terms.buckets.end(), phase.buckets.begin(), phase.buckets.end());
    return terms;
}

}  // namespace

Verdict Judge::judge(const AcceptIdea& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_idea(command.idea)) return rejection;
    const IdeaRecord& idea = *find_idea(state, command.idea);
    if (auto rejection = refuse_contribution(idea)) return rejection;
    const std::vector<Idea> alike = state.similar.like(idea.idea);
    const bool like_selected = std::any_of(alike.begin(), alike.end(), [&](const Idea& like) {
        return like.id != command.idea && find_idea(state, like.id)->selected;
    });
    // An idea that was passed over still has the credit when a later one like it is chosen.
    const bool may_be_chosen = idea.stage == IdeaStage::open || (idea.stage == IdeaStage::declined && like_selected);
    if (!may_be_chosen) {
        return reject(Code::idea_not_open, fmt::format("{} is {}", idea_text(command.idea), to_text(idea.stage)),
                      "an idea that is not decided", "evaluation.selection");
    }
    const RoundRecord* round = closed_round(state, idea);
    if (const RoundRecord* last = find_round(state, idea.round); last != nullptr && !last->closed) {
        return reject(Code::idea_in_round,
                      fmt::format("{} stands in round {} until {}", idea_text(command.idea), last->id.value,
                                  crowdrules::to_text(last->round.window().closes)),
                      "a decision once the round is closed", "evaluation.window");
    }
    if (const IdeaId first = credited(state, idea); first != command.idea) {
        return reject(Code::earlier_similar_idea,
                      fmt::format("{} is like {}, which was there before", idea_text(command.idea), idea_text(first)),
                      fmt::format("{}: the earlier idea has the credit", idea_text(first)), "evaluation.similar");
    }
    const bool is_picked = command.staff_pick && round != nullptr && !idea.selected;
    if (is_picked) {
        std::vector<IdeaId> picks = round->staff_picks;
        picks.push_back(command.idea);
        if (auto selected = round->round.select(picks); !selected)
            return reject(Code::staff_picks_used_up, selected.error());
    } else if (!idea.selected && !like_selected) {
        return reject(Code::idea_not_selected,
                      round
                          ? fmt::format("{} votes for {} in round {} were not enough",
                                        round->round.votes_for(command.idea), idea_text(command.idea), round->id.value)
                          : fmt::format("{} stood in no round", idea_text(command.idea)),
                      "an idea that was selected, one like it, or a staff pick of its round", "evaluation.selection");
    }
    if (const auto defect = defect_of(command.phases)) return reject(Code::phases_malformed, *defect);
    const InfluenceTerms influence = influence_terms(command.phases, terms().influence);
    if (const Findings defects = defects_of(influence); !defects.empty())
        return reject(Code::influence_malformed, defects.front());
    RightsRegister rights = idea.rights;
    if (auto accepted = rights.accept(at); !accepted) return reject(Code::rights_forbid, accepted.error());

    IdeaAccepted event{.idea = command.idea,
                       .round = round ? round->id : RoundId{},
                       .staff_pick = is_picked,
                       .phases = command.phases,
                       .claims = {},
                       .decided_by = command.decided_by};
    for (const ProductPhase& phase : command.phases) {
        for (const Bucket& bucket : phase.buckets) {
            std::vector<Claim> claims;
            if (phase.kind == PhaseKind::evaluation) claims = evaluation_claims(state, idea, bucket.rule);
            if (phase.kind == PhaseKind::similar) claims = similar_claims(state, idea, bucket.rule);
            if (!claims.empty()) event.claims.push_back({bucket.name, std::move(claims)});
        }
    }
    return std::vector<EventBody>{std::move(event)};
}

// -------------------------------------------------------------------------------------------------------------- phases

Verdict Judge::judge(const OpenPhase& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_unknown_phase(product, command.phase)) return rejection;
    if (auto rejection = refuse_if_taken(find_round(state, command.round) != nullptr, "round", command.round.value))
        return rejection;
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    const PhaseRecord& phase = *find_phase(product, command.phase);
    const bool is_voted_on = phase.phase.voting.has_value();
    if (is_voted_on && command.closes != never) {
        if (auto rejection = refuse_if_closing_too_early(command.closes)) return rejection;
    }
    if (is_voted_on == command.round.is_none() || is_voted_on == (command.closes == never)) {
        return reject(Code::phase_kind_differs,
                      is_voted_on ? fmt::format("'{}' is voted on in a round of its own", command.phase)
                                  : fmt::format("nothing is voted on in '{}'", command.phase),
                      is_voted_on ? "a round and when it closes" : "no round and no closing", "phases");
    }
    if (phase.state != PhaseState::waiting) {
        return reject(Code::phase_not_waiting, fmt::format("'{}' is {}", command.phase, to_text(phase.state)),
                      "a phase that was not opened before", "phases");
    }
    return std::vector<EventBody>{
        PhaseOpened{command.product, command.phase, command.round, command.closes, command.decided_by}};
}

Verdict Judge::judge(const Contribute& command) const {
    if (auto rejection = refuse_without_id(command.idea.value, "contribution")) return rejection;
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_unknown_phase(product, command.phase)) return rejection;
    if (auto rejection = refuse_if_taken(find_idea(state, command.idea) != nullptr, "idea", command.idea.value))
        return rejection;
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    const PhaseRecord& phase = *find_phase(product, command.phase);
    if (phase.phase.kind != PhaseKind::contributions) {
        return reject(Code::phase_kind_differs,
                      fmt::format("'{}' is of kind '{}'", command.phase, to_text(phase.phase.kind)),
                      "a phase of contributions", "phases");
    }
    if (phase.state != PhaseState::open || at >= phase.closes) {
        return reject(Code::phase_not_open,
                      phase.state == PhaseState::open
                          ? fmt::format("'{}' closed {}", command.phase, crowdrules::to_text(phase.closes))
                          : fmt::format("'{}' is {}", command.phase, to_text(phase.state)),
                      "a contribution while the phase is open", "phases");
    }
    return std::vector<EventBody>{
        Contributed{command.idea, command.product, command.phase, command.member, command.title}};
}

namespace {

/// What follows from the contributions to a phase and from who of them won.
std::vector<Claim> contribution_claims(const State& state, const PhaseRecord& phase,
                                       const std::vector<PickedWinner>& winners, BucketRule rule) {
    std::vector<Claim> claims;
    const RoundRecord* round = find_round(state, phase.round);
    switch (rule) {
        case BucketRule::winners:
            for (const PickedWinner& winner : winners)
                claims.push_back({find_idea(state, winner.idea)->idea.submitter, winner.weight, 1});
            break;
        case BucketRule::votes:
            for (const PickedWinner& winner : winners) {
                if (round != nullptr) append(claims, round->round.voters_of(winner.idea));
            }
            break;
        case BucketRule::raters:
            if (round != nullptr) claims = round->round.raters();
            break;
        case BucketRule::equal:
            for (const IdeaId idea : phase.handed_in)
                claims.push_back({.member = find_idea(state, idea)->idea.submitter});
            break;
        case BucketRule::points:
            break;  // credited
    }
    return claims;
}

}  // namespace

Verdict Judge::judge(const PickWinners& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_unknown_phase(product, command.phase)) return rejection;
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    const PhaseRecord& phase = *find_phase(product, command.phase);
    if (phase.phase.kind != PhaseKind::contributions) {
        return reject(Code::phase_kind_differs,
                      fmt::format("'{}' is of kind '{}'", command.phase, to_text(phase.phase.kind)),
                      "a phase of contributions", "phases");
    }
    if (phase.state != PhaseState::open) {
        return reject(Code::phase_not_open, fmt::format("'{}' is {}", command.phase, to_text(phase.state)),
                      "a phase that is open", "phases");
    }
    if (const RoundRecord* round = find_round(state, phase.round); round != nullptr && !round->closed) {
        return reject(Code::phase_still_open,
                      fmt::format("votes are cast until {}", crowdrules::to_text(round->round.window().closes)),
                      "a choice once the votes are cast", "phases");
    }
    std::set<IdeaId> picked;
    for (const PickedWinner& winner : command.winners) {
        const bool is_of_phase =
            std::find(phase.handed_in.begin(), phase.handed_in.end(), winner.idea) != phase.handed_in.end();
        if (is_of_phase && picked.insert(winner.idea).second) continue;
        return reject(Code::winner_not_in_phase,
                      is_of_phase ? fmt::format("{} would win twice", idea_text(winner.idea))
                                  : fmt::format("{} was not handed in to '{}'", idea_text(winner.idea), command.phase),
                      "contributions to the phase, each once", "phases");
    }
    for (const PickedWinner& winner : command.winners) {
        if (winner.weight >= 1) continue;
        return reject(Code::claims_malformed, fmt::format("{} would weigh {}", idea_text(winner.idea), winner.weight),
                      "weights above zero", "influence.claims");
    }
    WinnersPicked event{command.product, command.phase, command.winners, {}, command.decided_by};
    for (const Bucket& bucket : phase.phase.buckets) {
        std::vector<Claim> claims = contribution_claims(state, phase, command.winners, bucket.rule);
        if (!claims.empty()) event.claims.push_back({bucket.name, std::move(claims)});
    }
    return std::vector<EventBody>{std::move(event)};
}

Verdict Judge::judge(const ClosePhase& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_unknown_phase(product, command.phase)) return rejection;
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    const PhaseRecord& phase = *find_phase(product, command.phase);
    if (phase.phase.kind == PhaseKind::contributions) {
        return reject(Code::phase_kind_differs, fmt::format("'{}' ends with its winners, or with none", command.phase),
                      "winners to be picked", "phases");
    }
    if (phase.state != PhaseState::open) {
        return reject(Code::phase_not_open, fmt::format("'{}' is {}", command.phase, to_text(phase.state)),
                      "a phase that is open", "phases");
    }
    return std::vector<EventBody>{PhaseClosed{command.product, command.phase, command.decided_by}};
}

// ----------------------------------------------------------------------------------------------------------- influence

Verdict Judge::judge(const CreditMembers& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_claimant(command.claims)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_unknown_bucket(product, command.bucket)) return rejection;
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    const PhaseRecord* phase = phase_of_bucket(product, command.bucket);
    if (phase != nullptr && phase->state != PhaseState::open) {
        return reject(Code::phase_not_open, fmt::format("'{}' is {}", phase->phase.name, to_text(phase->state)),
                      "credit while the phase is open", "phases");
    }
    const auto& buckets = product.influence.buckets;
    const Bucket& bucket = *std::find_if(buckets.begin(), buckets.end(),
                                         [&](const Bucket& known) { return known.name == command.bucket; });
    if (phase != nullptr && !is_credited(phase->phase.kind, bucket.rule)) {
        return reject(Code::bucket_not_credited,
                      fmt::format("claims on '{}' follow from '{}' as '{}'", command.bucket, phase->phase.name,
                                  to_text(bucket.rule)),
                      "a bucket of participation or points", "phases");
    }
    if (command.claims.empty())
        return reject(Code::claims_malformed, "nobody is credited", "at least one claim", "influence.claims");
    if (auto rejection = refuse_if_malformed(command.claims)) return rejection;
    return std::vector<EventBody>{MembersCredited{command.product, command.bucket, command.claims, command.decided_by}};
}

namespace {

/// How much less everybody in `parts` has after them; nobody who has more.
std::map<MemberId, std::int64_t> losses_of(const std::vector<RoyaltyShared>& shared) {
    std::map<MemberId, std::int64_t> changes;
    for (const RoyaltyShared& one : shared) {
        for (const RoyaltyPart& part : one.parts) changes[part.member] += part.amount;
    }
    std::erase_if(changes, [](const auto& change) { return change.second >= 0; });
    for (auto& [member, change] : changes) change = -change;
    return changes;
}

/// The exact earnings of a product's sales from `day` on.
Decimal earned_from(const State& state, const ProductRecord& product, Date day) {
    Decimal earned;
    for (const std::uint32_t place : product.sales) {
        const SaleRecord& sale = state.sales[place];
        if (sale.sold_on >= day) earned = earned + sale.earned - sale.taken_back;
    }
    return earned;
}

}  // namespace

Verdict Judge::judge(const AddBucket& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_claimant(command.claims)) return rejection;
    if (command.recovery && !command.recovery->payee.is_none() && command.recovery->payee != terms().rights.company) {
        if (auto rejection = refuse_if_unknown(command.recovery->payee)) return rejection;
    }
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (product.stage != ProductStage::ended) {
        if (auto rejection = refuse_if_at_a_stand(product)) return rejection;
    }
    if (auto rejection = refuse_if_malformed(command.claims)) return rejection;
    const Date from = command.from.value_or(today());
    const BucketChange change{.from = from, .added = command.bucket, .cuts = command.cuts};
    auto influence = amended(product.influence, change);
    if (!influence) return reject(Code::influence_malformed, influence.error().front());

    BucketAdded event{command.product, command.bucket, command.cuts, command.claims, from, {}, command.decided_by};
    if (product.streams.empty()) return std::vector<EventBody>{std::move(event)};

    Claims claims = product.claims;
    claims[command.bucket.name] = command.claims;
    std::erase_if(claims, [&](const auto& list) {
        return std::none_of(influence->buckets.begin(), influence->buckets.end(),
                            [&](const Bucket& bucket) { return bucket.name == list.first; });
    });
    const auto shares = Influence::of(*influence, claims);
    if (!shares) return reject(Code::influence_malformed, shares.error().front());
    event.influence = {shares->shares(), shares->whole()};
    const auto place = static_cast<std::uint32_t>(product.streams.size() - 1);
    const RoyaltyStream& last = product.streams[place];
    if (!from.ok() || from < last.from) {
        return reject(Code::bucket_out_of_order,
                      fmt::format("it would hold from {}, and the influence in force holds from {}",
                                  from.ok() ? crowdrules::to_text(from) : "no day", crowdrules::to_text(last.from)),
                      fmt::format("a day from {} on", crowdrules::to_text(last.from)), "influence.buckets");
    }

    // What was sold before is first shared as it stood; then what was sold from that day on is shared anew.
    std::vector<EventBody> events;
    const Decimal moved = earned_from(state, product, from);
    if (moved.is_zero()) {
        events.emplace_back(std::move(event));
        return events;
    }
    RoyaltyStream cut = last;
    std::vector<RoyaltyPart> stood;
    if (RoyaltyShared as_it_stood = sharing_of(state, product, place, cut); as_it_stood.pool != 0) {
        stood = as_it_stood.parts;
        enter(cut, as_it_stood, terms().rights.company);
        events.emplace_back(std::move(as_it_stood));
    }
    cut.earned = cut.earned - moved;
    const RoyaltyStream added{.from = from,
                              .influence = event.influence,
                              .earned = moved,
                              .pool = 0,
                              .cumulative = std::vector<std::int64_t>(event.influence.shares.size())};
    const std::vector<RoyaltyShared> anew{sharing_of(state, product, place, cut),
                                          sharing_of(state, product, place + 1, added)};
    const std::map<MemberId, std::int64_t> losses = losses_of(anew);
    if (!losses.empty() && !command.recovery) {
        const MemberId member = losses.begin()->first;
        const std::int64_t loss = losses.begin()->second;
        std::int64_t carried = find_member(state, member)->balance();
        for (const RoyaltyPart& part : stood) carried += part.member == member ? part.amount : 0;
        const std::string whose = losses.size() == 1
                                      ? member_text(member)
                                      : fmt::format("{} members, among them {}", losses.size(), member_text(member));
        return reject(Code::recovery_missing,
                      fmt::format("{} would have {} less, of which {} are paid out", whose, to_text(money(loss)),
                                  to_text(money(std::clamp<std::int64_t>(loss - carried, 0, loss)))),
                      "from whom it is taken back: from each, or from one payee for all", "influence.recovery");
    }
    events.emplace_back(std::move(event));
    for (const RoyaltyShared& shared : anew) {
        if (shared.pool != 0) events.emplace_back(shared);
    }
    if (losses.empty() || command.recovery->payee.is_none()) return events;

    RoyaltyCorrected corrected{.product = command.product, .from_company = 0, .parts = {}};
    std::int64_t total = 0;
    for (const auto& [member, loss] : losses) {
        if (member == command.recovery->payee) continue;
        corrected.parts.push_back({member, loss});
        total += loss;
    }
    if (command.recovery->payee == terms().rights.company) {
        corrected.from_company = total;
    } else {
        corrected.parts.push_back({command.recovery->payee, -total});
    }
    if (total != 0) events.emplace_back(std::move(corrected));
    return events;
}

}  // namespace crowdrules::community
