// SPDX-License-Identifier: BSL-1.0
// Commands about presales, about making and ending products, and about claims on them.
#include <crowdrules/campaign/decide.hpp>

#include <fmt/format.h>

#include "campaign/rules.hpp"
#include "judge.hpp"
#include "life/claim_rules.hpp"
#include "community/naming.hpp"
#include "time/calendar_bounds.hpp"
#include <algorithm>
#include <numeric>

namespace crowdrules::community {

// ------------------------------------------------------------------------------------------------------------ presales

Verdict Judge::judge(const OpenPresale& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (!command.bucket.empty()) {
        if (auto rejection = refuse_unknown_bucket(product, command.bucket)) return rejection;
    }
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    if (product.stage == ProductStage::ready) {
        return reject(Code::product_made, fmt::format("{} is ready to ship", idea_text(command.product)),
                      "a presale before the product is made", "presale");
    }
    if (const PhaseRecord* phase = phase_of_bucket(product, command.bucket);
        phase != nullptr && phase->phase.kind != PhaseKind::participation) {
        return reject(
            Code::bucket_not_credited,
            fmt::format("'{}' is of '{}', of kind '{}'", command.bucket, phase->phase.name, to_text(phase->phase.kind)),
            "a bucket of participation", "phases");
    }
    if (product.presale) {
        return reject(Code::presale_open_already,
                      fmt::format("{} has a presale, which is {}", idea_text(command.product),
                                  to_text((*product.presale)->phase)),
                      "one presale for a product", "presale");
    }
    if (command.terms == nullptr)
        return reject(Code::presale_malformed, "there are no terms", "terms of a campaign", "presale");
    if (command.terms->currency != terms().currency) {
        return reject(Code::presale_malformed,
                      fmt::format("a presale in {} in a community that counts in {}", command.terms->currency.code(),
                                  terms().currency.code()),
                      fmt::format("terms in {}", terms().currency.code()), "currency");
    }
    if (const Findings defects = defects_of(*command.terms); has_refusal(defects))
        return reject(Code::presale_malformed, defects.front());
    if (at > latest_start(*command.terms)) {
        return reject(Code::presale_malformed,
                      fmt::format("it is {}, and what its terms let follow would end after {}", crowdrules::to_text(at),
                                  crowdrules::to_text(latest_instant)),
                      "a presale that is over by then", "presale");
    }
    return std::vector<EventBody>{PresaleOpened{command.product, command.terms, command.bucket, command.decided_by}};
}

Verdict Judge::presale_events(const ProductRecord& product, campaign::CommandBody what) const {
    const auto decision = decide(*product.presale, campaign::Command{.at = at, .what = std::move(what)});
    if (!decision) {
        auto rejection =
            reject(Code::presale_refused, fmt::format("{}: {}", to_text(decision.error().code), decision.error().what),
                   decision.error().accepted, decision.error().rule);
        rejection->citation = decision.error().citation;
        rejection->of_presale = decision.error().code;
        return rejection;
    }
    std::vector<EventBody> events;
    for (const campaign::Event& event : decision->events) {
        const auto* charge = std::get_if<campaign::ChargeCollected>(&event.what);
        events.emplace_back(PresaleHappened{product.idea, event.what});
        // A completed order has a part in the product, if its backer is a member and influence is not fixed yet.
        if (charge == nullptr || charge->instalment != 1 || product.presale_bucket.empty() || !product.streams.empty())
            continue;
        const campaign::PledgeBook& book = (*product.presale)->book;
        const MemberId backer{book.backers.id_of(book.records[book.pledges.find(charge->pledge.value)].backer)};
        if (refuse_if_unknown(backer)) continue;
        events.emplace_back(MembersCredited{product.idea, product.presale_bucket, {{.member = backer}}, {}});
    }
    return events;
}

Verdict Judge::judge(const ActOnPresale& command) const {
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (!product.presale) {
        return reject(Code::presale_unknown, fmt::format("{} has no presale", idea_text(command.product)),
                      "a product that is presold", "presale");
    }
    return presale_events(product, command.what);
}

namespace {

/// What the presale of `product` makes of `what`, where it lets that happen at all.
void add_if_it_may(const Judge& judge, const ProductRecord& product, campaign::CommandBody what,
                   std::vector<EventBody>& events) {
    if (!product.presale) return;
    auto wrapped = judge.presale_events(product, std::move(what));
    if (wrapped) events.insert(events.end(), wrapped->begin(), wrapped->end());
}

constexpr std::string_view claim_rule = "claims.pause";

/// Why nobody need own a product any more: it was abandoned, or taken down.
Judge::Guard refuse_if_gone(const Judge& judge, const ProductRecord& product) {
    if (product.stage != ProductStage::abandoned && product.stage != ProductStage::taken_down) return std::nullopt;
    return judge.reject(RejectionCode::product_over,
                        fmt::format("{} is {}", idea_text(product.idea), to_text(product.stage)),
                        "a product that is developed, sold or was sold");
}

}  // namespace

// ------------------------------------------------------------------------------------------------- making and selling

Verdict Judge::judge(const ReportProductReady& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    if (product.stage == ProductStage::ready) {
        return reject(Code::product_made, fmt::format("{} is ready to ship", idea_text(command.product)),
                      "a product that is still developed", "presale");
    }
    if (product.presale) {
        const campaign::Phase phase = (*product.presale)->phase;
        if (phase == campaign::Phase::live || phase == campaign::Phase::paused ||
            phase == campaign::Phase::collecting) {
            // A presale that has what it needs may be open still.
            if (!(*product.presale)->succeeded_at) {
                return reject(Code::presale_not_over, fmt::format("the presale is {}", to_text(phase)),
                              "a presale that has succeeded", "presale");
            }
        } else if (has_ended_without_success(phase)) {
            return reject(Code::presale_missed, fmt::format("the presale is {}", to_text(phase)),
                          "a product whose presale has succeeded, or that is not presold", "presale");
        }
    }
    std::vector<EventBody> events{ProductReady{command.product, command.decided_by}};
    add_if_it_may(*this, product, campaign::ReportReadyToShip{}, events);
    return events;
}

Verdict Judge::judge(const StartSales& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_at_a_stand(product)) return rejection;
    if (product.stage == ProductStage::in_development) {
        return reject(Code::product_not_ready, fmt::format("{} is in development", idea_text(command.product)),
                      "a product that is ready to ship", "presale");
    }
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    for (const PhaseRecord& phase : product.phases) {
        if (phase.state != PhaseState::open) continue;
        return reject(Code::phase_still_open, fmt::format("'{}' is open", phase.phase.name),
                      "sales once every phase that was opened is closed", "phases");
    }
    const auto influence = influence_in(product);
    if (!influence) return reject(Code::influence_malformed, influence.error().front());
    for (const revenue::Share& share : influence->shares()) {
        if (share.payee == terms().rights.company || !refuse_if_unknown(share.payee)) continue;
        return reject(Code::influence_malformed,
                      fmt::format("{} would have a part and is no member", member_text(share.payee)),
                      "the company, or members", "influence.unclaimed");
    }
    Holders holders{influence->shares(), influence->whole()};
    RightsRegister rights = find_idea(state, command.product)->rights;
    if (auto made = rights.make(at, holders); !made) return reject(Code::rights_forbid, made.error());
    return std::vector<EventBody>{SalesStarted{command.product, std::move(holders), command.decided_by}};
}

Verdict Judge::judge(const EndProduct& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_at_a_stand(product)) return rejection;
    if (product.stage != ProductStage::on_sale) {
        return reject(Code::product_not_made,
                      fmt::format("{} is {}", idea_text(command.product), to_text(product.stage)),
                      "a product that is on sale; one that is not made is abandoned", "rights.return");
    }
    return std::vector<EventBody>{ProductEnded{command.product, command.reason, command.decided_by}};
}

// ------------------------------------------------------------------------------------------------------ rights return

ProductAbandoned abandonment(const State& state, const ProductRecord& product, ReturnReason why) {
    const IdeaRecord& idea = *find_idea(state, product.idea);
    ProductAbandoned event{
        .product = product.idea, .why = why, .to = {}, .contributions = {}, .reason = {}, .decided_by = {}};
    // Whoever took part has a part of the title; what nobody claimed is left out.
    if (const auto influence = influence_in(product)) {
        Weight whole = 0;
        for (const revenue::Share& share : influence->shares()) {
            const bool claimed =
                std::any_of(influence->parts().begin(), influence->parts().end(), [&](const InfluencePart& part) {
                    return part.payee == share.payee && !part.unclaimed && part.weight > 0;
                });
            if (!claimed) continue;
            event.to.shares.push_back(share);
            whole += share.weight;
        }
        Weight common = whole;
        for (const revenue::Share& share : event.to.shares) common = std::gcd(common, share.weight);
        for (revenue::Share& share : event.to.shares) share.weight /= common;
        if (common > 0) event.to.whole = whole / common;
    }
    if (event.to.shares.empty()) event.to = sole(idea.idea.submitter);
    for (const PhaseRecord& phase : product.phases) {
        for (const IdeaId contribution : phase.handed_in) {
            if (find_idea(state, contribution)->stage == IdeaStage::accepted)
                event.contributions.push_back(contribution);
        }
    }
    return event;
}

Result<void, Finding> may_go_back(const State& state, const ProductAbandoned& event, Instant at) {
    RightsRegister rights = find_idea(state, event.product)->rights;
    return rights.give_back(at, event.why, event.to);
}

Instant return_due(const State& state, const ProductRecord& product) {
    if (product.paused || is_over(product.stage) || product.on_sale_at) return never;
    return find_idea(state, product.idea)->rights.return_due().value_or(never);
}

Verdict Judge::judge(const AbandonProduct& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    ProductAbandoned event = abandonment(state, product, ReturnReason::development_failed);
    event.reason = command.reason;
    event.decided_by = command.decided_by;
    if (auto returned = may_go_back(state, event, at); !returned) return reject(Code::rights_forbid, returned.error());
    std::vector<EventBody> events{std::move(event)};
    add_if_it_may(*this, product, campaign::SuspendCampaign{.reason = command.reason}, events);
    return events;
}

Verdict Judge::judge(const ReacquireIdea& command) const {
    if (auto rejection = refuse_if_unknown(command.member)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_not_in_the_making(product)) return rejection;
    RightsRegister rights = find_idea(state, command.product)->rights;
    if (rights.idea().submitter != command.member) {
        return reject(Code::not_its_submitter,
                      fmt::format("{} did not hand in {}", member_text(command.member), idea_text(command.product)),
                      member_text(rights.idea().submitter), "rights.reacquire");
    }
    if (auto acquired = rights.reacquire(at, command.member); !acquired)
        return reject(Code::rights_forbid, acquired.error());
    if (auto rejection = refuse_if_foreign(command.price)) return rejection;
    if (command.price.is_negative()) {
        return reject(Code::amount_malformed, fmt::format("a price of {}", to_text(command.price)), "0 or more",
                      "rights.reacquire");
    }
    std::int64_t all = 0;
    if (__builtin_add_overflow(state.totals.reacquired, command.price.minor(), &all)) {
        return reject(Code::amount_too_large, "all such prices leave 64 bits", "a smaller price", "rights.reacquire");
    }
    std::vector<EventBody> events{IdeaReacquired{command.product, command.member, command.price.minor()}};
    add_if_it_may(*this, product, campaign::SuspendCampaign{.reason = "the idea was bought back"}, events);
    return events;
}

// -------------------------------------------------------------------------------------------------------------- claims

Verdict Judge::judge(const RaiseProductClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_unknown_product(command.product)) return rejection;
    if (auto rejection = refuse_claim(*this, state.claims, command, claim_rule)) return rejection;
    const ProductRecord& product = *find_product(state, command.product);
    if (auto rejection = refuse_if_gone(*this, product)) return rejection;
    std::vector<EventBody> events{
        ProductClaimRaised{command.product, command.claim, command.claimant, command.on, command.decided_by}};
    if (!product.paused)
        add_if_it_may(*this, product, campaign::PauseCampaign{.reason = fmt::format("claim {}", command.claim.value)},
                      events);
    return events;
}

Verdict Judge::judge(const DismissClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_decision(*this, state.claims, command.claim, claim_rule)) return rejection;
    const ProductRecord& product = *find_product(state, IdeaId{state.claims.find(command.claim)->product});
    if (auto rejection = refuse_if_gone(*this, product)) return rejection;
    std::vector<EventBody> events{ClaimDismissed{command.claim, command.reason, command.decided_by}};
    if (state.claims.is_last_open(command.claim)) add_if_it_may(*this, product, campaign::ResumeCampaign{}, events);
    return events;
}

Verdict Judge::judge(const UpholdClaim& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_decision(*this, state.claims, command.claim, claim_rule)) return rejection;
    const ProductRecord& product = *find_product(state, IdeaId{state.claims.find(command.claim)->product});
    if (auto rejection = refuse_if_gone(*this, product)) return rejection;
    std::vector<EventBody> events{ClaimUpheld{command.claim, command.reason, command.decided_by}};
    add_if_it_may(*this, product, campaign::SuspendCampaign{.reason = command.reason}, events);
    return events;
}

}  // namespace crowdrules::community
