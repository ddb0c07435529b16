// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/core/contract.hpp>

#include "community/schema/event.hpp"
#include "community/judge/judge.hpp"
#include "naming.hpp"
#include <algorithm>
#include <string>

namespace crowdrules::community {

namespace {

/// What a value of this floor applies; it refuses only what no decision brings about.
template <class Done>
void applied(const Done& done, const char* message) {
    if (!done) throw ContractViolation(message);
}

campaign::Handle known_member(const State& state, MemberId member) {
    const campaign::Handle handle = state.member_index.find(member.value);
    if (handle == campaign::no_handle) throw ContractViolation("the event names somebody who never joined");
    return handle;
}

IdeaRecord& known_idea(State& state, IdeaId idea) {
    const campaign::Handle handle = state.idea_index.find(idea.value);
    if (handle == campaign::no_handle) throw ContractViolation("the event names an idea that was never handed in");
    return state.ideas[handle];
}

ProductRecord& known_product(State& state, IdeaId idea) {
    const auto place = state.product_index.find(idea.value);
    if (place == state.product_index.end()) throw ContractViolation("the event names a product that there is none of");
    return state.products[place->second];
}

RoundRecord& known_round(State& state, RoundId round) {
    const auto place = state.round_index.find(round.value);
    if (place == state.round_index.end()) throw ContractViolation("the event names a round that was never opened");
    return state.rounds[place->second];
}

PhaseRecord& known_phase(ProductRecord& product, const std::string& phase) {
    for (PhaseRecord& record : product.phases) {
        if (record.phase.name == phase) return record;
    }
    throw ContractViolation("the event names a phase that the product has not");
}

void add_claims(ProductRecord& product, const std::string& bucket, const std::vector<Claim>& claims) {
    std::vector<Claim>& list = product.claims[bucket];
    list.insert(list.end(), claims.begin(), claims.end());
}

IdeaRecord& add_idea(State& state, const Idea& idea, std::string title) {
    auto rights = RightsRegister::of(state.terms->rights, idea);
    applied(rights, "the event hands in an idea of nobody");
    const campaign::Handle handle = state.idea_index.find_or_add(idea.id.value);
    if (handle != state.ideas.size()) throw ContractViolation("the event hands in an idea that is there already");
    state.ideas.push_back({.idea = idea, .title = std::move(title), .rights = std::move(*rights)});
    return state.ideas.back();
}

RoundRecord& add_round(State& state, RoundId id, const RoundTerms& terms, Window window) {
    auto round = Round::of(terms, window);
    applied(round, "the event opens a round that cannot be");
    const auto place = static_cast<std::uint32_t>(state.rounds.size());
    if (!state.round_index.emplace(id.value, place).second)
        throw ContractViolation("the event opens a round that was opened before");
    state.open_rounds.emplace(window.ended_at(), place);
    state.rounds.push_back({.id = id, .round = std::move(*round)});
    return state.rounds.back();
}

/// The idea stands in no round any more that is still open.
void take_out(State& state, const IdeaRecord& idea) {
    if (idea.round.is_none()) return;
    RoundRecord& round = known_round(state, idea.round);
    if (!round.closed) applied(round.round.remove(idea.idea.id), "the idea does not stand in its round");
}

// ---------------------------------------------------------------------------------------------------------------------
// One function for each event, and none for the variant of them all: an event without its own does not compile.

struct Application {
    State& state;
    Instant at;

    [[nodiscard]] Date today() const { return Date{std::chrono::floor<std::chrono::days>(at)}; }

    void apply(const CommunityFounded&) const {
        throw ContractViolation("a community is founded once, by its first event");
    }
    void apply(const MemberJoined& e) const {
        const campaign::Handle handle = state.member_index.find_or_add(e.member.value);
        if (handle == state.members.size()) {
            state.members.emplace_back();
        } else if (!state.members[handle].left) {
            throw ContractViolation("the event lets somebody join who is a member");
        }
        state.members[handle].left = false;
        state.names.erase(handle);
        if (!e.name.empty()) state.names.emplace(handle, e.name);
        state.withholding.erase(handle);
        if (!e.withholding.empty()) state.withholding.emplace(handle, e.withholding);
        ++state.totals.members;
    }
    void apply(const MemberLeft& e) const {
        state.members[known_member(state, e.member)].left = true;
        --state.totals.members;
    }

    void apply(const IdeaHandedIn& e) const {
        add_idea(state, {e.idea, e.member, at}, e.title).fee = e.fee;
        state.totals.fees += e.fee;
    }
    void apply(const IdeaWithdrawn& e) const {
        IdeaRecord& idea = known_idea(state, e.idea);
        applied(idea.rights.withdraw(at, e.member), "the event withdraws an idea that may not be");
        take_out(state, idea);
        idea.stage = IdeaStage::withdrawn;
        idea.selected = false;
    }
    void apply(const IdeaScreenedOut& e) const {
        IdeaRecord& idea = known_idea(state, e.idea);
        take_out(state, idea);
        idea.stage = IdeaStage::infeasible;
        idea.selected = false;
        idea.fee -= e.refund;
        state.totals.fees_refunded += e.refund;
    }
    void apply(const SimilarIdeaNamed& e) const {
        applied(state.similar.join(known_idea(state, e.idea).idea, known_idea(state, e.similar).idea),
                "the event likens an idea to itself");
    }
    void apply(const IdeaDeclined& e) const { known_idea(state, e.idea).stage = IdeaStage::declined; }

    void apply(const RoundOpened& e) const {
        RoundRecord& round = add_round(state, e.round, state.terms->evaluation, {.opens = at, .closes = e.closes});
        for (const IdeaId id : e.ideas) {
            IdeaRecord& idea = known_idea(state, id);
            applied(round.round.enter(idea.idea), "the event enters an idea twice");
            idea.round = e.round;
        }
    }
    void apply(const VoteCast& e) const {
        applied(known_round(state, e.round).round.vote(e.member, e.idea, at), "the event casts a vote that may not be");
    }
    void apply(const VoteTakenBack& e) const {
        applied(known_round(state, e.round).round.take_back(e.member, e.idea, at),
                "the event takes back a vote that was not cast");
    }
    void apply(const IdeaRated& e) const {
        applied(known_round(state, e.round).round.rate(e.member, e.idea, e.criterion, e.stars, at),
                "the event gives a rating that may not be");
    }
    void apply(const RoundClosed& e) const {
        RoundRecord& round = known_round(state, e.round);
        round.closed = true;
        round.selected = e.selected;
        state.open_rounds.erase({round.round.window().ended_at(), state.round_index.at(e.round.value)});
        for (const IdeaId id : e.selected) known_idea(state, id).selected = true;
    }

    void apply(const IdeaAccepted& e) const {
        IdeaRecord& idea = known_idea(state, e.idea);
        applied(idea.rights.accept(at), "the event accepts an idea that may not be");
        idea.stage = IdeaStage::accepted;
        if (e.staff_pick && !e.round.is_none()) known_round(state, e.round).staff_picks.push_back(e.idea);
        ProductRecord product{.idea = e.idea, .accepted_at = at};
        product.influence.unclaimed = state.terms->influence.unclaimed;
        product.influence.units = state.terms->influence.units;
        for (const ProductPhase& phase : e.phases) {
            std::vector<Bucket>& buckets = product.influence.buckets;
            buckets.insert(buckets.end(), phase.buckets.begin(), phase.buckets.end());
            product.phases.push_back({.phase = phase, .state = at_acceptance(phase)});
        }
        for (const BucketClaims& claims : e.claims) add_claims(product, claims.bucket, claims.claims);
        if (!state.product_index.emplace(e.idea.value, static_cast<std::uint32_t>(state.products.size())).second)
            throw ContractViolation("the event accepts an idea that is a product");
        state.products.push_back(std::move(product));
    }
    /// The evaluation stays open for credit, where there is any to be given; what is like the idea is known.
    [[nodiscard]] static PhaseState at_acceptance(const ProductPhase& phase) {
        const bool is_credited_later =
            std::any_of(phase.buckets.begin(), phase.buckets.end(),
                        [&](const Bucket& bucket) { return is_credited(phase.kind, bucket.rule); });
        switch (phase.kind) {
            case PhaseKind::evaluation:
            case PhaseKind::similar:
                return is_credited_later ? PhaseState::open : PhaseState::closed;
            case PhaseKind::contributions:
            case PhaseKind::participation:
                break;
        }
        return PhaseState::waiting;
    }
    void apply(const PhaseOpened& e) const {
        PhaseRecord& phase = known_phase(known_product(state, e.product), e.phase);
        if (!e.round.is_none()) {
            if (!phase.phase.voting) throw ContractViolation("the event opens votes on what is not voted on");
            RoundRecord& round = add_round(state, e.round, *phase.phase.voting, {.opens = at, .closes = e.closes});
            round.product = e.product;
            round.phase = e.phase;
        }
        phase.state = PhaseState::open;
        phase.round = e.round;
        phase.closes = e.closes;
    }
    void apply(const Contributed& e) const {
        PhaseRecord& phase = known_phase(known_product(state, e.product), e.phase);
        IdeaRecord& idea = add_idea(state, {e.idea, e.member, at}, e.title);
        idea.product = e.product;
        idea.phase = e.phase;
        idea.round = phase.round;
        if (!phase.round.is_none())
            applied(known_round(state, phase.round).round.enter(idea.idea), "the event enters a contribution twice");
        phase.handed_in.push_back(e.idea);
    }
    void apply(const WinnersPicked& e) const {
        ProductRecord& product = known_product(state, e.product);
        PhaseRecord& phase = known_phase(product, e.phase);
        phase.state = PhaseState::closed;
        for (const IdeaId id : phase.handed_in) known_idea(state, id).stage = IdeaStage::declined;
        for (const PickedWinner& winner : e.winners) {
            IdeaRecord& idea = known_idea(state, winner.idea);
            applied(idea.rights.accept(at), "the event picks a contribution that may not be");
            idea.stage = IdeaStage::accepted;
            idea.selected = true;
        }
        for (const BucketClaims& claims : e.claims) add_claims(product, claims.bucket, claims.claims);
    }
    void apply(const PhaseClosed& e) const {
        known_phase(known_product(state, e.product), e.phase).state = PhaseState::closed;
    }
    void apply(const MembersCredited& e) const { add_claims(known_product(state, e.product), e.bucket, e.claims); }
    void apply(const BucketAdded& e) const {
        ProductRecord& product = known_product(state, e.product);
        auto influence = amended(product.influence, {.from = e.from, .added = e.bucket, .cuts = e.cuts});
        applied(influence, "the event adds a bucket that does not fit");
        product.influence = std::move(*influence);
        product.claims[e.bucket.name] = e.claims;
        // What gave up everything is gone, and the claims on it with it.
        std::erase_if(product.claims, [&](const auto& list) {
            return std::none_of(product.influence.buckets.begin(), product.influence.buckets.end(),
                                [&](const Bucket& bucket) { return bucket.name == list.first; });
        });
        if (product.streams.empty()) return;
        // Sales from that day on belong to the new influence.
        RoyaltyStream added = stream_of(e.from, e.influence);
        for (const std::uint32_t place : product.sales) {
            const SaleRecord& sale = state.sales[place];
            if (sale.sold_on >= e.from) added.earned = added.earned + sale.earned - sale.taken_back;
        }
        RoyaltyStream& last = product.streams.back();
        last.earned = last.earned - added.earned;
        product.streams.push_back(std::move(added));
        applied(known_idea(state, e.product).rights.share_anew(at, e.influence), "the event shares no royalty anew");
    }
    [[nodiscard]] static RoyaltyStream stream_of(Date from, const Holders& influence) {
        return {.from = from,
                .influence = influence,
                .earned = {},
                .pool = 0,
                .cumulative = std::vector<std::int64_t>(influence.shares.size())};
    }

    void apply(const PresaleOpened& e) const {
        ProductRecord& product = known_product(state, e.product);
        product.presale = launch(*e.terms, at);
        product.presale_bucket = e.bucket;
    }
    void apply(const PresaleHappened& e) const {
        ProductRecord& product = known_product(state, e.product);
        if (!product.presale) throw ContractViolation("the event is of a presale that was not opened");
        evolve(*product.presale, campaign::Event{.at = at, .what = e.what});
    }

    void apply(const ProductReady& e) const { known_product(state, e.product).stage = ProductStage::ready; }
    void apply(const SalesStarted& e) const {
        ProductRecord& product = known_product(state, e.product);
        applied(known_idea(state, e.product).rights.make(at, e.influence), "the event sells what may not be made");
        product.stage = ProductStage::on_sale;
        product.on_sale_at = at;
        product.streams.push_back(stream_of(today(), e.influence));
    }
    void apply(const SaleRecorded& e) const {
        ProductRecord& product = known_product(state, e.product);
        const auto& channels = state.terms->royalty.channels;
        const auto channel = std::find_if(channels.begin(), channels.end(), [&](const revenue::RoyaltyChannel& known) {
            return known.name == e.channel;
        });
        if (channel == channels.end()) throw ContractViolation("the event sells through a channel that is none");
        if (product.streams.empty()) throw ContractViolation("the event sells a product that is not on sale");
        const campaign::Handle place = state.sale_index.find_or_add(e.sale.value);
        if (place != state.sales.size()) throw ContractViolation("the event records a sale that was recorded before");
        state.sales.push_back({.id = e.sale,
                               .product = e.product,
                               .channel = static_cast<std::uint32_t>(channel - channels.begin()),
                               .sold_on = e.sold_on,
                               .rate_from = e.rate_from,
                               .units = e.units,
                               .gross = e.gross,
                               .paid = e.paid,
                               .base = e.base,
                               .earned = e.earned,
                               .returns_count = e.returns_count});
        product.sales.push_back(place);
        RoyaltyStream& stream = product.streams[stream_on(product, e.sold_on)];
        stream.earned = stream.earned + e.earned;
        state.totals.earned = state.totals.earned + e.earned;
        if (!product.unshared_since) product.unshared_since = at;
        product.units += e.units;
        product.gross += e.gross;
        state.totals.units += e.units;
        state.totals.gross += e.gross;
        state.totals.bought += e.paid;
        state.totals.base += e.base;
    }
    void apply(const ReturnRecorded& e) const {
        const campaign::Handle place = state.sale_index.find(e.sale.value);
        if (place == campaign::no_handle) throw ContractViolation("the event returns a sale that was never recorded");
        SaleRecord& sale = state.sales[place];
        sale.returned_units += e.units;
        sale.returned += e.amount;
        sale.taken_back = sale.taken_back + e.taken_back;
        ProductRecord& product = known_product(state, sale.product);
        RoyaltyStream& stream = product.streams[stream_on(product, sale.sold_on)];
        stream.earned = stream.earned - e.taken_back;
        state.totals.earned = state.totals.earned - e.taken_back;
        if (!product.unshared_since) product.unshared_since = at;
        product.units -= e.units;
        product.returned += e.amount;
        state.totals.units -= e.units;
        state.totals.returned += e.amount;
    }
    void apply(const RoyaltyShared& e) const {
        ProductRecord& product = known_product(state, e.product);
        if (e.stream >= product.streams.size()) throw ContractViolation("the event shares a stream that is none");
        enter(product.streams[e.stream], e, state.terms->rights.company);
        product.pool += e.pool;
        product.to_company += e.to_company;
        state.totals.pool += e.pool;
        state.totals.to_company += e.to_company;
        for (const RoyaltyPart& part : e.parts) state.members[known_member(state, part.member)].credited += part.amount;
        if (state.terms->payouts.hold_days > 0) hold(e.parts);
    }
    /// What was given waits; what was taken back is gone at once.
    void hold(const std::vector<RoyaltyPart>& parts) const {
        if (state.held.empty() || state.held.back().shared_on != today()) state.held.push_back({today(), {}});
        std::vector<RoyaltyPart>& held = state.held.back().parts;
        std::vector<RoyaltyPart> merged;
        merged.reserve(held.size() + parts.size());
        auto other = held.begin();
        for (const RoyaltyPart& part : parts) {
            if (part.amount <= 0) continue;
            while (other != held.end() && other->member < part.member) merged.push_back(*other++);
            const bool is_same = other != held.end() && other->member == part.member;
            merged.push_back({part.member, part.amount + (is_same ? other++->amount : 0)});
        }
        merged.insert(merged.end(), other, held.end());
        held = std::move(merged);
    }
    void apply(const RoyaltyCorrected& e) const {
        for (const RoyaltyPart& part : e.parts)
            state.members[known_member(state, part.member)].corrected += part.amount;
        state.totals.made_good += e.from_company;
    }
    void apply(const PeriodClosed&) const {
        for (ProductRecord& product : state.products) {
            if (!product.paused && product.unshared_since && *product.unshared_since < at)
                product.unshared_since.reset();
        }
        const std::chrono::sys_days day(today());
        const std::chrono::days held_for{state.terms->payouts.hold_days};
        std::erase_if(state.held,
                      [&](const HeldParts& held) { return std::chrono::sys_days(held.shared_on) + held_for <= day; });
    }

    void end(ProductRecord& product, ProductStage stage) const {
        product.stage = stage;
        product.over_at = at;
        product.paused = false;
    }
    void apply(const ProductEnded& e) const { end(known_product(state, e.product), ProductStage::ended); }
    void apply(const ProductAbandoned& e) const {
        applied(known_idea(state, e.product).rights.give_back(at, e.why, e.to), "the event gives back what may not be");
        for (const IdeaId id : e.contributions) {
            IdeaRecord& contribution = known_idea(state, id);
            // The window is that of the product; its parts go back because it is not made.
            applied(
                contribution.rights.give_back(at, ReturnReason::development_failed, sole(contribution.idea.submitter)),
                "the event gives back a contribution that may not be");
        }
        end(known_product(state, e.product), ProductStage::abandoned);
    }
    void apply(const IdeaReacquired& e) const {
        applied(known_idea(state, e.product).rights.reacquire(at, e.member), "the event sells back what may not be");
        state.totals.reacquired += e.price;
        end(known_product(state, e.product), ProductStage::abandoned);
    }
    void apply(const ProductClaimRaised& e) const {
        ProductRecord& product = known_product(state, e.product);
        state.claims.raise(e.claim, {.claimant = e.claimant, .on = e.on, .raised_at = at, .product = e.product.value});
        product.paused = true;
    }
    void apply(const ClaimDismissed& e) const {
        const OwnershipClaim& claim = state.claims.decide(e.claim, OwnershipClaim::State::dismissed);
        if (state.claims.any_open(claim.product)) return;
        ProductRecord& product = known_product(state, IdeaId{claim.product});
        product.paused = false;
        // What was not shared meanwhile is shared at the end of this period.
        if (product.unshared_since) product.unshared_since = at;
    }
    void apply(const ClaimUpheld& e) const {
        if (e.to_platform != 0) throw ContractViolation("a community has no platform that made anything good");
        const OwnershipClaim& claim = state.claims.decide(e.claim, OwnershipClaim::State::upheld);
        end(known_product(state, IdeaId{claim.product}), ProductStage::taken_down);
    }

    void apply(const RoyaltyPaid& e) const {
        MemberRecord& member = state.members[known_member(state, e.member)];
        member.paid += e.net;
        member.withheld += e.withheld;
        member.fees += e.fee;
        state.totals.paid += e.net;
        state.totals.withheld += e.withheld;
        state.totals.payment_fees += e.fee;
        ++state.totals.payments;
    }
};

/// Keeps who decided it, and about which idea or product.
template <class Body>
void note(State& state, Instant at, const Body& decided) {
    if (decided.decided_by.empty()) return;
    PlatformDecision decision{.at = at, .what = std::string(detail::alternative_name<Body>), .by = decided.decided_by};
    const auto title_of = [&](IdeaId id) {
        const IdeaRecord& idea = known_idea(state, id);
        return idea.title.empty() ? idea_text(id) : idea.title;
    };
    if constexpr (requires { decided.idea; }) decision.about = title_of(decided.idea);
    if constexpr (requires { decided.product; }) decision.about = title_of(decided.product);
    if constexpr (requires { decided.claim; }) {
        const OwnershipClaim& claim = *state.claims.find(decided.claim);
        decision.about = title_of(IdeaId{claim.product}) + ", " + to_text(decided.claim, claim);
    }
    if constexpr (requires { decided.reason; }) decision.reason = decided.reason;
    state.decisions.push_back(std::move(decision));
}

}  // namespace

void Rules::apply(State& state, const Event& event) {
    std::visit(
        [&]<class Body>(const Body& what) {
            Application{state, event.at}.apply(what);
            if constexpr (requires { what.decided_by; }) note(state, event.at, what);
        },
        event.what);
}

}  // namespace crowdrules::community
