// SPDX-License-Identifier: BSL-1.0
// Revenue rules: what the values of a pack come to for a plan of sharing revenue.
#pragma once

#include "earning_rules.hpp"

namespace crowdrules::detail {

/// A fee as a pack has it: whom it is for is a party.
struct PartyFee {
    FeeSchedule schedule;
    std::string to;
    std::optional<Rounding> rounding;  ///< none: that of `split.fee_rounding`
    std::vector<std::string> after;
    revenue::FeeLevel level = revenue::FeeLevel::each_payment;
    bool included = false;
};

/// What a split must look like.
struct SplitLimits {
    std::size_t payees = 0;      ///< at least
    bool above_zero = false;     ///< every weight
    std::optional<Decimal> fee;  ///< the most that the rate of a fee may be
    std::map<std::string, Bounds> parts;
};

struct RevenueRules : EarningRules {
    std::map<std::string, Bounds> rate_bounds;  ///< by channel
    Rounding rounding{RoundingMode::half_even};
    revenue::RoyaltyRounding rounded = revenue::RoyaltyRounding::running_total;
    std::optional<revenue::ReturnsReserve> reserve;
    std::optional<Money> guarantee, cap;

    revenue::Totalling totalling = revenue::Totalling::must_total;
    Weight whole = 100;
    std::string rest;
    std::vector<DatedRow<std::map<std::string, Weight>>> shares;  ///< by party
    std::vector<DatedRow<std::vector<PartyFee>>> fees;
    std::optional<Rounding> fee_rounding;
    revenue::Dividing dividing = revenue::Dividing::running_total;
    Split split{AllocationMethod::largest_remainder};
    SplitLimits split_limits;

    Decimal note_share{}, note_multiple{};
    std::optional<Bounds> note_multiples;
    std::optional<Money> note_holding;
    std::size_t grace_periods = 0;
    revenue::Grace grace = revenue::Grace::free;
    std::size_t misses = 0;
    std::optional<std::size_t> maturity;
    Rounding note_rounding{RoundingMode::half_even};
    std::vector<revenue::BuyOut> buy_outs;
    Cadence note_every;

    Rounding payout_rounding{RoundingMode::down};
    std::optional<Elapsed> paid_after;
    std::map<std::string, std::vector<revenue::Withholding>> withholding;  ///< by tax status
    Rounding withholding_rounding{RoundingMode::half_even};
    std::vector<SupportStage> support;
};

template <>
std::span<const Parameter<RevenueRules>> parameters<RevenueRules>() noexcept;

}  // namespace crowdrules::detail
