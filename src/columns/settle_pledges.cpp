// SPDX-License-Identifier: BSL-1.0
// Pledges are judged first, those that stand are summed by what becomes of them, and the sums are settled. Only a
// column in which some pledge is refused is gone through pledge by pledge.
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/ledger/ledger.hpp>
#include <crowdrules/money/allocate.hpp>

#include "campaign/judge/choice_rules.hpp"
#include "campaign/judge/judge.hpp"
#include "campaign/due/payouts.hpp"
#include "core/enumerators.hpp"
#include <algorithm>
#include <limits>
#include <numeric>

namespace crowdrules {

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

/// A refusal's reason has the name of its code.
PledgeReason reason_of(campaign::RejectionCode code) {
    const auto reason = detail::enumerator_called<PledgeReason>(detail::enumerator_name(code));
    expects(reason.has_value(), "columns know the reason of this refusal");
    return *reason;
}

/// What sending a reward costs where it costs least; nothing when it is sent nowhere.
std::optional<std::int64_t> least_shipping(const campaign::Shipping& shipping) {
    if (shipping.ships == campaign::Ships::not_shipped) return 0;
    // "everywhere" is the name of no place, so that this is what a place without a rate of its own pays.
    std::optional<std::int64_t> least = shipping.cost_to(campaign::everywhere);
    for (const campaign::ShippingRate& rate : shipping.rates) least = std::min(least.value_or(rate.cost), rate.cost);
    return least;
}

/// What a pledge for one reward, or for none, is held against.
struct Offer {
    const campaign::Reward* reward = nullptr;
    std::optional<campaign::RejectionCode> never{};         ///< why it can never be chosen ...
    std::optional<campaign::RejectionCode> never_priced{};  ///< ... or, where it is not sold out, never paid for
    std::int64_t least = 0;
};

Offer offer_of(const campaign::Terms& terms, const campaign::Reward* reward) {
    Offer offer{.reward = reward, .least = least_pledge(terms.limits, 0)};
    if (lacks_reward(terms.limits, reward != nullptr)) offer.never = campaign::RejectionCode::reward_required;
    if (reward == nullptr) return offer;
    if (reward->available && terms.window.is_past(reward->available->opens))
        offer.never = campaign::RejectionCode::reward_not_started;
    if (reward->available && reward->available->is_past(terms.window.opens))
        offer.never = campaign::RejectionCode::reward_expired;
    const auto shipping = least_shipping(reward->shipping);
    std::int64_t price = 0;
    if (!shipping)
        offer.never_priced = campaign::RejectionCode::not_shipped_there;
    else if (__builtin_add_overflow(reward->minimum, *shipping, &price))
        offer.never_priced = campaign::RejectionCode::amount_too_large;
    offer.least = least_pledge(terms.limits, price);
    return offer;
}

/// The pledges of a column that stand: all of it, or copies.
class Standing {
  public:
    Standing(const campaign::Terms& terms, const PledgeColumns& pledges)
        : terms_(terms), all_(pledges), these_(pledges) {
        offers_.push_back(offer_of(terms, nullptr));
        for (const campaign::Reward& reward : terms.rewards) offers_.push_back(offer_of(terms, &reward));
    }

    /// Judges all pledges, or says which of them is none.
    [[nodiscard]] std::optional<RowError> judge() {
        if (auto error = malformed()) return error;
        if (!all_stand()) judge_each();
        return std::nullopt;
    }

    [[nodiscard]] const PledgeColumns& pledges() const noexcept { return these_; }
    [[nodiscard]] std::int64_t total() const noexcept { return total_; }
    /// How many have no reward, and how many each.
    [[nodiscard]] std::vector<std::uint32_t>& taken() noexcept { return taken_; }
    /// Of every pledge of the column; empty when all stand.
    [[nodiscard]] std::span<const PledgeReason> reasons() const noexcept { return reasons_; }

  private:
    [[nodiscard]] std::optional<RowError> malformed() const {
        const auto row_of = [](auto column, auto is_bad) {
            bool any = false;  // all are looked at without a jump, which goes at the speed of memory
            for (const auto one : column) any |= is_bad(one);
            if (!any) return column.size();
            return static_cast<std::size_t>(std::find_if(column.begin(), column.end(), is_bad) - column.begin());
        };
        const std::size_t amount = row_of(all_.amounts, [](std::int64_t one) { return one < 1; });
        if (amount < all_.amounts.size())
            return RowError{"amounts", amount, std::to_string(all_.amounts[amount]) + " is no pledge",
                            "at least 1 minor unit of " + std::string(terms_.currency.code())};
        const std::size_t count = terms_.rewards.size();
        const std::size_t reward = row_of(all_.rewards, [&](std::uint16_t one) { return one > count; });
        if (reward < all_.rewards.size())
            return RowError{"rewards", reward, "there is no reward " + std::to_string(all_.rewards[reward]),
                            "0 for none, or 1 to " + std::to_string(count)};
        const std::size_t flag = row_of(all_.collected, [](std::uint8_t one) { return one > 1; });
        if (flag < all_.collected.size())
            return RowError{"collected", flag, std::to_string(all_.collected[flag]) + " is neither 1 nor 0",
                            "1 for charged, 0 for never charged"};
        return std::nullopt;
    }

    /// Counts them, and says whether none is refused.
    bool all_stand() {
        taken_.assign(offers_.size(), 0);
        const std::int64_t most = terms_.limits.maximum.value_or(largest);
        bool fits = true;
        if (all_.rewards.empty()) {
            taken_[0] = static_cast<std::uint32_t>(all_.amounts.size());
            std::int64_t lowest = largest, highest = 0;
            for (const std::int64_t amount : all_.amounts) {
                lowest = std::min(lowest, amount);
                highest = std::max(highest, amount);
            }
            fits = lowest >= offers_[0].least && highest <= most;
        } else {
            std::vector<std::int64_t> least(offers_.size());
            std::transform(offers_.begin(), offers_.end(), least.begin(), [](const Offer& o) { return o.least; });
            for (std::size_t row = 0; row < all_.amounts.size(); ++row) {
                const std::int64_t amount = all_.amounts[row];
                ++taken_[all_.rewards[row]];
                fits &= amount >= least[all_.rewards[row]] && amount <= most;
            }
        }
        for (std::size_t i = 0; i < offers_.size(); ++i) {
            const Offer& offer = offers_[i];
            if (taken_[i] == 0) continue;
            fits = fits && !offer.never && !offer.never_priced &&
                   (offer.reward == nullptr || !is_sold_out(*offer.reward, taken_[i] - 1));
        }
        const Int128 sum = exact_sum(all_.amounts);
        if (!fits || sum > largest) return false;
        total_ = static_cast<std::int64_t>(sum);
        return true;
    }

    /// As `decide` would, in the same order of refusals.
    [[nodiscard]] std::optional<campaign::RejectionCode> refusal(std::int64_t amount, std::size_t reward) const {
        const Offer& offer = offers_[reward];
        if (offer.never) return offer.never;
        if (offer.reward != nullptr && is_sold_out(*offer.reward, taken_[reward]))
            return campaign::RejectionCode::reward_sold_out;
        if (offer.never_priced) return offer.never_priced;
        if (const auto code = amount_refusal(terms_.limits, offer.least, amount)) return code;
        if (amount > largest - total_) return campaign::RejectionCode::amount_too_large;
        return std::nullopt;
    }

    void judge_each() {
        taken_.assign(offers_.size(), 0);
        total_ = 0;
        reasons_.assign(all_.amounts.size(), PledgeReason::none);
        for (std::size_t row = 0; row < all_.amounts.size(); ++row) {
            const std::size_t reward = all_.rewards.empty() ? 0 : all_.rewards[row];
            if (const auto code = refusal(all_.amounts[row], reward)) {
                reasons_[row] = reason_of(*code);
                continue;
            }
            ++taken_[reward];
            total_ += all_.amounts[row];
            amounts_.push_back(all_.amounts[row]);
            if (!all_.rewards.empty()) rewards_.push_back(all_.rewards[row]);
            if (!all_.collected.empty()) collected_.push_back(all_.collected[row]);
        }
        these_ = {amounts_, rewards_, collected_};
    }

    const campaign::Terms& terms_;
    PledgeColumns all_, these_;
    std::vector<Offer> offers_;
    std::vector<std::uint32_t> taken_;
    std::int64_t total_ = 0;
    std::vector<PledgeReason> reasons_;
    std::vector<std::int64_t> amounts_;
    std::vector<std::uint16_t> rewards_;
    std::vector<std::uint8_t> collected_;
};

/// The amounts that were charged, without those that were dropped.
struct Charged {
    std::vector<std::int64_t> kept{};  ///< used only when something was dropped
    std::span<const std::int64_t> amounts;
    campaign::FateSum dropped{};
};

Charged charged_of(const PledgeColumns& pledges, std::vector<std::uint32_t>& taken) {
    Charged charged{.amounts = pledges.amounts};
    for (std::size_t i = 0; i < pledges.collected.size(); ++i) {
        if (pledges.collected[i] != 0) continue;
        ++charged.dropped.count;
        charged.dropped.amount += pledges.amounts[i];
        --taken[pledges.rewards.empty() ? 0 : pledges.rewards[i]];
    }
    if (charged.dropped.count == 0) return charged;
    charged.kept.reserve(pledges.amounts.size() - charged.dropped.count);
    for (std::size_t i = 0; i < pledges.amounts.size(); ++i)
        if (pledges.collected[i] != 0) charged.kept.push_back(pledges.amounts[i]);
    charged.amounts = charged.kept;
    return charged;
}

/// The processing fees of all charges, apart from their tax; of each, with its tax, where `each` has a place for it.
campaign::FeeParts fees_of(const campaign::Terms& terms, std::span<const std::int64_t> charges,
                           std::span<std::int64_t> each) {
    const FeeSchedule& schedule = terms.fees.processing;
    const auto narrowed = [](Int128 sum) {
        if (sum > largest) throw Overflow("the fees together leave 64 bits");
        return static_cast<std::int64_t>(sum);
    };
    if (!schedule.tax) {
        const FeeColumn column(schedule);
        return {.fee = narrowed(each.empty() ? column.total(charges) : column.fees(charges, each))};
    }
    Int128 fees = 0, taxes = 0;
    for (std::size_t i = 0; i < charges.size(); ++i) {
        const campaign::FeeParts one = campaign::fee_parts(schedule, {charges[i], terms.currency});
        fees += one.fee;
        taxes += one.tax;
        if (!each.empty() && __builtin_add_overflow(one.fee, one.tax, &each[i]))
            throw Overflow("the fee of a charge leaves 64 bits");
    }
    return {.fee = narrowed(fees), .tax = narrowed(taxes)};
}

void write_figures(const PledgeColumns& all, const Standing& standing, const campaign::Statement& statement,
                   std::span<const std::int64_t> charges, std::span<const std::int64_t> fees,
                   const PledgeFigures& figures) {
    // The platform's fee is due once on the total; each charge bears its part of it, to the last cent.
    std::vector<std::int64_t> shares(charges.size());
    if (!charges.empty() && (!figures.platform_fee.empty() || !figures.net.empty()))
        allocate_into((statement.platform_fee + statement.platform_tax).minor(), charges,
                      {.spare = AllocationMethod::largest_remainder}, shares);
    const bool succeeded = statement.phase == campaign::Phase::succeeded;
    const auto put = [](auto column, std::size_t row, auto value) {
        if (!column.empty()) column[row] = value;
    };
    for (std::size_t row = 0, charge = 0; row < all.amounts.size(); ++row) {
        PledgeReason reason = standing.reasons().empty() ? PledgeReason::none : standing.reasons()[row];
        RowOutcome outcome = RowOutcome::refused;
        std::int64_t fee = 0, share = 0, net = 0;
        if (reason == PledgeReason::none) {
            if (!succeeded) {
                outcome = RowOutcome::released;
                reason = PledgeReason::goal_missed;
            } else if (!all.collected.empty() && all.collected[row] == 0) {
                outcome = RowOutcome::dropped;
                reason = PledgeReason::never_collected;
            } else {
                outcome = RowOutcome::collected;
                fee = fees.empty() ? 0 : fees[charge];
                share = shares[charge];
                ++charge;
                net = all.amounts[row] - fee - share;
            }
        }
        put(figures.fee, row, fee);
        put(figures.platform_fee, row, share);
        put(figures.net, row, net);
        put(figures.outcome, row, outcome);
        put(figures.reason, row, reason);
    }
}

}  // namespace

std::string_view to_text(RowOutcome outcome) noexcept {
    return detail::enumerator_name(outcome);
}

std::string_view to_text(PledgeReason reason) noexcept {
    return reason == PledgeReason::none ? "" : detail::enumerator_name(reason);
}

Result<campaign::Statement, RowError> settle(const campaign::Terms& terms, const PledgeColumns& pledges,
                                             const PledgeFigures& figures) {
    expects(!has_refusal(defects_of(terms)), "the terms are sound");
    if (const auto reason = why_not_settled_by_columns(terms)) throw ContractViolation(*reason);
    const std::size_t rows = pledges.amounts.size();
    const auto fits = [&](auto column) { return column.empty() || column.size() == rows; };
    expects(fits(pledges.rewards) && fits(pledges.collected) && fits(figures.fee) && fits(figures.platform_fee) &&
                fits(figures.net) && fits(figures.outcome) && fits(figures.reason),
            "the columns are of equal length, or empty");

    Standing standing(terms, pledges);
    if (auto error = standing.judge()) return failure(std::move(*error));
    const PledgeColumns& these = standing.pledges();
    const std::int64_t count = static_cast<std::int64_t>(these.amounts.size());

    // A campaign that fails charges nobody, so its fees are not looked at; but who has which reward is.
    campaign::FateSums sums;
    Charged charged;
    std::vector<std::int64_t> fees;
    const std::int64_t counted = terms.model.measure == campaign::Measure::money ? standing.total() : count;
    if (terms.model.is_met_by(counted) || (terms.model.miss == campaign::OnMiss::keep && counted > 0)) {
        charged = charged_of(these, standing.taken());
        if (!figures.fee.empty() || !figures.net.empty()) fees.resize(charged.amounts.size());
        const campaign::FeeParts fee = fees_of(terms, charged.amounts, fees);
        sums[campaign::PledgeFate::dropped] = charged.dropped;
        sums[campaign::PledgeFate::kept] = {.count = charged.amounts.size(),
                                            .amount = standing.total() - charged.dropped.amount,
                                            .fee = fee.fee,
                                            .tax = fee.tax};
    } else {
        sums[campaign::PledgeFate::kept] = {.count = these.amounts.size(), .amount = standing.total()};
    }
    const campaign::Statement statement = settle_sums(terms, sums, std::span(standing.taken()).subspan(1));
    const bool wants_rows = !(figures.fee.empty() && figures.platform_fee.empty() && figures.net.empty() &&
                              figures.outcome.empty() && figures.reason.empty());
    if (wants_rows) write_figures(pledges, standing, statement, charged.amounts, fees, figures);
    return statement;
}

}  // namespace crowdrules
