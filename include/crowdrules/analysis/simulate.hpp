// SPDX-License-Identifier: BSL-1.0
// Simulate: a campaign many times over, with what becomes of its pledges drawn by chance.
//
//   CampaignPlan plan = plan_of(pebble).value();              // the 68,929 pledges of a scenario
//   plan.chances.card_failure = rate("3%");
//   const auto simulation = CampaignSimulation::of(plan).value();
//   const auto runs = simulation.runs(7, 0, 10'000);          // seed 7, runs 0 to 9,999
//   summarise(runs).of(SimulatedFigure::paid).quantile(rate("5%"));
//
// Every number drawn has a place: the seed, the run, the pledge (philox.hpp). So the same seed gives the same runs on
// every machine, and runs 0 to 9,999 are runs 0 to 4,999 and runs 5,000 to 9,999, wherever and in whatever order they
// are drawn. What is stated as 3% happens with the probability 3%, exactly. What was drawn is settled by the same code
// as any campaign (campaign/settle.hpp): amounts never pass through floating point.
#pragma once

#include <crowdrules/analysis/odds.hpp>
#include <crowdrules/analysis/sample.hpp>
#include <crowdrules/campaign/settle.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>

#include <array>
#include <memory>
#include <variant>
#include <vector>

namespace crowdrules {

/// What may become of a pledge, as shares of 0 to 1 with at most 6 decimals.
struct PledgeChances {
    Decimal cancellation{};         ///< of all pledges: taken back while the campaign runs
    Decimal card_failure{};         ///< of the others, when they are charged
    Decimal mended{};               ///< of failing cards: mended in time; the others are dropped
    Decimal refund{};               ///< of charged pledges: given back in full before the payout
    Decimal refund_after_payout{};  ///< of charged pledges: given back in full after it
    Decimal fraud_dispute{};        ///< of charged pledges: lost after the payout, the cardholder made no charge
    Decimal reward_dispute{};       ///< of charged pledges: lost after the payout, over the reward

    bool operator==(const PledgeChances&) const = default;
};

/// A pledge that backers may choose.
struct PledgeOffer {
    std::int64_t amount = 0;  ///< minor units
    Decimal share{};          ///< of all backers, with at most 6 decimals; together they are 1

    bool operator==(const PledgeOffer&) const = default;
};
/// Pledges that are drawn too.
struct DrawnPledges {
    Odds count;
    std::vector<PledgeOffer> offers;

    bool operator==(const DrawnPledges&) const = default;
};

struct CampaignPlan {
    campaign::Terms terms;                                          ///< that settle_sums serves
    std::variant<std::vector<std::int64_t>, DrawnPledges> pledges;  ///< amounts in minor units, or how to draw them
    PledgeChances chances{};
};

/// The pledges of a scenario that stand when its campaign closes, and its terms without what moves no money of theirs:
/// rewards, add-ons, stretch goals, late pledges. Its own failing cards, refunds and disputes are not in the plan.
/// Refuses: a scenario that cannot be played; a campaign that is cancelled or suspended; pledges in instalments; terms
/// that settle does not serve.
[[nodiscard]] Result<CampaignPlan, Findings> plan_of(const Scenario& scenario);

/// What a run is described by. Amounts in minor units, except for the two counts.
enum class SimulatedFigure : std::uint8_t {
    backers,  ///< count; with the pledges standing at the end
    pledged,  ///< standing at the end
    cancelled,
    dropped,
    charges,  ///< count
    collected,
    refunded,
    charged_back,
    platform_fee,
    processing_fee,
    tax,  ///< on both
    paid,
    owed,  ///< by the creator: refunds and disputes after the payout
    net,   ///< what the creator has in the end: paid less owed
};
inline constexpr std::size_t simulated_figure_count = 14;
[[nodiscard]] std::string_view to_text(SimulatedFigure figure) noexcept;
[[nodiscard]] constexpr bool is_count(SimulatedFigure figure) noexcept {
    return figure == SimulatedFigure::backers || figure == SimulatedFigure::charges;
}

struct SimulatedRun {
    std::uint64_t run = 0;
    bool succeeded = false;
    bool goal_missed = false;  ///< a success all the same, where the terms keep what came in
    std::array<std::uint64_t, campaign::pledge_fate_count> fates{};
    std::array<std::int64_t, simulated_figure_count> figures{};

    [[nodiscard]] std::uint64_t of(campaign::PledgeFate fate) const noexcept {
        return fates[static_cast<std::size_t>(fate)];
    }
    [[nodiscard]] std::int64_t of(SimulatedFigure figure) const noexcept {
        return figures[static_cast<std::size_t>(figure)];
    }
    bool operator==(const SimulatedRun&) const = default;
};

/// One pledge of one run. In a campaign that fails, what its fate would have been.
struct SimulatedPledge {
    std::int64_t amount = 0;
    campaign::PledgeFate fate = campaign::PledgeFate::kept;

    bool operator==(const SimulatedPledge&) const = default;
};

/// A plan that has been found sound, ready to be run. Cheap to copy; may be used by many threads at once.
class CampaignSimulation {
  public:
    /// Refuses: terms that settle does not serve; pledges that are not positive, or leave 64 bits together; odds with
    /// a defect, or of more than 2^35 pledges; chances outside 0 to 1 or of more than 6 decimals; refunds and disputes
    /// of more than all charged pledges; offers whose shares are not 1 together.
    [[nodiscard]] static Result<CampaignSimulation, Findings> of(CampaignPlan plan);

    [[nodiscard]] const CampaignPlan& plan() const noexcept;

    /// Runs `first` to `first + count - 1`. Cost: O(count x pledges).
    [[nodiscard]] std::vector<SimulatedRun> runs(std::uint64_t seed, std::uint64_t first, std::uint64_t count) const;
    /// The pledges of one run, one by one: what runs() sums up. Cost: O(pledges).
    [[nodiscard]] std::vector<SimulatedPledge> pledges(std::uint64_t seed, std::uint64_t run) const;

  private:
    struct Compiled;
    explicit CampaignSimulation(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

    std::shared_ptr<const Compiled> compiled_;
};

/// What came out of many runs. Summaries of parts are merged into that of the whole, in any order.
struct SimulationSummary {
    std::uint64_t runs = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t goal_missed = 0;  ///< of those
    std::array<std::uint64_t, campaign::pledge_fate_count> fates{};
    std::array<Sample, simulated_figure_count> figures{};

    void merge(const SimulationSummary& other);
    [[nodiscard]] const Sample& of(SimulatedFigure figure) const noexcept {
        return figures[static_cast<std::size_t>(figure)];
    }
    bool operator==(const SimulationSummary&) const = default;
};
[[nodiscard]] SimulationSummary summarise(std::span<const SimulatedRun> runs);

}  // namespace crowdrules
