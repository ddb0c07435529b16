// SPDX-License-Identifier: BSL-1.0
// Terms: everything that was promised and agreed when a campaign was launched. Frozen into its first event.
//
// A rule pack and the creator's draft make Terms (rulepacks/pack.hpp); a program may also fill them by hand. Later
// changes of a pack never change the terms of a campaign that runs.
#pragma once

#include <crowdrules/campaign/funding_model.hpp>
#include <crowdrules/campaign/guard.hpp>
#include <crowdrules/campaign/line.hpp>
#include <crowdrules/campaign/reward.hpp>
#include <crowdrules/campaign/stretch_goal.hpp>
#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/settlement/charge.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/instalment.hpp>
#include <crowdrules/settlement/payout.hpp>
#include <crowdrules/settlement/refund.hpp>
#include <crowdrules/settlement/reserve.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// Bounds of one pledge, in minor units.
struct PledgeLimits {
    std::int64_t minimum = 0;
    std::optional<std::int64_t> maximum{};
    bool one_per_backer = true;    ///< a second pledge of the same backer is refused while the first stands
    bool reward_required = false;  ///< whether pledges without a reward are refused
    Elapsed
        locked_before_end{};  ///< in this last stretch no cut may take the campaign below what it needs; zero: never

    bool operator==(const PledgeLimits&) const = default;
};

/// Pledges after a success.
struct LatePledges {
    std::optional<Elapsed> open_for{};  ///< from the deadline; none: until the campaign closes them

    bool operator==(const LatePledges&) const = default;
};

/// Further charges to who has pledged: shipping, tax and add-ons of a pledge manager, the difference of an upgrade.
struct Supplements {
    std::optional<FeeSchedule> platform{};    ///< on a running total of their own; none: with all the rest
    std::optional<FeeSchedule> processing{};  ///< on each; none: as on any charge

    bool operator==(const Supplements&) const = default;
};

struct Fees {
    FeeSchedule platform{};                         ///< on all that was collected, as one running total
    std::optional<FeeSchedule> platform_on_miss{};  ///< instead, when the goal was missed and the money kept
    FeeSchedule processing{};                       ///< on each charge
    std::map<std::string, FeeSchedule, std::less<>> methods{};  ///< instead of `processing`, by method of payment; a
                                                                ///< charge that names none bears `processing`

    bool operator==(const Fees&) const = default;
};

/// Whether a pause moves the deadline.
enum class ClockWhilePaused : std::uint8_t {
    runs,   ///< the deadline stays where it is
    stops,  ///< the time of the pause is added to the deadline
};

[[nodiscard]] std::string_view to_text(ClockWhilePaused clock) noexcept;

struct Terms {
    std::string title{};
    std::string pack{};           ///< name and date of the rule pack, for the record: "kickstarter, as of 2012-04-11"
    std::string zone_database{};  ///< version of the time zone data that resolved the deadline, for the record
    Currency currency = USD;
    FundingModel model{};
    Window window{};
    bool may_extend = false;       ///< whether the deadline may be moved to a later one while the campaign runs
    bool may_close_early = false;  ///< whether the creator may end a campaign that has what it needs
    ClockWhilePaused paused_clock = ClockWhilePaused::runs;
    PledgeLimits limits{};
    std::vector<Reward> rewards{};
    std::vector<AddOn> add_ons{};
    std::vector<StretchGoal> stretch_goals{};
    std::vector<LineRule> lines{};  ///< rules for lines of a charge, each name once
    ChargePlan charges{};
    std::optional<InstalmentPlan> instalments{};
    std::optional<LatePledges> late_pledges{};
    std::optional<Supplements> supplements{};  ///< none: nobody is charged again
    Fees fees{};
    PayoutPlan payouts{};
    std::optional<ReservePlan> reserve{};
    RefundPolicy refunds{};
    DisputePolicy disputes{};
    std::optional<Guards> guards{};
    std::map<std::string, Citation, std::less<>>
        sources;  ///< where each rule is written, by its path: "limits.maximum"

    bool operator==(const Terms&) const = default;
};

/// Where the rule of this path is written; `agreed` with the campaign's own terms when no pack set it.
[[nodiscard]] Citation citation_of(const Terms& terms, std::string_view rule);

/// What no campaign can run with, whatever the pack: a goal of zero where one is needed, a window that closes before it
/// opens, a cap below the goal, a cap that no pledge can reach, rewards without name or above the maximum pledge,
/// stretch goals that name rewards there are none of, fees with defects, no word of how long a charge may be collected,
/// and so on. Empty for sound terms.
[[nodiscard]] Findings defects_of(const Terms& terms);

}  // namespace crowdrules::campaign
