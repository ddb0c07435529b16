// SPDX-License-Identifier: BSL-1.0
// Campaign: the state of one campaign, from its launch to its last payout. A value: copy it to ask 'what if'.
//
//   Campaign campaign = launch(terms, at);
//   auto decision = decide(campaign, command);              // may this happen?
//   if (decision) evolve(campaign, decision->events);       // it has happened
//
// Anybody may read the state; only `evolve` changes it.
#pragma once

#include <crowdrules/campaign/event.hpp>
#include <crowdrules/campaign/pledge_book.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/life/life.hpp>
#include <crowdrules/life/platform_decision.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace crowdrules::campaign {

/// Where a campaign stands. What is over stays over.
enum class Phase : std::uint8_t {
    live,        ///< launched; pledges are taken while its window is open
    paused,      ///< held up by a claim on the idea
    collecting,  ///< enough was pledged; the outcome waits for what is collected
    succeeded,
    failed,
    cancelled,
    suspended,
};

[[nodiscard]] std::string_view to_text(Phase phase) noexcept;

/// Whether nothing but refunds can happen any more.
[[nodiscard]] constexpr bool has_ended_without_success(Phase phase) noexcept {
    return phase == Phase::failed || phase == Phase::cancelled || phase == Phase::suspended;
}

/// A number of pledges and what they come to.
struct Tally {
    std::uint64_t count = 0;
    std::int64_t amount = 0;  ///< minor units

    bool operator==(const Tally&) const = default;
};

/// Money that is paid out together.
struct PayoutLine {
    enum class Kind : std::uint8_t {
        campaign,      ///< what was collected from the campaign's pledges
        instalments,   ///< later parts of pledges in instalments
        second_round,  ///< pledges of the second of two rounds
        later,         ///< late pledges, or the income of an open-ended campaign, by period
        released,      ///< came free after its own payout: a dispute won
        returned,      ///< a payout that came back
        supplements,   ///< further charges to who has pledged, by period
        share,         ///< held for what a share of the payout plan waits for
        given_back,    ///< was held for a milestone that was rejected: it is the backers', and never paid
    };
    Kind kind = Kind::campaign;
    std::int64_t number = 0;  ///< of the later payouts and the shares, from 0
    Instant due{};
    std::int64_t gross = 0;           ///< collected in it
    std::int64_t carried = 0;         ///< bore its fees in an earlier payout, and is to be paid with this one
    std::int64_t refunded = 0;        ///< given back before it was paid
    std::int64_t charged_back = 0;    ///< lost to disputes before it was paid, borne by the creator
    std::int64_t disputed = 0;        ///< held now
    std::int64_t processing_fee = 0;  ///< taken from it, with tax
    std::int64_t to_others = 0;       ///< lines of it for others than the creator, less what they gave back
    std::int64_t free = 0;            ///< lines of it that bear no platform fee, as far as they are kept
    std::int64_t free_refunded = 0;   ///< of `refunded`, in such lines
    std::int64_t platform_fee = 0;    ///< taken at the payout
    std::int64_t tax = 0;
    std::int64_t reserve = 0;  ///< held back at the payout
    bool reserve_released = false;
    std::int64_t recouped = 0;  ///< kept for what the creator owed
    std::int64_t held = 0;      ///< stayed in escrow for shares of the payout plan
    std::int64_t net = 0;       ///< paid; negative: owed by the creator
    std::int64_t returned = 0;  ///< of it, what came back from the creator's bank
    std::int64_t fee = 0;       ///< of the net, what was taken on the way to the creator's bank
    std::optional<Instant> paid_at{};

    /// What the payout would be made of, before the platform's fee: the escrow's money in it.
    [[nodiscard]] std::int64_t in_escrow() const noexcept {
        return gross + carried - refunded - charged_back - disputed - processing_fee - to_others;
    }
    bool operator==(const PayoutLine&) const = default;
};

[[nodiscard]] std::string_view to_text(PayoutLine::Kind kind) noexcept;

/// What stands and counts toward nothing: see AccountRule::not_counted.
struct Uncounted {
    std::int64_t amount = 0;
    std::int64_t shipping = 0;
    std::int64_t units = 0;
    std::int64_t fees = 0;
    std::int64_t backers = 0;

    bool operator==(const Uncounted&) const = default;
};

/// Running totals, kept by evolve.
struct Totals {
    std::array<Tally, pledge_state_count> by_state{};
    std::int64_t standing = 0;           ///< amount of standing pledges made before the end
    std::int64_t standing_shipping = 0;  ///< of which shipping
    std::int64_t standing_units = 0;
    std::int64_t standing_fees = 0;  ///< processing fees on them; kept only for net stretch goals
    std::uint64_t backers = 0;       ///< people with a standing pledge
    Uncounted uncounted{};           ///< of these five
    Tally late{};                    ///< late pledges made
    Tally supplements{};             ///< further charges agreed
    Tally ended{};                   ///< pledges standing when the campaign closed: the page's frozen total
    std::uint64_t ended_backers = 0;
    std::int64_t ended_units = 0;
    std::int64_t ended_counted = 0;         ///< toward the goal, of those
    std::int64_t collected = 0;             ///< ever
    std::int64_t uncounted_collected = 0;   ///< of it, as far as it is kept: what counts toward nothing
    std::uint64_t charges = 0;              ///< that succeeded
    std::int64_t refunded = 0;              ///< ever
    std::int64_t charged_back = 0;          ///< ever
    std::int64_t to_give_back = 0;          ///< collected from pledges that were taken back or released since
    std::int64_t borne_by_platform = 0;     ///< disputes lost that the platform made good
    std::int64_t reserve_released = 0;      ///< paid to the creator out of the reserve
    std::int64_t instalments_given_up = 0;  ///< parts of collected pledges that were never charged, or not captured
    std::int64_t fee_difference = 0;        ///< fees as reported, less what the terms make of them
    std::int64_t dispute_fees = 0;          ///< taken by the provider and not returned
    std::int64_t fees_of_creator = 0;       ///< taken from the creator after the payout, less what was given back
    std::int64_t unmatched = 0;             ///< held with nothing here that it is about
    std::int64_t unmatched_kept = 0;        ///< of such money, what the platform has or bears
    std::int64_t payout_fees = 0;           ///< taken on the way to the creator's bank
    std::int64_t declined = 0;              ///< offered above the cap, and not taken
    std::int64_t everything = 0;            ///< amounts of all pledges ever made, whatever became of them
    /// Standing pledges whose charge is open, but for those charged at checkout or in instalments: [0] made before the
    /// success, [1] after it.
    std::array<std::uint64_t, 2> unpaid{};

    [[nodiscard]] const Tally& in(PledgeState state) const noexcept {
        return by_state[static_cast<std::size_t>(state)];
    }
    bool operator==(const Totals&) const = default;
};

/// The last instant at which one part of a pledge in instalments may still be collected.
struct InstalmentLimit {
    Instant at{};
    Handle pledge = 0;
    std::uint32_t part = 0;  ///< from 0

    auto operator<=>(const InstalmentLimit&) const = default;
};

/// What became of the milestone of a share.
enum class MilestoneState : std::uint8_t { open, approved, rejected };

[[nodiscard]] std::string_view to_text(MilestoneState state) noexcept;

struct Milestone {
    MilestoneState state = MilestoneState::open;
    Instant decided_at{};

    bool operator==(const Milestone&) const = default;
};

/// What a provider's reference was used for.
struct ReportedMovement {
    std::uint64_t about = 0;  ///< PledgeId, or the place of the payout
    std::uint32_t instalment = 1;
    std::int64_t amount = 0;

    bool operator==(const ReportedMovement&) const = default;
};

/// Money that nothing here is about, as far as it is held.
struct UnmatchedMoney {
    std::int64_t amount = 0;  ///< below zero: was taken
    Instant since{};
    std::string from{};  ///< who sent it
    std::string what{};

    bool operator==(const UnmatchedMoney&) const = default;
};

/// What came in under one rule for lines.
struct LineTotals {
    std::int64_t charged = 0;
    std::int64_t gone = 0;      ///< of it, back to backers
    std::int64_t returned = 0;  ///< of what went back, given by a payee other than the creator

    bool operator==(const LineTotals&) const = default;
};

/// Everything that is known of a campaign. Read it freely; it is changed by evolve only.
struct State {
    std::shared_ptr<const Terms> terms{};  ///< never null
    Instant launched_at{};
    Instant last{};  ///< of the latest event
    Phase phase = Phase::live;
    Window window{};  ///< as it stands now
    bool in_second_round = false;
    bool closed = false;  ///< no more pledges at campaign prices
    bool late_closed = false;
    bool goal_missed = false;  ///< a success without the goal
    std::int64_t counted = 0;  ///< what the outcome was judged on
    std::optional<Instant> paused_at{};
    std::optional<Instant> closed_at{};
    std::optional<Instant> succeeded_at{};
    std::optional<Instant> ready_at{};     ///< ready to ship, where charges wait for that
    std::optional<Instant> delivered_at{};
    std::vector<Milestone> milestones{};   ///< by share of the payout plan
    std::optional<Instant> released_at{};  ///< failed, cancelled or suspended: every pledge was let go

    std::vector<Reward> rewards{};  ///< as they stand now; the place is the id less one
    std::vector<AddOn> add_ons{};
    std::vector<bool> reward_removed{};
    std::vector<bool> add_on_removed{};
    std::vector<std::uint32_t> reward_taken{};
    std::vector<std::uint32_t> add_on_taken{};
    std::vector<bool> stretch_reached{};
    std::vector<LineTotals> lines{};  ///< by the place of the rule in the terms' list

    PledgeBook book{};
    Totals totals{};
    Ledger ledger{USD};
    std::vector<PayoutLine> payouts{};
    GuardRecord guards{};
    std::vector<PlatformDecision> decisions{};      ///< of the platform, in order of time
    bool keeps_fees = false;                        ///< whether totals.standing_fees is kept, for net stretch goals
    bool keeps_given = false;                       ///< whether book.given_of is kept, for guards by person
    std::set<InstalmentLimit> instalment_limits{};  ///< when open instalments are given up
    std::unordered_map<std::uint64_t, std::uint64_t> commands{};  ///< ids seen, with the fingerprint of their content
    std::map<std::string, ReportedMovement> references{};         ///< of the provider: "charge ch_1", "payout po_1"
    std::map<std::string, UnmatchedMoney> unmatched{};            ///< by the provider's reference

    /// Equal in all that is known; terms are compared by value.
    bool operator==(const State& other) const;
};

struct CommandBody;
struct Rejection;
struct Rules;

/// What a campaign is made of: see life/life.hpp.
struct Types {
    using State = campaign::State;
    using Terms = campaign::Terms;
    using Command = CommandOf<CommandBody>;
    using Event = campaign::Event;
    using First = CampaignLaunched;
    using Rejection = campaign::Rejection;
    using Rules = campaign::Rules;
};

using Campaign = Life<Types>;

}  // namespace crowdrules::campaign
