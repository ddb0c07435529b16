// SPDX-License-Identifier: BSL-1.0
// Curation: many campaigns filtered and ranked by stated criteria, with the reason for every place.
//
//   keep   progress at least 100%
//   rank   by points: pace (weight 2), small backers (weight 1)
//     1.  'Tea from the hill'   5 points    pace 2 x 2 points, small backers 1 x 1 point
//     2.  ...
//
// A criterion is an exact fraction: shares and ratios are compared as fractions and never rounded, so that the order
// is the same everywhere. What is not known of a campaign (it has no goal, nobody says when it was last updated) comes
// after all that is known, and passes no filter on it. Campaigns that are alike in all criteria keep their order.
#pragma once

#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/reason/derivation.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// What is known of one campaign. Amounts in minor units; those of different currencies are never compared.
struct Facts {
    std::string name{};
    std::int64_t goal = 0;     ///< 0: none
    std::int64_t pledged = 0;  ///< toward it
    std::int64_t backers = 0;
    std::optional<std::int64_t> small_backers{};  ///< who gave little: up to an amount that whoever asks chooses
    Instant opens{};
    Instant closes = never;
    std::optional<Instant> last_update{};

    bool operator==(const Facts&) const = default;
};

/// The facts of a campaign, but for its updates. `small` is the largest pledge, in minor units, of a small backer.
/// Cost: O(pledges).
[[nodiscard]] Facts facts_of(const Campaign& campaign, std::int64_t small);

enum class CurationMeasure : std::uint8_t {
    progress,       ///< pledged / goal
    pace,           ///< progress / the share of the window that has passed
    small_backers,  ///< small backers / backers
    backers,        ///< how many there are
    per_backer,     ///< pledged / backers, in minor units; only among campaigns of one currency
    days_left,      ///< until the window closes
    update_age,     ///< days since the last update
};
inline constexpr std::size_t curation_measure_count = 7;

[[nodiscard]] std::string_view to_text(CurationMeasure measure) noexcept;
/// The measure of that name, or nothing.
[[nodiscard]] std::optional<CurationMeasure> curation_measure(std::string_view name) noexcept;
/// Whether less of it is better: of days since an update, and of days left.
[[nodiscard]] bool less_is_better(CurationMeasure measure) noexcept;

struct CurationCriterion {
    CurationMeasure measure = CurationMeasure::progress;
    std::uint32_t weight = 1;           ///< times the points; 0: it only filters
    std::optional<Decimal> at_least{};  ///< campaigns below it are left out
    std::optional<Decimal> at_most{};   ///< and those above this

    bool operator==(const CurationCriterion&) const = default;
};

/// How several criteria become one order.
enum class CurationOrder : std::uint8_t {
    in_turn,    ///< by the first criterion; those that are alike in it by the second, and so on
    by_points,  ///< a point for every campaign that one is better than, times the weight, summed over the criteria
};

[[nodiscard]] std::string_view to_text(CurationOrder order) noexcept;

struct Curation {
    CurationOrder order = CurationOrder::in_turn;
    std::vector<CurationCriterion> criteria{};

    bool operator==(const Curation&) const = default;
};

struct CurationPlace {
    std::size_t campaign = 0;  ///< its place in what was given, from 0
    std::int64_t points = 0;   ///< of an order by points
    Derivation why{};          ///< the figure of each criterion, and what it brought

    bool operator==(const CurationPlace&) const = default;
};

struct CurationLeftOut {
    std::size_t campaign = 0;
    std::string why{};  ///< "progress is 87.5%, and at least 100% is wanted"

    bool operator==(const CurationLeftOut&) const = default;
};

struct CurationResult {
    std::vector<CurationPlace> places{};      ///< the best first
    std::vector<CurationLeftOut> left_out{};  ///< in the order given

    bool operator==(const CurationResult&) const = default;
};

/// Filters and ranks. Expects: at least one criterion; no more than 1,000,000 campaigns. Cost: O(n log n) for each
/// criterion.
[[nodiscard]] CurationResult curate(std::span<const Facts> campaigns, const Curation& curation, Instant at);

}  // namespace crowdrules::campaign
