// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/core/contract.hpp>

#include "campaign/state/support.hpp"
#include <algorithm>
#include <limits>

namespace crowdrules::campaign {

std::int64_t counted_now(const Campaign& campaign) {
    // Refunds after the end change nothing of what was reached. Only a collection that decides still counts on.
    const bool counts_on = !campaign->closed || (campaign->phase == Phase::collecting &&
                                                 campaign.terms().model.counts == GoalBasis::collected);
    return counts_on ? toward_goal(*campaign, support_of(*campaign)) : campaign->totals.ended_counted;
}

std::optional<std::int64_t> percent_funded(const Campaign& campaign) {
    const FundingModel& model = campaign.terms().model;
    if (model.goal <= 0) return std::nullopt;
    const Int128 percent = static_cast<Int128>(counted_now(campaign)) * 100 / model.goal;
    return static_cast<std::int64_t>(std::min<Int128>(percent, std::numeric_limits<std::int64_t>::max()));
}

std::optional<std::uint32_t> remaining(const Campaign& campaign, RewardId reward) {
    expects(!reward.is_none() && reward.value <= campaign->rewards.size(), "a reward of the campaign");
    const auto& quantity = campaign->rewards[reward.value - 1].quantity;
    const std::uint32_t taken = campaign->reward_taken[reward.value - 1];
    if (!quantity) return std::nullopt;
    return *quantity > taken ? *quantity - taken : 0;
}

std::optional<std::uint32_t> remaining(const Campaign& campaign, AddOnId add_on) {
    expects(!add_on.is_none() && add_on.value <= campaign->add_ons.size(), "an add-on of the campaign");
    const auto& quantity = campaign->add_ons[add_on.value - 1].quantity;
    const std::uint32_t taken = campaign->add_on_taken[add_on.value - 1];
    if (!quantity) return std::nullopt;
    return *quantity > taken ? *quantity - taken : 0;
}

std::int64_t counted_toward(const Campaign& campaign, const StretchGoal& goal) {
    return toward(*campaign, goal, support_of(*campaign));
}

std::optional<PledgeView> find_pledge(const Campaign& campaign, PledgeId pledge) {
    const PledgeBook& book = campaign->book;
    const Handle handle = book.pledges.find(pledge.value);
    if (handle == no_handle) return std::nullopt;
    const PledgeRecord& record = book.records[handle];
    const PledgeDetail* detail = book.detail_of(handle);
    const Currency currency = campaign.terms().currency;
    return PledgeView{.pledge = pledge,
                      .backer = BackerId{book.backers.id_of(record.backer)},
                      .reward = RewardId{record.reward},
                      .amount = {record.amount, currency},
                      .state = record.state,
                      .late = record.has(PledgeRecord::late),
                      .charged = record.has(PledgeRecord::charged),
                      .refunded = {detail ? detail->refunded : 0, currency}};
}

}  // namespace crowdrules::campaign
