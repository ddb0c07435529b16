// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/fees/fee_schedule.hpp>

#include <fmt/format.h>

#include "money/rate.hpp"
#include "rounded_fee.hpp"
#include <algorithm>

namespace crowdrules {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr unsigned most_decimals = 18;

bool is_rate_of_fee(const Decimal& rate) noexcept {
    return rate.scale() <= most_decimals && is_rate(rate);
}

std::optional<std::string> defect_of_bands(const FeeSchedule& schedule) {
    std::int64_t fixed_together = 0;
    for (std::size_t i = 0; i < schedule.bands.size(); ++i) {
        const FeeBand& band = schedule.bands[i];
        if (band.from < 0) return fmt::format("band {} starts at {}, below zero", i + 1, band.from);
        if (i > 0 && band.from <= schedule.bands[i - 1].from)
            return fmt::format("band {} starts at {}, but the band before it at {}; bands must ascend", i + 1,
                               band.from, schedule.bands[i - 1].from);
        if (!is_rate_of_fee(band.rate))
            return fmt::format("band {} has the rate {}; accepted are 0 to 1 with at most {} decimals", i + 1,
                               to_text(band.rate), most_decimals);
        if (band.fixed < 0) return fmt::format("band {} has the fixed part {}, below zero", i + 1, band.fixed);
        if (schedule.banding == Banding::marginal &&
            __builtin_add_overflow(fixed_together, band.fixed, &fixed_together))
            return fmt::format("the fixed parts up to band {} need more than 64 bits", i + 1);
    }
    return std::nullopt;
}

void expect_sound(const FeeSchedule& schedule) {
    if (const auto defect = defect_of(schedule))
        throw ContractViolation(fmt::format("fee schedule '{}': {}", schedule.name, *defect));
}

/// The exact fee in 10^-scale minor units. Expects: amount is at or above the first band.
Int128 exact_fee(const FeeSchedule& schedule, std::int64_t amount, unsigned scale) {
    Int128 exact = 0;
    for (std::size_t i = schedule.bands.size(); i-- > 0;) {
        const FeeBand& band = schedule.bands[i];
        if (amount < band.from) continue;
        const std::int64_t slice = schedule.banding == Banding::whole ? amount : amount - band.from;
        exact += slice * band.rate.coefficient() * power_of_ten(scale - band.rate.scale());
        exact += static_cast<Int128>(band.fixed) * power_of_ten(scale);
        if (schedule.banding == Banding::whole) break;
        amount = band.from;  // the rest belongs to the bands below
    }
    return exact;
}

// -------------------------------------------------------------------------------------------------------------- text

std::string text_of_band(const FeeBand& band, Currency currency) {
    if (band.fixed == 0) return to_percent(band.rate);
    const std::string fixed = to_amount_text({band.fixed, currency});
    return band.rate.is_zero() ? fixed : fmt::format("{} + {}", to_percent(band.rate), fixed);
}

std::string text_of_bands(const FeeSchedule& schedule, Currency currency) {
    const auto& bands = schedule.bands;
    const auto amount = [&](std::int64_t minor) { return to_amount_text({minor, currency}); };
    std::string text;
    if (bands.front().from > 0) text += fmt::format("free below {}, ", amount(bands.front().from));
    for (std::size_t i = 0; i < bands.size(); ++i) {
        text += text_of_band(bands[i], currency);
        if (bands[i].from > 0)
            text += " from " + amount(bands[i].from);
        else if (bands.size() > 1)
            text += " below " + amount(bands[1].from);
        if (i + 1 < bands.size()) text += ", ";
    }
    // A bare percentage is the same in every currency.
    const bool has_amounts = bands.size() > 1 || bands.front().from > 0 || bands.front().fixed > 0;
    return has_amounts ? fmt::format("{} {}", text, currency.code()) : text;
}

}  // namespace

std::string to_text(const FeeSchedule& schedule, Currency currency) {
    if (schedule.bands.empty()) return "no fee";
    std::string text = text_of_bands(schedule, currency);
    if (schedule.banding == Banding::marginal) text += ", each on its own slice";
    if (schedule.minimum) text += ", at least " + to_amount_text({*schedule.minimum, currency});
    if (schedule.maximum) text += ", at most " + to_amount_text({*schedule.maximum, currency});
    text += fmt::format(", {}", to_text(schedule.rounding.mode));
    if (schedule.rounding.step != 1) text += " to " + to_amount_text({schedule.rounding.step, currency});
    if (schedule.tax)
        text +=
            fmt::format(", {} {} tax", schedule.tax->included ? "including" : "plus", to_percent(schedule.tax->rate));
    return text;
}

std::optional<std::string> defect_of(const FeeSchedule& schedule) {
    if (auto defect = defect_of_bands(schedule)) return defect;
    if (schedule.minimum.value_or(0) < 0) return fmt::format("the minimum is {}, below zero", *schedule.minimum);
    if (schedule.maximum.value_or(0) < 0) return fmt::format("the maximum is {}, below zero", *schedule.maximum);
    if (schedule.minimum.value_or(0) > schedule.maximum.value_or(largest))
        return fmt::format("the minimum, {}, is above the maximum, {}", *schedule.minimum, *schedule.maximum);
    if (schedule.rounding.step < 1)
        return fmt::format("fees are rounded to a step of {}; at least 1 is accepted", schedule.rounding.step);
    if (!schedule.tax) return std::nullopt;
    if (!is_rate_of_fee(schedule.tax->rate))
        return fmt::format("the tax has the rate {}; accepted are 0 to 1 with at most {} decimals",
                           to_text(schedule.tax->rate), most_decimals);
    if (schedule.tax->rounding.step < 1)
        return fmt::format("the tax is rounded to a step of {}; at least 1 is accepted", schedule.tax->rounding.step);
    return std::nullopt;
}

Money fee_on(const FeeSchedule& schedule, Money amount) {
    expect_sound(schedule);
    expects(!amount.is_negative(), "fee_on: an amount below zero bears no fee");
    const auto& bands = schedule.bands;
    if (amount.is_zero() || bands.empty() || amount.minor() < bands.front().from) return Money::zero(amount.currency());
    unsigned scale = 0;
    for (const FeeBand& band : bands) scale = std::max(scale, band.rate.scale());
    return {rounded_fee(exact_fee(schedule, amount.minor(), scale), power_of_ten(scale), schedule.rounding,
                        schedule.minimum.value_or(0), schedule.maximum),
            amount.currency()};
}

Money tax_on(const FeeSchedule& schedule, Money fee) {
    expect_sound(schedule);
    if (!schedule.tax) return Money::zero(fee.currency());
    const FeeTax& tax = *schedule.tax;
    if (!tax.included) return fee.times(tax.rate, tax.rounding);
    // What a fee contains at rate r is fee x r / (1 + r).
    const Int128 rate = tax.rate.coefficient();
    const Int128 divisor = (power_of_ten(tax.rate.scale()) + rate) * tax.rounding.step;
    const Int128 exact = fee.minor() * rate;
    const Natural128 steps = rounded_quotient(static_cast<Natural128>(exact < 0 ? -exact : exact),
                                              static_cast<Natural128>(divisor), tax.rounding.mode, exact < 0);
    // Rounded up in steps it may come to more than the fee, which cannot contain more than itself.
    const Int128 whole = fee.minor() < 0 ? -Int128{fee.minor()} : Int128{fee.minor()};
    const auto contained = static_cast<std::int64_t>(std::min(static_cast<Int128>(steps) * tax.rounding.step, whole));
    return {exact < 0 ? -contained : contained, fee.currency()};
}

}  // namespace crowdrules
