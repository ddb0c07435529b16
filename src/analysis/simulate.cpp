// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/simulate.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include "core/enumerators.hpp"
#include "draws.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules {

using detail::Below;
using detail::block_of_draws;
using detail::DrawFor;
using detail::DrawPlace;
using detail::Threshold;

namespace {

constexpr unsigned most_decimals = 6;
/// The fates that are drawn, in the order of their ranges; what is above them all is kept.
constexpr std::array drawn_fates = {campaign::PledgeFate::cancelled,     campaign::PledgeFate::dropped,
                                    campaign::PledgeFate::refunded,      campaign::PledgeFate::refunded_after_payout,
                                    campaign::PledgeFate::lost_to_fraud, campaign::PledgeFate::lost_over_reward};
/// Runs that are drawn for together, so that a block of pledges is read once for all of them.
constexpr std::uint64_t runs_together = 256;

Finding refusal(std::string_view rule, std::string what, std::string accepted,
                FindingKind kind = FindingKind::malformed) {
    return {kind, std::string(rule), std::move(what), std::move(accepted)};
}

/// How likely each fate is, of all pledges.
std::vector<std::pair<campaign::PledgeFate, Decimal>> fates_of(const PledgeChances& chances) {
    const Decimal one(1);
    const Decimal standing = one - chances.cancellation;
    const Decimal dropped = standing * chances.card_failure * (one - chances.mended);
    const Decimal charged = standing - dropped;
    return {{campaign::PledgeFate::cancelled, chances.cancellation},
            {campaign::PledgeFate::dropped, dropped},
            {campaign::PledgeFate::refunded, charged * chances.refund},
            {campaign::PledgeFate::refunded_after_payout, charged * chances.refund_after_payout},
            {campaign::PledgeFate::lost_to_fraud, charged * chances.fraud_dispute},
            {campaign::PledgeFate::lost_over_reward, charged * chances.reward_dispute}};
}

void check_share(const Decimal& share, std::string_view rule, Findings& findings) {
    if (share.is_negative() || share > Decimal(1))
        findings.push_back(refusal(rule, to_percent(share) + " is no part of all pledges", "0% to 100%"));
    else if (share.scale() > most_decimals)
        findings.push_back(refusal(rule, to_percent(share) + " has more than 4 decimals", "0.0001% or a multiple"));
}

void check(const PledgeChances& chances, Findings& findings) {
    check_share(chances.cancellation, "chances.cancellation", findings);
    check_share(chances.card_failure, "chances.card_failure", findings);
    check_share(chances.mended, "chances.mended", findings);
    check_share(chances.refund, "chances.refund", findings);
    check_share(chances.refund_after_payout, "chances.refund_after_payout", findings);
    check_share(chances.fraud_dispute, "chances.fraud_dispute", findings);
    check_share(chances.reward_dispute, "chances.reward_dispute", findings);
    if (has_refusal(findings)) return;
    const Decimal given_back =
        chances.refund + chances.refund_after_payout + chances.fraud_dispute + chances.reward_dispute;
    if (given_back > Decimal(1))
        findings.push_back(refusal("chances.refund",
                                   "refunds and disputes come to " + to_percent(given_back) + " of charged pledges",
                                   "at most 100% together"));
}

void check(const std::vector<std::int64_t>& amounts, Findings& findings) {
    const auto bad = std::find_if(amounts.begin(), amounts.end(), [](std::int64_t amount) { return amount <= 0; });
    if (bad != amounts.end())
        findings.push_back(refusal(
            "pledges",
            "pledge " + std::to_string(bad - amounts.begin()) + " is of " + std::to_string(*bad) + " minor units",
            "at least 1"));
    else if (exact_sum(amounts) > std::numeric_limits<std::int64_t>::max())
        findings.push_back(refusal("pledges", "the pledges together leave 64 bits", "fewer or smaller ones"));
    if (amounts.size() > detail::most_draws)
        findings.push_back(refusal("pledges", "more than 2^35 pledges", "campaigns of their own"));
}

void check(const DrawnPledges& drawn, Findings& findings) {
    if (const auto defect = defect_of(drawn.count))
        return findings.push_back(refusal("pledges.count", *defect, "ranges of whole numbers with weights"));
    std::int64_t most = 0;
    for (const OddsLine& line : drawn.count) most = std::max(most, line.to);
    if (static_cast<std::uint64_t>(most) > detail::most_draws)
        return findings.push_back(refusal("pledges.count", "more than 2^35 pledges", "campaigns of their own"));
    Decimal total;
    for (const PledgeOffer& offer : drawn.offers) {
        if (offer.amount <= 0)
            return findings.push_back(refusal(
                "pledges.offers", "a pledge of " + std::to_string(offer.amount) + " minor units", "at least 1"));
        check_share(offer.share, "pledges.offers", findings);
        if (has_refusal(findings)) return;
        total = total + offer.share;
        if (static_cast<Int128>(offer.amount) * most > std::numeric_limits<std::int64_t>::max())
            return findings.push_back(
                refusal("pledges.offers", "the pledges together may leave 64 bits", "fewer or smaller ones"));
    }
    if (total != Decimal(1))
        findings.push_back(refusal("pledges.offers", "the shares come to " + to_percent(total), "100% together"));
}

/// What charging an amount costs.
struct ChargeCost {
    std::int64_t fee;  ///< without its tax
    std::int64_t tax;
};
ChargeCost cost_of(const FeeSchedule& schedule, std::int64_t fee, Currency currency) {
    if (!schedule.tax) return {fee, 0};
    const std::int64_t tax = tax_on(schedule, {fee, currency}).minor();
    return {schedule.tax->included ? fee - tax : fee, tax};
}

}  // namespace

/// A plan with everything worked out that all runs share.
struct CampaignSimulation::Compiled {
    CampaignPlan plan;
    // Of given pledges, one for each pledge; of drawn ones, one for each offer. Taxes may be empty: there are none.
    std::vector<std::int64_t> amounts, fees, taxes;
    campaign::FateSum all;  ///< of given pledges
    /// Ascending. Of given pledges one for each fate in `fates`; of drawn ones those of every offer in turn, `kept`
    /// included, so that the last is one.
    std::vector<Threshold> thresholds;
    std::vector<campaign::PledgeFate> fates;

    [[nodiscard]] bool draws_pledges() const { return std::holds_alternative<DrawnPledges>(plan.pledges); }
    [[nodiscard]] std::uint64_t pledges_of(std::uint64_t seed, std::uint64_t run) const {
        if (!draws_pledges()) return amounts.size();
        const Odds& count = std::get<DrawnPledges>(plan.pledges).count;
        return static_cast<std::uint64_t>(detail::draw_from(count, {seed, run, DrawFor::pledges}, 0));
    }

    void compile() {
        const Currency currency = plan.terms.currency;
        const FeeSchedule& schedule = plan.terms.fees.processing;
        if (draws_pledges())
            for (const PledgeOffer& offer : std::get<DrawnPledges>(plan.pledges).offers)
                amounts.push_back(offer.amount);
        else
            amounts = std::get<std::vector<std::int64_t>>(plan.pledges);
        fees.resize(amounts.size());
        FeeColumn(schedule).fees(amounts, fees);
        if (schedule.tax) taxes.resize(amounts.size());
        for (std::size_t i = 0; i < taxes.size(); ++i) {
            const auto [fee, tax] = cost_of(schedule, fees[i], currency);
            fees[i] = fee;
            taxes[i] = tax;
        }
        compile_thresholds();
        if (draws_pledges()) return;
        all.count = amounts.size();
        for (const std::int64_t amount : amounts) all.amount += amount;
        for (const std::int64_t fee : fees) all.fee += fee;
        for (const std::int64_t tax : taxes) all.tax += tax;
    }

    void compile_thresholds() {
        Decimal below;
        std::vector<Decimal> shares(1, Decimal(1));
        if (draws_pledges()) {
            shares.clear();
            for (const PledgeOffer& offer : std::get<DrawnPledges>(plan.pledges).offers) shares.push_back(offer.share);
        }
        const auto fate_chances = fates_of(plan.chances);
        for (const Decimal& share : shares) {
            const Decimal begin = below;
            for (const auto& [fate, chance] : fate_chances) {
                if (chance.is_zero() && !draws_pledges()) continue;
                below = below + share * chance;
                thresholds.emplace_back(below);
                fates.push_back(fate);
            }
            if (!draws_pledges()) return;
            below = begin + share;
            thresholds.emplace_back(below);
            fates.push_back(campaign::PledgeFate::kept);
        }
    }

    /// The pledges of each run, by fate. `below` has, for each run, what lies below each threshold.
    void draw_given(std::uint64_t seed, std::uint64_t first, std::span<campaign::FateSums> sums) const {
        std::vector<Below> below(sums.size() * thresholds.size());
        for (std::size_t begin = 0; begin < amounts.size() && !thresholds.empty(); begin += block_of_draws) {
            const std::size_t count = std::min(block_of_draws, amounts.size() - begin);
            const auto part = [&](const std::vector<std::int64_t>& column) {
                return column.empty() ? std::span<const std::int64_t>() : std::span(column).subspan(begin, count);
            };
            const detail::BlockColumns columns{part(amounts), part(fees), part(taxes)};
            for (std::size_t i = 0; i < sums.size(); ++i)
                detail::add_below({seed, first + i, DrawFor::fate}, begin / block_of_draws, count, thresholds, columns,
                                  std::span(below).subspan(i * thresholds.size(), thresholds.size()));
        }
        for (std::size_t i = 0; i < sums.size(); ++i) {
            Below before;
            for (std::size_t k = 0; k < thresholds.size(); ++k) {
                const Below& upto = below[i * thresholds.size() + k];
                sums[i][fates[k]] = difference(upto, before);
                before = upto;
            }
            const Below everything{all.count, static_cast<std::uint64_t>(all.amount),
                                   static_cast<std::uint64_t>(all.fee), static_cast<std::uint64_t>(all.tax)};
            sums[i][campaign::PledgeFate::kept] = difference(everything, before);
        }
    }

    void draw_offers(std::uint64_t seed, std::uint64_t run, campaign::FateSums& sums) const {
        const std::uint64_t pledges = pledges_of(seed, run);
        std::vector<Below> below(thresholds.size());
        for (std::uint64_t begin = 0; begin < pledges; begin += block_of_draws)
            detail::add_below({seed, run, DrawFor::fate}, begin / block_of_draws,
                              static_cast<std::size_t>(std::min<std::uint64_t>(block_of_draws, pledges - begin)),
                              thresholds, {}, below);
        const std::size_t fates_each = drawn_fates.size() + 1;
        for (std::size_t k = 0; k < thresholds.size(); ++k) {
            const std::uint64_t count = below[k].count - (k == 0 ? 0 : below[k - 1].count);
            const auto times = static_cast<std::int64_t>(count);
            const std::size_t offer = k / fates_each;
            campaign::FateSum& sum = sums[fates[k]];
            sum.count += count;
            sum.amount += times * amounts[offer];
            sum.fee += times * fees[offer];
            sum.tax += taxes.empty() ? 0 : times * taxes[offer];
        }
    }

    static campaign::FateSum difference(const Below& upto, const Below& before) noexcept {
        return {upto.count - before.count, static_cast<std::int64_t>(upto.amount - before.amount),
                static_cast<std::int64_t>(upto.fee - before.fee), static_cast<std::int64_t>(upto.tax - before.tax)};
    }
};

namespace {

SimulatedRun run_of(std::uint64_t run, const campaign::Terms& terms, const campaign::FateSums& sums) {
    const campaign::Statement statement = settle_sums(terms, sums);
    SimulatedRun result{.run = run,
                        .succeeded = statement.phase == campaign::Phase::succeeded,
                        .goal_missed = statement.goal_missed,
                        .fates = {},
                        .figures = {}};
    for (std::size_t i = 0; i < campaign::pledge_fate_count; ++i) result.fates[i] = sums.by_fate[i].count;
    const auto set = [&](SimulatedFigure figure, std::int64_t value) {
        result.figures[static_cast<std::size_t>(figure)] = value;
    };
    set(SimulatedFigure::backers, static_cast<std::int64_t>(statement.backers));
    set(SimulatedFigure::pledged, statement.gross.amount.minor());
    set(SimulatedFigure::cancelled, statement.cancelled.amount.minor());
    set(SimulatedFigure::dropped, statement.dropped.amount.minor());
    set(SimulatedFigure::charges, static_cast<std::int64_t>(statement.collected.count));
    set(SimulatedFigure::collected, statement.collected.amount.minor());
    set(SimulatedFigure::refunded, statement.refunded.minor());
    set(SimulatedFigure::charged_back, statement.charged_back.minor());
    set(SimulatedFigure::platform_fee, statement.platform_fee.minor());
    set(SimulatedFigure::processing_fee, statement.processing_fee.minor());
    set(SimulatedFigure::tax, (statement.platform_tax + statement.processing_tax).minor());
    set(SimulatedFigure::paid, statement.paid.minor());
    set(SimulatedFigure::owed, statement.owed.minor());
    set(SimulatedFigure::net, (statement.paid - statement.owed).minor());
    return result;
}

}  // namespace

Result<CampaignSimulation, Findings> CampaignSimulation::of(CampaignPlan plan) {
    Findings findings = defects_of(plan.terms);
    if (const auto reason = why_not_settled_by_columns(plan.terms))
        findings.push_back(refusal("terms", *reason, "a campaign of that kind", FindingKind::forbidden));
    check(plan.chances, findings);
    std::visit([&](const auto& pledges) { check(pledges, findings); }, plan.pledges);
    if (has_refusal(findings)) return failure(std::move(findings));
    auto compiled = std::make_shared<Compiled>();
    compiled->plan = std::move(plan);
    compiled->compile();
    return CampaignSimulation(std::move(compiled));
}

const CampaignPlan& CampaignSimulation::plan() const noexcept {
    return compiled_->plan;
}

std::vector<SimulatedRun> CampaignSimulation::runs(std::uint64_t seed, std::uint64_t first, std::uint64_t count) const {
    const campaign::Terms& terms = compiled_->plan.terms;
    std::vector<SimulatedRun> runs;
    runs.reserve(count);
    for (std::uint64_t begin = 0; begin < count; begin += runs_together) {
        std::vector<campaign::FateSums> sums(std::min(runs_together, count - begin));
        if (compiled_->draws_pledges())
            for (std::size_t i = 0; i < sums.size(); ++i) compiled_->draw_offers(seed, first + begin + i, sums[i]);
        else
            compiled_->draw_given(seed, first + begin, sums);
        for (std::size_t i = 0; i < sums.size(); ++i) runs.push_back(run_of(first + begin + i, terms, sums[i]));
    }
    return runs;
}

std::vector<SimulatedPledge> CampaignSimulation::pledges(std::uint64_t seed, std::uint64_t run) const {
    const std::uint64_t count = compiled_->pledges_of(seed, run);
    const std::size_t fates_each = drawn_fates.size() + 1;
    std::vector<SimulatedPledge> pledges(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::size_t k = 0;
        while (k < compiled_->thresholds.size() && !compiled_->thresholds[k].is_above({seed, run, DrawFor::fate}, i))
            ++k;
        pledges[i].amount = compiled_->amounts[compiled_->draws_pledges() ? k / fates_each : i];
        pledges[i].fate = k < compiled_->fates.size() ? compiled_->fates[k] : campaign::PledgeFate::kept;
    }
    return pledges;
}

// -------------------------------------------------------------------------------------------------------- summaries

void SimulationSummary::merge(const SimulationSummary& other) {
    runs += other.runs;
    succeeded += other.succeeded;
    goal_missed += other.goal_missed;
    for (std::size_t i = 0; i < fates.size(); ++i) fates[i] += other.fates[i];
    for (std::size_t i = 0; i < figures.size(); ++i) figures[i].merge(other.figures[i]);
}

SimulationSummary summarise(std::span<const SimulatedRun> runs) {
    SimulationSummary summary;
    summary.runs = runs.size();
    for (const SimulatedRun& run : runs) {
        summary.succeeded += run.succeeded ? 1 : 0;
        summary.goal_missed += run.goal_missed ? 1 : 0;
        for (std::size_t i = 0; i < run.fates.size(); ++i) summary.fates[i] += run.fates[i];
    }
    std::vector<std::int64_t> values(runs.size());
    for (std::size_t i = 0; i < simulated_figure_count; ++i) {
        std::transform(runs.begin(), runs.end(), values.begin(),
                       [&](const SimulatedRun& run) { return run.figures[i]; });
        summary.figures[i] = Sample(values);
    }
    return summary;
}

std::string_view to_text(SimulatedFigure figure) noexcept {
    return detail::enumerator_name(figure);
}

// ---------------------------------------------------------------------------------------------------- from a scenario

Result<CampaignPlan, Findings> plan_of(const Scenario& scenario) {
    const auto refuse = [](std::string_view rule, std::string what, std::string accepted) {
        return failure(Findings{refusal(rule, std::move(what), std::move(accepted), FindingKind::forbidden)});
    };
    const auto played = play(scenario);
    if (!played) return refuse("scenario", played.error().what, played.error().expected);
    const campaign::Campaign& campaign = played->campaign;
    if (campaign->phase == campaign::Phase::cancelled || campaign->phase == campaign::Phase::suspended)
        return refuse("scenario", "its campaign is " + std::string(to_text(campaign->phase)),
                      "one that runs to its deadline");

    CampaignPlan plan{.terms = scenario.terms, .pledges = {}};
    plan.terms.window = campaign->window;
    plan.terms.rewards.clear();
    plan.terms.add_ons.clear();
    plan.terms.stretch_goals.clear();
    plan.terms.late_pledges.reset();
    std::vector<std::int64_t> amounts;
    for (const campaign::PledgeRecord& record : campaign->book.records) {
        if (record.has(campaign::PledgeRecord::in_instalments))
            return refuse("scenario", "it has pledges in instalments", "pledges that are charged at once");
        if (!record.has(campaign::PledgeRecord::late) && record.state != campaign::PledgeState::cancelled &&
            record.amount > 0)
            amounts.push_back(record.amount);
    }
    plan.terms.instalments.reset();
    plan.pledges = std::move(amounts);
    if (const auto reason = why_not_settled_by_columns(plan.terms))
        return refuse("terms", *reason, "a campaign of that kind");
    return plan;
}

}  // namespace crowdrules
