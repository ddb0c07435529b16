// SPDX-License-Identifier: BSL-1.0
// Judge of a community: one function for each command. Guards come first, in the order of RejectionCode, then
// what happens.
#pragma once

#include "community/rules.hpp"
#include <life/refusal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::community {

/// A community to which everything due has happened, at the instant of a command.
struct Judge {
    const State& state;
    Instant at;

    // Members, ideas and rounds: src/community/judge/idea.cpp
    [[nodiscard]] Verdict judge(const JoinCommunity& command) const;
    [[nodiscard]] Verdict judge(const LeaveCommunity& command) const;
    [[nodiscard]] Verdict judge(const HandInIdea& command) const;
    [[nodiscard]] Verdict judge(const WithdrawIdea& command) const;
    [[nodiscard]] Verdict judge(const ScreenOutIdea& command) const;
    [[nodiscard]] Verdict judge(const NameSimilarIdea& command) const;
    [[nodiscard]] Verdict judge(const DeclineIdea& command) const;
    [[nodiscard]] Verdict judge(const OpenRound& command) const;
    [[nodiscard]] Verdict judge(const CastVote& command) const;
    [[nodiscard]] Verdict judge(const TakeBackVote& command) const;
    [[nodiscard]] Verdict judge(const RateIdea& command) const;

    // Phases and influence: src/community/judge/phase.cpp
    [[nodiscard]] Verdict judge(const AcceptIdea& command) const;
    [[nodiscard]] Verdict judge(const OpenPhase& command) const;
    [[nodiscard]] Verdict judge(const Contribute& command) const;
    [[nodiscard]] Verdict judge(const PickWinners& command) const;
    [[nodiscard]] Verdict judge(const ClosePhase& command) const;
    [[nodiscard]] Verdict judge(const CreditMembers& command) const;
    [[nodiscard]] Verdict judge(const AddBucket& command) const;

    // Presales, making and selling: src/community/judge/product.cpp
    [[nodiscard]] Verdict judge(const OpenPresale& command) const;
    [[nodiscard]] Verdict judge(const ActOnPresale& command) const;
    [[nodiscard]] Verdict judge(const ReportProductReady& command) const;
    [[nodiscard]] Verdict judge(const StartSales& command) const;
    [[nodiscard]] Verdict judge(const EndProduct& command) const;
    [[nodiscard]] Verdict judge(const AbandonProduct& command) const;
    [[nodiscard]] Verdict judge(const ReacquireIdea& command) const;
    [[nodiscard]] Verdict judge(const RaiseProductClaim& command) const;
    [[nodiscard]] Verdict judge(const DismissClaim& command) const;
    [[nodiscard]] Verdict judge(const UpholdClaim& command) const;

    // Money: src/community/judge/money.cpp
    [[nodiscard]] Verdict judge(const RecordSale& command) const;
    [[nodiscard]] Verdict judge(const RecordReturn& command) const;
    [[nodiscard]] Verdict judge(const PayRoyalty& command) const;

    [[nodiscard]] const Terms& terms() const noexcept { return *state.terms; }
    [[nodiscard]] Money money(std::int64_t minor) const noexcept { return {minor, terms().currency}; }
    [[nodiscard]] Date today() const { return Date{std::chrono::floor<std::chrono::days>(at)}; }

    using Code = RejectionCode;
    using Guard = RefusalOf<Rejection>;
    /// The rejection of this code, with the citation of its rule.
    [[nodiscard]] Guard reject(Code code, std::string what, std::string accepted, std::string_view rule = {}) const;
    /// The same, as a value of this floor says it.
    [[nodiscard]] Guard reject(Code code, const Finding& finding) const;

    // Guards that several commands share: nothing when all is well.
    [[nodiscard]] Guard refuse_if_undecided(const std::string& decided_by) const;
    [[nodiscard]] Guard refuse_without_id(std::uint64_t id, std::string_view what) const;
    [[nodiscard]] Guard refuse_if_unknown(MemberId member) const;
    [[nodiscard]] Guard refuse_unknown_idea(IdeaId idea) const;
    [[nodiscard]] Guard refuse_unknown_product(IdeaId product) const;
    [[nodiscard]] Guard refuse_unknown_round(RoundId round) const;
    [[nodiscard]] Guard refuse_unknown_phase(const ProductRecord& product, const std::string& phase) const;
    [[nodiscard]] Guard refuse_unknown_bucket(const ProductRecord& product, const std::string& bucket) const;
    [[nodiscard]] Guard refuse_unknown_claimant(const std::vector<Claim>& claims) const;
    [[nodiscard]] Guard refuse_if_taken(bool is_taken, std::string_view what, std::uint64_t id) const;
    [[nodiscard]] Guard refuse_contribution(const IdeaRecord& idea) const;
    /// Paused by a claim, or over.
    [[nodiscard]] Guard refuse_if_at_a_stand(const ProductRecord& product) const;
    /// At a stand, or on sale already.
    [[nodiscard]] Guard refuse_if_not_in_the_making(const ProductRecord& product) const;
    [[nodiscard]] Guard refuse_if_closing_too_early(Instant closes) const;
    [[nodiscard]] Guard refuse_if_outside(const RoundRecord& round, IdeaId idea) const;
    [[nodiscard]] Guard refuse_if_malformed(const std::vector<Claim>& claims) const;
    [[nodiscard]] Guard refuse_if_foreign(Money amount) const;

    /// What the campaign of `product` makes of `what`, with the influence that it brings.
    [[nodiscard]] Verdict presale_events(const ProductRecord& product, campaign::CommandBody what) const;
};

// ------------------------------------------------------------------------------------------------------- questions

/// The idea that has the credit among all like `idea`: the earliest that is neither withdrawn nor infeasible.
[[nodiscard]] IdeaId credited(const State& state, const IdeaRecord& idea);
/// The phase of `product`, or null.
[[nodiscard]] const PhaseRecord* find_phase(const ProductRecord& product, std::string_view phase);
/// The phase that a bucket of `product` came with, or null when it was added later or is none.
[[nodiscard]] const PhaseRecord* phase_of_bucket(const ProductRecord& product, std::string_view bucket);
/// Why `product` would not be the company's and its members' as it is, and to whom title goes back: all who took part,
/// by their influence.
[[nodiscard]] ProductAbandoned abandonment(const State& state, const ProductRecord& product, ReturnReason why);
/// Whether title can go back that way.
[[nodiscard]] Result<void, Finding> may_go_back(const State& state, const ProductAbandoned& event, Instant at);

// --------------------------------------------------------------------------------------------------------- sharing

/// What remains to be shared of a stream: the difference between its exact earnings, rounded, and what was shared.
[[nodiscard]] RoyaltyShared sharing_of(const State& state, const ProductRecord& product, std::uint32_t stream,
                                       const RoyaltyStream& terms);
/// Every part of `product` that remains to be shared.
[[nodiscard]] std::vector<RoyaltyShared> sharing_of(const State& state, const ProductRecord& product);
/// Enters into `stream` what was shared of it. Throws ContractViolation when it gives a part to somebody without
/// influence.
void enter(RoyaltyStream& stream, const RoyaltyShared& shared, revenue::PayeeId company);
/// The stream of sales on a day. Expects: influence is fixed.
[[nodiscard]] std::uint32_t stream_on(const ProductRecord& product, Date day);
/// What a member would be paid on a day, and why not.
[[nodiscard]] revenue::PayeeStatement payment_on(const State& state, campaign::Handle member, Date on,
                                                 bool closing = false);
/// Of a member's balance, what is not free on a day.
[[nodiscard]] std::int64_t on_hold(const State& state, MemberId member, Date on);

/// When a product that has anything to share shares it; `never` for any other.
[[nodiscard]] Instant next_closing(const State& state, const ProductRecord& product);
/// When title to a product goes back because it was not made; `never` when no window runs.
[[nodiscard]] Instant return_due(const State& state, const ProductRecord& product);

}  // namespace crowdrules::community
