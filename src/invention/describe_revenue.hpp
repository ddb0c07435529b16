// SPDX-License-Identifier: BSL-1.0
// Describe revenue: the fields of the terms of the revenue floor, each named once, as campaign/describe.hpp names those
// of campaigns. Borders of tiers are amounts or counts, whichever the tiers are counted in.
#pragma once

#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>

#include <campaign/describe.hpp>

namespace crowdrules::detail {

template <>
inline constexpr Deduction last_of<Deduction> = Deduction::costs;
template <>
inline constexpr TierBasis last_of<TierBasis> = TierBasis::units;
template <>
inline constexpr Tiering last_of<Tiering> = Tiering::whole;
template <>
inline constexpr Counting last_of<Counting> = Counting::period;
template <>
inline constexpr ReserveOrder last_of<ReserveOrder> = ReserveOrder::after_recoupment;
template <>
inline constexpr RoyaltyRounding last_of<RoyaltyRounding> = RoyaltyRounding::running_total;
template <>
inline constexpr Totalling last_of<Totalling> = Totalling::relative;
template <>
inline constexpr Dividing last_of<Dividing> = Dividing::each_payment_cut;
template <>
inline constexpr FeeLevel last_of<FeeLevel> = FeeLevel::running_total;
template <>
inline constexpr Grace last_of<Grace> = Grace::deferred;
template <>
inline constexpr MinimumRule last_of<MinimumRule> = MinimumRule::above;

template <>
[[nodiscard]] inline std::string_view enumerator_name(TierBasis value) noexcept {
    return value == TierBasis::base ? "base" : "units";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Tiering value) noexcept {
    constexpr std::string_view names[] = {"marginal", "at_sale", "whole"};
    return names[static_cast<std::size_t>(value)];
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Counting value) noexcept {
    constexpr std::string_view names[] = {"lifetime", "since_row", "period"};
    return names[static_cast<std::size_t>(value)];
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(ReserveOrder value) noexcept {
    return value == ReserveOrder::before_recoupment ? "before_recoupment" : "after_recoupment";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(RoyaltyRounding value) noexcept {
    return value == RoyaltyRounding::each_line ? "each_line" : "running_total";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Totalling value) noexcept {
    constexpr std::string_view names[] = {"must_total", "rest_to", "relative"};
    return names[static_cast<std::size_t>(value)];
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Dividing value) noexcept {
    constexpr std::string_view names[] = {"running_total", "running_total_cut", "each_payment", "each_payment_cut"};
    return names[static_cast<std::size_t>(value)];
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(FeeLevel value) noexcept {
    return value == FeeLevel::each_payment ? "each_payment" : "running_total";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Grace value) noexcept {
    return value == Grace::free ? "free" : "deferred";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(MinimumRule value) noexcept {
    return value == MinimumRule::at_least ? "at_least" : "above";
}

inline void describe(Fields& v, Share& share) {
    v("payee", share.payee, required);
    v("weight", share.weight, required);
}
inline void describe(Fields& v, Recovery& recovery) {
    v("payee", recovery.payee);
}
inline void describe(Fields& v, RateTier& tier) {
    v.measured("up_to", tier.up_to);
    v("rate", tier.rate, required);
}
inline void describe(Fields& v, RateTerms& rate) {
    v("less", rate.less);
    v("basis", rate.basis);
    v.counted_in(rate.basis == TierBasis::units ? Measure::units : Measure::money);
    v("tiers", rate.tiers, required);
    v("tiering", rate.tiering);
    v("counting", rate.counting);
    v("counter", rate.counter);
    v("per_unit", rate.per_unit);
    v("floor_per_unit", rate.floor_per_unit);
}
inline void describe(Fields& v, DatedRow<RateTerms>& row) {
    v("from", row.from, required);
    v("rate", row.value, required);
    v("citation", row.citation);
}
inline void describe(Fields& v, RoyaltyChannel& channel) {
    v("name", channel.name, required);
    v("rates", channel.rates, required);
    v("reserved", channel.reserved, stated);
}
inline void describe(Fields& v, ReturnsReserve& reserve) {
    v("rates", reserve.rates, required);
    v("released_after", reserve.released_after, stated);
    v("order", reserve.order);
    v("rounding", reserve.rounding, required);
    v("citation", reserve.citation);
}
inline void describe(Fields& v, Withholding& withholding) {
    v("source", withholding.source);
    v("rate", withholding.rate, required);
    v("rounding", withholding.rounding, stated);
    v("citation", withholding.citation);
}
inline void describe(Fields& v, BuyOut& buy_out) {
    v("until_period", buy_out.until_period, required);
    v("multiple", buy_out.multiple, required);
}

}  // namespace crowdrules::detail
