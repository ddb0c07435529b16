// SPDX-License-Identifier: BSL-1.0
// Statement: a campaign's money on one page: pledged, dropped, refunded, collected, each fee, what was paid and is
// still to pay, and who holds what now.
//
//   gross pledges       32,766.00 USD   895 backers
//   dropped                936.00 USD    13 pledges
//   collected           31,830.00 USD   882 charges
//   platform fee         1,591.50 USD   5% of 31,830.00
//   processing fee       1,131.30 USD   per charge
//   paid                29,107.20 USD
//
// Figures come from the running totals and from the ledger, which are kept apart and must agree; see `check`.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/reason/derivation.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

struct StatementCount {
    std::uint64_t count = 0;
    Money amount;

    bool operator==(const StatementCount&) const = default;
};

struct Statement {
    std::string title{};
    Phase phase = Phase::live;
    bool goal_missed = false;
    std::uint64_t backers = 0;  ///< at the end of the campaign, or now
    StatementCount gross;       ///< pledges standing at the end of the campaign, or now; frozen at the end
    StatementCount late;        ///< late pledges made
    StatementCount supplements; ///< further charges agreed with who has pledged
    StatementCount cancelled;   ///< taken back by backers
    StatementCount released;    ///< let go by failure, cancellation or suspension
    StatementCount dropped;     ///< never collected
    StatementCount open;        ///< charges still to be made
    Money given_up;             ///< instalments that were never charged
    StatementCount collected;   ///< charges made, ever
    Money refunded;             ///< given back, ever
    Money charged_back;         ///< lost to disputes, ever
    Money to_others;            ///< lines for others than the creator, less what they gave back
    Money disputed;             ///< held while banks decide
    Money fee_base;  ///< what the platform's fee is computed on: collected less refunds and charge-backs before their
                     ///< payout
    Money platform_fee;    ///< on the base, whether taken already or at a payout to come; without its tax
    Money platform_tax;    ///< on top of the fee, or contained in what the schedule asks
    Money processing_fee;  ///< taken, less what refunds returned; without its tax
    Money processing_tax;
    Money fee_difference;  ///< fees as the provider reported them, less what the terms make of them
    Money dispute_fees;    ///< taken by the provider and not returned
    Money unmatched;       ///< held with nothing here that it is about; below zero: more was taken than came in
    Money unmatched_kept;  ///< of such money, what the platform has or bears
    Money payout_fees;     ///< taken on the way to the creator's bank
    Money declined;        ///< offered above the cap, and not taken
    Money allotted;        ///< in escrow for backers: held for a milestone that was rejected
    Money reserve;         ///< held back now
    Money paid;            ///< to the creator, ever: payouts and released reserves
    Money owed;    ///< by the creator: refunds and disputes after the payout, and fees that refunds left uncovered;
                   ///< the next payout covers it first
    Money to_pay;  ///< still to be paid to the creator as things stand, reserves included, less what is owed
    std::vector<PayoutLine> payouts{};
    std::array<Money, campaign_account_count> holders;  ///< by Account; sums to zero

    struct RewardLine {
        std::string name;
        std::int64_t minimum = 0;
        std::uint32_t taken = 0;
        std::optional<std::uint32_t> quantity;
        bool operator==(const RewardLine&) const = default;
    };
    std::vector<RewardLine> rewards{};  ///< with at least one backer or a quantity

    /// What came in under one rule for lines.
    struct ChargeLine {
        std::string name;
        std::string payee;
        Money charged;
        Money refunded;  ///< back to backers, by refunds and lost disputes
        Money kept;      ///< by its payee
        bool operator==(const ChargeLine&) const = default;
    };
    std::vector<ChargeLine> lines{};  ///< in the order of the terms

    struct StretchLine {
        std::string name;
        bool reached = false;
        bool operator==(const StretchLine&) const = default;
    };
    std::vector<StretchLine> stretch_goals{};

    bool operator==(const Statement&) const = default;
};

/// Whether a payout that was not made never will be: everything in it went back. It is due no more.
[[nodiscard]] constexpr bool has_nothing(const PayoutLine& line) noexcept {
    return !line.paid_at && line.in_escrow() == 0 && line.disputed == 0;
}

/// The statement of a campaign as it stands.
/// Ensures: the ledger agrees with the running totals; throws ContractViolation otherwise (those of a campaign whose
/// events were decided always agree). It does not look at every pledge: `check` does. Cost: O(payouts and rewards).
[[nodiscard]] Statement statement(const Campaign& campaign);

/// The reasons why ledger, totals and fees would not agree; empty when they do. Compares the fold of postings with the
/// running totals, those with the pledges, and the fees taken with the fees computed anew. Cost: O(pledges).
[[nodiscard]] std::vector<std::string> check(const Campaign& campaign);

/// The names of the figures that `explain` knows, in the order of the statement: "gross", "collected", "platform_fee",
/// ...
[[nodiscard]] std::vector<std::string> figure_names();

/// A figure of the statement by name. Nothing for a name that is none.
[[nodiscard]] std::optional<Money> figure(const Statement& statement, std::string_view name);

/// How a figure came about. Refuses a name that is none, listing those there are.
[[nodiscard]] Result<Derivation, std::string> explain(const Statement& statement, const Terms& terms,
                                                      std::string_view figure);

}  // namespace crowdrules::campaign
