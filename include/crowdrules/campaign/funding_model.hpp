// SPDX-License-Identifier: BSL-1.0
// Funding model: what success is, what counts toward it, when it is judged, and what a miss means.
//
//   all_or_nothing(100,000.00 USD)        Kickstarter: pledged >= goal at the deadline, otherwise nobody pays
//   keep_what_is_raised(5,000.00 USD)     Indiegogo's flexible funding: the goal decides the fee, not the outcome
//   share_of_goal(10,000.00 USD, 80%)     Seed&Spark's green light
//   headcount(50)                         Threadless Funding: fifty people or nothing
//   units(300)                            a presale: three hundred pieces or no production
//   two_rounds(minimum, optimum, 40d)     Goteo: the minimum decides after the first round, the second goes for the
//   optimum minimum_to_cap(minimum, cap)          a range: below it all money goes back, above it no pledge is taken
//   open_ended()                          no goal and no deadline: patronage, donations
//
// They are settings of one mechanism; mix them freely.
#pragma once

#include <crowdrules/money/money.hpp>
#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crowdrules::campaign {

/// What a goal is counted in.
enum class Measure : std::uint8_t {
    money,    ///< minor units of the campaign's currency
    backers,  ///< people with a standing pledge
    units,    ///< pieces of the product in the rewards and add-ons pledged for
};

/// Which pledges count toward the goal.
enum class GoalBasis : std::uint8_t {
    pledged,    ///< promises
    collected,  ///< money that was really charged
};

enum class OutcomeTiming : std::uint8_t {
    at_deadline,       ///< once, when the window closes
    when_reached,      ///< success as soon as the goal is reached; the campaign stays open to its deadline
    after_collection,  ///< pledged at the deadline, then again on what was collected when the retry window ends
};

enum class OnMiss : std::uint8_t {
    release,  ///< every pledge is released and what was charged goes back
    keep,     ///< the creator keeps what came in, at the fee for a miss where the fees name one
};

/// What reaching the cap does.
enum class CapReached : std::uint8_t {
    stays_open,        ///< the campaign waits for room: a cancelled pledge makes some
    closes,            ///< the campaign ends when the cap is reached exactly
    closes_when_full,  ///< the campaign also ends when the room left is below the minimum pledge
};

/// What becomes of a pledge that would pass the cap.
enum class AboveCap : std::uint8_t {
    refused,  ///< whole
    cut,      ///< what fits is taken, if it is enough for what was chosen; the rest is declined
    shared,   ///< taken; at the end the cap is shared among all pledges in proportion, the rest is declined
};

struct Cap {
    std::int64_t at = 0;  ///< in the goal's measure
    CapReached when_reached = CapReached::stays_open;
    AboveCap above = AboveCap::refused;  ///< what becomes of a pledge that would pass it

    bool operator==(const Cap&) const = default;
};

/// A second round after the first was won: it lasts so long and aims at the optimum, which decides nothing but is
/// reported.
struct SecondRound {
    std::int64_t optimum = 0;
    Elapsed lasts{};

    bool operator==(const SecondRound&) const = default;
};

struct FundingModel {
    Measure measure = Measure::money;
    std::int64_t goal = 0;  ///< in the measure; 0: no goal
    Decimal share{1};       ///< the part of the goal that suffices: 0.8 for 80%
    GoalBasis counts = GoalBasis::pledged;
    bool shipping_counts = true;  ///< whether shipping counts toward a goal of money
    OutcomeTiming judged = OutcomeTiming::at_deadline;
    OnMiss miss = OnMiss::release;
    std::optional<SecondRound> second_round{};
    std::optional<Cap> cap{};

    [[nodiscard]] static FundingModel all_or_nothing(Money goal);
    [[nodiscard]] static FundingModel keep_what_is_raised(Money goal);
    [[nodiscard]] static FundingModel share_of_goal(Money goal, Decimal share);
    [[nodiscard]] static FundingModel headcount(std::int64_t backers);
    [[nodiscard]] static FundingModel units(std::int64_t pieces);
    [[nodiscard]] static FundingModel two_rounds(Money minimum, Money optimum, Elapsed second_round);
    [[nodiscard]] static FundingModel minimum_to_cap(Money minimum, Money cap, CapReached when_reached);
    [[nodiscard]] static FundingModel open_ended();

    /// What must be counted for success: the goal times the share, rounded up to a whole unit of the measure.
    [[nodiscard]] std::int64_t needed() const;
    /// Whether `counted` is a success: at least what is needed, and at least one unit of anything.
    [[nodiscard]] bool is_met_by(std::int64_t counted) const { return counted >= needed() && counted > 0; }

    bool operator==(const FundingModel&) const = default;
};

[[nodiscard]] std::string_view to_text(Measure measure) noexcept;
[[nodiscard]] std::string_view to_text(GoalBasis counted) noexcept;
[[nodiscard]] std::string_view to_text(OutcomeTiming judged) noexcept;
[[nodiscard]] std::string_view to_text(OnMiss miss) noexcept;
[[nodiscard]] std::string_view to_text(CapReached when_reached) noexcept;
[[nodiscard]] std::string_view to_text(AboveCap above) noexcept;

}  // namespace crowdrules::campaign
