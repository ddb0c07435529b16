// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/funding_model.hpp>
#include <crowdrules/core/contract.hpp>

#include "campaign/judge/measured.hpp"
#include "core/enumerators.hpp"
#include <limits>
#include <words/number.hpp>

namespace crowdrules::campaign {

FundingModel FundingModel::all_or_nothing(Money goal) {
    FundingModel model;
    model.goal = goal.minor();
    return model;
}

FundingModel FundingModel::keep_what_is_raised(Money goal) {
    FundingModel model = all_or_nothing(goal);
    model.miss = OnMiss::keep;
    return model;
}

FundingModel FundingModel::share_of_goal(Money goal, Decimal share) {
    FundingModel model = all_or_nothing(goal);
    model.share = share;
    return model;
}

FundingModel FundingModel::headcount(std::int64_t backers) {
    FundingModel model;
    model.measure = Measure::backers;
    model.goal = backers;
    return model;
}

FundingModel FundingModel::units(std::int64_t pieces) {
    FundingModel model;
    model.measure = Measure::units;
    model.goal = pieces;
    return model;
}

FundingModel FundingModel::two_rounds(Money minimum, Money optimum, Elapsed second_round) {
    expects(minimum.currency() == optimum.currency(), "minimum and optimum are in one currency");
    FundingModel model = all_or_nothing(minimum);
    model.second_round = SecondRound{.optimum = optimum.minor(), .lasts = second_round};
    return model;
}

FundingModel FundingModel::minimum_to_cap(Money minimum, Money cap, CapReached when_reached) {
    expects(minimum.currency() == cap.currency(), "minimum and cap are in one currency");
    FundingModel model = all_or_nothing(minimum);
    model.cap = Cap{.at = cap.minor(), .when_reached = when_reached};
    return model;
}

FundingModel FundingModel::open_ended() {
    FundingModel model;
    model.miss = OnMiss::keep;
    return model;
}

std::int64_t FundingModel::needed() const {
    const Decimal exact = Decimal(goal) * share;
    const Int128 whole = exact.rounded(0, RoundingMode::ceiling).coefficient();
    if (whole > std::numeric_limits<std::int64_t>::max()) throw Overflow("the share of the goal leaves 64 bits");
    return static_cast<std::int64_t>(whole);
}

std::string_view to_text(Measure measure) noexcept {
    return detail::enumerator_name(measure);
}

std::string_view to_text(GoalBasis counted) noexcept {
    return detail::enumerator_name(counted);
}

std::string_view to_text(OutcomeTiming judged) noexcept {
    return detail::enumerator_name(judged);
}

std::string_view to_text(OnMiss miss) noexcept {
    return detail::enumerator_name(miss);
}

std::string_view to_text(AboveCap above) noexcept {
    return detail::enumerator_name(above);
}

std::string_view to_text(CapReached when_reached) noexcept {
    return detail::enumerator_name(when_reached);
}

std::string measured(std::int64_t count, Measure measure, Currency currency) {
    if (measure == Measure::money) return to_grouped_text(Money{count, currency});
    const std::uint64_t size = count < 0 ? -static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    return (count < 0 ? "-" : "") + detail::grouped(size, measure == Measure::backers ? "backer" : "unit");
}

}  // namespace crowdrules::campaign
