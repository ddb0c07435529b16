// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include "described.hpp"
#include <campaign/describe_command.hpp>
#include <campaign/describe_event.hpp>
#include <set>
#include <string>

namespace crowdrules::detail {

namespace {

/// Fields that are described as if they stood in the struct around them.
template <class T>
std::size_t fields_inside() {
    if constexpr (std::same_as<T, AddReward> || std::same_as<T, RewardAdded>) return field_count<Reward>() - 1;
    if constexpr (std::same_as<T, AddAddOn> || std::same_as<T, AddOnAdded>) return field_count<AddOn>() - 1;
    if constexpr (std::same_as<T, MakePledge> || std::same_as<T, ChangePledge>) return field_count<PledgeChoice>() - 1;
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
    Names names;
    describe(names, value);
    CAPTURE(__PRETTY_FUNCTION__);
    CHECK(names.count == field_count<T>() + fields_inside<T>());
    CHECK(names.names.size() == names.count);
}

template <class... Alternatives>
void check_alternatives(const std::variant<Alternatives...>*) {
    (check_fields<Alternatives>(), ...);
    CHECK(std::set<std::string_view>{alternative_name<Alternatives>...}.size() == sizeof...(Alternatives));
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
    check_fields<CampaignFees>();
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
    check_names<Measure>();
    check_names<Counted>();
    check_names<Judged>();
    check_names<Miss>();
    check_names<CapReached>();
    check_names<Ships>();
    check_names<StretchBasis>();
    check_names<ClockWhilePaused>();
    check_names<ChargeTiming>();
    check_names<DisputeReason>();
    check_names<Bearer>();
    check_names<PartialRefundFee>();
    check_names<RefundItem>();
    check_names<Account>();
    check_names<RoundingMode>();
    check_names<Spare>();
    check_names<Evidence>();
    check_names<Banding>();
    check_names<MonthEnd>();
    check_names<ClosingInstant>();
}

TEST_SUITE_END();

}  // namespace crowdrules::detail
