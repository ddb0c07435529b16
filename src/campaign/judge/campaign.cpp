// SPDX-License-Identifier: BSL-1.0
// Commands about the campaign as a whole, its rewards and its add-ons.
#include <fmt/format.h>

#include "campaign/due/charges.hpp"
#include "judge.hpp"
#include "measured.hpp"
#include "time/calendar_bounds.hpp"
#include <limits>

namespace crowdrules::campaign {

Verdict Judge::judge(const PauseCampaign& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_not_taking_pledges()) return rejection;
    return std::vector<EventBody>{CampaignPaused{command.reason, command.decided_by}};
}

Instant Judge::resumed_deadline() const {
    const bool clock_stood = terms().paused_clock == ClockWhilePaused::stops && state.window.has_end();
    return clock_stood ? state.window.closes + (at - *state.paused_at) : state.window.closes;
}

Judge::Guard Judge::refuse_if_deadline_too_late(Instant closes) const {
    if (closes == never || closes <= latest_closing(terms(), state.in_second_round)) return std::nullopt;
    return reject(
        RejectionCode::deadline_too_late,
        fmt::format("the deadline would be {}, and what the terms let follow it would end after {}",
                    crowdrules::to_text(closes),
                    terms().payouts.counts_business_days()
                        ? fmt::format("the last day of the calendar '{}'", terms().payouts.calendar->name)
                        : crowdrules::to_text(latest_instant)),
        fmt::format("a deadline until {}", crowdrules::to_text(latest_closing(terms(), state.in_second_round))),
        "window.fixed");
}

Verdict Judge::judge(const ResumeCampaign& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_claimed()) return rejection;
    if (state.phase != Phase::paused) {
        return reject(RejectionCode::campaign_not_paused, fmt::format("the campaign is {}", to_text(state.phase)),
                      "a campaign that is paused", "campaign.pause");
    }
    if (auto rejection = refuse_if_deadline_too_late(resumed_deadline())) return rejection;
    return std::vector<EventBody>{CampaignResumed{resumed_deadline(), command.reason, command.decided_by}};
}

Judge::Guard Judge::refuse_if_outcome_stands() const {
    if (auto rejection = refuse_if_ended()) return rejection;
    // While nothing was charged there is nothing to give back, and all can still be let go.
    if ((!state.closed && !state.succeeded_at) || awaits_readiness(state)) return std::nullopt;
    return reject(RejectionCode::campaign_closed, "the outcome of the campaign stands", "refunds, pledge by pledge",
                  "outcome.latched");
}

Verdict Judge::judge(const CancelCampaign& command) const {
    if (auto rejection = refuse_if_outcome_stands()) return rejection;
    return std::vector<EventBody>{CampaignCancelled{command.reason}};
}

Verdict Judge::judge(const SuspendCampaign& command) const {
    if (auto rejection = refuse_if_undecided(command.decided_by)) return rejection;
    if (auto rejection = refuse_if_outcome_stands()) return rejection;
    return std::vector<EventBody>{CampaignSuspended{command.reason, command.decided_by}};
}

Verdict Judge::judge(const ExtendDeadline& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (state.closed) {
        return reject(RejectionCode::campaign_closed,
                      fmt::format("the campaign closed {}", crowdrules::to_text(*state.closed_at)),
                      "an extension before the deadline", "window.fixed");
    }
    if (!terms().may_extend || !state.window.has_end()) {
        return reject(RejectionCode::deadline_is_fixed, "the terms fix the deadline at launch", "the deadline as it is",
                      "window.fixed");
    }
    if (command.closes <= state.window.closes || command.closes > latest_instant) {
        return reject(RejectionCode::deadline_not_later,
                      fmt::format("{} is not after the present deadline {}", crowdrules::to_text(command.closes),
                                  crowdrules::to_text(state.window.closes)),
                      "a later instant, and not no deadline at all", "window.fixed");
    }
    if (auto rejection = refuse_if_deadline_too_late(command.closes)) return rejection;
    return std::vector<EventBody>{DeadlineExtended{command.closes}};
}

Verdict Judge::judge(const CloseEarly&) const {
    if (auto rejection = refuse_if_not_taking_pledges()) return rejection;
    if (!terms().may_close_early) {
        return reject(RejectionCode::early_close_not_allowed, "the terms do not let the campaign be closed early",
                      "the deadline as it is", "window.fixed");
    }
    const FundingModel& model = terms().model;
    const std::int64_t counted = toward_goal(state, support_of(state));
    if (!state.succeeded_at && !model.is_met_by(counted)) {
        return reject(RejectionCode::early_close_not_allowed,
                      fmt::format("{} counted of {} needed", campaign::measured(counted, terms()),
                                  campaign::measured(model.needed(), terms())),
                      "a campaign that has what it needs", "model.goal");
    }
    std::vector<EventBody> events;
    close(counted, events);
    return events;
}

Verdict Judge::judge(const CloseLatePledges&) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (!terms().late_pledges || state.late_closed) {
        return reject(RejectionCode::late_pledges_not_offered,
                      state.late_closed ? "late pledges were closed before" : "the terms have no late pledges",
                      "a campaign that takes late pledges", "late_pledges");
    }
    return std::vector<EventBody>{LatePledgesClosed{}};
}

Verdict Judge::judge(const ReportReadyToShip&) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_paused()) return rejection;
    if (auto rejection = refuse_if_claimed()) return rejection;
    if (!state.succeeded_at) {
        return reject(RejectionCode::campaign_not_succeeded, "the campaign has not succeeded", "a campaign that has",
                      "charges.timing");
    }
    if (terms().charges.timing != ChargeTiming::when_ready) {
        return reject(RejectionCode::readiness_not_awaited,
                      fmt::format("charges of this campaign are due {}", to_text(terms().charges.timing)),
                      "terms with charges 'when_ready'", "charges.timing");
    }
    if (state.ready_at) {
        return reject(RejectionCode::readiness_already_reported,
                      fmt::format("it was reported {}", crowdrules::to_text(*state.ready_at)), "one report",
                      "charges.timing");
    }
    const PayoutPlan& payouts = terms().payouts;
    if (auto rejection = refuse_beyond_calendar(payouts.first_after, payouts.business_days)) return rejection;
    for (const PayoutShare& share : payouts.shares) {
        if (share.after != PayoutAfter::outcome) continue;
        if (auto rejection = refuse_beyond_calendar(share.wait, share.business_days)) return rejection;
    }
    std::vector<EventBody> events;
    if (!state.closed) events.emplace_back(CampaignClosed{});
    events.emplace_back(ReadyToShip{});
    return events;
}

// ---------------------------------------------------------------------------------------------------------------------
// Rewards and add-ons share their rules, so they share their functions.

namespace {

constexpr std::size_t most_items = std::numeric_limits<std::uint16_t>::max();

std::int64_t price_of(const Reward& reward) {
    return reward.minimum;
}
std::int64_t price_of(const AddOn& add_on) {
    return add_on.price;
}

/// What only an add-on can be wrong in.
std::string wrong_in(const Judge&, const Reward&) {
    return {};
}
std::string wrong_in(const Judge& judge, const AddOn& add_on) {
    if (add_on.per_backer == 0) return fmt::format("nobody may have '{}'", add_on.name);
    for (const RewardId reward : add_on.only_with) {
        if (reward.is_none() || reward.value > judge.state.rewards.size()) {
            return fmt::format("'{}' goes with reward {}, and there are {}", add_on.name, reward.value,
                               judge.state.rewards.size());
        }
    }
    return {};
}

template <class Item>
Judge::Guard refuse_if_malformed(const Judge& judge, const Item& item) {
    const auto& maximum = judge.terms().limits.maximum;
    const auto reject = [&](std::string what, std::string accepted, std::string_view rule) {
        return judge.reject(RejectionCode::item_malformed, std::move(what), std::move(accepted), rule);
    };
    if (item.name.empty()) return reject("it has no name", "a name", "rewards");
    if (price_of(item) < 0 || item.late_price.value_or(0) < 0) {
        return reject(fmt::format("'{}' has a negative price", item.name), "a price of zero or more", "rewards");
    }
    if (maximum && price_of(item) > *maximum) {
        return reject(fmt::format("'{}' costs {}, above the largest pledge", item.name,
                                  to_grouped_text(judge.money(price_of(item)))),
                      fmt::format("at most {}", to_grouped_text(judge.money(*maximum))), "limits.maximum");
    }
    for (const ShippingRate& rate : item.shipping.rates) {
        if (rate.cost >= 0) continue;
        return reject(fmt::format("shipping '{}' to '{}' costs less than nothing", item.name, rate.destination),
                      "zero or more", "rewards");
    }
    if (item.available && item.available->closes <= item.available->opens) {
        return reject(
            fmt::format("'{}' may be chosen until {}, from {}", item.name, crowdrules::to_text(item.available->closes),
                        crowdrules::to_text(item.available->opens)),
            "an end after the start", "rewards.time");
    }
    if (std::string wrong = wrong_in(judge, item); !wrong.empty())
        return reject(std::move(wrong), "at least 1 a backer, with rewards of the campaign", "add_ons.per_backer");
    return std::nullopt;
}

template <class Item>
Judge::Guard refuse_addition(const Judge& judge, const std::vector<Item>& items, const Item& item) {
    if (auto rejection = judge.refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_malformed(judge, item)) return rejection;
    if (items.size() >= most_items) {
        return judge.reject(RejectionCode::too_many_items, fmt::format("there are {} already", items.size()),
                            fmt::format("at most {}", most_items));
    }
    return std::nullopt;
}

/// Why `before` may not become `becomes`, when `taken` of it are taken.
template <class Item>
Judge::Guard refuse_change(const Judge& judge, const Item& before, const Item& becomes, std::uint32_t taken) {
    if (taken > 0) {
        Item same_but_quantity = becomes;
        same_but_quantity.quantity = before.quantity;
        if (!(same_but_quantity == before)) {
            return judge.reject(RejectionCode::item_has_backers, fmt::format("'{}' has {} takers", before.name, taken),
                                "the same with more of it, or a new one", "rewards.frozen");
        }
    }
    const bool falls = becomes.quantity && (!before.quantity || *becomes.quantity < *before.quantity);
    if (falls && (taken > 0 || before.quantity)) {
        return judge.reject(
            RejectionCode::quantity_may_not_fall,
            fmt::format("'{}' has {} and {} is less", before.name,
                        before.quantity ? fmt::to_string(*before.quantity) : "no limit", *becomes.quantity),
            "the same quantity or more", "rewards.quantity");
    }
    return refuse_if_malformed(judge, becomes);
}

template <class Item>
Judge::Guard refuse_removal(const Judge& judge, const Item& item, std::uint32_t taken) {
    if (taken == 0) return std::nullopt;
    return judge.reject(RejectionCode::item_has_backers, fmt::format("'{}' has {} takers", item.name, taken),
                        "one that nobody has taken", "rewards.frozen");
}

template <class Item, class ItemId>
Judge::Guard refuse_if_unknown(const Judge& judge, RejectionCode code, std::string_view kind,
                               const std::vector<Item>& items, const std::vector<bool>& removed, ItemId id) {
    if (!id.is_none() && id.value <= items.size() && !removed[id.value - 1]) return std::nullopt;
    return judge.reject(code, fmt::format("there is no {} {}", kind, id.value),
                        fmt::format("one of the {} there are", items.size()));
}

}  // namespace

Verdict Judge::judge(const AddReward& command) const {
    if (auto rejection = refuse_addition(*this, state.rewards, command.reward)) return rejection;
    return std::vector<EventBody>{RewardAdded{command.reward}};
}

Verdict Judge::judge(const ChangeReward& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_unknown(*this, RejectionCode::reward_unknown, "reward", state.rewards,
                                           state.reward_removed, command.reward)) {
        return rejection;
    }
    const std::size_t place = command.reward.value - 1;
    if (auto rejection = refuse_change(*this, state.rewards[place], command.becomes, state.reward_taken[place])) {
        return rejection;
    }
    return std::vector<EventBody>{RewardChanged{command.reward, command.becomes}};
}

Verdict Judge::judge(const RemoveReward& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_unknown(*this, RejectionCode::reward_unknown, "reward", state.rewards,
                                           state.reward_removed, command.reward)) {
        return rejection;
    }
    const std::size_t place = command.reward.value - 1;
    if (auto rejection = refuse_removal(*this, state.rewards[place], state.reward_taken[place])) return rejection;
    return std::vector<EventBody>{RewardRemoved{command.reward}};
}

Verdict Judge::judge(const AddAddOn& command) const {
    if (auto rejection = refuse_addition(*this, state.add_ons, command.add_on)) return rejection;
    return std::vector<EventBody>{AddOnAdded{command.add_on}};
}

Verdict Judge::judge(const ChangeAddOn& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_unknown(*this, RejectionCode::add_on_unknown, "add-on", state.add_ons,
                                           state.add_on_removed, command.add_on)) {
        return rejection;
    }
    const std::size_t place = command.add_on.value - 1;
    if (auto rejection = refuse_change(*this, state.add_ons[place], command.becomes, state.add_on_taken[place])) {
        return rejection;
    }
    return std::vector<EventBody>{AddOnChanged{command.add_on, command.becomes}};
}

Verdict Judge::judge(const RemoveAddOn& command) const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (auto rejection = refuse_if_unknown(*this, RejectionCode::add_on_unknown, "add-on", state.add_ons,
                                           state.add_on_removed, command.add_on)) {
        return rejection;
    }
    const std::size_t place = command.add_on.value - 1;
    if (auto rejection = refuse_removal(*this, state.add_ons[place], state.add_on_taken[place])) return rejection;
    return std::vector<EventBody>{AddOnRemoved{command.add_on}};
}

}  // namespace crowdrules::campaign
