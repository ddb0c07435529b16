// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include "described.hpp"
#include <campaign/schema/command.hpp>
#include <campaign/schema/event.hpp>
#include <set>
#include <string>

namespace crowdrules::campaign {

namespace {

/// Fields that are described as if they stood in the struct around them.
template <class T>
std::size_t fields_inside() {
    if constexpr (std::same_as<T, AddReward> || std::same_as<T, RewardAdded>) return detail::field_count<Reward>() - 1;
    if constexpr (std::same_as<T, AddAddOn> || std::same_as<T, AddOnAdded>) return detail::field_count<AddOn>() - 1;
    if constexpr (std::same_as<T, MakePledge> || std::same_as<T, ChangePledge>)
        return detail::field_count<PledgeChoice>() - 1;
    return 0;
}

template <class T>
void check_fields() {
    T value = [] {
        if constexpr (std::is_default_constructible_v<T>)
            return T{};
        else
            return T{{}, Money(0, USD)};
    }();
    detail::Names names;
    describe(names, value);
    CAPTURE(__PRETTY_FUNCTION__);
    CHECK(names.count == detail::field_count<T>() + fields_inside<T>());
    CHECK(names.names.size() == names.count);
}

template <class... Alternatives>
void check_alternatives(const std::variant<Alternatives...>*) {
    (check_fields<Alternatives>(), ...);
    CHECK(std::set<std::string_view>{detail::alternative_name<Alternatives>...}.size() == sizeof...(Alternatives));
}

}  // namespace

TEST_SUITE_BEGIN("campaign");

TEST_CASE("every field of every described struct has a name of its own") {
    check_fields<Window>();
    check_fields<Cadence>();
    check_fields<Rounding>();
    check_fields<Citation>();
    check_fields<FeeBand>();
    check_fields<FeeTax>();
    check_fields<FeeSchedule>();
    check_fields<Fees>();
    check_fields<ChargePlan>();
    check_fields<InstalmentPlan>();
    check_fields<LatePledges>();
    check_fields<PayoutPlan>();
    check_fields<ReservePlan>();
    check_fields<RefundPolicy>();
    check_fields<DisputePolicy>();
    check_fields<SecondRound>();
    check_fields<Cap>();
    check_fields<FundingModel>();
    check_fields<PledgeLimits>();
    check_fields<ShippingRate>();
    check_fields<Shipping>();
    check_fields<Reward>();
    check_fields<AddOn>();
    check_fields<StretchGoal>();
    check_fields<Terms>();
    check_fields<AddOnChoice>();
    check_fields<PledgeChoice>();
    check_fields<Event>();
    check_alternatives(static_cast<StretchEffect*>(nullptr));
    check_alternatives(static_cast<CommandBody*>(nullptr));
    check_alternatives(static_cast<EventBody*>(nullptr));
}

TEST_CASE("every enumerator has a name of its own") {
    detail::check_names<Measure>();
    detail::check_names<GoalBasis>();
    detail::check_names<OutcomeTiming>();
    detail::check_names<OnMiss>();
    detail::check_names<CapReached>();
    detail::check_names<Ships>();
    detail::check_names<StretchBasis>();
    detail::check_names<ClockWhilePaused>();
    detail::check_names<ChargeTiming>();
    detail::check_names<DisputeReason>();
    detail::check_names<Bearer>();
    detail::check_names<PartialRefundFee>();
    detail::check_names<RefundItem>();
    detail::check_names<Account>();
    detail::check_names<RoundingMode>();
    detail::check_names<AllocationMethod>();
    detail::check_names<Evidence>();
    detail::check_names<Banding>();
    detail::check_names<MonthEnd>();
    detail::check_names<ClosingInstant>();
}

TEST_SUITE_END();

}  // namespace crowdrules::campaign
