// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of an invention's terms and of what its commands and events are made of, as
// campaign/describe.hpp names those of campaigns; describe_command.hpp and describe_event.hpp have the rest.
#pragma once

#include <crowdrules/invention/influence.hpp>
#include <crowdrules/invention/product.hpp>
#include <crowdrules/invention/rights.hpp>
#include <crowdrules/invention/terms.hpp>
#include <crowdrules/invention/vote.hpp>

#include "describe_revenue.hpp"
#include <campaign/describe.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace crowdrules::detail {

template <>
inline constexpr Budget last_of<Budget> = Budget::each_day;
template <>
inline constexpr Dilution last_of<Dilution> = Dilution::table;
template <>
inline constexpr TieBreak last_of<TieBreak> = TieBreak::lower_id;
template <>
inline constexpr SelectBy last_of<SelectBy> = SelectBy::threshold;
template <>
inline constexpr BucketRule last_of<BucketRule> = BucketRule::raters;
template <>
inline constexpr Unclaimed last_of<Unclaimed> = Unclaimed::to_other_buckets;
template <>
inline constexpr Right last_of<Right> = Right::royalty;
template <>
inline constexpr RightsEvent last_of<RightsEvent> = RightsEvent::shared_anew;
template <>
inline constexpr Assignment last_of<Assignment> = Assignment::on_submission;
template <>
inline constexpr ReturnReason last_of<ReturnReason> = ReturnReason::window_passed;
template <>
inline constexpr PhaseKind last_of<PhaseKind> = PhaseKind::participation;

// --------------------------------------------------------------------------------------------------- ideas and rounds

template <class V>
void describe(V& v, Of<Idea> auto& idea) {
    v("id", idea.id, required);
    v("submitter", idea.submitter, required);
    v("submitted_at", idea.submitted_at, required);
}
template <class V>
void describe(V& v, Of<VoteBudget> auto& budget) {
    v("per", budget.per);
    v("votes", budget.votes);
    v("day_begins", budget.day_begins);
}
template <class V>
void describe(V& v, Of<VoteWeight> auto& weight) {
    v("by", weight.by);
    v("table", weight.table);
}
template <class V>
void describe(V& v, Of<SelectionTerms> auto& selection) {
    v("by", selection.by);
    v("count", selection.count, stated);
    v("staff_picks", selection.staff_picks);
}
template <class V>
void describe(V& v, Of<RatingTerms> auto& rating) {
    v("criteria", rating.criteria, required);
    v("stars", rating.stars, stated);
    v("bar", rating.bar, required);
}
template <class V>
void describe(V& v, Of<RoundTerms> auto& round) {
    v("budget", round.budget);
    v("weight", round.weight);
    v("tie_break", round.tie_break);
    v("selection", round.selection);
    v("rating", round.rating);
}

// ----------------------------------------------------------------------------------------------------------- influence

template <class V>
void describe(V& v, Of<Bucket> auto& bucket) {
    v("name", bucket.name, required);
    v("share", bucket.share, required);
    v("rule", bucket.rule);
    v("citation", bucket.citation);
}
template <class V>
void describe(V& v, Of<UnclaimedPolicy> auto& policy) {
    v("to", policy.to);
    v("payee", policy.payee);
}
template <class V>
void describe(V& v, Of<InfluenceUnits> auto& units) {
    v("whole", units.whole, required);
    v("spare", units.spare);
}
template <class V>
void describe(V& v, Of<InfluenceTerms> auto& terms) {
    v("buckets", terms.buckets, required);
    v("unclaimed", terms.unclaimed);
    v("units", terms.units);
}
template <class V>
void describe(V& v, Of<BucketCut> auto& cut) {
    v("bucket", cut.bucket, required);
    v("share", cut.share, required);
}
template <class V>
void describe(V& v, Of<BucketChange> auto& change) {
    v("from", change.from, required);
    v("added", change.added, required);
    v("cuts", change.cuts, required);
    v("also", change.also);
}
template <class V>
void describe(V& v, Of<Claim> auto& claim) {
    v("member", claim.member, required);
    v("parts", claim.parts, stated);
    v("of", claim.of, stated);
}

// -------------------------------------------------------------------------------------------------------------- rights

template <class V>
void describe(V& v, Of<Holders> auto& holders) {
    v("shares", holders.shares);
    v("whole", holders.whole, stated);
}
template <class V>
void describe(V& v, Of<RightsTerms> auto& terms) {
    v("company", terms.company, required);
    v("assignment", terms.assignment);
    v("may_withdraw", terms.may_withdraw, stated);
    v("may_reacquire", terms.may_reacquire, stated);
    v("return_window", terms.return_window);
    v("citation", terms.citation);
}

// ------------------------------------------------------------------------------------------------------------ products

template <class V>
void describe(V& v, Of<ProductPhase> auto& phase) {
    v("name", phase.name, required);
    v("kind", phase.kind, required);
    v("buckets", phase.buckets);
    v("voting", phase.voting);
}
template <class V>
void describe(V& v, Of<BucketClaims> auto& claims) {
    v("bucket", claims.bucket, required);
    v("claims", claims.claims, required);
}

// --------------------------------------------------------------------------------------------------------------- terms

template <class V>
void describe(V& v, Of<SubmissionTerms> auto& submission) {
    v.amount("fee", submission.fee);
    v("refunded_when_infeasible", submission.refunded_when_infeasible);
}
template <class V>
void describe(V& v, Of<InfluencePolicy> auto& policy) {
    v("unclaimed", policy.unclaimed);
    v("units", policy.units);
}
template <class V>
void describe(V& v, Of<CommunityRoyalty> auto& royalty) {
    v("channels", royalty.channels, required);
    v("rounding", royalty.rounding);
}
template <class V>
void describe(V& v, Of<RoyaltyPayouts> auto& payouts) {
    v("from", payouts.from, required);
    v("every", payouts.every, stated);
    v.amount("minimum", payouts.minimum);
    v("rule", payouts.rule);
    v("hold_days", payouts.hold_days);
    v("fee", payouts.fee);
}
template <class V>
void describe(V& v, Of<InventionTerms> auto& terms) {
    v("title", terms.title);
    v("pack", terms.pack);
    v.currency("currency", terms.currency, required);
    v("submission", terms.submission);
    v("evaluation", terms.evaluation);
    v("influence", terms.influence);
    v("rights", terms.rights, required);
    v("royalty", terms.royalty, required);
    v("payouts", terms.payouts, required);
    v("sources", terms.sources);
}

}  // namespace crowdrules::detail
