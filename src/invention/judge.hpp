// SPDX-License-Identifier: BSL-1.0
// Judge of an invention: one function for each command. Guards come first, in the order of InventionRejectionCode, then
// what happens.
#pragma once

#include "rules.hpp"
#include <life/refusal.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// A community to which everything due has happened, at the instant of a command.
struct InventionJudge {
    const InventionState& state;
    Instant at;

    // Members, ideas and rounds: src/invention/judge_idea.cpp
    [[nodiscard]] InventionVerdict judge(const JoinCommunity& command) const;
    [[nodiscard]] InventionVerdict judge(const LeaveCommunity& command) const;
    [[nodiscard]] InventionVerdict judge(const HandInIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const WithdrawIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const ScreenOutIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const NameSimilarIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const DeclineIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const OpenRound& command) const;
    [[nodiscard]] InventionVerdict judge(const CastVote& command) const;
    [[nodiscard]] InventionVerdict judge(const TakeBackVote& command) const;
    [[nodiscard]] InventionVerdict judge(const RateIdea& command) const;

    // Phases and influence: src/invention/judge_phase.cpp
    [[nodiscard]] InventionVerdict judge(const AcceptIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const OpenPhase& command) const;
    [[nodiscard]] InventionVerdict judge(const Contribute& command) const;
    [[nodiscard]] InventionVerdict judge(const PickWinners& command) const;
    [[nodiscard]] InventionVerdict judge(const ClosePhase& command) const;
    [[nodiscard]] InventionVerdict judge(const CreditMembers& command) const;
    [[nodiscard]] InventionVerdict judge(const AddBucket& command) const;

    // Presales, making and selling: src/invention/judge_product.cpp
    [[nodiscard]] InventionVerdict judge(const OpenPresale& command) const;
    [[nodiscard]] InventionVerdict judge(const ActOnPresale& command) const;
    [[nodiscard]] InventionVerdict judge(const ReportProductReady& command) const;
    [[nodiscard]] InventionVerdict judge(const StartSales& command) const;
    [[nodiscard]] InventionVerdict judge(const EndProduct& command) const;
    [[nodiscard]] InventionVerdict judge(const AbandonProduct& command) const;
    [[nodiscard]] InventionVerdict judge(const ReacquireIdea& command) const;
    [[nodiscard]] InventionVerdict judge(const RaiseProductClaim& command) const;
    [[nodiscard]] InventionVerdict judge(const DismissClaim& command) const;
    [[nodiscard]] InventionVerdict judge(const UpholdClaim& command) const;

    // Money: src/invention/judge_money.cpp
    [[nodiscard]] InventionVerdict judge(const RecordSale& command) const;
    [[nodiscard]] InventionVerdict judge(const RecordReturn& command) const;
    [[nodiscard]] InventionVerdict judge(const PayRoyalty& command) const;

    [[nodiscard]] const InventionTerms& terms() const noexcept { return *state.terms; }
    [[nodiscard]] Money money(std::int64_t minor) const noexcept { return {minor, terms().currency}; }
    [[nodiscard]] Date today() const { return Date{std::chrono::floor<std::chrono::days>(at)}; }

    using Code = InventionRejectionCode;
    using Guard = RefusalOf<InventionRejection>;
    /// The rejection of this code, with the citation of its rule.
    [[nodiscard]] Guard reject(Code code, std::string what, std::string accepted, std::string_view rule = {}) const;
    /// The same, as a value of this floor says it.
    [[nodiscard]] Guard reject(Code code, const Finding& finding) const;

    // Guards that several commands share: nothing when all is well.
    [[nodiscard]] Guard undecided(const std::string& decided_by) const;
    [[nodiscard]] Guard without_id(std::uint64_t id, std::string_view what) const;
    [[nodiscard]] Guard unknown(MemberId member) const;
    [[nodiscard]] Guard unknown_idea(IdeaId idea) const;
    [[nodiscard]] Guard unknown_product(IdeaId product) const;
    [[nodiscard]] Guard unknown_round(RoundId round) const;
    [[nodiscard]] Guard unknown_phase(const ProductRecord& product, const std::string& phase) const;
    [[nodiscard]] Guard unknown_bucket(const ProductRecord& product, const std::string& bucket) const;
    [[nodiscard]] Guard unknown_claimant(const std::vector<Claim>& claims) const;
    [[nodiscard]] Guard taken(bool is_taken, std::string_view what, std::uint64_t id) const;
    [[nodiscard]] Guard contribution(const IdeaRecord& idea) const;
    /// Paused by a claim, or over.
    [[nodiscard]] Guard at_a_stand(const ProductRecord& product) const;
    /// At a stand, or on sale already.
    [[nodiscard]] Guard not_in_the_making(const ProductRecord& product) const;
    [[nodiscard]] Guard closing_too_early(Instant closes) const;
    [[nodiscard]] Guard outside(const RoundRecord& round, IdeaId idea) const;
    [[nodiscard]] Guard malformed(const std::vector<Claim>& claims) const;
    [[nodiscard]] Guard foreign(Money amount) const;

    /// What the campaign of `product` makes of `what`, with the influence that it brings.
    [[nodiscard]] InventionVerdict presale_events(const ProductRecord& product, CommandBody what) const;
};

// ------------------------------------------------------------------------------------------------------- questions

/// The idea that has the credit among all like `idea`: the earliest that is neither withdrawn nor infeasible.
[[nodiscard]] IdeaId credited(const InventionState& state, const IdeaRecord& idea);
/// The phase of `product`, or null.
[[nodiscard]] const PhaseRecord* find_phase(const ProductRecord& product, std::string_view phase);
/// The phase that a bucket of `product` came with, or null when it was added later or is none.
[[nodiscard]] const PhaseRecord* phase_of_bucket(const ProductRecord& product, std::string_view bucket);
/// Why `product` would not be the company's and its members' as it is, and to whom title goes back: all who took part,
/// by their influence.
[[nodiscard]] ProductAbandoned abandonment(const InventionState& state, const ProductRecord& product, ReturnReason why);
/// Whether title can go back that way.
[[nodiscard]] Result<void, Finding> may_go_back(const InventionState& state, const ProductAbandoned& event, Instant at);

// --------------------------------------------------------------------------------------------------------- sharing

/// What remains to be shared of a stream: the difference between its exact earnings, rounded, and what was shared.
[[nodiscard]] RoyaltyShared sharing_of(const InventionState& state, const ProductRecord& product, std::uint32_t stream,
                                       const RoyaltyStream& terms);
/// Every part of `product` that remains to be shared.
[[nodiscard]] std::vector<RoyaltyShared> sharing_of(const InventionState& state, const ProductRecord& product);
/// Enters into `stream` what was shared of it. Throws ContractViolation when it gives a part to somebody without
/// influence.
void enter(RoyaltyStream& stream, const RoyaltyShared& shared, PayeeId company);
/// The stream of sales on a day. Expects: influence is fixed.
[[nodiscard]] std::uint32_t stream_on(const ProductRecord& product, Date day);
/// What a member would be paid on a day, and why not.
[[nodiscard]] PayeeStatement payment_on(const InventionState& state, Handle member, Date on, bool closing = false);
/// Of a member's balance, what is not free on a day.
[[nodiscard]] std::int64_t on_hold(const InventionState& state, MemberId member, Date on);

/// When a product that has anything to share shares it; `never` for any other.
[[nodiscard]] Instant next_closing(const InventionState& state, const ProductRecord& product);
/// When title to a product goes back because it was not made; `never` when no window runs.
[[nodiscard]] Instant return_due(const InventionState& state, const ProductRecord& product);

}  // namespace crowdrules
