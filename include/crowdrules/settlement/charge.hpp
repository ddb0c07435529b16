// SPDX-License-Identifier: BSL-1.0
// Charge plan: when pledges are charged, and how long a failed charge may be mended.
//
//   Kickstarter: charged when the campaign succeeds; a failed card is asked for every 48 hours; after 7 days, one
//   last try, and what is still unpaid is dropped.
//   Indiegogo: charged when the pledge is made; the money is held until the end.
//   A presale: cards are authorised; they are charged when the creator reports ready to ship, and until then every
//   backer may step back.
#pragma once

#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace crowdrules {

enum class ChargeTiming : std::uint8_t {
    at_success,  ///< when the campaign has succeeded; until then a pledge is a promise
    at_pledge,   ///< when the pledge is made; the money is held in escrow until the outcome
    when_ready,  ///< when the creator of a campaign that has succeeded reports ready to ship; until then a pledge may
                 ///< be taken back at any time
};

[[nodiscard]] std::string_view to_text(ChargeTiming timing) noexcept;

struct ChargePlan {
    ChargeTiming timing = ChargeTiming::at_success;
    std::optional<Elapsed> retry_window{};  ///< from the instant at which the charges fell due together; to be stated,
                                            ///< but for charges `at_pledge`, which have no second try: 0 seconds drop
                                            ///< every pledge that is not charged in that very second
    Elapsed remind_every{};  ///< reminders after a failure, counted from the due instant; zero: none

    bool operator==(const ChargePlan&) const = default;
};

/// The last instant at which a charge that fell due at `due` may still go through; after it the pledge is dropped.
[[nodiscard]] Instant dropped_at(const ChargePlan& plan, Instant due);

inline constexpr std::int64_t most_reminders = 100;  ///< of one charge; 7 days every 48 hours make 3

/// The instants at which a backer whose charge fell due at `due` is reminded, all before dropped_at.
/// Expects: at most `most_reminders` of them.
[[nodiscard]] std::vector<Instant> reminders(const ChargePlan& plan, Instant due);

}  // namespace crowdrules
