// SPDX-License-Identifier: BSL-1.0
#include "trace.hpp"

#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/core/contract.hpp>

#include <campaign/judge/measured.hpp>
#include <map>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::detail {
namespace {

/// One event: of the campaign, told alone, or of a pledge, counted with its like.
struct Step {
    Instant at{};
    std::string_view kind{};
    std::optional<Int128> amount{};
    std::string more{};
    bool alone = false;
};

/// What an event has to tell. The campaign is as it was before the event.
class Teller {
  public:
    explicit Teller(const campaign::Campaign& before) : before_(before) {}

    Step operator()(const campaign::PledgeMade& e) const { return counted(e.amount); }
    Step operator()(const campaign::PledgeChanged& e) const { return counted(e.amount); }
    Step operator()(const campaign::PledgeCancelled& e) const { return counted(amount_of(e.pledge)); }
    Step operator()(const campaign::PledgeDropped& e) const { return counted(amount_of(e.pledge)); }
    Step operator()(const campaign::ChargeCollected& e) const { return counted(e.amount); }
    Step operator()(const campaign::ChargeFailed&) const { return {}; }
    Step operator()(const campaign::PledgeRefunded& e) const { return counted(e.amount); }
    Step operator()(const campaign::DisputeOpened& e) const { return counted(e.amount); }
    Step operator()(const campaign::DisputeWon& e) const { return counted(e.amount); }
    Step operator()(const campaign::DisputeLost& e) const { return counted(e.amount); }

    Step operator()(const campaign::PayoutMade& e) const {
        return alone("payout " + std::to_string(e.payout + 1), e.net);
    }
    Step operator()(const campaign::ReserveReleased& e) const {
        return alone("of payout " + std::to_string(e.payout + 1), e.amount);
    }
    Step operator()(const campaign::PayoutReturned& e) const {
        return alone("payout " + std::to_string(e.payout + 1) + (e.reason.empty() ? "" : ", " + e.reason), e.amount);
    }
    Step operator()(const campaign::PayoutAdded& e) const { return alone({}, e.amount); }
    Step operator()(const campaign::Delivered&) const { return alone(); }
    Step operator()(const campaign::MilestoneApproved& e) const { return alone(name_of_share(e.share)); }
    Step operator()(const campaign::MilestoneRejected& e) const { return alone(name_of_share(e.share)); }
    Step operator()(const campaign::RefundAllotted& e) const { return counted(e.amount); }
    Step operator()(const campaign::RefundReturned& e) const { return counted(e.amount); }
    Step operator()(const campaign::PledgeCut& e) const { return counted(e.amount); }
    Step operator()(const campaign::UnmatchedRecorded& e) const { return alone(e.reference, e.amount); }
    Step operator()(const campaign::UnmatchedResolved& e) const {
        return alone(e.unmatched + ", " + std::string(to_text(e.end)), e.amount);
    }
    Step operator()(const campaign::CampaignLaunched&) const { return alone(); }
    Step operator()(const campaign::CampaignPaused& e) const { return alone(e.reason); }
    Step operator()(const campaign::CampaignResumed& e) const { return alone("until " + to_text(e.closes)); }
    Step operator()(const campaign::CampaignCancelled& e) const { return alone(e.reason); }
    Step operator()(const campaign::CampaignSuspended& e) const { return alone(e.reason); }
    Step operator()(const campaign::DeadlineExtended& e) const { return alone("to " + to_text(e.closes)); }
    Step operator()(const campaign::RoundWon& e) const {
        return judged(e.counted, "the second round lasts until " + to_text(e.closes));
    }
    Step operator()(const campaign::CollectionStarted& e) const { return judged(e.counted); }
    Step operator()(const campaign::CampaignSucceeded& e) const {
        return judged(e.counted, e.goal_missed ? "the goal was missed" : "");
    }
    Step operator()(const campaign::CampaignClosed&) const { return alone(); }
    Step operator()(const campaign::CampaignFailed& e) const { return judged(e.counted); }
    Step operator()(const campaign::LatePledgesClosed&) const { return alone(); }
    Step operator()(const campaign::ReadyToShip&) const { return alone(); }
    Step operator()(const campaign::IdentityVerified& e) const { return alone(e.what); }
    Step operator()(const campaign::AccountsRelated& e) const { return alone(e.reason); }
    Step operator()(const ClaimRaised& e) const { return alone(e.claimant + " on " + e.on); }
    Step operator()(const ClaimDismissed& e) const { return alone(e.reason); }
    Step operator()(const ClaimUpheld& e) const { return alone(e.reason); }
    Step operator()(const campaign::RewardAdded& e) const { return alone(e.reward.name); }
    Step operator()(const campaign::RewardChanged& e) const { return alone(e.becomes.name); }
    Step operator()(const campaign::RewardRemoved& e) const { return alone(before_->rewards[e.reward.value - 1].name); }
    Step operator()(const campaign::AddOnAdded& e) const { return alone(e.add_on.name); }
    Step operator()(const campaign::AddOnChanged& e) const { return alone(e.becomes.name); }
    Step operator()(const campaign::AddOnRemoved& e) const { return alone(before_->add_ons[e.add_on.value - 1].name); }
    Step operator()(const campaign::StretchGoalReached& e) const {
        return alone(before_.terms().stretch_goals[e.goal].name);
    }
    Step operator()(const campaign::StretchGoalLost& e) const {
        return alone(before_.terms().stretch_goals[e.goal].name);
    }

  private:
    static Step counted(std::int64_t amount) { return {.amount = amount}; }
    static Step alone(std::string more = {}, std::optional<std::int64_t> amount = {}) {
        Step step{.more = std::move(more), .alone = true};
        if (amount) step.amount = *amount;
        return step;
    }
    /// An outcome, with what was counted.
    [[nodiscard]] Step judged(std::int64_t counted, std::string more = {}) const {
        const campaign::Measure measure = before_.terms().model.measure;
        if (measure == campaign::Measure::money) return alone(std::move(more), counted);
        const std::string count = campaign::measured(counted, before_.terms());
        return alone(more.empty() ? count : count + ", " + more);
    }
    [[nodiscard]] std::string name_of_share(std::uint32_t share) const {
        return before_.terms().payouts.shares[share].name;
    }
    [[nodiscard]] std::int64_t amount_of(PledgeId pledge) const {
        const auto view = find_pledge(before_, pledge);
        return view ? view->amount.minor() : 0;
    }

    const campaign::Campaign& before_;
};

std::vector<Step> steps_of(std::span<const campaign::Event> events) {
    campaign::Campaign campaign = replay(events.first(1));
    std::vector<Step> steps;
    steps.reserve(events.size());
    for (const campaign::Event& event : events) {
        Step step = std::visit(Teller(campaign), event.what);
        step.at = event.at;
        step.kind = name_of(event.what);
        steps.push_back(std::move(step));
        if (&event != &events.front()) evolve(campaign, event);
    }
    return steps;
}

enum class Period : std::uint8_t { day, month, year, whole };

std::int64_t number_of(Instant at, Period period) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const Date date{day};
    switch (period) {
        case Period::day:
            return day.time_since_epoch().count();
        case Period::month:
            return std::int64_t{static_cast<int>(date.year())} * 12 + std::int64_t{static_cast<unsigned>(date.month())};
        case Period::year:
            return static_cast<int>(date.year());
        case Period::whole:
            return 0;
    }
    return 0;
}

std::vector<TraceLine> lines_of(const std::vector<Step>& steps, Period period) {
    std::vector<TraceLine> lines;
    std::map<std::string_view, std::size_t> open;  // where each kind is counted now
    std::int64_t now = 0;
    for (const Step& step : steps) {
        const std::int64_t number = number_of(step.at, period);
        if (step.alone || number != now) open.clear();
        now = number;
        const auto known = step.alone ? open.end() : open.find(step.kind);
        if (known == open.end()) {
            if (!step.alone) open[step.kind] = lines.size();
            std::string what = words(step.kind);
            if (!step.more.empty()) what += ": " + step.more;
            lines.push_back({step.at, step.at, std::move(what), 1, step.amount});
            continue;
        }
        TraceLine& line = lines[known->second];
        line.to = step.at;
        ++line.count;
        if (step.amount) line.amount = line.amount.value_or(0) + *step.amount;
    }
    return lines;
}

}  // namespace

std::vector<TraceLine> trace(std::span<const campaign::Event> events, std::size_t most) {
    expects(!events.empty(), "the first event of a campaign is its launch");
    const std::vector<Step> steps = steps_of(events);
    for (const Period period : {Period::day, Period::month, Period::year}) {
        std::vector<TraceLine> lines = lines_of(steps, period);
        if (lines.size() <= most) return lines;
    }
    return lines_of(steps, Period::whole);
}

}  // namespace crowdrules::detail
