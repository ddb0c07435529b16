// SPDX-License-Identifier: BSL-1.0
// Campaigns of all kinds, and what may happen to them, by fixed seeds.
#pragma once

#include "books.hpp"

namespace crowdrules::campaign::sample {

/// Terms in which every part of the money's way is used by some seed.
inline Terms any_terms(std::mt19937_64& random) {
    Terms agreed = terms(FundingModel::all_or_nothing(cents(300'00)));
    agreed.limits.one_per_backer = false;
    agreed.late_pledges = LatePledges{};
    const std::uint64_t model = any(random, 6);
    if (model == 1) agreed.model.miss = OnMiss::keep;
    if (model == 2) agreed.model.judged = OutcomeTiming::when_reached;
    if (model == 3) agreed.model.judged = OutcomeTiming::after_collection;
    if (model == 4) agreed.model = FundingModel::two_rounds(cents(300'00), cents(900'00), days{20});
    if (any(random, 3) == 0) agreed.charges = {.timing = ChargeTiming::at_pledge};
    if (any(random, 2) == 0) {
        agreed.fees.processing.bands = {{.rate = decimal("5%"), .fixed = 5},
                                        {.from = 10'00, .rate = decimal("3%"), .fixed = 20}};
    }
    if (any(random, 3) == 0) {
        const FeeTax tax{.rate = decimal("19%"), .rounding = {RoundingMode::half_up}, .included = any(random, 2) == 0};
        agreed.fees.processing.tax = tax;
        agreed.fees.platform.tax = tax;
    }
    if (any(random, 2) == 0 && agreed.model.judged != OutcomeTiming::after_collection) {
        agreed.instalments = InstalmentPlan{.minimum = 20'00, .retry_first = days{7}, .retry_later = days{14}};
    }
    if (any(random, 2) == 0) {
        agreed.payouts = {.first_after = days{14},
                          .later_first_after = days{17},
                          .later_every = {.every = days{7}},
                          .later_cut_off = days{3}};
    }
    if (any(random, 2) == 0)
        agreed.reserve = ReservePlan{.rate = decimal("7%"), .trigger = 200'00, .held_for = days{90}};
    if (any(random, 3) == 0) agreed.refunds.partial = PartialRefundFee::kept;
    agreed.refunds.backer_may_claim_while_live = any(random, 2) == 0;
    return agreed;
}

inline CommandBody any_command(std::mt19937_64& random, std::uint64_t pledges) {
    const PledgeId pledge{1 + any(random, pledges + 1)};
    const auto instalment = static_cast<std::uint32_t>(1 + any(random, 20) / 15);
    switch (any(random, 12)) {
        case 0:
        case 1:
        case 2:
            return MakePledge{PledgeId{pledges + 1},
                              BackerId{1 + any(random, 40)},
                              {.amount = cents(static_cast<std::int64_t>(1'00 + any(random, 90'00))),
                               .in_instalments = any(random, 3) == 0}};
        case 3:
        case 4:
        case 5:
            return RecordCharge{pledge, any(random, 5) != 0, instalment};
        case 6:
            return RefundPledge{pledge, cents(static_cast<std::int64_t>(1 + any(random, 60'00)))};
        case 7:
            return OpenDispute{pledge, instalment, any(random, 2) == 0 ? DisputeReason::fraud : DisputeReason::reward};
        case 8:
            return CloseDispute{pledge, any(random, 2) == 0};
        case 9:
            return PayOut{static_cast<std::uint32_t>(any(random, 5))};
        case 10:
            if (any(random, 60) == 0) return CancelCampaign{"any"};
            return CancelPledge{pledge};
        default:
            return ChangePledge{pledge, {.amount = cents(static_cast<std::int64_t>(1'00 + any(random, 90'00)))}};
    }
}

/// A campaign to which `steps` commands were given at any times; those that may not happen did not.
inline Player any_history(std::uint64_t seed, int steps) {
    std::mt19937_64 random(seed);
    Player play(any_terms(random));
    Instant at = opens;
    std::uint64_t pledges = 0;
    for (int step = 0; step < steps; ++step) {
        if (any(random, 4) == 0) at += 1h * any(random, 60);
        const CommandBody command = any_command(random, pledges);
        play.pass(at);
        if (play.refused(at, command)) continue;
        play.does(at, command);
        if (std::holds_alternative<MakePledge>(command)) ++pledges;
    }
    return play;
}

}  // namespace crowdrules::campaign::sample
