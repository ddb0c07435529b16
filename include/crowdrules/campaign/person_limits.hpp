// SPDX-License-Identifier: BSL-1.0
// Person limits: what one person may give within a window, to one campaign, to one issuer, or in all.
//
//   United States, Regulation Crowdfunding since 2022-09-20, in all within 12 months, by income and net worth:
//     60,000 and 200,000      one is below 124,000: 5% of the greater, at least 2,500         10,000
//     124,000 and 124,000     neither is: 10% of the greater, at most 124,000                 12,400
//   Australia, retail: 10,000 to one issuer by one intermediary within 12 months
//   Korea, general: 5,000,000 to one issuer and 10,000,000 in all within a year; professionals without limit
//
// A plain value: a campaign judges pledges by it (guard.hpp), and anybody may ask it alone. One campaign does not know
// what a person gives elsewhere, so that is handed in. Amounts are minor units of one currency.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/decimal.hpp>
#include <crowdrules/time/cadence.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// Which of annual income and net worth a share is taken of.
enum class MeansBasis : std::uint8_t { lesser, greater };

[[nodiscard]] std::string_view to_text(MeansBasis basis) noexcept;

/// A limit by what a person earns and owns.
struct MeansTest {
    MeansBasis basis = MeansBasis::greater;
    std::int64_t threshold = 0;    ///< whether both income and net worth reach it decides between the two shares
    Decimal share_below{};         ///< of the basis, where one of the two is below the threshold ...
    std::int64_t least_below = 0;  ///< ... and at least so much
    Decimal share_from{};          ///< of the basis, where both reach it ...
    std::int64_t most_from = 0;    ///< ... and at most so much

    bool operator==(const MeansTest&) const = default;
};

/// The largest whole amount within the exact share: what lies above by less than a minor unit is above.
[[nodiscard]] std::int64_t limit_by_means(const MeansTest& test, std::int64_t annual_income, std::int64_t net_worth);

/// What holds for one class of people. A limit that is left out is none.
struct PersonClass {
    std::string name{};                          ///< "general", "qualified", "accredited"
    std::optional<std::int64_t> per_campaign{};  ///< within one campaign
    std::optional<std::int64_t> per_issuer{};    ///< to one issuer within the window, by this platform
    std::optional<std::int64_t> in_all{};        ///< to all issuers within the window
    std::optional<MeansTest> by_means{};         ///< in all within the window

    bool operator==(const PersonClass&) const = default;
};

struct PersonLimits {
    Cadence window{.every = {}, .months = 12};  ///< how long what was given counts
    std::vector<PersonClass> classes{};

    bool operator==(const PersonLimits&) const = default;
};

/// What somebody gave elsewhere, and when.
struct Gift {
    Instant at{};
    std::int64_t amount = 0;
    bool same_issuer = false;

    bool operator==(const Gift&) const = default;
};

/// What the platform knows of the person behind a pledge. Given elsewhere: within the window, outside of this campaign.
struct Giver {
    std::string of_class{};  ///< one of PersonLimits::classes
    std::optional<std::int64_t> annual_income{};
    std::optional<std::int64_t> net_worth{};
    std::int64_t given_to_issuer = 0;
    std::int64_t given_in_all = 0;  ///< to this issuer too

    bool operator==(const Giver&) const = default;
};

/// Enters into `giver` what of `gifts` still counts at `at`: a gift does until the window after it has passed.
void count_gifts(Giver& giver, const PersonLimits& limits, std::span<const Gift> gifts, Instant at);

/// How much more somebody may give, and which limit says so.
struct Allowance {
    std::int64_t left = 0;        ///< never negative; without limit: the largest number
    std::string_view limit = {};  ///< "per_campaign", "per_issuer", "in_all", "by_means"; empty: no limit
    std::int64_t most = 0;        ///< what that limit comes to
    std::int64_t given = 0;       ///< of it already

    bool operator==(const Allowance&) const = default;
};

/// Why nothing can be said about a person.
enum class GiverProblem : std::uint8_t {
    class_unknown,  ///< none of the limits' classes
    means_missing,  ///< the limit is by income and net worth, and one of them is not given
};

/// What `giver`, who has given `in_campaign` to this one so far, may still give to it: the tightest limit.
[[nodiscard]] Result<Allowance, GiverProblem> allowance_of(const PersonLimits& limits, const Giver& giver,
                                                           std::int64_t in_campaign);

/// What an issuer may raise within a window: sold already, with the most that is asked for now, is at most `most`.
struct IssuerLimit {
    std::int64_t most = 0;

    [[nodiscard]] bool allows(std::int64_t sold_in_window, std::int64_t maximum) const;
    bool operator==(const IssuerLimit&) const = default;
};

}  // namespace crowdrules::campaign
