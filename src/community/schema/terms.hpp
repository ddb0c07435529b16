// SPDX-License-Identifier: BSL-1.0
// Describe: the fields of a community's terms and of what its commands and events are made of, as
// campaign/describe.hpp names those of campaigns; describe_command.hpp and describe_event.hpp have the rest.
#pragma once

#include <crowdrules/community/influence.hpp>
#include <crowdrules/community/product.hpp>
#include <crowdrules/community/rights.hpp>
#include <crowdrules/community/terms.hpp>
#include <crowdrules/community/vote.hpp>

#include <campaign/schema/terms.hpp>
#include <revenue/describe.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace crowdrules::detail {

/// Compiled once, in types.cpp.
template <>
const Type& type_of<community::Terms>() noexcept;

// --------------------------------------------------------------------------------------------------- ideas and rounds

inline void describe(Fields& v, community::Idea& idea) {
    v("id", idea.id, required);
    v("submitter", idea.submitter, required);
    v("submitted_at", idea.submitted_at, required);
}
inline void describe(Fields& v, community::VoteBudget& budget) {
    v("per", budget.per);
    v("votes", budget.votes);
    v("day_begins", budget.day_begins);
}
inline void describe(Fields& v, community::VoteWeight& weight) {
    v("by", weight.by);
    v("table", weight.table);
}
inline void describe(Fields& v, community::SelectionTerms& selection) {
    v("by", selection.by);
    v("count", selection.count, stated);
    v("staff_picks", selection.staff_picks);
}
inline void describe(Fields& v, community::RatingTerms& rating) {
    v("criteria", rating.criteria, required);
    v("stars", rating.stars, stated);
    v("bar", rating.bar, required);
}
inline void describe(Fields& v, community::RoundTerms& round) {
    v("budget", round.budget);
    v("weight", round.weight);
    v("tie_break", round.tie_break);
    v("selection", round.selection);
    v("rating", round.rating);
}

// ----------------------------------------------------------------------------------------------------------- influence

inline void describe(Fields& v, community::Bucket& bucket) {
    v("name", bucket.name, required);
    v("share", bucket.share, required);
    v("rule", bucket.rule);
    v("citation", bucket.citation);
}
inline void describe(Fields& v, community::UnclaimedPolicy& policy) {
    v("to", policy.to);
    v("payee", policy.payee);
}
inline void describe(Fields& v, community::InfluenceUnits& units) {
    v("whole", units.whole, required);
    v("spare", units.spare);
}
inline void describe(Fields& v, community::InfluenceTerms& terms) {
    v("buckets", terms.buckets, required);
    v("unclaimed", terms.unclaimed);
    v("units", terms.units);
}
inline void describe(Fields& v, community::BucketCut& cut) {
    v("bucket", cut.bucket, required);
    v("share", cut.share, required);
}
inline void describe(Fields& v, community::BucketChange& change) {
    v("from", change.from, required);
    v("added", change.added, required);
    v("cuts", change.cuts, required);
    v("also", change.also);
}
inline void describe(Fields& v, community::Claim& claim) {
    v("member", claim.member, required);
    v("parts", claim.parts, stated);
    v("of", claim.of, stated);
}

// -------------------------------------------------------------------------------------------------------------- rights

inline void describe(Fields& v, community::Holders& holders) {
    v("shares", holders.shares);
    v("whole", holders.whole, stated);
}
inline void describe(Fields& v, community::RightsTerms& terms) {
    v("company", terms.company, required);
    v("assignment", terms.assignment);
    v("may_withdraw", terms.may_withdraw, stated);
    v("may_reacquire", terms.may_reacquire, stated);
    v("return_window", terms.return_window, some_length);
    v("citation", terms.citation);
}

// ------------------------------------------------------------------------------------------------------------ products

inline void describe(Fields& v, community::ProductPhase& phase) {
    v("name", phase.name, required);
    v("kind", phase.kind, required);
    v("buckets", phase.buckets);
    v("voting", phase.voting);
}
inline void describe(Fields& v, community::BucketClaims& claims) {
    v("bucket", claims.bucket, required);
    v("claims", claims.claims, required);
}

// --------------------------------------------------------------------------------------------------------------- terms

inline void describe(Fields& v, community::SubmissionTerms& submission) {
    v.amount("fee", submission.fee, from_zero);
    v("refunded_when_infeasible", submission.refunded_when_infeasible);
}
inline void describe(Fields& v, community::InfluencePolicy& policy) {
    v("unclaimed", policy.unclaimed);
    v("units", policy.units);
}
inline void describe(Fields& v, community::CommunityRoyalty& royalty) {
    v("channels", royalty.channels, required);
    v("rounding", royalty.rounding);
}
inline void describe(Fields& v, community::RoyaltyPayouts& payouts) {
    v("from", payouts.from, required);
    v("every", payouts.every, stated);
    v.amount("minimum", payouts.minimum, from_zero);
    v("rule", payouts.rule);
    v("hold_days", payouts.hold_days, Range{0, 36'525});
    v("fee", payouts.fee);
}
inline void describe(Fields& v, community::Terms& terms) {
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
