// SPDX-License-Identifier: BSL-1.0
#include "trace.hpp"

#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/core/contract.hpp>
#include <words/page.hpp>

#include <map>
#include <words/number.hpp>

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
    explicit Teller(const Campaign& before) : before_(before) {}

    Step operator()(const PledgeMade& e) const { return counted(e.amount); }
    Step operator()(const PledgeChanged& e) const { return counted(e.amount); }
    Step operator()(const PledgeCancelled& e) const { return counted(amount_of(e.pledge)); }
    Step operator()(const PledgeDropped& e) const { return counted(amount_of(e.pledge)); }
    Step operator()(const ChargeCollected& e) const { return counted(e.amount); }
    Step operator()(const ChargeFailed&) const { return {}; }
    Step operator()(const PledgeRefunded& e) const { return counted(e.amount); }
    Step operator()(const DisputeOpened& e) const { return counted(e.amount); }
    Step operator()(const DisputeWon& e) const { return counted(e.amount); }
    Step operator()(const DisputeLost& e) const { return counted(e.amount); }

    Step operator()(const PayoutMade& e) const { return alone("payout " + std::to_string(e.payout + 1), e.net); }
    Step operator()(const ReserveReleased& e) const {
        return alone("of payout " + std::to_string(e.payout + 1), e.amount);
    }
    Step operator()(const PayoutReturned& e) const {
        return alone("payout " + std::to_string(e.payout + 1) + (e.reason.empty() ? "" : ", " + e.reason), e.amount);
    }
    Step operator()(const PayoutAdded& e) const { return alone({}, e.amount); }
    Step operator()(const CampaignLaunched&) const { return alone(); }
    Step operator()(const CampaignPaused& e) const { return alone(e.reason); }
    Step operator()(const CampaignResumed& e) const { return alone("until " + to_text(e.closes)); }
    Step operator()(const CampaignCancelled& e) const { return alone(e.reason); }
    Step operator()(const CampaignSuspended& e) const { return alone(e.reason); }
    Step operator()(const DeadlineExtended& e) const { return alone("to " + to_text(e.closes)); }
    Step operator()(const RoundWon& e) const {
        return judged(e.counted, "the second round lasts until " + to_text(e.closes));
    }
    Step operator()(const CollectionStarted& e) const { return judged(e.counted); }
    Step operator()(const CampaignSucceeded& e) const {
        return judged(e.counted, e.goal_missed ? "the goal was missed" : "");
    }
    Step operator()(const CampaignClosed&) const { return alone(); }
    Step operator()(const CampaignFailed& e) const { return judged(e.counted); }
    Step operator()(const LatePledgesClosed&) const { return alone(); }
    Step operator()(const ReadyToShip&) const { return alone(); }
    Step operator()(const IdentityVerified& e) const { return alone(e.what); }
    Step operator()(const AccountsRelated& e) const { return alone(e.reason); }
    Step operator()(const ClaimRaised& e) const { return alone(e.claimant + " on " + e.on); }
    Step operator()(const ClaimDismissed& e) const { return alone(e.reason); }
    Step operator()(const ClaimUpheld& e) const { return alone(e.reason); }
    Step operator()(const RewardAdded& e) const { return alone(e.reward.name); }
    Step operator()(const RewardChanged& e) const { return alone(e.becomes.name); }
    Step operator()(const RewardRemoved& e) const { return alone(before_->rewards[e.reward.value - 1].name); }
    Step operator()(const AddOnAdded& e) const { return alone(e.add_on.name); }
    Step operator()(const AddOnChanged& e) const { return alone(e.becomes.name); }
    Step operator()(const AddOnRemoved& e) const { return alone(before_->add_ons[e.add_on.value - 1].name); }
    Step operator()(const StretchGoalReached& e) const { return alone(before_.terms().stretch_goals[e.goal].name); }
    Step operator()(const StretchGoalLost& e) const { return alone(before_.terms().stretch_goals[e.goal].name); }

  private:
    static Step counted(std::int64_t amount) { return {.amount = amount}; }
    static Step alone(std::string more = {}, std::optional<std::int64_t> amount = {}) {
        Step step{.more = std::move(more), .alone = true};
        if (amount) step.amount = *amount;
        return step;
    }
    /// An outcome, with what was counted.
    [[nodiscard]] Step judged(std::int64_t counted, std::string more = {}) const {
        const Measure measure = before_.terms().model.measure;
        if (measure == Measure::money) return alone(std::move(more), counted);
        const std::string count = std::to_string(counted) + " " + std::string(to_text(measure));
        return alone(more.empty() ? count : count + ", " + more);
    }
    [[nodiscard]] std::int64_t amount_of(PledgeId pledge) const {
        const auto view = find_pledge(before_, pledge);
        return view ? view->amount.minor() : 0;
    }

    const Campaign& before_;
};

std::vector<Step> steps_of(std::span<const Event> events) {
    Campaign campaign = replay(events.first(1));
    std::vector<Step> steps;
    steps.reserve(events.size());
    for (const Event& event : events) {
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

std::vector<TraceLine> trace(std::span<const Event> events, std::size_t most) {
    expects(!events.empty(), "the first event of a campaign is its launch");
    const std::vector<Step> steps = steps_of(events);
    for (const Period period : {Period::day, Period::month, Period::year}) {
        std::vector<TraceLine> lines = lines_of(steps, period);
        if (lines.size() <= most) return lines;
    }
    return lines_of(steps, Period::whole);
}

}  // namespace crowdrules::detail
